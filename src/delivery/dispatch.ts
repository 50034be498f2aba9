import type { DataSource } from 'typeorm';
import type { AccountsService } from '../accounts/accounts.service';
import { pauseCampaign } from '../campaigns/halt';
import { transact } from '../infra/database';
import { failpoint } from '../infra/failpoint';
import { timeStage } from '../infra/metrics';
import type { Metrics } from '../infra/metrics';
import type { PublishDeltas } from '../stats/delta';
import { CampaignBroken, loadInFlight } from './campaign-in-flight';
import type { CampaignInFlight } from './campaign-in-flight';
import { claimBatch } from './claim';
import type { Flights } from './flights';
import type { Pace } from './pace';

export interface DispatchOptions {
  /** People in a batch, at most. */
  batchSize: number;
  publicUrl: string;
}

/** What the job does next: leave, come back at once, or come back after a while. */
export type Next = { kind: 'done' } | { kind: 'again' } | { kind: 'later'; ms: number };

/**
 * Slots are taken at most this far ahead: who is claimed is soon out, so a pause is prompt and campaigns on one number
 * take turns.
 */
const horizonMs = 250;
/** Of the horizon, what a claim should be worth: a batch costs the same for one person as for a hundred. */
const leastShare = 0.5;
/** A job looks again at least this often while it waits for retries. */
const longestWaitMs = 5000;
/** While too many answers to one number are awaited. */
const crowdedMs = 100;

/** Puts the next batch of a campaign on its way: state → slots → claim. What is in the air is {@link Flights}' care. */
export class Dispatcher {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly pace: Pace,
    private readonly flights: Flights,
    private readonly publish: PublishDeltas,
    private readonly metrics: Metrics,
    private readonly options: DispatchOptions,
  ) {}

  async sendBatch(campaignId: string): Promise<Next> {
    await this.flights.room();
    const campaign = await timeStage(this.metrics, 'load', () => this.load(campaignId));
    // Looked at before slots are taken: an empty hand must not use up the number's speed.
    if (campaign?.dueInMs === undefined) return { kind: 'done' };
    if (campaign.dueInMs > 0) return { kind: 'later', ms: Math.min(campaign.dueInMs, longestWaitMs) };
    const { messagesPerSecond, senderId } = campaign;
    if (this.flights.crowded(senderId)) return { kind: 'later', ms: crowdedMs };

    const want = this.options.batchSize;
    const grant = await timeStage(this.metrics, 'reserve', () =>
      this.pace.reserve({ senderId, messagesPerSecond, want, horizonMs, leastShare }),
    );
    if ('waitMs' in grant) return { kind: 'later', ms: Math.min(grant.waitMs, longestWaitMs) };
    const claim = await timeStage(this.metrics, 'claim', () =>
      claimBatch(this.database, campaignId, grant.count),
    );
    failpoint('after_claim');
    // Launched before anything else is awaited: who is claimed must not depend on Redis any more.
    if (claim.recipients.length > 0) this.flights.launch(campaign, claim, grant);
    await this.pace.giveBack(senderId, grant, grant.count - claim.recipients.length);
    return { kind: 'again' };
  }

  /** A campaign that cannot be sent pauses with the reason, instead of failing job after job. */
  private async load(campaignId: string): Promise<CampaignInFlight | undefined> {
    try {
      return await loadInFlight(this.database, campaignId, this.accounts, this.options.publicUrl);
    } catch (error) {
      if (!(error instanceof CampaignBroken)) throw error;
      const { message, readAt } = error;
      await this.publish(
        await transact(this.database, (transaction) =>
          pauseCampaign(transaction, campaignId, message, readAt),
        ),
      );
      return undefined;
    }
  }
}
