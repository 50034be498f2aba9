import type { TemplateParameter, TemplateSendComponent } from '../whatsapp/wire';
import { compilePattern, fillPattern, literalOf } from './placeholders';
import type { Pattern, Person } from './placeholders';
import { mediaObject } from './media/object';
import type { UploadedMedia } from './media/source';
import { fileNameOf } from './file-name';
import { optOutButtonsOf, quickReplies } from './templates/opt-out-buttons';
import type { MeasuredText, PartShape } from './templates/part-shape';
import { shapeOf } from './templates/template-shape';
import type { TemplateShape } from './templates/template-shape';
import type { Template } from './templates/template.entity';
import type { CatalogProduct, TemplateValue, TemplateValues } from './templates/template-value';
import { isText, VariableKind } from './templates/variables';
import type { TemplateVariable } from './templates/variables';
import type { Renderer, SendableTemplate, Stamp } from './renderer';
import { cleanSuffix, cleanValue, encodeInAddress } from './value';

export const maxParameter = 1024;
export const maxSectionTitle = 24;

/** The value of a variable for one person, as WhatsApp takes it; empty when nothing visible is left. */
function valueFor(kind: VariableKind, pattern: Pattern, person: Person): string {
  return kind === VariableKind.URL_SUFFIX
    ? cleanSuffix(fillPattern(pattern, person, '', encodeInAddress))
    : cleanValue(fillPattern(pattern, person));
}

const somebody: Person = { name: 'x', phone: 'x', email: 'x' };

/**
 * The fewest characters that a value can have, whoever it is for.
 * @returns 0 for a value that is empty for everybody
 */
export function shortestValue(kind: VariableKind, pattern: Pattern): number {
  const filled = valueFor(kind, pattern, somebody).length;
  if (literalOf(pattern) !== undefined) return filled;
  // a field may be empty, the value may not
  return Math.max(1, filled - pattern.filter((part) => typeof part !== 'string').length);
}

/** The length of a text once its values are filled in, by the lengths of all values. */
export function filledLength({ fixedLength, values }: MeasuredText, lengths: readonly number[]): number {
  return values.reduce((sum, { slot, times }) => sum + times * (lengths[slot] ?? 0), fixedLength);
}

/** Builds one component from the texts of all variables, by their place in the shape's list. */
type Build = (texts: readonly string[], stamp: Stamp) => TemplateSendComponent;

/** Prepares a campaign's template once, so that rendering for one person only fills in values. */
export function templateRenderer(
  template: SendableTemplate,
  values: TemplateValues,
  publicUrl: string,
  uploaded: UploadedMedia,
): Renderer {
  const shape = shapeOf(template.components, publicUrl);
  const filled = shape.variables.flatMap((variable, slot) => {
    const value = values[variable.key]?.value;
    if (!isText(variable.kind) || (value === undefined && !variable.required)) return [];
    const pattern = compilePattern(value ?? '', { link: false });
    const same = literalOf(pattern) === undefined ? undefined : valueFor(variable.kind, pattern, somebody);
    return [{ variable, slot, pattern, same }];
  });
  const builds = messageBuilds(template, shape, values, uploaded);
  const count = shape.variables.length;

  return (person, stamp) => {
    const texts = new Array<string>(count).fill('');
    const lengths = new Array<number>(count).fill(0);
    for (const { variable, slot, pattern, same } of filled) {
      const text = same ?? valueFor(variable.kind, pattern, person);
      if (text === '' && variable.required)
        return { problem: `The value for ${placeOf(variable)} is empty for this person` };
      if (text.length > maxParameter)
        return { problem: `The value for ${placeOf(variable)} is too long for this person` };
      texts[slot] = text;
      lengths[slot] = text.length;
    }
    const tooLong = shape.measured.find((text) => filledLength(text, lengths) > text.max);
    if (tooLong) {
      return {
        problem: `With this person's values ${tooLong.what} has ${filledLength(tooLong, lengths)} characters; WhatsApp allows ${tooLong.max}`,
      };
    }
    const components = builds.map((build) => build(texts, stamp));
    return {
      message: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: person.phone,
        type: 'template',
        template: {
          name: template.name,
          language: { code: template.language },
          ...(components.length > 0 ? { components } : {}),
        },
        biz_opaque_callback_data: stamp.callbackData,
      },
    };
  };
}

function messageBuilds(
  template: SendableTemplate,
  shape: TemplateShape,
  values: TemplateValues,
  uploaded: UploadedMedia,
): Build[] {
  // an account whose API version does not tell the format may still have named variables
  const named =
    template.parameterFormat === 'NAMED' ||
    shape.variables.some(({ place }) => 'name' in place && !/^\d+$/.test(place.name));
  let links = 0;
  const buildsOf = (part: PartShape, card?: number) => {
    const firstLink = links;
    links += part.trackedButtons.length;
    return partBuilds(part, {
      own: shape.variables.flatMap((variable, slot) => (variable.card === card ? [{ variable, slot }] : [])),
      values,
      uploaded,
      named,
      optOutChoice: template.optOutChoice,
      firstLink,
    });
  };
  const builds = buildsOf(shape);
  if (shape.cards.length === 0) return builds;
  const cards = shape.cards.map((card, i) => buildsOf(card, i));
  return [
    ...builds,
    (texts, stamp) => ({
      type: 'carousel',
      cards: cards.map((card, i) => ({
        card_index: i,
        components: card.map((build) => build(texts, stamp)),
      })),
    }),
  ];
}

interface PartContext {
  /** The variables of the part, with their places in the shape's list. */
  own: readonly { variable: TemplateVariable; slot: number }[];
  values: TemplateValues;
  uploaded: UploadedMedia;
  named: boolean;
  optOutChoice: Template['optOutChoice'] | undefined;
  /** Place in the message of its first tracked link. */
  firstLink: number;
}

/** A component is given only if it has variables or media. */
function partBuilds(
  part: PartShape,
  { own, values, uploaded, named, optOutChoice, firstLink }: PartContext,
): Build[] {
  const builds: Build[] = [];
  const textsAt = (type: 'header' | 'body', at: 'headerText' | 'body') => {
    const names = own.flatMap(({ variable: { place }, slot }) =>
      place.at === at ? [{ name: place.name, slot }] : [],
    );
    if (names.length === 0) return;
    builds.push((texts) => ({
      type,
      parameters: names.map(({ name, slot }): TemplateParameter => ({
        type: 'text',
        ...(named ? { parameter_name: name } : {}),
        text: texts[slot] ?? '',
      })),
    }));
  };
  const always = (component: TemplateSendComponent) => builds.push(() => component);
  const valueAt = (at: 'header' | 'offer') => {
    const key = own.find(({ variable }) => variable.place.at === at)?.variable.key;
    return key === undefined ? undefined : values[key];
  };

  const header = valueAt('header');
  if (header) always({ type: 'header', parameters: [headerParameter(header, uploaded)] });
  textsAt('header', 'headerText');
  textsAt('body', 'body');
  const offer = valueAt('offer');
  if (offer) {
    const limited_time_offer = { expiration_time_ms: Date.parse(offer.value ?? '') };
    always({
      type: 'limited_time_offer',
      parameters: [{ type: 'limited_time_offer', limited_time_offer }],
    });
  }
  for (const { variable, slot } of own)
    if (variable.place.at === 'button')
      builds.push(buttonBuild(variable, variable.place.index, slot, part, values[variable.key]));
  part.trackedButtons.forEach((index, i) =>
    builds.push((_, { linkToken }) => ({
      type: 'button',
      sub_type: 'url',
      index: String(index),
      parameters: [{ type: 'text', text: linkToken(firstLink + i) }],
    })),
  );
  const optOuts = new Set(optOutButtonsOf(part.buttons, optOutChoice));
  for (const { index } of quickReplies(part.buttons)) {
    const prefix = optOuts.has(index) ? 'STOP' : 'REPLY';
    builds.push((_, { callbackData }) => ({
      type: 'button',
      sub_type: 'quick_reply',
      index: String(index),
      parameters: [{ type: 'payload', payload: `${prefix}:${callbackData}` }],
    }));
  }
  return builds;
}

function headerParameter(value: TemplateValue, uploaded: UploadedMedia): TemplateParameter {
  const { kind, mediaUrl, fileName, location, products } = value;
  const media = mediaObject(value, uploaded);
  const [product] = products ?? [];
  if (kind === VariableKind.IMAGE) return { type: 'image', image: media };
  if (kind === VariableKind.VIDEO) return { type: 'video', video: media };
  if (kind === VariableKind.GIF) return { type: 'gif', gif: media };
  if (kind === VariableKind.DOCUMENT)
    return { type: 'document', document: { ...media, filename: fileName ?? fileNameOf(mediaUrl) } };
  if (location) return { type: 'location', location };
  if (product)
    return {
      type: 'product',
      product: { catalog_id: product.catalogId ?? '', product_retailer_id: product.retailerId },
    };
  throw new Error(`a header cannot be made of a value of kind ${kind}`);
}

function buttonBuild(
  { kind }: TemplateVariable,
  place: number,
  slot: number,
  { buttons }: PartShape,
  value: TemplateValue | undefined,
): Build {
  const type = 'button';
  const index = String(place);
  if (kind === VariableKind.COUPON)
    return (texts) => ({
      type,
      sub_type: 'copy_code',
      index,
      parameters: [{ type: 'coupon_code', coupon_code: texts[slot] ?? '' }],
    });
  // WhatsApp wants the component even without a token (131009)
  if (kind === VariableKind.FLOW)
    return (texts) => ({
      type,
      sub_type: 'flow',
      index,
      ...(texts[slot] ? { parameters: [{ type: 'action', action: { flow_token: texts[slot] } }] } : {}),
    });
  const products = value?.products ?? [];
  const thumbnail_product_retailer_id = products[0]?.retailerId ?? '';
  if (kind === VariableKind.PRODUCT) {
    const action = { thumbnail_product_retailer_id };
    return () => ({ type, sub_type: 'catalog', index, parameters: [{ type: 'action', action }] });
  }
  if (kind === VariableKind.PRODUCTS) {
    const label = cleanValue(buttons.find((button) => button.index === place)?.text ?? '');
    const titles = value?.sectionTitles ?? [label.slice(0, maxSectionTitle).toWellFormed() || 'Products'];
    const action = { thumbnail_product_retailer_id, sections: sectionsOf(products, titles) };
    return () => ({ type, sub_type: 'mpm', index, parameters: [{ type: 'action', action }] });
  }
  return (texts) => ({
    type,
    sub_type: 'url',
    index,
    parameters: [{ type: 'text', text: texts[slot] ?? '' }],
  });
}

/**
 * Divides the products among the titles, in order and as evenly as possible, the first sections taking one more. The same
 * title twice in a row is one section.
 */
function sectionsOf(products: readonly CatalogProduct[], titles: readonly string[]) {
  const sections: { title: string; product_items: { product_retailer_id: string }[] }[] = [];
  let next = 0;
  titles.forEach((title, i) => {
    const size = Math.ceil((products.length - next) / (titles.length - i));
    const product_items = products
      .slice(next, next + size)
      .map(({ retailerId }) => ({ product_retailer_id: retailerId }));
    next += size;
    const last = sections.at(-1);
    if (last?.title === title) last.product_items.push(...product_items);
    else sections.push({ title, product_items });
  });
  return sections;
}

/** As people find it in the template. */
function placeOf({ place, card, label }: TemplateVariable): string {
  if ('name' in place && card === undefined) return `{{${place.name}}}`;
  return card === undefined && place.at === 'button' ? `button ${place.index + 1}` : label;
}
