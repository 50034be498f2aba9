import { isParameter, parametersOf } from './variables';
import type { TemplateVariable, VariableKind } from './variables';

export interface Place {
  /** Degrees. */
  latitude: number;
  longitude: number;
  name: string;
  address: string;
}

/** A product as Meta's catalogue knows it, read when the campaign was created. */
export interface CatalogProduct {
  id: string;
  catalogId: string | null;
  retailerId: string;
}

/** What a campaign gives for one variable, checked. Which fields are there follows from the kind. */
export interface TemplateValue {
  kind: VariableKind;
  /** TEXT, COUPON, URL_SUFFIX and FLOW, with placeholders; EXPIRES_AT: ISO 8601. */
  value?: string;
  /** IMAGE, VIDEO, DOCUMENT and GIF. */
  mediaUrl?: string;
  /** Media kept here, instead of an address. */
  mediaId?: string;
  /** DOCUMENT. */
  fileName?: string;
  location?: Place;
  /** One for PRODUCT. */
  products?: CatalogProduct[];
  /** PRODUCTS: the sections that the products are divided among. */
  sectionTitles?: string[];
}

/** The values of a campaign by the keys of its template's variables. */
export type TemplateValues = Readonly<Record<string, TemplateValue>>;

/**
 * Whether values that were checked against an earlier version of a template still fit it.
 * @returns what differs, in words that complete "The template was changed at WhatsApp: …"; undefined when nothing does
 */
export function whyNotFitting(
  variables: readonly TemplateVariable[],
  values: TemplateValues,
): string | undefined {
  const needed = parametersOf(variables).length;
  const given = Object.entries(values).filter(([key, value]) => isParameterKey(key, value)).length;
  if (needed !== given) return `it has ${needed} parameters now, the campaign gives ${given}`;
  for (const { key, kind, required } of variables) {
    const value = values[key];
    if (!value && required) return `it needs a value for ${key} now, which the campaign does not give`;
    if (value && value.kind !== kind)
      return `its ${key} takes ${kind} now, and the campaign gives ${value.kind}`;
  }
  const superfluous = Object.keys(values).find((key) => !variables.some((one) => one.key === key));
  return superfluous && `it has no ${superfluous} any more, for which the campaign gives a value`;
}

function isParameterKey(key: string, { kind }: TemplateValue): boolean {
  return !key.startsWith('card.') && isParameter(kind);
}

/** Says that a limited-time offer has ended, after which nobody should get it; undefined when it has not, or there is none. */
export function endedOffer(values: TemplateValues, now: Date): string | undefined {
  const ends = values['offer.expiresAt']?.value;
  if (ends === undefined || Date.parse(ends) > now.getTime()) return undefined;
  return `The offer of the message ended at ${ends}: give a later offer.expiresAt in a new campaign`;
}
