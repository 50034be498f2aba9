/**
 * How long until somebody of a campaign can be claimed, in milliseconds, as SQL: 0 is now, NULL when nobody is left.
 * First come those the feed may still hand out, then the earliest retry. While the window is closed nobody can be claimed.
 * @param campaign alias of the row of campaigns
 * @param feed alias of its row of campaign_feeds; NULLs (no feed yet) count as nobody to hand out
 */
export function dueInMs(campaign: string, feed: string): string {
  return `CASE WHEN NOT ${isOpen(feed)} THEN NULL WHEN ${feed}.next_seq <= ${feed}.open_until THEN 0 ELSE (
    SELECT greatest(extract(epoch FROM u.due_at - now()) * 1000, 0) FROM delivery_followups u
    WHERE u.campaign_id = ${campaign}.id AND u.kind = 'RETRY' ORDER BY u.due_at LIMIT 1) END::float8`;
}

/** Whether the window of a campaign is open, as SQL; without a feed it is. */
export function isOpen(feed: string): string {
  return `(coalesce(${feed}.opens_at <= now(), true) AND coalesce(${feed}.closes_at > now(), true))`;
}

/** Whether somebody can be claimed now, as SQL; see {@link dueInMs}. */
export function isDue(campaign: string, feed: string): string {
  return `coalesce(${dueInMs(campaign, feed)} = 0, false)`;
}
