import { isBlank } from '../value';
import { readButtons } from './buttons';
import type { ButtonShape } from './buttons';
import { cannotFill, shortName, textOf } from './component';
import type { Component } from './component';
import {
  firstExample,
  hasUnreadable,
  textExamples,
  timesOf,
  VariableKind,
  variablesOf,
  withoutVariables,
} from './variables';
import type { TemplateVariable, VariablePlace } from './variables';

/** Formats of a header that campaigns can fill, with what a value for it must be; a text may have variables of its own. */
const headerKinds = {
  TEXT: undefined,
  IMAGE: VariableKind.IMAGE,
  VIDEO: VariableKind.VIDEO,
  DOCUMENT: VariableKind.DOCUMENT,
  GIF: VariableKind.GIF,
  LOCATION: VariableKind.LOCATION,
  PRODUCT: VariableKind.PRODUCT,
} as const;
export type HeaderFormat = keyof typeof headerKinds;

/** A text that WhatsApp refuses when it is too long once its variables are filled. */
export interface MeasuredText {
  /** As it is named to people, e.g. `the body`. */
  what: string;
  /** Characters that are the same for everybody. */
  fixedLength: number;
  /** Places in `variables` of the values in it, and how often each is used. */
  values: readonly { slot: number; times: number }[];
  max: number;
}

/** The message around a carousel, or one of its cards: both have a header, a body and buttons. */
export interface PartShape {
  headerFormat: HeaderFormat | undefined;
  headerText: string | undefined;
  bodyText: string | undefined;
  buttons: readonly ButtonShape[];
  /** Places of the buttons `PUBLIC_URL/r/{{1}}`, which we fill ourselves. */
  trackedButtons: readonly number[];
}

/** What was found so far, of all parts of a template. */
export interface Found {
  variables: TemplateVariable[];
  measured: MeasuredText[];
  problems: string[];
}

export interface PartOptions {
  /** From 0; undefined for the message itself. */
  card?: number;
  maxBody: number;
  bodyNeeded: boolean;
  publicUrl: string;
}

/** WhatsApp's longest texts in characters, filled in (fact sheet of Meta's limits: header, URL, coupon code). */
const maxHeader = 60;
const maxUrl = 2000;
const maxCouponCode = 20;

/** Reads header, body and buttons, in the order in which the values of a campaign are given. */
export function readPart(parts: Map<string, Component>, options: PartOptions, found: Found): PartShape {
  const of = partNames(options.card);
  const headerFormat = readHeader(parts.get('HEADER'), of, found);
  const headerText = headerFormat === 'TEXT' ? textOf(parts.get('HEADER')) : undefined;
  if (headerText !== undefined) addText('header', headerText, maxHeader, parts.get('HEADER'), of, found);
  const bodyText = textOf(parts.get('BODY'));
  if (bodyText !== undefined && !isBlank(bodyText))
    addText('body', bodyText, options.maxBody, parts.get('BODY'), of, found);
  else if (options.bodyNeeded || parts.has('BODY')) found.problems.push('its BODY has no text');
  for (const [type, text] of [
    ['HEADER', headerText],
    ['BODY', bodyText],
  ] as const)
    if (text && hasUnreadable(text)) found.problems.push(`its ${type} has a variable that cannot be read`);
  const buttons = readButtons(parts.get('BUTTONS'), found.problems);
  return { headerFormat, headerText, bodyText, buttons, trackedButtons: [] };
}

/** Adds the values of the buttons; apart, because those of an offer come before. @returns the tracked buttons */
export function addButtons({ buttons }: PartShape, { card, publicUrl }: PartOptions, found: Found): number[] {
  const of = partNames(card);
  const tracked: number[] = [];
  for (const button of buttons) {
    const { index, type, url = '' } = button;
    const what = `button ${index + 1}${of.what}`;
    const add = (kind: VariableKind, does: string, example: string | null, required = true) =>
      of.add(found, {
        key: `button.${index}`,
        kind,
        label: `Button ${index + 1}${button.text ? ` "${shortName(button.text)}"` : ''}: ${does}`,
        example,
        required,
        place: { at: 'button', index },
      });
    switch (type) {
      case 'COPY_CODE': {
        const slot = add(VariableKind.COUPON, 'coupon code', firstExample(button.example));
        found.measured.push({ what, fixedLength: 0, values: [{ slot, times: 1 }], max: maxCouponCode });
        break;
      }
      case 'URL': {
        if (!url.includes('{{')) break;
        if (isTrackedUrl(url, publicUrl)) {
          tracked.push(index);
          break;
        }
        const fixed = withoutVariables(url);
        const slot = add(VariableKind.URL_SUFFIX, 'end of the link', suffixExample(button.example, fixed));
        found.measured.push({
          what,
          fixedLength: fixed.length,
          values: [{ slot, times: 1 }],
          max: maxUrl,
        });
        break;
      }
      case 'FLOW':
        add(VariableKind.FLOW, 'token of the flow', null, false);
        break;
      case 'CATALOG':
        add(VariableKind.PRODUCT, 'product whose picture is shown', null);
        break;
      case 'MPM':
        add(VariableKind.PRODUCTS, 'products', null);
        break;
    }
  }
  return tracked;
}

/** The address of a button that we fill with each person's tracked link. */
export function trackedUrl(publicUrl: string): string {
  return `${publicUrl}/r/{{1}}`;
}

function isTrackedUrl(url: string, publicUrl: string): boolean {
  return url.replace(/\{\{\s*\w+\s*\}\}/, '{{1}}') === trackedUrl(publicUrl);
}

/** The example of a URL button is the whole address; people fill in its end. */
function suffixExample(example: unknown, fixed: string): string | null {
  const address = firstExample(example);
  return address?.startsWith(fixed) ? address.slice(fixed.length) : address;
}

/** How the variables of a part are named. */
function partNames(card: number | undefined) {
  const prefix = card === undefined ? '' : `card.${card + 1}.`;
  return {
    /** After the name of a text: which card's it is. */
    what: card === undefined ? '' : ` of card ${card + 1}`,
    /** @returns its place in the list */
    add: (found: Found, one: Omit<TemplateVariable, 'card'>): number =>
      found.variables.push({
        ...one,
        key: prefix + one.key,
        label: card === undefined ? one.label : `Card ${card + 1}, ${lowerFirst(one.label)}`,
        card,
      }) - 1,
  };
}

function readHeader(
  header: Component | undefined,
  of: ReturnType<typeof partNames>,
  found: Found,
): HeaderFormat | undefined {
  if (!header) return undefined;
  const given = typeof header.format === 'string' ? header.format.toUpperCase() : '';
  if (!Object.hasOwn(headerKinds, given)) {
    found.problems.push(
      cannotFill(given ? `HEADER of format ${shortName(given)}` : 'HEADER without a format'),
    );
    return undefined;
  }
  const format = given as HeaderFormat;
  if (format === 'TEXT' && isBlank(textOf(header) ?? '')) found.problems.push('its HEADER has no text');
  const kind = headerKinds[format];
  if (kind === undefined) return format;
  const example = (header.example as { header_handle?: unknown } | null | undefined)?.header_handle;
  of.add(found, {
    key: 'header',
    kind,
    label: `Header: ${kind === VariableKind.GIF ? 'GIF' : kind.toLowerCase()}`,
    example: firstExample(example),
    required: true,
    place: { at: 'header' },
  });
  return format;
}

function addText(
  at: 'header' | 'body',
  text: string,
  max: number,
  component: Component | undefined,
  of: ReturnType<typeof partNames>,
  found: Found,
): void {
  const names = variablesOf(text);
  const examples = textExamples(component, `${at}_text`);
  const slots = names.map((name, i) => {
    const place: VariablePlace = { at: at === 'header' ? 'headerText' : 'body', name };
    return of.add(found, {
      key: `${at}.${name}`,
      kind: VariableKind.TEXT,
      label: `${at === 'header' ? 'Header' : 'Body'} {{${name}}}`,
      example: examples(name, i),
      required: true,
      place,
    });
  });
  const times = timesOf(text, names);
  found.measured.push({
    what: `the ${at}${of.what}`,
    fixedLength: withoutVariables(text).length,
    values: slots.map((slot, i) => ({ slot, times: times[i] ?? 0 })),
    max,
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
