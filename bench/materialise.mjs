// Materialising the audience of a campaign (duplicates, opt-outs, exclusions, numbering, figures) compared with the
// minimum: one INSERT … SELECT DISTINCT ON (identity) of the same contacts into an identical table.
import { groupName, openBusiness } from './campaigns.mjs';
import { product, startRig } from './rig.mjs';
import { atMost, median, round, table, tableOfBounds } from './report.mjs';

const { rows } = product('../dist/infra/database.js');

const recipients = Number(process.env.BENCH_RECIPIENTS ?? 1_000_000);
const rounds = 5;

export async function materialise() {
  console.log(`materialise: ${round(recipients)} recipients, ${rounds} rounds, by turns\n`);
  const rig = await startRig();
  try {
    const business = await openBusiness(rig, { contacts: recipients, numbers: 1 });
    const bare = [];
    const whole = [];
    for (let i = 0; i < rounds; i++) {
      bare.push(await bareSeconds(rig.database, business));
      whole.push(await productSeconds(rig.database, business));
    }
    const bounds = [atMost('product / bare, medians', median(whole) / median(bare), 1.5)];
    const line = (name, seconds) => [
      name,
      ...seconds.map((one) => one.toFixed(2)),
      median(seconds).toFixed(2),
    ];
    table([
      ['seconds', ...bare.map((_, i) => `round ${i + 1}`), 'median'],
      line('bare INSERT … SELECT DISTINCT', bare),
      line('product', whole),
    ]);
    tableOfBounds(bounds);
    return { recipients, bare, product: whole, bounds };
  } finally {
    await rig.stop();
  }
}

/** LIKE copies columns, checks and indexes, but not the fill factor. */
async function bareSeconds(database, business) {
  const [{ storage }] = await rows(
    database,
    `SELECT array_to_string(reloptions, ', ') AS storage FROM pg_class WHERE oid = 'campaign_recipients'::regclass`,
  );
  await rows(
    database,
    `CREATE TABLE bare_recipients (LIKE campaign_recipients INCLUDING ALL) ${storage ? `WITH (${storage})` : ''}`,
  );
  const seconds = await timed(database, () =>
    rows(
      database,
      `INSERT INTO bare_recipients
         (campaign_id, seq, phone, identity, name, email, contact_kind, contact_id, excluded_reason, status)
       SELECT gen.id, row_number() OVER (), c.phone_e164, c.identity, c.name, c.email, 'CUSTOMER', c.id, NULL, 'QUEUED'
       FROM (SELECT DISTINCT ON (identity) identity, phone_e164, name, email, id FROM customers
             WHERE business_id = $1 AND tags && ARRAY[$2]) c, (SELECT gen_random_uuid() AS id) gen`,
      [business.id, groupName(0)],
    ),
  );
  await expectRows(database, 'bare_recipients');
  await rows(database, 'DROP TABLE bare_recipients');
  return seconds;
}

async function productSeconds(database, business) {
  const campaign = await business.addCampaign(0);
  const seconds = await timed(database, () => business.materialise(campaign));
  await expectRows(database, 'campaign_recipients');
  await rows(database, 'TRUNCATE campaign_recipients, campaign_feeds');
  return seconds;
}

/** A checkpoint before each run, so that it does not write pages of the one before. */
async function timed(database, work) {
  await rows(database, 'CHECKPOINT');
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function expectRows(database, name) {
  const [{ count }] = await rows(
    database,
    `SELECT count(*)::int AS count FROM ${name} WHERE status = 'QUEUED'`,
  );
  if (count !== recipients) throw new Error(`${count} rows in ${name}, expected ${recipients}`);
}
