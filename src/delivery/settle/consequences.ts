import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { noteSendError } from '../../accounts/send-errors';
import { recordRefusals } from '../../audience/opt-outs/opt-outs';
import { CampaignStatus } from '../../campaigns/campaign';
import type { CampaignDelta, PublishDeltas } from '../../campaigns/deltas';
import { campaignRepository } from '../../campaigns/campaign.repository';
import { completeIfDone, pauseCampaign } from '../../campaigns/lifecycle';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { rows, transact } from '../../infra/database';
import { isBusy } from '../../infra/errors';
import type { Log } from '../../infra/log';
import type { DeliveryQueue } from '../queue';
import { isRecipientsOwn } from '../send/outcome';
import type { SendOutcome } from '../send/outcome';
import type { RateLimiter } from '../send/rate-limiter';
import type { Throughput } from '../send/throughput';
import { CircuitBreaker } from './circuit-breaker';
import { ErrorRateGuard } from './error-rate-guard';
import type { Failure } from './error-rate-guard';
import { settle } from './settle';
import type { Move } from './move';
import type { Settled } from './settle';

/** An outcome that was written down, with what it is about. */
export interface SettledOutcome {
  outcome: SendOutcome;
  senderId: string;
  /** When the message was prepared or sent, by the database's clock: its failure does not pause a campaign resumed later. */
  since: Date;
  /**
   * When the message was posted, in ms of the process's clock, for an answer; undefined for a later status. Only answers
   * tell whether WhatsApp is in trouble now.
   */
  postedAt: number | undefined;
  /** The campaign had ended before: its failures stop nothing any more. */
  ended?: boolean;
}

/** Why a campaign pauses. */
interface Pause {
  /** Undefined when it pauses or is paused already, and recipients are only to be queued again. */
  reason: string | undefined;
  since: Date;
  /** Recipients who failed because of an error of the campaign. */
  blameless: Failure[];
}

/** What a set of outcomes means beyond its moves. */
interface Decided {
  pauses: Map<string, Pause>;
  /** By sender: how long it rests, in ms. */
  rests: Map<string, number>;
  /** Senders that must slow down: they send too fast, or their circuit breaker opened. */
  slower: Set<string>;
  /** Campaigns with recipients in the queue again. */
  queued: Set<string>;
  /** Messages accepted, by campaign. */
  accepted: Map<string, number>;
  /** Recipients who stopped marketing messages, as WhatsApp's answer says. */
  optedOut: Move[];
  /** What is wrong with numbers or their accounts, by sender, and in which campaign it was seen. */
  senderErrors: Map<string, { text: string; campaignId: string }>;
}

/** While the database is away or the campaign is locked, a pause is attempted for this long. */
const pausePatienceMs = 60_000;
/** Between two tries for a campaign that somebody else holds locked. */
const lockedRestMs = 200;
/** WhatsApp's code for a person who stopped marketing messages. */
const stoppedMarketing = 131050;

/**
 * What follows from settled outcomes beside the moves themselves: campaigns pause or end, senders slow down, rest or get an
 * error to show, jobs are put into the queue, deltas are published. This is the one place for it, for answers and webhooks
 * alike, after the commit and only for moves that were really made: a repeated, late or fenced report has no consequences.
 *
 * If the process dies between the commit and this, a refusal because of the campaign or the sender comes again: its
 * recipient is QUEUED, and the next attempt is refused too. The error-rate guard's counts are lost with the process.
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

  /** Whether a message of the campaign was accepted shortly before. */
  acceptedLately(campaignId: string): boolean {
    return this.guard.acceptedLately(campaignId);
  }

  /** A message was delivered: for the error-rate guard, a success. */
  noteDelivered(campaignId: string): void {
    this.guard.noteSuccess(campaignId);
  }

  /** Resolves when pauses and ends are committed. Never rejects. Does not wait for Redis. */
  apply(outcomes: readonly SettledOutcome[], settled: Settled): Promise<void> {
    void this.publish(settled.deltas);
    const applying = this.decideAndWrite(outcomes, settled)
      .catch((err: unknown) => this.log.error({ err }, 'what follows from settled messages failed'))
      .finally(() => this.running.delete(applying));
    this.running.add(applying);
    return applying;
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  private async decideAndWrite(outcomes: readonly SettledOutcome[], settled: Settled): Promise<void> {
    const decided = this.decide(outcomes, settled);
    this.tellRedis(decided).catch((err: unknown) =>
      this.log.warn({ err }, 'Redis is away; the sweep will go on with the work'),
    );
    for (const campaignId of settled.drained) {
      const small = this.guard.judgeSmall(campaignId);
      const last = small?.blameless.at(-1);
      if (small && last) addPause(decided, campaignId, small.reason, last.since, small.blameless);
    }
    for (const [campaignId, pause] of [...decided.pauses].sort(([a], [b]) => (a < b ? -1 : 1)))
      await this.pause(campaignId, pause);
    if (decided.optedOut.length > 0) await this.recordOptOuts(decided.optedOut);
    for (const [senderId, { text, campaignId }] of decided.senderErrors)
      await this.attempt(campaignId, 'a refusal was not noted with its number', async () => {
        await noteSendError(this.database, senderId, text);
        return [];
      });
    if (settled.drained.length > 0)
      await this.attempt(settled.drained[0] ?? '', 'a campaign was not completed; the sweep will', () =>
        transact(this.database, (transaction) => completeIfDone(transaction, settled.drained)),
      );
  }

  private decide(outcomes: readonly SettledOutcome[], settled: Settled): Decided {
    const decided: Decided = {
      pauses: new Map(),
      rests: new Map(),
      slower: new Set(),
      queued: new Set(),
      accepted: new Map(),
      optedOut: [],
      senderErrors: new Map(),
    };
    const seen = new Set<string>();
    for (const one of outcomes) {
      const { move } = one.outcome;
      // also an answer that came after its `delivered` and moved nobody: it shows that WhatsApp accepts messages
      if (move.to === RecipientStatus.SENT) this.decideAccepted(decided, one);
      else if (settled.applied(move)) {
        // the same report twice in one set moved the recipient once
        const place = `${move.campaignId}:${move.seq}`;
        if (!seen.has(place)) this.decideSetback(decided, one);
        seen.add(place);
      }
    }
    return decided;
  }

  private decideAccepted(decided: Decided, { outcome, senderId, postedAt }: SettledOutcome): void {
    const { campaignId } = outcome.move;
    decided.accepted.set(campaignId, (decided.accepted.get(campaignId) ?? 0) + 1);
    this.guard.noteSuccess(campaignId);
    if (postedAt !== undefined) this.breaker.note(senderId, false, postedAt, performance.now());
  }

  private decideSetback(
    decided: Decided,
    { outcome, senderId, since, postedAt, ended }: SettledOutcome,
  ): void {
    const {
      move,
      stopCampaign,
      senderError,
      restSenderMs = 0,
      slowSender,
      trouble = false,
      notPosted,
    } = outcome;
    const { campaignId, seq, claimNo, errorCode: code } = move;
    if (move.to === RecipientStatus.QUEUED) decided.queued.add(campaignId);
    if (notPosted) return;
    const breakerMs =
      postedAt === undefined ? 0 : this.breaker.note(senderId, trouble, postedAt, performance.now());
    const restMs = Math.max(restSenderMs, breakerMs);
    if (restMs > 0) decided.rests.set(senderId, Math.max(decided.rests.get(senderId) ?? 0, restMs));
    if (slowSender || breakerMs > 0) decided.slower.add(senderId);
    if (code === stoppedMarketing && postedAt !== undefined) decided.optedOut.push(move);
    if (senderError) decided.senderErrors.set(senderId, { text: senderError, campaignId });
    if (ended || code === undefined) return;
    const tripped = this.guard.noteFailure({ campaignId, seq, claimNo, code, since });
    if (stopCampaign) addPause(decided, campaignId, stopCampaign, since, []);
    if (tripped) addPause(decided, campaignId, tripped.reason, since, tripped.blameless);
  }

  private async tellRedis({ rests, slower, queued, accepted }: Decided): Promise<void> {
    for (const [senderId, ms] of rests) await this.rateLimiter.rest(senderId, ms);
    for (const senderId of slower) await this.rateLimiter.slowDown(senderId);
    // the campaign's job may have ended because there was nobody else to claim
    for (const campaignId of queued) await this.queue.send(campaignId);
    await this.throughput.accepted(accepted);
  }

  private async pause(campaignId: string, { reason, since, blameless }: Pause): Promise<void> {
    let pausedAt: Date | undefined;
    await this.attempt(campaignId, 'a campaign was not paused; the next failure will', () =>
      transact(
        this.database,
        async (transaction) => {
          const deltas = await queueAgain(transaction, campaignId, blameless);
          const paused =
            reason === undefined ? [] : await pauseCampaign(transaction, campaignId, reason, since);
          pausedAt = paused[0] && new Date(paused[0].at);
          return [...deltas, ...paused];
        },
        pausePatienceMs,
      ),
    );
    if (reason === undefined) return;
    if (pausedAt) this.log.warn({ campaignId, reason }, 'a campaign was paused');
    this.guard.paused(campaignId, pausedAt);
  }

  private async recordOptOuts(moves: readonly Move[]): Promise<void> {
    const refused = moves.map(({ campaignId, seq }) => ({ campaignId, seq, at: new Date() }));
    await this.attempt(moves[0]?.campaignId ?? '', 'an opt-out was not recorded', async () => {
      await recordRefusals(this.database, refused);
      return [];
    });
  }

  /** Runs database work, and repeats it while another transaction holds its rows locked; gives up after a minute. */
  private async attempt(
    campaignId: string,
    otherwise: string,
    work: () => Promise<CampaignDelta[]>,
  ): Promise<void> {
    const deadline = performance.now() + pausePatienceMs;
    for (;;) {
      try {
        return void this.publish(await work());
      } catch (err) {
        if (!isBusy(err) || performance.now() > deadline)
          return this.log.warn({ err, campaignId }, otherwise);
        await delay(lockedRestMs);
      }
    }
  }
}

/** Of several reasons, that of the message prepared last counts: an earlier one may be from before a resume. */
function addPause(
  { pauses }: Decided,
  campaignId: string,
  reason: string | undefined,
  since: Date,
  blameless: readonly Failure[],
): void {
  const known = pauses.get(campaignId);
  if (!known) {
    pauses.set(campaignId, { reason, since, blameless: [...blameless] });
    return;
  }
  known.blameless.push(...blameless);
  if (reason !== undefined && (known.reason === undefined || known.since <= since)) {
    known.reason = reason;
    known.since = since;
  }
}

/**
 * Queues recipients again who failed with an error that turned out to be an error of the campaign, unless the campaign
 * has ended.
 * Recipients are locked before the campaign, as everywhere.
 */
async function queueAgain(
  transaction: EntityManager,
  campaignId: string,
  failures: readonly Failure[],
): Promise<CampaignDelta[]> {
  if (failures.length === 0) return [];
  await rows(
    transaction,
    `/* lockFailed */ SELECT FROM campaign_recipients WHERE campaign_id = $1 AND seq = ANY ($2::int[])
     ORDER BY campaign_id, seq FOR NO KEY UPDATE`,
    [campaignId, failures.map(({ seq }) => seq)],
  );
  const campaign = await campaignRepository(transaction).lockById(campaignId);
  const { ACTIVE, PAUSED } = CampaignStatus;
  if (!campaign || ![ACTIVE, PAUSED].includes(campaign.status)) return [];
  const { FAILED: from, QUEUED: to } = RecipientStatus;
  const moves = failures.map(({ seq, claimNo }) => ({
    ...{ campaignId, seq, claimNo, from, to },
    attempts: -1,
    dueInMs: 0,
  }));
  return (await settle(transaction, moves)).deltas;
}
