import { Metadata } from 'libphonenumber-js';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import type { Bind } from './filter/filter';

/** What the library's own reading of a country uses, beyond its published types. */
interface Plans {
  selectNumberingPlan(country: CountryCode): void;
  getCountryCodesForCallingCode(callingCode: string): CountryCode[];
  numberingPlan: {
    leadingDigits(): string | undefined;
    type(name: string): { pattern(): string | undefined } | undefined;
  };
}

const numberTypes = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

/**
 * Whether a number in E.164 is of one of these countries, as SQL; undefined for none. Most countries have a calling code of
 * their own. Of those that share one (+1, +7, +44 …), a number belongs to the first whose numbering plan it fits, as when
 * libphonenumber reads it.
 */
export function blockedCondition(
  identity: string,
  blocked: readonly string[],
  bind: Bind,
): string | undefined {
  const countries = getCountries().filter((country) => blocked.includes(country));
  const codes = [...new Set(countries.map((country) => getCountryCallingCode(country)))];
  const parts = codes.map((code) => {
    const sharing = plans().getCountryCodesForCallingCode(code);
    const prefix = `${identity} ^@ ${bind(`+${code}`)}`;
    if (sharing.every((country) => countries.includes(country))) return prefix;
    const last = Math.max(...countries.map((country) => sharing.indexOf(country)));
    const cases = sharing
      .slice(0, last + 1)
      .map(
        (country) =>
          `WHEN ${identity} ~ ${bind(pattern(code, country))} THEN ${String(countries.includes(country))}`,
      );
    return `(${prefix} AND CASE ${cases.join(' ')} ELSE false END)`;
  });
  // of a person without a phone the BSUID tells the country
  if (countries.length > 0)
    parts.push(`${identity} ^@ ANY (${bind(countries.map((country) => `${country}.`))}::text[])`);
  return parts.length === 0 ? undefined : `(${parts.join(' OR ')})`;
}

/** The numbers of a country among those with its calling code, as a regular expression. */
function pattern(code: string, country: CountryCode): string {
  const metadata = plans();
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan;
  const leading = plan.leadingDigits();
  if (leading) return `^\\+${code}(?:${leading})`;
  const types = numberTypes.flatMap((name) => plan.type(name)?.pattern() || []);
  return `^\\+${code}(?:${types.join('|')})$`;
}

function plans(): Plans {
  return new Metadata() as unknown as Plans;
}
