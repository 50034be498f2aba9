import { Arg, Authorized, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import type { AccountsService } from '../accounts/accounts.service';
import { viewerOf } from '../accounts/authorization';
import type { Context } from '../accounts/context';
import { Role } from '../accounts/viewer';
import type { Campaign } from '../campaigns/campaign.entity';
import { CampaignGraphql } from '../campaigns/campaign.graphql';
import { CampaignFailure, FunnelPoint, TimelinePoint } from './behind.graphql';
import { readFailures } from './failures';
import { funnelOf } from './funnel';
import { readTimeline, TimelineBucket } from './timeline';

/** What is behind the figures of a campaign: when, why not, and how far. */
@Resolver(() => CampaignGraphql)
export class BehindTheFiguresResolver {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Pick<AccountsService, 'business'>,
  ) {}

  @Authorized(Role.VIEWER)
  @FieldResolver(() => [TimelinePoint], {
    description:
      'How the figures came about, oldest first. Buckets in which nothing happened are left out; those with `from` and `to` in them are whole. BAD_USER_INPUT for more than 10,000 buckets.',
  })
  async timeline(
    @Root() campaign: Campaign,
    @Ctx() context: Context,
    @Arg('bucket', () => TimelineBucket, { nullable: true, defaultValue: TimelineBucket.HOUR })
    bucket: TimelineBucket | null,
    @Arg('from', () => Date, { nullable: true }) from?: Date | null,
    @Arg('to', () => Date, { nullable: true }) to?: Date | null,
  ): Promise<TimelinePoint[]> {
    const { timezone } = await this.accounts.business(viewerOf(context), campaign.businessId);
    const range = { bucket: bucket ?? TimelineBucket.HOUR, from, to };
    return readTimeline(this.database, campaign.id, range, timezone);
  }

  @Authorized(Role.VIEWER)
  @FieldResolver(() => [CampaignFailure], {
    description: 'The failures by error code, most frequent first; their counts add up to failedCount.',
  })
  failures(@Root() campaign: Campaign): Promise<CampaignFailure[]> {
    return readFailures(this.database, campaign.id);
  }

  @Authorized(Role.VIEWER)
  @FieldResolver(() => [FunnelPoint], { description: 'How far people came, from the audience to the order.' })
  funnel(@Root() campaign: Campaign): FunnelPoint[] {
    return funnelOf(campaign);
  }
}
