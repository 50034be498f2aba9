import { Arg, Authorized, Ctx, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { CampaignService } from '../campaigns/campaign.service';
import type { Context } from '../api/context';
import { statsOf } from './figures';
import { CampaignStats } from './stats.types';

@Resolver()
export class StatsResolver {
  constructor(private readonly campaigns: CampaignService) {}

  @Authorized(Role.VIEWER)
  @Query(() => CampaignStats, {
    name: 'campaignStats',
    description: 'The figures of a campaign as they are now.',
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
      'First the figures as they are, then the latest whenever they change, at most four times a second. Goes on after the end: statuses, clicks and orders still come.',
    subscribe: ({ args, context }) => {
      const request = context as Context;
      return request.watchStats(viewerOf(request), (args as { campaignId: string }).campaignId);
    },
  })
  campaignStats(
    @Root() stats: CampaignStats,
    @Arg('campaignId', () => ID) _campaignId: string,
  ): CampaignStats {
    return stats;
  }
}
