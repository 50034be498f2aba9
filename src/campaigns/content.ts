import { filledLength, maxCaption, maxParameter, maxText, shortestValue } from '../catalog/message';
import type { Product } from '../catalog/products/product.entity';
import { compilePattern, fixedLengthOf, UnknownPlaceholder } from '../catalog/placeholders';
import type { Pattern } from '../catalog/placeholders';
import type { Template } from '../catalog/templates/template.entity';
import { shapeOf, whyNotSendable } from '../catalog/templates/template-shape';
import type { TemplateShape } from '../catalog/templates/template-shape';
import { isBlank } from '../catalog/value';
import { badInput } from '../infra/errors';
import { MediaType } from './campaign';

/** Of a tracked link, behind PUBLIC_URL: `/r/` and the token. */
const linkLength = 35;

/** The fields of an input that say what is sent. */
export interface ContentChoice {
  templateId?: string | null | undefined;
  templateParameters?: string[] | null | undefined;
  messageText?: string | null | undefined;
  mediaUrl?: string | null | undefined;
  mediaType?: MediaType | null | undefined;
  linkUrl?: string | null | undefined;
}

/** Called for what is missing, as opposed to wrong: `expected` completes "expected …", as in {@link badInput}. */
export type Missing = (field: string, expected: string) => void;

/** For content that must be complete. */
export const refuseMissing: Missing = (field, expected) => {
  throw badInput(field, expected);
};

/** The checked content of a campaign. WhatsApp accepts its form. */
export interface Content {
  templateParameters: string[];
  messageText: string | null;
  mediaUrl: string | null;
  mediaType: MediaType | null;
  linkUrl: string | null;
}

/**
 * Checks that text, media, parameters and link fit together and fit the template.
 * @param missing called for each thing that is missing; if it does not throw, the content is stored without it
 * @throws BAD_USER_INPUT naming the field
 */
export function checkContent(
  choice: ContentChoice,
  template: Template | undefined,
  product: Product | undefined,
  publicUrl: string,
  missing: Missing = refuseMissing,
): Content {
  if (product && !product.imageUrl && !choice.mediaUrl)
    throw badInput('input.productId', 'a product with an image');
  if (choice.mediaType && !choice.mediaUrl && !product)
    missing('input.mediaUrl', 'a URL when mediaType is given');
  return template
    ? templateContent(choice, template, product, publicUrl, missing)
    : freeFormContent(choice, product, publicUrl, missing);
}

function templateContent(
  choice: ContentChoice,
  template: Template,
  product: Product | undefined,
  publicUrl: string,
  missing: Missing,
): Content {
  if (choice.messageText)
    throw badInput('input.messageText', 'no value, because the text comes from the template');
  const shape = shapeOf(template.components, publicUrl);
  const notSendable = whyNotSendable(template, shape);
  if (notSendable) {
    throw badInput(
      choice.templateId ? 'input.templateId' : 'input.whatsappTemplateName',
      `a template that campaigns can send; ${template.name} (${template.language}) cannot be sent: ${notSendable}`,
    );
  }
  const templateParameters = choice.templateParameters ?? [];
  const [needed, given] = [shape.slots.length, templateParameters.length];
  if (given !== needed) {
    const refuse = given < needed ? missing : refuseMissing;
    refuse('input.templateParameters', `${countOf(needed, 'value')} for this template, not ${given}`);
  }
  checkValues(templateParameters, shape, missing);
  if (shape.trackedButtons.length > 0 && !choice.linkUrl)
    missing('input.linkUrl', 'a URL: the template has a tracked button, which must lead somewhere');
  return {
    templateParameters,
    messageText: null,
    linkUrl: choice.linkUrl ?? null,
    ...templateMedia(choice, shape, product, missing),
  };
}

/** Refuses values that would be empty or too long for every person. One that is not given is missing, and counts as empty. */
function checkValues(templateParameters: readonly string[], shape: TemplateShape, missing: Missing): void {
  const lengths = shape.slots.map((slot, i) => {
    const field = `input.templateParameters.${i}`;
    const text = templateParameters[i];
    if (text === undefined) return 0;
    if (text.length > maxParameter) throw badInput(field, `at most ${maxParameter} characters`);
    const length = shortestValue(slot, checkPattern(field, text, { link: false }));
    if (length === 0) missing(field, 'a value: WhatsApp refuses an empty one');
    return length;
  });
  for (const measured of shape.measured) {
    const shortest = filledLength(measured, lengths);
    if (shortest <= measured.max) continue;
    const [longest] = [...measured.values].sort(
      (a, b) => b.times * (lengths[b.slot] ?? 0) - a.times * (lengths[a.slot] ?? 0),
    );
    throw badInput(
      // a text that is too long without values makes the template one that cannot be sent
      `input.templateParameters.${longest?.slot ?? 0}`,
      `a shorter value: with it ${measured.what} has at least ${shortest} characters, and WhatsApp allows ${measured.max}`,
    );
  }
}

function templateMedia(
  choice: ContentChoice,
  { headerFormat }: TemplateShape,
  product: Product | undefined,
  missing: Missing,
): Pick<Content, 'mediaUrl' | 'mediaType'> {
  const wanted = Object.values(MediaType).find((type) => type === headerFormat);
  if (!wanted) {
    if (choice.mediaUrl)
      throw badInput('input.mediaUrl', 'no value, because the template has no media in its header');
    return { mediaUrl: null, mediaType: null };
  }
  const mediaUrl = choice.mediaUrl ?? product?.imageUrl;
  if (!mediaUrl) {
    missing('input.mediaUrl', `a URL (or a productId): the template has the header ${wanted}`);
    return { mediaUrl: null, mediaType: null };
  }
  const mediaType = choice.mediaType ?? (choice.mediaUrl ? wanted : MediaType.IMAGE);
  if (mediaType !== wanted) {
    throw badInput(
      choice.mediaType ? 'input.mediaType' : 'input.productId',
      `${wanted}: that is the template's header`,
    );
  }
  return { mediaUrl, mediaType };
}

function freeFormContent(
  choice: ContentChoice,
  product: Product | undefined,
  publicUrl: string,
  missing: Missing,
): Content {
  if (choice.templateParameters?.length)
    throw badInput('input.templateParameters', 'no value, because no template was given');
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
    templateParameters: [],
    messageText,
    mediaUrl,
    mediaType: choice.mediaType ?? (mediaUrl ? MediaType.IMAGE : null),
    linkUrl: choice.linkUrl ?? null,
  };
}

function checkPattern(field: string, text: string, allow: { link: boolean }): Pattern {
  if (text.includes('\0')) throw badInput(field, 'no NUL character');
  try {
    return compilePattern(text, allow);
  } catch (error) {
    if (error instanceof UnknownPlaceholder) throw badInput(field, error.message);
    throw error;
  }
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
