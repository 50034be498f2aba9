import type { DataSource } from 'typeorm';
import type { CampaignDelta, PublishDeltas } from '../../campaigns/deltas';
import { completeIfDone, pauseCampaign } from '../../campaigns/lifecycle';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { transact } from '../../infra/database';
import type { Log } from '../../infra/log';
import type { Throughput } from '../control/throughput';
import type { DeliveryQueue } from '../queue';
import { CircuitBreaker } from '../send/circuit-breaker';
import { ErrorRateGuard } from '../send/error-rate-guard';
import type { NotedResult } from '../send/error-rate-guard';
import { isRecipientsOwn } from '../send/outcome';
import type { SendOutcome } from '../send/outcome';
import type { RateLimiter } from '../send/rate-limiter';
import { settle } from './settle';
import type { Move, Settled } from './settle';

/** An outcome that was written down, with what it is about. */
export interface SettledOutcome {
  outcome: SendOutcome;
  senderId: string;
  /** When the message was prepared or sent, by the database's clock: a resume after that has dealt with its refusal. */
  since: Date;
  /**
   * When the message was posted, in ms of the process's clock, for an answer; undefined for a later status. Only answers
   * tell whether WhatsApp is in trouble now.
   */
  postedAt: number | undefined;
}

/** What a set of outcomes means beyond its moves. */
interface Decided {
  /** By campaign: why it pauses, since when, and whom to queue again. */
  pauses: Map<string, { reason: string; since: Date; blameless: readonly NotedResult[] }>;
  /** By number: how long it rests, in ms. */
  rests: Map<string, number>;
  slower: Set<string>;
  /** Campaigns with recipients in the queue again. */
  queued: Set<string>;
  /** Messages accepted, by campaign. */
  accepted: Map<string, number>;
}

/** While the database is away a pause is tried this long; afterwards the next refusal asks for it again. */
const pausePatienceMs = 30_000;

/**
 * What follows from settled outcomes beside the moves themselves: campaigns pause or end, numbers slow down or rest, jobs
 * are put into the queue, deltas are published. The one place for it, for answers and webhooks alike, after the commit
 * and by the moves that were really made: a repeated, late or fenced report has no consequences.
 *
 * A process that dies between the commit and this costs nothing: whoever was refused for the campaign's or the number's
 * sake is QUEUED, and the next try is refused again.
 */
export class Consequences {
  private readonly guard = new ErrorRateGuard(isRecipientsOwn);
  private readonly breaker = new CircuitBreaker();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly database: DataSource,
    private readonly rateLimiter: RateLimiter,
    private readonly throughput: Throughput,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly log: Log,
  ) {}

  /** Whether somebody of the campaign was accepted shortly before. */
  acceptedLately(campaignId: string): boolean {
    return this.guard.acceptedLately(campaignId);
  }

  /** A message was delivered: for the error-rate guard, a success. */
  noteDelivered({ campaignId, seq, claimNo }: Move): void {
    this.guard.note({ campaignId, seq, claimNo, code: undefined });
  }

  /** Resolves when pauses and ends are written down. Never rejects. Redis is not waited for. */
  follow(outcomes: readonly SettledOutcome[], settled: Settled): Promise<void> {
    const decided = this.decide(outcomes, settled);
    void this.publish(settled.deltas);
    this.tellRedis(decided).catch((err: unknown) =>
      this.log.warn({ err }, 'Redis is away; the sweep will go on with the work'),
    );
    const following = this.write(decided, settled).finally(() => this.running.delete(following));
    this.running.add(following);
    return following;
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  private decide(outcomes: readonly SettledOutcome[], settled: Settled): Decided {
    const decided: Decided = {
      pauses: new Map(),
      rests: new Map(),
      slower: new Set(),
      queued: new Set(),
      accepted: new Map(),
    };
    const seen = new Set<string>();
    for (const settledOutcome of outcomes) {
      const { move, notPosted } = settledOutcome.outcome;
      // an answer that came after its `delivered` moved nobody, and is as good a sign of health as any other
      if (move.to !== RecipientStatus.SENT && !settled.applied(move)) continue;
      // the same report twice in one set made one move
      const place = `${move.campaignId}:${move.seq}`;
      if (seen.has(place)) continue;
      seen.add(place);
      if (move.to === RecipientStatus.QUEUED) decided.queued.add(move.campaignId);
      if (move.to === RecipientStatus.SENT)
        decided.accepted.set(move.campaignId, (decided.accepted.get(move.campaignId) ?? 0) + 1);
      if (!notPosted) this.decideOne(decided, settledOutcome);
    }
    return decided;
  }

  private decideOne(decided: Decided, { outcome, senderId, since, postedAt }: SettledOutcome): void {
    const { move, stopCampaign, holdSenderMs = 0, slowSender, trouble = false } = outcome;
    const breakerMs =
      postedAt === undefined ? 0 : this.breaker.note(senderId, trouble, postedAt, performance.now());
    const restMs = Math.max(holdSenderMs, breakerMs);
    if (restMs > 0) decided.rests.set(senderId, Math.max(decided.rests.get(senderId) ?? 0, restMs));
    if (slowSender || breakerMs > 0) decided.slower.add(senderId);
    const hasResult = move.to === RecipientStatus.SENT || move.errorCode !== undefined;
    const { campaignId, seq, claimNo, errorCode: code } = move;
    const tripped = hasResult ? this.guard.note({ campaignId, seq, claimNo, code }) : undefined;
    const reason = stopCampaign ?? tripped?.reason;
    const known = decided.pauses.get(campaignId);
    // the message prepared last counts: an earlier one may be from before a resume
    if (reason && !(known && known.since > since))
      decided.pauses.set(campaignId, { reason, since, blameless: tripped?.blameless ?? [] });
  }

  private async tellRedis({ rests, slower, queued, accepted }: Decided): Promise<void> {
    for (const [senderId, ms] of rests) await this.rateLimiter.hold(senderId, ms);
    for (const senderId of slower) await this.rateLimiter.slowDown(senderId);
    // their jobs may have ended when there was nobody else to claim
    for (const campaignId of queued) await this.queue.send(campaignId);
    await this.throughput.accepted(accepted);
  }

  private async write({ pauses }: Decided, { drained }: Settled): Promise<void> {
    for (const [campaignId, pause] of [...pauses].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { reason, since, blameless } = pause;
      const paused = await this.attempt(campaignId, 'a campaign was not paused; the next refusal will', () =>
        transact(
          this.database,
          async (transaction) => {
            // recipients before the campaign, as everywhere
            const { deltas } = await settle(transaction, blameless.map(backToQueue));
            return [...deltas, ...(await pauseCampaign(transaction, campaignId, reason, since))];
          },
          pausePatienceMs,
        ),
      );
      if (paused.some(({ set }) => set)) this.log.warn({ campaignId, reason }, 'a campaign was paused');
    }
    if (drained.length > 0)
      await this.attempt(drained[0] ?? '', 'a campaign was not ended; the sweep will', () =>
        transact(this.database, (transaction) => completeIfDone(transaction, drained)),
      );
  }

  private async attempt(
    campaignId: string,
    otherwise: string,
    work: () => Promise<CampaignDelta[]>,
  ): Promise<CampaignDelta[]> {
    try {
      const deltas = await work();
      void this.publish(deltas);
      return deltas;
    } catch (err) {
      this.log.warn({ err, campaignId }, otherwise);
      return [];
    }
  }
}

/** A recipient who failed with an error that turned out to be the campaign's. */
function backToQueue({ campaignId, seq, claimNo }: NotedResult): Move {
  const { FAILED: from, QUEUED: to } = RecipientStatus;
  return { campaignId, seq, claimNo, from, to, attempts: -1, dueInMs: 0 };
}
