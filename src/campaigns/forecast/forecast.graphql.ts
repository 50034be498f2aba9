import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DecimalScalar } from '../../infra/scalars';

/** What a person has seen and wants all the same. */
export enum Acknowledgement {
  MESSAGING_LIMIT = 'MESSAGING_LIMIT',
}
registerEnumType(Acknowledgement, {
  name: 'Acknowledgement',
  description:
    'Something that keeps a campaign from starting until a person says that it may start all the same.',
  valuesConfig: {
    MESSAGING_LIMIT: {
      description: 'It has more recipients than WhatsApp lets the number write to in 24 hours.',
    },
  },
});

@ObjectType('CountryCost', { description: 'What the messages to one country cost.' })
export class CountryCostGraphql {
  @Field(() => String, { description: 'ISO 3166 alpha-2; ZZ for numbers that no country has.' })
  country: string;
  @Field(() => Int) recipients: number;
  @Field(() => DecimalScalar, { description: 'The price of one delivered message.' }) unitPrice: string;
  @Field(() => DecimalScalar) amount: string;
}

@ObjectType({
  description:
    'What a campaign costs by the rate card if every message is delivered; WhatsApp charges only for those that are.',
})
export class CampaignCost {
  @Field(() => DecimalScalar) amount: string;
  @Field(() => String, { description: 'ISO 4217; of all amounts, and of maxCost.' }) currency: string;
  @Field(() => [CountryCostGraphql], { description: 'The largest amounts come first.' })
  perCountry: CountryCostGraphql[];
  @Field(() => String, { description: 'The day from which the prices hold, YYYY-MM-DD.' })
  rateCardDate: string;
}

@ObjectType('CampaignMessagingLimit', {
  description:
    "WhatsApp's limit of people whom the number may write to in 24 hours outside a service window. People who wrote to the business within 24 hours do not count.",
})
export class MessagingLimitGraphql {
  @Field(() => Int, { nullable: true, description: 'Null if it is unlimited or unknown.' })
  perDay: number | null;
  @Field(() => Int, {
    description:
      'Different people whom all numbers of the business wrote to in the last 24 hours, outside a window.',
  })
  usedLast24Hours: number;
  @Field(() => Int, { nullable: true, description: 'Null if it is unlimited or unknown.' })
  remaining: number | null;
  @Field(() => Int, {
    description: 'Number of recipients for whom the limit is not enough; 0 if it is, or is not known.',
  })
  exceededBy: number;
}

@ObjectType({
  description: 'What a campaign will cost, how long it will take, and what to know before it is sent.',
})
export class CampaignForecast {
  @Field(() => Int, { description: 'People who will be sent to, as the audience is now.' })
  recipients: number;
  @Field(() => Float, {
    description:
      "Messages per second that are counted with: 97 % of the sender's setting, as is really used.",
  })
  messagesPerSecond: number;
  @Field(() => Float, {
    nullable: true,
    description: 'From the start to the last message, in seconds, waits included; null if it cannot be seen.',
  })
  durationSeconds: number | null;
  @Field(() => Date, {
    nullable: true,
    description:
      'When the last message is sent, with the schedule, its window and deadline, the canary and the active campaigns of the sender; of a draft: if it is started now. Null if it cannot be seen.',
  })
  finishesAt: Date | null;
  @Field(() => CampaignCost) cost: CampaignCost;
  @Field(() => MessagingLimitGraphql) messagingLimit: MessagingLimitGraphql;
  @Field(() => [String], {
    description:
      'What to know before sending, one sentence each; that the messaging limit is not enough comes first.',
  })
  warnings: string[];
}
