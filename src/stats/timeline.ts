import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import { badInput } from '../infra/errors';

/** How finely a timeline is divided. */
export enum TimelineBucket {
  MINUTE = 'MINUTE',
  HOUR = 'HOUR',
  DAY = 'DAY',
}

/** What happened in one bucket. What was taken back in it (a message that was sent earlier and failed now) is negative. */
export interface TimelineFigures {
  at: Date;
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  clicked: number;
  converted: number;
  replied: number;
}

/** Which part of a timeline is asked for; the buckets of both ends are whole. */
export interface TimelineRange {
  bucket: TimelineBucket;
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

const mostBuckets = 10_000;
const figures = ['sent', 'delivered', 'read', 'failed', 'clicked', 'converted', 'replied'] as const;

/**
 * How the counters of a campaign moved, from the minutes that are written with them (campaign_stats_minutes): their sums
 * are the counters. Buckets in which nothing moved are left out.
 * @param zone IANA; where the days begin. Minutes and hours are those of UTC
 * @throws BAD_USER_INPUT naming the argument
 */
export async function readTimeline(
  sql: Sql,
  campaignId: string,
  { bucket, from, to }: TimelineRange,
  zone: string,
): Promise<TimelineFigures[]> {
  if (from && to && to < from) throw badInput('to', 'a time that is not before `from`');
  const start = (time: string) =>
    `date_trunc('${bucket.toLowerCase()}', ${time}, ${bucket === TimelineBucket.DAY ? '$4' : `'UTC'`})`;
  // $4 is compared in any case: PostgreSQL cannot tell the type of a parameter that stands nowhere
  const sums = figures.map((name) => `sum(${name})::int AS ${name}`).join(', ');
  const found = await rows<TimelineFigures>(
    sql,
    `/* timeline */ SELECT ${start('minute')} AS at, ${sums} FROM campaign_stats_minutes
     WHERE campaign_id = $1 AND ($2::timestamptz IS NULL OR minute >= ${start('$2::timestamptz')})
       AND ($3::timestamptz IS NULL OR ${start('minute')} <= $3) AND $4::text IS NOT NULL
     GROUP BY 1 HAVING ${figures.map((name) => `sum(${name}) <> 0`).join(' OR ')} ORDER BY 1 LIMIT ${mostBuckets + 1}`,
    [campaignId, from ?? null, to ?? null, zone],
  );
  if (found.length > mostBuckets)
    throw badInput('bucket', `a larger one, or a shorter time: there are more than ${mostBuckets}`);
  return found;
}
