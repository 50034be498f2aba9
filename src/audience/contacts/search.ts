import { getCountryCallingCode } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import type { Bind } from '../filter/filter';
import { normalisePhone } from './phone';

/**
 * SQL: whether a contact (alias c) is one that somebody looks for: the start of its name, its phone in any spelling or its
 * first digits, or the start of its e-mail if the text has an @. Undefined for a blank text. Each part has an index that
 * begins with the business.
 * @param country of the business, for phones without a country code
 */
export function searchCondition(text: string, country: string, bind: Bind): string | undefined {
  const wanted = text.trim();
  if (wanted === '') return undefined;
  const start = startsWith(wanted, bind);
  return anyOf([
    `lower(c.name) LIKE ${start}`,
    ...phoneConditions('c.identity', wanted, country, bind),
    ...(wanted.includes('@') ? [`lower(c.email) LIKE ${start}`] : []),
  ]);
}

/** SQL: what a text in lower case must be LIKE to begin with another, whatever the case of that. */
export function startsWith(text: string, bind: Bind): string {
  return `lower(${bind(`${text.replace(/[\\%_]/g, '\\$&')}%`)}::text)`;
}

/** SQL: one of several conditions. */
export function anyOf(conditions: readonly string[]): string {
  return `(${conditions.join(' OR ')})`;
}

/**
 * SQL: whether a column with the identity of a WhatsApp number fits to what somebody types: a whole number in any
 * spelling, or the first digits of one. No condition if the text is neither.
 */
export function phoneConditions(column: string, text: string, country: string, bind: Bind): string[] {
  const number = normalisePhone(text, country);
  const ranges = firstDigits(text, country).map((start) => {
    // as a range, since ^@ and LIKE use the index only if the database's collation is C; all identities are of digits
    const [from, to] = [bind(start), bind(start.padEnd(longestNumber + 2, '9'))];
    return `${column} BETWEEN ${from} AND ${to}`;
  });
  return number === null ? ranges : [`${column} = phone_identity(${bind(number)})`, ...ranges];
}

/** Digits of the longest number that E.164 allows. */
const longestNumber = 15;

/**
 * The starts of identities that somebody may mean who has typed some digits, international or of this country. Identities
 * leave out the 1 of Mexico and the 9 of Argentina, and Brazilian mobile numbers have nine digits (`phone_identity`).
 */
function firstDigits(text: string, country: string): string[] {
  if (!/^[+\d\s().\-/]+$/.test(text)) return [];
  const digits = text.replace(/\D/g, '');
  if (digits === '' || digits.length > longestNumber + 2) return [];
  const national = `+${getCountryCallingCode(country as CountryCode)}`;
  const starts = text.trimStart().startsWith('+')
    ? [`+${digits}`]
    : digits.startsWith('00')
      ? [`+${digits.slice(2)}`]
      : [
          `+${digits}`,
          `${national}${digits}`,
          ...(digits.startsWith('0') ? [`${national}${digits.slice(1)}`] : []),
        ];
  return [...new Set(starts.flatMap((start) => [start, ...otherSpellings(start)]))].filter(
    (start) => start.length > 1 && start.length <= longestNumber + 1,
  );
}

function otherSpellings(start: string): string[] {
  const mexican = /^\+521(\d*)$/.exec(start);
  if (mexican) return [`+52${mexican[1]}`];
  const argentinian = /^\+549(\d*)$/.exec(start);
  if (argentinian) return [`+54${argentinian[1]}`];
  const brazilian = /^(\+55[1-9]\d)([6-9]\d*)$/.exec(start);
  return brazilian ? [`${brazilian[1]}9${brazilian[2]}`] : [];
}
