import { useMutation } from '@apollo/client/react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { fieldError } from '../api/use-error-words';
import { ChangeSenderDocument } from '../generated/graphql';
import type { SenderCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import { useLeaveGuard } from '../ui/use-leave-guard';
import styles from './phone-numbers.module.css';

export type Changeable = 'accessToken' | 'messagesPerSecond';

interface Props {
  sender: SenderCardFragment;
  field: Changeable;
  done: () => void;
  /** After the change was stored. */
  saved: (() => void) | undefined;
}

/** A new token or another speed for a number. A token is never shown again. */
export function ChangeForm({ sender, field, done, saved }: Props) {
  const say = useText();
  const isToken = field === 'accessToken';
  const [start] = useState(isToken ? '' : String(sender.messagesPerSecond));
  const [value, setValue] = useState(start);
  const [wrong, setWrong] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [change, { loading }] = useMutation(ChangeSenderDocument);
  const guard = useLeaveGuard(value !== start);

  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (loading) return;
    setProblem(undefined);
    const speed = /^\d{1,4}$/.test(value.trim()) ? Number(value) : 0;
    if (isToken && value.trim() === '') return setWrong(say('phoneNumbers.tokenMissing'));
    if (!isToken && (speed < 1 || speed > 1000)) return setWrong(say('phoneNumbers.wrongSpeed'));
    try {
      const input = isToken ? { accessToken: value } : { messagesPerSecond: speed };
      await change({ variables: { id: sender.id, input } });
      saved?.();
      done();
    } catch (error) {
      const refused = fieldError(error);
      if (refused) setWrong(refused.message);
      else setProblem(error);
    }
  };

  const props = {
    'data-autofocus': true,
    autoFocus: true,
    autoComplete: 'off',
    value,
    error: wrong,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      setValue(currentTarget.value);
      setWrong(undefined);
    },
  };
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void save(event)}>
      {problem !== undefined && <ErrorState title={say('phoneNumbers.notSaved')} error={problem} />}
      {isToken ? (
        <PasswordInput
          label={say('phoneNumbers.token')}
          description={say('phoneNumbers.tokenHint')}
          visibilityToggleButtonProps={{ 'aria-label': say('phoneNumbers.showToken') }}
          {...props}
        />
      ) : (
        <TextInput
          label={say('phoneNumbers.speedField')}
          description={say('phoneNumbers.speedHint')}
          inputMode="numeric"
          {...props}
        />
      )}
      <div className={styles.buttons}>
        <Button onClick={done}>{say('phoneNumbers.cancel')}</Button>
        <Button type="submit" variant="filled" aria-busy={loading}>
          {say('phoneNumbers.save')}
        </Button>
      </div>
      {guard.dialog}
    </form>
  );
}
