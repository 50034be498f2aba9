import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import type { CampaignDelta } from '../../campaigns/deltas';
import { isUnderWay } from '../../campaigns/lifecycle';
import { settle } from '../settle/settle';
import { RecipientStatus } from '../../campaigns/recipient-status';

/** Recipients decided in one transaction, at most; the next sweep takes the next. */
const largestSet = 5000;

/**
 * Closes the claims whose lease has run out: their worker is dead, or was frozen. From here on it can mark none of their
 * recipients as begun, and so post none of them. This is a step of its own: a worker that settles locks recipients first
 * and its claims second, so a transaction that locks claims first must not wait for recipients.
 */
export async function closeClaims(transaction: EntityManager): Promise<CampaignDelta[]> {
  await rows(
    transaction,
    `/* closeClaims */ WITH dead AS (
       SELECT id, seqs FROM delivery_claims WHERE expires_at < now() AND begun IS NULL ORDER BY id FOR UPDATE SKIP LOCKED
     ), known AS (
       DELETE FROM delivery_begun b USING dead WHERE b.claim_id = dead.id RETURNING b.claim_id, b.begun
     )
     UPDATE delivery_claims c SET begun = coalesce(known.begun, cardinality(dead.seqs))
     FROM dead LEFT JOIN known ON known.claim_id = dead.id WHERE c.id = dead.id`,
  );
  return [];
}

/** Recipients of closed claims: those who may have been posted become UNCONFIRMED, the others go back to the queue. */
export async function settleClosedClaims(
  transaction: EntityManager,
  unconfirmedAfterMs: number,
): Promise<CampaignDelta[]> {
  const claims = await rows<{
    id: string;
    campaign_id: string;
    seqs: number[];
    claim_nos: number[];
    begun: number;
  }>(
    transaction,
    `/* settleClosedClaims */ SELECT id, campaign_id, seqs, claim_nos, begun FROM delivery_claims
     WHERE begun IS NOT NULL ORDER BY id LIMIT 50`,
  );
  if (claims.length === 0) return [];
  const { deltas } = await settle(
    transaction,
    claims.flatMap((claim) =>
      claim.seqs.map((seq, i) => {
        const place = { campaignId: claim.campaign_id, seq, claimNo: claim.claim_nos[i] ?? 0 };
        const from = RecipientStatus.SENDING;
        return i < claim.begun
          ? {
              ...place,
              from,
              to: RecipientStatus.UNCONFIRMED,
              errorMessage: 'The worker was lost while sending: it may have been sent',
              dueInMs: unconfirmedAfterMs,
            }
          : { ...place, from, to: RecipientStatus.QUEUED, dueInMs: 0 };
      }),
    ),
    claims.map((claim) => claim.id),
  );
  return deltas;
}

/**
 * After DELIVERY_UNCONFIRMED_AFTER_SECONDS without a status the campaign's policy decides: RESEND sends again, HOLD leaves
 * the recipient counted as unconfirmed; so does RESEND after the campaign's deadline. A recipient who clicked has the
 * message, whatever the policy. A status that arrives at the same moment wins: a recipient who is not UNCONFIRMED any more
 * is not sent to again.
 */
export async function decideUnconfirmed(transaction: EntityManager): Promise<CampaignDelta[]> {
  const due = await rows<{
    campaign_id: string;
    seq: number;
    claim_no: number;
    resend: boolean;
    clicked: boolean;
  }>(
    transaction,
    `/* decideUnconfirmed */ SELECT f.campaign_id, f.seq, r.claim_no, 
       c.on_unconfirmed = 'RESEND' AND (c.deadline_at IS NULL OR c.deadline_at > now()) AS resend,
       r.clicked_at IS NOT NULL AS clicked
     FROM campaigns c
     JOIN delivery_followups f ON f.campaign_id = c.id AND f.kind = 'UNCONFIRMED' AND f.due_at <= now()
     JOIN campaign_recipients r ON r.campaign_id = f.campaign_id AND r.seq = f.seq AND r.status = 'UNCONFIRMED'
     WHERE ${isUnderWay('c')}
       -- an open resendUnconfirmed is only for those whose waiting time had ended when it was requested
       AND NOT EXISTS (SELECT FROM delivery_requeues q WHERE q.campaign_id = c.id AND q.kind = 'UNCONFIRMED')
     LIMIT ${largestSet}`,
  );
  if (due.length === 0) return [];
  const { deltas } = await settle(
    transaction,
    due
      .filter((one) => one.resend || one.clicked)
      .map((one) => ({
        campaignId: one.campaign_id,
        seq: one.seq,
        claimNo: one.claim_no,
        from: RecipientStatus.UNCONFIRMED,
        ...(one.clicked ? { to: RecipientStatus.DELIVERED } : { to: RecipientStatus.QUEUED, dueInMs: 0 }),
      })),
  );
  const held = due.filter((one) => !one.resend && !one.clicked);
  await rows(
    transaction,
    `/* holdUnconfirmed */ DELETE FROM delivery_followups f USING unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq)
     WHERE f.campaign_id = i.campaign_id AND f.seq = i.seq AND f.kind = 'UNCONFIRMED'`,
    [held.map((one) => one.campaign_id), held.map((one) => one.seq)],
  );
  return deltas;
}

/**
 * Deletes due follow-ups whose recipients have another status by now: a settle that waited for a lock does not see the
 * follow-up that the holder of the lock wrote. A RETRY that stayed would keep the campaign's jobs busy with nobody to
 * claim. The recipient is locked during the comparison; a follow-up that was replaced meanwhile stays. Only those due
 * first are looked at: a campaign by the recipients' hours may have a million that are due and wait for the sender.
 */
export async function dropStaleFollowups(transaction: EntityManager): Promise<CampaignDelta[]> {
  await rows(
    transaction,
    `/* dropStaleFollowups */ DELETE FROM delivery_followups f USING (
       SELECT r.campaign_id, r.seq, u.kind, u.due_at FROM campaigns c CROSS JOIN (VALUES ('RETRY'), ('UNCONFIRMED')) AS k (kind)
         CROSS JOIN LATERAL (SELECT f.campaign_id, f.seq, f.kind, f.due_at FROM delivery_followups f
           WHERE f.campaign_id = c.id AND f.kind = k.kind AND f.due_at <= now() ORDER BY f.due_at LIMIT ${largestSet}) u
         JOIN campaign_recipients r ON r.campaign_id = u.campaign_id AND r.seq = u.seq
       WHERE ${isUnderWay('c')} AND r.status <> CASE u.kind WHEN 'RETRY' THEN 'QUEUED' ELSE 'UNCONFIRMED' END
       FOR NO KEY UPDATE OF r SKIP LOCKED) stale
     WHERE f.campaign_id = stale.campaign_id AND f.seq = stale.seq AND f.kind = stale.kind AND f.due_at = stale.due_at`,
  );
  return [];
}
