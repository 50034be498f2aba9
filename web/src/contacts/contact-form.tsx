import { Button, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Pill.layer.css';
import '@mantine/core/styles/PillsInput.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { fieldError } from '../api/use-error-words';
import { useBusiness } from '../frame/business';
import { zoneName } from '../format/time';
import type { ContactFieldsFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useCountryName } from '../format/use-country-name';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorState } from '../ui/error-state';
import { AttributeFields } from './attribute-fields';
import { changesOf, fieldOf, problemsIn, valuesOf } from './contact-values';
import type { ContactKind, ContactValues, FieldErrors } from './contact-values';
import styles from './contacts.module.css';

interface Props {
  kind: ContactKind;
  /** Undefined for a new one. */
  contact?: ContactFieldsFragment;
  /** The label of the button that saves. */
  action: string;
  /** The heading of an error that belongs to no field. */
  failed: string;
  save: (values: ContactValues) => Promise<void>;
  cancel: () => void;
}

const statuses = ['NEW', 'CONTACTED', 'QUALIFIED', 'CONVERTED', 'LOST'];
const fieldOrder: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];
const qualities = ['HOT', 'WARM', 'COLD'];

type TextField = Exclude<keyof ContactValues, 'tags' | 'attributes'>;

/** The fields of a contact. What was typed stays, whatever becomes of saving it; errors stand beside their fields. */
export function ContactForm({ kind, contact, action, failed, save, cancel }: Props) {
  const say = useText();
  const { timezone, defaultCountry } = useBusiness();
  const country = useCountryName();
  const [values, setValues] = useState(() => valuesOf(contact, timezone));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const saved = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const changed = Object.keys(changesOf(contact, kind, values, timezone)).length > 0;
  const leaving = useBlocker({
    shouldBlockFn: () => changed && !saved.current,
    enableBeforeUnload: () => changed && !saved.current,
    withResolver: true,
  });

  // To the first field that is wrong.
  useEffect(() => {
    if (Object.values(errors).some(Boolean))
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const set = <K extends keyof ContactValues>(field: K, value: ContactValues[K]) => {
    setValues((before) => ({ ...before, [field]: value }));
    if (errors[field] !== undefined) setErrors({ ...errors, [field]: undefined });
  };

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setProblem(undefined);
    const found: FieldErrors = {};
    for (const [field, id] of Object.entries(problemsIn(kind, values)))
      if (id) found[field as keyof ContactValues] = say(id);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    saved.current = true;
    try {
      await save(values);
    } catch (error) {
      saved.current = false;
      const refused = fieldError(error);
      const field = refused && fieldOf(refused.field);
      if (refused && field) setErrors({ [field]: refused.message });
      else setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const text = (
    field: TextField,
    more: { type?: string; inputMode?: 'decimal' | 'numeric'; hint?: string } = {},
  ) => (
    <TextInput
      label={say(`contacts.${field}`)}
      description={more.hint}
      // Fields side by side stand at one height.
      inputWrapperOrder={fieldOrder}
      type={more.type}
      inputMode={more.inputMode}
      autoComplete="off"
      value={values[field]}
      error={errors[field]}
      onChange={({ currentTarget }) => set(field, currentTarget.value)}
    />
  );

  const choice = (field: 'status' | 'quality', names: readonly string[], empty?: string) => (
    <NativeSelect
      label={say(`contacts.${field}`)}
      value={values[field]}
      error={errors[field]}
      onChange={({ currentTarget }) => set(field, currentTarget.value)}
    >
      {empty !== undefined && <option value="">{empty}</option>}
      {names.map((name) => (
        <option key={name} value={name}>
          {say(`contacts.${field}Name`, { [field]: name })}
        </option>
      ))}
    </NativeSelect>
  );

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      {problem !== undefined && <ErrorState title={failed} error={problem} />}
      <fieldset className={styles.fields}>
        <legend>{say('contacts.form.person')}</legend>
        {text('name')}
        {text('phone', {
          type: 'tel',
          hint: say('contacts.form.phoneHint', { country: country(defaultCountry) }),
        })}
        {text('email', { type: 'email' })}
        <TagsInput
          label={say('contacts.tags')}
          description={say('contacts.form.tagsHint')}
          inputWrapperOrder={fieldOrder}
          value={values.tags}
          error={errors.tags}
          onChange={(tags) => set('tags', tags)}
          acceptValueOnBlur
        />
      </fieldset>
      <fieldset className={styles.fields}>
        <legend>{say(kind === 'LEAD' ? 'contacts.form.lead' : 'contacts.form.customer')}</legend>
        {kind === 'LEAD' ? (
          <>
            {choice('status', statuses)}
            {choice('quality', qualities, say('contacts.form.qualityUnknown'))}
            {text('city')}
            {text('state')}
            {text('assignedUserId', { hint: say('contacts.form.assignedHint') })}
          </>
        ) : (
          <>
            {text('totalSpent', { inputMode: 'decimal' })}
            {text('totalOrders', { inputMode: 'numeric' })}
            {text('lastOrderAt', {
              type: 'datetime-local',
              hint: say('contacts.form.inZone', { zone: `${timezone} (${zoneName(timezone)})` }),
            })}
            {text('engagementScore', { inputMode: 'numeric', hint: say('contacts.form.scoreHint') })}
          </>
        )}
        {text('externalId', { hint: say('contacts.form.externalIdHint') })}
        {text('bsuid', { hint: say('contacts.form.bsuidHint') })}
      </fieldset>
      <AttributeFields
        attributes={values.attributes}
        error={errors.attributes}
        change={(attributes) => set('attributes', attributes)}
      />
      <div className={styles.formEnd}>
        <Button onClick={cancel}>{say('contacts.form.cancel')}</Button>
        <Button type="submit" variant="filled" aria-busy={busy}>
          {action}
        </Button>
      </div>
      {leaving.status === 'blocked' && (
        <ConfirmDialog
          title={say('contacts.form.leave')}
          yes={say('contacts.form.leaveYes')}
          no={say('contacts.form.leaveNo')}
          danger
          confirm={leaving.proceed}
          dismiss={leaving.reset}
        >
          <p>{say('contacts.form.leaveWords')}</p>
        </ConfirmDialog>
      )}
    </form>
  );
}
