import { AudienceType } from '../../audience/audience';
import type { MessageKind } from '../../audience/exclusions';
import type { Template } from '../../catalog/templates/template.entity';
import { badInput } from '../../infra/errors';
import { checkText } from '../../infra/input';
import { Channel, UnconfirmedPolicy } from '../campaign';
import type { Campaign } from '../campaign.entity';
import type { UpdateCampaignInput } from '../campaign.graphql';
import { checkCanary } from '../canary';
import type { Content, Missing } from '../content';

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
  // a template belongs to the WhatsApp account of one sender
  senderId: 'content',
  templateId: 'content',
  whatsappTemplateName: 'content',
  whatsappTemplateLanguage: 'content',
  templateParameters: 'content',
  messageText: 'content',
  mediaUrl: 'content',
  mediaType: 'content',
  productId: 'content',
  linkUrl: 'content',
  audienceType: 'audience',
  audienceFilter: 'audience',
  segmentId: 'audience',
  customRecipients: 'audience',
  incomplete: 'draft',
  fixAudience: 'draft',
} as const satisfies Record<keyof UpdateCampaignInput, string>;

type Part = (typeof partOf)[keyof typeof partOf];
type FieldOf<P extends Part> = {
  [F in keyof typeof partOf]: (typeof partOf)[F] extends P ? F : never;
}[keyof typeof partOf];

/** What is sent, and from which number; as an input gives it. */
export type ContentFields = Pick<UpdateCampaignInput, FieldOf<'content'>>;
/** To whom it is sent; as an input gives it. */
export type AudienceFields = Pick<UpdateCampaignInput, FieldOf<'audience'>> & { audienceType: AudienceType };

/** Whether an input has a field of this part. */
export function touches(input: UpdateCampaignInput, part: Part): boolean {
  return Object.entries(partOf).some(
    ([field, itsPart]) => itsPart === part && input[field as keyof UpdateCampaignInput] !== undefined,
  );
}

/**
 * The content of a draft after a change: what the input leaves out stays. Every field of the content is named here.
 * @param productImage of the product that the draft has: such an image goes with its product
 */
export function changedContent(
  campaign: Campaign,
  input: UpdateCampaignInput,
  productImage: string | null,
): ContentFields {
  const ownMedia = campaign.mediaUrl === productImage ? null : campaign.mediaUrl;
  // the type of other media follows from the template's header, which may be another one now, or from the product
  const typeWasGiven = !campaign.templateId && (ownMedia !== null || campaign.mediaUrl === null);
  const stored: Record<FieldOf<'content'>, unknown> = {
    senderId: campaign.senderId,
    templateId: campaign.templateId,
    whatsappTemplateName: null,
    whatsappTemplateLanguage: null,
    templateParameters: campaign.templateParameters,
    messageText: campaign.messageText,
    mediaUrl: ownMedia,
    mediaType: typeWasGiven && input.mediaUrl !== null ? campaign.mediaType : null,
    productId: campaign.productId,
    linkUrl: campaign.linkUrl,
  };
  const given = (Object.keys(stored) as FieldOf<'content'>[]).filter((field) => input[field] !== undefined);
  const changes = Object.fromEntries(given.map((field) => [field, input[field]]));
  return { ...(stored as ContentFields), ...changes, ...changedTemplate(campaign, input) };
}

/** Naming a template in one way replaces one that was named in the other; a language alone chooses among its languages. */
function changedTemplate(campaign: Campaign, input: UpdateCampaignInput): ContentFields {
  const { templateId, whatsappTemplateName: name, whatsappTemplateLanguage: language } = input;
  if (templateId !== undefined || (name === undefined && language == null)) return {};
  if (name === null) return { templateId: null };
  return {
    templateId: null,
    whatsappTemplateName: name ?? campaign.whatsappTemplateName,
    whatsappTemplateLanguage: language ?? campaign.whatsappTemplateLanguage,
  };
}

/**
 * The audience of a draft after a change: what the input leaves out stays, unless it does not belong to the new type.
 * `customRecipients` that stay are undefined: they need not be read.
 */
export function changedAudience(campaign: Campaign, input: UpdateCampaignInput): AudienceFields {
  const audienceType = input.audienceType ?? campaign.audienceType;
  const filtered = audienceType !== AudienceType.SEGMENT && audienceType !== AudienceType.CUSTOM;
  return {
    audienceType,
    audienceFilter: input.audienceFilter !== undefined ? input.audienceFilter : filtered ? campaign.audienceFilter : null,
    segmentId:
      input.segmentId !== undefined ? input.segmentId : audienceType === AudienceType.SEGMENT ? campaign.segmentId : null,
    customRecipients: input.customRecipients,
  };
}

/** What is neither content nor audience, checked and as it is stored; what the input leaves out is left out. */
export function plainColumns(input: UpdateCampaignInput, missing: Missing): Partial<Campaign> {
  const { campaignName, campaignType, channel, onUnconfirmed, canary } = input;
  if (campaignType === null) throw badInput('input.campaignType', 'a type, because it cannot be cleared');
  return {
    ...(campaignName === undefined ? {} : { campaignName: checkName(campaignName ?? '', missing) }),
    ...(campaignType === undefined ? {} : { campaignType }),
    ...(channel === undefined ? {} : { channel: channel ?? Channel.WHATSAPP }),
    ...(onUnconfirmed === undefined ? {} : { onUnconfirmed: onUnconfirmed ?? UnconfirmedPolicy.HOLD }),
    ...(canary === undefined ? {} : { canary: canary && checkCanary(canary) }),
  };
}

function checkName(given: string, missing: Missing): string {
  const name = checkText('input.campaignName', given, 200, 0);
  if (name === '') missing('input.campaignName', '1 to 200 characters without NUL');
  return name;
}

/**
 * What kind of message it is, which decides who may get it. A draft that has no message yet is counted as a marketing
 * template, which most campaigns are.
 */
export function kindOf(
  template: Pick<Template, 'category'> | undefined,
  { messageText, mediaUrl }: Pick<Content, 'messageText' | 'mediaUrl'>,
): MessageKind {
  if (template) return template.category === 'UTILITY' ? 'UTILITY' : 'MARKETING';
  return messageText || mediaUrl ? 'FREE_FORM' : 'MARKETING';
}
