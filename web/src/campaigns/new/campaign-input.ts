import type { CreateCampaignInput } from '../../generated/graphql';
import { emptyDraft, peopleOf } from './draft';
import type { Draft } from './draft';
import { isMedia } from './variables';
import type { Variable } from './variables';

/** The draft as the API takes it. */
export function campaignInput(
  draft: Draft,
  businessId: string,
  variables: readonly Variable[],
): CreateCampaignInput {
  const { name, purpose, audienceType, templateId, values, productId, linkUrl, senderId } = draft;
  const people = peopleOf(draft) ?? { audienceType, filter: emptyDraft.filter };
  const media = variables.find(isMedia);
  const mediaUrl = media && values[media.key]?.trim();
  return {
    businessId,
    campaignName: name.trim(),
    campaignType: purpose,
    channel: 'WHATSAPP',
    audienceType,
    audienceFilter: people.filter ?? null,
    segmentId: people.segmentId ?? null,
    customRecipients: people.customRecipients ?? null,
    templateId,
    templateParameters: variables
      .filter((variable) => !isMedia(variable))
      .map(({ key }) => (values[key] ?? '').trim()),
    mediaUrl: mediaUrl || null,
    productId: media?.kind === 'IMAGE' && !mediaUrl ? productId : null,
    linkUrl: linkUrl.trim() || null,
    senderId,
  };
}
