import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AudienceType, ExclusionReason } from './audience';
import { AudienceFilterInput } from './filter/filter.graphql';

registerEnumType(AudienceType, {
  name: 'AudienceType',
  description:
    'Who gets a campaign: leads, customers, both, a saved segment, or people listed in the request.',
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
  @Field(() => AudienceFilterInput, {
    nullable: true,
    description:
      'For LEADS, CUSTOMERS, ALL and SEGMENT: contacts to leave out of matched, the same as `not` in the filter.',
  })
  exclude?: AudienceFilterInput | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The category of the template, MARKETING (if left out) or UTILITY. Opt-outs made in WhatsApp and Business.frequencyCap concern MARKETING only.',
  })
  category?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'The message is free-form, without a template: people outside the 24-hour window are excluded, and category does not apply.',
  })
  freeForm?: boolean | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'As in createCampaign: so many percent of the people who could be sent to are excluded as HOLDOUT; 0 (if left out) to 90. Which people is decided by chance when the campaign starts, so sample may show some of them.',
  })
  holdoutPercent?: number | null;
}

@ObjectType('AudienceMember', { description: 'A person of an audience.' })
export class AudienceMemberType {
  @Field(() => ID, { nullable: true, description: 'Null for people listed in the request.' })
  contactId: string | null;
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
  @Field(() => [AudienceExclusion], { description: 'In the order of ExclusionReason, without zeros.' })
  excluded: AudienceExclusion[];
  @Field(() => [AudienceMemberType]) sample: AudienceMemberType[];
}
