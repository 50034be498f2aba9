import { NativeSelect, Textarea } from '@mantine/core';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { fieldError, useErrorWords } from '../../api/use-error-words';
import { phone } from '../../format/phone';
import { SendTestDocument } from '../../generated/graphql';
import type { SendTestMutation } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { phonesIn } from '../../opt-outs/phone-lines';
import { Action } from '../../ui/action';
import styles from './test-send.module.css';
import type { PreviewPerson } from './use-problems';

/** What was typed for a test. It outlasts the form, which is closed when another step is shown. */
export interface TestNumbers {
  text: string;
  setText: (text: string) => void;
}

interface Props {
  numbers: TestNumbers;
  /** Some of those who get it: the test can show what one of them would see. */
  people: readonly PreviewPerson[];
  /** The one who is shown. */
  person: PreviewPerson | undefined;
  /** Nothing of the message is missing. */
  complete: boolean;
  /** Stores the draft: the test sends what is stored. @returns the campaign's id */
  save: () => Promise<string>;
}

/** The most phones that the API takes in a test. */
const mostPhones = 10;

/** Sends the message to a few phones of one's own; it is counted nowhere. */
export function TestSend(props: Props) {
  const say = useText();
  const [open, setOpen] = useState(false);
  if (open) return <TestForm {...props} close={() => setOpen(false)} />;
  return (
    <div className={styles.closed}>
      <Action reason={props.complete ? undefined : say('campaigns.testNotYet')} run={() => setOpen(true)}>
        {say('campaigns.test')}
      </Action>
    </div>
  );
}

function TestForm({ numbers, people, person, complete, save, close }: Props & { close: () => void }) {
  const say = useText();
  const words = useErrorWords();
  const client = useApolloClient();
  const { text, setText } = numbers;
  const [asked, setAsked] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [results, setResults] = useState<SendTestMutation['sendTest']['results']>();
  const [problem, setProblem] = useState<unknown>();
  /** The numbers that the problem is about. */
  const [sentTo, setSentTo] = useState<readonly string[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const contacts = people.filter(({ contactId }) => contactId !== null);
  const contactId = asked ?? person?.contactId ?? '';
  const phones = phonesIn(text);

  const [, place] = /\.phones\.(\d+)$/.exec(fieldError(problem)?.field ?? '') ?? [];
  const wrongPhone = place === undefined ? undefined : Number(place);

  const send = async () => {
    setBusy(true);
    setSentTo(phones);
    setProblem(undefined);
    setResults(undefined);
    try {
      const campaignId = await save();
      const { data } = await client.mutate({
        mutation: SendTestDocument,
        variables: { input: { campaignId, phones, asContactId: contactId === '' ? null : contactId } },
      });
      setResults(data?.sendTest.results);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={styles.form} aria-label={say('campaigns.test')}>
      <Textarea
        ref={field}
        label={say('campaigns.testNumbers')}
        description={say('campaigns.testWords', { most: mostPhones })}
        placeholder="+91 98765 43210"
        autosize
        minRows={1}
        maxRows={10}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <NativeSelect
        label={say('campaigns.testAs')}
        value={contactId}
        onChange={({ currentTarget }) => setAsked(currentTarget.value)}
      >
        {contacts.map((one) => (
          <option key={one.contactId} value={one.contactId ?? ''}>
            {one.name.trim() || say('audience.noName')}
          </option>
        ))}
        <option value="">{say('campaigns.testMadeUp')}</option>
      </NativeSelect>
      <div className={styles.buttons}>
        <Action run={close}>{say('campaigns.testClose')}</Action>
        <Action
          reason={
            !complete
              ? say('campaigns.testNotYet')
              : phones.length === 0
                ? say('campaigns.testNoNumber')
                : phones.length > mostPhones
                  ? say('campaigns.testTooMany', { most: mostPhones, count: phones.length })
                  : undefined
          }
          busy={busy}
          run={() => void send()}
        >
          {say('campaigns.testSend', { count: phones.length })}
        </Action>
      </div>
      <div role="status">
        {busy && <p className="muted">{say('campaigns.testSending')}</p>}
        {results && (
          <ul className={styles.results}>
            {results.map(({ phone: number, accepted, errorMessage }) => (
              <li key={number} data-accepted={accepted}>
                <strong>{phone(number)}</strong>{' '}
                {accepted
                  ? say('campaigns.testAccepted')
                  : say('campaigns.testRefused', { reason: errorMessage ?? '' })}
              </li>
            ))}
          </ul>
        )}
      </div>
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          {say('campaigns.testFailed')}{' '}
          {wrongPhone === undefined
            ? words(problem)
            : say('campaigns.testBadNumber', { number: sentTo[wrongPhone] ?? '' })}
        </p>
      )}
    </section>
  );
}
