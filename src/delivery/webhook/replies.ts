import { messagesOfPerson } from '../../campaigns/person';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { InboundEvent } from '../../whatsapp/webhook-events';
import { clockSkewSeconds } from './event-time';
import { findByWamid } from './message-by-wamid';
import { identitiesOf } from './person-identities';

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
  const known = inbound.filter(({ phoneNumberId, phone, userId }) => phoneNumberId && (phone ?? userId));
  if (known.length > 0)
    await rows(sql, markReplies(answeredByPerson), [
      known.map(({ phoneNumberId }) => phoneNumberId),
      known.map(({ phone }) => phone ?? null),
      known.map(({ userId }) => userId ?? null),
      known.map(({ answers }) => answers ?? null),
      known.map(({ at }) => at),
    ]);
  await storeNamed(sql, inbound);
}

/** Answers of people without a phone that name a message: it may have been sent to a phone. */
async function storeNamed(sql: Sql, inbound: readonly InboundEvent[]): Promise<void> {
  const named = inbound.flatMap(({ answers, phone, ...event }) =>
    answers && event.phoneNumberId && !phone ? [{ ...event, wamid: answers }] : [],
  );
  const found = await findByWamid(sql, named);
  const answered = named.flatMap(({ wamid, at }) => {
    const place = found.get(wamid);
    return place ? [{ ...place, at }] : [];
  });
  if (answered.length === 0) return;
  await rows(sql, markReplies(answeredByPlace), [
    answered.map(({ campaignId }) => campaignId),
    answered.map(({ seq }) => seq),
    answered.map(({ at }) => at),
  ]);
}

const answeredByPlace = `SELECT r.campaign_id, r.seq, greatest(i.at, r.sent_at) AS at
  FROM unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS i (campaign_id, seq, at)
  JOIN campaign_recipients r USING (campaign_id, seq) WHERE r.excluded_reason IS NULL`;

const answeredByPerson = `SELECT DISTINCT ON (i.place) r.campaign_id, r.seq, greatest(i.at, r.sent_at) AS at
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) WITH ORDINALITY
    AS i (phone_number_id, phone, user_id, answers, at, place)
  JOIN senders s ON s.phone_number_id = i.phone_number_id
  CROSS JOIN LATERAL (SELECT ARRAY(${identitiesOf('s.business_id', 'i.phone', 'i.user_id')}) AS identities) p
  JOIN campaigns c ON c.business_id = s.business_id AND c.sender_id = s.id
    AND c.started_at > now() - make_interval(days => ${searchedDays})
  JOIN LATERAL ${messagesOfPerson('c.id', '= ANY (p.identities)', `ltrim(i.phone, '+')`, 'i.user_id')} r
    ON r.wamid = i.answers OR (r.status IN ('SENT', 'DELIVERED', 'READ')
      AND r.sent_at <= i.at + make_interval(secs => ${clockSkewSeconds})
      AND r.sent_at > i.at - make_interval(hours => ${answerHours}))
  ORDER BY i.place, (r.wamid = i.answers) IS TRUE DESC, r.sent_at DESC NULLS LAST`;

/** @param answered SQL: the messages that were answered, with the time */
function markReplies(answered: string): string {
  return `/* storeReplies */ WITH answered AS (
       ${answered}
     ), first AS (
       SELECT campaign_id, seq, min(at) AS at FROM answered GROUP BY 1, 2
     ), locked AS (
       SELECT r.campaign_id, r.seq, f.at FROM campaign_recipients r JOIN first f USING (campaign_id, seq)
       WHERE r.replied_at IS NULL OR r.replied_at > f.at
       ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r
     )
     UPDATE campaign_recipients r SET replied_at = least(r.replied_at, l.at) FROM locked l
     WHERE r.campaign_id = l.campaign_id AND r.seq = l.seq`;
}
