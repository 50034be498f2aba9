import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MarketingApi } from './marketing-api';
import { QualityRating, SenderStatus, SenderThroughput } from './sender-words';

registerEnumType(SenderStatus, {
  name: 'SenderStatus',
  description:
    "What WhatsApp says of a number, and of its account: RESTRICTED, BANNED and DELETED are also said for the account's sake. CONNECTED is the usual one.",
  valuesConfig: {
    FLAGGED: { description: 'Its quality is low; it can still send.' },
    RATE_LIMITED: { description: 'It has reached its limit of people for now.' },
    UNKNOWN: { description: 'Not read yet, or a word that is new at WhatsApp.' },
  },
});
registerEnumType(QualityRating, {
  name: 'QualityRating',
  description:
    'How people took the messages of the last seven days: GREEN is good, RED is low. UNKNOWN before enough were sent.',
});
registerEnumType(SenderThroughput, {
  name: 'SenderThroughput',
  description:
    'How many messages per second WhatsApp takes from a number: STANDARD 80, HIGH 1,000. UNKNOWN if it does not say.',
});
registerEnumType(MarketingApi, {
  name: 'MarketingApi',
  description:
    'Which way marketing templates of a number go to WhatsApp. Everything else goes over the Cloud API.',
  valuesConfig: {
    AUTO: {
      description:
        'As marketing messages where the account has the Marketing Messages API, else over the Cloud API; the other way when WhatsApp refuses one.',
    },
    CLOUD_API: { description: 'Always over the Cloud API (/messages).' },
    MARKETING_MESSAGES: {
      description:
        'Always as marketing messages (/marketing_messages). The account must have accepted the terms for them.',
    },
  },
});

@ObjectType({ description: 'A limit of marketing messages to one person.' })
export class FrequencyCap {
  @Field(() => Int, { description: 'The most marketing messages that WhatsApp accepts for one person.' })
  messages: number;
  @Field(() => Int, { description: 'In so many days up to now.' }) days: number;
}

@ObjectType('Business', {
  description: 'A tenant. Contacts, templates, senders and campaigns belong to exactly one business.',
})
export class BusinessType {
  @Field(() => ID) id: string;
  @Field(() => String, { description: 'The name that is shown.' }) name: string;
  @Field(() => String, { description: 'IANA time zone, e.g. Asia/Kolkata.' }) timezone: string;
  @Field(() => String, {
    description:
      'ISO 3166 alpha-2. Phone numbers without a country code are read as numbers of this country.',
  })
  defaultCountry: string;
  @Field(() => FrequencyCap, {
    nullable: true,
    description:
      'People who got this many marketing messages are left out of further marketing campaigns (FREQUENCY_CAPPED); null: no limit.',
  })
  frequencyCap: FrequencyCap | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'After so many failures in a row because the number is not on WhatsApp (131026) a person is left out (UNREACHABLE); null: never.',
  })
  unreachableAfter: number | null;
  @Field(() => [String], {
    description: 'ISO 3166 alpha-2. People with a number of these countries are left out (BLOCKED_COUNTRY).',
  })
  blockedCountries: string[];
  @Field(() => Int, {
    description:
      'An order without a click counts for a message that was sent at most so many days before it.',
  })
  attributionDays: number;
  @Field(() => Date) createdAt: Date;
}

@ObjectType('Sender', {
  description: 'A WhatsApp number that campaigns are sent from. Its access token can be set but not read.',
})
export class SenderType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String, { description: "Meta's id of the number." }) phoneNumberId: string;
  @Field(() => String, { description: "Meta's id of the WhatsApp Business Account that owns the templates." })
  wabaId: string;
  @Field(() => String, { description: 'The phone number, as it is shown to people.' })
  displayPhoneNumber: string;
  @Field(() => Int, {
    description:
      'The most messages per second that are sent from this number, by all campaigns and workers together: 1 to 1000.',
  })
  messagesPerSecond: number;
  @Field(() => String, {
    nullable: true,
    description: 'The name that people see, as WhatsApp approved it; null if it was not read yet.',
  })
  verifiedName: string | null;
  @Field(() => QualityRating) qualityRating: QualityRating;
  @Field(() => SenderThroughput) throughput: SenderThroughput;
  @Field(() => Date, {
    nullable: true,
    description:
      'Since when WhatsApp has said that the number is connected, as far as was seen; null if it does not say so.',
  })
  connectedAt: Date | null;
  @Field(() => Date, {
    nullable: true,
    description: 'When the first webhook about the number or its account came; null: none came yet.',
  })
  webhookHeardAt: Date | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The last news of WhatsApp about the number or its account that is no trouble, as a sentence.',
  })
  notice: string | null;
  @Field(() => Date, {
    nullable: true,
    description: 'When all this was last read from WhatsApp; its webhooks keep it current in between.',
  })
  healthReadAt: Date | null;
  @Field(() => MarketingApi) marketingApi: MarketingApi;
  @Field(() => Date) createdAt: Date;
}

@ObjectType({ description: 'What came of testing a WhatsApp number.' })
export class TestSenderPayload {
  @Field(() => Boolean, { description: 'Whether nothing is wrong.' }) ok: boolean;
  @Field(() => [String], { description: 'What is wrong, one sentence each with its cure.' })
  problems: string[];
}

@ObjectType({ description: 'What Meta asks for under WhatsApp, Configuration, of the app.' })
export class WebhookSetup {
  @Field(() => String, { description: 'The "Callback URL".' }) url: string;
  @Field(() => String, { description: 'The "Verify token".' }) verifyWord: string;
  @Field(() => [String], { description: 'The fields to subscribe to.' }) fields: string[];
  @Field(() => String, {
    nullable: true,
    description: 'Why Meta cannot reach the address, as a sentence; null if nothing is seen that keeps it.',
  })
  problem: string | null;
}

@InputType({ description: 'A new business.' })
export class CreateBusinessInput {
  @Field(() => String, { description: '1 to 200 characters.' }) name: string;
  @Field(() => String, { description: 'IANA time zone, e.g. Asia/Kolkata.', defaultValue: 'UTC' })
  timezone: string;
  @Field(() => String, { description: 'ISO 3166 alpha-2, e.g. IN.' }) defaultCountry: string;
}

@InputType({ description: 'A limit of marketing messages to one person.' })
export class FrequencyCapInput {
  @Field(() => Int, { description: '1 to 1000.' }) messages: number;
  @Field(() => Int, { description: '1 to 365.' }) days: number;
}

@InputType({
  description: 'Changes to the settings of a business. What is left out stays; null switches a rule off.',
})
export class UpdateBusinessInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters; not null.' }) name?:
    string | null;
  @Field(() => String, { nullable: true, description: 'IANA time zone, e.g. Asia/Kolkata; not null.' })
  timezone?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'ISO 3166 alpha-2, e.g. IN; not null. It applies to phones that are entered from then on. Phones that are stored already keep the number that they were read as; to read one by the new country, give it again (updateContact, an import).',
  })
  defaultCountry?: string | null;
  @Field(() => FrequencyCapInput, { nullable: true }) frequencyCap?: FrequencyCapInput | null;
  @Field(() => Int, { nullable: true, description: '1 to 100.' }) unreachableAfter?: number | null;
  @Field(() => [String], { nullable: true, description: 'ISO 3166 alpha-2; null and [] are the same.' })
  blockedCountries?: string[] | null;
  @Field(() => Int, { nullable: true, description: '1 to 90; null sets it to 7.' }) attributionDays?:
    number | null;
}

@InputType({ description: 'A WhatsApp number of a business.' })
export class CreateSenderInput {
  @Field(() => ID) businessId: string;
  @Field(() => String, { description: "Meta's id of the number: digits." }) phoneNumberId: string;
  @Field(() => String, { description: "Meta's id of the WhatsApp Business Account: digits." }) wabaId: string;
  @Field(() => String, { description: 'The phone number, as it is shown to people.' })
  displayPhoneNumber: string;
  @Field(() => String, {
    description:
      'A token with permission to send from this number. It is stored encrypted and never returned.',
  })
  accessToken: string;
  @Field(() => Int, { nullable: true, description: '1 to 1000.', defaultValue: 10 })
  messagesPerSecond?: number | null;
  @Field(() => MarketingApi, { nullable: true, defaultValue: MarketingApi.AUTO })
  marketingApi?: MarketingApi | null;
}

@InputType({ description: 'Changes to a WhatsApp number. Fields that are left out are not changed.' })
export class UpdateSenderInput {
  @Field(() => String, { nullable: true, description: 'The phone number, as it is shown to people.' })
  displayPhoneNumber?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'A new token that replaces an expired one. It is stored encrypted and never returned. Campaigns resumed afterwards use it at once.',
  })
  accessToken?: string | null;
  @Field(() => Int, { nullable: true, description: '1 to 1000.' }) messagesPerSecond?: number | null;
  @Field(() => MarketingApi, { nullable: true }) marketingApi?: MarketingApi | null;
}
