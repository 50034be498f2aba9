import type {
  AudienceFilterInput,
  CreateCampaignInput,
  UpdateCampaignInput,
  WizardCampaignFragment,
  WizardTemplateFragment,
} from '../../generated/graphql';
import { isAddress } from './address';
import { emptyDraft, peopleOf } from './draft';
import type { Draft } from './draft';
import { listOf } from './numbers';
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
  | 'mediaType'
  | 'productId'
  | 'linkUrl'
>;

/** A draft in the parts that the API checks one by one: only those that have changed are stored again. */
export interface DraftParts {
  plain: Pick<CreateCampaignInput, 'campaignName' | 'campaignType'>;
  audience: Pick<
    CreateCampaignInput,
    'audienceType' | 'audienceFilter' | 'exclude' | 'segmentId' | 'customRecipients'
  >;
  /** Undefined while the templates are not loaded. */
  content: ContentInput | undefined;
}

/** What of a draft the API takes: half an address or an unknown placeholder stays in the tab until it is mended. */
export function partsOf(
  draft: Draft,
  templates: readonly WizardTemplateFragment[] | undefined,
  zone: string,
): DraftParts {
  const { name, purpose, audienceType } = draft;
  const people = peopleOf(draft);
  return {
    plain: { campaignName: name.trim(), campaignType: purpose },
    audience: {
      audienceType,
      audienceFilter: people?.filter ?? null,
      exclude: people?.exclude ?? null,
      segmentId: people?.segmentId ?? null,
      customRecipients: people?.customRecipients ?? null,
    },
    content: templates && contentOf(draft, templates, zone),
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

/** The message of a draft, as the API takes it for a preview. */
export function messageInput(
  { values, linkUrl, senderId }: Draft,
  template: WizardTemplateFragment,
  zone: string,
) {
  return {
    senderId,
    templateId: template.id,
    templateValues: template.variables.flatMap((variable) => valueInput(variable, values, zone) ?? []),
    linkUrl: isAddress(linkUrl) ? linkUrl.trim() : null,
  };
}

function contentOf(draft: Draft, templates: readonly WizardTemplateFragment[], zone: string): ContentInput {
  const template = templates.find(({ id }) => id === draft.templateId);
  if (!template?.sendable) return draft.senderId === null ? {} : { senderId: draft.senderId };
  const { senderId, ...message } = messageInput(draft, template, zone);
  return {
    ...(senderId !== null && { senderId }),
    ...message,
    messageText: null,
    // Other ways to give the same values.
    templateParameters: null,
    mediaUrl: null,
    mediaType: null,
    productId: null,
  };
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
    templateId: campaign.templateId,
    values: typedValues(campaign.templateValues, zone),
    linkUrl: campaign.linkUrl ?? '',
    senderId: campaign.senderId,
    when: campaign.schedule ? whenOf(campaign.schedule, zone) : startNow,
  };
}
