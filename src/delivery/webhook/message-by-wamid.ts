import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { CallbackData } from '../send/callback-data';

/** A message that a webhook names by WhatsApp's id only. */
export interface NamedMessage {
  wamid: string;
  /** The WhatsApp number that sent it: only campaigns of this number are searched. */
  phoneNumberId: string;
  /** E.164, in WhatsApp's form; without it the number's latest campaigns are read through. */
  phone?: string | undefined;
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
  const withPhone = named.filter(({ phone }) => phone);
  const found = [
    ...(withPhone.length > 0 ? await select(sql, byPerson, withPhone) : []),
    ...(withPhone.length < named.length
      ? await select(
          sql,
          byReadingThrough,
          named.filter(({ phone }) => !phone),
        )
      : []),
  ];
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

function select(sql: Sql, statement: string, named: readonly NamedMessage[]): Promise<Found[]> {
  return rows<Found>(sql, statement, [
    named.map(({ wamid }) => wamid),
    named.map(({ phoneNumberId }) => phoneNumberId),
    named.map(({ phone }) => phone ?? null),
  ]);
}

const wanted = `wanted AS (
  SELECT DISTINCT wamid, phone_number_id, phone FROM unnest($1::text[], $2::text[], $3::text[]) AS i (wamid, phone_number_id, phone)
), searched AS (
  SELECT c.id, s.phone_number_id, c.total_recipients, c.started_at FROM senders s
  JOIN campaigns c ON c.business_id = s.business_id AND c.sender_id = s.id
  WHERE s.phone_number_id = ANY ($2::text[]) AND c.started_at > now() - make_interval(days => ${searchedDays})
)`;

/** A recipient that is being sent to again still has the id of the message before, which an earlier claim sent. */
const claimNo = `CASE WHEN r.status IN ('SENDING', 'UNCONFIRMED') THEN r.claim_no - 1 ELSE r.claim_no END AS claim_no`;

const byPerson = `/* findByWamid */ WITH ${wanted}
SELECT w.wamid, r.campaign_id, r.seq, ${claimNo} FROM wanted w JOIN searched c USING (phone_number_id)
JOIN campaign_recipients r ON r.campaign_id = c.id AND r.identity = ANY (phone_candidates(w.phone))
  AND r.excluded_reason IS NULL AND r.wamid = w.wamid`;

const byReadingThrough = `/* findByWamid reading through */ WITH ${wanted}, latest AS (
  SELECT id, phone_number_id FROM (
    SELECT id, phone_number_id, sum(total_recipients) OVER (PARTITION BY phone_number_id ORDER BY started_at DESC, id)
      - total_recipients AS read_before
    FROM searched) counted
  WHERE read_before < ${scannedRecipients}
)
SELECT w.wamid, r.campaign_id, r.seq, ${claimNo} FROM latest c
JOIN campaign_recipients r ON r.campaign_id = c.id AND r.wamid = ANY ($1::text[])
JOIN wanted w ON w.wamid = r.wamid AND w.phone_number_id = c.phone_number_id`;
