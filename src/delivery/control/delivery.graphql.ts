import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CampaignStatus } from '../../campaigns/campaign';
import { CampaignGraphql } from '../../campaigns/campaign.graphql';
import { DeliveryLimit } from './progress';

registerEnumType(DeliveryLimit, {
  name: 'DeliveryLimit',
  description: 'What keeps an active campaign from being faster.',
  valuesConfig: {
    PREPARING: { description: 'The list of recipients is being made.' },
    SENDER_SPEED: {
      description: "The sender's messagesPerSecond, which all its campaigns share.",
    },
    WHATSAPP: {
      description:
        'WhatsApp says that the sender sends too fast, asked it to wait, cannot be reached, or has not answered the last messages yet; this ends by itself.',
    },
    CANARY: { description: 'The campaign waits for the outcomes of the canary.' },
    WINDOW: {
      description:
        "The window of the schedule is closed, or the hour has not come yet in the recipients' time zones.",
    },
    RETRIES: { description: 'All remaining recipients wait for the time of their next attempt.' },
    WORKERS: { description: 'The workers: too few, too slow, or none running.' },
  },
});

@ObjectType({ description: 'How the sending of a campaign goes, at this moment.' })
export class CampaignDelivery {
  @Field(() => Float, {
    description:
      'Messages per second that WhatsApp accepted, over the last five seconds (while Redis is away: over the last one to two minutes).',
  })
  rate: number;
  @Field(() => Float, {
    description:
      'Messages per second that the sender may send now: its messagesPerSecond; half of it after WhatsApp said that it sends too fast or most of its latest requests got no answer or a 5xx, rising by 2 % of the setting per second. While WhatsApp makes the sender wait, it sends nothing at all.',
  })
  allowedRate: number;
  @Field(() => DeliveryLimit, {
    nullable: true,
    description: 'Null when nothing is to be sent, or when only Redis knows and it is away.',
  })
  limitedBy: DeliveryLimit | null;
  @Field(() => Int, {
    description:
      'Recipients being sent to at this moment: claimed by a worker, and without a stored result yet.',
  })
  inFlight: number;
  @Field(() => Date, {
    nullable: true,
    description: 'When everybody will have been sent to at the present speed; null if unknown.',
  })
  eta: Date | null;
}

@ObjectType({ description: 'The result of sending, or of sending again.' })
export class SendCampaignPayload {
  @Field(() => ID) campaignId: string;
  @Field(() => CampaignStatus) status: CampaignStatus;
  @Field(() => Int) totalRecipients: number;
  @Field(() => String, { description: 'The same in a sentence.' }) message: string;
  @Field(() => CampaignGraphql) campaign: CampaignGraphql;
}
