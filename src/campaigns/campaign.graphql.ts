import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AudienceType } from '../audience/audience';
import { CustomRecipientInput } from '../audience/audience.graphql';
import type { AudienceFilter } from '../audience/filter/filter';
import { AudienceFilterInput } from '../audience/filter/filter.graphql';
import { DecimalScalar, UrlScalar } from '../infra/scalars';
import { CanaryInput } from './canary.graphql';
import {
  CampaignSort,
  CampaignStatus,
  CampaignType,
  Channel,
  MediaType,
  UnconfirmedPolicy,
} from './campaign';
import { TemplateValueInput } from './template-value.graphql';
import { UtmGraphql, UtmInput } from './utm.graphql';

registerEnumType(CampaignType, { name: 'CampaignType', description: 'What a campaign is for.' });
registerEnumType(Channel, { name: 'Channel', description: 'How a campaign reaches people.' });
registerEnumType(MediaType, { name: 'MediaType', description: 'Kinds of media a message can carry.' });
registerEnumType(CampaignStatus, {
  name: 'CampaignStatus',
  description: 'State of a campaign.',
  valuesConfig: {
    DRAFT: { description: 'Created; nothing is sent yet.' },
    SCHEDULED: { description: 'Starts by itself; schedule says when. unscheduleCampaign makes it a draft.' },
    ACTIVE: { description: 'Being sent.' },
    PAUSED: { description: 'Sending has stopped; statusReason says why. resumeCampaign continues it.' },
    COMPLETED: {
      description: 'Nothing is queued or being sent any more. Statuses, clicks and orders are still counted.',
    },
    CANCELLED: {
      description: 'Ended before everybody got a message; the others are counted as skipped.',
    },
    FAILED: { description: 'Could not start at the time of its schedule; statusReason says why.' },
  },
});
registerEnumType(CampaignSort, {
  name: 'CampaignSort',
  description: 'The order of a list of campaigns.',
  valuesConfig: {
    NEWEST: { description: 'By the time of creation, newest first.' },
    NAME: { description: 'By name; upper and lower case are the same.' },
    STARTED: {
      description: 'By the time of the start, latest first; those that have not started come last.',
    },
  },
});
registerEnumType(UnconfirmedPolicy, {
  name: 'UnconfirmedPolicy',
  description: 'What to do with an unconfirmed message: WhatsApp may have accepted it, but gave no answer.',
  valuesConfig: {
    HOLD: { description: 'Do not send it again automatically, so nobody gets it twice.' },
    RESEND: {
      description:
        'Send it again if WhatsApp reports no status within DELIVERY_UNCONFIRMED_AFTER_SECONDS. Nobody is left out, but a person may get it twice.',
    },
  },
});

/** The fields that a new and a changed campaign have in common. Not a type of the schema itself. */
@InputType()
class CampaignInput {
  @Field(() => AudienceFilterInput, { nullable: true, description: 'For LEADS, CUSTOMERS and ALL.' })
  audienceFilter?: AudienceFilterInput | null;
  @Field(() => AudienceFilterInput, {
    nullable: true,
    description:
      'For LEADS, CUSTOMERS, ALL and SEGMENT: contacts to leave out, the same as `not` in the filter, and as in previewAudience.',
  })
  exclude?: AudienceFilterInput | null;
  @Field(() => ID, { nullable: true, description: 'For SEGMENT.' }) segmentId?: string | null;
  @Field(() => [CustomRecipientInput], { nullable: true, description: 'For CUSTOM; at most 10,000.' })
  customRecipients?: CustomRecipientInput[] | null;
  @Field(() => ID, { nullable: true, description: 'A template of the library.' }) templateId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'A template by name. If the library does not have it, WhatsApp is asked for it.',
  })
  whatsappTemplateName?: string | null;
  @Field(() => String, { nullable: true, description: 'Language of the named template, e.g. en or hi.' })
  whatsappTemplateLanguage?: string | null;
  @Field(() => [String], {
    nullable: true,
    description:
      'The template\'s values in order: header, body, buttons. {{name}} {{firstName}} {{phone}} {{email}} are replaced by each person\'s data; {{firstName|there}} is "there" if the name is missing.',
  })
  templateParameters?: string[] | null;
  @Field(() => [TemplateValueInput], {
    nullable: true,
    description:
      "The template's values by the keys of its variables (Template.variables): the general form. templateParameters, mediaUrl and productId stand for the keys that they give; a key may be given once.",
  })
  templateValues?: TemplateValueInput[] | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Free-form text, or the caption of free-form media. Placeholders as in templateParameters, and {{link}}.',
  })
  messageText?: string | null;
  @Field(() => UrlScalar, {
    nullable: true,
    description: 'Address of the image, video or document. It is not fetched when the campaign is created.',
  })
  mediaUrl?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Media that was kept with POST /media, instead of mediaUrl.',
  })
  mediaId?: string | null;
  @Field(() => MediaType, {
    nullable: true,
    description: "If it is left out: the type of the template's header, else IMAGE.",
  })
  mediaType?: MediaType | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'The product of a template that shows one (PRODUCT); else its image is used if there is no mediaUrl.',
  })
  productId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "The WhatsApp number to send from. If it is left out: the business's first.",
  })
  senderId?: string | null;
  @Field(() => UrlScalar, { nullable: true, description: 'The address that the tracked link redirects to.' })
  linkUrl?: string | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'So many percent of the people who could be sent to get nothing, chosen by chance, to measure what the campaign earns (Campaign.lift); 0 to 90, at most two decimals. They are EXCLUDED as HOLDOUT. If it is left out: nobody.',
  })
  holdoutPercent?: number | null;
  @Field(() => UtmInput, { nullable: true }) utm?: UtmInput | null;
  @Field(() => CanaryInput, {
    nullable: true,
    description:
      'Send the first part and check its results before the rest is sent. If it is left out, the whole campaign is sent without a check.',
  })
  canary?: CanaryInput | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The most that the campaign may cost by the rate card, in its currency (forecast.cost.currency); above 0. Before a message could exceed it, the campaign is paused. If it is left out: no limit.',
  })
  maxCost?: string | null;
}

@InputType({
  description:
    'A new campaign: what is sent, and to whom. The message is a template, or free-form text or media.',
})
export class CreateCampaignInput extends CampaignInput {
  @Field(() => ID) businessId: string;
  @Field(() => String, { description: '1 to 200 characters.' }) campaignName: string;
  @Field(() => CampaignType) campaignType: CampaignType;
  @Field(() => Channel, { defaultValue: Channel.WHATSAPP }) channel: Channel;
  @Field(() => AudienceType) audienceType: AudienceType;
  @Field(() => UnconfirmedPolicy, { nullable: true, defaultValue: UnconfirmedPolicy.HOLD })
  onUnconfirmed?: UnconfirmedPolicy | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'Whether the draft may lack things: the name may be empty, and the template, its values, the text, the link, the media, the segment or the listed people may be left out. What is given is checked all the same. Campaign.missing says what is still needed; until then the campaign cannot be sent.',
  })
  incomplete?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Fix the people now instead of at the start, as the mutation fixAudience does.',
  })
  fixAudience?: boolean | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Chosen by the caller, 1 to 200 characters. If the business has a campaign with this key, that one is returned as it is now, and none is created.',
  })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'What to change of a draft or a scheduled campaign. What is left out stays; null clears, and where there is a default, gives it. The template is one choice: naming one by id replaces one by name, and the other way round. Another audienceType clears the filter, the segment or the people that do not belong to it.',
})
export class UpdateCampaignInput extends CampaignInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters.' }) campaignName?: string | null;
  @Field(() => CampaignType, { nullable: true, description: 'It cannot be cleared.' })
  campaignType?: CampaignType | null;
  @Field(() => Channel, { nullable: true }) channel?: Channel | null;
  @Field(() => AudienceType, { nullable: true, description: 'It cannot be cleared.' })
  audienceType?: AudienceType | null;
  @Field(() => UnconfirmedPolicy, { nullable: true }) onUnconfirmed?: UnconfirmedPolicy | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the draft may lack things, as in createCampaign. If it is left out, an incomplete draft stays one. With false everything is checked, and what is missing is an error.',
  })
  incomplete?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'true fixes the people now, false lets the start select them. If it is left out, a fixed audience stays fixed; if its filter, its people or the category of the message change, it is fixed anew.',
  })
  fixAudience?: boolean | null;
}

@ObjectType('Campaign', { description: 'One message to many people.' })
export class CampaignGraphql {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String) campaignName: string;
  @Field(() => CampaignType) campaignType: CampaignType;
  @Field(() => Channel) channel: Channel;
  @Field(() => CampaignStatus) status: CampaignStatus;
  @Field(() => String, {
    nullable: true,
    description: 'Why the campaign is paused, cancelled or failed, as a sentence.',
  })
  statusReason: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The campaign from whose recipients this one was made (createCampaignFromRecipients).',
  })
  parentCampaignId: string | null;
  @Field(() => ID) senderId: string;
  @Field(() => AudienceType) audienceType: AudienceType;
  @Field(() => GraphQLJSONObject, {
    description:
      'In the form of AudienceFilterInput, without what is null; {} where everybody is meant, and for SEGMENT and CUSTOM.',
  })
  audienceFilter: AudienceFilter;
  @Field(() => GraphQLJSONObject, {
    name: 'exclude',
    nullable: true,
    description: 'Contacts that are left out, in the form of AudienceFilterInput; null for none.',
  })
  excludeFilter: AudienceFilter | null;
  @Field(() => ID, {
    nullable: true,
    description: 'For SEGMENT; null if it was not chosen yet, or was deleted after the campaign.',
  })
  segmentId: string | null;
  @Field(() => Date, {
    nullable: true,
    description: 'When the people were fixed before the start (fixAudience); null if they were not.',
  })
  audienceFixedAt: Date | null;
  @Field(() => Int, {
    description:
      'Number of people who should get the message. Of a draft: as counted when its audience was last saved.',
  })
  totalRecipients: number;
  @Field(() => ID, { nullable: true }) templateId: string | null;
  @Field(() => String, { nullable: true }) whatsappTemplateName: string | null;
  @Field(() => String, { nullable: true }) whatsappTemplateLanguage: string | null;
  @Field(() => [String]) templateParameters: string[];
  @Field(() => String, { nullable: true }) messageText: string | null;
  @Field(() => UrlScalar, { nullable: true }) mediaUrl: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Media kept here; null if it has an address, or there is none.',
  })
  mediaId: string | null;
  @Field(() => MediaType, { nullable: true }) mediaType: MediaType | null;
  @Field(() => ID, { nullable: true }) productId: string | null;
  @Field(() => UrlScalar, { nullable: true }) linkUrl: string | null;
  @Field(() => UtmGraphql, { nullable: true }) utm: UtmGraphql | null;
  @Field(() => UnconfirmedPolicy) onUnconfirmed: UnconfirmedPolicy;
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The most that it may cost by the rate card, in its currency; it is paused before. Null: no limit.',
  })
  maxCost: string | null;
  @Field(() => Date) createdAt: Date;
  @Field(() => Date, { nullable: true }) startedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When the campaign was completed or cancelled.' })
  completedAt: Date | null;
  @Field(() => Date) updatedAt: Date;
}

@ObjectType({ description: 'A page of campaigns.' })
export class CampaignPage {
  @Field(() => [CampaignGraphql]) campaigns: CampaignGraphql[];
  @Field(() => Int, { description: 'Number of campaigns on all pages.' }) total: number;
  @Field(() => Int) page: number;
  @Field(() => Int) limit: number;
}
