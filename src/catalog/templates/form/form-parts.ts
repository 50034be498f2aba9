import { isObject, stringOf, typeOf } from '../component';
import type { Component } from '../component';
import { checkFormButtons } from './form-buttons';
import { checkFixedText, checkVariableText } from './form-text';
import type { ParameterFormat } from './form-text';
import { within } from './problems';
import type { Report } from './problems';

const maxHeader = 60;
const maxBody = 1024;
const maxOfferBody = 600;
const maxCardBody = 160;
const maxOffer = 16;
const fewestCards = 2;
const mostCards = 10;
const mostCardButtons = 2;

const headerFormats = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'GIF', 'PRODUCT'];
const cardHeaders = ['IMAGE', 'VIDEO', 'PRODUCT'];
const mediaFormats = ['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF'];

/** A component with its path, e.g. `input.components.1`. */
export interface Part {
  component: Component;
  report: Report;
}

/** The components of a list by their types. What is not in `known` or occurs twice is reported. */
export function partsOf(
  components: readonly unknown[],
  known: readonly string[],
  report: Report,
): Map<string, Part> {
  const parts = new Map<string, Part>();
  components.forEach((given, i) => {
    const component = isObject(given) ? given : {};
    const type = typeOf(component);
    const inside = within(report, String(i));
    if (!known.includes(type)) inside('type', `one of ${known.join(', ')}`);
    else if (parts.has(type)) inside('type', `only one ${type}`);
    else parts.set(type, { component, report: inside });
  });
  return parts;
}

/** @returns the format, empty when it is none of WhatsApp's */
export function checkFormHeader(
  { component, report }: Part,
  format: ParameterFormat,
  formats: readonly string[] = headerFormats,
): string {
  const kind = (stringOf(component.format) ?? '').toUpperCase();
  if (!formats.includes(kind)) {
    report('format', `one of ${formats.join(', ')}`);
    return '';
  }
  if (kind === 'TEXT')
    checkVariableText(
      component,
      { max: maxHeader, format, mostVariables: 1, example: 'header_text', prose: false },
      report,
    );
  if (mediaFormats.includes(kind) && !hasMediaExample(component))
    report(
      'example.header_handle',
      'an example of the media: its handle from WhatsApp as ["4::…"], or example.mediaId of media kept here',
    );
  return kind;
}

/** The media that shows WhatsApp what the header looks like: media kept here by its id, or WhatsApp's own handle. */
function hasMediaExample({ example }: Component): boolean {
  if (!isObject(example)) return false;
  const { header_handle: handles, mediaId } = example;
  if (mediaId !== undefined) return typeof mediaId === 'string' && mediaId !== '' && handles === undefined;
  return (
    Array.isArray(handles) && handles.length === 1 && typeof handles[0] === 'string' && handles[0] !== ''
  );
}

export function checkFormBody(
  { component, report }: Part,
  format: ParameterFormat,
  of: 'message' | 'offer' | 'card',
): void {
  const max = { message: maxBody, offer: maxOfferBody, card: maxCardBody }[of];
  checkVariableText(
    component,
    { max, format, mostVariables: Infinity, example: 'body_text', prose: true },
    report,
  );
}

export function checkFooter({ component, report }: Part): void {
  checkFixedText(component.text, maxHeader, report);
}

/** A limited-time offer, with what it asks of the other components. */
export function checkOffer(
  { component, report }: Part,
  parts: ReadonlyMap<string, Part>,
  buttons: readonly string[],
): void {
  const offer = isObject(component.limited_time_offer) ? component.limited_time_offer : {};
  const inside = within(report, 'limited_time_offer');
  checkFixedText(offer.text, maxOffer, inside);
  if (offer.has_expiration !== undefined && typeof offer.has_expiration !== 'boolean')
    inside('has_expiration', 'true or false');
  parts.get('FOOTER')?.report('type', 'no FOOTER, because there is a LIMITED_TIME_OFFER');
  const code = buttons.indexOf('COPY_CODE');
  if (code > 0) parts.get('BUTTONS')?.report(`buttons.${code}.type`, 'the COPY_CODE button first');
  if (code === -1 && offer.has_expiration === true)
    inside('has_expiration', 'a COPY_CODE button as the first one when the offer expires, or false');
}

/** The cards of a carousel, which are all alike: WhatsApp allows other texts, media and addresses, nothing else. */
export function checkCarousel({ component, report }: Part, format: ParameterFormat): void {
  const { cards } = component;
  if (!Array.isArray(cards) || cards.length < fewestCards || cards.length > mostCards) {
    report('cards', `${fewestCards} to ${mostCards} cards`);
    if (!Array.isArray(cards)) return;
  }
  let first: string | undefined;
  (cards as unknown[]).slice(0, mostCards).forEach((card, i) => {
    const inside = within(report, `cards.${i}.components`);
    const components = isObject(card) ? card.components : undefined;
    if (!Array.isArray(components)) return inside('', 'a list with HEADER, BODY and BUTTONS');
    const layout = checkCard(components, format, inside);
    first ??= layout;
    if (layout !== first)
      inside('', `the same kinds of header, body and buttons as the first card: ${first}`);
  });
}

/** @returns what must be the same on all cards, in words */
function checkCard(components: readonly unknown[], format: ParameterFormat, report: Report): string {
  const parts = partsOf(components, ['HEADER', 'BODY', 'BUTTONS'], report);
  const header = parts.get('HEADER');
  if (!header) report('', `a HEADER: ${cardHeaders.join(', ')}`);
  const kind = header ? checkFormHeader(header, format, cardHeaders) : '';
  const body = parts.get('BODY');
  if (body) checkFormBody(body, format, 'card');
  const buttons = parts.get('BUTTONS');
  if (!buttons) report('', `1 or ${mostCardButtons} BUTTONS`);
  const types = buttons ? checkFormButtons(buttons.component, buttons.report, mostCardButtons) : [];
  return [`HEADER ${kind}`, ...(body ? ['BODY'] : []), ...types.map((type) => `${type} button`)].join(', ');
}
