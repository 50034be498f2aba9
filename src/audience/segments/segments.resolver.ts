import DataLoader from 'dataloader';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AccountsService } from '../../accounts/accounts.service';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import type { Segment } from './segment.entity';
import { CreateSegmentInput, SegmentType, UpdateSegmentInput } from './segment.graphql';
import type { SegmentsService } from './segments.service';

@Resolver(() => SegmentType)
export class SegmentsResolver {
  /** One per request: the users of all its segments are read together. */
  private readonly usedByLoaders = new WeakMap<Context, DataLoader<Segment, string[]>>();

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

  @Authorized(Role.VIEWER)
  @Query(() => SegmentType, { description: 'A saved audience. NOT_FOUND for an unknown id.' })
  segment(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<SegmentType> {
    return this.saved.segment(viewerOf(context), id);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => SegmentType, { description: 'Saves an audience. CONFLICT if the name is taken.' })
  async createSegment(
    @Ctx() context: Context,
    @Arg('input', () => CreateSegmentInput) input: CreateSegmentInput,
  ): Promise<SegmentType> {
    const business = await this.accounts.business(viewerOf(context), input.businessId);
    return this.saved.createSegment(business, input);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => SegmentType, {
    description:
      'Changes a segment. Campaigns that have been sent keep their recipients; drafts and scheduled campaigns use the segment as it is when they start. A segment may not contain itself, also not through others. CONFLICT if the name is taken, or if a campaign or segment that uses it would have more than 1,000 conditions.',
  })
  updateSegment(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateSegmentInput) input: UpdateSegmentInput,
  ): Promise<SegmentType> {
    return this.saved.updateSegment(viewerOf(context), id, input);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => SegmentType, {
    description:
      'Deletes a segment. CONFLICT naming the user if a draft, scheduled, active or paused campaign or another segment uses it.',
  })
  deleteSegment(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<SegmentType> {
    return this.saved.deleteSegment(viewerOf(context), id);
  }

  @FieldResolver(() => Int, {
    description:
      'Contacts that it matches now, those without a valid phone or with the same phone included. Counted when asked for: about a second for each million contacts of the business.',
  })
  count(@Root() segment: Segment): Promise<number> {
    return this.saved.count(segment);
  }

  @FieldResolver(() => [String], {
    description:
      'Names of the draft, scheduled, active and paused campaigns and of the segments that use it.',
  })
  usedBy(@Root() segment: Segment, @Ctx() context: Context): Promise<string[]> {
    let loader = this.usedByLoaders.get(context);
    if (!loader) {
      loader = new DataLoader((segments: readonly Segment[]) => this.saved.usedBy(segments), {
        cache: false,
      });
      this.usedByLoaders.set(context, loader);
    }
    return loader.load(segment);
  }
}
