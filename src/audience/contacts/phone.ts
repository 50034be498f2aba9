import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';

/**
 * A phone number as E.164 (`+919876543210`), or null when the text cannot be one. Numbers without a country
 * code are read as of `country` (ISO 3166 alpha-2). Text of any length costs the same: it is cut first.
 */
export function normalisePhone(text: string, country: string): string | null {
  if (text.length > 40) return null;
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country as CountryCode, extract: false });
  return parsed?.isValid() ? parsed.number : null;
}
