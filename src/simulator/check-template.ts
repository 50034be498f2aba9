import type { TemplateParameter } from '../whatsapp/wire';
import type { Sender } from './accounts';
import { checkButtons } from './check-buttons';
import { checkHeader } from './check-header';
import { isObject, type JsonObject } from './json';
import { refuse, type Refusal } from './errors';
import { groupComponents, type SentComponents } from './send-components';
import {
  fillVariables,
  shownText,
  type LibraryTemplate,
  type StoredTemplate,
  type TemplateShape,
  type TextShape,
} from './template-shape';
import type { SimulatorState } from './state';

/**
 * Validation of the template of a send: does it exist, may it be sent, do the components match it.
 * Checks the number of parameters first, then formats, missing values, forbidden characters and
 * lengths. The error texts follow real responses of the Cloud API.
 */

const RENDERED_HEADER_LIMIT = 60;

export function checkTemplateName(template: JsonObject): { name: string; language: string } | Refusal {
  const { name, language } = template;
  if (name === undefined || name === '') return refuse(131008, "Parameter 'template.name' is missing");
  if (typeof name !== 'string') return refuse(100, "Param template['name'] must be a string.");
  if (language === undefined) return refuse(131008, "Parameter 'template.language' is missing");
  if (!isObject(language) || typeof language.code !== 'string') {
    return refuse(100, "Param template['language']['code'] must be a string.");
  }
  return { name, language: language.code };
}

/** Only APPROVED templates can be sent; PAUSED and DISABLED have their own error codes. */
export function checkTemplateStatus(
  name: string,
  language: string,
  template: StoredTemplate | undefined,
): Refusal | null {
  if (template?.status === 'APPROVED') return null;
  if (template?.status === 'PAUSED') return refuse(132015);
  if (template?.status === 'DISABLED') return refuse(132016);
  return refuse(132001, `template name (${name}) does not exist in ${language}`);
}

export function checkComponents(
  state: SimulatorState,
  sender: Sender,
  { shape }: LibraryTemplate,
  components: unknown,
): Refusal | null {
  const given = groupComponents(components);
  if ('error' in given) return given;
  return (
    checkParts(state, sender, shape, given) ??
    checkCards(state, sender, shape.cards, given.cards) ??
    checkOffer(shape, given.offer)
  );
}

function checkOffer({ offer, needsOfferEnd }: TemplateShape, given: JsonObject[] | null): Refusal | null {
  if (offer === null)
    return given ? refuse(132012, 'limited_time_offer: the template has no limited-time offer') : null;
  if (!given) {
    return needsOfferEnd
      ? refuse(131008, 'limited_time_offer: Parameter expiration_time_ms is missing')
      : null;
  }
  const ends = isObject(given[0]?.limited_time_offer)
    ? given[0].limited_time_offer.expiration_time_ms
    : undefined;
  if (ends === undefined)
    return refuse(131008, 'limited_time_offer: Parameter expiration_time_ms is missing');
  return Number.isSafeInteger(ends)
    ? null
    : refuse(131009, 'limited_time_offer: expiration_time_ms must be a time in milliseconds');
}

/** Checks the components that templates and carousel cards have in common. */
function checkParts(
  state: SimulatorState,
  sender: Sender,
  shape: TemplateShape,
  given: SentComponents,
): Refusal | null {
  return (
    checkCounts(shape, given) ??
    checkFormats(shape, given) ??
    checkButtons(shape, given) ??
    checkValues(given) ??
    checkLengths(shape, given) ??
    checkHeader(state, sender, given.header?.[0])
  );
}

/** A send must contain exactly the approved cards; each is checked like a template. */
function checkCards(
  state: SimulatorState,
  sender: Sender,
  approved: TemplateShape[] | null,
  given: JsonObject[] | null,
): Refusal | null {
  if (!approved) return given ? refuse(132012, 'carousel: the template has no carousel') : null;
  if (given?.length !== approved.length) {
    return refuse(132012, `carousel: expected ${approved.length} cards, received ${given?.length ?? 0}`);
  }
  for (const [index, shape] of approved.entries()) {
    const card = given.find((each) => each.card_index === index);
    if (!card) return refuse(132012, `carousel: there is no card with card_index ${index}`);
    const parts = groupComponents(card.components);
    const problem = 'error' in parts ? parts : checkParts(state, sender, shape, parts);
    if (problem) return problem;
  }
  return null;
}

function countMismatch(part: string, given: number, expected: number): Refusal | null {
  if (given === expected) return null;
  const details = `${part}: number of localizable_params (${given}) does not match the expected number of params (${expected})`;
  return refuse(132000, details);
}

function checkCounts(shape: TemplateShape, given: SentComponents): Refusal | null {
  const format = shape.header?.format ?? 'TEXT';
  const headerMismatch =
    format === 'TEXT'
      ? countMismatch('header', given.header?.length ?? 0, shape.header?.variables.length ?? 0)
      : given.header && given.header.length > 1
        ? countMismatch('header', given.header.length, 1)
        : null;
  return headerMismatch ?? countMismatch('body', given.body?.length ?? 0, shape.body.variables.length);
}

function checkFormats(shape: TemplateShape, given: SentComponents): Refusal | null {
  const { header } = shape;
  if (header && header.format !== 'TEXT') {
    const received =
      typeof given.header?.[0]?.type === 'string' ? given.header[0].type.toUpperCase() : 'UNKNOWN';
    // A GIF may be sent as the video that it is.
    const expected = header.format === 'GIF' && received === 'VIDEO' ? 'VIDEO' : header.format;
    if (received !== expected) {
      return refuse(132012, `header: Format mismatch, expected ${expected}, received ${received}`);
    }
    if (!isObject(given.header?.[0]?.[received.toLowerCase()])) {
      return refuse(131008, `header: parameter '${received.toLowerCase()}' is missing`);
    }
  } else if (given.header) {
    const mismatch = textFormatMismatch('header', given.header, header?.variables ?? [], shape.named);
    if (mismatch) return mismatch;
  }
  return textFormatMismatch('body', given.body ?? [], shape.body.variables, shape.named);
}

function textFormatMismatch(
  part: string,
  parameters: JsonObject[],
  variables: string[],
  named: boolean,
): Refusal | null {
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const type = String(parameter.type);
    if (type !== 'text' && type !== 'currency' && type !== 'date_time') {
      return refuse(132012, `${part}: Format mismatch, expected TEXT, received ${type.toUpperCase()}`);
    }
    if (
      type !== 'text' &&
      !(isObject(parameter[type]) && typeof parameter[type].fallback_value === 'string')
    ) {
      return refuse(132012, `${part}: ${type} must have a fallback_value`);
    }
    const name = parameter.parameter_name;
    if (!named && name !== undefined) {
      return refuse(
        132012,
        `${part}: parameter_name is not allowed, the template's parameters are positional`,
      );
    }
    if (!named) continue;
    if (typeof name !== 'string' || name === '') {
      return refuse(132012, `${part}: Parameter name is missing or empty`);
    }
    if (!variables.includes(name) || seen.has(name)) {
      return refuse(132012, `${part}: unexpected or repeated parameter_name ${name}`);
    }
    seen.add(name);
  }
  return null;
}

function checkValues(given: SentComponents): Refusal | null {
  const texts = [...(given.header ?? []), ...(given.body ?? [])].filter((each) => each.type === 'text');
  for (const { text } of texts) {
    if (typeof text !== 'string' || text.trim() === '') {
      return refuse(131008, 'Parameter of type text is missing text value');
    }
  }
  return texts.some(({ text }) => /[\n\r\t]| {5}/.test(String(text))) ? refuse(132018) : null;
}

function checkLengths(shape: TemplateShape, given: SentComponents): Refusal | null {
  const tooLong = ({ text, placeholders }: TextShape, parameters: JsonObject[], limit: number): boolean => {
    const values = parameters as unknown as TemplateParameter[]; // validated by checkFormats
    const longest = Math.max(0, ...values.map((each) => shownText(each).length));
    // The estimate is cheaper than rendering, and nearly all messages are far below the limit.
    return (
      text.length + placeholders * longest > limit && fillVariables(text, values, shape.named).length > limit
    );
  };
  if (tooLong(shape.body, given.body ?? [], shape.bodyLimit)) {
    return refuse(132005, `body: the translated text is longer than ${shape.bodyLimit} characters`);
  }
  if (shape.header?.format === 'TEXT' && tooLong(shape.header, given.header ?? [], RENDERED_HEADER_LIMIT)) {
    return refuse(132005, `header: the translated text is longer than ${RENDERED_HEADER_LIMIT} characters`);
  }
  return null;
}
