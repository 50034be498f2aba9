import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isUnavailable } from '../../infra/errors';
import { failpoint } from '../../infra/failpoint';
import type { Log } from '../../infra/log';
import { timeStage } from '../../infra/metrics';
import type { Metrics } from '../../infra/metrics';
import type { SendableCampaign } from './sendable-campaign';
import { markBegun, renewClaims, renewEveryMs } from './claim';
import type { Claim, ClaimedRecipient } from './claim';
import { ClaimedBatch, SenderQueue } from './sender-queue';
import type { Slice } from './sender-queue';
import type { SendOutcome } from './outcome';
import type { LateSend, RateLimiter, Permit, Denied } from './rate-limiter';
import type { Poster } from './send-message';
import type { Settler } from '../settle/settle-batcher';

export interface SendLoopOptions {
  /** Posts that await their answer at once: the connections of the client. */
  connections: number;
}

/** One WhatsApp number in this worker. */
interface Departures {
  senderId: string;
  messagesPerSecond: number;
  lines: SenderQueue;
  /** Posts that await their answer. */
  posting: number;
  /** When a permit was last asked for, and before when none is to be had, in ms of the process's clock. */
  askedAt: number;
  askAt: number;
  /** Since when it is sending, in ms of the process's clock. */
  since: number;
}

/** People of one number who leave together. */
interface Group {
  from: Departures;
  permit: Permit;
  askedAt: number;
  slices: Slice[];
}

/**
 * Messages leave in steps that begin about this far apart. A step costs one command of Redis and one small statement, and
 * the first of its posts wakes everybody on the way.
 */
const stepMs = 15;
/** After a step that took longer, so that answers are heard. */
const shortestRestMs = 2;
/** What a number's speed brought in a longer time is lost; see pace.ts. */
const longestStepMs = 60;
/** While the database or Redis is away nothing leaves; looked at again after this. */
const restMs = 250;
/** People who have not left after this go back to the queue: the number, the database or this process stood still. */
const tooLateMs = 5000;
/** A claim may have been closed for a dead one's this long after the mark: nobody of it is posted then. */
const deadAfterMs = 2000;
/** Later than this after the permit, messages are dated anew: the limiter leaves them less. */
const punctualMs = 10;
/** While connections are opened, messages arrive late: for so long the answers tell how late, up to a limit. */
const openingMs = 1000;
const latestOpeningMs = 100;
/** People in the air for each connection: those who wait for a permit, for an answer, for the settling. */
const perConnection = 8;
/** Of the connections, for one number at most: a number whose answers hang must not keep the others from sending. */
const shareOfOneNumber = 0.5;
/** People are claimed for this time ahead: who is claimed is soon out, so that a pause is prompt. */
const stockMs = 500;
/** All campaigns of a number together, at most. */
const longestStockMs = 2000;

/**
 * What is in the air: claimed → permitted → marked as begun → posted → settled. No job waits for any of it.
 * Claims are renewed for as long as they are held here; those of a worker that dies run out, and the sweep closes
 * them. A stopped process that wakes up finds its claims closed at the mark, before the post.
 */
export class SendLoop {
  private readonly numbers = new Map<string, Departures>();
  private posting = 0;
  private departing: Promise<void> | undefined;
  private readonly heartbeat: NodeJS.Timeout;
  private stopping = false;

  constructor(
    private readonly database: DataSource,
    private readonly rateLimiter: RateLimiter,
    private readonly poster: Poster,
    private readonly settler: Settler,
    private readonly metrics: Metrics,
    private readonly log: Log,
    private readonly options: SendLoopOptions,
  ) {
    this.heartbeat = setInterval(() => this.renew(), renewEveryMs);
  }

  /** Resolves when one more batch may be claimed: more would only wait here for connections. */
  async room(): Promise<void> {
    while (this.settler.unsettled >= this.options.connections * perConnection) await this.settler.progress();
  }

  /**
   * How many more people of a campaign are worth claiming now, given its number's speed: half a second's,
   * shared by the campaigns on the number. 0 while that much is waiting here or too many answers are awaited.
   */
  wants({ id, senderId }: SendableCampaign, perSecond: number): number {
    const from = this.numbers.get(senderId);
    if (!from) return Math.ceil((perSecond * stockMs) / 1000);
    if (from.posting >= this.options.connections * shareOfOneNumber) return 0;
    // with very many campaigns on a slow number most would only be handed back
    if (from.lines.waiting() > (perSecond * longestStockMs) / 1000) return 0;
    const campaigns = from.lines.campaigns() + (from.lines.waitingOf(id) > 0 ? 0 : 1);
    const stock = Math.ceil((perSecond * stockMs) / 1000 / campaigns);
    // half of it is worth a batch
    return from.lines.waitingOf(id) * 2 > stock ? 0 : stock - from.lines.waitingOf(id);
  }

  /** Whether enough people of a campaign wait here; in doubt not. */
  stocked(campaignId: string): boolean {
    for (const { lines, messagesPerSecond } of this.numbers.values())
      if (lines.waitingOf(campaignId) * 2 > (messagesPerSecond * stockMs) / 1000) return true;
    return false;
  }

  launch(campaign: SendableCampaign, claim: Claim): void {
    this.settler.expect(claim);
    const from = this.numberOf(campaign);
    from.messagesPerSecond = campaign.messagesPerSecond;
    from.lines.add(new ClaimedBatch(campaign, claim, performance.now()));
    this.departing ??= this.depart();
  }

  /** Ends: who has not left goes back to the queue, answers are awaited and settled. */
  async land(): Promise<void> {
    this.stopping = true;
    await this.departing;
    await this.settler.settled();
    clearInterval(this.heartbeat);
  }

  private async depart(): Promise<void> {
    while ([...this.numbers.values()].some(({ lines }) => lines.campaigns() > 0)) {
      const begun = performance.now();
      try {
        await this.step();
        await delay(Math.max(shortestRestMs, begun + stepMs - performance.now()));
      } catch (err) {
        if (!isUnavailable(err)) this.log.error({ err }, 'a step of sending failed');
        await delay(restMs);
      }
    }
    this.departing = undefined;
  }

  private async step(): Promise<void> {
    const now = performance.now();
    const asking: Departures[] = [];
    for (const [senderId, from] of this.numbers) {
      for (const line of from.lines.all())
        if (this.stopping || now - line.since > tooLateMs) this.handBack(from, line);
      if (from.lines.campaigns() > 0) asking.push(from);
      else if (from.posting === 0) this.numbers.delete(senderId);
    }
    const leaving = await this.permitted(this.wishes(asking, now));
    if (leaving.length > 0) await this.post(leaving);
  }

  /**
   * How many each number may ask for: what its speed can have brought since it last asked, and connections that are
   * free. A number may have its part of the connections and half of what the others leave free: one whose answers
   * hang does not keep the others from sending.
   */
  private wishes(asking: readonly Departures[], now: number): { from: Departures; want: number }[] {
    const { connections } = this.options;
    const part = Math.floor(connections / Math.max(asking.length, 1));
    let free = connections - this.posting;
    const wishes: { from: Departures; want: number }[] = [];
    for (const from of asking) {
      if (now < from.askAt) continue;
      const most = Math.max(part, Math.floor((free + from.posting) * shareOfOneNumber)) - from.posting;
      const brought =
        Math.ceil((from.messagesPerSecond * Math.min(now - from.askedAt, longestStepMs)) / 1000) + 1;
      const want = Math.min(from.lines.waiting(), brought, most, free);
      if (want < 1) continue;
      free -= want;
      wishes.push({ from, want });
    }
    return wishes;
  }

  private async permitted(wishes: readonly { from: Departures; want: number }[]): Promise<Group[]> {
    if (wishes.length === 0) return [];
    const askedAt = performance.now();
    const permits = await timeStage(this.metrics, 'permit', () =>
      this.rateLimiter.take(
        wishes.map(({ from: { senderId, messagesPerSecond }, want }) => ({
          senderId,
          messagesPerSecond,
          want,
        })),
      ),
    );
    const groups: Group[] = [];
    wishes.forEach(({ from }, i) => {
      const permit = permits[i] as Permit | Denied;
      from.askedAt = askedAt;
      // whoever was asked for first is last the next time
      this.numbers.delete(from.senderId);
      this.numbers.set(from.senderId, from);
      if ('waitMs' in permit) from.askAt = askedAt + Math.min(permit.waitMs, restMs);
      else groups.push({ from, permit, askedAt, slices: from.lines.slices(permit.count) });
    });
    return groups;
  }

  private async post(groups: Group[]): Promise<void> {
    const slices = groups.flatMap((group) => group.slices);
    const asked = performance.now();
    const held = await timeStage(this.metrics, 'mark', () =>
      markBegun(
        this.database,
        slices.map(({ line, count }) => ({ claimId: line.claim.id, begun: line.begunAfter(count) })),
      ),
    );
    failpoint('before_http');
    const dead = performance.now() - asked > deadAfterMs;
    const late: LateSend[] = [];
    for (const { from, permit, askedAt, slices: leaving } of groups) {
      const { senderId } = from;
      const opening: Promise<number>[] | undefined = asked - from.since < openingMs ? [] : undefined;
      for (const { line, count } of leaving) {
        // Not held: paused, or the sweep took this worker for dead. LateSend: it may have done so since the mark.
        if (dead || !held.has(line.claim.id)) this.handBack(from, line);
        else {
          for (const recipient of line.take(count)) {
            const posted = this.postOne(from, line, recipient);
            opening?.push(posted);
          }
        }
      }
      from.lines.sweep();
      const ms = performance.now() - askedAt;
      if (ms > punctualMs) late.push({ senderId, permit, ms });
      if (opening) void this.dateByAnswers(senderId, permit, opening);
    }
    this.date(late);
  }

  /** Resolves with the time from post to answer. */
  private async postOne(
    from: Departures,
    { campaign, claim }: ClaimedBatch,
    recipient: ClaimedRecipient,
  ): Promise<number> {
    const start = performance.now();
    from.posting++;
    this.posting++;
    let consequence: SendOutcome;
    try {
      consequence = await this.poster.post(campaign, recipient);
      failpoint('after_http');
    } catch (err) {
      this.log.error({ err }, 'a post broke');
      consequence = this.poster.outOfSight(campaign, recipient);
    }
    from.posting--;
    this.posting--;
    this.settler.settle(campaign, claim, consequence);
    return performance.now() - start;
  }

  /** Tells the limiter of messages that left late. */
  private date(late: readonly LateSend[]): void {
    if (late.length === 0) return;
    this.rateLimiter
      .late(late)
      .catch((err: unknown) => this.log.debug({ err }, 'permits were not dated anew'));
  }

  /**
   * While connections are opened, messages arrive late, and their answers tell how late. Not once they are open: how
   * long WhatsApp takes to answer says nothing of when the message arrived, and would slow the number for nothing.
   */
  private async dateByAnswers(
    senderId: string,
    permit: Permit,
    posts: readonly Promise<number>[],
  ): Promise<void> {
    if (posts.length === 0) return;
    const ms = Math.min(...(await Promise.all(posts)));
    if (ms > punctualMs) this.date([{ senderId, permit, ms: Math.min(ms, latestOpeningMs) }]);
  }

  /** Nobody of these was posted, which only this process can know. */
  private handBack(from: Departures, line: ClaimedBatch): void {
    from.lines.remove(line);
    const rest = line.take(line.waiting);
    for (const recipient of rest)
      this.settler.settle(line.campaign, line.claim, this.poster.notPosted(line.campaign, recipient));
  }

  private numberOf({ senderId, messagesPerSecond }: SendableCampaign): Departures {
    const known = this.numbers.get(senderId);
    if (known) return known;
    const from = {
      senderId,
      messagesPerSecond,
      lines: new SenderQueue(),
      posting: 0,
      askedAt: 0,
      askAt: 0,
      since: performance.now(),
    };
    this.numbers.set(senderId, from);
    return from;
  }

  private renew(): void {
    const held = this.settler.claims();
    if (held.length === 0) return;
    renewClaims(this.database, held).catch((err: unknown) =>
      this.log.debug({ err }, 'claims were not renewed; tried again'),
    );
  }
}
