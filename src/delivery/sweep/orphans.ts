import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import type { CampaignDelta } from '../../campaigns/deltas';
import { settle } from '../settle/settle';
import { RecipientStatus } from '../../campaigns/recipient-status';

/** Recipients rescued in one transaction, at most; the next sweep takes the next. */
const largestSet = 5000;

/**
 * The last safety net: finds recipients that the feed has handed out and that nothing else would ever move again. A
 * recipient that is SENDING without a claim may have the message and becomes UNCONFIRMED; one that is QUEUED without a
 * follow-up is due now. Rows are read only where a campaign's own figures do not fit: more recipients queued than the
 * feed still has, with no claim and no retry that could account for them. Claims and rows change in one statement, so one
 * snapshot shows both.
 */
export async function rescueOrphans(
  transaction: EntityManager,
  unconfirmedAfterMs: number,
): Promise<CampaignDelta[]> {
  const lost = await rows<{ campaign_id: string; seq: number; claim_no: number; status: RecipientStatus }>(
    transaction,
    `/* rescueOrphans */ SELECT r.campaign_id, r.seq, r.claim_no, r.status FROM campaigns c
     JOIN campaign_feeds f ON f.campaign_id = c.id
     JOIN campaign_recipients r ON r.campaign_id = c.id AND r.seq < f.next_seq AND r.status IN ('QUEUED', 'SENDING')
     WHERE c.status IN ('ACTIVE', 'PAUSED', 'CANCELLED') AND c.queued_count > c.total_recipients - (f.next_seq - 1)
       AND NOT EXISTS (SELECT FROM delivery_claims d WHERE d.campaign_id = c.id)
       AND NOT EXISTS (SELECT FROM delivery_followups u WHERE u.campaign_id = c.id AND u.kind = 'RETRY')
     LIMIT ${largestSet}`,
  );
  if (lost.length === 0) return [];
  const withStatus = (status: RecipientStatus) => lost.filter((one) => one.status === status);
  const queued = withStatus(RecipientStatus.QUEUED);
  await rows(
    transaction,
    `/* requeueOrphans */ INSERT INTO delivery_followups (campaign_id, seq, kind, due_at)
     SELECT campaign_id, seq, 'RETRY', now() FROM unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq)
     ON CONFLICT (campaign_id, seq) DO NOTHING`,
    [queued.map((one) => one.campaign_id), queued.map((one) => one.seq)],
  );
  const { deltas } = await settle(
    transaction,
    withStatus(RecipientStatus.SENDING).map((one) => ({
      campaignId: one.campaign_id,
      seq: one.seq,
      claimNo: one.claim_no,
      from: RecipientStatus.SENDING,
      to: RecipientStatus.UNCONFIRMED,
      errorMessage: 'The claim was lost while sending: the message may have been sent',
      dueInMs: unconfirmedAfterMs,
    })),
  );
  return deltas;
}
