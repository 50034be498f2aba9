import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { AccountsService } from '../accounts/accounts.service';
import { pauseCampaign } from '../campaigns/halt';
import { transact } from '../infra/database';
import type { Metrics } from '../infra/metrics';
import type { PublishDeltas, StatsDelta } from '../stats/delta';
import { linkToken } from '../tracking/link';
import type { SendOutcome, WhatsAppClient } from '../whatsapp/client';
import { callbackData } from './callback-data';
import { loadInFlight } from './campaign-in-flight';
import type { CampaignInFlight } from './campaign-in-flight';
import { claimBatch, nextDue, releaseClaim } from './claim';
import type { ClaimedRecipient } from './claim';
import { completeIfDone } from './complete';
import { consequenceOf } from './outcome';
import type { Consequence, RetryPolicy } from './outcome';
import type { Grant, Pace } from './pace';
import { settle } from './settle';
import { RecipientStatus } from './status';

export interface SendOptions extends RetryPolicy {
  batchSize: number;
  publicUrl: string;
}

/** What the job does next: leave, come back at once, or come back after a while. */
export type Next = { kind: 'done' } | { kind: 'again' } | { kind: 'later'; ms: number };

/** Slots are taken at most this far ahead, so that a pause is prompt and campaigns on one number take turns. */
const horizonMs = 1000;
/** A claim outlives its posts (slots ahead, the client's timeout) and the settling; past it the worker counts as dead. */
const leaseMs = 30_000;
/** What WhatsApp answered is kept this long while PostgreSQL is away; the claim's lease ends later. */
const settlePatienceMs = 10_000;

/** One batch of one campaign: state → slots → claim → render → post → settle. Holds no state between batches. */
export class Sender {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly whatsapp: WhatsAppClient,
    private readonly pace: Pace,
    private readonly publish: PublishDeltas,
    private readonly metrics: Metrics,
    private readonly options: SendOptions,
  ) {}

  async sendBatch(campaignId: string): Promise<Next> {
    const campaign = await this.timed('load', () =>
      loadInFlight(this.database, campaignId, this.accounts, this.options.publicUrl),
    );
    if (!campaign) return { kind: 'done' };
    // Looked at before slots are taken: an empty hand must not use up the number's speed.
    const due = await this.timed('load', () => nextDue(this.database, campaignId));
    if (!due) return { kind: 'done' };
    if (due.getTime() > Date.now()) return { kind: 'later', ms: Math.min(due.getTime() - Date.now(), 5000) };

    const { phoneNumberId } = campaign.credentials;
    const { messagesPerSecond } = campaign;
    const grant = await this.timed('reserve', () =>
      this.pace.reserve(phoneNumberId, messagesPerSecond, this.options.batchSize, horizonMs),
    );
    if (grant.count === 0) return { kind: 'later', ms: Math.max(grant.startMs - horizonMs / 2, 20) };

    const reservedAt = performance.now();
    const claim = await this.timed('claim', () =>
      claimBatch(this.database, campaignId, grant.count, leaseMs),
    );
    await this.pace.giveBack(phoneNumberId, grant, grant.count - claim.recipients.length);
    if (claim.recipients.length === 0) return { kind: 'again' };
    const consequences = await this.timed('post', () =>
      Promise.all(
        claim.recipients.map(async (recipient, i) => {
          await untilSlot(grant, i, reservedAt);
          return this.sendOne(campaign, recipient);
        }),
      ),
    );
    const deltas = await this.timed('settle', () => this.settleClaim(campaignId, claim.id, consequences));
    await this.timed('publish', () => this.publish(deltas));
    const holdMs = Math.max(0, ...consequences.map((one) => one.holdSenderMs ?? 0));
    if (holdMs > 0) await this.pace.hold(phoneNumberId, holdMs);
    return { kind: 'again' };
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
    const outcome: SendOutcome = await this.whatsapp.send(campaign.credentials, rendered.message);
    this.metrics.sends.inc({ outcome: outcome.kind });
    return consequenceOf({ ...place, attempts }, outcome, this.options, new Date());
  }

  private settleClaim(
    campaignId: string,
    claimId: string,
    consequences: Consequence[],
  ): Promise<StatsDelta[]> {
    const stop = consequences.find((one) => one.stopCampaign)?.stopCampaign;
    return transact(
      this.database,
      async (transaction) => {
        const settled = await settle(
          transaction,
          consequences.map((one) => one.move),
        );
        await releaseClaim(transaction, claimId);
        const paused = stop ? await pauseCampaign(transaction, campaignId, stop) : [];
        return [...settled, ...paused, ...(await completeIfDone(transaction, [campaignId]))];
      },
      settlePatienceMs,
    );
  }

  private async timed<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.metrics.stageSeconds.inc({ stage }, (performance.now() - start) / 1000);
    }
  }
}

async function untilSlot(grant: Grant, i: number, reservedAt: number): Promise<void> {
  const wait = reservedAt + grant.startMs + i * grant.intervalMs - performance.now();
  if (wait > 1) await delay(wait);
}
