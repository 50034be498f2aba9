import { useApolloClient } from '@apollo/client/react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { fieldError } from '../api/use-error-words';
import { useBusiness } from '../frame/business';
import { AddSenderDocument, SendersDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import { useLeaveGuard } from '../ui/use-leave-guard';
import styles from './phone-numbers.module.css';

const empty = { phoneNumberId: '', wabaId: '', displayPhoneNumber: '', accessToken: '' };
type Field = keyof typeof empty;

/** Where each id is at Meta, and the fields for them. `added` is called before the number takes the place of the form. */
export function AddForm({ added }: { added: () => void }) {
  const say = useText();
  const client = useApolloClient();
  const navigate = useNavigate();
  const { id: businessId } = useBusiness();
  const [values, setValues] = useState(empty);
  const [wrong, setWrong] = useState<Partial<Record<Field, string>>>({});
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const guard = useLeaveGuard(Object.values(values).some((value) => value !== ''));

  // To the first field that is wrong.
  useEffect(() => {
    if (Object.values(wrong).some(Boolean))
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);

  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setProblem(undefined);
    const given = Object.fromEntries(
      Object.entries(values).map(([field, value]) => [field, value.trim()]),
    ) as typeof empty;
    const missing: Partial<Record<Field, string>> = {};
    for (const field of ['phoneNumberId', 'wabaId'] as const)
      if (!/^\d{1,32}$/.test(given[field])) missing[field] = say('phoneNumbers.digitsMissing');
    if (!given.displayPhoneNumber) missing.displayPhoneNumber = say('phoneNumbers.numberMissing');
    if (!given.accessToken) missing.accessToken = say('phoneNumbers.tokenMissing');
    setWrong(missing);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      // as fast as WhatsApp takes messages from every number
      const input = { businessId, ...given, messagesPerSecond: 80 };
      const { data } = await client.mutate({ mutation: AddSenderDocument, variables: { input } });
      await client
        .query({ query: SendersDocument, variables: { businessId }, fetchPolicy: 'network-only' })
        .catch(() => undefined); // it is added; the next screen reads the numbers itself
      if (data) {
        guard.release();
        added();
        void navigate({
          to: '/phone-numbers/new',
          search: ({ business }) => ({ business, number: data.createSender.id }),
          replace: true,
          resetScroll: false,
        });
      }
    } catch (error) {
      const refused = fieldError(error);
      const field = refused?.field.replace('input.', '');
      if (refused && field && field in empty) setWrong({ [field]: refused.message });
      else setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const props = (field: Field) => ({
    autoComplete: 'off',
    value: values[field],
    error: wrong[field],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      setValues((before) => ({ ...before, [field]: currentTarget.value }));
      if (wrong[field] !== undefined) setWrong({ ...wrong, [field]: undefined });
    },
  });
  return (
    <form ref={form} className={styles.form} noValidate onSubmit={(event) => void add(event)}>
      {problem !== undefined && <ErrorState title={say('phoneNumbers.notAdded')} error={problem} />}
      <TextInput
        label={say('phoneNumbers.number')}
        description={say('phoneNumbers.numberHint')}
        inputMode="tel"
        {...props('displayPhoneNumber')}
      />
      <TextInput
        label={say('phoneNumbers.id')}
        description={say('phoneNumbers.idHint')}
        inputMode="numeric"
        {...props('phoneNumberId')}
      />
      <TextInput
        label={say('phoneNumbers.account')}
        description={say('phoneNumbers.accountHint')}
        inputMode="numeric"
        {...props('wabaId')}
      />
      <PasswordInput
        label={say('phoneNumbers.token')}
        description={say('phoneNumbers.tokenHint')}
        visibilityToggleButtonProps={{ 'aria-label': say('phoneNumbers.showToken') }}
        {...props('accessToken')}
      />
      <div className={styles.buttons}>
        <Button type="submit" variant="filled" aria-busy={busy}>
          {say('phoneNumbers.add')}
        </Button>
      </div>
      {guard.dialog}
    </form>
  );
}
