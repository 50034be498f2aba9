import { NativeSelect, TextInput } from '@mantine/core';
import { useText } from '../../i18n/text';
import { isEmptyFor } from './message';
import styles from './message.module.css';
import { contactFields, placeholderOf, unknownPlaceholder } from './placeholders';
import type { ContactField, Person } from './placeholders';
import { labelOf } from './variables';
import type { Variable } from './variables';

interface Props {
  variable: Variable;
  value: string;
  people: readonly Person[];
  change: (value: string) => void;
}

/** A value that is the same for everybody, or comes from each contact, with what stands there if it is missing. */
export function ValueField({ variable, value, people, change }: Props) {
  const say = useText();
  const { example } = variable;
  const unknown = unknownPlaceholder(value);
  const taken = /^\{\{\s*(\w+)\s*(?:\|([^{}]*))?\}\}$/.exec(value.trim());
  const field = contactFields.find((one) => one === taken?.[1]);
  const missing = people.filter((person) => isEmptyFor(value, person)).length;
  return (
    <div className={styles.value}>
      <div className={styles.valueRow}>
        <TextInput
          label={labelOf(say, variable)}
          description={example ? say('campaigns.example', { example }) : undefined}
          maxLength={1024}
          autoComplete="off"
          value={value}
          error={unknown === undefined ? undefined : say('campaigns.blocker.placeholder', { unknown })}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
        <NativeSelect
          className={styles.from}
          aria-label={say('campaigns.fromContact')}
          value={field ?? ''}
          onChange={({ currentTarget }) =>
            change(
              currentTarget.value === ''
                ? ''
                : placeholderOf(currentTarget.value as ContactField, taken?.[2] ?? ''),
            )
          }
        >
          <option value="">{say('campaigns.sameForAll')}</option>
          {contactFields.map((one) => (
            <option key={one} value={one}>
              {say('campaigns.contactField', { field: one })}
            </option>
          ))}
        </NativeSelect>
        {field && (
          <TextInput
            className={styles.from}
            aria-label={say('campaigns.ifMissing')}
            placeholder={say('campaigns.ifMissing')}
            maxLength={100}
            autoComplete="off"
            value={taken?.[2] ?? ''}
            onChange={({ currentTarget }) =>
              change(
                `{{${field}${currentTarget.value === '' ? '' : `|${currentTarget.value.replaceAll(/[{}|]/g, '')}`}}}`,
              )
            }
          />
        )}
      </div>
      {missing > 0 && (
        <p className={styles.missing}>{say('campaigns.missingFor', { count: missing, of: people.length })}</p>
      )}
    </div>
  );
}
