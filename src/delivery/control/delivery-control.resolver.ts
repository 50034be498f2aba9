import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import type { Campaign } from '../../campaigns/campaign.entity';
import { CampaignGraphql } from '../../campaigns/campaign.graphql';
import type { DeliveryControlService, Sent } from './delivery-control.service';
import { CampaignDelivery, SendCampaignPayload } from './delivery.graphql';
import type { Progress, ProgressReader } from './progress';

const reasonArgument = {
  nullable: true,
  description: 'Why, for statusReason; up to 200 characters.',
} as const;

/** What moves a campaign: start, pause, resume, cancel, send again; and how its sending goes. */
@Resolver(() => CampaignGraphql)
export class DeliveryControlResolver {
  constructor(
    private readonly control: DeliveryControlService,
    private readonly progress: ProgressReader,
  ) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => SendCampaignPayload, {
    description: 'Starts sending. Asked again, it sends nothing twice. MARKETER.',
  })
  async sendCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<SendCampaignPayload> {
    return payload(await this.control.sendCampaign(viewerOf(context), campaignId));
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
    return payload(await this.control.retryFailed(viewerOf(context), campaignId));
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
    return payload(await this.control.resendUnconfirmed(viewerOf(context), campaignId));
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, { description: 'Stops an active campaign for now. MARKETER.' })
  pauseCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('reason', () => String, reasonArgument) reason?: string | null,
  ): Promise<CampaignGraphql> {
    return this.control.pauseCampaign(viewerOf(context), campaignId, reason);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description: 'Goes on with a paused campaign, where it stopped. MARKETER.',
  })
  resumeCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<CampaignGraphql> {
    return this.control.resumeCampaign(viewerOf(context), campaignId);
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
    return this.control.cancelCampaign(viewerOf(context), campaignId, reason);
  }

  @FieldResolver(() => CampaignDelivery, {
    description:
      'How the sending goes at this moment: speed, what limits it, who is in the air, when it will be over.',
  })
  delivery(@Root() campaign: Campaign): Promise<Progress> {
    return this.progress.progress(campaign.id);
  }
}

function payload({ campaign, message }: Sent): SendCampaignPayload {
  const { id: campaignId, status, totalRecipients } = campaign;
  return { campaignId, status, totalRecipients, message, campaign };
}
