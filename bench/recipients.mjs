// The recipients of a finished campaign of 1,000,000 people, over HTTP: a page for every filter, early and late in the
// list, with and without totalCount; and the export, with the memory of the api while it streams.
import { readFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as delay } from 'node:timers/promises';
import { openBusiness } from './campaigns.mjs';
import { atLeast, atMost, median, round, table, tableOfBounds } from './report.mjs';
import { child, product, startRig } from './rig.mjs';

const { rows } = product('../dist/infra/database.js');
const { signToken } = product('../dist/accounts/token.js');
const { loadConfig } = product('../dist/config.js');
const { blockSize, rowBits, statusBit } = product('../dist/campaigns/recipients/blocks.js');

const recipients = Number(process.env.BENCH_RECIPIENTS ?? 1_000_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);

/**
 * Few among many, at the end, at the beginning, everywhere, and nobody: seq is spread by it. A handful has stayed at "sent",
 * through which everybody passed.
 */
const results = `CASE WHEN seq % 100003 = 7 THEN 'UNCONFIRMED' WHEN seq % 20011 = 5 THEN 'FAILED' WHEN seq % 200003 = 50 THEN 'SENT'
  WHEN seq > $2::int * 0.9999 THEN 'SKIPPED' WHEN seq % 3 = 0 THEN 'DELIVERED' ELSE 'READ' END`;

const filters = [
  {},
  ...['QUEUED', 'SENDING', 'UNCONFIRMED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'SKIPPED', 'EXCLUDED'].map(
    (status) => ({ status: [status] }),
  ),
  ...['CLICKED', 'CONVERTED', 'REPLIED', 'NOT_DELIVERED', 'NOT_READ', 'NOT_CLICKED', 'NOT_CONVERTED'].map(
    (outcome) => ({ outcome: [outcome] }),
  ),
  { status: ['READ'], outcome: ['NOT_CLICKED'] },
  { outcome: ['REPLIED', 'FAILED'] },
  { errorCode: [131049] },
  { errorCode: [131026] },
  { errorCode: [1] },
  { search: 'customer' },
  { search: 'customer 12345' },
  { search: 'zzz' },
  { search: '+9198' },
  { search: '98 7654' },
  { search: 'customer777@' },
  { search: 'customer 1', status: ['FAILED'] },
];

const query = (
  fields,
) => `query ($id: ID!, $after: String, $status: [RecipientStatus!], $outcome: [RecipientOutcome!],
  $errorCode: [Int!], $search: String) { campaign(id: $id) {
    recipients(after: $after, status: $status, outcome: $outcome, errorCode: $errorCode, search: $search) { ${fields} } } }`;
const page = query(
  'pageInfo { hasNextPage endCursor } nodes { id seq name phone status errorCode errorText sentAt deliveredAt readAt }',
);
const count = query('totalCount');

export async function recipientsBench() {
  console.log(`recipients: ${round(recipients)} recipients, ${rounds} rounds\n`);
  const rig = await startRig();
  try {
    const business = await openBusiness(rig, { contacts: recipients, numbers: 1 });
    const id = await business.addCampaign(0);
    await business.materialise(id);
    await finish(rig.database, id);
    const api = await startApi(rig, business.id);
    const measured = [];
    for (const filter of filters) measured.push(await measure(api, id, filter));
    const file = await exportFile(api, id);
    table([
      ['ms, medians', 'first page', 'second page', 'totalCount', 'people'],
      ...measured.map((one) => [one.name, ...one.ms.map((ms) => ms.toFixed(1)), round(one.people)]),
    ]);
    const slowest = Math.max(...measured.flatMap(({ ms }) => ms.slice(0, 2)));
    const bounds = [
      atMost('the slowest page, median, ms', slowest, 50),
      atLeast('export, rows/s', Math.round(file.rows / file.seconds), 50_000),
      atMost('memory that the export adds, MB', Math.round(file.grownBy), 100),
    ];
    tableOfBounds(bounds);
    return { recipients, measured, file, bounds };
  } finally {
    await rig.stop();
  }
}

/** As if the campaign was sent: results spread by seq, with counters, failures and blocks as the delivery keeps them. */
async function finish(database, id) {
  await rows(
    database,
    `UPDATE campaign_recipients r SET status = o.status, claim_no = 1, wamid = 'wamid.' || r.seq,
       error_code = CASE o.status WHEN 'FAILED' THEN CASE WHEN r.seq % 2 = 0 THEN 131026 ELSE 131049 END END,
       sent_at = now(), delivered_at = CASE WHEN o.status IN ('DELIVERED', 'READ') THEN now() END,
       clicked_at = CASE WHEN o.status = 'READ' AND r.seq % 7 = 0 THEN now() END,
       converted_at = CASE WHEN o.status = 'READ' AND r.seq % 701 = 0 THEN now() END,
       replied_at = CASE WHEN o.status = 'READ' AND r.seq % 30011 = 1 THEN now() END
     FROM (SELECT seq, ${results} AS status FROM campaign_recipients WHERE campaign_id = $1) o
     WHERE r.campaign_id = $1 AND r.seq = o.seq`,
    [id, recipients],
  );
  await rows(
    database,
    `WITH f AS (SELECT count(*) FILTER (WHERE status IN ('SENT', 'DELIVERED', 'READ')) AS sent,
         count(*) FILTER (WHERE status IN ('DELIVERED', 'READ')) AS delivered, count(*) FILTER (WHERE status = 'READ') AS read,
         count(*) FILTER (WHERE status = 'FAILED') AS failed, count(*) FILTER (WHERE status = 'SKIPPED') AS skipped,
         count(*) FILTER (WHERE status = 'UNCONFIRMED') AS unconfirmed, count(clicked_at) AS clicked,
         count(converted_at) AS converted, count(replied_at) AS replied FROM campaign_recipients WHERE campaign_id = $1)
     UPDATE campaigns c SET status = 'COMPLETED', queued_count = 0, sent_count = f.sent, delivered_count = f.delivered,
       read_count = f.read, failed_count = f.failed, skipped_count = f.skipped, unconfirmed_count = f.unconfirmed,
       clicked_count = f.clicked, converted_count = f.converted, replied_count = f.replied FROM f WHERE id = $1`,
    [id],
  );
  await rows(database, `UPDATE campaign_feeds SET next_seq = $2 + 1 WHERE campaign_id = $1`, [
    id,
    recipients,
  ]);
  await rows(
    database,
    `INSERT INTO campaign_failures SELECT campaign_id, error_code, count(*) FROM campaign_recipients
     WHERE campaign_id = $1 AND status = 'FAILED' GROUP BY 1, 2`,
    [id],
  );
  await rows(
    database,
    `UPDATE campaign_recipient_blocks b SET seen = b.seen | n.bits | ${statusBit('SENT') | statusBit('DELIVERED')} FROM (
       SELECT (seq - 1) / ${blockSize} AS block, bit_or(${rowBits('r')}) AS bits FROM campaign_recipients r
       WHERE campaign_id = $1 GROUP BY 1) n WHERE b.campaign_id = $1 AND b.block = n.block`,
    [id],
  );
  await rows(database, 'VACUUM ANALYZE campaign_recipients');
}

async function startApi({ env, atEnd }, businessId) {
  const api = await child(import.meta.resolve('../dist/main.js'), ['api'], { ...env, PORT: '0' });
  atEnd(() => api.stop());
  const url = `http://127.0.0.1:${api.ready.port}`;
  // it listens before PostgreSQL is connected
  while (!(await fetch(`${url}/readyz`)).ok) await delay(50);
  const claims = { subject: 'bench', role: 'ADMIN', businessIds: [businessId], ttlSeconds: 86_400 };
  const authorization = `Bearer ${await signToken(loadConfig(env, 'api').jwt, claims)}`;
  return { url, authorization, pid: api.pid };
}

async function ask({ url, authorization }, document, variables) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data.campaign.recipients;
}

async function measure(api, id, filter) {
  const ms = [[], [], []];
  const time = async (into, document, variables) => {
    const start = performance.now();
    const answer = await ask(api, document, { id, ...variables });
    into.push(performance.now() - start);
    return answer;
  };
  let people = 0;
  await ask(api, page, { id, ...filter });
  for (let i = 0; i < rounds; i++) {
    const { pageInfo } = await time(ms[0], page, filter);
    await time(ms[1], page, pageInfo.hasNextPage ? { ...filter, after: pageInfo.endCursor } : filter);
    people = (await time(ms[2], count, filter)).totalCount;
  }
  return { name: JSON.stringify(filter), ms: ms.map(median), people };
}

async function exportFile({ url, authorization, pid }, id) {
  const before = megabytesOf(pid);
  let highest = before;
  const watching = setInterval(() => (highest = Math.max(highest, megabytesOf(pid))), 50);
  const start = performance.now();
  const response = await fetch(`${url}/exports/recipients?campaignId=${id}`, { headers: { authorization } });
  let lines = 0;
  for await (const chunk of response.body) for (const byte of chunk) if (byte === 10) lines++;
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watching);
  if (lines !== recipients + 1) throw new Error(`${lines} lines, expected ${recipients + 1}`);
  return { rows: recipients, seconds, grownBy: highest - before };
}

/** Resident memory of a process; 0 where there is no /proc. */
function megabytesOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
