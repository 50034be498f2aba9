import { useMutation } from '@apollo/client/react';
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { fieldError } from '../api/use-error-words';
import { UpdateBusinessDocument } from '../generated/graphql';
import type { BusinessSettingsFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import { CountryList } from './country-list';
import { countries } from './countries';
import { SaveBar } from './save-bar';
import { settingOf, settingsChanges, settingsOf, wrongNumbers } from './settings-values';
import type { SettingsErrors, SettingsValues } from './settings-values';
import styles from './settings.module.css';
import { useCountryName } from '../format/use-country-name';
import { zones } from './zones';

type NumberField = 'capMessages' | 'capDays' | 'unreachableAfter' | 'attributionDays';

/** The settings for an admin. Only what was changed is saved, so that two admins do not undo each other's changes. */
export function SettingsForm({ business }: { business: BusinessSettingsFragment }) {
  const say = useText();
  const country = useCountryName();
  const [values, setValues] = useState(() => settingsOf(business));
  const [errors, setErrors] = useState<SettingsErrors>({});
  const [saved, setSaved] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [update, { loading }] = useMutation(UpdateBusinessDocument);
  const form = useRef<HTMLFormElement>(null);
  const changes = settingsChanges(business, values);
  const changed = Object.keys(changes).length > 0;
  const byName = useMemo(
    () =>
      countries.map((code) => ({ code, name: country(code) })).sort((a, b) => a.name.localeCompare(b.name)),
    [country],
  );
  const zoneNames = useMemo(() => zones(business.timezone), [business.timezone]);

  // To the first field that is wrong.
  useEffect(() => {
    if (Object.values(errors).some(Boolean))
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const set = <K extends keyof SettingsValues>(field: K, value: SettingsValues[K]) => {
    setValues((before) => ({ ...before, [field]: value }));
    setSaved(false);
    if (errors[field] !== undefined) setErrors({ ...errors, [field]: undefined });
  };

  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (loading || !changed) return;
    setSaved(false);
    setProblem(undefined);
    const wrong: SettingsErrors = {};
    if (values.name.trim() === '') wrong.name = say('settings.nameMissing');
    for (const [field, most] of Object.entries(wrongNumbers(values)))
      wrong[field as NumberField] = say('settings.wrongNumber', { most });
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    try {
      const { data } = await update({ variables: { id: business.id, input: changes } });
      if (data) {
        const stored = settingsOf(data.updateBusiness);
        // what was typed while they were being saved stays
        setValues((before) => ({
          ...stored,
          ...Object.fromEntries(
            Object.entries(before).filter(
              ([field, value]) => value !== values[field as keyof SettingsValues],
            ),
          ),
        }));
      }
      setSaved(true);
    } catch (error) {
      const refused = fieldError(error);
      const field = refused && settingOf(refused.field);
      if (refused && field) setErrors({ [field]: refused.message });
      else setProblem(error);
    }
  };

  const number = (field: NumberField, label: string) => (
    <TextInput
      className={styles.number}
      label={label}
      inputMode="numeric"
      autoComplete="off"
      value={values[field]}
      error={errors[field]}
      onChange={({ currentTarget }) => set(field, currentTarget.value)}
    />
  );

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={(event) => void save(event)}>
      {problem !== undefined && <ErrorState title={say('settings.notSaved')} error={problem} />}
      <fieldset className={styles.group}>
        <legend>{say('settings.business')}</legend>
        <TextInput
          label={say('settings.name')}
          description={say('settings.nameWords')}
          value={values.name}
          maxLength={200}
          error={errors.name}
          onChange={({ currentTarget }) => set('name', currentTarget.value)}
        />
        <NativeSelect
          label={say('settings.timeZone')}
          description={say('settings.timeZoneWords')}
          value={values.timezone}
          error={errors.timezone}
          onChange={({ currentTarget }) => set('timezone', currentTarget.value)}
          data={zoneNames}
        />
        <NativeSelect
          label={say('settings.country')}
          description={say('settings.countryWordsForm', { country: country(values.defaultCountry) })}
          value={values.defaultCountry}
          error={errors.defaultCountry}
          onChange={({ currentTarget }) => set('defaultCountry', currentTarget.value)}
        >
          {byName.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{say('settings.leftOut')}</legend>
        <div className={styles.rule}>
          <Checkbox
            radius={4}
            label={say('settings.cap')}
            description={say('settings.capWords')}
            checked={values.capped}
            onChange={({ currentTarget }) => set('capped', currentTarget.checked)}
          />
          {values.capped && (
            <div className={styles.numbers}>
              {number('capMessages', say('settings.capMessages'))}
              {number('capDays', say('settings.capDays'))}
            </div>
          )}
        </div>
        <div className={styles.rule}>
          <Checkbox
            radius={4}
            label={say('settings.unreachable')}
            description={say('settings.unreachableWords')}
            checked={values.unreachable}
            onChange={({ currentTarget }) => set('unreachable', currentTarget.checked)}
          />
          {values.unreachable && (
            <div className={styles.numbers}>
              {number('unreachableAfter', say('settings.unreachableFailures'))}
            </div>
          )}
        </div>
        <CountryList
          chosen={values.blockedCountries}
          countries={byName}
          error={errors.blockedCountries}
          change={(blocked) => set('blockedCountries', blocked)}
        />
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{say('settings.attribution')}</legend>
        <p className="muted small">{say('settings.attributionWords')}</p>
        {number('attributionDays', say('settings.attributionDays'))}
      </fieldset>
      <SaveBar
        changed={changed}
        busy={loading}
        saved={saved}
        undo={() => {
          setValues(settingsOf(business));
          setErrors({});
          setProblem(undefined);
        }}
      />
    </form>
  );
}
