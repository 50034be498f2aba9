import { getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import { countryZones } from './country-zones';

/**
 * The time zone of a phone number, by its country. A calling code that several countries share stands for the largest of
 * them, unless the digits after it are listed here. Not listed are countries whose clocks show the same as the largest's
 * (Canada's Toronto and New York; the Channel Islands and London), and those that the first five digits do not tell:
 * Cocos and Christmas Island (+61), and the landlines of Mayotte (+262).
 */
const sharedCodes: readonly (readonly [country: string, ...prefixes: string[]])[] = [
  ['AG', '1268'],
  ['AI', '1264'],
  ['AS', '1684'],
  ['BB', '1246'],
  ['BM', '1441'],
  ['BS', '1242'],
  ['DM', '1767'],
  ['DO', '1809', '1829', '1849'],
  ['GD', '1473'],
  ['GU', '1671'],
  ['JM', '1658', '1876'],
  ['KN', '1869'],
  ['KY', '1345'],
  ['LC', '1758'],
  ['MP', '1670'],
  ['MS', '1664'],
  ['PR', '1787', '1939'],
  ['SX', '1721'],
  ['TC', '1649'],
  ['TT', '1868'],
  ['VC', '1784'],
  ['VG', '1284'],
  ['VI', '1340'],
  ['KZ', '73362', '77'],
  ['YT', '26263'],
];

/** So many characters of an E.164 number, the plus included, tell its zone. */
export const zoneDigits = 6;

let byPrefix: ReadonlyMap<string, string> | undefined;

/** The zone of a number in E.164, or of its first {@link zoneDigits} characters; undefined when no country has it. */
export function zoneOfNumber(number: string): string | undefined {
  // a BSUID begins with its country
  if (/^[A-Z]{2}\./.test(number)) return countryZones[number.slice(0, 2)];
  byPrefix ??= readPrefixes();
  for (let length = zoneDigits; length > 1; length--) {
    const zone = byPrefix.get(number.slice(1, length));
    if (zone) return zone;
  }
  return undefined;
}

/** Every zone that a number can have. */
export function allZones(): string[] {
  byPrefix ??= readPrefixes();
  return [...new Set(byPrefix.values())];
}

function readPrefixes(): Map<string, string> {
  const zones = new Map<string, string>();
  const metadata = new Metadata() as unknown as {
    getCountryCodesForCallingCode(code: string): CountryCode[];
  };
  for (const code of new Set(getCountries().map((country) => getCountryCallingCode(country)))) {
    const [largest = ''] = metadata.getCountryCodesForCallingCode(code);
    const zone = countryZones[largest];
    if (zone) zones.set(code, zone);
  }
  for (const [country, ...prefixes] of sharedCodes)
    for (const prefix of prefixes) zones.set(prefix, countryZones[country] ?? '');
  return zones;
}
