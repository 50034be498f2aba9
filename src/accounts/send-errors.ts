import { rows } from '../infra/database';
import type { Sql } from '../infra/database';

/** Notes why WhatsApp refused a message, when the reason is the number or its account. @param text a sentence with its cure */
export async function noteSendError(sql: Sql, senderId: string, text: string): Promise<void> {
  await rows(
    sql,
    `/* noteSendError */ UPDATE senders SET send_error = $2, send_error_at = now() WHERE id = $1`,
    [senderId, text],
  );
}

/**
 * Clears the errors of numbers whose messages are accepted again. Accepted messages are counted by the minute: those of the
 * error's own minute prove nothing: they may be older than the error, or be the refused ones themselves.
 */
export async function clearSendErrors(sql: Sql): Promise<void> {
  await rows(
    sql,
    `/* clearSendErrors */ UPDATE senders s SET send_error = NULL, send_error_at = NULL
     WHERE s.send_error IS NOT NULL AND EXISTS (
       SELECT FROM campaigns c JOIN campaign_stats_minutes m ON m.campaign_id = c.id
       WHERE c.sender_id = s.id AND c.business_id = s.business_id AND m.minute > s.send_error_at AND m.sent > 0)`,
  );
}
