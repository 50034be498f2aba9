import { Arg, Authorized, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import { readerOf, viewerOf, Widget } from '../accounts/authorization';
import type { Access } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { CampaignService } from '../campaigns/campaign.service';
import type { Context } from '../accounts/context';
import type { Campaign } from '../campaigns/campaign.entity';
import { CampaignGraphql } from '../campaigns/campaign.graphql';
import { statsOf } from '../campaigns/figures';
import type { Viewer } from '../accounts/viewer';
import type { WidgetReader } from '../accounts/widget-token';
import { liftOf } from './lift';
import { CampaignLift } from './lift.graphql';
import { CampaignStats } from './stats.graphql';

/** The context of a request, with access to the live figures, which the `subscribe` of a subscription gets only here. */
export interface StatsContext extends Context {
  /** Opens the live figures of a campaign, after checking that the reader may see it. */
  watchStats: (
    reader: Viewer | WidgetReader,
    campaignId: string,
  ) => Promise<AsyncIterableIterator<CampaignStats>>;
  /** The same for all campaigns of a business. */
  watchBusinessStats: (viewer: Viewer, businessId: string) => Promise<AsyncIterableIterator<CampaignStats>>;
}

@Resolver(() => CampaignGraphql)
export class StatsResolver {
  constructor(private readonly campaigns: CampaignService) {}

  @Authorized<Access>([Role.VIEWER, Widget])
  @Query(() => CampaignStats, {
    name: 'campaignStats',
    description: 'The current figures of a campaign.',
  })
  async campaignStatsNow(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<CampaignStats> {
    return statsOf(await this.campaigns.campaignToRead(readerOf(context), campaignId));
  }

  @Authorized<Access>([Role.VIEWER, Widget])
  @Subscription(() => CampaignStats, {
    description:
      'The current figures first, then the latest whenever they change, at most four times a second. Continues after the end of the campaign, because statuses, clicks and orders still arrive.',
    subscribe: ({ args, context }) => {
      const request = context as StatsContext;
      return request.watchStats(readerOf(request), (args as { campaignId: string }).campaignId);
    },
  })
  campaignStats(
    @Root() stats: CampaignStats,
    @Arg('campaignId', () => ID) _campaignId: string,
  ): CampaignStats {
    return stats;
  }

  @Authorized(Role.VIEWER)
  @Subscription(() => CampaignStats, {
    description:
      'The latest figures of whichever campaign of the business changed, at most four times a second each. First one event for each campaign that is active or changed within 24 hours.',
    subscribe: ({ args, context }) => {
      const request = context as StatsContext;
      return request.watchBusinessStats(viewerOf(request), (args as { businessId: string }).businessId);
    },
  })
  businessStats(
    @Root() stats: CampaignStats,
    @Arg('businessId', () => ID) _businessId: string,
  ): CampaignStats {
    return stats;
  }

  @FieldResolver(() => CampaignLift, {
    nullable: true,
    description:
      'What the campaign earned beyond what people would have ordered without it. Null without a holdout, and before the start.',
  })
  lift(@Root() campaign: Campaign): CampaignLift | null {
    const { startedAt, holdoutSize, holdoutConverted, sentCount, convertedCount } = campaign;
    if (!startedAt || holdoutSize === 0) return null;
    return liftOf(
      { people: sentCount, converted: convertedCount },
      { people: holdoutSize, converted: holdoutConverted },
    );
  }

  @FieldResolver(() => CampaignStats, { description: 'The current figures.' })
  stats(@Root() campaign: Campaign): CampaignStats {
    return statsOf(campaign);
  }
}
