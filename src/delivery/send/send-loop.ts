import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isUnavailable } from '../../infra/errors';
import { failpoint } from '../../infra/failpoint';
import type { Log } from '../../infra/log';
import { timeStage } from '../../infra/metrics';
import type { Metrics } from '../../infra/metrics';
import type { SettleAnswers } from '../settle/settle-answers';
import { markBegun, renewClaims, renewEveryMs } from './claim';
import type { Claim, ClaimedRecipient } from './claim';
import { ClaimedBatch } from './claimed-batch';
import { claimSize, isStocked, isTooLate, permitRequests } from './decisions';
import type { HeldClaims } from './held-claims';
import type { SendOutcome } from './outcome';
import type { Denied, LateSend, Permit, RateLimiter } from './rate-limiter';
import { notPosted } from './send-message';
import type { MessagePoster } from './send-message';
import type { Slice } from './sender-queue';
import type { SendableCampaign } from './sendable-campaign';
import { loadOf, newSender } from './sender-state';
import type { SenderState } from './sender-state';

export interface SendLoopOptions {
  /** Posts that wait for their answers at the same time, at most: the connections of the client. */
  connections: number;
}

/** What one sender may post now. */
interface PermittedSlices {
  sender: SenderState;
  permit: Permit;
  askedAt: number;
  slices: Slice[];
}

/**
 * Steps of the loop begin about this far apart. A step costs one command of Redis and one small statement, and its first
 * post makes PostgreSQL, Redis and the network busy at once: more steps would cost more without sending more.
 */
const stepMs = 15;
/** A step that took longer is followed by a rest of this, in which answers are read. */
const shortestRestMs = 2;
/** While the database or Redis is away nothing is posted; the next try comes after this. */
const restMs = 250;
/** This long after the mark the sweep may have taken this worker for dead: then nobody of the batch is posted. */
const deadAfterMs = 2000;
/** Messages that leave later than this after their permit are moved in the limiter's log. */
const punctualMs = 10;
/** While connections are being opened messages arrive late: during this time the answers tell how late, up to a limit. */
const openingMs = 1000;
const latestOpeningMs = 100;
/** Recipients of held claims for each connection: they wait for a permit, for an answer, or to be settled. */
const perConnection = 8;

/**
 * Posts the messages of claimed batches: claimed → permitted by the rate limiter → marked as begun → posted → settled. No
 * job waits for any of it. Claims are renewed while they are held; those of a dead worker run out, and the sweep closes
 * them. A process that was stopped and wakes up finds its claims closed at the mark, before it posts.
 *
 * The loop runs while somebody waits; `drain` ends it.
 */
export class SendLoop {
  private readonly senders = new Map<string, SenderState>();
  private posting = 0;
  private running: Promise<void> | undefined;
  private readonly heartbeat: NodeJS.Timeout;
  private draining = false;

  constructor(
    private readonly database: DataSource,
    private readonly rateLimiter: RateLimiter,
    private readonly poster: MessagePoster,
    private readonly held: HeldClaims,
    private readonly answers: SettleAnswers,
    private readonly metrics: Metrics,
    private readonly log: Log,
    private readonly options: SendLoopOptions,
  ) {
    this.heartbeat = setInterval(() => this.renew(), renewEveryMs);
  }

  /** Resolves when another batch may be claimed; before, its recipients would only wait here for connections. */
  room(): Promise<void> {
    return this.held.below(this.options.connections * perConnection);
  }

  /** How many more recipients of a campaign are worth claiming now, at the speed that its sender has now. */
  claimSize({ id, senderId }: SendableCampaign, perSecond: number): number {
    const sender = this.senders.get(senderId);
    const waitingOfCampaign = sender?.queue.waitingOf(id) ?? 0;
    return claimSize({
      perSecond,
      waitingOfCampaign,
      sender: sender ? loadOf(sender) : { messagesPerSecond: perSecond, waiting: 0, posting: 0 },
      campaigns: (sender?.queue.campaigns ?? 0) + (waitingOfCampaign > 0 ? 0 : 1),
      connections: this.options.connections,
    });
  }

  /** Whether this worker already holds enough claimed recipients of the campaign; false if unsure. */
  isStocked(campaignId: string): boolean {
    for (const { queue, messagesPerSecond } of this.senders.values())
      if (isStocked(queue.waitingOf(campaignId), messagesPerSecond)) return true;
    return false;
  }

  /** Whether the campaign's rows are locked, so that its answers wait: more claims would take room from other campaigns. */
  isLocked(campaignId: string): boolean {
    return this.answers.isLocked(campaignId);
  }

  enqueue(campaign: SendableCampaign, claim: Claim): void {
    const batch = new ClaimedBatch(campaign, claim, performance.now());
    this.held.hold(batch);
    const sender = this.senderOf(campaign);
    sender.messagesPerSecond = campaign.messagesPerSecond;
    sender.queue.add(batch);
    this.running ??= this.run();
  }

  /** Ends: recipients who wait go back to the queue, answers are awaited and settled. */
  async drain(): Promise<void> {
    this.draining = true;
    await this.running;
    await this.held.below(1);
    await this.answers.idle();
    clearInterval(this.heartbeat);
  }

  private async run(): Promise<void> {
    while ([...this.senders.values()].some(({ queue }) => queue.campaigns > 0)) {
      const begun = performance.now();
      try {
        await this.step();
        await delay(Math.max(shortestRestMs, begun + stepMs - performance.now()));
      } catch (err) {
        if (!isUnavailable(err)) this.log.error({ err }, 'a step of sending failed');
        await delay(restMs);
      }
    }
    this.running = undefined;
  }

  private async step(): Promise<void> {
    const now = performance.now();
    const waiting: SenderState[] = [];
    for (const [senderId, sender] of this.senders) {
      for (const batch of sender.queue.batches())
        if (this.draining || isTooLate(batch.claimedAt, now) || now >= batch.campaign.closesAt)
          this.giveBack(sender, batch);
      if (sender.queue.campaigns > 0) waiting.push(sender);
      else if (sender.posting === 0) this.senders.delete(senderId);
    }
    const permitted = await this.askForPermits(waiting, now);
    if (permitted.length > 0) await this.post(permitted);
  }

  private async askForPermits(waiting: readonly SenderState[], now: number): Promise<PermittedSlices[]> {
    const candidates = waiting.map((sender) => ({ ...sender, ...loadOf(sender) }));
    const counts = permitRequests(candidates, this.options.connections, this.posting, now);
    const asking = waiting.flatMap((sender, i) => {
      const want = counts[i] ?? 0;
      return want > 0 ? [{ sender, want }] : [];
    });
    if (asking.length === 0) return [];
    const askedAt = performance.now();
    const answers = await timeStage(this.metrics, 'permit', () =>
      this.rateLimiter.take(
        asking.map(({ sender: { senderId, messagesPerSecond }, want }) => ({
          senderId,
          messagesPerSecond,
          want,
        })),
      ),
    );
    return asking.flatMap(({ sender }, i) => {
      const permit = answers[i] as Permit | Denied;
      sender.askedAt = askedAt;
      // the sender that asked first asks last the next time
      this.senders.delete(sender.senderId);
      this.senders.set(sender.senderId, sender);
      if (!('waitMs' in permit))
        return [{ sender, permit, askedAt, slices: sender.queue.next(permit.count) }];
      sender.askAt = askedAt + Math.min(permit.waitMs, restMs);
      return [];
    });
  }

  private async post(permitted: readonly PermittedSlices[]): Promise<void> {
    const marks = permitted
      .flatMap(({ slices }) => slices)
      .map(({ batch, count }) => ({ claimId: batch.claim.id, begun: batch.begunAfter(count) }));
    const markedAt = performance.now();
    const stillHeld = await timeStage(this.metrics, 'mark', () => markBegun(this.database, marks));
    failpoint('before_http');
    const dead = performance.now() - markedAt > deadAfterMs;
    const late: LateSend[] = [];
    for (const { sender, permit, askedAt, slices } of permitted) {
      const { senderId, queue } = sender;
      const opening = markedAt - sender.since < openingMs ? ([] as Promise<number>[]) : undefined;
      for (const { batch, count } of slices) {
        // not held: the campaign was paused, or the sweep took this worker for dead; dead: it may have done so since the mark
        if (dead || !stillHeld.has(batch.claim.id)) this.giveBack(sender, batch);
        else
          for (const recipient of batch.take(count)) {
            const posted = this.postOne(sender, batch, recipient);
            opening?.push(posted);
          }
      }
      queue.rotate();
      const ms = performance.now() - askedAt;
      if (ms > punctualMs) late.push({ senderId, permit, ms });
      if (opening) void this.reportByAnswers(senderId, permit, opening);
    }
    this.reportLate(late);
  }

  /** Resolves with the time from the post to its answer. */
  private async postOne(
    sender: SenderState,
    batch: ClaimedBatch,
    recipient: ClaimedRecipient,
  ): Promise<number> {
    const start = performance.now();
    sender.posting++;
    this.posting++;
    let outcome: SendOutcome;
    try {
      outcome = await this.poster.send(batch.campaign, recipient);
      failpoint('after_http');
    } catch (err) {
      this.log.error({ err }, 'posting a message failed in this process');
      outcome = this.poster.lost(batch.campaign, recipient);
    }
    sender.posting--;
    this.posting--;
    this.answers.add({ batch, outcome, postedAt: start });
    return performance.now() - start;
  }

  /** Tells the limiter of messages that left late. */
  private reportLate(late: readonly LateSend[]): void {
    if (late.length === 0) return;
    this.rateLimiter
      .late(late)
      .catch((err: unknown) => this.log.debug({ err }, 'late messages were not moved in the log'));
  }

  /**
   * While connections are being opened messages arrive late, and their answers tell how late. Not afterwards: how long
   * WhatsApp takes to answer does not tell when the message arrived, and would slow the sender down without need.
   */
  private async reportByAnswers(
    senderId: string,
    permit: Permit,
    posts: readonly Promise<number>[],
  ): Promise<void> {
    if (posts.length === 0) return;
    const ms = Math.min(...(await Promise.all(posts)));
    if (ms > punctualMs) this.reportLate([{ senderId, permit, ms: Math.min(ms, latestOpeningMs) }]);
  }

  /** Recipients of the batch who wait go back to the queue: none of them was posted, which only this process knows. */
  private giveBack(sender: SenderState, batch: ClaimedBatch): void {
    sender.queue.remove(batch);
    const postedAt = performance.now();
    for (const recipient of batch.take(batch.waiting))
      this.answers.add({ batch, outcome: notPosted(batch.campaign, recipient), postedAt });
  }

  private senderOf({ senderId, messagesPerSecond }: SendableCampaign): SenderState {
    const known = this.senders.get(senderId);
    if (known) return known;
    const sender = newSender(senderId, messagesPerSecond, performance.now());
    this.senders.set(senderId, sender);
    return sender;
  }

  private renew(): void {
    const { ids } = this.held;
    if (ids.length === 0) return;
    renewClaims(this.database, ids).catch((err: unknown) =>
      this.log.debug({ err }, 'claims were not renewed; the next try follows'),
    );
  }
}
