import { isBlank } from '../value';

/** One value that a campaign must give a template, in the order of `templateParameters`. */
export type Slot =
  { at: 'header' | 'body'; name: string } | { at: 'button'; index: number; type: 'url' | 'copy_code' };

/** Formats of a header that campaigns can fill. */
const headerFormats = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT'] as const;
export type HeaderFormat = (typeof headerFormats)[number];

/** A text that WhatsApp refuses when it is too long once its variables are filled. */
export interface MeasuredText {
  /** As it is named to people, e.g. `the body`. */
  what: string;
  /** Characters that are the same for everybody. */
  fixedLength: number;
  /** Places in `slots` of the values in it, and how often each is used. */
  values: readonly { slot: number; times: number }[];
  max: number;
}

/** A button as people see it. */
export interface ButtonShape {
  /** Place in WhatsApp's list. */
  index: number;
  type: string;
  text: string | undefined;
  url: string | undefined;
  phoneNumber: string | undefined;
}

/** What of a template matters for showing, checking and sending it. */
export interface TemplateShape {
  headerFormat: HeaderFormat | undefined;
  bodyText: string | undefined;
  /** Header text first, then the body, then buttons; tracked buttons are not among them. */
  slots: readonly Slot[];
  measured: readonly MeasuredText[];
  buttons: readonly ButtonShape[];
  /** Places of the buttons `PUBLIC_URL/r/{{1}}`, which we fill ourselves. */
  trackedButtons: readonly number[];
  /** The first component that campaigns cannot fill, in words; undefined when all can be filled. */
  problem: string | undefined;
}

/** WhatsApp's longest texts in characters, filled in (fact sheet of Meta's limits: header, body, URL, coupon code). */
const maxHeader = 60;
const maxBody = 1024;
const maxUrl = 2000;
const maxCouponCode = 20;

const variable = /\{\{\s*(\w+)\s*\}\}/g;

/**
 * Reads WhatsApp's description of a template. Nothing in it is relied on: what is missing or unknown becomes the
 * `problem`, because a component that we do not fill would be left out of the message or get it refused.
 * @param publicUrl tells our tracked buttons from other links
 */
export function shapeOf(components: unknown, publicUrl: string): TemplateShape {
  const problems: string[] = [];
  const parts = componentsByType(components, problems);
  const slots: Slot[] = [];
  const measured: MeasuredText[] = [];
  const addText = (at: 'header' | 'body', text: string, max: number) => {
    const first = slots.length;
    slots.push(...variablesOf(text).map((name) => ({ at, name })));
    measured.push(measure(`the ${at}`, text, slots.slice(first).map(nameOf), first, max));
  };

  const headerFormat = readHeader(parts.get('HEADER'), problems);
  const headerText = headerFormat === 'TEXT' ? textOf(parts.get('HEADER')) : undefined;
  if (headerText !== undefined) addText('header', headerText, maxHeader);
  const bodyText = textOf(parts.get('BODY'));
  if (bodyText === undefined || isBlank(bodyText)) problems.push('its BODY has no text');
  else addText('body', bodyText, maxBody);
  const footer = parts.get('FOOTER');
  if (footer && isBlank(textOf(footer) ?? '')) problems.push('its FOOTER has no text');
  for (const [type, text] of [
    ['HEADER', headerText],
    ['BODY', bodyText],
  ] as const)
    if (text?.replace(variable, '').includes('{{'))
      problems.push(`its ${type} has a variable that cannot be read`);
  if (textOf(footer)?.includes('{{')) problems.push('its FOOTER has a variable, which cannot be filled');

  const trackedButtons: number[] = [];
  const buttons = readButtons(parts.get('BUTTONS'), problems);
  for (const { index, type, url } of buttons) {
    const what = `button ${index + 1}`;
    if (type === 'COPY_CODE') {
      measured.push(measure(what, '{{1}}', ['1'], slots.length, maxCouponCode));
      slots.push({ at: 'button', index, type: 'copy_code' });
    }
    if (type !== 'URL' || !url?.includes('{{')) continue;
    if (url.replace(variable, '{{1}}') === `${publicUrl}/r/{{1}}`) {
      trackedButtons.push(index);
      continue;
    }
    measured.push(measure(what, url, variablesOf(url), slots.length, maxUrl));
    slots.push({ at: 'button', index, type: 'url' });
  }
  for (const { what, fixedLength, values, max } of measured) {
    const shortest = values.reduce((sum, { times }) => sum + times, fixedLength);
    if (shortest > max)
      problems.push(
        `${what} has at least ${shortest} characters, and WhatsApp allows ${max} with all values`,
      );
  }
  return { headerFormat, bodyText, slots, measured, buttons, trackedButtons, problem: problems[0] };
}

/** The buttons alone: which of them we fill with a tracked link makes no difference to what they are. */
export function buttonsOf(components: unknown): readonly ButtonShape[] {
  return shapeOf(components, '').buttons;
}

/**
 * Why campaigns cannot use a template, in words that complete "it cannot be sent: …"; undefined when they can.
 * The reasons that are WhatsApp's come first: they are what a person can act on.
 */
export function whyNotSendable(
  template: { problem: string | null; status: string; category: string },
  shape: TemplateShape,
): string | undefined {
  const { problem, status, category } = template;
  if (problem) return problem;
  if (status !== 'APPROVED') return `it is ${status} at WhatsApp; only APPROVED templates can be sent`;
  if (category === 'AUTHENTICATION')
    return 'AUTHENTICATION templates carry one-time passwords and are not for campaigns';
  if (category !== 'MARKETING' && category !== 'UTILITY') return `its category ${category} is unknown`;
  return shape.problem;
}

type Component = Record<string, unknown>;

/** Components that may stand once each and that campaigns can fill, or that need nothing. */
const knownTypes = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS'];

function componentsByType(components: unknown, problems: string[]): Map<string, Component> {
  const parts = new Map<string, Component>();
  if (!Array.isArray(components)) problems.push('its components are not a list');
  for (const component of Array.isArray(components) ? (components as unknown[]) : []) {
    if (!isObject(component)) {
      problems.push('one of its components is not an object');
      continue;
    }
    const type = typeOf(component);
    if (!knownTypes.includes(type))
      problems.push(cannotFill(type ? `component ${type}` : 'component without a type'));
    else if (parts.has(type)) problems.push(`it has more than one ${type}`);
    else parts.set(type, component);
  }
  return parts;
}

function readHeader(header: Component | undefined, problems: string[]): HeaderFormat | undefined {
  if (!header) return undefined;
  const given = typeof header.format === 'string' ? header.format.toUpperCase() : '';
  const format = headerFormats.find((known) => known === given);
  if (!format)
    problems.push(cannotFill(given ? `HEADER of format ${name(given)}` : 'HEADER without a format'));
  if (format === 'TEXT' && isBlank(textOf(header) ?? '')) problems.push('its HEADER has no text');
  return format;
}

/** Buttons that campaigns can fill, or that need nothing, with the fields that WhatsApp always gives. */
const neededOfButtons: Record<string, readonly string[]> = {
  QUICK_REPLY: ['text'],
  URL: ['text', 'url'],
  PHONE_NUMBER: ['text', 'phone_number'],
  VOICE_CALL: [],
  COPY_CODE: [],
};

function readButtons(component: Component | undefined, problems: string[]): ButtonShape[] {
  if (!component) return [];
  const { buttons } = component;
  if (!Array.isArray(buttons)) {
    problems.push('its BUTTONS have no list of buttons');
    return [];
  }
  return (buttons as unknown[]).map((button, index) => {
    const fields = isObject(button) ? button : {};
    const type = typeOf(fields);
    const needed = Object.hasOwn(neededOfButtons, type) ? neededOfButtons[type] : undefined;
    const missing = needed?.find((field) => isBlank(stringOf(fields[field]) ?? ''));
    if (!needed) problems.push(cannotFill(type ? `${type} button` : 'button without a type'));
    else if (missing) problems.push(`its ${type} button has no ${missing}`);
    const url = stringOf(fields.url);
    if (type === 'URL' && url?.includes('{{') && !hasOneVariable(url))
      problems.push('its URL button has a variable that cannot be read');
    return { index, type, text: stringOf(fields.text), url, phoneNumber: stringOf(fields.phone_number) };
  });
}

function hasOneVariable(url: string): boolean {
  return [...url.matchAll(variable)].length === 1 && !url.replace(variable, '').includes('{{');
}

function measure(
  what: string,
  text: string,
  names: readonly string[],
  firstSlot: number,
  max: number,
): MeasuredText {
  const used = [...text.matchAll(variable)].map((match) => match[1]);
  return {
    what,
    fixedLength: text.replace(variable, '').length,
    values: names.map((name, i) => ({
      slot: firstSlot + i,
      times: used.filter((each) => each === name).length,
    })),
    max,
  };
}

/** The variables of a text, each once: `1`, `2`, … in order, or names in order of appearance. */
function variablesOf(text: string): string[] {
  const names = [...new Set([...text.matchAll(variable)].map((match) => match[1] as string))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

function nameOf(slot: Slot): string {
  return slot.at === 'button' ? '' : slot.name;
}

function cannotFill(what: string): string {
  return `campaigns cannot send its ${what} yet`;
}

/** A name that WhatsApp gave, fit to be repeated in a sentence. */
function name(given: string): string {
  return given.slice(0, 40).toWellFormed();
}

function typeOf({ type }: Component): string {
  return typeof type === 'string' ? name(type.toUpperCase()) : '';
}

function textOf(component: Component | undefined): string | undefined {
  return stringOf(component?.text);
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
