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

/** A test message was accepted: what kept messages from being sent is over. */
export async function noteTestAccepted(sql: Sql, senderId: string): Promise<void> {
  await rows(
    sql,
    `/* noteTestAccepted */ UPDATE senders SET test_accepted_at = now(), send_error = NULL, send_error_at = NULL,
       account_error = CASE WHEN account_error_topic IN (${endedBySending}) THEN NULL ELSE account_error END
     WHERE id = $1`,
    [senderId],
  );
}

/** Topics of troubles that accepted messages disprove. */
const endedBySending = `'NAME', 'SENDING'`;

/**
 * Clears the errors of numbers whose messages are accepted again. Accepted messages are counted by the minute: those of the
 * error's own minute prove nothing: they may be older than the error, or be the refused ones themselves.
 */
export async function clearSendErrors(sql: Sql): Promise<void> {
  await rows(
    sql,
    `/* clearSendErrors */ UPDATE senders s SET send_error = NULL, send_error_at = NULL
     WHERE s.send_error IS NOT NULL AND ${acceptedSince('s.send_error_at')}`,
  );
  await rows(
    sql,
    `/* clearAccountErrors */ UPDATE senders s SET account_error = NULL
     WHERE s.account_error IS NOT NULL AND s.account_error_topic IN (${endedBySending}) AND ${acceptedSince('s.trouble_at')}`,
  );
}

function acceptedSince(time: string): string {
  return `EXISTS (
       SELECT FROM campaigns c JOIN campaign_stats_minutes m ON m.campaign_id = c.id
       WHERE c.sender_id = s.id AND c.business_id = s.business_id AND m.minute > ${time} AND m.sent > 0)`;
}
