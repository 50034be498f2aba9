import type { DataSource, EntityManager } from 'typeorm';
import { recordRefusals } from '../../audience/opt-outs/opt-outs';
import type { RefusedMessage } from '../../audience/opt-outs/opt-outs';
import { CampaignStatus } from '../../campaigns/campaign';
import { pauseCampaign } from '../../campaigns/lifecycle';
import { rows, transact } from '../../infra/database';
import { isUnavailable } from '../../infra/errors';
import type { Log } from '../../infra/log';
import type { Metrics } from '../../infra/metrics';
import type { PublishDeltas, CampaignDelta } from '../../campaigns/deltas';
import type { StatusEvent, WebhookEvents } from '../../whatsapp/webhook-events';
import { parseCallbackData } from '../send/callback-data';
import type { CallbackData } from '../send/callback-data';
import { completeIfDone } from '../../campaigns/lifecycle';
import { isTheRecipients, refusal } from '../send/outcome';
import type { RetryPolicy } from '../send/outcome';
import type { RateLimiter } from '../send/rate-limiter';
import { ErrorRateGuard } from '../send/error-rate-guard';
import { settle } from '../settle/settle';
import type { Move } from '../settle/settle';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { storePreferences } from './inbound';

/** One request that waits for its commit. */
interface Waiting {
  events: WebhookEvents;
  done: () => void;
  failed: (error: unknown) => void;
}

/** More statuses than this are left for the next transaction. */
const largestSet = 2000;

/**
 * Takes in webhooks. Two states: idle, or committing one set; requests that arrive while a set is being committed
 * wait and form the next one, so that many small requests share a transaction. A request is answered only after its
 * statuses are committed; a failure reaches every request of the set, and WhatsApp delivers them again.
 */
export class WebhookIntake {
  private waiting: Waiting[] = [];
  private committing = false;

  private readonly recent = new ErrorRateGuard(isTheRecipients);

  constructor(
    private readonly database: DataSource,
    private readonly rateLimiter: RateLimiter,
    private readonly publish: PublishDeltas,
    private readonly policy: RetryPolicy,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {}

  /** Resolves after the commit. @throws what the database threw; then nothing of it is stored */
  take(events: WebhookEvents): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ events, done, failed });
      if (!this.committing) void this.commitWaiting();
    });
  }

  private async commitWaiting(): Promise<void> {
    this.committing = true;
    try {
      while (this.waiting.length > 0) await this.commitSet(this.nextSet());
    } finally {
      this.committing = false;
    }
  }

  private nextSet(): Waiting[] {
    let size = 0;
    const end = this.waiting.findIndex(
      ({ events }, i) => (size += events.statuses.length + events.preferences.length) > largestSet && i > 0,
    );
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }

  private async commitSet(set: Waiting[]): Promise<void> {
    try {
      const statuses = set.flatMap(({ events }) => events.statuses);
      const deltas = await transact(this.database, (transaction) =>
        this.storeStatuses(transaction, statuses),
      );
      // Apart from the statuses: each locks a recipient and a campaign of its own.
      const preferences = set.flatMap(({ events }) => events.preferences);
      if (preferences.length > 0) deltas.push(...(await storePreferences(this.database, preferences)));
      set.forEach(({ done }) => done());
      // Not waited for: Redis must not slow the intake.
      void this.publish(deltas);
    } catch (error) {
      if (set.length > 1 && !isUnavailable(error)) {
        // One request that cannot be stored must not take the others down with it for ever.
        for (const one of set) await this.commitSet([one]);
        return;
      }
      if (!isUnavailable(error)) this.log.error({ err: error }, 'a webhook could not be stored');
      set.forEach(({ failed }) => failed(error));
    }
  }

  private async storeStatuses(transaction: EntityManager, statuses: StatusEvent[]): Promise<CampaignDelta[]> {
    const { reports, failures } = this.read(statuses);
    const failed = await this.decideFailures(transaction, failures);
    const { deltas, drained } = await settle(transaction, [...reports, ...failed.moves]);
    for (const { campaignId, reason, since } of failed.stops) {
      deltas.push(...(await pauseCampaign(transaction, campaignId, reason, since)));
    }
    deltas.push(...(await completeIfDone(transaction, drained)));
    return deltas;
  }

  private read(statuses: StatusEvent[]): {
    reports: Move[];
    failures: (CallbackData & { event: StatusEvent })[];
  } {
    const reports: Move[] = [];
    const failures: (CallbackData & { event: StatusEvent })[] = [];
    for (const event of statuses) {
      this.metrics.statuses.inc({ status: event.kind });
      const place = parseCallbackData(event.callbackData);
      if (!place) continue;
      if (event.kind === 'failed') failures.push({ ...place, event });
      else reports.push({ ...place, ...riseOf(event), wamid: event.wamid });
      if (event.kind === 'delivered') this.recent.note(place.campaignId, undefined);
    }
    return { reports, failures };
  }

  /** Then they go on at half their speed, for everybody. */
  private rest(rests: ReadonlyMap<string, number>): void {
    for (const [senderId, ms] of rests) {
      Promise.all([this.rateLimiter.hold(senderId, ms), this.rateLimiter.slowDown(senderId)]).catch(
        (err: unknown) => this.log.debug({ err }, 'a number was not slowed'),
      );
    }
  }

  /** What a `failed` status means depends on the tries used and on whether the campaign still goes on. */
  private async decideFailures(
    transaction: EntityManager,
    failures: (CallbackData & { event: StatusEvent })[],
  ): Promise<{ moves: Move[]; stops: Stop[] }> {
    const moves: Move[] = [];
    const stops = new Map<string, Stop>();
    /** Numbers that WhatsApp wants to rest, in ms. */
    const rests = new Map<string, number>();
    if (failures.length === 0) return { moves, stops: [] };
    const known = await rows<{
      campaign_id: string;
      seq: number;
      attempts: number;
      pair_tries: number;
      since: Date;
      status: CampaignStatus;
      sender_id: string;
    }>(
      transaction,
      `/* decideFailures */ SELECT r.campaign_id, r.seq, r.attempts, r.pair_tries, coalesce(r.sent_at, now()) AS since, c.status, c.sender_id
       FROM unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq)
       JOIN campaign_recipients r USING (campaign_id, seq) JOIN campaigns c ON c.id = r.campaign_id`,
      [failures.map((failure) => failure.campaignId), failures.map((failure) => failure.seq)],
    );
    const byPlace = new Map(known.map((row) => [`${row.campaign_id}:${row.seq}`, row]));
    const refused: RefusedMessage[] = [];
    for (const { event, ...place } of failures) {
      const row = byPlace.get(`${place.campaignId}:${place.seq}`);
      if (!row) continue;
      const error = event.error ?? { code: 131000 };
      const {
        move,
        stopCampaign,
        slowSender,
        holdSenderMs = 0,
      } = refusal({ ...place, attempts: row.attempts, pairTries: row.pair_tries }, error, this.policy);
      const goesOn = row.status === CampaignStatus.ACTIVE || row.status === CampaignStatus.PAUSED;
      const reason = stopCampaign ?? this.recent.note(place.campaignId, error.code);
      if (goesOn && reason)
        stops.set(place.campaignId, { campaignId: place.campaignId, reason, since: row.since });
      if (slowSender || holdSenderMs > 0)
        rests.set(row.sender_id, Math.max(rests.get(row.sender_id) ?? 0, holdSenderMs));
      moves.push({
        ...move,
        wamid: event.wamid,
        ...(goesOn ? {} : { to: RecipientStatus.FAILED, dueInMs: undefined }),
      });
      if (error.code === 131050) refused.push({ ...place, at: event.at });
    }
    if (refused.length > 0) await recordRefusals(transaction, refused);
    this.rest(rests);
    return { moves, stops: [...stops.values()].sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1)) };
  }
}

/** A campaign that cannot go on, and when the message was sent that says so: a later resume knows of it. */
interface Stop {
  campaignId: string;
  reason: string;
  since: Date;
}

function riseOf({ kind, at }: StatusEvent): Pick<Move, 'to' | 'sentAt' | 'deliveredAt' | 'readAt'> {
  if (kind === 'delivered') return { to: RecipientStatus.DELIVERED, deliveredAt: at };
  if (kind === 'read') return { to: RecipientStatus.READ, readAt: at };
  return { to: RecipientStatus.SENT, sentAt: at };
}
