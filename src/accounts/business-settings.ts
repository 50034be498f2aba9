import { isSupportedCountry } from 'libphonenumber-js';
import { badInput } from '../infra/errors';
import { checkText } from '../infra/input';
import type { UpdateBusinessInput } from './accounts.graphql';
import type { Business } from './business.entity';

/** Days after a message in which an order counts for it, unless the business says otherwise. */
const defaultAttributionDays = 7;

/**
 * The fields that are given, checked and as they are stored; what is left out stays.
 * @throws BAD_USER_INPUT naming the field
 */
export function checkSettings(input: UpdateBusinessInput): Partial<Business> {
  const {
    name,
    timezone,
    defaultCountry,
    frequencyCap,
    unreachableAfter,
    blockedCountries,
    attributionDays,
  } = input;
  return {
    ...(name === undefined ? {} : { name: checkText('input.name', name ?? '', 200) }),
    ...(timezone === undefined ? {} : { timezone: checkTimezone('input.timezone', timezone ?? '') }),
    ...(defaultCountry === undefined
      ? {}
      : { defaultCountry: checkCountry('input.defaultCountry', defaultCountry ?? '') }),
    ...(frequencyCap === undefined
      ? {}
      : {
          frequencyCapMessages: within('input.frequencyCap.messages', frequencyCap?.messages ?? null, 1000),
          frequencyCapDays: within('input.frequencyCap.days', frequencyCap?.days ?? null, 365),
        }),
    ...(unreachableAfter === undefined
      ? {}
      : { unreachableAfter: within('input.unreachableAfter', unreachableAfter, 100) }),
    ...(blockedCountries === undefined ? {} : { blockedCountries: checkCountries(blockedCountries ?? []) }),
    ...(attributionDays === undefined
      ? {}
      : {
          attributionDays: within('input.attributionDays', attributionDays, 90) ?? defaultAttributionDays,
        }),
  };
}

/** @returns the country in upper case @throws BAD_USER_INPUT */
export function checkCountry(field: string, country: string): string {
  const code = country.trim().toUpperCase();
  if (!isSupportedCountry(code)) throw badInput(field, 'an ISO 3166 country of two letters, e.g. IN');
  return code;
}

/** @throws BAD_USER_INPUT */
export function checkTimezone(field: string, name: string): string {
  if (!isTimezone(name)) throw badInput(field, 'an IANA time zone, e.g. Asia/Kolkata');
  return name;
}

/** Each country once, in order of the alphabet. */
function checkCountries(countries: readonly string[]): string[] {
  if (countries.length > 300) throw badInput('input.blockedCountries', 'at most 300 countries');
  const codes = countries.map((country, i) => checkCountry(`input.blockedCountries.${i}`, country));
  return [...new Set(codes)].sort();
}

function within(field: string, value: number | null, max: number): number | null {
  if (value !== null && (value < 1 || value > max)) throw badInput(field, `a whole number from 1 to ${max}`);
  return value;
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
