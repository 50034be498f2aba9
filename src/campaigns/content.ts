import { maxCaption, maxText } from '../catalog/message';
import type { Product } from '../catalog/products/product.entity';
import { fixedLengthOf } from '../catalog/placeholders';
import type { Template } from '../catalog/templates/template.entity';
import { isBlank } from '../catalog/value';
import { badInput } from '../infra/errors';
import { MediaType } from './campaign';
import { refuseMissing } from './content-choice';
import type { Content, ContentChoice, Missing } from './content-choice';
import { checkPattern } from './placeholder-input';
import { templateContent } from './template-content';
import type { Products } from './template-values';

/** Of a tracked link, behind PUBLIC_URL: `/r/` and the token. */
const linkLength = 35;

/** The products that an input names. */
export function productIdsOf({ productId, templateValues }: ContentChoice): string[] {
  const ids = templateValues?.flatMap((one) => [one.productId, ...(one.productIds ?? [])]) ?? [];
  return [productId, ...ids].filter((id) => typeof id === 'string');
}

/**
 * Checks that text, media, values and link fit together and fit the template.
 * @param products those of {@link productIdsOf}
 * @param missing called for each thing that is missing; if it does not throw, the content is stored without it
 * @throws BAD_USER_INPUT naming the field
 */
export function checkContent(
  choice: ContentChoice,
  template: Template | undefined,
  products: Products,
  publicUrl: string,
  missing: Missing = refuseMissing,
): Content {
  return template
    ? templateContent(choice, template, products, publicUrl, missing)
    : freeFormContent(choice, products.get(choice.productId ?? ''), publicUrl, missing);
}

function freeFormContent(
  choice: ContentChoice,
  product: Product | undefined,
  publicUrl: string,
  missing: Missing,
): Content {
  if (product && !product.imageUrl && !choice.mediaUrl)
    throw badInput('input.productId', 'a product with an image');
  if (choice.mediaType && !choice.mediaUrl && !product)
    missing('input.mediaUrl', 'a URL when mediaType is given');
  for (const field of ['templateParameters', 'templateValues'] as const)
    if (choice[field]?.length) throw badInput(`input.${field}`, 'no value, because no template was given');
  const mediaUrl = choice.mediaUrl ?? product?.imageUrl ?? null;
  const messageText = isBlank(choice.messageText ?? '') ? null : (choice.messageText ?? null);
  if (!messageText && !mediaUrl)
    missing('input.whatsappTemplateName', 'a template, or messageText or media for a free-form message');
  if (messageText) {
    const max = mediaUrl ? maxCaption : maxText;
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
    mediaType: choice.mediaType ?? (mediaUrl ? MediaType.IMAGE : null),
    linkUrl: choice.linkUrl ?? null,
  };
}
