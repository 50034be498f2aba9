import { maxCaption, maxText } from '../catalog/message';
import { kindOfMedia } from '../catalog/media/media-type';
import { fixedLengthOf } from '../catalog/placeholders';
import { hasImage } from '../catalog/products/product.entity';
import type { Template } from '../catalog/templates/template.entity';
import { isBlank } from '../catalog/value';
import { badInput } from '../infra/errors';
import { MediaType } from './campaign';
import { refuseMissing } from './content-choice';
import type { Content, ContentChoice, Missing } from './content-choice';
import { checkPattern } from './placeholder-input';
import { templateContent } from './template-content';
import type { Named } from './template-values';

/** Of a tracked link, behind PUBLIC_URL: `/r/` and the token. */
const linkLength = 35;

/** The products and the media that an input names. */
export function namedIds({ productId, mediaId, templateValues = [] }: ContentChoice): {
  products: string[];
  media: string[];
} {
  const values = templateValues ?? [];
  const given = (ids: (string | null | undefined)[]) => ids.filter((id) => typeof id === 'string');
  return {
    products: given([productId, ...values.flatMap((one) => [one.productId, ...(one.productIds ?? [])])]),
    media: given([mediaId, ...values.map((one) => one.mediaId)]),
  };
}

/**
 * Checks that text, media, values and link fit together and fit the template.
 * @param named those of {@link namedIds}
 * @param missing called for each thing that is missing; if it does not throw, the content is stored without it
 * @throws BAD_USER_INPUT naming the field
 */
export function checkContent(
  choice: ContentChoice,
  template: Template | undefined,
  named: Named,
  publicUrl: string,
  missing: Missing = refuseMissing,
): Content {
  return template
    ? templateContent(choice, template, named, publicUrl, missing)
    : freeFormContent(choice, named, publicUrl, missing);
}

function freeFormContent(choice: ContentChoice, named: Named, publicUrl: string, missing: Missing): Content {
  const product = named.products.get(choice.productId ?? '');
  const media = named.media.get(choice.mediaId ?? '');
  if (media && choice.mediaUrl) throw badInput('input.mediaId', 'no value, because mediaUrl is given');
  const isGiven = Boolean(media ?? choice.mediaUrl);
  if (product && !hasImage(product) && !isGiven) throw badInput('input.productId', 'a product with an image');
  if (media && choice.mediaType && String(choice.mediaType) !== kindOfMedia(media.type))
    throw badInput('input.mediaType', `${kindOfMedia(media.type)}, because the media is ${media.type}`);
  if (choice.mediaType && !isGiven && !product) missing('input.mediaUrl', 'a URL when mediaType is given');
  for (const field of ['templateParameters', 'templateValues'] as const)
    if (choice[field]?.length) throw badInput(`input.${field}`, 'no value, because no template was given');
  const mediaUrl = media ? null : (choice.mediaUrl ?? product?.imageUrl ?? null);
  const mediaId = media?.id ?? (choice.mediaUrl ? null : (product?.mediaId ?? null));
  const hasMedia = Boolean(mediaId ?? mediaUrl);
  const messageText = isBlank(choice.messageText ?? '') ? null : (choice.messageText ?? null);
  if (!messageText && !hasMedia)
    missing('input.whatsappTemplateName', 'a template, or messageText or media for a free-form message');
  if (messageText) {
    const max = hasMedia ? maxCaption : maxText;
    if (messageText.length > max || messageText.includes('\0'))
      throw badInput('input.messageText', `at most ${max} characters without NUL`);
    const pattern = checkPattern('input.messageText', messageText, { link: true });
    const links = pattern.filter((part) => typeof part !== 'string' && part.field === 'link').length;
    if (links > 0 && !choice.linkUrl) missing('input.linkUrl', 'a URL: {{link}} must lead somewhere');
    const shortest = fixedLengthOf(pattern) + links * (publicUrl.length + linkLength);
    if (shortest > max)
      throw badInput('input.messageText', `at most ${max} characters; with its links it has ${shortest}`);
  }
  return {
    templateValues: {},
    templateParameters: [],
    messageText,
    mediaUrl,
    mediaId,
    mediaType: media
      ? MediaType[kindOfMedia(media.type)]
      : (choice.mediaType ?? (hasMedia ? MediaType.IMAGE : null)),
    linkUrl: choice.linkUrl ?? null,
  };
}
