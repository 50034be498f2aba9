import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import type { Campaign } from '../campaign.entity';
import { CampaignGraphql, CreateCampaignInput, UpdateCampaignInput } from '../campaign.graphql';
import type { CampaignService } from '../campaign.service';
import type { DraftAudience } from './draft-audience';
import { CampaignDrift, CustomRecipientType } from './draft.graphql';
import type { DraftService } from './draft.service';
import { needText } from './needs';

/** Creates, changes, copies and deletes drafts, and shows what a form needs to go on with one. */
@Resolver(() => CampaignGraphql)
export class DraftResolver {
  constructor(
    private readonly drafts: DraftService,
    private readonly people: DraftAudience,
    private readonly campaigns: CampaignService,
  ) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, { description: 'Creates a draft; nothing is sent. MARKETER.' })
  createCampaign(
    @Ctx() context: Context,
    @Arg('input', () => CreateCampaignInput) input: CreateCampaignInput,
  ): Promise<CampaignGraphql> {
    return this.drafts.createCampaign(viewerOf(context), input);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description:
      'Changes a draft or a scheduled campaign; in any other status it is a CONFLICT. The audience is counted again if it, or the category of the message, changes. MARKETER.',
  })
  updateCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('input', () => UpdateCampaignInput) input: UpdateCampaignInput,
  ): Promise<CampaignGraphql> {
    return this.drafts.updateCampaign(viewerOf(context), campaignId, input);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description:
      'Makes a draft with the content and the audience of a campaign of any status. The people are selected anew, a schedule and a fixed audience are not copied. If something that it needs is not there any more, the draft is incomplete and `missing` says what. MARKETER.',
  })
  cloneCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('campaignName', () => String, { description: '1 to 200 characters.' }) campaignName: string,
  ): Promise<CampaignGraphql> {
    return this.drafts.cloneCampaign(viewerOf(context), campaignId, campaignName);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description:
      'Deletes a draft and returns it as it was. CONFLICT in any other status, and if the filter of a segment or of an open campaign names it. MARKETER.',
  })
  deleteCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<CampaignGraphql> {
    return this.drafts.deleteCampaign(viewerOf(context), campaignId);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description:
      'Fixes the people of a draft or a scheduled campaign now instead of at the start: contacts that are added later get nothing, and who opts out meanwhile is SKIPPED. If they are fixed already, nothing changes. It takes six seconds or more for each million people. MARKETER.',
  })
  fixAudience(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<CampaignGraphql> {
    return this.drafts.fixAudience(viewerOf(context), campaignId);
  }

  @FieldResolver(() => [String], {
    description:
      'What a draft still needs before it can be sent or scheduled: each begins with the field of the input. Empty for a campaign that was not saved as incomplete.',
  })
  async missing(@Root() campaign: Campaign): Promise<string[]> {
    return (await this.campaigns.needs(campaign)).map(needText);
  }

  @FieldResolver(() => CampaignDrift, {
    nullable: true,
    description: 'Null for a campaign that has started, and as long as the audience is not chosen.',
  })
  drift(@Root() campaign: Campaign): Promise<CampaignDrift | null> {
    return this.people.drift(campaign);
  }

  @FieldResolver(() => [CustomRecipientType], {
    nullable: true,
    description: 'The people listed for CUSTOM; null for other audiences.',
  })
  customRecipients(@Root() campaign: Campaign): Promise<CustomRecipientType[] | null> {
    return this.people.customRecipients(campaign);
  }
}
