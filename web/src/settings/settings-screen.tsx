import { useBusiness } from '../frame/business';
import { useLanguage } from '../i18n/language';
import { useText } from '../i18n/text';
import { PageHeader } from '../ui/page-header';
import styles from './settings.module.css';

export function SettingsScreen() {
  const say = useText();
  const { locale } = useLanguage();
  const { name, timezone, defaultCountry } = useBusiness();
  const country = new Intl.DisplayNames(locale, { type: 'region' }).of(defaultCountry) ?? defaultCountry;
  return (
    <>
      <PageHeader title={say('settings.title')} sentence={say('settings.sentence')} />
      <dl className={styles.list}>
        <div>
          <dt>{say('settings.name')}</dt>
          <dd>{name}</dd>
        </div>
        <div>
          <dt>{say('settings.timeZone')}</dt>
          <dd>
            {timezone}
            <span>{say('settings.timeZoneWords')}</span>
          </dd>
        </div>
        <div>
          <dt>{say('settings.country')}</dt>
          <dd>
            {country}
            <span>{say('settings.countryWords', { country })}</span>
          </dd>
        </div>
      </dl>
      <p className="muted">{say('settings.today')}</p>
    </>
  );
}
