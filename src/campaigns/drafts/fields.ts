import { AudienceType } from '../../audience/audience';
import type { MessageKind } from '../../audience/exclusions';
import type { Template } from '../../catalog/templates/template.entity';
import { badInput } from '../../infra/errors';
import { checkText } from '../../infra/input';
import { Channel, UnconfirmedPolicy } from '../campaign';
import type { Campaign } from '../campaign.entity';
import type { UpdateCampaignInput } from '../campaign.graphql';
import { checkCanary } from '../canary';
import type { Content, Missing } from '../content-choice';
import { checkMaxCost } from '../forecast/max-cost';
import type { GivenContent } from '../given-content';
import { checkUtm } from '../utm';

/**
 * The part of a draft that each field of the input belongs to. Parts are checked as a whole, and only if one of their
 * fields is given. Every field must be here: one that is not would be lost when a draft is changed.
 */
const partOf = {
  campaignName: 'plain',
  campaignType: 'plain',
  channel: 'plain',
  onUnconfirmed: 'plain',
  canary: 'plain',
  maxCost: 'plain',
  utm: 'plain',
  // a template belongs to the WhatsApp account of one sender
  senderId: 'sender',
  templateId: 'content',
  whatsappTemplateName: 'content',
  whatsappTemplateLanguage: 'content',
  templateParameters: 'content',
  templateValues: 'content',
  messageText: 'content',
  mediaUrl: 'content',
  mediaId: 'content',
  mediaType: 'content',
  productId: 'content',
  linkUrl: 'content',
  audienceType: 'audience',
  audienceFilter: 'audience',
  exclude: 'audience',
  segmentId: 'audience',
  customRecipients: 'audience',
  holdoutPercent: 'audience',
  incomplete: 'draft',
  fixAudience: 'draft',
} as const satisfies Record<keyof UpdateCampaignInput, string>;

type Part = (typeof partOf)[keyof typeof partOf];
type FieldOf<P extends Part> = {
  [F in keyof typeof partOf]: (typeof partOf)[F] extends P ? F : never;
}[keyof typeof partOf];

/** To whom it is sent; as an input gives it. */
export type AudienceFields = Pick<UpdateCampaignInput, FieldOf<'audience'>> & { audienceType: AudienceType };

/** A new field of the content must be kept with the campaign: then this compiles. */
const contentFields = (Object.keys(partOf) as (keyof typeof partOf)[]).filter(
  (field): field is FieldOf<'content'> => partOf[field] === 'content',
) satisfies (keyof GivenContent)[];

/** The content that an input gives, to be kept with the campaign. */
export function givenContent(input: GivenContent): GivenContent {
  return Object.fromEntries(
    contentFields.filter((field) => input[field] != null).map((field) => [field, input[field]]),
  );
}

/** Whether an input has a field of this part. */
export function touches(input: UpdateCampaignInput, part: Part): boolean {
  return Object.entries(partOf).some(
    ([field, itsPart]) => itsPart === part && input[field as keyof UpdateCampaignInput] !== undefined,
  );
}

/** The content of a campaign as it was given. */
export function contentOf(campaign: Campaign): GivenContent {
  const {
    givenContent: given,
    templateId,
    templateParameters,
    messageText,
    mediaUrl,
    mediaId,
    productId,
    linkUrl,
  } = campaign;
  if (given) return given;
  // with a template the type follows from its header
  const mediaType = templateId ? null : campaign.mediaType;
  return { templateId, templateParameters, messageText, mediaUrl, mediaId, mediaType, productId, linkUrl };
}

/** The content of a draft after a change: what the input leaves out stays. */
export function changedContent(campaign: Campaign, input: UpdateCampaignInput): GivenContent {
  const changes = contentFields.filter((field) => input[field] !== undefined);
  return {
    ...contentOf(campaign),
    // a type without an address says nothing
    ...(input.mediaUrl === null || (input.mediaId === null && campaign.mediaId !== null)
      ? { mediaType: null }
      : {}),
    // the one replaces the other
    ...(input.mediaUrl ? { mediaId: null } : input.mediaId ? { mediaUrl: null } : {}),
    ...changedTemplate(campaign, input),
    ...Object.fromEntries(changes.map((field) => [field, input[field]])),
  };
}

const noTemplate = { templateId: null, whatsappTemplateName: null, whatsappTemplateLanguage: null };

/** Naming a template in one way replaces one that was named in the other; a language alone chooses among its languages. */
function changedTemplate(campaign: Campaign, input: UpdateCampaignInput): GivenContent {
  const { templateId, whatsappTemplateName: name, whatsappTemplateLanguage: language } = input;
  if (templateId !== undefined || name === null) return noTemplate;
  if (name === undefined && language == null) return {};
  const { whatsappTemplateName, whatsappTemplateLanguage } = campaign;
  return { templateId: null, whatsappTemplateName, whatsappTemplateLanguage };
}

/**
 * The audience of a draft after a change: what the input leaves out stays, unless it does not belong to the new type.
 * `customRecipients` that stay are undefined: they need not be read.
 */
export function changedAudience(campaign: Campaign, input: UpdateCampaignInput): AudienceFields {
  const audienceType = input.audienceType ?? campaign.audienceType;
  const isList = audienceType === AudienceType.CUSTOM;
  const isSegment = audienceType === AudienceType.SEGMENT;
  const given = <T>(value: T | undefined, stays: boolean, stored: T): T | null =>
    value !== undefined ? value : stays ? stored : null;
  const segmentId = given(input.segmentId, isSegment, campaign.segmentId);
  return {
    audienceType,
    audienceFilter: given(input.audienceFilter, !isList && !isSegment, campaign.audienceFilter),
    exclude: given(input.exclude, isSegment ? segmentId !== null : !isList, campaign.excludeFilter),
    segmentId,
    customRecipients: input.customRecipients,
    holdoutPercent: given(input.holdoutPercent, true, Number(campaign.holdoutPercent)),
  };
}

/** What is neither content nor audience, checked and as it is stored; what the input leaves out is left out. */
export function plainColumns(input: UpdateCampaignInput, missing: Missing): Partial<Campaign> {
  const { campaignName, campaignType, channel, onUnconfirmed, canary, maxCost, utm } = input;
  if (campaignType === null) throw badInput('input.campaignType', 'a type, because it cannot be cleared');
  return {
    ...(campaignName === undefined ? {} : { campaignName: checkName(campaignName ?? '', missing) }),
    ...(campaignType === undefined ? {} : { campaignType }),
    ...(channel === undefined ? {} : { channel: channel ?? Channel.WHATSAPP }),
    ...(onUnconfirmed === undefined ? {} : { onUnconfirmed: onUnconfirmed ?? UnconfirmedPolicy.HOLD }),
    ...(canary === undefined ? {} : { canary: canary && checkCanary(canary) }),
    ...(utm === undefined ? {} : { utm: checkUtm(utm) }),
    ...(maxCost === undefined ? {} : { maxCost: checkMaxCost('input.maxCost', maxCost) }),
  };
}

function checkName(given: string, missing: Missing): string {
  if (given.trim() !== '') return checkText('input.campaignName', given, 200);
  missing('input.campaignName', '1 to 200 characters without NUL');
  return '';
}

/**
 * What kind of message it is, which decides who may get it. A draft that has no message yet is counted as a marketing
 * template, which most campaigns are.
 */
export function kindOf(
  template: Pick<Template, 'category'> | undefined,
  { messageText, mediaUrl, mediaId }: Pick<Content, 'messageText' | 'mediaUrl' | 'mediaId'>,
): MessageKind {
  if (template) return template.category === 'UTILITY' ? 'UTILITY' : 'MARKETING';
  return messageText || mediaUrl || mediaId ? 'FREE_FORM' : 'MARKETING';
}
