import type { EntityManager } from 'typeorm';
import type { CampaignDelta } from '../../campaigns/deltas';
import { completeIfDone } from '../../campaigns/lifecycle';
import { RecipientStatus, SkippedReason } from '../../campaigns/recipient-status';
import { rows } from '../../infra/database';
import { settle } from '../settle/settle';

/** A recipient of a campaign who is the person, under a former name or the present one. */
interface Place {
  campaign_id: string;
  seq: number;
  claim_no: number;
  status: RecipientStatus;
  /** Whether the campaign has started. A recipient is marked as skipped only then. */
  started: boolean;
  is_current: boolean;
}

const { QUEUED, UNCONFIRMED, FAILED, SENDING, SENT, DELIVERED, READ } = RecipientStatus;
/** The person has the message, or may have it. */
const reached: readonly RecipientStatus[] = [SENDING, UNCONFIRMED, SENT, DELIVERED, READ];
/**
 * Who may be sent to from now on; of several of a campaign the first stands for the person. A message that a worker is
 * posting at this moment still goes to the former number, and the next try to the present one.
 */
const movable: readonly RecipientStatus[] = [SENDING, UNCONFIRMED, QUEUED, FAILED];

/**
 * Lets campaigns send to a person at the new number, or by the new BSUID. Nobody gets two messages of a campaign: who is
 * queued under both names, or has the message under the other one, is skipped. Runs in the transaction that noted the
 * change, so only once: the former number may be given to another person, who can be in later campaigns.
 * @param former phones or BSUIDs that the person had
 * @param current E.164, or the BSUID of a person without a number
 * @returns what to publish after the commit
 */
export async function moveRecipients(
  transaction: EntityManager,
  businessId: string,
  former: readonly (string | undefined)[],
  current: string,
): Promise<CampaignDelta[]> {
  const names = former.flatMap((name) => (name === undefined || name === current ? [] : name));
  const places = await lockPlaces(transaction, businessId, names, current);
  const decisions = byCampaign(places).map(decide);
  const skipped = decisions.flatMap((decision) => decision.skipped);
  await rename(
    transaction,
    decisions.flatMap((decision) => decision.moved),
    current,
  );
  const { deltas, drained } = await settle(
    transaction,
    skipped.map((place) => ({
      campaignId: place.campaign_id,
      seq: place.seq,
      claimNo: place.claim_no,
      from: QUEUED,
      to: RecipientStatus.SKIPPED,
      skippedReason: SkippedReason.DUPLICATE_PHONE,
    })),
  );
  const completed = await completeIfDone(transaction, drained);
  await renameInLists(transaction, businessId, names, current);
  return [...deltas, ...completed];
}

/** Which of a person's places in one campaign gets the new name, one at most, and which are skipped. Pure. */
function decide(ofCampaign: readonly Place[]): { moved: Place[]; skipped: Place[] } {
  const queued = ofCampaign.filter(({ status }) => status === QUEUED);
  const isReached = ofCampaign.some(({ status }) => reached.includes(status));
  // two rows of one campaign cannot have the same number
  const hasCurrent = ofCampaign.some((place) => place.is_current);
  const [first] = movable.flatMap((status) =>
    ofCampaign.filter((place) => !place.is_current && place.status === status),
  );
  const moved = hasCurrent ? undefined : first;
  const goesOn = isReached ? undefined : (queued.find((place) => place.is_current) ?? moved);
  return {
    moved: moved ? [moved] : [],
    skipped: queued.filter((place) => place !== goesOn && place.started),
  };
}

/** In campaigns that are not over, or may send again. Excluded people are left out: they get no message under any number. */
function lockPlaces(
  transaction: EntityManager,
  businessId: string,
  former: readonly string[],
  current: string,
): Promise<Place[]> {
  return rows<Place>(
    transaction,
    `/* lockMovedRecipients */ SELECT r.campaign_id, r.seq, r.claim_no, r.status, c.materialised_at IS NOT NULL AS started,
       r.identity = phone_identity($3) AS is_current
     FROM campaigns c JOIN campaign_recipients r ON r.campaign_id = c.id AND r.excluded_reason IS NULL
       AND r.identity = ANY (ARRAY(SELECT phone_identity(name) FROM unnest($2::text[] || $3::text) AS n (name)))
     WHERE c.business_id = $1 AND c.status IN ('DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED', 'COMPLETED')
     ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r`,
    [businessId, former, current],
  );
}

function byCampaign(places: readonly Place[]): Place[][] {
  const ids = new Set(places.map((place) => place.campaign_id));
  return [...ids].map((id) => places.filter((place) => place.campaign_id === id));
}

async function rename(transaction: EntityManager, moved: readonly Place[], current: string): Promise<void> {
  if (moved.length === 0) return;
  await rows(
    transaction,
    `/* moveRecipients */ UPDATE campaign_recipients r SET phone = $3, identity = phone_identity($3)
     FROM unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq)
     WHERE r.campaign_id = i.campaign_id AND r.seq = i.seq`,
    [moved.map((place) => place.campaign_id), moved.map((place) => place.seq), current],
  );
}

/** SQL: the identities of $2. */
const formerNames = `ARRAY(SELECT phone_identity(name) FROM unnest($2::text[]) AS n (name))`;

/** People whom campaigns name themselves, as long as these have not started: then each number is taken once. */
async function renameInLists(
  transaction: EntityManager,
  businessId: string,
  former: readonly string[],
  current: string,
): Promise<void> {
  if (!current.startsWith('+')) return;
  await rows(
    transaction,
    `/* renameInLists */ WITH named AS (
       SELECT c.id FROM campaigns c WHERE c.business_id = $1 AND c.materialised_at IS NULL
         AND c.status IN ('DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED') AND EXISTS (
           SELECT FROM jsonb_array_elements(c.custom_recipients) AS p WHERE phone_identity(p ->> 'phoneE164') = ANY (${formerNames}))
       ORDER BY c.id FOR NO KEY UPDATE
     )
     UPDATE campaigns c SET version = c.version + 1, custom_recipients = (
       SELECT jsonb_agg(CASE WHEN phone_identity(p ->> 'phoneE164') = ANY (${formerNames})
         THEN p || jsonb_build_object('phone', $3::text, 'phoneE164', $3::text) ELSE p END ORDER BY place)
       FROM jsonb_array_elements(c.custom_recipients) WITH ORDINALITY AS people (p, place))
     FROM named WHERE c.id = named.id`,
    [businessId, former, current],
  );
}
