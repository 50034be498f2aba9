import { isBsuid } from '../contacts/contact-input';
import { LeadQuality, LeadStatus } from '../filter/filter';
import type { Field } from './fields';

/** The columns of a contact that a row can set, as PostgreSQL reads them. */
export type ContactColumn =
  | 'name'
  | 'phone'
  | 'phone_e164'
  | 'email'
  | 'external_id'
  | 'bsuid'
  | 'status'
  | 'quality'
  | 'city'
  | 'state'
  | 'assigned_user_id'
  | 'engagement_score'
  | 'total_spent'
  | 'total_orders'
  | 'last_order_at';

/** Something is wrong with a cell. */
export class CellProblem {
  constructor(readonly reason: string) {}
}

/** @param what completes "expected …" */
export const expected = (what: string) => new CellProblem(`expected ${what}`);

/** Characters of a text, except for names, which may be put together from two cells. */
const longestText = 200;
const largestAmount = 999_999_999_999.99;

/** The fields that are one column each, and how a cell that is not empty is read. */
export const plainFields: Partial<
  Record<Field, { column: ContactColumn; read: (text: string) => string | CellProblem }>
> = {
  externalId: { column: 'external_id', read: shortText },
  bsuid: { column: 'bsuid', read: userId },
  name: { column: 'name', read: (text) => text },
  email: { column: 'email', read: email },
  status: { column: 'status', read: (text) => oneOf(Object.values(LeadStatus), text) },
  quality: { column: 'quality', read: (text) => oneOf(Object.values(LeadQuality), text) },
  city: { column: 'city', read: shortText },
  state: { column: 'state', read: shortText },
  assignedUserId: { column: 'assigned_user_id', read: shortText },
  engagementScore: { column: 'engagement_score', read: count },
  totalSpent: { column: 'total_spent', read: amount },
  totalOrders: { column: 'total_orders', read: count },
};

function shortText(text: string): string | CellProblem {
  return text.length <= longestText ? text : expected(`at most ${longestText} characters`);
}

function userId(text: string): string | CellProblem {
  return isBsuid(text) ? text : expected("WhatsApp's id of a person, e.g. IN.1234567890");
}

function email(text: string): string | CellProblem {
  return text.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(text) ? text : expected('an e-mail address');
}

/** Blanks and hyphens may stand for the underscore of a name. */
function oneOf(values: readonly string[], text: string): string | CellProblem {
  const name = text.toUpperCase().replace(/[\s-]+/g, '_');
  return values.includes(name) ? name : expected(values.join(', '));
}

function count(text: string): string | CellProblem {
  return wholeNumber(text, 2_147_483_647) ?? expected('a whole number, 0 or more');
}

/** The digits of a whole number, also when written `12.0` or `1,200`, as spreadsheets do. */
export function wholeNumber(text: string, max: number): string | undefined {
  if (/^\d{1,5}$/.test(text)) return text;
  const digits = withoutGroups(text).replace(/\.0+$/, '');
  return /^\d{1,10}$/.test(digits) && Number(digits) <= max ? digits : undefined;
}

/** A currency sign and commas between groups of digits are left out. */
function amount(text: string): string | CellProblem {
  if (/^\d{1,11}(?:\.\d\d?)?$/.test(text)) return text;
  const number = withoutGroups(text.replace(/^(?:\p{Sc}|Rs\.?|INR|USD|EUR)\s*/iu, ''));
  const isAmount = /^\d{1,12}(?:\.\d{1,10})?$/.test(number) && Number(number) <= largestAmount;
  return isAmount ? number : expected('an amount, 0 or more, e.g. 1499.50');
}

function withoutGroups(text: string): string {
  return /^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
}

const isoForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * A time of ISO 8601 as PostgreSQL reads it; a date is its first moment. Without a zone it is a time of `timezone`.
 * @returns undefined for anything else, and for days that no month has
 */
export function isoTime(text: string, timezone: string): string | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction, zone] =
    isoForm.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (
    !isDay(Number(year), Number(month), Number(day)) ||
    Number(hour) > 23 ||
    Number(minute) > 59 ||
    Number(second) > 59
  )
    return undefined;
  if (
    Number(year) < 1900 ||
    Number(year) > 2200 ||
    (zone && !/^(?:Z|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)$/i.test(zone))
  )
    return undefined;
  const decimals = fraction ? `.${fraction.slice(0, 6)}` : '';
  return `${year}-${month}-${day} ${hour}:${minute}:${second}${decimals}${zone ?? ` ${timezone}`}`;
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  // the day before the first of the next month
  return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
