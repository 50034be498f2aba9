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
      description: "The number's messagesPerSecond, which all campaigns on the number share.",
    },
    WHATSAPP: {
      description:
        'WhatsApp throttles the number, asked it to wait, cannot be reached, or has not answered the last messages yet; this ends by itself.',
    },
    CANARY: { description: 'The campaign waits for the outcomes of the canary.' },
    RETRIES: { description: 'Everybody who is left waits for the time of the next attempt.' },
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
      "Messages per second that the number may send now: its messagesPerSecond, or less while it recovers from WhatsApp's throttling.",
  })
  allowedRate: number;
  @Field(() => DeliveryLimit, {
    nullable: true,
    description: 'Null when nothing is to be sent, or while Redis is away and nothing else tells.',
  })
  limitedBy: DeliveryLimit | null;
  @Field(() => Int, {
    description: 'Recipients being sent to at this moment: claimed by a worker, and not settled yet.',
  })
  inFlight: number;
  @Field(() => Date, {
    nullable: true,
    description: 'When everybody will have been sent to at the present speed; null when it cannot be told.',
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
