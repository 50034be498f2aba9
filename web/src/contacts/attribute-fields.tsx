import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useText } from '../i18n/text';
import type { AttributeValues } from './contact-values';
import styles from './contacts.module.css';

interface Props {
  attributes: readonly AttributeValues[];
  error?: string;
  change: (attributes: AttributeValues[]) => void;
}

/** What the business keeps of a person besides the fields: names and values in rows. */
export function AttributeFields({ attributes, error, change }: Props) {
  const say = useText();
  const fields = useRef<HTMLFieldSetElement>(null);
  const set = (key: number, next: Partial<AttributeValues>) =>
    change(attributes.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const add = () => {
    const key = Math.max(0, ...attributes.map((one) => one.key)) + 1;
    change([...attributes, { name: '', value: '', key }]);
    setTimeout(() => fields.current?.querySelector<HTMLElement>(`[data-key="${key}"] input`)?.focus());
  };
  const remove = (key: number) => {
    change(attributes.filter((one) => one.key !== key));
    fields.current?.querySelector<HTMLElement>('[data-add]')?.focus();
  };
  return (
    <fieldset
      ref={fields}
      className={styles.attributes}
      aria-describedby={error ? 'attributes-error' : undefined}
    >
      <legend>{say('contacts.attributes')}</legend>
      <p className="muted small">{say('contacts.form.attributesHint')}</p>
      {attributes.map(({ key, name, value }) => (
        <div key={key} data-key={key} className={styles.attribute}>
          <TextInput
            label={say('contacts.attributeName')}
            value={name}
            maxLength={100}
            error={error !== undefined && wrong(attributes, name, value)}
            onChange={({ currentTarget }) => set(key, { name: currentTarget.value })}
          />
          <TextInput
            label={say('contacts.attributeValue')}
            value={value}
            onChange={({ currentTarget }) => set(key, { value: currentTarget.value })}
          />
          <Button
            variant="subtle"
            aria-label={say('contacts.form.attributeRemove', { name: name || '–' })}
            onClick={() => remove(key)}
          >
            {say('contacts.form.remove')}
          </Button>
        </div>
      ))}
      {error !== undefined && (
        <p id="attributes-error" className={styles.wrong}>
          {error}
        </p>
      )}
      <Button data-add onClick={add}>
        {say('contacts.form.attributeAdd')}
      </Button>
    </fieldset>
  );
}

/** Whether the name of a row is missing or stands in another row too. */
function wrong(attributes: readonly AttributeValues[], name: string, value: string): boolean {
  const same = attributes.filter((one) => one.name.trim() === name.trim()).length;
  return name.trim() === '' ? value.trim() !== '' : same > 1;
}
