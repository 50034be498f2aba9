import { checkDraftButtons } from './check-draft-buttons';
import { isText, problem, type DraftProblem } from './draft-problem';
import { isObject, type JsonObject } from './json';

/** Validation of a new or edited template: the rules that the Cloud API checks before a person reviews it. */

/** Error subcodes of template creation. */
const TOO_MANY_VARIABLES = 2388293;
const VARIABLE_AT_THE_EDGE = 2388299;

const CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION'];
const HEADER_FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'GIF', 'PRODUCT'];
const CARD_HEADERS = ['IMAGE', 'VIDEO', 'PRODUCT'];
const WITH_EXAMPLE = ['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF'];
const CARD_TYPES = ['HEADER', 'BODY', 'BUTTONS'];
const TYPES = [...CARD_TYPES, 'FOOTER', 'LIMITED_TIME_OFFER', 'CAROUSEL'];
const VARIABLE = /\{\{\s*(\w+)\s*\}\}/g;

/** The first thing that is wrong with a template; null if it is valid. */
export function checkDraft(body: unknown): DraftProblem | null {
  if (!isObject(body)) return problem('The request body is not a JSON object.');
  const { name, language, category, components, parameter_format: format } = body;
  if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name))
    return problem('Param name must be 1 to 512 lower-case letters, digits and underscores.');
  if (typeof language !== 'string' || !/^[a-z]{2,3}(_[A-Z]{2,4})?$/.test(language))
    return problem('Param language must be a language code such as en or en_US.');
  if (!CATEGORIES.some((each) => each === category))
    return problem(`Param category must be one of {${CATEGORIES.join(', ')}}.`);
  if (format !== undefined && !(typeof format === 'string' && /^(positional|named)$/i.test(format)))
    return problem('Param parameter_format must be one of {POSITIONAL, NAMED}.');
  const named = format?.toUpperCase() === 'NAMED';
  const read = partsOf(components, TYPES);
  if ('details' in read) return read;
  const { parts } = read;
  if (!parts.BODY) return problem('Param components must have a component of type BODY.');
  return (
    checkParts(parts, named, parts.LIMITED_TIME_OFFER ? 600 : 1024, HEADER_FORMATS) ??
    checkLayout(parts, named)
  );
}

type Parts = Partial<Record<string, JsonObject>>;

function partsOf(components: unknown, types: string[]): { parts: Parts } | DraftProblem {
  if (!Array.isArray(components) || !components.every(isObject))
    return problem('Param components must be an array of objects.');
  const parts: Parts = {};
  for (const part of components) {
    const type = String(part.type).toUpperCase();
    if (!types.includes(type))
      return problem(`Component type ${JSON.stringify(part.type)} is not supported.`);
    if (parts[type]) return problem(`There can be only one component of type ${type}.`);
    parts[type] = part;
  }
  return { parts };
}

/** Header, body and buttons, which a template and a card have in common. */
function checkParts(parts: Parts, named: boolean, bodyLimit: number, formats: string[]): DraftProblem | null {
  const { HEADER: header, BODY: body, BUTTONS: buttons } = parts;
  return (
    (header ? checkHeader(header, named, formats) : null) ??
    (body ? (checkText('BODY', body, bodyLimit, named) ?? checkProse(String(body.text))) : null) ??
    (buttons ? checkDraftButtons(buttons.buttons) : null)
  );
}

/** What the components of a template ask of each other. */
function checkLayout(parts: Parts, named: boolean): DraftProblem | null {
  const { FOOTER: footer, LIMITED_TIME_OFFER: offer, CAROUSEL: carousel, BUTTONS: buttons } = parts;
  if (footer && (!isText(footer.text, 60) || String(footer.text).includes('{{')))
    return problem('FOOTER must have a text of at most 60 characters without variables.');
  if (offer) {
    const { text, has_expiration: expires } = isObject(offer.limited_time_offer)
      ? offer.limited_time_offer
      : {};
    if (!isText(text, 16)) return problem('LIMITED_TIME_OFFER must have a text of at most 16 characters.');
    if (footer) return problem('FOOTER is not supported for LIMITED_TIME_OFFER.');
    const list = Array.isArray(buttons?.buttons) ? (buttons.buttons as JsonObject[]) : [];
    const code = list.findIndex((button) => button.type === 'COPY_CODE');
    if (code > 0 || (code < 0 && expires === true))
      return problem('LIMITED_TIME_OFFER with an expiration must have COPY_CODE as the first button.');
  }
  if (!carousel) return null;
  if (Object.keys(parts).some((type) => type !== 'BODY' && type !== 'CAROUSEL'))
    return problem('CAROUSEL is only supported together with BODY.');
  return checkCards(carousel.cards, named);
}

function checkHeader(header: JsonObject, named: boolean, formats: string[]): DraftProblem | null {
  const format = String(header.format).toUpperCase();
  if (!formats.includes(format)) return problem(`HEADER format must be one of {${formats.join(', ')}}.`);
  if (format === 'TEXT') {
    const count = [...String(header.text).matchAll(VARIABLE)].length;
    if (count > 1) return problem('HEADER must have at most one variable.');
    return checkText('HEADER', header, 60, named);
  }
  const handles = isObject(header.example) ? header.example.header_handle : undefined;
  if (WITH_EXAMPLE.includes(format) && !(Array.isArray(handles) && isText(handles[0], 4096)))
    return problem(`HEADER of format ${format} is missing expected field(s) (example.header_handle).`);
  return null;
}

/** The length of a text, the names of its variables, and their examples. */
function checkText(
  type: 'HEADER' | 'BODY',
  part: JsonObject,
  limit: number,
  named: boolean,
): DraftProblem | null {
  if (!isText(part.text, limit)) return problem(`${type} must have a text of at most ${limit} characters.`);
  const text = String(part.text);
  if (text.replace(VARIABLE, '').includes('{{')) return problem(`${type} has invalid variables.`, 2388040);
  const names = [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''))];
  const sorted = [...names].sort((a, b) => Number(a) - Number(b));
  if (
    named
      ? !names.every((name) => /^[a-z0-9_]+$/.test(name))
      : !sorted.every((name, i) => name === String(i + 1))
  )
    return problem(`${type} has variables whose names are not of the parameter format.`, 2388040);
  if (names.length === 0) return null;
  const key = `${type.toLowerCase()}_text`;
  const example = isObject(part.example) ? part.example : {};
  const missing = problem(`${type} is missing expected field(s) (example).`, 2388043);
  if (named) {
    const list: unknown = example[`${key}_named_params`];
    const given = Array.isArray(list) ? list.filter(isObject).map((one) => one.param_name) : [];
    return names.every((name) => given.includes(name)) ? null : missing;
  }
  const list: unknown = example[key];
  const given: unknown = Array.isArray(list) && Array.isArray(list[0]) ? list[0] : list;
  return Array.isArray(given) && given.length === names.length ? null : missing;
}

/** Where variables may stand in a body, and how many for its words. */
function checkProse(text: string): DraftProblem | null {
  const count = [...text.matchAll(VARIABLE)].length;
  if (count === 0) return null;
  const parts = text
    .trim()
    .split(VARIABLE)
    .filter((_part, i) => i % 2 === 0);
  if (parts[0] === '' || parts.at(-1) === '')
    return problem('Variables cannot be at the start or end of the template.', VARIABLE_AT_THE_EDGE);
  if (parts.slice(1, -1).some((part) => part.trim() === ''))
    return problem('Variables cannot be next to each other.', 2388040);
  const words = parts.join(' ').match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;
  // a language without spaces between its words has more of them than can be counted here
  if (
    words < 2 * new Set(text.match(VARIABLE)).size + 1 &&
    !/[\p{sc=Han}\p{sc=Thai}\p{sc=Hira}\p{sc=Kana}]/u.test(text)
  )
    return problem('This template has too many variables for its length.', TOO_MANY_VARIABLES);
  return null;
}

function checkCards(cards: unknown, named: boolean): DraftProblem | null {
  if (!Array.isArray(cards) || cards.length < 2 || cards.length > 10 || !cards.every(isObject))
    return problem('CAROUSEL must have an array of 2 to 10 cards.');
  const layouts = new Set<string>();
  for (const { components } of cards) {
    const read = partsOf(components, CARD_TYPES);
    if ('details' in read) return read;
    const { parts } = read;
    const buttons = parts.BUTTONS?.buttons;
    if (!parts.HEADER || !Array.isArray(buttons) || buttons.length > 2)
      return problem('A card must have a HEADER and 1 or 2 BUTTONS.');
    const wrong = checkParts(parts, named, 160, CARD_HEADERS);
    if (wrong) return wrong;
    const types = (buttons as JsonObject[]).map(({ type }) => type);
    layouts.add(JSON.stringify([String(parts.HEADER.format).toUpperCase(), parts.BODY !== undefined, types]));
  }
  return layouts.size === 1 ? null : problem('All cards must have the same kinds of components.');
}
