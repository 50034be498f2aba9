import { useApolloClient } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { OptInDocument, OptOutDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import styles from './opt-outs.module.css';

interface Props {
  businessId: string;
  phone: string;
  optedOut: boolean;
  changed: () => Promise<void>;
}

/** Opts one person out, or in again; both with a reason, which is kept in the history. */
export function ChangeOptOut({ businessId, phone, optedOut, changed }: Props) {
  const say = useText();
  const client = useApolloClient();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  /** The server cannot read the number. */
  const [unread, setUnread] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);

  // The focus goes to the field that has opened, and back to the button.
  useEffect(() => {
    if (open) field.current?.focus();
    else if (wasOpen.current) opener.current?.focus();
    wasOpen.current = open;
  }, [open]);

  const close = () => {
    setOpen(false);
    setProblem(undefined);
    setMissing(false);
  };

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    if (reason.trim() === '') {
      setMissing(true);
      field.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const variables = { businessId, phones: [phone], reason: reason.trim() };
      const { data } = optedOut
        ? await client.mutate({ mutation: OptInDocument, variables })
        : await client.mutate({ mutation: OptOutDocument, variables });
      const answer = data && ('optIn' in data ? data.optIn : data.optOut);
      if (answer?.invalid.length) {
        setUnread(true);
        return;
      }
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'optOuts' });
      await changed();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  if (!open)
    return (
      <Button ref={opener} className={styles.opener} onClick={() => setOpen(true)}>
        {say(optedOut ? 'optOuts.lift' : 'optOuts.optOut')}
      </Button>
    );
  return (
    <form
      className={styles.change}
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={({ key }) => key === 'Escape' && close()}
    >
      {problem !== undefined && (
        <ErrorState title={say(optedOut ? 'optOuts.notLifted' : 'optOuts.notOptedOut')} error={problem} />
      )}
      <TextInput
        ref={field}
        label={say('optOuts.reason')}
        description={say(optedOut ? 'optOuts.liftHint' : 'optOuts.optOutHint')}
        value={reason}
        maxLength={500}
        error={missing ? say('optOuts.reasonMissing') : unread && say('optOuts.phoneUnread')}
        onChange={({ currentTarget }) => {
          setReason(currentTarget.value);
          setMissing(false);
        }}
      />
      <div className={styles.buttons}>
        <Button onClick={close}>{say('optOuts.cancel')}</Button>
        <Button type="submit" variant="light" aria-busy={busy}>
          {say(optedOut ? 'optOuts.liftYes' : 'optOuts.optOutYes')}
        </Button>
      </div>
    </form>
  );
}
