import { Authorized, FieldResolver, Resolver, Root } from 'type-graphql';
import { Role } from '../accounts/viewer';
import type { Campaign } from '../campaigns/campaign.entity';
import { CampaignGraphql } from '../campaigns/campaign.graphql';
import type { ConsistencyService } from './consistency.service';
import { CampaignConsistency } from './consistency.graphql';

@Resolver(() => CampaignGraphql)
export class ConsistencyResolver {
  constructor(private readonly checks: ConsistencyService) {}

  @Authorized(Role.VIEWER)
  @FieldResolver(() => CampaignConsistency, {
    description:
      'Checks counters, sequence numbers and queue against every row, now. Takes seconds for a million recipients. Campaigns are checked one after the other: RATE_LIMITED when those before it take too long.',
  })
  async consistency(@Root() campaign: Campaign): Promise<CampaignConsistency> {
    const { checkedAt, checks } = await this.checks.check(campaign.id);
    return { ok: checks.every(({ holds }) => holds), checkedAt, checks };
  }
}
