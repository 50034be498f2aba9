import { NativeSelect } from '@mantine/core';
import { useText } from '../i18n/text';
import type { Business } from './business';
import styles from './frame.module.css';

interface Props {
  businesses: Business[];
  chosen: Business;
  choose: (id: string) => void;
}

/** Chooses a business. With only one business it shows just the name. */
export function BusinessPicker({ businesses, chosen, choose }: Props) {
  const say = useText();
  if (businesses.length === 1) return <span className={styles.business}>{chosen.name}</span>;
  return (
    <NativeSelect
      className={styles.business}
      aria-label={say('frame.business')}
      value={chosen.id}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {businesses.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
