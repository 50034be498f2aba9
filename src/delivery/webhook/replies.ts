import type { CampaignDelta } from '../../campaigns/deltas';
import { messagesOfPerson } from '../../campaigns/person';
import { noteBlocks, reactionBit } from '../../campaigns/recipients/blocks';
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
 * them. The time is that of the person's first answer; a person is counted once, in the minute in which that came to
 * us. One statement for the whole set; can run twice.
 *
 * Locks as settle does: recipients by (campaign_id, seq), then campaigns by id.
 *
 * @returns what to publish
 */
export async function storeReplies(sql: Sql, inbound: readonly InboundEvent[]): Promise<CampaignDelta[]> {
  const known = inbound.filter(({ phoneNumberId, phone }) => phoneNumberId && phone);
  if (known.length === 0) return [];
  const changed = await rows<{ id: string; version: number; updated_at: Date; people: number }>(
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
       SELECT r.campaign_id, r.seq, f.at, r.replied_at IS NULL AS new FROM campaign_recipients r JOIN first f USING (campaign_id, seq)
       WHERE r.replied_at IS NULL OR r.replied_at > f.at
       ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r
     ), stored AS (
       UPDATE campaign_recipients r SET replied_at = least(r.replied_at, l.at) FROM locked l
       WHERE r.campaign_id = l.campaign_id AND r.seq = l.seq RETURNING r.campaign_id, r.seq, l.new
     ), total AS (
       SELECT campaign_id, count(*)::int AS people FROM stored WHERE new GROUP BY campaign_id
     ), minute AS (
       INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, replied)
       SELECT campaign_id, date_trunc('minute', now()), people FROM total ORDER BY campaign_id
       ON CONFLICT (campaign_id, minute) DO UPDATE SET replied = m.replied + excluded.replied
     ), ordered AS (
       SELECT c.id FROM campaigns c JOIN total t ON t.campaign_id = c.id ORDER BY c.id FOR NO KEY UPDATE OF c
     ), noted AS (${noteBlocks('stored WHERE new', String(reactionBit('replied')))})
     UPDATE campaigns c SET replied_count = c.replied_count + t.people, version = c.version + 1, updated_at = now()
     FROM total t JOIN ordered o ON o.id = t.campaign_id WHERE c.id = t.campaign_id
     RETURNING c.id, c.version, c.updated_at, t.people`,
    [
      known.map(({ phoneNumberId }) => phoneNumberId),
      known.map(({ phone }) => phone),
      known.map(({ answers }) => answers ?? null),
      known.map(({ at }) => at),
    ],
  );
  return changed.map(({ id, version, updated_at: at, people }) => ({
    campaignId: id,
    version,
    at: at.toISOString(),
    deltas: { replied: people },
  }));
}
