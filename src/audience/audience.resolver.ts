import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountsService } from '../accounts/accounts.service';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { Context } from '../accounts/context';
import { badInput } from '../infra/errors';
import { AudiencePreview, CreateSegmentInput, PreviewAudienceInput, SegmentType } from './audience.graphql';
import type { AudienceService } from './audience.service';

@Resolver()
export class AudienceResolver {
  constructor(
    private readonly audiences: AudienceService,
    private readonly accounts: AccountsService,
  ) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => AudiencePreview, {
    description: 'Counts an audience and shows some of its people. Changes nothing.',
  })
  async previewAudience(
    @Ctx() context: Context,
    @Arg('input', () => PreviewAudienceInput) input: PreviewAudienceInput,
  ): Promise<AudiencePreview> {
    const sampleSize = input.sampleSize ?? 5;
    if (sampleSize < 0 || sampleSize > 100)
      throw badInput('input.sampleSize', 'a whole number from 0 to 100');
    const business = await this.accounts.business(viewerOf(context), input.businessId);
    const audience = await this.audiences.choose(business, input, 'filter');
    const [count, sample] = await Promise.all([
      this.audiences.count(business.id, audience),
      this.audiences.sample(business.id, audience, sampleSize),
    ]);
    return { ...count, sample };
  }

  @Authorized(Role.VIEWER)
  @Query(() => [SegmentType], { description: 'The saved audiences of a business, by name.' })
  async segments(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
  ): Promise<SegmentType[]> {
    const business = await this.accounts.business(viewerOf(context), businessId);
    return this.audiences.segments(business.id);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => SegmentType, { description: 'Saves an audience. CONFLICT when the name is taken.' })
  async createSegment(
    @Ctx() context: Context,
    @Arg('input', () => CreateSegmentInput) input: CreateSegmentInput,
  ): Promise<SegmentType> {
    const business = await this.accounts.business(viewerOf(context), input.businessId);
    return this.audiences.createSegment(business, input.name, input.audienceType, input.filter);
  }
}
