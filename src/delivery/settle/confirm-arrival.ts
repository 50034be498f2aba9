import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import type { CampaignDelta } from '../../campaigns/deltas';
import { completeIfDone } from '../../campaigns/lifecycle';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { settle } from './settle';

/**
 * A person who opens the link of a message, taps one of its buttons or answers it has received it, whatever status the
 * recipient has (sent, unconfirmed, failed, skipped, queued for another attempt): the recipient becomes DELIVERED and is
 * not sent to again. WhatsApp's own `delivered`, if it comes later, changes nothing and is not counted a second time.
 *
 * A recipient who was never claimed has no message that could have arrived, and does not change.
 *
 * Runs in the caller's transaction, before the recipients are marked (as clicked, say). Lock order as everywhere: all the
 * recipients by (campaign_id, seq), then all their campaigns by id. If no status changes, nothing is locked.
 *
 * @returns what to publish after the commit
 */
export async function confirmArrival(
  transaction: EntityManager,
  places: readonly { campaignId: string; seq: number }[],
): Promise<CampaignDelta[]> {
  const parameters = [places.map((place) => place.campaignId), places.map((place) => place.seq)];
  const undelivered = await rows<{ campaign_id: string; seq: number; claim_no: number; now: Date }>(
    transaction,
    `/* undelivered */ SELECT r.campaign_id, r.seq, r.claim_no, now() FROM campaign_recipients r
     WHERE (r.campaign_id, r.seq) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))
       AND r.claim_no > 0 AND r.status NOT IN ('DELIVERED', 'READ')`,
    parameters,
  );
  if (undelivered.length === 0) return [];
  if (places.length > 1) {
    await rows(
      transaction,
      `/* lockRecipients */ SELECT FROM campaign_recipients
       WHERE (campaign_id, seq) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))
       ORDER BY campaign_id, seq FOR NO KEY UPDATE`,
      parameters,
    );
    await rows(
      transaction,
      `/* lockCampaigns */ SELECT FROM campaigns WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      [parameters[0]],
    );
  }
  const { deltas, drained } = await settle(
    transaction,
    undelivered.map((recipient) => ({
      campaignId: recipient.campaign_id,
      seq: recipient.seq,
      claimNo: recipient.claim_no,
      to: RecipientStatus.DELIVERED,
      deliveredAt: recipient.now,
    })),
  );
  return [...deltas, ...(await completeIfDone(transaction, drained))];
}
