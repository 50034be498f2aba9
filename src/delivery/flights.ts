import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isUnavailable } from '../infra/errors';
import { failpoint } from '../infra/failpoint';
import type { Log } from '../infra/log';
import { timeStage } from '../infra/metrics';
import type { Metrics } from '../infra/metrics';
import type { CampaignInFlight } from './campaign-in-flight';
import { markBegun, renewClaims, renewEveryMs } from './claim';
import type { Claim, ClaimedRecipient } from './claim';
import { Gate } from './gate';
import { Line } from './line';
import type { Grant, Pace } from './pace';
import type { Poster } from './post';
import type { Settler } from './settler';

export interface FlightOptions {
  /** Posts that await their answer at once: the connections of the client. */
  connections: number;
}

/**
 * Messages leave in steps of about this. A step costs one small statement, and the first of its posts wakes everybody
 * on the way: 5 ms cost a fifth of the throughput. The gate keeps the limit whatever the step.
 */
const stepMs = 20;
/** While the database is away nothing leaves; looked at again after this. */
const restMs = 250;
/** A slot missed by this is gone: the number's other slots go on, and a late post would come on top of them. */
const missedMs = 300;
/** New slots are taken within this time; a number that has none goes on with other people later. */
const nextSlotsMs = 1000;
/** People who have not left after this go back to the queue: the database or this process stood still. */
const tooLateMs = 3000;
/** People in the air for each connection: those awaiting an answer, those whose slot is near, those being settled. */
const perConnection = 4;
/** Of the connections, for one number at most: a number whose answers hang must not keep the others from sending. */
const shareOfOneNumber = 0.5;

/**
 * What is in the air: claimed → its slot comes → marked as begun → posted → settled. Nothing here occupies a job slot.
 * Claims are renewed for as long as they are held here; those of a worker that dies run out, and the sweep closes
 * them. A stopped process that wakes up finds its claims closed at the mark, before the post.
 */
export class Flights {
  private readonly lines = new Set<Line>();
  private readonly gates = new Map<string, Gate>();
  private readonly posting = new Map<string, number>();
  private postingInAll = 0;
  private departing: Promise<void> | undefined;
  private readonly heartbeat: NodeJS.Timeout;
  private stopping = false;

  constructor(
    private readonly database: DataSource,
    private readonly pace: Pace,
    private readonly poster: Poster,
    private readonly settler: Settler,
    private readonly metrics: Metrics,
    private readonly log: Log,
    private readonly options: FlightOptions,
  ) {
    this.heartbeat = setInterval(() => this.renew(), renewEveryMs);
  }

  /** Resolves when one more batch may be claimed: more would only wait here for connections. */
  async room(): Promise<void> {
    while (this.settler.unsettled >= this.options.connections * perConnection) await this.settler.progress();
  }

  /** Whether this number waits for so many answers that it must not claim more. */
  crowded(senderId: string): boolean {
    return (this.posting.get(senderId) ?? 0) >= this.options.connections * shareOfOneNumber;
  }

  launch(campaign: CampaignInFlight, claim: Claim, grant: Grant): void {
    this.settler.expect(claim);
    const line = new Line(campaign, claim, grant, performance.now());
    this.gateOf(campaign.senderId).slots(line.slots());
    this.lines.add(line);
    this.departing ??= this.depart().finally(() => (this.departing = undefined));
  }

  /** Ends: who has not left goes back to the queue, answers are awaited and settled. */
  async land(): Promise<void> {
    this.stopping = true;
    await this.departing;
    await this.settler.settled();
    clearInterval(this.heartbeat);
  }

  private async depart(): Promise<void> {
    while (this.lines.size > 0) {
      try {
        await this.step();
        await delay(stepMs);
      } catch (err) {
        if (!isUnavailable(err)) this.log.error({ err }, 'a step of sending failed');
        await delay(restMs);
      }
    }
  }

  private async step(): Promise<void> {
    const leaving: { line: Line; count: number }[] = [];
    const now = performance.now();
    const open = new Map<string, number>();
    for (const line of this.lines) {
      if (this.stopping || now - line.since > tooLateMs) {
        this.handBack(line);
        continue;
      }
      if (!line.asking && line.missed(now, missedMs)) void this.reslot(line);
      const { senderId } = line.campaign;
      const most = open.get(senderId) ?? this.openFor(senderId, now);
      const count = Math.min(line.due(now), most);
      open.set(senderId, most - count);
      if (count > 0) leaving.push({ line, count });
    }
    if (leaving.length > 0) await this.post(leaving);
  }

  private async post(leaving: { line: Line; count: number }[]): Promise<void> {
    const asked = performance.now();
    const held = await timeStage(this.metrics, 'mark', () =>
      markBegun(
        this.database,
        leaving.map(({ line, count }) => ({ claimId: line.claim.id, begun: line.begunAfter(count) })),
      ),
    );
    failpoint('before_http');
    for (const { line, count } of leaving) {
      // Not held: the sweep took this worker for dead. Late: it may have done so since the mark.
      if (!held.has(line.claim.id) || performance.now() - asked > tooLateMs) this.handBack(line);
      else for (const recipient of line.take(count)) void this.postOne(line, recipient);
      if (line.waiting === 0) this.lines.delete(line);
    }
  }

  /** Asks for slots for those who have missed theirs. */
  private async reslot(line: Line): Promise<void> {
    line.asking = true;
    const { senderId, messagesPerSecond } = line.campaign;
    const wish = { senderId, messagesPerSecond, want: line.waiting, horizonMs: nextSlotsMs };
    const grant = await this.pace.reserve(wish).catch(() => undefined);
    if (!this.lines.has(line)) return;
    if (!grant || 'waitMs' in grant) return this.handBack(line, grant?.waitMs);
    line.reslot(grant);
    this.gateOf(senderId).slots(line.slots());
  }

  private async postOne({ campaign, claim }: Line, recipient: ClaimedRecipient): Promise<void> {
    const { senderId } = campaign;
    const gate = this.gateOf(senderId);
    gate.posted(performance.now());
    this.count(senderId, 1);
    const consequence = await this.poster.post(campaign, recipient);
    this.count(senderId, -1);
    gate.answered(performance.now());
    failpoint('after_http');
    this.settler.settle(campaign, claim, [consequence]);
  }

  /** Nobody of these was posted, which only this process can know. */
  private handBack(line: Line, waitMs = 0): void {
    this.lines.delete(line);
    const rest = line.take(line.waiting);
    this.settler.settle(
      line.campaign,
      line.claim,
      rest.map((recipient) => this.poster.notPosted(line.campaign, recipient, waitMs)),
    );
  }

  private openFor(senderId: string, now: number): number {
    const { connections } = this.options;
    return Math.max(
      0,
      Math.min(
        this.gateOf(senderId).open(now),
        Math.floor(connections * shareOfOneNumber) - (this.posting.get(senderId) ?? 0),
        connections - this.postingInAll,
      ),
    );
  }

  private gateOf(senderId: string): Gate {
    const known = this.gates.get(senderId);
    if (known) return known;
    const gate = new Gate();
    this.gates.set(senderId, gate);
    return gate;
  }

  private count(senderId: string, by: 1 | -1): void {
    this.postingInAll += by;
    this.posting.set(senderId, (this.posting.get(senderId) ?? 0) + by);
  }

  private renew(): void {
    const held = this.settler.claims();
    if (held.length === 0) return;
    renewClaims(this.database, held).catch((err: unknown) =>
      this.log.debug({ err }, 'claims were not renewed; tried again'),
    );
  }
}
