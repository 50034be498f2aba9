import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountsService } from '../../accounts/accounts.service';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import { CreateSegmentInput, SegmentType } from './segment.graphql';
import type { SegmentsService } from './segments.service';

@Resolver()
export class SegmentsResolver {
  constructor(
    private readonly saved: SegmentsService,
    private readonly accounts: AccountsService,
  ) {}

  @Authorized(Role.VIEWER)
  @Query(() => [SegmentType], { description: 'The saved audiences of a business, by name.' })
  async segments(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
  ): Promise<SegmentType[]> {
    const business = await this.accounts.business(viewerOf(context), businessId);
    return this.saved.segments(business.id);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => SegmentType, { description: 'Saves an audience. CONFLICT if the name is taken.' })
  async createSegment(
    @Ctx() context: Context,
    @Arg('input', () => CreateSegmentInput) input: CreateSegmentInput,
  ): Promise<SegmentType> {
    const business = await this.accounts.business(viewerOf(context), input.businessId);
    return this.saved.createSegment(business, input.name, input.audienceType, input.filter);
  }
}
