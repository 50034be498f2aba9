import type { DataSource, EntityManager } from 'typeorm';
import type { Viewer } from '../../accounts/viewer';
import { CampaignStatus, CanaryState } from '../../campaigns/campaign';
import type { Campaign } from '../../campaigns/campaign.entity';
import { campaignRepository } from '../../campaigns/campaign.repository';
import type { CampaignService } from '../../campaigns/campaign.service';
import { changeCampaign } from '../../campaigns/change';
import type { PublishDeltas } from '../../campaigns/deltas';
import type { Acknowledgement } from '../../campaigns/forecast/forecast.graphql';
import type { ForecastService } from '../../campaigns/forecast/forecast.service';
import { checkMaxCost } from '../../campaigns/forecast/max-cost';
import type { RateCard } from '../../campaigns/forecast/rate-card';
import { after, writeStatus } from '../../campaigns/lifecycle';
import type { CampaignAction } from '../../campaigns/lifecycle';
import { databaseNow, transact } from '../../infra/database';
import { UserError } from '../../infra/errors';
import { failpoint } from '../../infra/failpoint';
import { checkText } from '../../infra/input';
import type { Log } from '../../infra/log';
import { handOutByHour } from '../hand-out';
import { handOverFixed } from '../materialise';
import type { DeliveryQueue } from '../queue';
import { openFeed } from '../sweep/canary';
import { countRequeue, recordRequeue } from './requeue';
import type { RequeueCount } from './requeue';
import type { RequeueKind } from './requeue-rules';
import { limitFeed, mustAffordAgain, writeMaxCost } from '../spending';
import type { CampaignStarter } from './start';

/** A campaign after an action, and the result of the action in a sentence. */
export interface ControlResult {
  campaign: Campaign;
  message: string;
}

/**
 * Starts, pauses, resumes and cancels campaigns, and sends again at a person's request. Each action is one transaction
 * that locks the campaign's row. A job is added after the commit; if it is lost, the sweep adds it.
 */
export class DeliveryControlService {
  constructor(
    private readonly database: DataSource,
    private readonly campaigns: CampaignService,
    private readonly starter: CampaignStarter,
    private readonly forecasts: Pick<ForecastService, 'mustFitLimit'>,
    private readonly card: RateCard,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly log: Log,
  ) {}

  /**
   * Starts a draft, or a scheduled campaign at once; the audience is counted again. A repeated call starts nothing and
   * returns the state of the campaign.
   * @throws CONFLICT for an incomplete draft, when there is nobody to send to, and for a cancelled or failed campaign;
   *   and when WhatsApp's limit is not enough, unless that is acknowledged
   */
  async sendCampaign(
    viewer: Viewer,
    id: string,
    acknowledge?: Acknowledgement[] | null,
  ): Promise<ControlResult> {
    const found = await this.campaigns.campaign(viewer, id);
    // checked before the lock, so that a repeated call does not wait
    const canStart = after('send', found.status) !== undefined;
    if (canStart) await this.forecasts.mustFitLimit(found, null, acknowledge);
    const started = canStart && (await this.starter.start(found));
    if (started) {
      this.log.info({ campaignId: found.id, by: viewer.subject }, 'campaign started');
      await this.remind(() => this.queue.materialise(found.id));
    }
    const campaign = await this.campaigns.campaign(viewer, id);
    return { campaign, message: started ? queuedForDelivery(campaign) : sendingState(campaign) };
  }

  /** Stops an active campaign for now. @throws CONFLICT in any other status */
  async pauseCampaign(viewer: Viewer, id: string, reason?: string | null): Promise<Campaign> {
    const why = because(reason);
    return this.act(viewer, id, 'pause', CampaignStatus.PAUSED, () => `Paused by ${viewer.subject}${why}`);
  }

  /**
   * Continues a paused campaign where it stopped. One that its canary stopped continues with all recipients.
   * @param maxCost a new limit, null for none; undefined: as it is
   * @throws CONFLICT unless it is paused or active
   */
  async resumeCampaign(viewer: Viewer, id: string, maxCost?: string | null): Promise<Campaign> {
    const limit = maxCost === undefined ? undefined : checkMaxCost('maxCost', maxCost);
    // reads the template again: its problem may be fixed at WhatsApp; if not, the worker pauses the campaign again
    await this.campaigns.templateProblem(await this.campaigns.campaign(viewer, id));
    const campaign = await this.act(
      viewer,
      id,
      'resume',
      CampaignStatus.ACTIVE,
      () => null,
      async (transaction, { canaryState }) => {
        if (limit !== undefined) await writeMaxCost(transaction, id, limit);
        await limitFeed(transaction, id, this.card);
        await handOutByHour(transaction, id);
        if (canaryState === CanaryState.STOPPED) await openFeed(transaction, id, CanaryState.OVERRULED);
      },
    );
    await this.remind(() =>
      campaign.materialisedAt ? this.queue.send(campaign.id) : this.queue.materialise(campaign.id),
    );
    return campaign;
  }

  /** Ends a campaign for good: the sweep skips queued recipients; messages being sent cannot be called back. */
  async cancelCampaign(viewer: Viewer, id: string, reason?: string | null): Promise<Campaign> {
    const why = because(reason);
    const inWords = (campaign: Campaign) => {
      const out = campaign.sentCount + campaign.unconfirmedCount;
      return `Cancelled by ${viewer.subject}; ${out} of ${campaign.totalRecipients} were already out${why}`;
    };
    return this.act(viewer, id, 'cancel', CampaignStatus.CANCELLED, inWords, handOverFixed);
  }

  /** Queues failed messages again, if the error is worth it. @throws CONFLICT unless it is active or completed */
  async retryFailed(viewer: Viewer, id: string): Promise<ControlResult> {
    const { campaign, wanted, leftOut } = await this.requeue(viewer, id, 'FAILED');
    return {
      campaign,
      message: `${wanted} failed ${plural(wanted, 'message')} queued again; ${leftOut} left out, because another attempt now would fail the same way.`,
    };
  }

  /** How many messages {@link retryFailed} would queue again now. */
  async retryable({ id, status, failedCount }: Campaign): Promise<number> {
    if (failedCount === 0 || !after('retry', status)) return 0;
    return (await countRequeue(this.database.manager, id, 'FAILED')).wanted;
  }

  /**
   * Queues unconfirmed messages again of which WhatsApp has reported nothing within DELIVERY_UNCONFIRMED_AFTER_SECONDS.
   * @throws CONFLICT unless it is active or completed
   */
  async resendUnconfirmed(viewer: Viewer, id: string): Promise<ControlResult> {
    const { campaign, wanted, leftOut } = await this.requeue(viewer, id, 'UNCONFIRMED');
    const waiting =
      leftOut > 0 ? `; ${leftOut} left out, because WhatsApp may still report what became of them` : '';
    return {
      campaign,
      message: `${wanted} unconfirmed ${plural(wanted, 'message')} queued again${waiting}.`,
    };
  }

  /** Counts and records the request in one transaction; the job does the work. */
  private async requeue(
    viewer: Viewer,
    id: string,
    kind: RequeueKind,
  ): Promise<RequeueCount & { campaign: Campaign }> {
    const found = await this.campaigns.campaign(viewer, id);
    const { deltas, ...count } = await transact(this.database, async (transaction) => {
      const counted = await countRequeue(transaction, found.id, kind);
      // before the campaign's row, as the job locks them
      if (counted.wanted > 0) await recordRequeue(transaction, found.id, kind, viewer.subject);
      const campaign = await campaignRepository(transaction).lockById(found.id);
      const status = campaign?.materialisedAt ? after('retry', campaign.status) : undefined;
      if (!campaign || !status) throw cannotSendAgain(campaign?.status);
      if (campaign.deadlineAt && campaign.deadlineAt <= (await databaseNow(transaction)))
        throw new UserError(
          'CONFLICT',
          'The deadline of the campaign has passed: nobody is sent to any more',
        );
      if (kind === 'FAILED' && counted.wanted > 0) await mustAffordAgain(transaction, campaign, this.card);
      const reopened = counted.wanted > 0 && campaign.status !== status;
      const change = { status, statusReason: null };
      return { ...counted, deltas: reopened ? [await writeStatus(transaction, found.id, change)] : [] };
    });
    await this.publish(deltas);
    if (count.wanted > 0) {
      this.log.info(
        { campaignId: found.id, by: viewer.subject, kind, ...count },
        'sending again was requested',
      );
      await this.remind(() => this.queue.requeue(found.id));
    }
    return { ...count, campaign: await this.campaigns.campaign(viewer, id) };
  }

  /** One step of the state table. If the campaign already has the target status, nothing changes. */
  private async act(
    viewer: Viewer,
    id: string,
    action: CampaignAction,
    target: CampaignStatus,
    reason: (campaign: Campaign) => string | null,
    besides?: (transaction: EntityManager, campaign: Campaign) => Promise<void>,
  ): Promise<Campaign> {
    const found = await this.campaigns.campaign(viewer, id);
    const { database, publish } = this;
    const changed = await changeCampaign(database, publish, found.id, async (transaction, campaign) => {
      if (campaign.status === target) return [];
      const status = after(action, campaign.status);
      if (!status) throw cannot(campaign.status, target);
      await besides?.(transaction, campaign);
      return [await writeStatus(transaction, found.id, { status, statusReason: reason(campaign) })];
    });
    if (changed)
      this.log.info({ campaignId: found.id, by: viewer.subject }, `campaign ${actionDone[target]}`);
    return this.campaigns.campaign(viewer, id);
  }

  /** The change is committed: without the job the sweep starts the work within seconds. */
  private async remind(enqueue: () => Promise<void>): Promise<void> {
    failpoint('before_enqueue');
    await enqueue().catch((error: unknown) =>
      this.log.warn({ err: error }, 'the job could not be queued; the sweep will start the work'),
    );
  }
}

/** The past participle of each action, for messages, by the status that it leads to. */
const actionDone: Partial<Record<CampaignStatus, string>> = {
  [CampaignStatus.PAUSED]: 'paused',
  [CampaignStatus.ACTIVE]: 'resumed',
  [CampaignStatus.CANCELLED]: 'cancelled',
};

function cannot(status: CampaignStatus, target: CampaignStatus): UserError {
  const hint = status === CampaignStatus.SCHEDULED ? ': unscheduleCampaign makes it a draft' : '';
  return new UserError('CONFLICT', `A campaign that is ${status} cannot be ${actionDone[target]}${hint}`);
}

/** For a campaign that is being sent. */
function queuedForDelivery({ totalRecipients }: Campaign): string {
  return `Campaign queued for delivery. ${totalRecipients} messages will be sent.`;
}

/** What `sendCampaign` says of a campaign that it did not start. @throws CONFLICT for one that cannot be sent any more */
function sendingState(campaign: Campaign): string {
  const { status, statusReason, sentCount, totalRecipients } = campaign;
  switch (status) {
    case CampaignStatus.CANCELLED:
    case CampaignStatus.FAILED: {
      const why = statusReason ? `: ${statusReason}` : '';
      throw new UserError('CONFLICT', `The campaign is ${status.toLowerCase()} and cannot be sent${why}`);
    }
    case CampaignStatus.PAUSED:
      return `Campaign is paused: ${statusReason ?? 'no reason was given'}`;
    case CampaignStatus.COMPLETED:
      return `Campaign is completed: ${sentCount} of ${totalRecipients} messages were sent`;
    case CampaignStatus.DRAFT:
    case CampaignStatus.SCHEDULED:
    case CampaignStatus.ACTIVE:
      return queuedForDelivery(campaign);
  }
}

function cannotSendAgain(status: CampaignStatus | undefined): UserError {
  const paused = status === CampaignStatus.PAUSED ? ': resume it first' : '';
  return new UserError(
    'CONFLICT',
    `Only an active or completed campaign can send again; this one is ${status ?? 'gone'}${paused}`,
  );
}

/** @throws BAD_USER_INPUT for a reason too long to show */
function because(reason: string | null | undefined): string {
  return reason?.trim() ? `: ${checkText('reason', reason, 200)}` : '';
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
