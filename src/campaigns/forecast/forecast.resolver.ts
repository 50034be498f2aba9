import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { Campaign } from '../campaign.entity';
import { CampaignGraphql } from '../campaign.graphql';
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
  forecast(@Root() campaign: Campaign): Promise<CampaignForecast | null> {
    return this.forecasts.forecast(campaign);
  }
}
