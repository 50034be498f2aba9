/**
 * How long until somebody of a campaign can be claimed, in milliseconds, as SQL: 0 is now, NULL when nobody is left.
 * First come those the feed may still hand out, then the earliest retry.
 * @param campaign alias of the row of campaigns
 * @param feed alias of its row of campaign_feeds; NULLs (no feed yet) count as nobody to hand out
 */
export function dueInMs(campaign: string, feed: string): string {
  return `CASE WHEN ${feed}.next_seq <= ${feed}.open_until THEN 0 ELSE (
    SELECT greatest(extract(epoch FROM u.due_at - now()) * 1000, 0) FROM delivery_followups u
    WHERE u.campaign_id = ${campaign}.id AND u.kind = 'RETRY' ORDER BY u.due_at LIMIT 1) END::float8`;
}

/** Whether somebody can be claimed now, as SQL; see {@link dueInMs}. */
export function isDue(campaign: string, feed: string): string {
  return `coalesce(${dueInMs(campaign, feed)} = 0, false)`;
}
