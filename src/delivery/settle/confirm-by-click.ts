import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import type { CampaignDelta } from '../../campaigns/deltas';
import { settle } from './settle';
import { RecipientStatus } from '../../campaigns/recipient-status';

/**
 * Whoever opens the link of a message has it, also when WhatsApp never said so: an unconfirmed message that was clicked is
 * sent, and RESEND leaves that person alone. WhatsApp's id comes with a late status, if one comes.
 */
export async function confirmByClick(
  transaction: EntityManager,
  campaignId: string,
  seq: number,
): Promise<CampaignDelta[]> {
  const [unconfirmed] = await rows<{ claim_no: number }>(
    transaction,
    `/* confirmByClick */ SELECT claim_no FROM campaign_recipients WHERE campaign_id = $1 AND seq = $2 AND status = 'UNCONFIRMED'`,
    [campaignId, seq],
  );
  if (!unconfirmed) return [];
  const { UNCONFIRMED: from, SENT: to } = RecipientStatus;
  return (await settle(transaction, [{ campaignId, seq, claimNo: unconfirmed.claim_no, from, to }])).deltas;
}
