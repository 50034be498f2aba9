import { useMutation } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { fieldError } from '../api/use-error-words';
import { SendTestMessageDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import styles from './phone-numbers.module.css';

/** A message from the number to the admin's own phone. */
export function SendToMyself({ senderId }: { senderId: string }) {
  const say = useText();
  const [to, setTo] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [send, { data, error, loading }] = useMutation(SendTestMessageDocument);
  const result = loading ? undefined : data?.sendTestMessage;
  const refused = fieldError(error);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (loading) return;
    setWrong(to.trim() === '' ? say('phoneNumbers.phoneMissing') : undefined);
    if (to.trim() === '') return;
    // shown by `error`
    await send({ variables: { input: { senderId, phone: to } } }).catch(() => undefined);
  };
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      <p>{say('phoneNumbers.messageWords')}</p>
      {error && !refused && <ErrorState title={say('phoneNumbers.notSent')} error={error} />}
      <TextInput
        label={say('phoneNumbers.myPhone')}
        description={say('phoneNumbers.myPhoneHint')}
        type="tel"
        autoComplete="tel"
        value={to}
        error={wrong ?? refused?.message}
        onChange={({ currentTarget }) => {
          setTo(currentTarget.value);
          setWrong(undefined);
        }}
      />
      <div role="status">
        {result?.accepted === true && (
          <p className={styles.good}>{say('phoneNumbers.sent', { template: result.templateName })}</p>
        )}
        {result?.accepted === false && (
          <p className={styles.trouble}>
            {say('phoneNumbers.refused')} <span>{result.errorMessage}</span>
          </p>
        )}
      </div>
      <div>
        <Button type="submit" aria-busy={loading}>
          {say('phoneNumbers.send')}
        </Button>
      </div>
    </form>
  );
}
