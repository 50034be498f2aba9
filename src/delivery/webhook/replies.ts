import { messagesOfPerson } from '../../campaigns/person';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { InboundEvent } from '../../whatsapp/webhook-events';
import { clockSkewSeconds } from './event-time';

/** What names no message of ours answers the last one that was sent at most this long before. */
const answerHours = 72;
/** Campaigns that started longer ago are not searched for messages to a person. */
const searchedDays = 30;

/**
 * Notes which messages people answered, with whatever they wrote: the message that they name, else the last one sent to
 * them. The time is that of the person's first answer. One statement for the whole set; can run twice.
 *
 * Locks as settle does: recipients by (campaign_id, seq).
 */
export async function storeReplies(sql: Sql, inbound: readonly InboundEvent[]): Promise<void> {
  const known = inbound.filter(({ phoneNumberId, phone }) => phoneNumberId && phone);
  if (known.length === 0) return;
  await rows(
    sql,
    `/* storeReplies */ WITH answered AS (
       SELECT DISTINCT ON (i.place) r.campaign_id, r.seq, greatest(i.at, r.sent_at) AS at
       FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) WITH ORDINALITY
         AS i (phone_number_id, phone, answers, at, place)
       JOIN senders s ON s.phone_number_id = i.phone_number_id
       JOIN campaigns c ON c.business_id = s.business_id AND c.sender_id = s.id
         AND c.started_at > now() - make_interval(days => ${searchedDays})
       JOIN LATERAL ${messagesOfPerson('c.id', '= phone_identity(i.phone)', `ltrim(i.phone, '+')`)} r
         ON r.wamid = i.answers OR (r.status IN ('SENT', 'DELIVERED', 'READ')
           AND r.sent_at <= i.at + make_interval(secs => ${clockSkewSeconds})
           AND r.sent_at > i.at - make_interval(hours => ${answerHours}))
       ORDER BY i.place, (r.wamid = i.answers) IS TRUE DESC, r.sent_at DESC NULLS LAST
     ), first AS (
       SELECT campaign_id, seq, min(at) AS at FROM answered GROUP BY 1, 2
     ), locked AS (
       SELECT r.campaign_id, r.seq, f.at FROM campaign_recipients r JOIN first f USING (campaign_id, seq)
       WHERE r.replied_at IS NULL OR r.replied_at > f.at
       ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r
     )
     UPDATE campaign_recipients r SET replied_at = least(r.replied_at, l.at) FROM locked l
     WHERE r.campaign_id = l.campaign_id AND r.seq = l.seq`,
    [
      known.map(({ phoneNumberId }) => phoneNumberId),
      known.map(({ phone }) => phone),
      known.map(({ answers }) => answers ?? null),
      known.map(({ at }) => at),
    ],
  );
}
