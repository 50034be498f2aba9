import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';

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
  @Field(() => Date) createdAt: Date;
}

@InputType({ description: 'A new business.' })
export class CreateBusinessInput {
  @Field(() => String, { description: '1 to 200 characters.' }) name: string;
  @Field(() => String, { description: 'IANA time zone, e.g. Asia/Kolkata.', defaultValue: 'UTC' })
  timezone: string;
  @Field(() => String, { description: 'ISO 3166 alpha-2, e.g. IN.' }) defaultCountry: string;
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
}
