import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import type { Campaign } from '../campaign.entity';
import { CampaignGraphql } from '../campaign.graphql';
import { Acknowledgement } from '../forecast/forecast.graphql';
import { CampaignSchedule, ScheduleInput } from './schedule.graphql';
import type { ScheduleService } from './schedule.service';
import { wallClockOf } from './wall-clock';

@Resolver(() => CampaignGraphql)
export class ScheduleResolver {
  constructor(private readonly schedules: ScheduleService) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description:
      'Lets a draft start by itself; of a scheduled campaign it replaces the schedule. The template is checked and the audience counted now and again at the start. If the start is not possible then, the campaign is PAUSED with the reason; if nobody is left in the audience, FAILED; if the deadline has passed, CANCELLED. MARKETER.',
  })
  scheduleCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('input', () => ScheduleInput) input: ScheduleInput,
    @Arg('acknowledge', () => [Acknowledgement], {
      nullable: true,
      description: 'What may be as it is, as in sendCampaign. The start does not ask again.',
    })
    acknowledge?: Acknowledgement[] | null,
  ): Promise<CampaignGraphql> {
    return this.schedules.scheduleCampaign(viewerOf(context), campaignId, input, acknowledge);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description: 'Makes a scheduled campaign a draft again. MARKETER.',
  })
  unscheduleCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<CampaignGraphql> {
    return this.schedules.unscheduleCampaign(viewerOf(context), campaignId);
  }

  @FieldResolver(() => CampaignSchedule, {
    nullable: true,
    description:
      'When the campaign starts by itself, or was to start; null if it has no schedule. sendCampaign and unscheduleCampaign remove it.',
  })
  schedule(@Root() { schedule }: Campaign): CampaignSchedule | null {
    if (!schedule) return null;
    const { sendAt, startsAt, deadline, ...rest } = schedule;
    return {
      ...rest,
      sendAt: new Date(sendAt),
      startsAt: new Date(startsAt),
      deadline: deadline === null ? null : new Date(deadline),
      localTime: localTime(new Date(sendAt), schedule.zone),
    };
  }
}

function localTime(at: Date, zone: string): string {
  const { year, month, day, hour, minute } = wallClockOf(at, zone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
