-- Whoever clicked or ordered has the message. Recipients of whom that was known before the rule existed become
-- DELIVERED, and the counters and the timeline follow, so that no rate is above 100 %.
SET LOCAL statement_timeout = 0;

WITH proved AS (
  SELECT r.campaign_id, r.seq, r.status AS old, least(r.clicked_at, r.converted_at) AS at
  FROM campaigns c JOIN campaign_recipients r ON r.campaign_id = c.id
  WHERE (c.clicked_count > 0 OR c.converted_count > 0) AND (r.clicked_at IS NOT NULL OR r.converted_at IS NOT NULL)
    AND r.claim_no > 0 AND r.status NOT IN ('DELIVERED', 'READ', 'EXCLUDED')
  ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r
), moved AS (
  UPDATE campaign_recipients r SET status = 'DELIVERED', sent_at = coalesce(r.sent_at, p.at),
    delivered_at = coalesce(r.delivered_at, p.at), error_code = NULL, error_message = NULL, failed_at = NULL
  FROM proved p WHERE r.campaign_id = p.campaign_id AND r.seq = p.seq
  RETURNING r.campaign_id, r.seq, p.old
), unfollowed AS (
  DELETE FROM delivery_followups f USING moved m WHERE f.campaign_id = m.campaign_id AND f.seq = m.seq
), total AS (
  SELECT campaign_id, count(*)::int AS delivered, count(*) FILTER (WHERE old <> 'SENT')::int AS sent,
    count(*) FILTER (WHERE old IN ('QUEUED', 'SENDING'))::int AS queued,
    count(*) FILTER (WHERE old = 'UNCONFIRMED')::int AS unconfirmed,
    count(*) FILTER (WHERE old = 'FAILED')::int AS failed, count(*) FILTER (WHERE old = 'SKIPPED')::int AS skipped
  FROM moved GROUP BY campaign_id
), minute AS (
  INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, sent, delivered, failed)
  SELECT campaign_id, date_trunc('minute', now()), sent, delivered, -failed FROM total ORDER BY campaign_id
  ON CONFLICT (campaign_id, minute) DO UPDATE SET sent = m.sent + excluded.sent,
    delivered = m.delivered + excluded.delivered, failed = m.failed + excluded.failed
)
UPDATE campaigns c SET delivered_count = c.delivered_count + t.delivered, sent_count = c.sent_count + t.sent,
  queued_count = c.queued_count - t.queued, unconfirmed_count = c.unconfirmed_count - t.unconfirmed,
  failed_count = c.failed_count - t.failed, skipped_count = c.skipped_count - t.skipped,
  version = c.version + 1, updated_at = now()
FROM total t WHERE c.id = t.campaign_id;
