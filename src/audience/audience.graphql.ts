import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DecimalScalar } from '../infra/scalars';
import { AudienceType, ContactKind, ExclusionReason } from './audience';
import { LeadQuality, LeadStatus } from './filter/filter';
import type { AudienceFilter } from './filter/filter';

registerEnumType(AudienceType, {
  name: 'AudienceType',
  description:
    'Who gets a campaign: leads, customers, both, a saved segment, or people listed in the request.',
});
registerEnumType(LeadStatus, { name: 'LeadStatus', description: 'The stage that a lead has reached.' });
registerEnumType(LeadQuality, { name: 'LeadQuality', description: 'How promising a lead is.' });
registerEnumType(ContactKind, {
  name: 'ContactKind',
  description: 'Whether a contact is a lead or a customer.',
});
registerEnumType(ExclusionReason, {
  name: 'ExclusionReason',
  description:
    'Why a matching contact gets no message. Where several reasons apply, the first in this order is given.',
  valuesConfig: {
    INVALID_PHONE: { description: 'The contact has no phone, or its phone is not a valid phone number.' },
    DUPLICATE_PHONE: {
      description:
        'Another contact of the audience has the same WhatsApp number, in this or another spelling, and gets the message instead.',
    },
    OPTED_OUT: { description: 'The person opted out of messages from this business.' },
    UNREACHABLE: {
      description:
        'The latest messages to the person failed because the number is not on WhatsApp (131026), as often in a row as Business.unreachableAfter says.',
    },
    FREQUENCY_CAPPED: {
      description: 'The person got the most marketing messages that Business.frequencyCap allows.',
    },
    NO_OPEN_WINDOW: {
      description:
        'The message is free-form, which WhatsApp delivers only to people who wrote within the last 24 hours.',
    },
    BLOCKED_COUNTRY: { description: 'The number is of a country in Business.blockedCountries.' },
    HOLDOUT: { description: 'The person is kept apart to measure what the campaign earns.' },
  },
});

@InputType({ description: 'A range of whole numbers, both ends included; at least one end.' })
export class IntRange {
  @Field(() => Int, { nullable: true }) gte?: number | null;
  @Field(() => Int, { nullable: true }) lte?: number | null;
}

@InputType({ description: 'A range of amounts, both ends included; at least one end.' })
export class DecimalRange {
  @Field(() => DecimalScalar, { nullable: true }) gte?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) lte?: string | null;
}

@InputType({
  description:
    'Conditions. A contact must meet all of them. A list matches any of its values; a field that is null or left out does not filter. A field that the audienceType does not have is an error.',
})
export class AudienceFilterInput implements AudienceFilter {
  @Field(() => [LeadStatus], { nullable: true, description: 'Leads.' }) status?: LeadStatus[] | null;
  @Field(() => [LeadQuality], { nullable: true, description: 'Leads.' }) quality?: LeadQuality[] | null;
  @Field(() => [String], { nullable: true, description: 'Leads; upper and lower case are the same.' }) city?:
    string[] | null;
  @Field(() => [String], { nullable: true, description: 'Leads; upper and lower case are the same.' })
  state?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'Leads.' }) assignedUserId?: string | null;
  @Field(() => IntRange, { nullable: true, description: 'Customers.' }) engagementScore?: IntRange | null;
  @Field(() => DecimalRange, { nullable: true, description: "Customers; in the business's currency." })
  totalSpent?: DecimalRange | null;
  @Field(() => IntRange, { nullable: true, description: 'Customers.' }) totalOrders?: IntRange | null;
  @Field(() => IntRange, {
    nullable: true,
    description: 'Customers; whole days since the last order. Customers without an order do not match.',
  })
  lastOrderDays?: IntRange | null;
  @Field(() => [String], {
    nullable: true,
    description: 'Leads and customers; contacts with at least one of these tags.',
  })
  tags?: string[] | null;
}

@InputType({ description: 'A person listed in the request.' })
export class CustomRecipientInput {
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => String, { description: "E.164, or in the national format of the business's country." })
  phone: string;
  @Field(() => String, { nullable: true }) email?: string | null;
}

@InputType({ description: 'An audience to count before a campaign is created for it.' })
export class PreviewAudienceInput {
  @Field(() => ID) businessId: string;
  @Field(() => AudienceType) audienceType: AudienceType;
  @Field(() => AudienceFilterInput, { nullable: true, description: 'For LEADS, CUSTOMERS and ALL.' })
  filter?: AudienceFilterInput | null;
  @Field(() => ID, { nullable: true, description: 'For SEGMENT.' }) segmentId?: string | null;
  @Field(() => [CustomRecipientInput], { nullable: true, description: 'For CUSTOM; at most 10,000.' })
  customRecipients?: CustomRecipientInput[] | null;
  @Field(() => Int, {
    nullable: true,
    defaultValue: 5,
    description: 'How many people to return in sample: 0 to 100.',
  })
  sampleSize?: number | null;
}

@ObjectType('AudienceMember', { description: 'A person of an audience.' })
export class AudienceMemberType {
  @Field(() => String) name: string;
  @Field(() => String, { description: 'E.164.' }) phone: string;
  @Field(() => String, { nullable: true }) email: string | null;
}

@ObjectType('AudienceExclusion', {
  description: 'How many of the matching contacts get no message, by reason.',
})
export class AudienceExclusion {
  @Field(() => ExclusionReason) reason: ExclusionReason;
  @Field(() => Int) count: number;
}

@ObjectType({ description: 'The size of an audience: matched = count + the sum of excluded.' })
export class AudiencePreview {
  @Field(() => Int, { description: 'People who would get the message.' }) count: number;
  @Field(() => Int, { description: 'Contacts that the filter matches.' }) matched: number;
  @Field(() => [AudienceExclusion]) excluded: AudienceExclusion[];
  @Field(() => [AudienceMemberType]) sample: AudienceMemberType[];
}
