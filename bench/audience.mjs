// Audiences of 1,000,000 contacts beside those of other businesses: previews compared with hand-written counts of the
// same people, and materialising compared with the bare INSERT … SELECT DISTINCT, by turns; the search of contacts over HTTP;
// and imports (import.mjs).
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { importing } from './import.mjs';
import { atMost, median, round, table, tableOfBounds } from './report.mjs';
import { child, product, startRig } from './rig.mjs';

const { rows } = product('../dist/infra/database.js');
const { signToken } = product('../dist/accounts/token.js');
const { loadConfig } = product('../dist/config.js');
const { AccountsService } = product('../dist/accounts/accounts.service.js');
const { AudienceService } = product('../dist/audience/audience.service.js');
const { insertRecipients } = product('../dist/delivery/materialise.js');

const contacts = Number(process.env.BENCH_CONTACTS ?? 1_000_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

export async function audience() {
  const chosen = await choosing();
  const imported = await importing();
  return { contacts, ...chosen, imported, bounds: [...chosen.bounds, ...imported.bounds] };
}

/** Previews, materialising and the search. */
async function choosing() {
  console.log(`audience: ${round(contacts)} contacts, ${rounds} rounds, by turns\n`);
  const rig = await startRig();
  try {
    const business = await openContacts(rig);
    const measured = [];
    for (const one of previews) {
      measured.push(await comparePreview(rig.database, business, one));
      const { name, bare, whole } = measured.at(-1);
      console.log(`  ${name}: ${(median(whole) / median(bare)).toFixed(2)}`);
    }
    measured.push(await compareMaterialise(rig.database, business));
    const searched = await searchContacts(rig, business);
    table([
      ['seconds, medians', 'by hand', 'product', 'people'],
      ...measured.map(({ name, bare, whole, people }) => [
        name,
        median(bare).toFixed(3),
        median(whole).toFixed(3),
        round(people),
      ]),
    ]);
    const bounds = [
      ...measured.map(({ name, bare, whole, bound }) => atMost(name, median(whole) / median(bare), bound)),
      atMost(`contact search over HTTP, median of ${searched.length}, ms`, median(searched), 100),
    ];
    tableOfBounds(bounds);
    return { measured, searched, bounds };
  } finally {
    await rig.stop();
  }
}

const searchQuery = `query ($businessId: ID!, $kind: ContactKind!, $search: String) {
  contacts(businessId: $businessId, kind: $kind, search: $search) { nodes { id name phone email tags optedOut } pageInfo { endCursor } }
}`;

/** Milliseconds of each search: starts of names, phones in several spellings, e-mails, and texts that nobody has. */
async function searchContacts({ env, database, atEnd }, business) {
  const api = await child(import.meta.resolve('../dist/main.js'), ['api'], { ...env, PORT: '0' });
  atEnd(() => api.stop());
  const url = `http://127.0.0.1:${api.ready.port}`;
  // it listens before PostgreSQL is connected
  while (!(await fetch(`${url}/readyz`)).ok) await delay(50);
  const claims = { subject: 'bench', role: 'ADMIN', businessIds: [business.id], ttlSeconds: 86_400 };
  const token = await signToken(loadConfig(env, 'api').jwt, claims);
  const some = async (table) =>
    rows(
      database,
      `SELECT name, phone, email FROM ${table} TABLESAMPLE SYSTEM (0.1) WHERE business_id = $1 LIMIT 10`,
      [business.id],
    );
  const took = [];
  for (const [kind, table] of [
    ['LEAD', 'leads'],
    ['CUSTOMER', 'customers'],
  ]) {
    for (const { name, phone, email } of await some(table)) {
      const searches = [
        name.slice(0, 9),
        name,
        phone,
        `0${phone.slice(3)}`,
        phone.slice(3, 9),
        email ?? 'nobody@',
        'zzz',
      ];
      for (const search of searches) {
        const [answer, seconds] = await timed(async () => {
          const response = await fetch(`${url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
            body: JSON.stringify({
              query: searchQuery,
              variables: { businessId: business.id, kind, search },
            }),
          });
          return response.json();
        });
        if (answer.errors) throw new Error(JSON.stringify(answer.errors));
        took.push(seconds * 1000);
      }
    }
  }
  return took;
}

/** A preview, and the count of the same people that somebody would write by hand for it. */
const previews = [
  {
    name: 'preview: everybody',
    audienceType: 'ALL',
    filter: {},
    byHand: `SELECT identity FROM leads WHERE business_id = $1 UNION ALL SELECT identity FROM customers WHERE business_id = $1`,
  },
  {
    name: 'preview: leads of a city and two statuses',
    audienceType: 'LEADS',
    filter: { city: ['Surat'], status: ['CONTACTED', 'QUALIFIED'] },
    byHand: `SELECT identity FROM leads WHERE business_id = $1 AND lower(city) = 'surat' AND status IN ('CONTACTED', 'QUALIFIED')`,
  },
  {
    name: 'preview: a rare tag',
    audienceType: 'ALL',
    filter: { tags: ['vip'] },
    byHand: `SELECT identity FROM leads WHERE business_id = $1 AND tags && '{vip}'
      UNION ALL SELECT identity FROM customers WHERE business_id = $1 AND tags && '{vip}'`,
  },
  {
    name: 'preview: customers who spent and ordered lately',
    audienceType: 'CUSTOMERS',
    filter: { totalSpent: { gte: '5000' }, lastOrderDays: { lte: 90 } },
    byHand: `SELECT identity FROM customers WHERE business_id = $1 AND total_spent >= 5000 AND last_order_at > now() - interval '91 days'`,
  },
  {
    name: 'preview: branches within branches',
    audienceType: 'ALL',
    filter: {
      or: [
        { kind: 'LEAD', quality: ['HOT'], not: { or: [{ city: ['Mumbai', 'Delhi'] }, { tags: ['t5'] }] } },
        { kind: 'CUSTOMER', totalOrders: { gt: 10 }, and: [{ hasEmail: true }, { not: { tags: ['t10'] } }] },
      ],
      not: { createdDays: { gt: 600 } },
    },
    byHand: `SELECT identity FROM leads WHERE business_id = $1 AND quality = 'HOT'
        AND coalesce(lower(city) NOT IN ('mumbai', 'delhi'), true) AND NOT tags && '{t5}' AND created_at > now() - interval '601 days'
      UNION ALL SELECT identity FROM customers WHERE business_id = $1 AND total_orders > 10 AND email <> ''
        AND NOT tags && '{t10}' AND created_at > now() - interval '601 days'`,
  },
  {
    name: 'preview: an attribute',
    audienceType: 'LEADS',
    filter: {
      attributes: [
        { name: 'plan', eq: 'gold' },
        { name: 'age', gte: 30, lt: 40 },
      ],
    },
    byHand: `SELECT identity FROM leads WHERE business_id = $1 AND lower(attributes ->> 'plan') = 'gold'
      AND (attributes ->> 'age')::numeric >= 30 AND (attributes ->> 'age')::numeric < 40`,
  },
];

async function comparePreview(database, business, { name, audienceType, filter, byHand }) {
  const audiences = new AudienceService(database);
  const count = `SELECT count(*)::int AS matched, count(DISTINCT identity)::int AS people FROM (${byHand}) c
    WHERE identity IS NOT NULL AND NOT EXISTS (
      SELECT FROM suppressions s WHERE s.business_id = $1 AND s.identity = c.identity AND NOT s.lifted)`;
  const bare = [];
  const whole = [];
  let people = 0;
  for (let i = 0; i < rounds; i++) {
    const [[found], seconds] = await timed(() => rows(database, count, [business.id]));
    const [preview, took] = await timed(async () => {
      const chosen = await audiences.choose(business, { audienceType, filter }, 'filter');
      return audiences.count(audiences.select(business, chosen.audience, 'MARKETING'));
    });
    // a filter by days moves with the clock between the two
    if (Math.abs(preview.count - found.people) > 20)
      throw new Error(`${name}: ${preview.count}, by hand ${found.people}`);
    people = preview.count;
    bare.push(seconds);
    whole.push(took);
  }
  return { name, bare, whole, people, bound: 1.3 };
}

async function compareMaterialise(database, business) {
  const audiences = new AudienceService(database);
  const chosen = await audiences.choose(business, { audienceType: 'ALL' }, 'filter');
  const selection = audiences.select(business, chosen.audience, 'MARKETING');
  const bare = [];
  const whole = [];
  let people = 0;
  for (let i = 0; i < Math.min(rounds, 3); i++) {
    await rows(
      database,
      `CREATE TABLE bare_recipients (LIKE campaign_recipients INCLUDING ALL) WITH (fillfactor = 45)`,
    );
    await rows(database, 'CHECKPOINT');
    const [, seconds] = await timed(() =>
      rows(
        database,
        `INSERT INTO bare_recipients (campaign_id, seq, phone, identity, name, email, contact_kind, contact_id, status)
         SELECT gen.id, row_number() OVER (), c.phone_e164, c.identity, c.name, c.email, c.kind, c.id, 'QUEUED'
         FROM (SELECT DISTINCT ON (identity) * FROM (
             SELECT identity, phone_e164, name, email, id, 'LEAD' AS kind FROM leads WHERE business_id = $1
             UNION ALL SELECT identity, phone_e164, name, email, id, 'CUSTOMER' FROM customers WHERE business_id = $1) both_kinds) c,
           (SELECT gen_random_uuid() AS id) gen`,
        [business.id],
      ),
    );
    await rows(database, 'DROP TABLE bare_recipients');
    await rows(database, 'CHECKPOINT');
    const campaign = (await rows(database, 'SELECT gen_random_uuid() AS id'))[0].id;
    const [fixed, took] = await timed(() =>
      database.transaction((transaction) => insertRecipients(transaction, campaign, selection)),
    );
    await rows(database, 'TRUNCATE campaign_recipients');
    people = fixed.total;
    bare.push(seconds);
    whole.push(took);
  }
  return { name: 'materialise, against INSERT … SELECT DISTINCT', bare, whole, people, bound: 1.5 };
}

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
}

/** Cities and spending are spread unevenly, as they are in life; tags are common, usual and rare. */
async function openContacts({ env, database }) {
  const accounts = new AccountsService(database, Buffer.from(env.ENCRYPTION_KEY, 'hex'));
  const open = (name) => accounts.createBusiness({ name, timezone: 'UTC', defaultCountry: 'IN' });
  const business = await open(`Bench ${randomBytes(2).toString('hex')}`);
  const others = [];
  for (let i = 0; i < 20; i++) others.push((await open(`Other ${i}`)).id);
  const owner = `CASE WHEN i <= $2::bigint THEN $1::uuid ELSE ($3::uuid[])[1 + i % 20] END`;
  const half = contacts / 2;
  const sizes = [business.id, half, others, half * 1.25];
  await database.query(
    `INSERT INTO leads (business_id, name, phone, phone_e164, identity, email, status, quality, tags, city, state, created_at, attributes)
     SELECT ${owner}, 'Name ' || md5(i::text), p, p, p, CASE WHEN i % 3 > 0 THEN 'lead' || i || '@example.com' END,
       ('{NEW,NEW,NEW,CONTACTED,CONTACTED,QUALIFIED,CONVERTED,LOST}'::text[])[1 + i * 7919 % 8], ('{HOT,WARM,COLD}'::text[])[1 + i * 104729 % 4],
       CASE WHEN i * 31 % 5 = 0 THEN ARRAY['t' || i % 20, 'c' || i % 3] WHEN i * 31 % 1000 = 1 THEN '{vip}'::text[] ELSE '{}' END,
       ('{Mumbai,Delhi,Pune,Agra,Chennai,Kochi,Surat,mumbai,DELHI}'::text[])[1 + floor(9 * power(random(), 2))::int], 'Gujarat',
       now() - random() * interval '700 days',
       CASE WHEN i % 2 = 0 THEN jsonb_build_object('plan', ('{gold,Silver,free}'::text[])[1 + i % 3], 'age', 18 + i % 60) ELSE '{}' END
     FROM (SELECT i, '+91' || (6000000000 + i * 7919 % 3999999999) AS p FROM generate_series(1::bigint, $4::bigint) i) made`,
    sizes,
  );
  await database.query(
    `INSERT INTO customers (business_id, name, phone, phone_e164, identity, email, engagement_score, total_spent, total_orders,
       last_order_at, tags, created_at)
     SELECT ${owner}, 'Name ' || md5(i::text), p, p, p, 'customer' || i || '@example.com', i * 13 % 101,
       round(exp(random() * 11)::numeric, 2), i * 7 % 30, CASE WHEN i % 10 > 0 THEN now() - random() * interval '900 days' END,
       CASE WHEN i * 31 % 5 = 0 THEN ARRAY['t' || i % 20] WHEN i * 31 % 1000 = 1 THEN '{vip}'::text[] ELSE '{}' END,
       now() - random() * interval '700 days'
     FROM (SELECT i, '+91' || (6000000000 + i * 104729 % 3999999999) AS p FROM generate_series(1::bigint, $4::bigint) i) made`,
    sizes,
  );
  await database.query(
    `INSERT INTO suppressions (business_id, phone, identity, reason)
     SELECT business_id, identity, identity, 'bench' FROM customers WHERE business_id = $1 LIMIT $2::bigint / 100`,
    [business.id, half],
  );
  await database.query('VACUUM ANALYZE');
  return business;
}
