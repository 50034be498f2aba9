import { useApolloClient } from '@apollo/client/react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { useBusiness } from '../frame/business';
import { OptOutDocument } from '../generated/graphql';
import type { OptOutMutation } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import styles from './opt-outs.module.css';
import { mostPhones, phonesIn } from './phone-lines';

/** Opts people out whose phones are typed or pasted. Phones that cannot be read stay in the field. */
export function AddOptOutsScreen() {
  const say = useText();
  const { id: businessId } = useBusiness();
  const client = useApolloClient();
  const navigate = useNavigate();
  const mayChange = useMay('MARKETER');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<OptOutMutation['optOut']>();
  const [problem, setProblem] = useState<unknown>();
  const phonesField = useRef<HTMLTextAreaElement>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  const phones = phonesIn(text);
  const wrongPhones =
    phones.length === 0
      ? say('optOuts.phonesMissing')
      : phones.length > mostPhones
        ? say('optOuts.phonesTooMany', { count: phones.length, most: mostPhones })
        : undefined;
  const wrongReason = reason.trim() === '' ? say('optOuts.reasonMissing') : undefined;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setAsked(true);
    setResult(undefined);
    setProblem(undefined);
    if (wrongPhones !== undefined || wrongReason !== undefined) {
      (wrongPhones === undefined ? reasonField : phonesField).current?.focus();
      return;
    }
    setBusy(true);
    try {
      const { data } = await client.mutate({
        mutation: OptOutDocument,
        variables: { businessId, phones, reason: reason.trim() },
      });
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'optOuts' });
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'optOutHistory' });
      setResult(data?.optOut);
      const rest = data?.optOut.invalid.join('\n') ?? '';
      setText((before) => (before === text ? rest : before));
      setAsked(false);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  if (!mayChange)
    return (
      <>
        <PageHeader title={say('optOuts.addTitle')} />
        <EmptyState title={say('optOuts.notAllowed')}>{say('optOuts.notAllowedNext')}</EmptyState>
      </>
    );
  const invalid = result?.invalid.length ?? 0;
  return (
    <>
      <PageHeader title={say('optOuts.addTitle')} sentence={say('optOuts.addSentence')} />
      <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <div role="status">
          {result && (
            <p className={styles.result}>
              {say('optOuts.result', { changed: result.changed, unchanged: result.unchanged })}{' '}
              {invalid === 0 && <Link to="/opt-outs">{say('optOuts.seeAll')}</Link>}
            </p>
          )}
        </div>
        {problem !== undefined && <ErrorState title={say('optOuts.notAdded')} error={problem} />}
        <Textarea
          ref={phonesField}
          label={say('optOuts.phones')}
          description={say('optOuts.phonesHint')}
          value={text}
          rows={8}
          error={
            invalid > 0 && text === result?.invalid.join('\n')
              ? say('optOuts.phonesInvalid', { count: invalid })
              : asked && wrongPhones
          }
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <TextInput
          ref={reasonField}
          label={say('optOuts.reason')}
          description={say('optOuts.reasonHint')}
          value={reason}
          maxLength={500}
          error={asked && wrongReason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <div className={styles.buttons}>
          <Button onClick={() => void navigate({ to: '/opt-outs' })}>{say('optOuts.cancel')}</Button>
          <Button type="submit" variant="filled" aria-busy={busy}>
            {phones.length > 0 ? say('optOuts.addCount', { count: phones.length }) : say('optOuts.addYes')}
          </Button>
        </div>
      </form>
    </>
  );
}
