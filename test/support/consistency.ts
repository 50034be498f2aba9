import { verifyCampaign } from '../../src/consistency/verify';
import { allowedMoves, RecipientStatus } from '../../src/campaigns/recipient-status';
import { blockSize, rowBits } from '../../src/campaigns/recipients/blocks';
import type { App } from './app';
import { accepted, recipients, stats } from './campaigns';
import type { Accepted } from './campaigns';

export interface ConsistencyOptions {
  /** Messages that WhatsApp may have accepted for one recipient: 1, unless failures or the policy RESEND allow more. */
  acceptedAtMost?: number;
  /** Whether webhooks for all statuses have been delivered, so that rows must match the ledger. Default true. */
  statusesDelivered?: boolean;
}

/**
 * Checks a campaign against its rows and the simulator's ledger: counters match the rows, sums add up, the timeline adds
 * up to the counters, nobody was accepted more often than allowed, every recipient who counts as sent was accepted, rows
 * match the ledger. @returns the accepted messages
 */
export async function expectConsistent(
  app: App,
  campaignId: string,
  { acceptedAtMost = 1, statusesDelivered = true }: ConsistencyOptions = {},
): Promise<Accepted[]> {
  await expectCountersAreRows(app, campaignId);
  const messages = await accepted(app, campaignId);
  const rows = await recipients(app, campaignId);
  const byPlace = new Map(rows.map((row) => [row.seq, row]));
  const byRecipient = new Map<number, Accepted[]>();
  for (const message of messages) {
    const seq = Number(message.callbackData.split(':')[1]);
    expect(byPlace.get(seq)?.phone).toBe(message.to);
    byRecipient.set(seq, [...(byRecipient.get(seq) ?? []), message]);
  }
  expect(Math.max(0, ...[...byRecipient.values()].map((list) => list.length))).toBeLessThanOrEqual(
    acceptedAtMost,
  );
  const wrong = rows.filter((row) => {
    const list = byRecipient.get(row.seq) ?? [];
    if (['SENT', 'DELIVERED', 'READ'].includes(row.status) && list.length === 0) return true;
    return statusesDelivered && list.length > 0 && !statusesFor(list).includes(row.status);
  });
  expect(
    wrong.map((row) => ({ ...row, ledger: byRecipient.get(row.seq)?.map((one) => one.statuses) })),
  ).toEqual([]);
  return messages;
}

/** The statuses that a row may have, given the statuses that WhatsApp reported for the messages to this recipient. */
export function statusesFor(messages: Accepted[]): string[] {
  const has = (status: string) => messages.some((one) => one.statuses.some((each) => each.status === status));
  if (has('read')) return ['READ'];
  if (has('delivered')) return ['DELIVERED'];
  const last = messages[messages.length - 1];
  const lastFailed = last?.statuses.some((each) => each.status === 'failed');
  return lastFailed ? ['FAILED', 'QUEUED', 'SKIPPED'] : ['SENT'];
}

/** Compares every counter and the API's figures with the rows, and the timeline with the counters. */
export async function expectCountersAreRows(app: App, campaignId: string): Promise<void> {
  const [counters] = await app.database.query<Record<string, number>[]>(
    `SELECT total_recipients AS "totalRecipients", queued_count AS "queuedCount", sent_count AS "sentCount",
       delivered_count AS "deliveredCount", read_count AS "readCount", failed_count AS "failedCount",
       skipped_count AS "skippedCount", unconfirmed_count AS "unconfirmedCount", held_count AS "heldCount", excluded_count AS "excludedCount",
       clicked_count AS "clickedCount", converted_count AS "convertedCount", opted_out_count AS "optedOutCount",
       replied_count AS "repliedCount", clicks, bot_clicks AS "botClicks"
     FROM campaigns WHERE id = $1`,
    [campaignId],
  );
  const [counted] = await app.database.query<Record<string, number>[]>(
    `SELECT count(*) FILTER (WHERE status <> 'EXCLUDED')::int AS "totalRecipients",
       count(*) FILTER (WHERE status IN ('QUEUED', 'SENDING'))::int AS "queuedCount",
       count(*) FILTER (WHERE status IN ('SENT', 'DELIVERED', 'READ'))::int AS "sentCount",
       count(*) FILTER (WHERE status IN ('DELIVERED', 'READ'))::int AS "deliveredCount",
       count(*) FILTER (WHERE status = 'READ')::int AS "readCount",
       count(*) FILTER (WHERE status = 'FAILED')::int AS "failedCount",
       count(*) FILTER (WHERE status = 'SKIPPED')::int AS "skippedCount",
       count(*) FILTER (WHERE status = 'UNCONFIRMED')::int AS "unconfirmedCount",
       count(*) FILTER (WHERE status = 'SENT' AND message_status IS NOT NULL)::int AS "heldCount",
       count(*) FILTER (WHERE status = 'EXCLUDED')::int AS "excludedCount",
       count(clicked_at)::int AS "clickedCount", count(converted_at)::int AS "convertedCount",
       count(opted_out_at)::int AS "optedOutCount", count(replied_at)::int AS "repliedCount",
       (SELECT count(*)::int FROM clicks WHERE campaign_id = $1 AND NOT bot) AS clicks,
       (SELECT count(*)::int FROM clicks WHERE campaign_id = $1 AND bot) AS "botClicks"
     FROM campaign_recipients WHERE campaign_id = $1`,
    [campaignId],
  );
  expect(counters).toEqual(counted);
  expect(await stats(app, campaignId)).toMatchObject(counted ?? {});

  const [timeline] = await app.database.query<Record<string, number>[]>(
    `SELECT coalesce(sum(sent), 0)::int AS "sentCount", coalesce(sum(delivered), 0)::int AS "deliveredCount",
       coalesce(sum(read), 0)::int AS "readCount", coalesce(sum(failed), 0)::int AS "failedCount",
       coalesce(sum(clicked), 0)::int AS "clickedCount", coalesce(sum(converted), 0)::int AS "convertedCount",
       coalesce(sum(replied), 0)::int AS "repliedCount"
     FROM campaign_stats_minutes WHERE campaign_id = $1`,
    [campaignId],
  );
  expect(counted).toMatchObject(timeline ?? {});

  const failures = await app.database.query<{ code: number; count: number }[]>(
    `SELECT code, count FROM campaign_failures WHERE campaign_id = $1 AND count <> 0 ORDER BY code`,
    [campaignId],
  );
  const failed = await app.database.query<{ code: number; count: number }[]>(
    `SELECT coalesce(error_code, -1) AS code, count(*)::int AS count FROM campaign_recipients
     WHERE campaign_id = $1 AND status = 'FAILED' GROUP BY 1 ORDER BY 1`,
    [campaignId],
  );
  expect(failures).toEqual(failed);
  // no block of recipients lacks the bit of one of them
  const unnoted = await app.database.query<{ seq: number }[]>(
    `SELECT r.seq, r.status FROM campaign_recipients r LEFT JOIN campaign_recipient_blocks b
       ON b.campaign_id = r.campaign_id AND b.block = (r.seq - 1) / ${blockSize}
     WHERE r.campaign_id = $1 AND (b.seen & (${rowBits('r')})) IS DISTINCT FROM (${rowBits('r')})`,
    [campaignId],
  );
  expect(unnoted).toEqual([]);
  // revenue and cost against the orders and the charges, and the rest once more by the product's own checks
  const verification = await verifyCampaign(app.database, campaignId);
  expect(
    verification?.checks.filter(({ name, holds }) => /^(REVENUE|COST|LINK_CLICKS)$/.test(name) && !holds),
  ).toEqual([]);
}

export interface AuditedMove {
  campaign_id: string;
  seq: number;
  from_status: RecipientStatus;
  to_status: RecipientStatus;
  attempts: number;
  /** In milliseconds. */
  at: number;
  /** When the statement that made the change began, in milliseconds. */
  began: number;
}

/** Makes the database record every change of a recipient's status or attempts from now on. */
export async function auditMoves(app: App): Promise<(campaignId: string) => Promise<AuditedMove[]>> {
  await app.database.query(
    `CREATE TABLE audited_moves (id serial, campaign_id uuid, seq int, from_status text, to_status text, attempts int, at timestamptz,
       began timestamptz);
     CREATE FUNCTION audit_move() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO audited_moves (campaign_id, seq, from_status, to_status, attempts, at, began)
       VALUES (new.campaign_id, new.seq, old.status, new.status, new.attempts, clock_timestamp(), statement_timestamp());
       RETURN NULL;
     END $$;
     CREATE TRIGGER audit_move AFTER UPDATE ON campaign_recipients FOR EACH ROW
       WHEN (old.status <> new.status OR old.attempts <> new.attempts) EXECUTE FUNCTION audit_move()`,
  );
  return (campaignId) =>
    app.database.query(
      `SELECT campaign_id, seq, from_status, to_status, attempts, extract(epoch FROM at)::float8 * 1000 AS at,
         extract(epoch FROM began)::float8 * 1000 AS began
       FROM audited_moves WHERE campaign_id = $1 ORDER BY id`,
      [campaignId],
    );
}

/** Expects only transitions that the table of campaigns/recipient-status.ts allows. */
export function expectLegalMoves(audited: readonly AuditedMove[]): void {
  const illegal = audited.filter(
    ({ from_status: from, to_status: to }) => from !== to && !allowedMoves[from].includes(to),
  );
  expect(illegal).toEqual([]);
}
