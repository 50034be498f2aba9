import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CampaignStatus } from '../../campaigns/campaign';
import { CampaignGraphql } from '../../campaigns/campaign.graphql';
import { DeliveryLimit } from './progress';

registerEnumType(DeliveryLimit, {
  name: 'DeliveryLimit',
  description: 'What keeps an active campaign from being faster.',
  valuesConfig: {
    PREPARING: { description: 'The audience is being fixed.' },
    SENDER_SPEED: {
      description: "The number's messagesPerSecond, which all campaigns on the number share.",
    },
    WHATSAPP: {
      description:
        'WhatsApp called the number too fast, asked it to wait, cannot be reached, or has yet to answer the last messages; it recovers by itself.',
    },
    CANARY: { description: 'The outcomes of the first slice are awaited.' },
    RETRIES: { description: 'Only people who wait for their next try are left.' },
    WORKERS: { description: 'The workers: too few, too slow, or none running.' },
  },
});

@ObjectType({ description: 'How the sending of a campaign goes, at this moment.' })
export class CampaignDelivery {
  @Field(() => Float, {
    description: 'Messages per second that WhatsApp accepted, over the last five seconds.',
  })
  rate: number;
  @Field(() => Float, {
    description:
      "Messages per second that the number may send now: its messagesPerSecond, or less while it recovers from WhatsApp's throttling.",
  })
  allowedRate: number;
  @Field(() => DeliveryLimit, { nullable: true, description: 'Null when nothing is to be sent.' })
  limitedBy: DeliveryLimit | null;
  @Field(() => Int, { description: 'People being sent to at this moment: claimed, and not yet settled.' })
  inFlight: number;
  @Field(() => Date, {
    nullable: true,
    description: 'When everybody will have been sent to at the present speed; null when that cannot be told.',
  })
  eta: Date | null;
}

@ObjectType({ description: 'What sending, or sending again, comes to.' })
export class SendCampaignPayload {
  @Field(() => ID) campaignId: string;
  @Field(() => CampaignStatus) status: CampaignStatus;
  @Field(() => Int) totalRecipients: number;
  @Field(() => String, { description: 'The same in a sentence.' }) message: string;
  @Field(() => CampaignGraphql) campaign: CampaignGraphql;
}
