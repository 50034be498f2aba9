import type { DataSource, EntityManager } from 'typeorm';
import type { CampaignDelta, PublishDeltas } from '../../campaigns/deltas';
import { messagesOfPerson } from '../../campaigns/person';
import { noteBlocks, reactionBit } from '../../campaigns/recipients/blocks';
import { rows, transact } from '../../infra/database';
import type { InboundEvent } from '../../whatsapp/webhook-events';
import { confirmArrival } from '../settle/confirm-arrival';
import { answerHours, searchedDays } from './answered';
import { clockSkewSeconds } from './event-time';
import { findByWamid } from './message-by-wamid';
import { identitiesOf } from './person-identities';

/** A message of ours and when it was answered. */
interface Answer {
  campaignId: string;
  seq: number;
  at: Date;
}

/**
 * Notes and counts which messages people answered, with whatever they wrote: the message that they name, which proves that
 * it arrived, else the last one sent to them. A person counts once for a campaign; the time is that of the first answer, by
 * the message's own time. Sets, whatever the number of messages; can run twice.
 */
export async function storeReplies(
  database: DataSource,
  inbound: readonly InboundEvent[],
  publish: PublishDeltas,
): Promise<void> {
  const events = inbound.filter(
    ({ phoneNumberId, phone, userId, answers }) => phoneNumberId && (phone ?? userId ?? answers),
  );
  if (events.length === 0) return;
  const named = await namedAnswers(database, events);
  const others = events.filter((event) => !named.has(event));
  const deltas = await transact(database, async (transaction) => {
    const confirmed = named.size > 0 ? await confirmArrival(transaction, [...named.values()]) : [];
    const last = await lastMessages(transaction, others);
    return [...confirmed, ...(await markReplied(transaction, [...named.values(), ...last]))];
  });
  void publish(deltas);
}

/** Answers that name a message of ours, also of people who hide their number or have a new one. */
async function namedAnswers(
  database: DataSource,
  events: readonly InboundEvent[],
): Promise<Map<InboundEvent, Answer>> {
  const naming = events.filter(({ answers }) => answers);
  const found = await findByWamid(
    database,
    naming.map(({ answers, phoneNumberId, phone, userId }) => ({
      wamid: answers ?? '',
      phoneNumberId,
      phone,
      userId,
    })),
  );
  const result = new Map<InboundEvent, Answer>();
  for (const event of naming) {
    const place = found.get(event.answers ?? '');
    if (place) result.set(event, { campaignId: place.campaignId, seq: place.seq, at: event.at });
  }
  return result;
}

/** For each message that names none of ours, the last one sent to the person. */
async function lastMessages(transaction: EntityManager, events: readonly InboundEvent[]): Promise<Answer[]> {
  const known = events.filter(({ phone, userId }) => phone ?? userId);
  if (known.length === 0) return [];
  return rows<Answer>(
    transaction,
    `/* lastMessages */ SELECT DISTINCT ON (i.place) r.campaign_id AS "campaignId", r.seq, i.at
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) WITH ORDINALITY
       AS i (phone_number_id, phone, user_id, at, place)
     JOIN senders s ON s.phone_number_id = i.phone_number_id
     CROSS JOIN LATERAL (SELECT ARRAY(${identitiesOf('s.business_id', 'i.phone', 'i.user_id')}) AS identities) p
     JOIN campaigns c ON c.business_id = s.business_id AND c.sender_id = s.id
       AND c.started_at > now() - make_interval(days => ${searchedDays})
     JOIN LATERAL ${messagesOfPerson('c.id', '= ANY (p.identities)', `ltrim(i.phone, '+')`, 'i.user_id')} r
       ON r.status IN ('SENT', 'DELIVERED', 'READ')
         AND r.sent_at <= i.at + make_interval(secs => ${clockSkewSeconds})
         AND r.sent_at > i.at - make_interval(hours => ${answerHours})
     ORDER BY i.place, r.sent_at DESC`,
    [
      known.map(({ phoneNumberId }) => phoneNumberId),
      known.map(({ phone }) => phone ?? null),
      known.map(({ userId }) => userId ?? null),
      known.map(({ at }) => at),
    ],
  );
}

/**
 * first    the first answer to each message
 * locked   the recipients whom it concerns, in the order of settle's locks
 * marked   their times, never before the message was sent; checked again after waiting for a lock
 * total    people of each campaign who had not answered before
 */
async function markReplied(transaction: EntityManager, answers: readonly Answer[]): Promise<CampaignDelta[]> {
  if (answers.length === 0) return [];
  const changed = await rows<{
    id: string;
    business_id: string;
    version: number;
    updated_at: Date;
    people: number;
  }>(
    transaction,
    `/* markReplied */ WITH first AS (
       SELECT campaign_id, seq, min(at) AS at FROM unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS i (campaign_id, seq, at)
       GROUP BY 1, 2
     ), locked AS (
       SELECT r.campaign_id, r.seq, greatest(f.at, r.sent_at) AS at FROM campaign_recipients r JOIN first f USING (campaign_id, seq)
       WHERE r.excluded_reason IS NULL AND (r.replied_at IS NULL OR r.replied_at > greatest(f.at, r.sent_at))
       ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r
     ), marked AS (
       UPDATE campaign_recipients r SET replied_at = least(r.replied_at, l.at) FROM locked l
       WHERE r.campaign_id = l.campaign_id AND r.seq = l.seq RETURNING r.campaign_id, r.seq, old.replied_at IS NULL AS is_first
     ), total AS (
       SELECT campaign_id, count(*)::int AS people FROM marked WHERE is_first GROUP BY campaign_id
     ), minute AS (
       INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, replied)
       SELECT campaign_id, date_trunc('minute', now()), people FROM total ORDER BY campaign_id
       ON CONFLICT (campaign_id, minute) DO UPDATE SET replied = m.replied + excluded.replied
     ), ordered AS (
       SELECT c.id FROM campaigns c JOIN total t ON t.campaign_id = c.id ORDER BY c.id FOR NO KEY UPDATE OF c
     ), noted AS (
       ${noteBlocks('marked WHERE is_first', String(reactionBit('replied')))}
     )
     UPDATE campaigns c SET replied_count = c.replied_count + t.people, version = c.version + 1, updated_at = now()
     FROM total t JOIN ordered o ON o.id = t.campaign_id WHERE c.id = t.campaign_id
     RETURNING c.id, c.business_id, c.version, c.updated_at, t.people`,
    [answers.map(({ campaignId }) => campaignId), answers.map(({ seq }) => seq), answers.map(({ at }) => at)],
  );
  return changed.map((row) => ({
    campaignId: row.id,
    businessId: row.business_id,
    version: row.version,
    at: row.updated_at.toISOString(),
    deltas: { replied: row.people },
  }));
}
