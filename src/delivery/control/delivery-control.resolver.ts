import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import { DecimalScalar } from '../../infra/scalars';
import type { Campaign } from '../../campaigns/campaign.entity';
import { CampaignGraphql } from '../../campaigns/campaign.graphql';
import { Acknowledgement } from '../../campaigns/forecast/forecast.graphql';
import type { ControlResult, DeliveryControlService } from './delivery-control.service';
import { CampaignDelivery, SendCampaignPayload } from './delivery.graphql';
import type { DeliveryContext, Progress } from './progress';

const reasonArgument = {
  nullable: true,
  description: 'Why, for statusReason; up to 200 characters.',
} as const;

/** The mutations that move a campaign (start, pause, resume, cancel, send again), and the progress of its sending. */
@Resolver(() => CampaignGraphql)
export class DeliveryControlResolver {
  constructor(private readonly control: DeliveryControlService) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => SendCampaignPayload, {
    description:
      'Starts sending; a scheduled campaign at once, without its schedule, window and deadline. Asked again it sends nothing twice, and the message says how the campaign is now; of a cancelled or failed campaign it is a CONFLICT, and so is one with more recipients than WhatsApp lets the number write to, unless that is acknowledged. MARKETER.',
  })
  async sendCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('acknowledge', () => [Acknowledgement], {
      nullable: true,
      description: 'What may be as it is: see forecast.messagingLimit.',
    })
    acknowledge?: Acknowledgement[] | null,
  ): Promise<SendCampaignPayload> {
    return payload(await this.control.sendCampaign(viewerOf(context), campaignId, acknowledge));
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => SendCampaignPayload, {
    description:
      'Sends again to recipients whose message failed for a reason worth another attempt; the message says how many, and how many are left out. Answers at once: workers put the recipients back into the queue. Needs an active or completed campaign, which is ACTIVE afterwards if there is anybody. MARKETER.',
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
      'Sends again the messages of which WhatsApp has not reported within DELIVERY_UNCONFIRMED_AFTER_SECONDS whether it accepted them: some recipients may get the message twice. The message says how many. Answers at once, like retryFailed. MARKETER.',
  })
  async resendUnconfirmed(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
  ): Promise<SendCampaignPayload> {
    return payload(await this.control.resendUnconfirmed(viewerOf(context), campaignId));
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description:
      'Stops an active campaign for now. A scheduled one has nothing to stop: unscheduleCampaign makes it a draft. MARKETER.',
  })
  pauseCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('reason', () => String, reasonArgument) reason?: string | null,
  ): Promise<CampaignGraphql> {
    return this.control.pauseCampaign(viewerOf(context), campaignId, reason);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description:
      'Continues a paused campaign where it stopped. One that maxCost stopped continues with what failed messages left of it, or with a new maxCost. MARKETER.',
  })
  resumeCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('maxCost', () => DecimalScalar, {
      nullable: true,
      description:
        'A new maxCost; null: no limit any more. If it is left out, it stays, and so it does in an active campaign.',
    })
    maxCost?: string | null,
  ): Promise<CampaignGraphql> {
    return this.control.resumeCampaign(viewerOf(context), campaignId, maxCost);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => CampaignGraphql, {
    description:
      'Ends a campaign for good, a draft or a scheduled one too; statusReason says how many messages were already sent. MARKETER.',
  })
  cancelCampaign(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('reason', () => String, reasonArgument) reason?: string | null,
  ): Promise<CampaignGraphql> {
    return this.control.cancelCampaign(viewerOf(context), campaignId, reason);
  }

  @FieldResolver(() => Int, {
    description:
      'How many failed messages retryFailed would send again now. Reads the recipients of the campaign: ask for it where it is needed, not in lists.',
  })
  retryable(@Root() campaign: Campaign): Promise<number> {
    return this.control.retryable(campaign);
  }

  @FieldResolver(() => CampaignDelivery, {
    description:
      'How the sending goes at this moment: its speed, what limits it, how many messages are being sent, and when it will be over. While Redis is away it tells what PostgreSQL knows.',
  })
  delivery(@Root() campaign: Campaign, @Ctx() context: DeliveryContext): Promise<Progress> {
    return context.progress.load(campaign.id);
  }
}

function payload({ campaign, message }: ControlResult): SendCampaignPayload {
  const { id: campaignId, status, totalRecipients } = campaign;
  return { campaignId, status, totalRecipients, message, campaign };
}
