import { NativeSelect, TextInput } from '@mantine/core';
import { useText } from '../../i18n/text';
import { isEmptyFor } from './message';
import styles from './message.module.css';
import { contactFields, placeholderOf, unknownPlaceholder } from './placeholders';
import type { ContactField, Person } from './placeholders';
import type { FieldProps } from './variable-field';
import { labelOf } from './variables';

/**
 * A value that is the same for everybody, or comes from each contact, with what stands there if it is missing. Only the
 * field of the value has the variable's label as its name; the others have it as their description.
 */
export function ValueField({
  variable,
  values,
  people,
  isEverybody,
  change,
}: FieldProps & { people: readonly Person[]; isEverybody: boolean }) {
  const say = useText();
  const { key, example } = variable;
  const [literalKey, fallbackKey] = [`${key}.literal`, `${key}.fallback`];
  const value = values[key] ?? '';
  const unknown = unknownPlaceholder(value);
  const taken = /^\{\{\s*(\w+)\s*(?:\|([^{}]*))?\}\}$/.exec(value.trim());
  const field = contactFields.find((one) => one === taken?.[1]);
  const fallback = field ? (taken?.[2] ?? '') : (values[fallbackKey] ?? '');
  const missing = people.filter((person) => isEmptyFor(value, person)).length;
  const label = labelOf(say, variable);
  // The other text is kept, for whoever changes their mind.
  const choose = (chosen: string) => {
    if (chosen === '') change({ [key]: values[literalKey] ?? '', [fallbackKey]: fallback });
    else
      change({
        [key]: placeholderOf(chosen as ContactField, fallback),
        ...(!field && { [literalKey]: value }),
      });
  };
  return (
    <div className={styles.value}>
      <div className={styles.valueRow}>
        <TextInput
          label={label}
          description={example ? say('campaigns.example', { example }) : undefined}
          maxLength={1024}
          autoComplete="off"
          value={value}
          error={unknown === undefined ? undefined : say('campaigns.blocker.placeholder', { unknown })}
          onChange={({ currentTarget }) => change({ [key]: currentTarget.value })}
        />
        <NativeSelect
          className={styles.from}
          aria-label={say('campaigns.fromContact')}
          title={label}
          value={field ?? ''}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
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
            label={say('campaigns.ifMissing')}
            title={label}
            maxLength={100}
            autoComplete="off"
            value={fallback}
            onChange={({ currentTarget }) =>
              change({
                [key]: `{{${field}${currentTarget.value === '' ? '' : `|${currentTarget.value.replaceAll(/[{}|]/g, '')}`}}}`,
              })
            }
          />
        )}
      </div>
      {missing > 0 && (
        <p className={styles.missing}>
          {say('campaigns.missingFor', {
            count: missing,
            of: people.length,
            all: isEverybody ? 'yes' : 'no',
          })}
        </p>
      )}
    </div>
  );
}
