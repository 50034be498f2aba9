import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { Context } from '../api/context';
import { statsOf } from '../stats/figures';
import type { Progress, ProgressReader } from '../delivery/progress';
import { CampaignStats } from '../stats/stats.types';
import { CanaryGraphql } from './canary.graphql';
import { CampaignDelivery } from './delivery.graphql';
import type { Campaign } from './campaign.entity';
import { CampaignGraphql, CampaignPage, CreateCampaignInput, SendCampaignPayload } from './campaign.graphql';
import type { CampaignService, Sent } from './campaign.service';
import { CampaignStatus } from './campaign.types';

const reasonArgument = {
  nullable: true,
  description: 'Why, for statusReason; up to 200 characters.',
} as const;

@Resolver(() => CampaignGraphql)
export class CampaignResolver {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly progress: ProgressReader,
  ) {}

  @Authorized(Role.VIEWER)
  @Query(() => CampaignGraphql, { description: 'One campaign.' })
  campaign(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<CampaignGraphql> {
    return this.campaigns.campaign(viewerOf(context), id);
  }

  @Authorized(Role.VIEWER)
  @Query(() => CampaignPage, { name: 'campaigns', description: 'The campaigns of a business, newest first.' })
  async campaignPage(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Arg('page', () => Int, { nullable: true, defaultValue: 1, description: 'From 1.' })
    givenPage: number | null,
    @Arg('limit', () => Int, { nullable: true, defaultValue: 20, description: '1 to 100.' })
    givenLimit: number | null,
    @Arg('status', () => [CampaignStatus], { nullable: true, description: 'Any of these.' })
    status?: CampaignStatus[] | null,
  ): Promise<CampaignPage> {
    const page = givenPage ?? 1;
    const limit = givenLimit ?? 20;
    return {
      ...(await this.campaigns.campaigns(viewerOf(context), businessId, page, limit, status)),
      page,
      limit,
    };
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, { description: 'Creates a draft; nothing is sent. MARKETER.' })
  createCampaign(
    @Ctx() context: Context,
    @Arg('input', () => CreateCampaignInput) input: CreateCampaignInput,
  ): Promise<CampaignGraphql> {
    return this.campaigns.createCampaign(viewerOf(context), input);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => SendCampaignPayload, {
    description: 'Starts sending. Asked again, it sends nothing twice. MARKETER.',
  })
  async sendCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<SendCampaignPayload> {
    return payload(await this.campaigns.sendCampaign(viewerOf(context), campaignId));
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => SendCampaignPayload, {
    description:
      'Sends again to those who failed for reasons worth another try; the message says how many. MARKETER.',
  })
  async retryFailed(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<SendCampaignPayload> {
    return payload(await this.campaigns.retryFailed(viewerOf(context), campaignId));
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => SendCampaignPayload, {
    description:
      'Sends again to those of whom WhatsApp never said whether it took their message, once the silence of DELIVERY_UNCONFIRMED_AFTER_SECONDS is over: somebody may get it twice. The message says how many. MARKETER.',
  })
  async resendUnconfirmed(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<SendCampaignPayload> {
    return payload(await this.campaigns.resendUnconfirmed(viewerOf(context), campaignId));
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, { description: 'Stops an active campaign for now. MARKETER.' })
  pauseCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('reason', () => String, reasonArgument) reason?: string | null,
  ): Promise<CampaignGraphql> {
    return this.campaigns.pauseCampaign(viewerOf(context), campaignId, reason);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description: 'Goes on with a paused campaign, where it stopped. MARKETER.',
  })
  resumeCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<CampaignGraphql> {
    return this.campaigns.resumeCampaign(viewerOf(context), campaignId);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description: 'Ends a campaign for good; statusReason says how many were already out. MARKETER.',
  })
  cancelCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('reason', () => String, reasonArgument) reason?: string | null,
  ): Promise<CampaignGraphql> {
    return this.campaigns.cancelCampaign(viewerOf(context), campaignId, reason);
  }

  @FieldResolver(() => CampaignDelivery, {
    description:
      'How the sending goes at this moment: speed, what limits it, who is in the air, when it will be over.',
  })
  delivery(@Root() campaign: Campaign): Promise<Progress> {
    return this.progress.progress(campaign.id);
  }

  @FieldResolver(() => CanaryGraphql, { nullable: true, description: 'The first slice, if there is one.' })
  canary(@Root() { canary, canarySize, canaryState }: Campaign): CanaryGraphql | null {
    return canary && { ...canary, size: canarySize, state: canaryState };
  }

  @FieldResolver(() => CampaignStats, { description: 'The figures as they are now.' })
  stats(@Root() campaign: Campaign): CampaignStats {
    return statsOf(campaign);
  }

  @FieldResolver(() => [String], { description: 'What to know before sending, in words.' })
  notices(@Root() campaign: Campaign): string[] {
    if (campaign.templateId) return [];
    return [
      'A message without a template reaches only people who wrote to this number in the last 24 hours; for everybody else WhatsApp reports error 131047.',
    ];
  }
}

function payload({ campaign, message }: Sent): SendCampaignPayload {
  const { id: campaignId, status, totalRecipients } = campaign;
  return { campaignId, status, totalRecipients, message, campaign };
}
