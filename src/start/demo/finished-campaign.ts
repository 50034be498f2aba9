import type { EntityManager } from 'typeorm';
import type { Selection } from '../../audience/exclusions';
import type { Campaign } from '../../campaigns/campaign.entity';
import { blockSize, rowBits } from '../../campaigns/recipients/blocks';
import { insertRecipients } from '../../delivery/materialise';
import { rows } from '../../infra/database';
import { policyFor } from '../../whatsapp/error-catalogue';

/**
 * Makes a draft look as if it was sent yesterday: recipients as a start makes them, results spread by `seq`, and counters
 * and the timeline counted from the rows.
 */
export async function finishCampaign(
  transaction: EntityManager,
  campaign: Campaign,
  selection: Selection,
): Promise<void> {
  await insertRecipients(transaction, campaign.id, selection);
  await rows(
    transaction,
    `WITH outcome AS (
       SELECT seq, now() - interval '26 hours' + seq * interval '100 milliseconds' AS sent_at,
         CASE WHEN seq % 61 = 0 THEN 'FAILED' WHEN seq % 37 = 0 THEN 'SENT' WHEN seq % 10 < 7 THEN 'READ' ELSE 'DELIVERED' END AS status
       FROM campaign_recipients WHERE campaign_id = $1 AND status = 'QUEUED'
     )
     UPDATE campaign_recipients r SET status = o.status, claim_no = 1, sent_at = o.sent_at, wamid = 'wamid.demo.' || r.seq,
       error_code = CASE o.status WHEN 'FAILED' THEN 131026 END,
       error_message = CASE o.status WHEN 'FAILED' THEN $2 END,
       failed_at = CASE o.status WHEN 'FAILED' THEN o.sent_at + interval '4 seconds' END,
       delivered_at = CASE WHEN o.status IN ('DELIVERED', 'READ') THEN o.sent_at + interval '3 seconds' END,
       read_at = CASE o.status WHEN 'READ' THEN o.sent_at + interval '10 minutes' END,
       clicked_at = CASE WHEN o.status = 'READ' AND o.seq % 3 = 0 THEN o.sent_at + interval '11 minutes' END,
       converted_at = CASE WHEN o.status = 'READ' AND o.seq % 12 = 0 THEN o.sent_at + interval '25 minutes' END
     FROM outcome o WHERE r.campaign_id = $1 AND r.seq = o.seq`,
    [campaign.id, policyFor({ code: 131026 }).text],
  );
  await rows(
    transaction,
    `UPDATE campaigns c SET status = 'COMPLETED', queued_count = 0, total_recipients = f.total,
       sent_count = f.sent, delivered_count = f.delivered, read_count = f.read, failed_count = f.failed,
       excluded_count = f.excluded, clicked_count = f.clicked, converted_count = f.converted,
       created_at = now() - interval '27 hours', started_at = now() - interval '26 hours',
       materialised_at = now() - interval '26 hours', completed_at = f.last, version = 2
     FROM (
       SELECT count(*) FILTER (WHERE status <> 'EXCLUDED') AS total, max(sent_at) AS last,
         count(*) FILTER (WHERE status IN ('SENT', 'DELIVERED', 'READ')) AS sent,
         count(*) FILTER (WHERE status IN ('DELIVERED', 'READ')) AS delivered,
         count(*) FILTER (WHERE status = 'READ') AS read, count(*) FILTER (WHERE status = 'FAILED') AS failed,
         count(*) FILTER (WHERE status = 'EXCLUDED') AS excluded, count(clicked_at) AS clicked, count(converted_at) AS converted
       FROM campaign_recipients WHERE campaign_id = $1
     ) f WHERE c.id = $1`,
    [campaign.id],
  );
  // who failed was accepted before: sent in one minute, taken back in another
  await rows(
    transaction,
    `INSERT INTO campaign_stats_minutes (campaign_id, minute, sent, delivered, read, failed, clicked, converted)
     SELECT $1, date_trunc('minute', at), sum(sent), sum(delivered), sum(read), sum(failed), sum(clicked), sum(converted)
     FROM campaign_recipients r CROSS JOIN LATERAL (VALUES (r.sent_at, 1, 0, 0, 0, 0, 0), (r.delivered_at, 0, 1, 0, 0, 0, 0),
       (r.read_at, 0, 0, 1, 0, 0, 0), (r.failed_at, -1, 0, 0, 1, 0, 0), (r.clicked_at, 0, 0, 0, 0, 1, 0),
       (r.converted_at, 0, 0, 0, 0, 0, 1)) AS moved (at, sent, delivered, read, failed, clicked, converted)
     WHERE r.campaign_id = $1 AND at IS NOT NULL GROUP BY 2`,
    [campaign.id],
  );
  await earn(transaction, campaign);
  await rows(
    transaction,
    `WITH failures AS (
       INSERT INTO campaign_failures (campaign_id, code, count)
       SELECT campaign_id, error_code, count(*) FROM campaign_recipients WHERE campaign_id = $1 AND status = 'FAILED' GROUP BY 1, 2
     ), history AS (
       INSERT INTO campaign_history (campaign_id, at, action)
       SELECT id, at, action FROM campaigns c CROSS JOIN LATERAL (VALUES ('STARTED', c.started_at), ('COMPLETED', c.completed_at)) AS done (action, at)
       WHERE id = $1
     )
     UPDATE campaign_recipient_blocks b SET seen = b.seen | n.bits
     FROM (SELECT (seq - 1) / ${blockSize} AS block, bit_or(${rowBits('r')}) AS bits FROM campaign_recipients r
       WHERE campaign_id = $1 GROUP BY 1) n
     WHERE b.campaign_id = $1 AND b.block = n.block`,
    [campaign.id],
  );
  await rows(
    transaction,
    `INSERT INTO campaign_feeds (campaign_id, next_seq, open_until)
     SELECT id, total_recipients + 1, total_recipients FROM campaigns WHERE id = $1`,
    [campaign.id],
  );
}

/** The visits of who clicked (every fourth came back), the orders of who converted, and what the messages cost. */
async function earn(transaction: EntityManager, campaign: Campaign): Promise<void> {
  await rows(
    transaction,
    `WITH charged AS (
       UPDATE campaign_recipients SET clicked_links = CASE WHEN clicked_at IS NULL THEN 0 ELSE 1 END,
         charges = CASE WHEN status IN ('DELIVERED', 'READ') THEN '{"1": ["0.0118", "USD"]}'::jsonb END
       WHERE campaign_id = $1 RETURNING seq, clicked_at, converted_at, phone, charges
     ), visits AS (
       INSERT INTO clicks (business_id, campaign_id, seq, clicked_at)
       SELECT $2, $1, seq, clicked_at + visit * interval '2 hours' FROM charged, generate_series(0, 1) AS visit
       WHERE clicked_at IS NOT NULL AND (visit = 0 OR seq % 4 = 0) RETURNING seq
     ), orders AS (
       INSERT INTO conversions (business_id, order_id, campaign_id, seq, phone, value, currency, occurred_at)
       SELECT $2, 'demo-' || seq, $1, seq, phone, 499 + seq % 7 * 250, 'INR', converted_at FROM charged
       WHERE converted_at IS NOT NULL RETURNING value
     ), links AS (
       INSERT INTO campaign_link_clicks (campaign_id, link, people, clicks)
       SELECT $1, 0, count(DISTINCT seq), count(*) FROM visits HAVING count(*) > 0
     )
     UPDATE campaigns SET clicks = (SELECT count(*) FROM visits),
       revenue = coalesce((SELECT jsonb_build_object('INR', sum(value)::text) FROM orders HAVING count(*) > 0), '{}'),
       cost = coalesce((SELECT jsonb_build_object('USD', (count(*) * 0.0118)::text) FROM charged
         WHERE charges IS NOT NULL HAVING count(*) > 0), '{}')
     WHERE id = $1`,
    [campaign.id, campaign.businessId],
  );
}
