import type { DataSource, EntityManager } from 'typeorm';
import { rows, transact } from '../../infra/database';
import { isUnavailable } from '../../infra/errors';
import type { Log } from '../../infra/log';
import type { PublishDeltas, CampaignDelta } from '../../campaigns/deltas';
import { decideCanaries } from './canary';
import { completeIfDone } from '../../campaigns/lifecycle';
import type { DeliveryQueue } from '../queue';
import { rescueOrphans } from './orphans';
import { skipCancelled } from './skip-cancelled';
import { closeClaims, decideUnconfirmed, dropStaleFollowups, settleClosedClaims } from './unconfirmed';

/** A part of the sweep, in a transaction of its own: locks are held shortly and taken in one order. */
type Step = (transaction: EntityManager) => Promise<CampaignDelta[]>;

/**
 * Sets right what should be moving and is not, from the tables alone: it needs nothing of Redis to know what to do.
 * Every worker sweeps on its own clock; an advisory lock lets one at a time through.
 */
export class Sweep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly unconfirmedAfterMs: number,
    private readonly log: Log,
  ) {}

  start(everyMs = 2000): void {
    this.timer = setInterval(() => {
      // One at a time: while the database is away the ticks must not pile up.
      this.running ??= this.runOnce()
        .catch((error: unknown) => {
          if (isUnavailable(error)) this.log.warn({ err: error }, 'the sweep has to wait');
          else this.log.error({ err: error }, 'the sweep failed');
        })
        .finally(() => (this.running = undefined));
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  async runOnce(): Promise<void> {
    await this.step(closeClaims);
    // until none is left: a dead worker's people must not wait for the next sweeps
    while (await this.step((transaction) => settleClosedClaims(transaction, this.unconfirmedAfterMs)));
    await this.step((transaction) => rescueOrphans(transaction, this.unconfirmedAfterMs));
    await this.step(decideUnconfirmed);
    await this.step(async (transaction) => {
      await dropStaleFollowups(transaction);
      return [];
    });
    await this.step(skipCancelled);
    await this.step(decideCanaries);
    const active = await activeCampaigns(this.database);
    await this.step((transaction) =>
      completeIfDone(
        transaction,
        active.map((campaign) => campaign.id),
      ),
    );
    for (const { id, materialised, due } of active) {
      if (materialised && !due) continue;
      await this.queue.freeLostPlaces(id);
      await (materialised ? this.queue.send(id) : this.queue.materialise(id));
    }
  }

  /**
   * One step; one that fails must not keep the others, and other tenants, from theirs.
   * @returns whether anything changed
   */
  private async step(work: Step): Promise<boolean> {
    try {
      const deltas = await transact(this.database, async (transaction) => {
        const [lock] = await rows<{ mine: boolean }>(
          transaction,
          `/* sweep */ SELECT pg_try_advisory_xact_lock(hashtext('dakiya sweep')) AS mine`,
        );
        return lock?.mine ? work(transaction) : [];
      });
      await this.publish(deltas);
      return deltas.length > 0;
    } catch (err) {
      if (isUnavailable(err)) throw err;
      this.log.error({ err }, 'a step of the sweep failed');
      return false;
    }
  }
}

/** Active campaigns, with whether somebody can be sent to now. */
function activeCampaigns(database: DataSource) {
  return rows<{ id: string; materialised: boolean; due: boolean }>(
    database,
    `/* activeCampaigns */ SELECT c.id, c.materialised_at IS NOT NULL AS materialised,
       coalesce(f.next_seq <= f.open_until, false) OR EXISTS (
         SELECT FROM delivery_followups u WHERE u.campaign_id = c.id AND u.kind = 'RETRY' AND u.due_at <= now()) AS due
     FROM campaigns c LEFT JOIN campaign_feeds f ON f.campaign_id = c.id
     WHERE c.status = 'ACTIVE' ORDER BY c.id`,
  );
}
