import type { DataSource, EntityManager } from 'typeorm';
import { rows, transact } from '../infra/database';
import { isUnavailable } from '../infra/errors';
import type { Log } from '../infra/log';
import type { PublishDeltas, StatsDelta } from '../stats/delta';
import { completeIfDone } from './complete';
import type { DeliveryQueue } from './jobs';
import { settle } from './settle';
import { skipCancelled } from './skip';
import type { Move } from './settle';
import { RecipientStatus } from './status';

/** Followed up at most this many at a time; the next sweep takes the next. */
const largestSet = 5000;

/**
 * Sets right what should be moving and is not, from the tables alone: it needs nothing of Redis to know what to do.
 * Every worker sweeps on its own clock; an advisory lock lets one at a time through.
 */
export class Sweep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: DataSource,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly unconfirmedAfterMs: number,
    private readonly log: Log,
  ) {}

  start(everyMs = 2000): void {
    this.timer = setInterval(() => {
      this.running = this.running
        .then(() => this.runOnce())
        .catch((error: unknown) => {
          if (isUnavailable(error)) this.log.warn({ err: error }, 'the sweep has to wait');
          else this.log.error({ err: error }, 'the sweep failed');
        });
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  async runOnce(): Promise<void> {
    const found = await transact(this.database, async (transaction) => {
      const [lock] = await rows<{ mine: boolean }>(
        transaction,
        `/* sweep */ SELECT pg_try_advisory_xact_lock(hashtext('dakiya sweep')) AS mine`,
      );
      if (!lock?.mine) return undefined;
      const deltas = [
        ...(await this.expireClaims(transaction)),
        ...(await this.decideUnconfirmed(transaction)),
        ...(await skipCancelled(transaction)),
      ];
      const active = await activeCampaigns(transaction);
      deltas.push(
        ...(await completeIfDone(
          transaction,
          active.map((campaign) => campaign.id),
        )),
      );
      return { deltas, active };
    });
    if (!found) return;
    await this.publish(found.deltas);
    for (const { id, materialised, due } of found.active) {
      if (!materialised) await this.queue.materialise(id);
      else if (due) await this.queue.send(id);
    }
  }

  /** Claims past their time: their worker is dead. What was in the air may have gone out or not. */
  private async expireClaims(transaction: EntityManager): Promise<StatsDelta[]> {
    const claims = await rows<{ id: string; campaign_id: string; seqs: number[]; claim_nos: number[] }>(
      transaction,
      `/* expireClaims */ SELECT id, campaign_id, seqs, claim_nos FROM delivery_claims WHERE expires_at < now() LIMIT 50`,
    );
    const dueAt = new Date(Date.now() + this.unconfirmedAfterMs);
    const deltas = await settle(
      transaction,
      claims.flatMap((claim) =>
        claim.seqs.map((seq, i) => ({
          campaignId: claim.campaign_id,
          seq,
          claimNo: claim.claim_nos[i] ?? 0,
          to: RecipientStatus.UNCONFIRMED,
          errorMessage: 'The worker was lost while sending: it may have been sent',
          dueAt,
        })),
      ),
    );
    await rows(transaction, `/* expireClaims */ DELETE FROM delivery_claims WHERE id = ANY ($1::uuid[])`, [
      claims.map((claim) => claim.id),
    ]);
    return deltas;
  }

  /** After the silence the campaign's policy decides: RESEND sends again, HOLD leaves it counted as unconfirmed. */
  private async decideUnconfirmed(transaction: EntityManager): Promise<StatsDelta[]> {
    const due = await rows<{ campaign_id: string; seq: number; claim_no: number; resend: boolean }>(
      transaction,
      `/* decideUnconfirmed */ SELECT f.campaign_id, f.seq, r.claim_no, c.on_unconfirmed = 'RESEND' AS resend
       FROM campaigns c
       JOIN delivery_followups f ON f.campaign_id = c.id AND f.kind = 'UNCONFIRMED' AND f.due_at <= now()
       JOIN campaign_recipients r ON r.campaign_id = f.campaign_id AND r.seq = f.seq
       WHERE c.status = 'ACTIVE' LIMIT ${largestSet}`,
    );
    const resent: Move[] = due
      .filter((one) => one.resend)
      .map((one) => ({
        campaignId: one.campaign_id,
        seq: one.seq,
        claimNo: one.claim_no,
        to: RecipientStatus.QUEUED,
        dueAt: new Date(),
      }));
    const deltas = await settle(transaction, resent);
    const held = due.filter((one) => !one.resend);
    await rows(
      transaction,
      `/* decideUnconfirmed */ DELETE FROM delivery_followups f USING unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq)
       WHERE f.campaign_id = i.campaign_id AND f.seq = i.seq AND f.kind = 'UNCONFIRMED'`,
      [held.map((one) => one.campaign_id), held.map((one) => one.seq)],
    );
    return deltas;
  }
}

/** Active campaigns, with whether somebody can be sent to now. */
function activeCampaigns(transaction: EntityManager) {
  return rows<{ id: string; materialised: boolean; due: boolean }>(
    transaction,
    `/* activeCampaigns */ SELECT c.id, c.materialised_at IS NOT NULL AS materialised,
       coalesce(f.next_seq <= c.total_recipients, false) OR EXISTS (
         SELECT FROM delivery_followups u WHERE u.campaign_id = c.id AND u.kind = 'RETRY' AND u.due_at <= now()) AS due
     FROM campaigns c LEFT JOIN campaign_feeds f ON f.campaign_id = c.id
     WHERE c.status = 'ACTIVE' ORDER BY c.id`,
  );
}
