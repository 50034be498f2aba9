import { isObject, stringOf } from './component';
import type { Component } from './component';

/** What a campaign must give for a variable. */
export enum VariableKind {
  TEXT = 'TEXT',
  IMAGE = 'IMAGE',
  VIDEO = 'VIDEO',
  DOCUMENT = 'DOCUMENT',
  GIF = 'GIF',
  LOCATION = 'LOCATION',
  COUPON = 'COUPON',
  URL_SUFFIX = 'URL_SUFFIX',
  EXPIRES_AT = 'EXPIRES_AT',
  PRODUCT = 'PRODUCT',
  PRODUCTS = 'PRODUCTS',
  FLOW = 'FLOW',
}

/** Where a value goes: into a text by the name of the placeholder, into the header as a whole, a button, or the offer. */
export type VariablePlace =
  { at: 'headerText' | 'body'; name: string } | { at: 'header' | 'offer' } | { at: 'button'; index: number };

/** One value that a campaign gives a template. Checks, rendering, the page and the API read the same list. */
export interface TemplateVariable {
  /** `header` `header.1` `body.first_name` `button.0` `offer.expiresAt`; in a carousel `card.1.` stands before it. */
  key: string;
  kind: VariableKind;
  /** For people, e.g. `Body {{1}}`. */
  label: string;
  /** From the template's approval; null when WhatsApp gave none. */
  example: string | null;
  required: boolean;
  place: VariablePlace;
  /** From 0; undefined outside of a carousel. */
  card: number | undefined;
}

export type MediaKind = VariableKind.IMAGE | VariableKind.VIDEO | VariableKind.DOCUMENT | VariableKind.GIF;

export function isMedia(kind: VariableKind): kind is MediaKind {
  return (
    kind === VariableKind.IMAGE ||
    kind === VariableKind.VIDEO ||
    kind === VariableKind.DOCUMENT ||
    kind === VariableKind.GIF
  );
}

/** Whether the value is a text that may have placeholders such as `{{firstName}}`. */
export function isText(kind: VariableKind): boolean {
  return isParameter(kind) || kind === VariableKind.FLOW;
}

/** Whether the guide's `templateParameters` can give the value. */
export function isParameter(kind: VariableKind): boolean {
  return kind === VariableKind.TEXT || kind === VariableKind.COUPON || kind === VariableKind.URL_SUFFIX;
}

/** The variables that `templateParameters` gives, in its order: header, body, buttons; not those of a carousel. */
export function parametersOf(variables: readonly TemplateVariable[]): TemplateVariable[] {
  return variables.filter(({ kind, card }) => isParameter(kind) && card === undefined);
}

const variable = /\{\{\s*(\w+)\s*\}\}/g;

/** The placeholders of a text, each once: `1`, `2`, … in order, or names in order of appearance. */
export function variablesOf(text: string): string[] {
  const names = [...new Set([...text.matchAll(variable)].map((match) => match[1] as string))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

/** Whether a text has a placeholder that cannot be read. */
export function hasUnreadable(text: string): boolean {
  return text.replace(variable, '').includes('{{');
}

export function withoutVariables(text: string): string {
  return text.replace(variable, '');
}

/** A text with its placeholders replaced; one without a value stays. */
export function fillVariables(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(variable, (placeholder, name: string) => valueOf(name) ?? placeholder);
}

/** How often each of the names stands in a text. */
export function timesOf(text: string, names: readonly string[]): number[] {
  const used = [...text.matchAll(variable)].map((match) => match[1]);
  return names.map((name) => used.filter((each) => each === name).length);
}

/** The examples of a text's placeholders, from the component's `example`. */
export function textExamples(component: Component | undefined, field: 'header_text' | 'body_text') {
  const example = isObject(component?.example) ? component.example : {};
  const named = example[`${field}_named_params`];
  const list: unknown = example[field];
  // header_text is a list of texts, body_text a list of lists
  const positional: unknown = Array.isArray(list) && Array.isArray(list[0]) ? list[0] : list;
  return (name: string, place: number): string | null => {
    const byName: unknown = Array.isArray(named)
      ? named.find((one) => isObject(one) && one.param_name === name)
      : undefined;
    const byPlace: unknown = Array.isArray(positional) ? positional[place] : undefined;
    return stringOf(isObject(byName) ? byName.example : byPlace) ?? null;
  };
}

/** The first of a list of examples, or the example itself. */
export function firstExample(example: unknown): string | null {
  return stringOf(Array.isArray(example) ? example[0] : example) ?? null;
}
