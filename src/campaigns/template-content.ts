import { hasImage } from '../catalog/products/product.entity';
import type { Product } from '../catalog/products/product.entity';
import { filledLength } from '../catalog/render-template';
import type { Template } from '../catalog/templates/template.entity';
import { isTrackedShape, shapeOf, whyNotSendable } from '../catalog/templates/template-shape';
import type { TemplateShape } from '../catalog/templates/template-shape';
import type { TemplateValue, TemplateValues } from '../catalog/templates/template-value';
import { isMedia, parametersOf, VariableKind } from '../catalog/templates/variables';
import { badInput } from '../infra/errors';
import { MediaType } from './campaign';
import { refuseMissing } from './content-choice';
import type { Content, ContentChoice, Missing } from './content-choice';
import { checkValue, fieldAt, shortestLength } from './template-values';
import type { GivenValue, Named } from './template-values';

/**
 * The content of a campaign with a template. The guide's fields (`templateParameters`, `mediaUrl`, `mediaId`, `productId`) stand for
 * keys of the template's variables; every key may be given once, by either.
 * @param missing called for each thing that is missing; if it does not throw, the content is stored without it
 * @throws BAD_USER_INPUT naming the field
 */
export function templateContent(
  choice: ContentChoice,
  template: Template,
  named: Named,
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
  const given = givenValues(choice, shape);
  addParameters(choice, shape, given, missing);
  addHeader(choice, shape, named.products.get(choice.productId ?? ''), given, missing);
  const templateValues = checkValues(shape, given, named, missing);
  if (isTrackedShape(shape) && !choice.linkUrl)
    missing('input.linkUrl', 'a URL: the template has a tracked button, which must lead somewhere');
  const header = templateValues.header;
  return {
    templateValues,
    templateParameters: parametersOf(shape.variables).map(({ key }) => templateValues[key]?.value ?? ''),
    messageText: null,
    linkUrl: choice.linkUrl ?? null,
    mediaUrl: header?.mediaUrl ?? null,
    mediaId: header?.mediaId ?? null,
    mediaType: (header && mediaTypeOf(header.kind)) ?? null,
  };
}

/** By key; undefined where a value is missing and was asked for by the guide's field. */
type Given = Map<string, GivenValue | undefined>;

/** The general form, by key. */
function givenValues({ templateValues }: ContentChoice, { variables }: TemplateShape): Given {
  const given: Given = new Map();
  templateValues?.forEach(({ key, ...value }, i) => {
    const at = `input.templateValues.${i}`;
    if (!variables.some((one) => one.key === key))
      throw badInput(
        `${at}.key`,
        variables.length > 0
          ? `one of ${variables.map((one) => one.key).join(', ')}`
          : 'no values, because this template has no variables',
      );
    if (given.has(key)) throw badInput(`${at}.key`, 'each key once');
    given.set(key, { at, ...value });
  });
  return given;
}

function addParameters(
  { templateParameters }: ContentChoice,
  shape: TemplateShape,
  given: Given,
  missing: Missing,
): void {
  const variables = parametersOf(shape.variables);
  const parameters = templateParameters ?? [];
  if (parameters.length === 0 && given.size > 0) return;
  const [needed, count] = [variables.length, parameters.length];
  if (count !== needed) {
    const refuse = count < needed ? missing : refuseMissing;
    refuse('input.templateParameters', `${countOf(needed, 'value')} for this template, not ${count}`);
  }
  variables.forEach(({ key }, i) => {
    const value = parameters[i];
    const twice = given.get(key);
    if (twice && value !== undefined)
      throw badInput(fieldAt(twice, 'value'), `no value, because templateParameters.${i} gives ${key}`);
    if (!twice)
      given.set(
        key,
        value === undefined ? value : { at: `input.templateParameters.${i}`, whole: true, value },
      );
  });
}

/** `mediaUrl` and `mediaId` stand for the header; `productId` for the variable that takes a product, else for the image in the header. */
function addHeader(
  choice: ContentChoice,
  { variables }: TemplateShape,
  product: Product | undefined,
  given: Given,
  missing: Missing,
): void {
  const { mediaUrl, mediaId, mediaType, productId } = choice;
  const header = variables.find(({ key }) => key === 'header');
  const media = header && isMedia(header.kind) ? header.kind : undefined;
  const set = (field: 'mediaUrl' | 'mediaId' | 'productId', key: string, value: Partial<GivenValue>) => {
    const twice = given.get(key);
    if (twice)
      throw badInput(
        fieldAt(twice, twice.productId ? 'productId' : twice.mediaId ? 'mediaId' : 'mediaUrl'),
        `no value, because ${field} gives ${key}`,
      );
    given.set(key, { at: `input.${field}`, whole: true, ...value });
  };
  if (mediaUrl) {
    if (!media) throw badInput('input.mediaUrl', 'no value, because the template has no media in its header');
    set('mediaUrl', 'header', { mediaUrl });
  }
  if (mediaId) {
    if (!media) throw badInput('input.mediaId', 'no value, because the template has no media in its header');
    set('mediaId', 'header', { mediaId });
  }
  if (product) {
    const takesProduct = variables.find(
      ({ kind, card }) => kind === VariableKind.PRODUCT && card === undefined,
    );
    if (takesProduct) set('productId', takesProduct.key, { productId: productId ?? null });
    else if (!hasImage(product) && !mediaUrl && !mediaId)
      throw badInput('input.productId', 'a product with an image');
    else if (media && !mediaUrl && !mediaId) {
      if ((mediaType ?? MediaType.IMAGE) !== mediaTypeOf(media)) throw wrongType(choice, media);
      set(
        'productId',
        'header',
        product.imageUrl ? { mediaUrl: product.imageUrl } : { productId: productId ?? null },
      );
    }
  } else if (mediaType && !given.has('header')) missing('input.mediaUrl', 'a URL when mediaType is given');
  if (media && mediaType && mediaType !== mediaTypeOf(media)) throw wrongType(choice, media);
  // with the general form in use the missing key is named
  if (media && !given.has('header') && !choice.templateValues?.length) {
    missing('input.mediaUrl', `a URL (or a productId): the template has the header ${media}`);
    given.set('header', undefined);
  }
}

function wrongType(choice: ContentChoice, media: VariableKind) {
  return badInput(
    choice.mediaType ? 'input.mediaType' : 'input.productId',
    `${mediaTypeOf(media) ?? media}: that is the template's header`,
  );
}

/** A GIF is a short video. */
function mediaTypeOf(kind: VariableKind): MediaType | undefined {
  if (kind === VariableKind.GIF) return MediaType.VIDEO;
  return Object.values(MediaType).find((type) => String(type) === String(kind));
}

/** Refuses values that do not fit their variable, or would be too long for every person. One that is missing counts as empty. */
function checkValues(shape: TemplateShape, given: Given, named: Named, missing: Missing): TemplateValues {
  const values: Record<string, TemplateValue> = {};
  const lengths = shape.variables.map((variable) => {
    const one = given.get(variable.key);
    if (!one) {
      if (variable.required && !given.has(variable.key))
        missing('input.templateValues', `a value for ${variable.key} (${variable.label})`);
      return 0;
    }
    const value = checkValue(variable, one, named, missing);
    if (!value) return 0;
    values[variable.key] = value;
    return shortestLength(value);
  });
  for (const measured of shape.measured) {
    const shortest = filledLength(measured, lengths);
    if (shortest <= measured.max) continue;
    const [longest] = [...measured.values].sort(
      (a, b) => b.times * (lengths[b.slot] ?? 0) - a.times * (lengths[a.slot] ?? 0),
    );
    const culprit = shape.variables[longest?.slot ?? 0];
    const value = culprit && given.get(culprit.key);
    throw badInput(
      // a text that is too long without values makes the template one that cannot be sent
      value ? fieldAt(value, 'value') : 'input.templateValues',
      `a shorter value: with it ${measured.what} has at least ${shortest} characters, and WhatsApp allows ${measured.max}`,
    );
  }
  return values;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
