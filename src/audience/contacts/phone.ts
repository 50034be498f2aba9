import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import { plainPhone } from './plain-phone';

/** More text than any way to write one phone number needs, link and invisible characters included. */
const longest = 300;

/**
 * A phone number as E.164 (`+919876543210`), or null when the text is not exactly one phone number. Numbers without a
 * country code are read as of `country` (ISO 3166 alpha-2).
 *
 * Wrappers are taken off: invisible characters, quotes, trailing punctuation, links and addresses of WhatsApp, the `.0`
 * of a spreadsheet. What is left must be a number by itself: cleaning never turns digits into another person's number.
 * A number with an extension (`;ext=12`, `x12`) is none: WhatsApp cannot reach extensions, and what looks like one may be
 * a second number.
 */
export function normalisePhone(text: string, country: string): string | null {
  return plainPhone(text, country) ?? normaliseAny(text, country);
}

/** The same for any text: what {@link plainPhone} must agree with. */
export function normaliseAny(text: string, country: string): string | null {
  if (text.length > longest) return null;
  const cleaned = withoutDecimals(withoutAddress(withoutWrappers(text)));
  if (cleaned === null) return null;
  const [, afterZeros] = /^\(?0[\s().-]*0(.*)$/.exec(cleaned) ?? [];
  if (afterZeros === undefined) return numberIn(cleaned, country);
  const digits = cleaned.replace(/\D/g, '');
  // 00 is the international prefix of most countries, and people write it everywhere. Others have 001, 0011 or 0015: after
  // +1 no number begins with another 1, so it is not tried there.
  const international = digits.startsWith('0011') ? null : numberIn(`+${afterZeros}`, country);
  const number = international ?? numberIn(cleaned, country);
  // no number within a country begins with 00
  return number?.endsWith(digits) ? null : number;
}

/**
 * The same for all spellings of one WhatsApp number, as the database derives it (`phone_identity` of the migrations).
 * @param phone E.164
 */
export function phoneIdentity(phone: string): string {
  if (!phone.startsWith('+5')) return phone;
  return phone
    .replace(/^(\+55[1-9]\d)([6-9]\d{7})$/, '$19$2')
    .replace(/^\+521(\d{10})$/, '+52$1')
    .replace(/^\+549(\d{10})$/, '+54$1');
}

/** The longest number that E.164 allows. */
const longestNumber = 15;

function numberIn(text: string, country: string): string | null {
  const parsed = parsePhoneNumberFromString(text, {
    defaultCountry: country as CountryCode,
    extract: false,
  });
  if (!parsed || parsed.ext !== undefined || parsed.number.length > longestNumber + 1) return null;
  return parsed.isValid() || isOldMexican(parsed.number) ? parsed.number : null;
}

/** Zero of the decimal digits that people type; the other nine follow it. */
const zeros = [
  0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0xff10,
];

/** One line of plain characters, without what stands around a number that was copied from somewhere. */
function withoutWrappers(text: string): string {
  return text
    .replace(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
    .replaceAll('＋', '+')
    .replace(/[．｡。]/g, '.')
    .replace(/[，、､]/g, ',')
    .replace(/^\s*\((\+\d{1,3})\)/, '$1 ')
    .replace(/^[\s"'`´‘’‚“”„«»‹›<[=]+/, '')
    .replace(/[\s"'`´‘’‚“”„«»‹›>\],;:.!?]+$/, '')
    .replace(/^\(([^()]*)\)?$/, '$1')
    .replace(/^([^()]*)\)$/, '$1')
    .trim();
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = zeros.find((first) => code >= first && code < first + 10);
  return zero === undefined ? digit : String(code - zero);
}

/** `p:` is of the lead forms of Facebook. */
const schemes = /^(?:whatsapp|tel|sms|callto|phone|mobile|p):(?:\/\/)?\s*/i;
const links =
  /^(?:https?:\/\/)?(?:wa\.me\/|(?:api|web|www)\.whatsapp\.com\/send\/?\?(?:[^#]*&)?phone=|whatsapp:\/\/send\/?\?(?:[^#]*&)?phone=)(?:\+|%2B)?(\d+)\/?(?:[?&#].*)?$/i;
/** WhatsApp's addresses of people; a number after a colon names one of their devices. */
const addresses = /^\+?(\d+)(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/i;

/** The number of a link or an address. In WhatsApp's own, numbers begin with the country code. */
function withoutAddress(text: string): string {
  const [, digits] = links.exec(text) ?? addresses.exec(text) ?? [];
  return digits ? `+${digits}` : text.replace(schemes, '');
}

/**
 * Undoes what spreadsheets do to numbers: `81234567890.0`, `81,234,567,890.00`, `8.1234567890E10`. Null if digits
 * of the phone are missing or cannot be told from decimals.
 */
function withoutDecimals(text: string): string | null {
  const scientific = /^(\+?\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i.exec(text);
  if (scientific) {
    const [, first = '', decimals = '', exponent] = scientific;
    return decimals.length === Number(exponent) ? first + decimals : null;
  }
  const grouped = /^\+?\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})+(?:(?!\1)[.,]0+)?$/.exec(text);
  if (grouped)
    return text.replace(/[.,]0+$/, (end) => (end[0] === grouped[1] ? end : '')).replaceAll(',', '');
  const decimal = /^([^.,]*)[.,](\d+)$/.exec(text);
  if (!decimal) return looksLikeDecimals.test(text) ? null : text;
  const [, whole = '', decimals = ''] = decimal;
  const digits = whole.replace(/\D/g, '').length;
  if (/^0+$/.test(decimals) && (decimals.length <= 3 || digits >= 7)) return whole;
  // `98765.43210` is a number with a point between its halves; `81234567890.5` is none
  return digits >= 7 && decimals.length <= 3 ? null : text;
}

/** Digits after a point that may be decimals: next to a long run of digits, a single digit, or zeros after longer groups. */
const looksLikeDecimals = /\d{7}[ )]*[.,]|[.,] *\d$|\d{3} *[.,] *0+$/;

/** Mexico's mobile numbers with the 1 that they had until 2019: WhatsApp still writes them so. */
function isOldMexican(number: string): boolean {
  const [, national] = /^\+521(\d{10})$/.exec(number) ?? [];
  return national !== undefined && (parsePhoneNumberFromString(`+52${national}`)?.isValid() ?? false);
}
