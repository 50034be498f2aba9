import type { DataSource, EntityManager } from 'typeorm';
import type { Viewer } from '../../accounts/viewer';
import type { AudienceService } from '../../audience/audience.service';
import { CampaignStatus, CanaryState } from '../../campaigns/campaign';
import type { Campaign } from '../../campaigns/campaign.entity';
import type { CampaignService } from '../../campaigns/campaign.service';
import type { CampaignDelta, PublishDeltas } from '../../campaigns/deltas';
import { after, lockCampaign, writeStatus } from '../../campaigns/lifecycle';
import type { CampaignAction, LockedCampaign } from '../../campaigns/lifecycle';
import { transact } from '../../infra/database';
import { notFound, UserError } from '../../infra/errors';
import { failpoint } from '../../infra/failpoint';
import { checkText } from '../../infra/input';
import type { Log } from '../../infra/log';
import type { DeliveryQueue } from '../queue';
import { settle } from '../settle/settle';
import { openFeed } from '../sweep/canary';
import { countUnconfirmed, pickUnconfirmed } from './resend-unconfirmed';
import { countFailed, pickFailed } from './retry-failed';
import type { SelectRecipients } from './retry-failed';

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

/** Starts, pauses, resumes and ends campaigns, and sends again to people on an operator's request. */
export class DeliveryControlService {
  constructor(
    private readonly database: DataSource,
    private readonly campaigns: CampaignService,
    private readonly audiences: AudienceService,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly log: Log,
  ) {}

  /**
   * Starts a draft; the audience is counted anew. Asked again, in whatever state, it answers the same sentence and
   * starts nothing. The row is the start: the job only reminds, and the sweep makes good one that could not be added.
   * @throws CONFLICT when there is nobody to send to
   */
  async sendCampaign(viewer: Viewer, id: string): Promise<Sent> {
    const found = await this.campaigns.campaign(viewer, id);
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
    const campaign = await this.campaigns.campaign(viewer, id);
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
    const found = await this.campaigns.campaign(viewer, id);
    const { leftOut } = await countFailed(this.database.manager, found.id);
    const again = await this.requeue(found.id, pickFailed);
    return {
      campaign: await this.campaigns.campaign(viewer, id),
      message: `${again} failed ${plural(again, 'message')} queued again; ${leftOut} left out, as another try now would fail alike.`,
    };
  }

  /**
   * Queues again those of whom WhatsApp never said whether it took their message, as far as the silence is over.
   * @throws CONFLICT unless it is active or completed
   */
  async resendUnconfirmed(viewer: Viewer, id: string): Promise<Sent> {
    const found = await this.campaigns.campaign(viewer, id);
    const { waiting } = await countUnconfirmed(this.database.manager, found.id);
    const again = await this.requeue(found.id, pickUnconfirmed);
    return {
      campaign: await this.campaigns.campaign(viewer, id),
      message: `${again} unconfirmed ${plural(again, 'message')} queued again${waiting > 0 ? `; ${waiting} left out, as WhatsApp may still tell what became of them` : ''}.`,
    };
  }

  /**
   * Puts people back into the queue, in turns along the campaign: everybody at once would hold it for too long, and
   * whoever fails again meanwhile is not taken twice. @returns how many
   */
  private async requeue(id: string, pick: SelectRecipients): Promise<number> {
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
    const found = await this.campaigns.campaign(viewer, id);
    await this.change(found.id, async (transaction, campaign) => {
      if (campaign.status === target) return [];
      const status = after(action, campaign.status);
      if (!status)
        throw new UserError('CONFLICT', `A campaign that is ${campaign.status} cannot be ${done[target]}`);
      await besides?.(transaction, campaign);
      return [await writeStatus(transaction, found.id, { status, statusReason: reason(campaign) })];
    });
    return this.campaigns.campaign(viewer, id);
  }

  /** A change under the campaign's lock; published after the commit. Returns whether anything changed. */
  private async change(
    id: string,
    work: (transaction: EntityManager, campaign: LockedCampaign) => Promise<CampaignDelta[]>,
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
}

/** @throws BAD_USER_INPUT for a reason too long to show */
function because(reason: string | null | undefined): string {
  return reason?.trim() ? `: ${checkText('reason', reason, 200)}` : '';
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
