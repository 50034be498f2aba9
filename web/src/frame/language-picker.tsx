import { NativeSelect } from '@mantine/core';
import { changeLanguage, languages, useLanguage } from '../i18n/language';
import type { LanguageCode } from '../i18n/language';
import { useText } from '../i18n/text';
import styles from './frame.module.css';

/** Each language is named in itself, so that whoever cannot read the page finds their own. */
export function LanguagePicker() {
  const say = useText();
  const { code: chosen } = useLanguage();
  return (
    <NativeSelect
      className={styles.language}
      aria-label={say('frame.language')}
      value={chosen}
      // If the texts cannot be loaded, the page stays as it is and the select shows the present language again.
      onChange={(event) =>
        void changeLanguage(event.currentTarget.value as LanguageCode).catch(() => undefined)
      }
    >
      {languages.map(({ code, name }) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
