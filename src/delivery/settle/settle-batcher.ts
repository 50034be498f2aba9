import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { pauseCampaign } from '../../campaigns/lifecycle';
import { persistently, transact } from '../../infra/database';
import { isUnavailable } from '../../infra/errors';
import { failpoint } from '../../infra/failpoint';
import type { Log } from '../../infra/log';
import { timeStage } from '../../infra/metrics';
import type { Metrics } from '../../infra/metrics';
import type { PublishDeltas, CampaignDelta } from '../../campaigns/deltas';
import type { SendableCampaign } from '../send/sendable-campaign';
import type { Claim } from '../send/claim';
import { completeIfDone } from '../../campaigns/lifecycle';
import type { DeliveryQueue } from '../queue';
import { judgeTogether } from '../send/outcome';
import type { SendOutcome } from '../send/outcome';
import type { RateLimiter } from '../send/rate-limiter';
import type { Throughput } from '../control/throughput';
import { settle } from './settle';
import type { Move } from './settle';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { CircuitBreaker } from '../send/circuit-breaker';
import type { ErrorRateGuard } from '../send/error-rate-guard';

/** What follows for people of one claim. */
interface Answer {
  campaign: SendableCampaign;
  claim: Claim;
  consequence: SendOutcome;
}

/** People in one set, at most; more wait for the next. */
const largestSet = 1000;
/** A set begins no sooner after the one before: each costs the same few statements and a figure for every campaign. */
const setEveryMs = 50;
/**
 * What WhatsApp answered is kept this long while PostgreSQL is away. The lease may end before: a late settle is fenced
 * by the claim number, and what it knows is better than UNCONFIRMED.
 */
const patienceMs = 300_000;

/**
 * Writes down what became of the people in the air. Two states: idle, or committing one set; answers that come in
 * meanwhile form the next set, whatever campaign they belong to, so that a busy worker needs few transactions and a
 * quiet one no wait. A claim is released with the last of its people.
 */
export class Settler {
  private waiting: Answer[] = [];
  private committing: Promise<void> | undefined;
  /** In ms of the process's clock. */
  private lastSetAt = 0;
  /** People of each held claim who are not settled yet. */
  private readonly open = new Map<string, number>();
  private unsettledPeople = 0;
  private readonly storms = new CircuitBreaker();
  private readonly onProgress: (() => void)[] = [];

  constructor(
    private readonly database: DataSource,
    private readonly rateLimiter: RateLimiter,
    private readonly rates: Throughput,
    private readonly queue: DeliveryQueue,
    private readonly recent: ErrorRateGuard,
    private readonly publish: PublishDeltas,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {}

  /** People claimed and not settled, of all claims. */
  get unsettled(): number {
    return this.unsettledPeople;
  }

  /** From now on the claim is held. */
  expect(claim: Claim): void {
    this.open.set(claim.id, claim.recipients.length);
    this.unsettledPeople += claim.recipients.length;
  }

  /** The claims that are held. */
  claims(): string[] {
    return [...this.open.keys()];
  }

  settle(campaign: SendableCampaign, claim: Claim, consequence: SendOutcome): void {
    this.waiting.push({ campaign, claim, consequence });
    this.committing ??= this.commitWaiting();
  }

  /** Resolves when everything that was expected is settled, or has failed to be. */
  async settled(): Promise<void> {
    while (this.unsettled > 0) await this.progress();
    await this.committing;
  }

  /** Resolves when some more are settled. */
  progress(): Promise<void> {
    return new Promise((resolve) => this.onProgress.push(resolve));
  }

  private async commitWaiting(): Promise<void> {
    while (this.waiting.length > 0) {
      // answers of this very moment join in, at least
      await delay(Math.max(0, this.lastSetAt + setEveryMs - performance.now()));
      this.lastSetAt = performance.now();
      await this.commitSet(this.waiting.splice(0, largestSet));
      this.onProgress.splice(0).forEach((resolve) => resolve());
    }
    this.committing = undefined;
  }

  private async commitSet(set: Answer[]): Promise<void> {
    try {
      await this.commit(set);
    } catch (err) {
      // One answer that cannot be written must not take the others down with it.
      if (set.length > 1 && !isUnavailable(err)) {
        const half = set.length >> 1;
        await this.commitSet(set.slice(0, half));
        await this.commitSet(set.slice(half));
        return;
      }
      this.log.error(
        { err, answers: set.length },
        'answers could not be settled; the sweep will find their people',
      );
      for (const { claim } of set) this.forget(claim.id);
    }
  }

  private async commit(set: Answer[]): Promise<void> {
    const consequences = judgeTogether(
      set.map(({ consequence }) => consequence),
      (campaignId) => this.recent.acceptedLately(campaignId),
    );
    const done = this.endedBy(set);
    const stops = this.stopsIn(consequences, set);
    const deltas = await timeStage(this.metrics, 'settle', () =>
      this.write(
        consequences.map(({ move }) => move),
        done,
        stops,
      ),
    );
    for (const [{ id }, reason] of stops) this.log.warn({ campaignId: id, reason }, 'a campaign was stopped');
    failpoint('after_settle');
    for (const { claim } of set) this.less(claim.id, 1);
    // Neither is waited for: Redis must not slow the settling.
    void this.publish(deltas);
    this.remind(consequences, set).catch((err: unknown) =>
      this.log.warn({ err }, 'the queue is away; the sweep will go on'),
    );
  }

  /** One statement needs no transaction around it; what stops a campaign is written with its cause. */
  private async write(
    moves: readonly Move[],
    done: readonly string[],
    stops: ReadonlyMap<SendableCampaign, string>,
  ): Promise<CampaignDelta[]> {
    if (stops.size === 0) {
      const { deltas, drained } = await persistently(() => settle(this.database, moves, done), patienceMs);
      return [...deltas, ...(await this.complete(drained))];
    }
    return transact(
      this.database,
      async (transaction) => {
        const { deltas, drained } = await settle(transaction, moves, done);
        for (const [campaign, reason] of stops)
          deltas.push(...(await pauseCampaign(transaction, campaign.id, reason, campaign.readAt)));
        return [...deltas, ...(await completeIfDone(transaction, drained))];
      },
      patienceMs,
    );
  }

  private async complete(campaignIds: readonly string[]): Promise<CampaignDelta[]> {
    if (campaignIds.length === 0) return [];
    try {
      return await transact(this.database, (transaction) => completeIfDone(transaction, campaignIds));
    } catch (err) {
      this.log.warn({ err }, 'a campaign was not ended; the sweep will');
      return [];
    }
  }

  /** Claims whose last people are in this set. */
  private endedBy(set: readonly Answer[]): string[] {
    const left = new Map<string, number>();
    for (const { claim } of set) {
      const count = left.get(claim.id) ?? this.open.get(claim.id);
      // one that was forgotten ends by its lease: people of it may still be SENDING
      if (count !== undefined) left.set(claim.id, count - 1);
    }
    return [...left].filter(([, count]) => count <= 0).map(([id]) => id);
  }

  private stopsIn(
    consequences: readonly SendOutcome[],
    set: readonly Answer[],
  ): Map<SendableCampaign, string> {
    const stops = new Map<string, [SendableCampaign, string]>();
    consequences.forEach(({ move, stopCampaign, notPosted }, i) => {
      const { campaign } = set[i] as Answer;
      const answered = !notPosted && (move.to === RecipientStatus.SENT || move.errorCode !== undefined);
      const tripped = answered ? this.recent.note(move.campaignId, move.errorCode) : undefined;
      const reason = stopCampaign ?? tripped;
      const known = stops.get(campaign.id);
      // what was prepared last counts: an earlier one may be from before a resume
      if (reason && !(known && known[0].readAt > campaign.readAt)) stops.set(campaign.id, [campaign, reason]);
    });
    return new Map([...stops.values()].sort(([a], [b]) => (a.id < b.id ? -1 : 1)));
  }

  private async remind(consequences: readonly SendOutcome[], set: readonly Answer[]): Promise<void> {
    const holds = new Map<string, number>();
    const slower = new Set<string>();
    const waiting = new Set<string>();
    consequences.forEach(({ move, holdSenderMs = 0, slowSender, trouble, notPosted }, i) => {
      const { senderId } = (set[i] as Answer).campaign;
      const stormMs = notPosted ? 0 : this.storms.note(senderId, trouble ?? false);
      const holdMs = Math.max(holdSenderMs, stormMs);
      if (holdMs > 0) holds.set(senderId, Math.max(holds.get(senderId) ?? 0, holdMs));
      if (slowSender || stormMs > 0) slower.add(senderId);
      // Its jobs may have left when there was nobody else to claim.
      if (move.to === RecipientStatus.QUEUED) waiting.add(move.campaignId);
    });
    const accepted = new Map<string, number>();
    for (const { move } of consequences) {
      if (move.to === RecipientStatus.SENT)
        accepted.set(move.campaignId, (accepted.get(move.campaignId) ?? 0) + 1);
    }
    for (const [senderId, ms] of holds) await this.rateLimiter.hold(senderId, ms);
    for (const senderId of slower) await this.rateLimiter.slowDown(senderId);
    for (const campaignId of waiting) await this.queue.send(campaignId);
    await this.rates.accepted(accepted);
  }

  /** Not held any more: its lease runs out, and the sweep takes it up. */
  private forget(claimId: string): void {
    this.less(claimId, this.open.get(claimId) ?? 0);
  }

  private less(claimId: string, settled: number): void {
    const left = this.open.get(claimId);
    if (left === undefined) return;
    this.unsettledPeople -= settled;
    if (left > settled) this.open.set(claimId, left - settled);
    else this.open.delete(claimId);
  }
}
