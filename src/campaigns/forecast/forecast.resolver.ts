import { Arg, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Campaign } from '../campaign.entity';
import { CampaignGraphql } from '../campaign.graphql';
import { ScheduleInput } from '../schedule/schedule.graphql';
import { CampaignForecast } from './forecast.graphql';
import type { ForecastService } from './forecast.service';

@Resolver(() => CampaignGraphql)
export class ForecastResolver {
  constructor(private readonly forecasts: ForecastService) {}

  @FieldResolver(() => CampaignForecast, {
    nullable: true,
    description:
      'Of a draft or a scheduled campaign: for its audience as it is now; of one that has started: for who is still queued. Null once it has ended, and as long as the audience is not chosen.',
  })
  forecast(
    @Root() campaign: Campaign,
    @Arg('schedule', () => ScheduleInput, {
      nullable: true,
      description:
        'Of a draft or a scheduled campaign: as if it were scheduled so; null: as if it were started now. If it is left out: as it is.',
    })
    schedule?: ScheduleInput | null,
  ): Promise<CampaignForecast | null> {
    return this.forecasts.forecast(campaign, schedule);
  }
}
