import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { pauseCampaign } from '../campaigns/halt';
import { transact } from '../infra/database';
import type { Log } from '../infra/log';
import { timeStage } from '../infra/metrics';
import type { Metrics } from '../infra/metrics';
import type { PublishDeltas, StatsDelta } from '../stats/delta';
import { linkToken } from '../tracking/link';
import type { WhatsAppClient } from '../whatsapp/client';
import { callbackData } from './callback-data';
import type { CampaignInFlight } from './campaign-in-flight';
import { releaseClaim } from './claim';
import type { Claim, ClaimedRecipient } from './claim';
import { completeIfDone } from './complete';
import type { DeliveryQueue } from './jobs';
import { consequenceOf, judgeBatch } from './outcome';
import type { Consequence, RetryPolicy } from './outcome';
import type { Grant, Pace } from './pace';
import { settle } from './settle';
import { RecipientStatus } from './status';

/** A claimed batch with the slots its messages leave in. */
export interface Batch {
  campaign: CampaignInFlight;
  claim: Claim;
  grant: Grant;
  /** When the grant was given, in this process's `performance.now()`. */
  grantedAt: number;
}

export interface FlightOptions extends RetryPolicy {
  /** People in the air at once; further batches wait for room. More would only queue behind the connections. */
  most: number;
}

/**
 * What WhatsApp answered is kept this long while PostgreSQL is away. The lease may end before: a late settle is fenced
 * by the claim number, and what it knows is better than UNCONFIRMED.
 */
const settlePatienceMs = 300_000;
/** A message that leaves later than this after its slot has missed it; see the share of the limit in pace.ts. */
const lateMs = 20;
/** A message this late does not leave at all: its claim might end before the answer comes, or has ended while we slept. */
const tooLateMs = 2_000;

/**
 * The batches of this worker that are in the air. A batch waits here for its slots and for WhatsApp's answers, so that
 * no job slot is slept away: claimed → posting, each message in its slot → settled → published. A batch whose
 * settling fails stays claimed; the sweep finds it when its lease is over.
 */
export class Flights {
  private readonly inTheAir = new Set<Promise<void>>();
  private people = 0;
  /** Milliseconds of the schedule that were missed since the last look, by WhatsApp number. */
  private readonly missed = new Map<string, number>();

  constructor(
    private readonly database: DataSource,
    private readonly whatsapp: WhatsAppClient,
    private readonly pace: Pace,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly metrics: Metrics,
    private readonly log: Log,
    private readonly options: FlightOptions,
  ) {}

  /** Resolves when one more batch may be launched. */
  async room(): Promise<void> {
    while (this.people >= this.options.most) await Promise.race(this.inTheAir);
  }

  launch(batch: Batch): void {
    this.people += batch.claim.recipients.length;
    const flight = this.fly(batch)
      .catch((err: unknown) =>
        this.log.error({ err }, 'a batch could not be settled; the sweep will find it'),
      )
      .finally(() => {
        this.people -= batch.claim.recipients.length;
        this.inTheAir.delete(flight);
      });
    this.inTheAir.add(flight);
  }

  /** Resolves when nothing is in the air any more. */
  async landed(): Promise<void> {
    await Promise.all(this.inTheAir);
  }

  private async fly({ campaign, claim, grant, grantedAt }: Batch): Promise<void> {
    const outcomes = await timeStage(this.metrics, 'post', () =>
      Promise.all(
        claim.recipients.map(async (recipient, i) => {
          const slot = grantedAt + grant.startMs + i * grant.intervalMs;
          const wait = slot - performance.now();
          if (wait > 1) await delay(wait);
          const late = performance.now() - slot;
          if (late > lateMs) this.miss(campaign.senderId, grant.intervalMs);
          return late > tooLateMs ? notPosted(campaign.id, recipient) : this.sendOne(campaign, recipient);
        }),
      ),
    );
    const consequences = judgeBatch(outcomes);
    const deltas = await timeStage(this.metrics, 'settle', () =>
      this.settleBatch(campaign.id, claim.id, consequences),
    );
    await timeStage(this.metrics, 'publish', () => this.publish(deltas));
    await this.remind(campaign, consequences).catch((err: unknown) => {
      this.log.warn({ err }, 'the queue is away; the sweep will go on');
    });
  }

  private async remind({ id, senderId }: CampaignInFlight, consequences: Consequence[]): Promise<void> {
    const holdMs = Math.max(0, ...consequences.map((one) => one.holdSenderMs ?? 0));
    if (holdMs > 0) await this.pace.hold(senderId, holdMs);
    // Its jobs may have left when there was nobody else to claim.
    if (consequences.some((one) => one.move.to === RecipientStatus.QUEUED)) await this.queue.send(id);
  }

  /** Those of one stall are given up together. */
  private miss(senderId: string, ms: number): void {
    if (this.missed.size === 0) setImmediate(() => this.giveUpMissed());
    this.missed.set(senderId, (this.missed.get(senderId) ?? 0) + ms);
  }

  private giveUpMissed(): void {
    for (const [senderId, ms] of this.missed) {
      this.pace
        .giveUp(senderId, ms)
        .catch((err: unknown) => this.log.debug({ err }, 'missed slots were not given up'));
    }
    this.missed.clear();
  }

  private async sendOne(campaign: CampaignInFlight, recipient: ClaimedRecipient): Promise<Consequence> {
    const { seq, claim_no: claimNo, attempts } = recipient;
    const place = { campaignId: campaign.id, seq, claimNo };
    if (recipient.opted_out) {
      return { move: { ...place, to: RecipientStatus.SKIPPED, errorMessage: 'Opted out after the start' } };
    }
    const rendered = campaign.render(recipient, {
      callbackData: callbackData(place),
      linkToken: campaign.links ? linkToken(campaign.links, seq) : '',
    });
    if ('blank' in rendered) {
      return {
        move: { ...place, to: RecipientStatus.FAILED, errorCode: 131008, errorMessage: rendered.blank },
      };
    }
    const outcome = await this.whatsapp.send(campaign.credentials, rendered.message);
    this.metrics.sends.inc({ outcome: outcome.kind });
    return consequenceOf({ ...place, attempts }, outcome, this.options, new Date());
  }

  private settleBatch(
    campaignId: string,
    claimId: string,
    consequences: Consequence[],
  ): Promise<StatsDelta[]> {
    const stop = consequences.find((one) => one.stopCampaign)?.stopCampaign;
    const moves = consequences.map((one) => one.move);
    return transact(
      this.database,
      async (transaction) => {
        const settled = await settle(transaction, moves);
        await releaseClaim(transaction, claimId);
        const paused = stop ? await pauseCampaign(transaction, campaignId, stop) : [];
        return [...settled, ...paused, ...(await completeIfDone(transaction, [campaignId]))];
      },
      settlePatienceMs,
    );
  }
}

function notPosted(campaignId: string, { seq, claim_no: claimNo }: ClaimedRecipient): Consequence {
  const from = RecipientStatus.SENDING;
  return { move: { campaignId, seq, claimNo, from, to: RecipientStatus.QUEUED, dueAt: new Date() } };
}
