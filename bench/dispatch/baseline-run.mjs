// Tables and jobs of the baseline, created before the measurement starts.
import { Queue } from 'bullmq';
import Redis from 'ioredis';
import { child, product } from '../rig.mjs';
import { emptyLedger, expectLedger, rateBetween } from '../simulator.mjs';

const { rows } = product('../dist/infra/database');

/** The default of WORKER_CONCURRENCY. */
const concurrency = Number(process.env.BENCH_BASELINE_CONCURRENCY ?? 10);

/** Sends to the first `each` recipients of these campaigns again, by the baseline. @returns messages per second */
export async function runBaseline(rig, campaigns, each) {
  await addTables(rig.database, campaigns, each);
  const count = await enqueue(rig);
  await emptyLedger(rig);
  const worker = await child(import.meta.resolve('./baseline.mjs'), [], {
    ...rig.env,
    BASELINE_CONCURRENCY: String(concurrency),
  });
  await allSent(rig.database);
  await worker.stop();
  await expectLedger(rig, count);
  return { messages: count, concurrency, perSecond: await rateBetween(rig, 0, count - 1) };
}

/** No index except the keys: others would only make the updates slower. */
async function addTables(database, campaigns, each) {
  await rows(database, 'DROP SCHEMA IF EXISTS baseline CASCADE');
  await rows(database, 'CREATE SCHEMA baseline');
  await rows(
    database,
    `CREATE TABLE baseline.campaigns (
       id uuid PRIMARY KEY, phone_number_id text NOT NULL, template jsonb NOT NULL, template_values jsonb NOT NULL,
       link_id bytea NOT NULL, link_key bytea NOT NULL,
       total_recipients integer NOT NULL, sent_count integer NOT NULL DEFAULT 0)`,
  );
  await rows(
    database,
    `CREATE TABLE baseline.recipients (
       id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, campaign_id uuid NOT NULL, seq integer NOT NULL,
       phone text NOT NULL, name text NOT NULL, email text, status text NOT NULL DEFAULT 'QUEUED', wamid text,
       sent_at timestamptz)`,
  );
  await rows(
    database,
    `INSERT INTO baseline.campaigns
     SELECT c.id, s.phone_number_id, jsonb_build_object('name', t.name, 'language', t.language,
       'parameterFormat', t.parameter_format, 'components', t.components), c.template_values,
       c.link_id, c.link_key, least(c.total_recipients, $2)
     FROM campaigns c JOIN senders s ON s.id = c.sender_id JOIN templates t ON t.id = c.template_id
     WHERE c.id = ANY ($1)`,
    [campaigns, each],
  );
  // campaigns take turns, so that jobs do not all wait for one counter: faster than one campaign after the other
  await rows(
    database,
    `INSERT INTO baseline.recipients (campaign_id, seq, phone, name, email)
     SELECT campaign_id, seq, phone, name, email FROM campaign_recipients
     WHERE campaign_id = ANY ($1) AND seq <= $2 ORDER BY seq, campaign_id`,
    [campaigns, each],
  );
  await database.query('VACUUM ANALYZE baseline.recipients');
}

async function enqueue({ env, database }) {
  const connection = new Redis(env.REDIS_URL, { maxRetriesPerRequest: null });
  const queue = new Queue('baseline', { connection, defaultJobOptions: { removeOnComplete: true } });
  const people = await rows(database, 'SELECT id FROM baseline.recipients ORDER BY id');
  const jobs = people.map(({ id }) => ({ name: 'send', data: { recipientId: id } }));
  for (let i = 0; i < jobs.length; i += 1000) await queue.addBulk(jobs.slice(i, i + 1000));
  await queue.close();
  await connection.quit();
  return jobs.length;
}

async function allSent(database) {
  for (;;) {
    const [{ left }] = await rows(
      database,
      'SELECT sum(total_recipients - sent_count)::int AS left FROM baseline.campaigns',
    );
    if (left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
