// People open the tracked links of one campaign, over 50 connections: everybody at the same time, as fast as they are answered
// (what a burst is like), and at a steady rate. The time of the server is the answer's time less that of /healthz, which
// touches neither PostgreSQL nor Redis, with the same connections at the same rate. One message in twenty is not reported as delivered yet.
import { request, Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { openBusiness } from './campaigns.mjs';
import { atMost, median, quantile, round, table, tableOfBounds } from './report.mjs';
import { child, product, startRig } from './rig.mjs';

const { rows } = product('../dist/infra/database.js');
const { linkTokens } = product('../dist/campaigns/link.js');

const clicks = Number(process.env.BENCH_RECIPIENTS ?? 10_000);
const connections = 50;
const perSecond = Number(process.env.BENCH_RATE ?? 100);
const browser =
  'Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 Chrome/128.0.0.0 Mobile Safari/537.36';

export async function clicksBench() {
  console.log(`clicks: ${round(clicks)} clicks of one campaign over ${connections} connections\n`);
  const rig = await startRig();
  try {
    const business = await openBusiness(rig, { contacts: 3 * clicks, numbers: 1 });
    const id = await business.addCampaign(0);
    await business.materialise(id);
    await send(rig.database, id);
    const links = await linksOf(rig.database, id);
    const api = await startApi(rig);
    const health = () => '/healthz';
    await burst(api, 1000, health);
    await burst(api, clicks / 2, links);

    const before = await rowsOf(rig.database, id);
    const postgresBefore = rig.postgresCpuSeconds();
    const bare = await burst(api, clicks, health);
    const all = await burst(api, clicks, links);
    const postgresCpu = (rig.postgresCpuSeconds() - postgresBefore) / clicks;
    const bareSteady = await steady(api, clicks / 5, health);
    const allSteady = await steady(api, clicks / 5, links);
    const after = await rowsOf(rig.database, id);
    const answered = clicks + Math.floor(clicks / 5);
    if (
      after.hits - before.hits !== answered ||
      after.hits !== after.clicks ||
      after.people !== after.clicked
    )
      throw new Error(`${answered} were answered, and the tables have ${JSON.stringify({ before, after })}`);

    const line = (name, { ms, seconds }) => [
      name,
      round(ms.length / seconds),
      ...[0.5, 0.95, 0.99].map((share) => quantile(ms, share).toFixed(1)),
    ];
    table([
      ['ms', 'a second', 'median', '95 %', '99 %'],
      line('burst: /healthz', bare),
      line('burst: /r/', all),
      line(`steady: /healthz`, bareSteady),
      line(`steady: /r/`, allSteady),
    ]);
    console.log(
      `  ${round(postgresCpu * 1e6)} µs of PostgreSQL's CPU a click; ${after.version - before.version} versions of the campaign\n`,
    );
    const server = (one, other) => Math.max(0, median(one.ms) - median(other.ms));
    const bounds = [
      atMost(`server time at ${perSecond}/s, median, ms`, server(allSteady, bareSteady), 5),
      atMost('server time a click in a burst, ms', ((all.seconds - bare.seconds) / clicks) * 1000, 5),
    ];
    tableOfBounds(bounds);
    const figures = ({ ms, seconds }) => ({
      perSecond: ms.length / seconds,
      median: median(ms),
      p99: quantile(ms, 0.99),
    });
    return {
      clicks,
      connections,
      burst: { bare: figures(bare), links: figures(all) },
      steady: { bare: figures(bareSteady), links: figures(allSteady) },
      postgresMicroseconds: postgresCpu * 1e6,
      bounds,
    };
  } finally {
    await rig.stop();
  }
}

/** As if the campaign was sent, and all but every twentieth message were reported as delivered. */
async function send(database, id) {
  await rows(
    database,
    `UPDATE campaign_recipients SET status = CASE seq % 20 WHEN 0 THEN 'SENT' ELSE 'DELIVERED' END, claim_no = 1,
       wamid = 'wamid.' || seq, sent_at = now(), delivered_at = CASE seq % 20 WHEN 0 THEN NULL ELSE now() END WHERE campaign_id = $1`,
    [id],
  );
  await rows(
    database,
    `UPDATE campaigns SET status = 'COMPLETED', completed_at = now(), queued_count = 0, sent_count = total_recipients,
       delivered_count = (SELECT count(*) FROM campaign_recipients WHERE campaign_id = $1 AND status = 'DELIVERED') WHERE id = $1`,
    [id],
  );
  await rows(database, 'VACUUM ANALYZE campaign_recipients');
}

/** The path of the next person's link, whenever it is called. */
async function linksOf(database, id) {
  const [{ link_id: linkId, link_key: linkKey }] = await rows(
    database,
    'SELECT link_id, link_key FROM campaigns WHERE id = $1',
    [id],
  );
  const token = linkTokens({ linkId, linkKey });
  let seq = 0;
  return () => `/r/${token(++seq)}`;
}

async function rowsOf(database, id) {
  const [found] = await rows(
    database,
    `SELECT clicks, clicked_count AS clicked, version, (SELECT count(*)::int FROM clicks WHERE campaign_id = $1) AS hits,
       (SELECT count(clicked_at)::int FROM campaign_recipients WHERE campaign_id = $1) AS people FROM campaigns WHERE id = $1`,
    [id],
  );
  return found;
}

async function startApi({ env, atEnd }) {
  const api = await child(import.meta.resolve('../dist/main.js'), ['api'], { ...env, PORT: '0' });
  atEnd(() => api.stop());
  const url = `http://127.0.0.1:${api.ready.port}`;
  while (!(await fetch(`${url}/readyz`)).ok) await delay(50);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  atEnd(() => agent.destroy());
  return { url, agent };
}

/** @returns how long the answer took, in ms */
function get({ url, agent }, path) {
  const since = performance.now();
  return new Promise((resolve, reject) => {
    request(url + path, { agent, headers: { 'user-agent': browser } }, (response) => {
      response.resume();
      response.once('end', () => {
        const expected = path.startsWith('/r/') ? 302 : 200;
        if (response.statusCode === expected) resolve(performance.now() - since);
        else reject(new Error(`${path}: ${response.statusCode}`));
      });
    })
      .once('error', reject)
      .end();
  });
}

/** Each connection asks again as soon as it is answered. */
async function burst(api, count, path) {
  const ms = [];
  const since = performance.now();
  let left = count;
  const one = async () => {
    while (left-- > 0) ms.push(await get(api, path()));
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { ms, seconds: (performance.now() - since) / 1000 };
}

/** At a steady rate, however long the answers take. */
async function steady(api, count, path) {
  const answers = [];
  const since = performance.now();
  while (answers.length < Math.floor(count)) {
    const due = Math.min(count, ((performance.now() - since) / 1000) * perSecond);
    while (answers.length < Math.floor(due)) answers.push(get(api, path()));
    await delay(1);
  }
  return { ms: await Promise.all(answers), seconds: (performance.now() - since) / 1000 };
}
