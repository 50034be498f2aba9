import type { DataSource } from 'typeorm';
import type { AccountsService } from '../accounts/accounts.service';
import { pauseCampaign } from '../campaigns/halt';
import { transact } from '../infra/database';
import { timeStage } from '../infra/metrics';
import type { Metrics } from '../infra/metrics';
import type { PublishDeltas } from '../stats/delta';
import { CampaignBroken, loadInFlight } from './campaign-in-flight';
import type { CampaignInFlight } from './campaign-in-flight';
import { claimBatch, nextDue } from './claim';
import type { Flights } from './flights';
import type { Pace } from './pace';

export interface SendOptions {
  /** People in a batch, at most. */
  batchSize: number;
  publicUrl: string;
}

/** What the job does next: leave, come back at once, or come back after a while. */
export type Next = { kind: 'done' } | { kind: 'again' } | { kind: 'later'; ms: number };

/**
 * Slots are taken at most this far ahead: who is claimed is soon out, so a kill leaves few unconfirmed, a pause is
 * prompt, and campaigns on one number take turns.
 */
const horizonMs = 250;
/** A claim outlives its posts (slots ahead, the client's timeout) and the settling; past it the worker counts as dead. */
const leaseMs = 15_000;
/** A job looks again at least this often while it waits for retries. */
const longestWaitMs = 5000;

/** Puts the next batch of a campaign on its way: state → slots → claim. What is in the air is {@link Flights}' care. */
export class Sender {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly pace: Pace,
    private readonly flights: Flights,
    private readonly publish: PublishDeltas,
    private readonly metrics: Metrics,
    private readonly options: SendOptions,
  ) {}

  async sendBatch(campaignId: string): Promise<Next> {
    await this.flights.room();
    const campaign = await timeStage(this.metrics, 'load', () => this.load(campaignId));
    if (!campaign) return { kind: 'done' };
    // Looked at before slots are taken: an empty hand must not use up the number's speed.
    const due = await timeStage(this.metrics, 'load', () => nextDue(this.database, campaignId));
    if (due === undefined) return { kind: 'done' };
    if (due > 0) return { kind: 'later', ms: Math.min(due, longestWaitMs) };

    const { messagesPerSecond, senderId } = campaign;
    const grant = await timeStage(this.metrics, 'reserve', () =>
      this.pace.reserve(senderId, messagesPerSecond, this.options.batchSize, horizonMs),
    );
    if (grant.count === 0) return { kind: 'later', ms: Math.max(grant.startMs - horizonMs / 2, 10) };
    const grantedAt = performance.now();
    const claim = await timeStage(this.metrics, 'claim', () =>
      claimBatch(this.database, campaignId, grant.count, leaseMs),
    );
    // Launched before anything else is awaited: who is claimed must not depend on Redis any more.
    if (claim.recipients.length > 0) this.flights.launch({ campaign, claim, grant, grantedAt });
    await this.pace.giveBack(senderId, grant, grant.count - claim.recipients.length);
    return { kind: 'again' };
  }
  /** A campaign that cannot be sent pauses with the reason, instead of failing job after job. */
  private async load(campaignId: string): Promise<CampaignInFlight | undefined> {
    try {
      return await loadInFlight(this.database, campaignId, this.accounts, this.options.publicUrl);
    } catch (error) {
      if (!(error instanceof CampaignBroken)) throw error;
      const { message } = error;
      await this.publish(
        await transact(this.database, (transaction) => pauseCampaign(transaction, campaignId, message)),
      );
      return undefined;
    }
  }
}
