// The rows that the statuses move, and the least that a database must do to move them.
import { product } from '../rig.mjs';

const { prepared, rows } = product('../dist/infra/database.js');
const { blockSize, rowBits } = product('../dist/campaigns/recipients/blocks.js');

/**
 * Adds `sent` recipients before those who wait in each campaign, to whom messages were sent. Inserted as they are: a
 * materialised audience of that many people would take longer than the measurement.
 */
export async function addSent(database, ids, sent) {
  const run = (sql) => rows(database, sql, [ids, sent]);
  await run('UPDATE campaign_recipients SET seq = seq + $2::int WHERE campaign_id = ANY ($1::uuid[])');
  await run(
    `INSERT INTO campaign_recipients (campaign_id, seq, phone, name, contact_kind, identity, status, claim_no, attempts, sent_at, wamid)
     SELECT id, seq, phone, 'Customer ' || seq, 'CUSTOMER', phone, 'SENT', 1, 0, now() - interval '1 minute',
       'wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgS' || lpad(seq::text, 20, '0') || 'AA=='
     FROM unnest($1::uuid[]) id, generate_series(1, $2::int) seq, LATERAL (SELECT '+9199' || lpad(seq::text, 8, '0')) made (phone)`,
  );
  await run(
    `INSERT INTO campaign_recipient_blocks (campaign_id, block, seen)
     SELECT campaign_id, (seq - 1) / ${blockSize} AS block, bit_or(${rowBits('r')}) FROM campaign_recipients r
     WHERE campaign_id = ANY ($1::uuid[]) AND $2 > 0 GROUP BY 1, 2
     ON CONFLICT (campaign_id, block) DO UPDATE SET seen = excluded.seen`,
  );
  await run(
    `UPDATE campaigns SET total_recipients = total_recipients + $2, sent_count = $2, status = 'PAUSED',
       started_at = now() - interval '10 minutes' WHERE id = ANY ($1::uuid[])`,
  );
  await run(
    'UPDATE campaign_feeds SET next_seq = $2::int + 1, open_until = open_until + $2::int WHERE campaign_id = ANY ($1::uuid[])',
  );
  await rows(database, 'VACUUM ANALYZE campaign_recipients');
  await rows(database, 'CHECKPOINT');
}

/** Nobody waits in these campaigns any more: they are completed. */
export async function sendRest(database, ids) {
  await rows(
    database,
    `UPDATE campaign_recipients SET status = 'SENT', claim_no = 1, sent_at = now()
     WHERE campaign_id = ANY ($1::uuid[]) AND status = 'QUEUED'`,
    [ids],
  );
  await rows(
    database,
    `UPDATE campaigns SET sent_count = total_recipients, queued_count = 0, status = 'COMPLETED', completed_at = now()
     WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
}

const update =
  prepared(`/* bareUpdate */ UPDATE campaign_recipients r SET status = 'DELIVERED', delivered_at = i.at
  FROM unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS i (campaign_id, seq, at)
  WHERE r.campaign_id = i.campaign_id AND r.seq = i.seq`);

/** Rows a second by UPDATE … FROM unnest over one connection, a commit for each set. */
export async function bareUpdates(database, campaigns, { from, count, setOf }) {
  const each = count / campaigns.length;
  const start = performance.now();
  for (let done = 0; done < count; done += setOf) {
    const places = Array.from({ length: setOf }, (_, i) => done + i);
    await rows(database, update, [
      places.map((place) => campaigns[Math.floor(place / each)].id),
      places.map((place) => from + (place % each)),
      places.map(() => new Date()),
    ]);
  }
  return { seconds: (performance.now() - start) / 1000 };
}

/** @throws unless as many rows are delivered as there were statuses, and every counter equals its rows */
export async function expectDelivered(database, ids, statuses) {
  const [found] = await rows(
    database,
    `SELECT sum(delivered)::int AS delivered, sum(delivered_count)::int AS counted,
       count(*) FILTER (WHERE delivered <> delivered_count OR sent <> sent_count)::int AS wrong
     FROM (SELECT campaign_id AS id, count(*) FILTER (WHERE status = 'DELIVERED') AS delivered,
         count(*) FILTER (WHERE status IN ('SENT', 'DELIVERED')) AS sent
       FROM campaign_recipients WHERE campaign_id = ANY ($1::uuid[]) GROUP BY 1) r JOIN campaigns c USING (id)`,
    [ids],
  );
  if (found.delivered !== statuses || found.counted !== statuses || found.wrong !== 0)
    throw new Error(`${JSON.stringify(found)}; expected ${statuses} delivered`);
}

/** Updates of recipients so far, and the share that stayed in their page and touched no index. */
export async function hotShare(database) {
  const [{ updates, hot }] = await rows(
    database,
    `SELECT n_tup_upd::float8 AS updates, n_tup_hot_upd::float8 AS hot FROM pg_stat_user_tables
     WHERE relname = 'campaign_recipients'`,
  );
  return { updates, hot };
}
