import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { policyFor, refusalText } from '../../whatsapp/error-catalogue';
import type { StatusEvent } from '../../whatsapp/webhook-events';
import { clockSkewSeconds } from './event-time';

/**
 * Notes with the number why a test message failed after it was accepted, as WhatsApp reports a payment problem, when the
 * reason is the number or its account. Not if a later test message was accepted. Can run twice.
 */
export async function noteTestFailures(sql: Sql, events: readonly StatusEvent[]): Promise<void> {
  for (const { callbackData, phoneNumberId, error, at } of events) {
    if (!callbackData?.startsWith('test:') || !error || policyFor(error).class !== 'sender') continue;
    await rows(
      sql,
      `/* noteTestFailure */ UPDATE senders SET send_error = $2, send_error_at = $3
       WHERE phone_number_id = $1 AND (test_accepted_at IS NULL OR test_accepted_at <= $3::timestamptz + make_interval(secs => $4))`,
      [phoneNumberId, refusalText(error), at, clockSkewSeconds],
    );
  }
}
