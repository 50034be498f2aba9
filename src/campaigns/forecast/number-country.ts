import { getCountries, getCountryCallingCode, Metadata, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';

/**
 * WhatsApp charges by the calling code. Only these codes are shared by countries with prices of their own; of every other
 * one the largest country counts (the Channel Islands as the United Kingdom).
 */
const shared = new Set(['1', '7']);

let largestByCode: ReadonlyMap<string, string> | undefined;

/** The country that a message to a number in E.164 is charged for, as ISO 3166 alpha-2; undefined when no country has it. */
export function countryOfNumber(number: string): string | undefined {
  // a BSUID begins with its country
  if (/^[A-Z]{2}\./.test(number)) return number.slice(0, 2);
  largestByCode ??= readCodes();
  for (let length = 4; length > 1; length--) {
    const code = number.slice(1, length);
    const largest = largestByCode.get(code);
    if (!largest) continue;
    return (shared.has(code) ? parsePhoneNumberFromString(number)?.country : undefined) ?? largest;
  }
  return undefined;
}

function readCodes(): Map<string, string> {
  const metadata = new Metadata() as unknown as {
    getCountryCodesForCallingCode(code: string): CountryCode[];
  };
  const codes = new Set(getCountries().map((country) => getCountryCallingCode(country)));
  return new Map([...codes].map((code) => [code, metadata.getCountryCodesForCallingCode(code)[0] ?? '']));
}
