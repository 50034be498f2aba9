import { Button, NativeSelect } from '@mantine/core';
import { useRef } from 'react';
import { useText } from '../i18n/text';
import styles from './settings.module.css';

interface Props {
  /** Their codes. */
  chosen: readonly string[];
  /** All countries, by name. */
  countries: readonly { code: string; name: string }[];
  error?: string;
  change: (codes: string[]) => void;
}

/** The countries to which nothing is sent: each can be taken away, others are added. */
export function CountryList({ chosen, countries, error, change }: Props) {
  const say = useText();
  const select = useRef<HTMLSelectElement>(null);
  const nameOf = (code: string) => countries.find((one) => one.code === code)?.name ?? code;
  return (
    <div className={styles.rule}>
      <NativeSelect
        ref={select}
        label={say('settings.blocked')}
        description={say('settings.blockedWords')}
        error={error}
        value=""
        onChange={({ currentTarget }) => change([...chosen, currentTarget.value])}
      >
        <option value="">{say('settings.blockedAdd')}</option>
        {countries
          .filter(({ code }) => !chosen.includes(code))
          .map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
      </NativeSelect>
      {chosen.length > 0 && (
        <ul className={styles.countries}>
          {chosen.map((code) => (
            <li key={code}>
              {nameOf(code)}
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={say('settings.blockedRemove', { country: nameOf(code) })}
                onClick={() => {
                  change(chosen.filter((one) => one !== code));
                  select.current?.focus();
                }}
              >
                {say('settings.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
