import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import { SegmentType } from '../../audience/segments/segment.graphql';
import type { Campaign } from '../campaign.entity';
import { CampaignGraphql } from '../campaign.graphql';
import { CreateCampaignFromRecipientsInput, CreateSegmentFromRecipientsInput } from './follow-up.graphql';
import type { FollowUpService } from './follow-up.service';

/** What follows a campaign: segments and drafts of its recipients. */
@Resolver(() => CampaignGraphql)
export class FollowUpResolver {
  constructor(private readonly followUps: FollowUpService) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => SegmentType, {
    description:
      'Saves the contacts of some recipients of a campaign as a segment whose people do not change. People who were listed in the campaign are found by their number; who is no contact is left out. MARKETER.',
  })
  createSegmentFromRecipients(
    @Ctx() context: Context,
    @Arg('input', () => CreateSegmentFromRecipientsInput) input: CreateSegmentFromRecipientsInput,
  ): Promise<SegmentType> {
    return this.followUps.createSegmentFromRecipients(viewerOf(context), input);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description:
      'Makes a draft to some recipients of a campaign. They are selected again at its start: who was reached meanwhile is then not among those who were not. Of a campaign to listed people the list is made now. MARKETER.',
  })
  createCampaignFromRecipients(
    @Ctx() context: Context,
    @Arg('input', () => CreateCampaignFromRecipientsInput) input: CreateCampaignFromRecipientsInput,
  ): Promise<CampaignGraphql> {
    return this.followUps.createCampaignFromRecipients(viewerOf(context), input);
  }

  @Authorized(Role.VIEWER)
  @FieldResolver(() => [CampaignGraphql], {
    description: 'The campaigns that were made from recipients of this one, newest first; at most 100.',
  })
  children(@Root() campaign: Campaign): Promise<CampaignGraphql[]> {
    return this.followUps.children(campaign);
  }
}
