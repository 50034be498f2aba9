import type { DataSource, EntityManager } from 'typeorm';
import { rows, transact } from '../../infra/database';
import { isUnavailable } from '../../infra/errors';
import type { Log } from '../../infra/log';
import { Rounds } from '../../infra/rounds';
import type { PublishDeltas, CampaignDelta } from '../../campaigns/deltas';
import { decideCanaries } from './canary';
import { completeIfDone, isUnderWay } from '../../campaigns/lifecycle';
import type { DeliveryJob, DeliveryQueue, Reminder } from '../queue';
import { isDue } from '../send/due';
import { rescueOrphans } from './orphans';
import { pauseBeforeMaxCost } from '../spending';
import { cancelNeverStarted, skipCancelled, skipPastDeadline } from './skip-queued';
import { closeClaims, decideUnconfirmed, dropStaleFollowups, settleClosedClaims } from './unconfirmed';
import { moveWindows, postponeRecipients } from './windows';

/** Every worker sweeps this often. */
const roundMs = 2000;
/** How long a worker's turn to add jobs lasts: shorter than a round, so that the same worker can have the next. */
const turnMs = 1500;

/** A part of the sweep, in a transaction of its own: locks are held shortly and taken in one order. */
type Step = (transaction: EntityManager) => Promise<CampaignDelta[]>;

/**
 * Finds work that has stopped and starts it again, from the tables alone: what Redis has lost does not matter. Every worker
 * sweeps by its own timer; an advisory lock lets only one at a time do a step, and only one per round adds jobs.
 */
export class Sweep {
  private readonly rounds: Rounds;
  /** The campaigns' versions as of the last round. */
  private versions: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly database: DataSource,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly unconfirmedAfterMs: number,
    private readonly log: Log,
  ) {
    this.rounds = new Rounds({
      everyMs: roundMs,
      work: () => this.runOnce(),
      messages: { waits: 'the sweep has to wait', failed: 'the sweep failed' },
      log,
    });
  }

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  async runOnce(): Promise<void> {
    await this.step(closeClaims);
    // until none is left: a dead worker's recipients must not wait for the next sweeps
    while (await this.step((transaction) => settleClosedClaims(transaction, this.unconfirmedAfterMs)));
    await this.step((transaction) => rescueOrphans(transaction, this.unconfirmedAfterMs));
    await this.step(decideUnconfirmed);
    await this.step(dropStaleFollowups);
    await this.step(skipCancelled);
    await this.step(skipPastDeadline);
    await this.step(cancelNeverStarted);
    await this.step(moveWindows);
    await this.step(postponeRecipients);
    await this.step(decideCanaries);
    await this.step(pauseBeforeMaxCost);
    const waiting = await waitingCampaigns(this.database);
    await this.step((transaction) =>
      completeIfDone(
        transaction,
        waiting.map((campaign) => campaign.id),
      ),
    );
    await this.remind(waiting);
  }

  /** Adds the jobs that should be there. One worker per round does it for all campaigns, in a few commands. */
  private async remind(waiting: readonly WaitingCampaign[]): Promise<void> {
    const reminders = waiting.flatMap((campaign) => this.remindersOf(campaign));
    this.versions = new Map(waiting.map(({ id, version }) => [id, version]));
    if (reminders.length > 0 && (await this.queue.takeTurn(turnMs))) await this.queue.remind(reminders);
  }

  private remindersOf({ id: campaignId, version, unstored, due, requeue }: WaitingCampaign): Reminder[] {
    // the version rises with every change: then its jobs are running; a campaign seen for the first time counts as stuck
    const stuck = (this.versions.get(campaignId) ?? version) === version;
    const kinds: DeliveryJob['kind'][] = [
      ...(unstored ? (['materialise'] as const) : []),
      ...(due ? (['send'] as const) : []),
      ...(requeue ? (['requeue'] as const) : []),
    ];
    return kinds.map((kind) => ({ kind, campaignId, stuck }));
  }

  /**
   * One step. If it fails, the other steps still run, so that other businesses are not affected.
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

/** A campaign that has work to do, and which. */
interface WaitingCampaign {
  id: string;
  version: number;
  /** Its recipients are to be stored. */
  unstored: boolean;
  /** Somebody can be claimed. */
  due: boolean;
  /** A request to send again is open. */
  requeue: boolean;
}

/**
 * Campaigns that are under way, and those with an open request to send again. A paused one waits, requests included, unless
 * its deadline has passed: then its recipients are stored, if they are not yet, to be skipped.
 */
function waitingCampaigns(database: DataSource): Promise<WaitingCampaign[]> {
  return rows<WaitingCampaign>(
    database,
    `/* waitingCampaigns */ SELECT c.id, c.version, c.materialised_at IS NULL AND ${isUnderWay('c')} AS unstored,
       c.status = 'ACTIVE' AND c.materialised_at IS NOT NULL AND ${isDue('c', 'f')} AS due,
       EXISTS (SELECT FROM delivery_requeues q WHERE q.campaign_id = c.id) AS requeue
     FROM campaigns c LEFT JOIN campaign_feeds f ON f.campaign_id = c.id
     WHERE c.id IN (SELECT id FROM campaigns WHERE status = 'ACTIVE'
       UNION SELECT id FROM campaigns WHERE status = 'PAUSED' AND deadline_at <= now()
       UNION SELECT campaign_id FROM delivery_requeues) AND (c.status <> 'PAUSED' OR ${isUnderWay('c')})
     ORDER BY c.id`,
  );
}
