import type { BusinessSettingsFragment, UpdateBusinessInput } from '../generated/graphql';

/** What stands in the fields: texts, as they are typed. */
export interface SettingsValues {
  name: string;
  timezone: string;
  defaultCountry: string;
  capped: boolean;
  capMessages: string;
  capDays: string;
  unreachable: boolean;
  unreachableAfter: string;
  blockedCountries: readonly string[];
  attributionDays: string;
}

export type SettingsErrors = Partial<Record<keyof SettingsValues, string>>;

/** What a rule that is off gets when it is switched on. */
const suggested = { messages: 2, days: 7, unreachableAfter: 3 };

export function settingsOf(business: BusinessSettingsFragment): SettingsValues {
  const { frequencyCap, unreachableAfter } = business;
  return {
    name: business.name,
    timezone: business.timezone,
    defaultCountry: business.defaultCountry,
    capped: frequencyCap !== null,
    capMessages: String(frequencyCap?.messages ?? suggested.messages),
    capDays: String(frequencyCap?.days ?? suggested.days),
    unreachable: unreachableAfter !== null,
    unreachableAfter: String(unreachableAfter ?? suggested.unreachableAfter),
    blockedCountries: business.blockedCountries,
    attributionDays: String(business.attributionDays),
  };
}

/** The input of `updateBusiness`: only what was changed. */
export function settingsChanges(
  business: BusinessSettingsFragment,
  values: SettingsValues,
): UpdateBusinessInput {
  const before = settingsOf(business);
  const same = (...fields: (keyof SettingsValues)[]) =>
    fields.every((field) => String(values[field]) === String(before[field]));
  return {
    ...(!same('name') && { name: values.name.trim() }),
    ...(!same('timezone') && { timezone: values.timezone }),
    ...(!same('defaultCountry') && { defaultCountry: values.defaultCountry }),
    ...(!(same('capped') && (!values.capped || same('capMessages', 'capDays'))) && {
      frequencyCap: values.capped
        ? { messages: Number(values.capMessages), days: Number(values.capDays) }
        : null,
    }),
    ...(!(same('unreachable') && (!values.unreachable || same('unreachableAfter'))) && {
      unreachableAfter: values.unreachable ? Number(values.unreachableAfter) : null,
    }),
    ...(!same('blockedCountries') && { blockedCountries: [...values.blockedCountries] }),
    ...(!same('attributionDays') && { attributionDays: Number(values.attributionDays) }),
  };
}

/** Fields that hold a whole number, with the most that the server takes. */
const numbers = { capMessages: 1000, capDays: 365, unreachableAfter: 100, attributionDays: 90 } as const;

/** The fields whose number cannot be read, with the most that they may hold; empty if nothing is wrong. */
export function wrongNumbers(values: SettingsValues): Partial<Record<keyof typeof numbers, number>> {
  const off = {
    capMessages: !values.capped,
    capDays: !values.capped,
    unreachableAfter: !values.unreachable,
    attributionDays: false,
  };
  return Object.fromEntries(
    Object.entries(numbers).filter(([name, most]) => {
      const field = name as keyof typeof numbers;
      const text = values[field].trim();
      return !off[field] && !(/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most);
    }),
  );
}

/** The field that an input path of the server means; undefined for another. */
export function settingOf(path: string): keyof SettingsValues | undefined {
  const [, name, part] = path.split('.');
  if (name === 'frequencyCap') return part === 'days' ? 'capDays' : 'capMessages';
  const known = [
    'name',
    'timezone',
    'defaultCountry',
    'unreachableAfter',
    'blockedCountries',
    'attributionDays',
  ];
  return known.includes(name ?? '') ? (name as keyof SettingsValues) : undefined;
}
