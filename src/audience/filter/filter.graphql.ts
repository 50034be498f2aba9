import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { DecimalScalar } from '../../infra/scalars';
import { ContactKind } from '../audience';
import { LeadQuality, LeadStatus, RecipientOutcome } from './filter';
import type { AttributeCondition, AudienceFilter, CampaignActivity } from './filter';

registerEnumType(LeadStatus, { name: 'LeadStatus', description: 'The stage that a lead has reached.' });
registerEnumType(LeadQuality, { name: 'LeadQuality', description: 'How promising a lead is.' });
registerEnumType(ContactKind, {
  name: 'ContactKind',
  description: 'Whether a contact is a lead or a customer.',
});
registerEnumType(RecipientOutcome, {
  name: 'RecipientOutcome',
  description: "What became of a campaign's message to a person.",
  valuesConfig: {
    SENT: {
      description: 'WhatsApp accepted it and has not since reported it failed: sent, delivered or read.',
    },
    DELIVERED: { description: 'Delivered or read.' },
    READ: { description: 'Read.' },
    CLICKED: { description: 'The person opened the tracked link.' },
    CONVERTED: { description: 'An order was attributed to the message.' },
    REPLIED: { description: 'The person answered.' },
    FAILED: { description: 'It failed for good.' },
    UNCONFIRMED: { description: 'It is not known whether WhatsApp got it.' },
    SKIPPED: {
      description: 'In the end it was not sent, e.g. because the person opted out after the start.',
    },
    EXCLUDED: { description: 'The contact was left out beforehand, see ExclusionReason.' },
    NOT_DELIVERED: { description: 'SENT, but not DELIVERED.' },
    NOT_READ: { description: 'SENT, but not READ.' },
    NOT_CLICKED: { description: 'SENT, but not CLICKED.' },
    NOT_CONVERTED: { description: 'SENT, but not CONVERTED.' },
  },
});

const rangeRule = '`eq` alone, or at most one of gt and gte and at most one of lt and lte.';

@InputType({ description: `A range of whole numbers: ${rangeRule}` })
export class IntRange {
  @Field(() => Int, { nullable: true }) eq?: number | null;
  @Field(() => Int, { nullable: true }) gt?: number | null;
  @Field(() => Int, { nullable: true }) gte?: number | null;
  @Field(() => Int, { nullable: true }) lt?: number | null;
  @Field(() => Int, { nullable: true }) lte?: number | null;
}

@InputType({ description: `A range of amounts: ${rangeRule}` })
export class DecimalRange {
  @Field(() => DecimalScalar, { nullable: true }) eq?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) gt?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) gte?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) lt?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) lte?: string | null;
}

@InputType({
  description:
    'A condition on one attribute: exactly one of eq, in, contains and exists, or one range. Texts compare without case. Numbers, and texts that write a number, compare as numbers. A contact without the attribute meets only `exists: false`.',
})
export class AttributeConditionInput implements AttributeCondition {
  @Field(() => String, { description: 'As it is written, 1 to 100 characters.' }) name: string;
  @Field(() => GraphQLJSON, { nullable: true, description: 'A text, a number, true or false.' }) eq?: unknown;
  @Field(() => [GraphQLJSON], { nullable: true, description: 'Any of these values.' }) in?: unknown[] | null;
  @Field(() => GraphQLJSON, { nullable: true, description: 'A number or a text, e.g. a date 2026-01-31.' })
  gt?: unknown;
  @Field(() => GraphQLJSON, { nullable: true }) gte?: unknown;
  @Field(() => GraphQLJSON, { nullable: true }) lt?: unknown;
  @Field(() => GraphQLJSON, { nullable: true }) lte?: unknown;
  @Field(() => String, { nullable: true, description: 'A part of the text.' }) contains?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the contact has the attribute.' })
  exists?: boolean | null;
}

@InputType({
  description:
    'Contacts that were in a campaign. What became of a message counts for the contact that it was sent to, not for other contacts with the same phone.',
})
export class CampaignActivityInput implements CampaignActivity {
  @Field(() => ID) campaignId: string;
  @Field(() => [RecipientOutcome], {
    nullable: true,
    description: 'Any of these; left out: everybody who was in the campaign, excluded contacts among them.',
  })
  outcome?: RecipientOutcome[] | null;
  @Field(() => [Int], {
    nullable: true,
    description: 'Only those whose message failed for good with any of these codes.',
  })
  errorCode?: number[] | null;
}

@InputType({
  description:
    'Conditions. A contact must meet all of them. A list matches any of its values; a field that is null or left out does not filter. A field that the audienceType does not have is an error, except in a branch that says its `kind`. At most 6 filters within each other and 100 conditions: each field, and each element of attributes, is one.',
})
export class AudienceFilterInput implements AudienceFilter {
  @Field(() => [AudienceFilterInput], { nullable: true, description: 'All of these must match.' })
  and?: AudienceFilterInput[] | null;
  @Field(() => [AudienceFilterInput], { nullable: true, description: 'At least one of these must match.' })
  or?: AudienceFilterInput[] | null;
  @Field(() => AudienceFilterInput, {
    nullable: true,
    description: 'Everybody whom this does not match, contacts without a value among them.',
  })
  not?: AudienceFilterInput | null;
  @Field(() => ContactKind, {
    nullable: true,
    description:
      'Contacts of this kind. Beside it, in `and` with it, and below, fields of this kind are allowed.',
  })
  kind?: ContactKind | null;
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
  @Field(() => [String], { nullable: true, description: 'Contacts with all of these tags.' })
  tagsAll?: string[] | null;
  @Field(() => IntRange, { nullable: true, description: 'Whole days since the contact was created.' })
  createdDays?: IntRange | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the contact has an e-mail address.' })
  hasEmail?: boolean | null;
  @Field(() => [AttributeConditionInput], { nullable: true, description: 'All of these must hold.' })
  attributes?: AttributeConditionInput[] | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'Contacts of this segment, as it is when the filter is used. With the conditions of the segments in it a filter has at most 1,000.',
  })
  segmentId?: string | null;
  @Field(() => CampaignActivityInput, { nullable: true }) campaign?: CampaignActivityInput | null;
}
