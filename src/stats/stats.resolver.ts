import { Arg, Authorized, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { CampaignService } from '../campaigns/campaign.service';
import type { Context } from '../accounts/context';
import type { Campaign } from '../campaigns/campaign.entity';
import { CampaignGraphql } from '../campaigns/campaign.graphql';
import { statsOf } from '../campaigns/figures';
import type { Viewer } from '../accounts/viewer';
import { CampaignStats } from './stats.graphql';

/** The context of a request, with access to the live figures, which the `subscribe` of a subscription gets only here. */
export interface StatsContext extends Context {
  /** Opens the live figures of a campaign, after checking that the viewer may see it. */
  watchStats: (viewer: Viewer, campaignId: string) => Promise<AsyncIterableIterator<CampaignStats>>;
}

@Resolver(() => CampaignGraphql)
export class StatsResolver {
  constructor(private readonly campaigns: CampaignService) {}

  @Authorized(Role.VIEWER)
  @Query(() => CampaignStats, {
    name: 'campaignStats',
    description: 'The current figures of a campaign.',
  })
  async campaignStatsNow(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<CampaignStats> {
    return statsOf(await this.campaigns.campaign(viewerOf(context), campaignId));
  }

  @Authorized(Role.VIEWER)
  @Subscription(() => CampaignStats, {
    description:
      'The current figures first, then the latest whenever they change, at most four times a second. Continues after the end of the campaign, because statuses, clicks and orders still arrive.',
    subscribe: ({ args, context }) => {
      const request = context as StatsContext;
      return request.watchStats(viewerOf(request), (args as { campaignId: string }).campaignId);
    },
  })
  campaignStats(
    @Root() stats: CampaignStats,
    @Arg('campaignId', () => ID) _campaignId: string,
  ): CampaignStats {
    return stats;
  }

  @FieldResolver(() => CampaignStats, { description: 'The current figures.' })
  stats(@Root() campaign: Campaign): CampaignStats {
    return statsOf(campaign);
  }
}
