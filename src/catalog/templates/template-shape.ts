import { isBlank } from '../value';
import type { ButtonShape } from './buttons';
import { componentsByType, isObject, textOf } from './component';
import type { Component } from './component';
import { addButtons, readPart } from './part-shape';
import type { Found, MeasuredText, PartShape } from './part-shape';
import { VariableKind } from './variables';
import type { TemplateVariable } from './variables';

/** What of a template matters for showing, checking and sending it. */
export interface TemplateShape extends PartShape {
  footerText: string | undefined;
  /** The text of a limited-time offer. */
  offerText: string | undefined;
  /** The cards of a carousel; empty without one. */
  cards: readonly PartShape[];
  /** Header first, then the body, the offer, buttons, and the cards one by one; tracked buttons are not among them. */
  variables: readonly TemplateVariable[];
  measured: readonly MeasuredText[];
  /** The first component that campaigns cannot fill, in words; undefined when all can be filled. */
  problem: string | undefined;
}

/** Longest bodies in characters, filled in: of a message, of one with a limited-time offer, of a card. */
const maxBody = 1024;
const maxOfferBody = 600;
const maxCardBody = 160;
const mostCards = 10;

/** Components that may stand once each and that campaigns can fill, or that need nothing. */
const messageParts = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'LIMITED_TIME_OFFER', 'CAROUSEL'];
const cardParts = ['HEADER', 'BODY', 'BUTTONS'];

/**
 * Reads WhatsApp's description of a template. Nothing in it is relied on: what is missing or unknown becomes the
 * `problem`, because a component that we do not fill would be left out of the message or get it refused.
 * @param publicUrl tells our tracked buttons from other links
 */
export function shapeOf(components: unknown, publicUrl: string): TemplateShape {
  const found: Found = { variables: [], measured: [], problems: [] };
  const { problems } = found;
  const parts = componentsByType(components, messageParts, problems);
  const offer = parts.get('LIMITED_TIME_OFFER');
  const options = { maxBody: offer ? maxOfferBody : maxBody, bodyNeeded: true, publicUrl };
  const message = readPart(parts, options, found);
  const footerText = readFooter(parts.get('FOOTER'), problems);
  const offerText = offer && readOffer(offer, found);
  const trackedButtons = addButtons(message, options, found);
  const carousel = parts.get('CAROUSEL');
  const cards = carousel ? readCards(carousel, publicUrl, found) : [];
  for (const { what, fixedLength, values, max } of found.measured) {
    const shortest = values.reduce((sum, { times }) => sum + times, fixedLength);
    if (shortest > max)
      problems.push(
        `${what} has at least ${shortest} characters, and WhatsApp allows ${max} with all values`,
      );
  }
  const { variables, measured } = found;
  return {
    ...message,
    trackedButtons,
    footerText,
    offerText,
    cards,
    variables,
    measured,
    problem: problems[0],
  };
}

/** The buttons alone: which of them we fill with a tracked link makes no difference to what they are. */
export function buttonsOf(components: unknown): readonly ButtonShape[] {
  return shapeOf(components, '').buttons;
}

/** The texts of the tracked buttons, in the order of their links' places: the message's first, then those of each card. */
export function trackedLabels(shape: TemplateShape): string[] {
  const labels = ({ buttons, trackedButtons }: PartShape) =>
    trackedButtons.map((index) => buttons.find((button) => button.index === index)?.text ?? '');
  return [
    ...labels(shape),
    ...shape.cards.flatMap((card, i) => labels(card).map((label) => `Card ${i + 1}: ${label}`)),
  ];
}

/** Whether the template has a tracked button, in the message or on a card. */
export function isTrackedShape({ trackedButtons, cards }: TemplateShape): boolean {
  return trackedButtons.length > 0 || cards.some((card) => card.trackedButtons.length > 0);
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

function readFooter(footer: Component | undefined, problems: string[]): string | undefined {
  const text = textOf(footer);
  if (footer && isBlank(text ?? '')) problems.push('its FOOTER has no text');
  if (text?.includes('{{')) problems.push('its FOOTER has a variable, which cannot be filled');
  return text;
}

function readOffer(component: Component, { variables, problems }: Found): string | undefined {
  const offer = isObject(component.limited_time_offer) ? component.limited_time_offer : {};
  const text = textOf(offer);
  if (isBlank(text ?? '')) problems.push('its LIMITED_TIME_OFFER has no text');
  if (text?.includes('{{'))
    problems.push('its LIMITED_TIME_OFFER has a variable in its text, which cannot be filled');
  if (offer.has_expiration === true)
    variables.push({
      key: 'offer.expiresAt',
      kind: VariableKind.EXPIRES_AT,
      label: 'End of the offer',
      example: null,
      required: true,
      place: { at: 'offer' },
      card: undefined,
    });
  return text;
}

function readCards({ cards }: Component, publicUrl: string, found: Found): PartShape[] {
  if (!Array.isArray(cards) || cards.length === 0) {
    found.problems.push('its CAROUSEL has no cards');
    return [];
  }
  if (cards.length > mostCards)
    found.problems.push(`its CAROUSEL has ${cards.length} cards, and WhatsApp allows ${mostCards}`);
  return (cards as unknown[]).slice(0, mostCards).map((card, i) => {
    const problems: string[] = [];
    const components = isObject(card) ? card.components : undefined;
    const options = { card: i, maxBody: maxCardBody, bodyNeeded: false, publicUrl };
    const inCard: Found = { ...found, problems };
    const part = readPart(componentsByType(components, cardParts, problems), options, inCard);
    if (!part.headerFormat || !cardHeaders.includes(part.headerFormat))
      problems.push('its HEADER is none of IMAGE, VIDEO and PRODUCT');
    const trackedButtons = addButtons(part, options, inCard);
    found.problems.push(...problems.map((problem) => `card ${i + 1} of its CAROUSEL: ${problem}`));
    return { ...part, trackedButtons };
  });
}

const cardHeaders: readonly string[] = ['IMAGE', 'VIDEO', 'PRODUCT'];
