import type { TemplateParameter } from '../whatsapp/wire';
import { isObject, type JsonObject } from './json';

/**
 * A template in the library. Less strict than `MessageTemplate`, because libraries of real accounts
 * contain templates with missing fields and undocumented components.
 */
export interface StoredTemplate {
  id: string;
  name?: string;
  language?: string;
  status?: string;
  category?: string;
  parameter_format?: string;
  components?: unknown;
  quality_score?: unknown;
  rejected_reason?: unknown;
  /** The maximum price of a message. */
  optimization_spec?: unknown;
}

/** The parsed components of a template, computed once so that sends are validated quickly. */
export interface TemplateShape {
  named: boolean;
  header: (TextShape & { format: string }) | null;
  body: TextShape;
  footer: string | null;
  buttons: ButtonShape[];
  /** The cards of a carousel, each with a header, a body and buttons of its own. */
  cards: TemplateShape[] | null;
  /** The text of a limited-time offer. */
  offer: string | null;
  /** The template has a limited-time offer with an expiration, which every send must contain. */
  needsOfferEnd: boolean;
  /** Characters of the rendered body: less with an offer, and on a card. */
  bodyLimit: number;
}

export interface TextShape {
  text: string;
  variables: string[];
  /** Number of placeholders; a variable may be used more than once. */
  placeholders: number;
}

export interface ButtonShape {
  type: string;
  text: string;
  /** URL buttons only; ends with `{{1}}` if the button takes a suffix. */
  url: string;
  takesSuffix: boolean;
}

/** A template in the library of an account. An edit replaces `template` in the same record. */
export interface LibraryTemplate {
  wabaId: string;
  template: StoredTemplate;
  shape: TemplateShape;
}

const BODY_LIMIT = 1024;
const OFFER_BODY_LIMIT = 600;
const CARD_BODY_LIMIT = 160;

const VARIABLE = /\{\{\s*([a-z0-9_]+)\s*\}\}/gi;

/** The distinct variables of a text: positional ones by number, named ones by first use. */
function variablesOf(text: string): string[] {
  const names = [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

function textShape(text: string): TextShape {
  return { text, variables: variablesOf(text), placeholders: [...text.matchAll(VARIABLE)].length };
}

const stringOf = (value: unknown) => (typeof value === 'string' ? value : '');
const objectsIn = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

/** Parses the components. Never throws: missing or undocumented parts are treated as empty. */
export function shapeOf(template: StoredTemplate): TemplateShape {
  return componentsShape(template.components, template.parameter_format === 'NAMED');
}

function componentsShape(components: unknown, named: boolean, bodyLimit = BODY_LIMIT): TemplateShape {
  const part = (type: string): JsonObject | undefined =>
    objectsIn(components).find((each) => stringOf(each.type).toUpperCase() === type);
  const header = part('HEADER');
  const carousel = part('CAROUSEL');
  const offer = part('LIMITED_TIME_OFFER')?.limited_time_offer;
  return {
    named,
    header: header
      ? { format: stringOf(header.format).toUpperCase(), ...textShape(stringOf(header.text)) }
      : null,
    body: textShape(stringOf(part('BODY')?.text)),
    footer: stringOf(part('FOOTER')?.text) || null,
    buttons: objectsIn(part('BUTTONS')?.buttons).map((button) => {
      const url = stringOf(button.url);
      return {
        type: stringOf(button.type).toUpperCase(),
        text: stringOf(button.text),
        url,
        takesSuffix: url.includes('{{'),
      };
    }),
    cards: carousel
      ? objectsIn(carousel.cards).map((card) => componentsShape(card.components, named, CARD_BODY_LIMIT))
      : null,
    offer: isObject(offer) ? stringOf(offer.text) : null,
    needsOfferEnd: isObject(offer) && offer.has_expiration === true,
    bodyLimit: isObject(offer) ? OFFER_BODY_LIMIT : bodyLimit,
  };
}

/** The displayed text of a text, currency or date_time parameter. */
export function shownText(parameter: TemplateParameter): string {
  if (parameter.type === 'text') return parameter.text;
  if (parameter.type === 'currency') return parameter.currency.fallback_value;
  if (parameter.type === 'date_time') return parameter.date_time.fallback_value;
  return '';
}

/** Replaces the variables of a text, by name for named templates, otherwise by position. */
export function fillVariables(text: string, parameters: TemplateParameter[], named: boolean): string {
  return text.replace(VARIABLE, (placeholder, variable: string) => {
    const parameter = named
      ? parameters.find((each) => 'parameter_name' in each && each.parameter_name === variable)
      : parameters[Number(variable) - 1];
    return parameter ? shownText(parameter) : placeholder;
  });
}
