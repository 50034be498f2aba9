import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { CampaignStatus } from '../../src/campaigns/campaign';
import { verifyCampaign } from '../../src/consistency/verify';
import { App } from '../support/app';
import {
  act,
  addSender,
  createCampaign,
  people,
  phoneOf,
  reached,
  startCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { waitFor } from '../support/wait';

let app: App;
/** A completed campaign; all workers have stopped, so that nothing repairs what the tests damage. */
let finished: string;
/** A campaign with recipients that are sent, being sent to, waiting for a retry, and not claimed yet. */
let running: string;

beforeAll(async () => {
  app = await App.start({ behaviour: { clickShare: 1, previewShare: 0, deliveredShare: 1 } });
  await app.behave({ perNumber: { [phoneOf(1)]: { respond: { http: 400, code: 131026 } } } });
  const link = { linkUrl: 'https://shop.example.com', messageText: 'Hi {{link}}' };
  const twice = [...people(12), ...people(2)];
  finished = await startCampaign(app, { customRecipients: twice, ...link });
  await reached(app, finished);
  await webhooksDelivered(app);
  running = await createRunningCampaign();
  await Promise.all(app.workers.splice(0).map((worker) => worker.stop()));
  await app.database.query(`ALTER TABLE campaigns DROP CONSTRAINT campaigns_counts_add_up`);
  await app.database.query(`DROP INDEX campaign_recipients_phone`);
  for (const table of tables) await app.database.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
});
afterEach(async () => {
  for (const table of tables)
    await app.database.query(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}`);
});
afterAll(() => app?.close());

const tables = [
  'campaigns',
  'campaign_recipients',
  'campaign_feeds',
  'campaign_stats_minutes',
  'delivery_claims',
  'delivery_followups',
];

/** A campaign that a slow sender has begun; by SQL two more recipients are claimed and two wait for a retry. */
async function createRunningCampaign(): Promise<string> {
  const slow = await addSender(app, 1);
  const id = await startCampaign(app, { customRecipients: people(40, 100), senderId: slow.id });
  await waitFor(async () => (await stats(app, id)).sentCount > 0, { what: 'the first messages are sent' });
  await act(app, 'pauseCampaign', id);
  await waitFor(async () => (await claims()) === 0, { what: 'all claims are settled' });
  await webhooksDelivered(app);
  await app.database.query(
    `WITH place AS (SELECT next_seq AS first FROM campaign_feeds WHERE campaign_id = $1),
     feed AS (UPDATE campaign_feeds SET next_seq = next_seq + 4 WHERE campaign_id = $1),
     sending AS (UPDATE campaign_recipients r SET status = 'SENDING', claim_no = 1 FROM place
       WHERE campaign_id = $1 AND seq IN (first, first + 1)),
     retry AS (UPDATE campaign_recipients r SET claim_no = 1, attempts = 1 FROM place
       WHERE campaign_id = $1 AND seq IN (first + 2, first + 3)),
     followup AS (INSERT INTO delivery_followups SELECT $1, first + i, 'RETRY', now() + interval '1 hour'
       FROM place, generate_series(2, 3) i)
     INSERT INTO delivery_claims (id, campaign_id, seqs, claim_nos, expires_at)
     SELECT gen_random_uuid(), $1, ARRAY[first, first + 1], ARRAY[1, 1], now() + interval '1 hour' FROM place`,
    [id],
  );
  return id;
}

async function claims(): Promise<number> {
  const [row] = await app.database.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM delivery_claims`,
  );
  return row?.count ?? -1;
}

async function checksOf(id: string) {
  const verification = await verifyCampaign(app.database, id);
  if (!verification) throw new Error(`No campaign ${id}`);
  return verification.checks;
}

async function violationsOf(id: string): Promise<string[]> {
  return (await checksOf(id)).filter(({ holds }) => !holds).map(({ name }) => name);
}

test('all checks hold for a completed and a running campaign; for a draft only the sums are checked', async () => {
  expect(await stats(app, finished)).toMatchObject({ failedCount: 1, deliveredCount: 11, clickedCount: 11 });
  expect(await violationsOf(finished)).toEqual([]);
  expect((await checksOf(finished)).map(({ name }) => name)).toEqual([
    'SUMS_ADD_UP',
    ...['TOTAL', 'QUEUED', 'UNCONFIRMED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'SKIPPED', 'EXCLUDED'].map(
      (name) => `COUNTER_${name}`,
    ),
    ...['CLICKED', 'CONVERTED', 'REPLIED', 'OPTED_OUT', 'HELD', 'HOLDOUT_SIZE', 'HOLDOUT_CONVERTED'].map(
      (name) => `COUNTER_${name}`,
    ),
    ...['SENT', 'DELIVERED', 'READ', 'FAILED', 'CLICKED', 'CONVERTED', 'REPLIED'].map(
      (name) => `TIMELINE_${name}`,
    ),
    ...['CLICKS', 'BOT_CLICKS', 'LINK_CLICKS', 'REVENUE', 'COST'],
    ...['PLACES_DENSE', 'PHONES_ONCE', 'COMPLETED_IS_DONE', 'SENT_WAS_CLAIMED', 'SENT_HAS_MESSAGE_ID'],
    ...['HELD_IS_SENT', 'SENDING_IS_HELD', 'FEED_IN_ORDER', 'NOBODY_FORGOTTEN'],
  ]);
  expect(await violationsOf(running)).toEqual([]);
  const draft = await createCampaign(app, { customRecipients: people(3) });
  expect(await checksOf(draft)).toEqual([
    {
      name: 'SUMS_ADD_UP',
      holds: true,
      expected: 3,
      found: 3,
      detail: '3 queued + 0 unconfirmed + 0 sent + 0 failed + 0 skipped = 3, of 3',
    },
  ]);
  expect(await verifyCampaign(app.database, randomUUID())).toBeUndefined();
});

/** Kinds of damage, the SQL that causes each, and exactly the checks that must report it. */
const damages: [what: string, campaign: () => string, sql: string, seen: string[]][] = [
  ...(['clicked', 'converted', 'opted_out', 'replied', 'held', 'excluded', 'delivered', 'read'] as const).map(
    (name): (typeof damages)[number] => [
      `the counter ${name} is one too high`,
      () => finished,
      `UPDATE campaigns SET ${name}_count = ${name}_count + 1 WHERE id = $1`,
      [`COUNTER_${name.toUpperCase()}`],
    ],
  ),
  ...(['queued', 'unconfirmed', 'sent', 'failed', 'skipped'] as const).map(
    (name): (typeof damages)[number] => [
      `the counter ${name} is one too high`,
      () => finished,
      `UPDATE campaigns SET ${name}_count = ${name}_count + 1 WHERE id = $1`,
      ['SUMS_ADD_UP', `COUNTER_${name.toUpperCase()}`],
    ],
  ),
  [
    'the counter of visits is one too high',
    () => finished,
    `UPDATE campaigns SET clicks = clicks + 1 WHERE id = $1`,
    ['CLICKS', 'LINK_CLICKS'],
  ],
  [
    'the revenue is a paisa too high',
    () => finished,
    `UPDATE campaigns SET revenue = add_amounts(revenue, '{"INR": "0.01"}') WHERE id = $1`,
    ['REVENUE'],
  ],
  [
    'a charge is counted twice',
    () => finished,
    `UPDATE campaigns SET cost = add_amounts(cost, '{"USD": "0.0118"}') WHERE id = $1`,
    ['COST'],
  ],
  [
    'the total is one too high',
    () => finished,
    `UPDATE campaigns SET total_recipients = total_recipients + 1 WHERE id = $1`,
    ['SUMS_ADD_UP', 'COUNTER_TOTAL'],
  ],
  [
    'the status of a recipient changed but not the counters',
    () => finished,
    `UPDATE campaign_recipients SET status = 'SKIPPED' WHERE campaign_id = $1 AND status = 'FAILED'`,
    ['COUNTER_FAILED', 'COUNTER_SKIPPED', 'TIMELINE_FAILED'],
  ],
  ...(['sent', 'delivered', 'read', 'failed', 'clicked', 'converted', 'replied'] as const).map(
    (name): (typeof damages)[number] => [
      `the timeline has one ${name} too many`,
      () => finished,
      `INSERT INTO campaign_stats_minutes (campaign_id, minute, ${name}) VALUES ($1, now() - interval '1 day', 1)`,
      [`TIMELINE_${name.toUpperCase()}`],
    ],
  ),
  [
    'there is a gap in seq',
    () => running,
    `UPDATE campaign_recipients SET seq = 99 WHERE campaign_id = $1 AND seq = 40`,
    ['PLACES_DENSE'],
  ],
  [
    'there is a gap before an excluded recipient',
    () => finished,
    `UPDATE campaign_recipients SET seq = 99 WHERE campaign_id = $1 AND seq = 14`,
    ['PLACES_DENSE'],
  ],
  [
    'a recipient exists twice',
    () => finished,
    `UPDATE campaign_recipients SET phone = '${phoneOf(2)}' WHERE campaign_id = $1 AND phone = '${phoneOf(3)}'`,
    ['PHONES_ONCE'],
  ],
  [
    'the campaign is completed with recipients queued',
    () => running,
    `UPDATE campaigns SET status = 'COMPLETED' WHERE id = $1`,
    ['COMPLETED_IS_DONE'],
  ],
  [
    'a recipient was sent to without a claim',
    () => finished,
    `UPDATE campaign_recipients SET claim_no = 0 WHERE campaign_id = $1 AND seq = 5`,
    ['SENT_WAS_CLAIMED'],
  ],
  [
    'a sent message has neither an id nor a click',
    () => finished,
    `UPDATE campaign_recipients SET wamid = NULL, clicked_at = NULL WHERE campaign_id = $1 AND seq = 5`,
    ['COUNTER_CLICKED', 'TIMELINE_CLICKED', 'SENT_HAS_MESSAGE_ID'],
  ],
  [
    'the claims are missing',
    () => running,
    `DELETE FROM delivery_claims WHERE campaign_id = $1`,
    ['SENDING_IS_HELD'],
  ],
  [
    'a claim has an earlier claim number of a recipient',
    () => running,
    `UPDATE delivery_claims SET claim_nos = ARRAY[0, 1] WHERE campaign_id = $1`,
    ['SENDING_IS_HELD'],
  ],
  [
    'a claim lacks the claim number of a recipient',
    () => running,
    `UPDATE delivery_claims SET claim_nos = ARRAY[1] WHERE campaign_id = $1`,
    ['SENDING_IS_HELD'],
  ],
  [
    'the follow-ups are missing',
    () => running,
    `DELETE FROM delivery_followups WHERE campaign_id = $1`,
    ['NOBODY_FORGOTTEN'],
  ],
  [
    'a follow-up is of the wrong kind',
    () => running,
    `UPDATE delivery_followups SET kind = 'UNCONFIRMED' WHERE campaign_id = $1`,
    ['NOBODY_FORGOTTEN'],
  ],
  [
    'the feed skips recipients',
    () => running,
    `UPDATE campaign_feeds SET next_seq = next_seq + 1 WHERE campaign_id = $1`,
    ['NOBODY_FORGOTTEN'],
  ],
  [
    'the feed starts again',
    () => running,
    `UPDATE campaign_feeds SET next_seq = 1 WHERE campaign_id = $1`,
    ['FEED_IN_ORDER'],
  ],
  [
    'the feed is beyond the end',
    () => finished,
    `UPDATE campaign_feeds SET next_seq = 14 WHERE campaign_id = $1`,
    ['FEED_IN_ORDER'],
  ],
  [
    'the feed is missing',
    () => running,
    `DELETE FROM campaign_feeds WHERE campaign_id = $1`,
    ['FEED_IN_ORDER'],
  ],
];

test.each(damages)('reported: %s', async (_what, campaign, sql, seen) => {
  await app.database.query(sql, [campaign()]);
  expect(await violationsOf(campaign())).toEqual(seen);
});

test('reported for a draft: sums that do not add up', async () => {
  const draft = await createCampaign(app, { customRecipients: people(3) });
  await app.database.query(`UPDATE campaigns SET total_recipients = 4 WHERE id = $1`, [draft]);
  expect(await violationsOf(draft)).toEqual(['SUMS_ADD_UP']);
});

describe('while a campaign is being sent', () => {
  let live: App;

  beforeAll(async () => {
    live = await App.start({ behaviour: { clickShare: 1, previewShare: 0, failures: { '131026': 0.1 } } });
  });
  afterAll(() => live?.close());

  test('all checks hold at every moment', async () => {
    const link = { linkUrl: 'https://shop.example.com', messageText: 'Hi {{link}}' };
    const id = await startCampaign(live, { customRecipients: people(800), ...link });
    let verifications = 0;
    for (;;) {
      const verification = await verifyCampaign(live.database, id);
      expect(verification?.checks.filter(({ holds }) => !holds)).toEqual([]);
      if (verification?.status === CampaignStatus.COMPLETED) break;
      verifications++;
    }
    expect(verifications).toBeGreaterThan(5);
    await webhooksDelivered(live);
    expect((await verifyCampaign(live.database, id))?.checks.every(({ holds }) => holds)).toBe(true);
  });
});

describe('the verify command', () => {
  async function verify(args: string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [path.resolve('test/support/main-child.js'), 'verify', ...args], {
      env: { PATH: process.env.PATH, DATABASE_URL: app.test.url, ...env },
    });
    const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode, out, errors };
  }

  test('prints each check and exits with 0', async () => {
    const { code, out, errors } = await verify(['--campaign', finished]);
    expect([code, errors]).toEqual([0, '']);
    const lines = out.trim().split('\n');
    expect(lines[0]).toContain(`${finished}, COMPLETED`);
    expect(lines.filter((line) => line.startsWith('ok '))).toHaveLength(38);
    expect(lines.at(-1)).toBe('All 38 checks hold.');
  });

  test('prints a violation with both values and exits with 1', async () => {
    await app.database.query(`UPDATE campaigns SET clicked_count = 99 WHERE id = $1`, [finished]);
    const { code, out } = await verify(['--campaign', finished]);
    expect(code).toBe(1);
    expect(out).toMatch(/^VIOLATED +COUNTER_CLICKED +99 in the counter, 11 by the rows$/m);
    expect(out.trim().split('\n').at(-1)).toBe('1 of 38 checks found something wrong.');
  });

  test.each([
    [
      'the campaign does not exist',
      ['--campaign', '00000000-0000-4000-8000-000000000000'],
      /There is no campaign 0000/,
    ],
    ['not an id', ['--campaign', "' OR 1=1"], /expected the id of a campaign, not ' OR 1=1/],
    ['no campaign is given', [], /required option '--campaign <id>'/],
  ])('exits with 2 if it cannot check: %s', async (_what, args, message) => {
    const { code, out, errors } = await verify(args);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toMatch(message);
  });

  test('exits with 2 if it cannot check: the configuration is invalid', async () => {
    const { code, errors } = await verify(['--campaign', finished], { DATABASE_URL: 'mysql://x' });
    expect([code, errors]).toEqual([2, expect.stringContaining('DATABASE_URL: expected')]);
  });
});
