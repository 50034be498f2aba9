import { In } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { AccountsService } from '../accounts/accounts.service';
import type { Viewer } from '../accounts/viewer';
import { checkText, isUuid } from '../accounts/viewer';
import type { AudienceService } from '../audience/audience.service';
import { AudienceType } from '../audience/audience';
import type { CatalogService } from '../catalog/catalog.service';
import { openFeed } from '../delivery/canary';
import type { DeliveryQueue } from '../delivery/jobs';
import { countUnconfirmed, pickUnconfirmed } from '../delivery/resend-unconfirmed';
import { countFailed, pickFailed } from '../delivery/retry-failed';
import type { Pick } from '../delivery/retry-failed';
import { settle } from '../delivery/settle';
import { transact } from '../infra/database';
import { badInput, notFound, UserError } from '../infra/errors';
import { failpoint } from '../infra/failpoint';
import type { Log } from '../infra/log';
import type { PublishDeltas, StatsDelta } from '../stats/delta';
import { newLinkKey } from '../tracking/link';
import { Campaign } from './campaign.entity';
import type { CreateCampaignInput } from './campaign.graphql';
import { CampaignStatus, CanaryState, UnconfirmedPolicy } from './campaign.types';
import { checkCanary } from './canary';
import { checkContent } from './content';
import { after } from './state';
import type { CampaignAction } from './state';
import { lockCampaign, writeStatus } from './transition';
import type { LockedCampaign } from './transition';

/** What an action does, for messages. */
const done: Partial<Record<CampaignStatus, string>> = {
  [CampaignStatus.PAUSED]: 'paused',
  [CampaignStatus.ACTIVE]: 'resumed',
  [CampaignStatus.CANCELLED]: 'cancelled',
};

/** A campaign after an action, and what the action came to in a sentence. */
export interface Sent {
  campaign: Campaign;
  message: string;
}

/** Campaigns, from draft to end. What moves their figures lives in delivery/ and tracking/. */
export class CampaignService {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly audiences: AudienceService,
    private readonly catalog: CatalogService,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly log: Log,
    private readonly options: { publicUrl: string },
  ) {}

  /** @throws NOT_FOUND for a campaign that is not there or of a business that the viewer does not see */
  async campaign(viewer: Viewer, id: string): Promise<Campaign> {
    const campaign = isUuid(id) ? await this.campaignRows.findOneBy({ id }) : null;
    if (!campaign || !viewer.sees(campaign.businessId)) throw notFound('Campaign');
    return campaign;
  }

  /** A page of a business's campaigns, newest first; `page` counts from 1. */
  async campaigns(
    viewer: Viewer,
    businessId: string,
    page: number,
    limit: number,
    status: CampaignStatus[] | null | undefined,
  ): Promise<{ campaigns: Campaign[]; total: number }> {
    if (page < 1 || page > 100_000) throw badInput('page', 'a whole number from 1 to 100000');
    if (limit < 1 || limit > 100) throw badInput('limit', 'a whole number from 1 to 100');
    if (status?.length === 0) throw badInput('status', 'at least one status (leave it out for all)');
    const business = await this.accounts.business(viewer, businessId);
    const [campaigns, total] = await this.campaignRows.findAndCount({
      where: { businessId: business.id, ...(status ? { status: In(status) } : {}) },
      order: { createdAt: 'DESC', id: 'ASC' },
      skip: (page - 1) * limit,
      take: limit,
    });
    return { campaigns, total };
  }

  /** Checks everything that can be known beforehand, counts the audience, and keeps the campaign as a draft. */
  async createCampaign(viewer: Viewer, input: CreateCampaignInput): Promise<Campaign> {
    const business = await this.accounts.business(viewer, input.businessId);
    const campaignName = checkText('input.campaignName', input.campaignName, 200);
    const sender = await this.accounts.senderFor(business.id, input.senderId);
    const product = input.productId ? await this.catalog.product(business.id, input.productId) : undefined;
    const audience = await this.audiences.choose(
      business,
      { ...input, filter: input.audienceFilter },
      'audienceFilter',
    );
    const template = await this.catalog.chooseTemplate(sender, input);
    const content = checkContent(input, template, product, this.options.publicUrl);
    const canary = input.canary ? checkCanary(input.canary) : null;
    const { count, matched } = await this.audiences.count(business.id, audience);
    return this.campaignRows.save(
      this.campaignRows.create({
        ...content,
        ...newLinkKey(),
        businessId: business.id,
        campaignName,
        campaignType: input.campaignType,
        channel: input.channel,
        status: CampaignStatus.DRAFT,
        senderId: sender.id,
        templateId: template?.id ?? null,
        whatsappTemplateName: template?.name ?? null,
        whatsappTemplateLanguage: template?.language ?? null,
        productId: product?.id ?? null,
        audienceType: input.audienceType,
        audienceFilter:
          'kinds' in audience && input.audienceType !== AudienceType.SEGMENT ? audience.filter : {},
        segmentId: input.segmentId ?? null,
        customRecipients: 'people' in audience ? [...audience.people] : null,
        onUnconfirmed: input.onUnconfirmed ?? UnconfirmedPolicy.HOLD,
        canary,
        totalRecipients: count,
        queuedCount: count,
        excludedCount: matched - count,
      }),
    );
  }

  /**
   * Starts a draft; the audience is counted anew. Asked again, in whatever state, it answers the same sentence and
   * starts nothing. The row is the start: the job only reminds, and the sweep makes good one that could not be added.
   * @throws CONFLICT when there is nobody to send to
   */
  async sendCampaign(viewer: Viewer, id: string): Promise<Sent> {
    const found = await this.campaign(viewer, id);
    // before the transaction: a second connection asked for under the lock could starve the pool
    const stored = after('send', found.status) && (await this.audiences.stored(found));
    // Looked at before the lock: asked again, the answer must not wait for who works on the campaign.
    const fresh = after('send', found.status) !== undefined;
    const started =
      fresh &&
      (await this.change(found.id, async (transaction, campaign) => {
        const status = after('send', campaign.status);
        if (!status || !stored) return [];
        const { count, matched } = await this.audiences.count(found.businessId, stored, transaction);
        if (count === 0) throw new UserError('CONFLICT', 'There is nobody to send to: the audience is empty');
        const audience = { total: count, excluded: matched - count };
        return [await writeStatus(transaction, id, { status, statusReason: null, audience })];
      }));
    if (started) await this.remind(() => this.queue.materialise(found.id));
    const campaign = await this.campaign(viewer, id);
    return {
      campaign,
      message: `Campaign queued for delivery. ${campaign.totalRecipients} messages will be sent.`,
    };
  }

  /** Stops an active campaign for now. @throws CONFLICT in any other state */
  async pauseCampaign(viewer: Viewer, id: string, reason?: string | null): Promise<Campaign> {
    const why = because(reason);
    return this.act(viewer, id, 'pause', CampaignStatus.PAUSED, () => `Paused by ${viewer.subject}${why}`);
  }

  /** Goes on where it stopped; a first slice that stopped it is overruled. @throws CONFLICT unless it is paused or active */
  async resumeCampaign(viewer: Viewer, id: string): Promise<Campaign> {
    const campaign = await this.act(
      viewer,
      id,
      'resume',
      CampaignStatus.ACTIVE,
      () => null,
      async (transaction, { canary_state: canary }) => {
        if (canary === CanaryState.STOPPED) await openFeed(transaction, id, CanaryState.OVERRULED);
      },
    );
    await this.remind(() =>
      campaign.materialisedAt ? this.queue.send(campaign.id) : this.queue.materialise(campaign.id),
    );
    return campaign;
  }

  /** The people still queued become skipped with the next sweeps; messages in the air cannot be called back. */
  async cancelCampaign(viewer: Viewer, id: string, reason?: string | null): Promise<Campaign> {
    const why = because(reason);
    return this.act(viewer, id, 'cancel', CampaignStatus.CANCELLED, (campaign) => {
      const out = campaign.sent_count + campaign.unconfirmed_count;
      return `Cancelled by ${viewer.subject}; ${out} of ${campaign.total_recipients} were already out${why}`;
    });
  }

  /** Queues again what failed for reasons worth another try. @throws CONFLICT unless it is active or completed */
  async retryFailed(viewer: Viewer, id: string): Promise<Sent> {
    const found = await this.campaign(viewer, id);
    const { leftOut } = await countFailed(this.database.manager, found.id);
    const again = await this.requeue(found.id, pickFailed);
    return {
      campaign: await this.campaign(viewer, id),
      message: `${again} failed ${plural(again, 'message')} queued again; ${leftOut} left out, as another try now would fail alike.`,
    };
  }

  /**
   * Queues again those of whom WhatsApp never said whether it took their message, as far as the silence is over.
   * @throws CONFLICT unless it is active or completed
   */
  async resendUnconfirmed(viewer: Viewer, id: string): Promise<Sent> {
    const found = await this.campaign(viewer, id);
    const { waiting } = await countUnconfirmed(this.database.manager, found.id);
    const again = await this.requeue(found.id, pickUnconfirmed);
    return {
      campaign: await this.campaign(viewer, id),
      message: `${again} unconfirmed ${plural(again, 'message')} queued again${waiting > 0 ? `; ${waiting} left out, as WhatsApp may still tell what became of them` : ''}.`,
    };
  }

  /**
   * Puts people back into the queue, in turns along the campaign: everybody at once would hold it for too long, and
   * whoever fails again meanwhile is not taken twice. @returns how many
   */
  private async requeue(id: string, pick: Pick): Promise<number> {
    let last = 0;
    let all = 0;
    for (;;) {
      const { picked, deltas } = await transact(this.database, async (transaction) => {
        // recipients before the campaign, as everywhere
        const people = await pick(transaction, id, last);
        const campaign = await lockCampaign(transaction, id);
        const status = campaign?.materialised_at ? after('retry', campaign.status) : undefined;
        if (!campaign || !status) {
          throw new UserError(
            'CONFLICT',
            `Only an active or completed campaign can send again; this one is ${campaign?.status ?? 'gone'}${campaign?.status === CampaignStatus.PAUSED ? ': resume it first' : ''}`,
          );
        }
        const { deltas: moved } = await settle(transaction, people);
        if (people.length > 0 && campaign.status !== status)
          moved.push(await writeStatus(transaction, id, { status, statusReason: null }));
        return { picked: people, deltas: moved };
      });
      await this.publish(deltas);
      all += picked.length;
      last = picked.at(-1)?.seq ?? last;
      if (picked.length === 0) break;
    }
    if (all > 0) await this.remind(() => this.queue.send(id));
    return all;
  }

  /** One step of the state table. Asked for where the campaign already is, it changes nothing. */
  private async act(
    viewer: Viewer,
    id: string,
    action: CampaignAction,
    target: CampaignStatus,
    reason: (campaign: LockedCampaign) => string | null,
    besides?: (transaction: EntityManager, campaign: LockedCampaign) => Promise<void>,
  ): Promise<Campaign> {
    const found = await this.campaign(viewer, id);
    await this.change(found.id, async (transaction, campaign) => {
      if (campaign.status === target) return [];
      const status = after(action, campaign.status);
      if (!status)
        throw new UserError('CONFLICT', `A campaign that is ${campaign.status} cannot be ${done[target]}`);
      await besides?.(transaction, campaign);
      return [await writeStatus(transaction, found.id, { status, statusReason: reason(campaign) })];
    });
    return this.campaign(viewer, id);
  }

  /** A change under the campaign's lock; published after the commit. Returns whether anything changed. */
  private async change(
    id: string,
    work: (transaction: EntityManager, campaign: LockedCampaign) => Promise<StatsDelta[]>,
  ): Promise<boolean> {
    const deltas = await transact(this.database, async (transaction) => {
      const campaign = await lockCampaign(transaction, id);
      if (!campaign) throw notFound('Campaign');
      return work(transaction, campaign);
    });
    await this.publish(deltas);
    return deltas.length > 0;
  }

  private async remind(enqueue: () => Promise<void>): Promise<void> {
    failpoint('before_enqueue');
    await enqueue().catch((error: unknown) =>
      this.log.warn({ err: error }, 'the queue is away; the sweep will start the work'),
    );
  }

  private get campaignRows() {
    return this.database.getRepository(Campaign);
  }
}

/** @throws BAD_USER_INPUT for a reason too long to show */
function because(reason: string | null | undefined): string {
  return reason?.trim() ? `: ${checkText('reason', reason, 200)}` : '';
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
