import type { BusinessSettingsFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './settings.module.css';
import { useCountryName } from '../format/use-country-name';

/** The settings for people who may not change them. */
export function SettingsList({ business }: { business: BusinessSettingsFragment }) {
  const say = useText();
  const country = useCountryName();
  const { frequencyCap, unreachableAfter, blockedCountries, attributionDays } = business;
  const lines = [
    { label: say('settings.name'), value: business.name, words: say('settings.nameWords') },
    { label: say('settings.timeZone'), value: business.timezone, words: say('settings.timeZoneWords') },
    {
      label: say('settings.country'),
      value: country(business.defaultCountry),
      words: say('settings.countryWords', { country: country(business.defaultCountry) }),
    },
    {
      label: say('settings.cap'),
      value: frequencyCap ? say('settings.capValue', frequencyCap) : say('settings.off'),
      words: say('settings.capWords'),
    },
    {
      label: say('settings.unreachable'),
      value:
        unreachableAfter === null
          ? say('settings.off')
          : say('settings.unreachableValue', { count: unreachableAfter }),
      words: say('settings.unreachableWords'),
    },
    {
      label: say('settings.blocked'),
      value:
        blockedCountries.length > 0 ? blockedCountries.map(country).join(', ') : say('settings.blockedNone'),
      words: say('settings.blockedWords'),
    },
    {
      label: say('settings.attribution'),
      value: say('settings.attributionValue', { count: attributionDays }),
      words: say('settings.attributionWords'),
    },
  ];
  return (
    <dl className={styles.list}>
      {lines.map(({ label, value, words }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            <span>{words}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
