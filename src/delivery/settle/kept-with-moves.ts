import { RecipientStatus } from '../../campaigns/recipient-status';
import { movedBits, noteBlocks } from '../../campaigns/recipients/blocks';

/*
 * Parts of the statement `settle` that keep what the rows do not tell: they write with the moves, in the same transaction,
 * and nothing as long as nothing fails and nothing is new. Those with `ordered` come after the campaigns are locked.
 */

const { QUEUED, SENDING, FAILED } = RecipientStatus;

/** What `after` gives beside the moved row: how the recipient was before. */
export const returnedBefore =
  'd.attempts, r.error_code, r.error_message, OLD.error_code AS old_code, OLD.error_message AS old_message, OLD.failed_at AS old_failed_at';

/**
 * What had happened to those who go back to the queue after an attempt, for their story. Not those whom a limit of the
 * sender sent back: that used up no attempt.
 */
export const retried = `INSERT INTO recipient_retries (campaign_id, seq, at, failed_at, error_code, error_text)
  SELECT campaign_id, seq, now(), old_failed_at, coalesce(error_code, old_code), coalesce(error_message, old_message) FROM special
  WHERE status = '${QUEUED}' AND (old <> '${SENDING}' OR attempts > 0)
  ON CONFLICT DO NOTHING`;

/** Statuses and codes that are new in a block of recipients; as long as none is, a look and no write. */
export const noted = noteBlocks('after WHERE moves', movedBits('status', 'error_code'));

/** How many failed, by code. */
export const failures = `INSERT INTO campaign_failures AS f (campaign_id, code, count)
  SELECT campaign_id, coalesce(code, -1), sum(by) FROM (
    SELECT campaign_id, error_code AS code, 1 AS by FROM special WHERE status = '${FAILED}'
    UNION ALL SELECT campaign_id, old_code, -1 FROM special WHERE old = '${FAILED}') moved
    JOIN ordered ON ordered.id = moved.campaign_id
  GROUP BY 1, 2 HAVING sum(by) <> 0 ORDER BY 1, 2
  ON CONFLICT (campaign_id, code) DO UPDATE SET count = f.count + excluded.count`;

/** Completed campaigns that are active again, for their history. */
export const reopened = `INSERT INTO campaign_history (campaign_id, action, reason)
  SELECT o.id, 'REOPENED', 'Messages are sent again' FROM ordered o JOIN total t ON t.campaign_id = o.id
  WHERE o.status = 'COMPLETED' AND t.queued > 0`;
