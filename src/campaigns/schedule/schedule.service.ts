import type { DataSource } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Viewer } from '../../accounts/viewer';
import type { AudienceService } from '../../audience/audience.service';
import { databaseNow } from '../../infra/database';
import { UserError } from '../../infra/errors';
import type { Log } from '../../infra/log';
import { CampaignStatus } from '../campaign';
import type { Campaign } from '../campaign.entity';
import type { CampaignService } from '../campaign.service';
import { changeCampaign } from '../change';
import type { PublishDeltas } from '../deltas';
import { audienceSize } from '../drafts/fixed-audience';
import type { Acknowledgement } from '../forecast/forecast.graphql';
import type { ForecastService } from '../forecast/forecast.service';
import { after, writeStatus } from '../lifecycle';
import { checkSchedule } from './check';
import { planFor } from './recipient-hours';
import type { ScheduleInput } from './schedule.graphql';
import { writeSchedule } from './store';

/** Sets and removes schedules. What starts campaigns when they are due is delivery/sweep/schedules.ts. */
export class ScheduleService {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly campaigns: CampaignService,
    private readonly audiences: AudienceService,
    private readonly forecasts: Pick<ForecastService, 'mustFitLimit'>,
    private readonly publish: PublishDeltas,
    private readonly log: Log,
  ) {}

  /**
   * Schedules a draft, or schedules a scheduled campaign anew.
   * @throws BAD_USER_INPUT naming the field; CONFLICT when it has started or ended, is incomplete, when its template cannot be sent, or
   *   when nobody is in the audience; and when WhatsApp's limit is not enough, unless that is acknowledged
   */
  async scheduleCampaign(
    viewer: Viewer,
    id: string,
    input: ScheduleInput,
    acknowledge?: Acknowledgement[] | null,
  ): Promise<Campaign> {
    const found = await this.campaigns.campaign(viewer, id);
    const { timezone } = await this.accounts.business(viewer, found.businessId);
    const now = await databaseNow(this.database);
    const checked = checkSchedule(input, timezone, now);
    mustBe('schedule', found);
    await this.campaigns.mustBeComplete(found);
    const problem = await this.campaigns.templateProblem(found);
    if (problem) throw new UserError('CONFLICT', problem);
    await this.forecasts.mustFitLimit(found, checked, acknowledge);
    const selection = await this.audiences.stored(found);
    const { schedule, due } = await planFor(this.database, checked, selection, now);
    await changeCampaign(this.database, this.publish, found.id, async (transaction, campaign) => {
      const status = mustBe('schedule', campaign);
      const audience = await audienceSize(transaction, this.audiences, campaign, selection);
      if (audience.total === 0)
        throw new UserError('CONFLICT', 'There is nobody to send to: the audience is empty');
      await writeSchedule(transaction, found.id, schedule, due);
      const by = { actor: viewer.subject, words: `Starts at ${schedule.startsAt ?? schedule.sendAt}` };
      return [await writeStatus(transaction, found.id, { status, statusReason: null, audience, by })];
    });
    const { sendAt, startsAt } = schedule;
    this.log.info({ campaignId: found.id, by: viewer.subject, sendAt, startsAt }, 'campaign scheduled');
    return this.campaigns.campaign(viewer, id);
  }

  /** A scheduled campaign is a draft again; of a draft nothing changes. @throws CONFLICT when it has started or ended */
  async unscheduleCampaign(viewer: Viewer, id: string): Promise<Campaign> {
    const found = await this.campaigns.campaign(viewer, id);
    await changeCampaign(this.database, this.publish, found.id, async (transaction, campaign) => {
      if (campaign.status === CampaignStatus.DRAFT) return [];
      const status = mustBe('unschedule', campaign);
      await writeSchedule(transaction, found.id, null, null);
      const by = { actor: viewer.subject };
      return [await writeStatus(transaction, found.id, { status, statusReason: null, by })];
    });
    this.log.info({ campaignId: found.id, by: viewer.subject }, 'campaign unscheduled');
    return this.campaigns.campaign(viewer, id);
  }
}

/** The status after the action. @throws CONFLICT when the campaign is in no state for it */
function mustBe(action: 'schedule' | 'unschedule', { status }: Campaign): CampaignStatus {
  const next = after(action, status);
  if (!next) throw new UserError('CONFLICT', `A campaign that is ${status} cannot be ${action}d`);
  return next;
}
