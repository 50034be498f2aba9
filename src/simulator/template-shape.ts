import type { TemplateParameter } from '../whatsapp/wire';
import { isObject, type JsonObject } from './check-message';

/**
 * A template as the library keeps it. Looser than `MessageTemplate`: real libraries hold templates that
 * lack fields or have components which no documentation names, and they are listed like any other.
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
}

/** A template taken apart once, so that a send is checked without reading the components again. */
export interface TemplateShape {
  named: boolean;
  header: (TextShape & { format: string }) | null;
  body: TextShape;
  buttons: ButtonShape[];
  /** The cards of a carousel, each with a header, a body and buttons of its own. */
  cards: TemplateShape[] | null;
  /** A limited-time offer that shows when it ends: sends must say when. */
  needsOfferEnd: boolean;
}

export interface TextShape {
  text: string;
  variables: string[];
  /** How often a variable is used; the same one may be used twice. */
  placeholders: number;
}

interface ButtonShape {
  type: string;
  text: string;
  /** URL buttons: with `{{1}}` at the end if it takes a suffix. */
  url: string;
  takesSuffix: boolean;
}

/** A template of one WABA's library; `template` is replaced by an edit, the record stays. */
export interface LibraryTemplate {
  wabaId: string;
  template: StoredTemplate;
  shape: TemplateShape;
}

const VARIABLE = /\{\{\s*([a-z0-9_]+)\s*\}\}/gi;

/** The different variables of a text, in the order of their first use; positional ones by their number. */
function variablesOf(text: string): string[] {
  const names = [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

function textShape(text: string): TextShape {
  return { text, variables: variablesOf(text), placeholders: [...text.matchAll(VARIABLE)].length };
}

const stringOf = (value: unknown) => (typeof value === 'string' ? value : '');
const objectsIn = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

/** Never fails: a part that is missing or not as documented counts as empty. */
export function shapeOf(template: StoredTemplate): TemplateShape {
  return componentsShape(template.components, template.parameter_format === 'NAMED');
}

function componentsShape(components: unknown, named: boolean): TemplateShape {
  const part = (type: string): JsonObject | undefined =>
    objectsIn(components).find((each) => stringOf(each.type).toUpperCase() === type);
  const header = part('HEADER');
  const carousel = part('CAROUSEL');
  const offer = part('LIMITED_TIME_OFFER')?.limited_time_offer;
  return {
    named,
    header: header ? { format: stringOf(header.format), ...textShape(stringOf(header.text)) } : null,
    body: textShape(stringOf(part('BODY')?.text)),
    buttons: objectsIn(part('BUTTONS')?.buttons).map((button) => {
      const url = stringOf(button.url);
      return {
        type: stringOf(button.type),
        text: stringOf(button.text),
        url,
        takesSuffix: url.includes('{{'),
      };
    }),
    cards: carousel ? objectsIn(carousel.cards).map((card) => componentsShape(card.components, named)) : null,
    needsOfferEnd: isObject(offer) && offer.has_expiration === true,
  };
}

/** What a text, currency or date_time parameter shows. */
export function shownText(parameter: TemplateParameter): string {
  if (parameter.type === 'text') return parameter.text;
  if (parameter.type === 'currency') return parameter.currency.fallback_value;
  if (parameter.type === 'date_time') return parameter.date_time.fallback_value;
  return '';
}

/** Puts parameters into a text: by name if the template is named, else by position. */
export function fillVariables(text: string, parameters: TemplateParameter[], named: boolean): string {
  return text.replace(VARIABLE, (placeholder, variable: string) => {
    const parameter = named
      ? parameters.find((each) => 'parameter_name' in each && each.parameter_name === variable)
      : parameters[Number(variable) - 1];
    return parameter ? shownText(parameter) : placeholder;
  });
}
