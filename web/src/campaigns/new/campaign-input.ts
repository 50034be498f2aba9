import type {
  AudienceFilterInput,
  CreateCampaignInput,
  UpdateCampaignInput,
  WizardCampaignFragment,
  WizardSendersQuery,
  WizardTemplateFragment,
} from '../../generated/graphql';
import { isAddress } from './address';
import { isAmount, typedAmount } from './amount';
import { emptyDraft, peopleOf } from './draft';
import type { Draft } from './draft';
import { listOf } from './numbers';
import { unknownPlaceholder } from './placeholders';
import { isOfAccount } from './sender-account';
import { typedValues, valueInput } from './values';
import { startNow, whenOf } from './when';

type ContentInput = Pick<
  CreateCampaignInput,
  | 'senderId'
  | 'templateId'
  | 'messageText'
  | 'templateValues'
  | 'templateParameters'
  | 'mediaUrl'
  | 'mediaId'
  | 'mediaType'
  | 'productId'
  | 'linkUrl'
>;

/** A draft in the parts that the API checks one by one: only those that have changed are stored again. */
export interface DraftParts {
  plain: Pick<CreateCampaignInput, 'campaignName' | 'campaignType' | 'maxCost'>;
  audience: Pick<
    CreateCampaignInput,
    'audienceType' | 'audienceFilter' | 'exclude' | 'segmentId' | 'customRecipients'
  >;
  /** Undefined while the templates are not loaded. */
  content: ContentInput | undefined;
}

/** What of a draft the API takes. Half an address or an unknown placeholder stays in the tab until it is mended: see unsaved.ts. */
export function partsOf(
  draft: Draft,
  templates: readonly WizardTemplateFragment[] | undefined,
  senders: WizardSendersQuery['senders'],
  zone: string,
): DraftParts {
  const { name, purpose, audienceType, maxCost } = draft;
  const people = peopleOf(draft);
  return {
    plain: {
      campaignName: name.trim(),
      campaignType: purpose,
      maxCost: isAmount(maxCost) ? maxCost.trim() : null,
    },
    audience: {
      audienceType,
      audienceFilter: people?.filter ?? null,
      exclude: people?.exclude ?? null,
      segmentId: people?.segmentId ?? null,
      customRecipients: people?.customRecipients ?? null,
    },
    content: templates && contentOf(draft, templates, senders, zone),
  };
}

/** The parts that differ from what is stored. */
export function changesOf(parts: DraftParts, stored: DraftParts | undefined): Partial<UpdateCampaignInput> {
  const differs = (part: keyof DraftParts) =>
    parts[part] !== undefined && JSON.stringify(parts[part]) !== JSON.stringify(stored?.[part]);
  return {
    ...(differs('plain') && parts.plain),
    ...(differs('audience') && parts.audience),
    ...(differs('content') && parts.content),
  };
}

/** The message of a draft, as the API takes it for a preview; undefined without a template that can be sent. */
export function messageInput(
  draft: Draft,
  template: WizardTemplateFragment | undefined,
  zone: string,
): ContentInput | undefined {
  const { values, linkUrl, senderId } = draft;
  const shared = { senderId, linkUrl: isAddress(linkUrl) ? linkUrl.trim() : null };
  if (draft.freeForm) {
    const unknown = unknownPlaceholder(draft.text, ['link']);
    return {
      ...shared,
      messageText: draft.text.trim() === '' || unknown !== undefined ? null : draft.text.trim(),
      ...freeFormMedia(draft, zone),
    };
  }
  if (!template?.sendable) return undefined;
  return {
    ...shared,
    templateId: template.id,
    templateValues: template.variables.flatMap((variable) => valueInput(variable, values, zone) ?? []),
  };
}

/** The media of a free-form message, as far as it is given. */
function freeFormMedia({ mediaKind, media }: Draft, zone: string): ContentInput {
  const value = mediaKind && valueInput({ key: 'media', kind: mediaKind }, media, zone);
  if (!value) return {};
  const { mediaUrl = null, mediaId = null, productId = null } = value;
  return { mediaUrl, mediaId, productId, mediaType: mediaKind };
}

/** All ways to give a content: what a draft does not use is cleared. */
const noContent: ContentInput = {
  templateId: null,
  templateValues: null,
  messageText: null,
  templateParameters: null,
  mediaUrl: null,
  mediaId: null,
  mediaType: null,
  productId: null,
};

function contentOf(
  draft: Draft,
  templates: readonly WizardTemplateFragment[],
  senders: WizardSendersQuery['senders'],
  zone: string,
): ContentInput {
  const template = templates.find(({ id }) => id === draft.templateId);
  // Such a template would be refused with this number; the choice stays in the tab.
  if (!draft.freeForm && template && !isOfAccount(template, senderOf(draft, senders)))
    return { ...noContent, ...(draft.senderId !== null && { senderId: draft.senderId }) };
  const input = messageInput(draft, template, zone);
  if (!input) return draft.senderId === null ? {} : { senderId: draft.senderId };
  const { senderId, ...message } = input;
  return { ...(senderId !== null && { senderId }), ...noContent, ...message };
}

/** The number that a draft is sent from: the first one unless another was chosen. Undefined while there is none. */
export function senderOf(
  { senderId }: Draft,
  senders: WizardSendersQuery['senders'],
): WizardSendersQuery['senders'][number] | undefined {
  return senders.find(({ id }) => id === senderId) ?? senders[0];
}

/** The filter as it is shown: whom the API leaves out apart from it is left out by it. */
function filterOf({ audienceType, audienceFilter, exclude }: WizardCampaignFragment): AudienceFilterInput {
  const filter: AudienceFilterInput = audienceFilter;
  if (!exclude || audienceType === 'SEGMENT' || audienceType === 'CUSTOM') return filter;
  return filter.not ? { and: [filter], not: exclude } : { ...filter, not: exclude };
}

/** A stored campaign as the steps show it. */
export function draftOf(campaign: WizardCampaignFragment, zone: string): Draft {
  return {
    ...emptyDraft,
    name: campaign.campaignName,
    purpose: campaign.campaignType,
    audienceType: campaign.audienceType,
    filter: filterOf(campaign),
    segmentId: campaign.segmentId,
    exclude: campaign.audienceType === 'SEGMENT' ? campaign.exclude : null,
    numbers: listOf(campaign.customRecipients ?? []),
    ...freeFormOf(campaign),
    templateId: campaign.templateId,
    values: typedValues(campaign.templateValues, zone),
    linkUrl: campaign.linkUrl ?? '',
    senderId: campaign.senderId,
    when: campaign.schedule ? whenOf(campaign.schedule, zone) : startNow,
    maxCost: typedAmount(campaign.maxCost ?? ''),
  };
}

/** What a stored campaign sends without a template. */
function freeFormOf(campaign: WizardCampaignFragment): Partial<Draft> {
  const { templateId, messageText, mediaUrl, mediaId, mediaType } = campaign;
  if (templateId !== null || (messageText === null && mediaUrl === null && mediaId === null)) return {};
  return {
    freeForm: true,
    text: messageText ?? '',
    mediaKind: mediaType,
    media: { media: mediaUrl ?? '', 'media.mediaId': mediaId ?? '' },
  };
}
