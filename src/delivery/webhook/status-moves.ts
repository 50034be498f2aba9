import type { EntityManager } from 'typeorm';
import { recordRefusals } from '../../audience/opt-outs/opt-outs';
import type { RefusedMessage } from '../../audience/opt-outs/opt-outs';
import { CampaignStatus } from '../../campaigns/campaign';
import type { RateCard } from '../../campaigns/forecast/rate-card';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { rows } from '../../infra/database';
import { heldAndDropped } from '../../whatsapp/error-catalogue';
import type { StatusEvent } from '../../whatsapp/webhook-events';
import type { CallbackData } from '../send/callback-data';
import { refusal } from '../send/outcome';
import type { RetryPolicy } from '../send/outcome';
import type { SettledOutcome } from '../settle/consequences';
import type { Move } from '../settle/move';
import { chargeOf } from './charge';
import { isBefore } from './event-time';

/** A status of one of our messages. */
export type OurStatus = CallbackData & { event: StatusEvent };

/** Whether more than its move must be read or written for a status. */
export function needsMore(status: OurStatus): boolean {
  return status.event.kind === 'failed' || (isCharged(status) && status.event.recipientPhone === undefined);
}

/**
 * The move of a `sent`, `delivered` or `read`, with what it costs. Written out: copying a status by spreading it took longer
 * than all else here.
 * @param phones of people whom their statuses do not name by phone, by their places
 */
export function progressOf(
  status: OurStatus,
  card: RateCard,
  phones: ReadonlyMap<string, string> = noPhones,
): Move {
  const { campaignId, seq, claimNo, event } = status;
  const { kind, at, wamid } = event;
  if (kind !== 'delivered' && kind !== 'read')
    return { campaignId, seq, claimNo, wamid, to: RecipientStatus.SENT, sentAt: at };
  const charges = chargesOf(status, card, phones);
  return kind === 'delivered'
    ? { campaignId, seq, claimNo, wamid, to: RecipientStatus.DELIVERED, deliveredAt: at, charges }
    : { campaignId, seq, claimNo, wamid, to: RecipientStatus.READ, readAt: at, charges };
}

const noPhones: ReadonlyMap<string, string> = new Map();

/** Of a message that arrived, by its claim; undefined when the status says nothing of it, or it is free. */
function chargesOf(status: OurStatus, card: RateCard, phones: ReadonlyMap<string, string>): Move['charges'] {
  const { event, campaignId, seq, claimNo } = status;
  if (!isCharged(status) || !event.pricing) return undefined;
  const phone = event.recipientPhone ?? phones.get(`${campaignId}:${seq}`);
  if (!phone) return undefined;
  const charge = chargeOf(card, event.pricing, phone);
  return charge && { [claimNo]: charge };
}

/** WhatsApp charges for what is delivered; `sent` says the price too, of a message that may never arrive. */
function isCharged({ event: { kind, pricing } }: OurStatus): boolean {
  return (kind === 'delivered' || kind === 'read') && pricing !== undefined && !pricing.isFree;
}

/** The phones of people whom statuses with a price name by a user id only, by their places. */
export async function phonesOfCharged(
  transaction: EntityManager,
  statuses: readonly OurStatus[],
): Promise<Map<string, string>> {
  const hidden = statuses.filter((status) => isCharged(status) && status.event.recipientPhone === undefined);
  if (hidden.length === 0) return new Map();
  const found = await rows<{ campaign_id: string; seq: number; phone: string }>(
    transaction,
    `/* phonesOfCharged */ SELECT r.campaign_id, r.seq, r.phone FROM campaign_recipients r
     WHERE (r.campaign_id, r.seq) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))`,
    [hidden.map(({ campaignId }) => campaignId), hidden.map(({ seq }) => seq)],
  );
  return new Map(found.map(({ campaign_id: campaignId, seq, phone }) => [`${campaignId}:${seq}`, phone]));
}

/** What a `failed` status means depends on the attempts used and on whether the campaign has ended. */
export async function decideFailures(
  transaction: EntityManager,
  failures: readonly OurStatus[],
  policy: RetryPolicy,
): Promise<SettledOutcome[]> {
  if (failures.length === 0) return [];
  const known = await rows<{
    campaign_id: string;
    seq: number;
    attempts: number;
    pair_tries: number;
    since: Date | null;
    claim_no: number;
    status: CampaignStatus;
    sender_id: string;
  }>(
    transaction,
    `/* decideFailures */ SELECT r.campaign_id, r.seq, r.attempts, r.pair_tries, r.sent_at AS since, r.claim_no, c.status, c.sender_id
       FROM unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq)
       JOIN campaign_recipients r USING (campaign_id, seq) JOIN campaigns c ON c.id = r.campaign_id`,
    [failures.map((failure) => failure.campaignId), failures.map((failure) => failure.seq)],
  );
  const byPlace = new Map(known.map((row) => [`${row.campaign_id}:${row.seq}`, row]));
  const outcomes: SettledOutcome[] = [];
  const refused: RefusedMessage[] = [];
  for (const { event, ...place } of failures) {
    const row = byPlace.get(`${place.campaignId}:${place.seq}`);
    if (!row) continue;
    const error = event.error ?? { code: 131000 };
    const outcome = refusal({ ...place, attempts: row.attempts, pairTries: row.pair_tries }, error, policy);
    const goesOn = row.status === CampaignStatus.ACTIVE || row.status === CampaignStatus.PAUSED;
    const move: Move = { ...outcome.move, wamid: event.wamid };
    const failed: Move = { ...move, to: RecipientStatus.FAILED, dueInMs: undefined };
    // a message that was held and dropped pauses the campaign, and is sent again only on request
    const isDropped = heldAndDropped.includes(error.code);
    outcomes.push({
      outcome: goesOn
        ? { ...outcome, move: isDropped ? failed : move }
        : { move: failed, ...(outcome.senderError ? { senderError: outcome.senderError } : {}) },
      senderId: row.sender_id,
      // a message whose answer is not settled yet has no time; its failure cannot be later than now
      since: row.since ?? new Date(Math.min(event.at.getTime(), Date.now())),
      postedAt: undefined,
      ended: !goesOn,
    });
    if (error.code === 131050) {
      // the time of an earlier message cannot be compared with that of the latest
      const impossible = place.claimNo === row.claim_no && isBefore(event.at, row.since);
      refused.push({ ...place, at: impossible ? new Date() : event.at });
    }
  }
  if (refused.length > 0) await recordRefusals(transaction, refused);
  return outcomes;
}
