import { isMedia } from '../catalog/templates/variables';
import type { Campaign } from './campaign.entity';

const needsOpenWindow =
  'A message without a template reaches only people who wrote to this number in the last 24 hours; for everybody else WhatsApp reports error 131047.';

/** What to know of a campaign, one sentence each: what follows from its content, and what its delivery noted. Pure. */
export function noticesOf(campaign: Campaign): string[] {
  const unused = unusedProduct(campaign);
  return [
    ...(campaign.templateId ? [] : [needsOpenWindow]),
    ...(unused === undefined ? [] : [unused]),
    ...campaign.notices,
  ];
}

/** The guide lets every campaign name a product, also one whose message has no place for it. */
function unusedProduct(campaign: Campaign): string | undefined {
  const { templateId, templateValues, productId, givenContent } = campaign;
  // of a campaign of before it was kept nobody can tell whose image it shows
  if (!productId || !givenContent) return undefined;
  if (Object.values(templateValues).some(({ products = [] }) => products.some(({ id }) => id === productId)))
    return undefined;
  if (givenContent.templateValues?.some((given) => given.productId === productId)) return undefined;
  if (givenContent.mediaUrl ?? givenContent.mediaId)
    return 'The campaign names a product, and its message does not show it: it shows the media that was given. Leave out one of them.';
  const { header } = templateValues;
  return templateId && !(header && isMedia(header.kind))
    ? 'The campaign names a product, and its message does not show it: the template has no place for a product or its image. Leave it out, or use a template with an image in the header.'
    : undefined;
}
