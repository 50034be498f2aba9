import type {
  CreateCampaignInput,
  UpdateCampaignInput,
  WizardCampaignFragment,
  WizardTemplateFragment,
} from '../../generated/graphql';
import { emptyDraft, isAddress, peopleOf } from './draft';
import type { Draft } from './draft';
import { listOf } from './numbers';
import { unknownPlaceholder } from './placeholders';
import { isMedia, variablesOf } from './variables';
import { startNow, whenOf } from './when';

type ContentInput = Pick<
  CreateCampaignInput,
  'senderId' | 'templateId' | 'messageText' | 'templateParameters' | 'mediaUrl' | 'productId' | 'linkUrl'
>;

/** A draft in the parts that the API checks one by one: only those that have changed are stored again. */
export interface DraftParts {
  plain: Pick<CreateCampaignInput, 'campaignName' | 'campaignType'>;
  audience: Pick<CreateCampaignInput, 'audienceType' | 'audienceFilter' | 'segmentId' | 'customRecipients'>;
  /** Undefined while the templates are not loaded. */
  content: ContentInput | undefined;
}

/** What of a draft the API takes: half an address or an unknown placeholder stays in the tab until it is mended. */
export function partsOf(draft: Draft, templates: readonly WizardTemplateFragment[] | undefined): DraftParts {
  const { name, purpose, audienceType } = draft;
  const people = peopleOf(draft);
  return {
    plain: { campaignName: name.trim(), campaignType: purpose },
    audience: {
      audienceType,
      audienceFilter: people?.filter ?? null,
      segmentId: people?.segmentId ?? null,
      customRecipients: people?.customRecipients ?? null,
    },
    content: templates && contentOf(draft, templates),
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

function contentOf(
  { templateId, values, productId, linkUrl, senderId }: Draft,
  templates: readonly WizardTemplateFragment[],
): ContentInput {
  const template = templates.find(({ id }) => id === templateId);
  if (!template?.sendable) return senderId === null ? {} : { senderId };
  const variables = variablesOf(template);
  const media = variables.find(isMedia);
  const address = media && values.header?.trim();
  const product = media?.kind === 'IMAGE' && !address ? productId : null;
  return {
    ...(senderId !== null && { senderId }),
    templateId,
    messageText: null,
    templateParameters: variables
      .filter((variable) => !isMedia(variable))
      .map(({ key }) => {
        const value = (values[key] ?? '').trim();
        return unknownPlaceholder(value) === undefined ? value : '';
      }),
    mediaUrl: address && isAddress(address) ? address : null,
    productId: product,
    linkUrl: isAddress(linkUrl) ? linkUrl.trim() : null,
  };
}

/** A stored campaign as the steps show it. */
export function draftOf(
  campaign: WizardCampaignFragment,
  templates: readonly WizardTemplateFragment[],
  zone: string,
): Draft {
  const { templateId, templateParameters, mediaUrl, productId, customRecipients } = campaign;
  const template = templates.find(({ id }) => id === templateId);
  const texts = template ? variablesOf(template).filter((variable) => !isMedia(variable)) : [];
  const values = Object.fromEntries(texts.map(({ key }, index) => [key, templateParameters[index] ?? '']));
  return {
    ...emptyDraft,
    name: campaign.campaignName,
    purpose: campaign.campaignType,
    audienceType: campaign.audienceType,
    filter: campaign.audienceFilter,
    segmentId: campaign.segmentId,
    numbers: listOf(customRecipients ?? []),
    templateId,
    // The address of a product's picture is the product's.
    values: { ...values, header: productId === null ? (mediaUrl ?? '') : '' },
    productId,
    linkUrl: campaign.linkUrl ?? '',
    senderId: campaign.senderId,
    when: campaign.schedule ? whenOf(campaign.schedule, zone) : startNow,
  };
}
