import { badInput } from '../infra/errors';
import { checkText } from '../infra/input';

/** The parameters by which a shop's analytics recognise a campaign; all may be missing. */
export interface Utm {
  source?: string;
  medium?: string;
  campaign?: string;
  content?: string;
  term?: string;
}

/** As an input gives them. */
export type UtmFields = { [name in keyof Utm]?: string | null };

const names = ['source', 'medium', 'campaign', 'content', 'term'] as const satisfies (keyof Utm)[];

/** As it is stored: blanks around values are taken off; null if none is left. @throws BAD_USER_INPUT naming the field */
export function checkUtm(given: UtmFields | null): Utm | null {
  const utm: Utm = {};
  for (const name of names) {
    const value = given?.[name] == null ? '' : checkText(`input.utm.${name}`, given[name], 200, 0);
    if (!value.isWellFormed()) throw badInput(`input.utm.${name}`, 'whole characters, no half of an emoji');
    if (value !== '') utm[name] = value;
  }
  return Object.keys(utm).length > 0 ? utm : null;
}

/** As `name=value` for a query, percent-encoded, in the usual order. */
export function utmParameters(utm: Utm | null): [name: string, pair: string][] {
  return names.flatMap((name) => {
    const value = utm?.[name];
    return value === undefined ? [] : [[`utm_${name}`, `utm_${name}=${encodeURIComponent(value)}`]];
  });
}
