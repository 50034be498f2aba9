import type { DataSource } from 'typeorm';
import type { AudienceService } from '../../audience/audience.service';
import type { Selection } from '../../audience/exclusions';
import { CampaignStatus } from '../../campaigns/campaign';
import type { Campaign } from '../../campaigns/campaign.entity';
import type { CampaignService } from '../../campaigns/campaign.service';
import { changeCampaign } from '../../campaigns/change';
import type { PublishDeltas } from '../../campaigns/deltas';
import { audienceSize } from '../../campaigns/drafts/fixed-audience';
import { after, writeStatus } from '../../campaigns/lifecycle';
import type { Change } from '../../campaigns/lifecycle';
import { writeSchedule } from '../../campaigns/schedule/store';
import { UserError } from '../../infra/errors';
import { within } from '../../infra/within';

/** There is nobody to send to. */
export class AudienceEmpty extends UserError {
  constructor(
    /** People who match, and are all excluded. */
    readonly excluded: number,
  ) {
    super('CONFLICT', 'There is nobody to send to: the audience is empty');
  }
}

const bySchedule = { actor: null, words: 'The time of its schedule had come' };

/** The start of a campaign, for sendCampaign and for schedules alike. The caller adds the job afterwards. */
export class CampaignStarter {
  constructor(
    private readonly database: DataSource,
    private readonly campaigns: Pick<CampaignService, 'mustBeComplete' | 'templateProblem'>,
    private readonly audiences: AudienceService,
    private readonly publish: PublishDeltas,
  ) {}

  /**
   * Starts a draft or a scheduled campaign at a person's request; a schedule is removed with its window and deadline.
   * @param actor who starts it, for the history
   * @returns whether this call started it
   * @throws CONFLICT for an incomplete draft, when the template cannot be sent as WhatsApp has it now, when nobody is in
   *   the audience, and when somebody changes the campaign at this moment
   */
  async start(found: Campaign, actor: string): Promise<boolean> {
    const problem = await this.campaigns.templateProblem(found);
    const next = (campaign: Campaign) => {
      const status = after('send', campaign.status);
      // what was checked before the transaction is not what would be sent
      if (status && campaign.version !== found.version)
        throw new UserError(
          'CONFLICT',
          'The campaign was changed at this moment: look at it, then send it again',
        );
      return status;
    };
    return this.activate(found, problem, next, null, { actor });
  }

  /**
   * Starts a campaign whose schedule is due, unless it was changed since it was read.
   * @param patienceMs how long WhatsApp is waited for; without its answer the campaign starts, and its first messages tell
   * @returns whether this call started it
   * @throws CONFLICT as {@link start}
   */
  async startScheduled(found: Campaign, patienceMs: number): Promise<boolean> {
    const problem = await within(patienceMs, this.campaigns.templateProblem(found));
    const next = (campaign: Campaign) =>
      isScheduledAsRead(campaign, found) ? CampaignStatus.ACTIVE : undefined;
    return this.activate(found, problem, next, found.schedule, bySchedule);
  }

  /** What the start needs is read before the transaction: asking for a second connection inside it could use up the pool. */
  private async activate(
    found: Campaign,
    problem: string | undefined,
    next: (campaign: Campaign) => CampaignStatus | undefined,
    schedule: Campaign['schedule'],
    by: NonNullable<Change['by']>,
  ): Promise<boolean> {
    await this.campaigns.mustBeComplete(found);
    if (problem) throw new UserError('CONFLICT', problem);
    const selection: Selection = await this.audiences.stored(found);
    return changeCampaign(this.database, this.publish, found.id, async (transaction, campaign) => {
      const status = next(campaign);
      if (!status) return [];
      const audience = await audienceSize(transaction, this.audiences, campaign, selection);
      if (audience.total === 0) throw new AudienceEmpty(audience.excluded);
      if (campaign.status === CampaignStatus.SCHEDULED)
        await writeSchedule(transaction, found.id, schedule, null);
      const change = { status, statusReason: null, audience, by };
      return [await writeStatus(transaction, found.id, change)];
    });
  }
}

/** Whether a campaign, read again with its row locked, is still scheduled and was changed by nobody since it was found. */
export function isScheduledAsRead(campaign: Campaign, found: Campaign): boolean {
  const unchanged = campaign.updatedAt.getTime() === found.updatedAt.getTime();
  return campaign.status === CampaignStatus.SCHEDULED && unchanged;
}
