import type { EntityManager } from 'typeorm';
import { allZones, zoneDigits } from '../campaigns/schedule/number-zone';
import { dueAt } from '../campaigns/schedule/recipient-hours';
import { ScheduleTimeZone } from '../campaigns/schedule/schedule';
import type { Schedule } from '../campaigns/schedule/schedule';
import { wallClockOf } from '../campaigns/schedule/wall-clock';
import { rows } from '../infra/database';

/** A window counts as just closed for so long: longer than the time between two sweeps, even late ones. */
const lookBackSeconds = 30;

/**
 * Gives each recipient whom the feed releases a follow-up with the time at which they are due, if the schedule's time zone
 * is RECIPIENT; in other campaigns it does nothing. Claims then take nobody from the feed, and take the follow-ups as they
 * take retries: a claim costs the same as in other campaigns, and computes no time zones.
 * Runs in the transaction that opens the feed.
 */
export async function handOutByHour(transaction: EntityManager, campaignId: string): Promise<void> {
  const [feed] = await rows<{ first: number; last: number; schedule: Schedule | null; now: Date }>(
    transaction,
    `/* zonedFeed */ SELECT f.next_seq AS first, f.open_until AS last, c.schedule, now() AS now
     FROM campaign_feeds f JOIN campaigns c ON c.id = f.campaign_id WHERE f.campaign_id = $1 FOR NO KEY UPDATE OF f`,
    [campaignId],
  );
  if (feed?.schedule?.timeZone !== ScheduleTimeZone.RECIPIENT || feed.first > feed.last) return;
  const { schedule, first, last, now } = feed;
  const found = await rows<{ digits: string }>(
    transaction,
    `/* recipientDigits */ SELECT DISTINCT left(identity, ${zoneDigits}) AS digits FROM campaign_recipients
     WHERE campaign_id = $1 AND seq BETWEEN $2 AND $3 AND identity IS NOT NULL`,
    [campaignId, first, last],
  );
  const digits = found.map((row) => row.digits);
  await rows(
    transaction,
    `/* handOutByHour */ WITH followed AS (
       INSERT INTO delivery_followups (campaign_id, seq, kind, due_at)
       SELECT r.campaign_id, r.seq, 'RETRY', coalesce(h.due_at, now()) FROM campaign_recipients r
         LEFT JOIN unnest($4::text[], $5::timestamptz[]) AS h (digits, due_at) ON h.digits = left(r.identity, ${zoneDigits})
       WHERE r.campaign_id = $1 AND r.seq BETWEEN $2 AND $3 AND r.status = 'QUEUED'
       ON CONFLICT (campaign_id, seq) DO NOTHING
     )
     UPDATE campaign_feeds SET next_seq = $3 + 1 WHERE campaign_id = $1`,
    [campaignId, first, last, digits, digits.map((one) => dueAt(schedule, one, now))],
  );
}

/**
 * Moves the due follow-ups of recipients in whose zone the window has just closed to its next opening. The follow-ups are
 * read only while a window has closed within the last 30 s in some zone, and not in every sweep.
 */
export async function postponeClosed(
  transaction: EntityManager,
  campaignId: string,
  schedule: Schedule,
  now: Date,
): Promise<void> {
  if (!allZones().some((zone) => closedLately(schedule, zone, now))) return;
  const found = await rows<{ digits: string }>(
    transaction,
    `/* dueDigits */ SELECT DISTINCT left(r.identity, ${zoneDigits}) AS digits
     FROM delivery_followups f JOIN campaign_recipients r ON r.campaign_id = f.campaign_id AND r.seq = f.seq
     WHERE f.campaign_id = $1 AND f.kind = 'RETRY' AND f.due_at <= now() AND r.identity IS NOT NULL`,
    [campaignId],
  );
  const closed = found.flatMap(({ digits }) => {
    const due = dueAt(schedule, digits, now);
    return due > now ? [{ digits, due }] : [];
  });
  if (closed.length === 0) return;
  await rows(
    transaction,
    `/* postponeClosed */ UPDATE delivery_followups f SET due_at = h.due_at
     FROM campaign_recipients r JOIN unnest($2::text[], $3::timestamptz[]) AS h (digits, due_at)
       ON h.digits = left(r.identity, ${zoneDigits})
     WHERE f.campaign_id = $1 AND f.kind = 'RETRY' AND f.due_at <= now() AND r.campaign_id = $1 AND r.seq = f.seq`,
    [campaignId, closed.map(({ digits }) => digits), closed.map(({ due }) => due)],
  );
}

/** Compares only the time of day: this runs for every zone every 2 s, and a needless read does no harm. */
function closedLately({ window }: Schedule, zone: string, now: Date): boolean {
  if (!window) return false;
  const { hour, minute, second } = wallClockOf(now, zone);
  const [toHour = 0, toMinute = 0] = window.to.split(':').map(Number);
  const since = (hour - toHour) * 3600 + (minute - toMinute) * 60 + second;
  return (since + 86_400) % 86_400 < lookBackSeconds;
}
