import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { messagesOfPerson } from '../../campaigns/person';
import type { CallbackData } from '../send/callback-data';

/** A message that a webhook names by WhatsApp's id only. */
export interface NamedMessage {
  wamid: string;
  /** The WhatsApp number that sent it: only campaigns of this number are searched. */
  phoneNumberId: string;
  /** E.164, in WhatsApp's form; without it the number's latest campaigns are searched. */
  phone?: string | undefined;
  /** The person's BSUID. */
  userId?: string | undefined;
}

/** Campaigns that started longer ago are not searched: WhatsApp reports on a message for at most this long. */
const searchedDays = 30;
/** How many recipients are read through for messages without a phone, from the number's latest campaign back. */
const scannedRecipients = 500_000;

/**
 * Finds messages by WhatsApp's id, many at once. There is no index on the id, since it is written while sending. With a
 * phone, one probe of the index on the person for each campaign of the number does instead. Without a phone the number's
 * latest campaigns are read through, once for the whole set.
 * @returns by wamid; what was not found is missing. `claimNo` is of the claim that sent the message, so that a report on
 *   an earlier message than the current one is fenced
 */
export async function findByWamid(
  sql: Sql,
  named: readonly NamedMessage[],
): Promise<Map<string, CallbackData>> {
  const ofPerson = await byPerson(
    sql,
    named.filter(({ phone, userId }) => phone ?? userId),
  );
  const wamids = new Set(ofPerson.map(({ wamid }) => wamid));
  const others = await byReadingThrough(
    sql,
    named.filter(({ wamid, phone }) => !phone && !wamids.has(wamid)),
  );
  const found = [...ofPerson, ...others];
  return new Map(
    found.map(({ wamid, campaign_id, seq, claim_no }) => [
      wamid,
      { campaignId: campaign_id, seq, claimNo: claim_no },
    ]),
  );
}

interface Found {
  wamid: string;
  campaign_id: string;
  seq: number;
  claim_no: number;
}

/** A recipient that is being sent to again still has the id of the message before, which an earlier claim sent. */
const claimNo = `CASE WHEN r.status IN ('SENDING', 'UNCONFIRMED') THEN r.claim_no - 1 ELSE r.claim_no END AS claim_no`;

async function byPerson(sql: Sql, named: readonly NamedMessage[]): Promise<Found[]> {
  if (named.length === 0) return [];
  return rows<Found>(
    sql,
    `/* findByWamid */ SELECT DISTINCT i.wamid, r.campaign_id, r.seq, ${claimNo}
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS i (wamid, phone_number_id, phone, user_id)
     JOIN senders s ON s.phone_number_id = i.phone_number_id
     JOIN campaigns c ON c.business_id = s.business_id AND c.sender_id = s.id
       AND c.started_at > now() - make_interval(days => ${searchedDays})
     JOIN LATERAL ${messagesOfPerson('c.id', '= ANY (phone_candidates(i.phone) || i.user_id)', `ltrim(i.phone, '+')`, 'i.user_id')} r
       ON r.wamid = i.wamid`,
    [
      named.map(({ wamid }) => wamid),
      named.map(({ phoneNumberId }) => phoneNumberId),
      named.map(({ phone }) => phone ?? null),
      named.map(({ userId }) => userId ?? null),
    ],
  );
}

/** Two statements: in one, the planner would read the recipients once for each campaign. */
async function byReadingThrough(sql: Sql, named: readonly NamedMessage[]): Promise<Found[]> {
  if (named.length === 0) return [];
  const latest = await rows<{ id: string; phone_number_id: string }>(
    sql,
    `/* latestCampaigns */ SELECT id, phone_number_id FROM (
       SELECT c.id, s.phone_number_id, sum(c.total_recipients)
         OVER (PARTITION BY s.phone_number_id ORDER BY c.started_at DESC, c.id) - c.total_recipients AS read_before
       FROM senders s JOIN campaigns c ON c.business_id = s.business_id AND c.sender_id = s.id
       WHERE s.phone_number_id = ANY ($1::text[]) AND c.started_at > now() - make_interval(days => ${searchedDays})) counted
     WHERE read_before < ${scannedRecipients}`,
    [[...new Set(named.map(({ phoneNumberId }) => phoneNumberId))]],
  );
  if (latest.length === 0) return [];
  const found = await rows<Found>(
    sql,
    `/* findByWamid reading through */ SELECT r.wamid, r.campaign_id, r.seq, ${claimNo} FROM campaign_recipients r
     WHERE r.campaign_id = ANY ($1::uuid[]) AND r.wamid = ANY ($2::text[])`,
    [latest.map(({ id }) => id), named.map(({ wamid }) => wamid)],
  );
  const numberOf = new Map(latest.map(({ id, phone_number_id }) => [id, phone_number_id]));
  const wanted = new Set(named.map(({ phoneNumberId, wamid }) => `${phoneNumberId} ${wamid}`));
  return found.filter((row) => wanted.has(`${numberOf.get(row.campaign_id)} ${row.wamid}`));
}
