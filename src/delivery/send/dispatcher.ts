import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import { pauseCampaign } from '../../campaigns/lifecycle';
import { transact } from '../../infra/database';
import { failpoint } from '../../infra/failpoint';
import type { Log } from '../../infra/log';
import { timeStage } from '../../infra/metrics';
import type { Metrics } from '../../infra/metrics';
import type { PublishDeltas } from '../../campaigns/deltas';
import { CampaignBroken, loadSendable } from './sendable-campaign';
import type { Preparations, SendableCampaign } from './sendable-campaign';
import { abandonClaim, claimBatch } from './claim';
import type { Claim } from './claim';
import type { SendLoop } from './send-loop';
import type { JobResult } from '../queue';
import type { RateLimiter } from './rate-limiter';

export interface DispatchOptions {
  /** Recipients in a batch, at most. */
  batchSize: number;
  publicUrl: string;
}

/** A job that waits for retries, or for a sender that rests, runs again after this at the latest. */
const longestDelayMs = 5000;
/** For anybody who is due later than this no job waits: the sweep adds one when the time has come. */
const longestWaitMs = 60_000;
/** How long to try to abandon a claim whose commit was not confirmed. */
const abandonPatienceMs = 60_000;
/** Delay while this worker holds enough of the campaign: less than half of the time that is claimed ahead. */
const stockedMs = 200;
/** Delay while something else holds rows of the campaign locked, so that its answers cannot be settled. */
const lockedMs = 1000;

/** Claims the next batches of a campaign for {@link SendLoop}: state of the campaign → speed of the sender → claim. */
export class Dispatcher {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly preparations: Preparations,
    private readonly rateLimiter: RateLimiter,
    private readonly sendLoop: SendLoop,
    private readonly publish: PublishDeltas,
    private readonly metrics: Metrics,
    private readonly log: Log,
    private readonly options: DispatchOptions,
  ) {}

  async claimBatches(campaignId: string): Promise<JobResult> {
    await this.sendLoop.room();
    if (this.sendLoop.isLocked(campaignId)) return { kind: 'later', ms: lockedMs };
    if (this.sendLoop.isStocked(campaignId)) return { kind: 'later', ms: stockedMs };
    const campaign = await timeStage(this.metrics, 'load', () => this.load(campaignId));
    if (campaign?.dueInMs === undefined || campaign.dueInMs > longestWaitMs) return { kind: 'done' };
    if (campaign.dueInMs > 0) return { kind: 'later', ms: Math.min(campaign.dueInMs, longestDelayMs) };
    const { speedFactor, restMs } = await timeStage(this.metrics, 'speed', () =>
      this.rateLimiter.state(campaign.senderId),
    );
    if (restMs > 0) return { kind: 'later', ms: Math.min(restMs, longestDelayMs) };
    for (;;) {
      const wanted = this.sendLoop.claimSize(campaign, campaign.messagesPerSecond * speedFactor);
      if (wanted === 0) return { kind: 'later', ms: stockedMs };
      const claim = await timeStage(this.metrics, 'claim', () =>
        this.claim(campaignId, Math.min(wanted, this.options.batchSize)),
      );
      // another worker has claimed them, or a follow-up is stale
      if (claim.recipients.length === 0) return { kind: 'later', ms: stockedMs };
      this.sendLoop.enqueue(campaign, claim);
    }
  }

  private async claim(campaignId: string, limit: number): Promise<Claim> {
    const id = randomUUID();
    try {
      const claim = await claimBatch(this.database, id, campaignId, limit);
      failpoint('after_claim');
      return claim;
    } catch (error) {
      // the connection may have broken after the claim was committed
      transact(this.database, (transaction) => abandonClaim(transaction, id), abandonPatienceMs).catch(
        (err: unknown) => this.log.warn({ err }, 'a claim was left to its lease'),
      );
      throw error;
    }
  }

  /** A campaign that cannot be sent pauses with the reason, instead of failing job after job. */
  private async load(campaignId: string): Promise<SendableCampaign | undefined> {
    try {
      return await loadSendable(
        this.database,
        campaignId,
        this.accounts,
        this.preparations,
        this.options.publicUrl,
      );
    } catch (error) {
      if (!(error instanceof CampaignBroken)) throw error;
      const { message, readAt } = error;
      const deltas = await transact(this.database, (transaction) =>
        pauseCampaign(transaction, campaignId, message, readAt),
      );
      if (deltas.length > 0) this.log.warn({ campaignId, reason: message }, 'a campaign was paused');
      await this.publish(deltas);
      return undefined;
    }
  }
}
