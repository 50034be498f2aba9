import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, SubmitEvent } from 'react';
import { FormattedMessage } from 'react-intl';
import { LanguagePicker } from '../frame/language-picker';
import { Mark } from '../frame/mark';
import { SchemeSwitch } from '../frame/scheme-switch';
import type { MessageId } from '../i18n/message-ids';
import { useText } from '../i18n/text';
import { signIn } from './session';
import styles from './sign-in.module.css';

/** Shown without a session: where to get a sign-in link, and a field for a token. `reason` is why the last session ended. */
export default function SignInPage({ reason }: { reason: MessageId | undefined }) {
  const say = useText();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<MessageId>();
  const shown = problem ?? reason;
  const field = useRef<HTMLTextAreaElement>(null);
  const title = say('signIn.title');

  useEffect(() => {
    document.title = `${title} · Dakiya`;
  }, [title]);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(text.trim() === '' ? 'signIn.empty' : signIn(text));
    field.current?.focus();
  };

  return (
    <div className={styles.page}>
      <div className={styles.corner}>
        <LanguagePicker />
        <SchemeSwitch />
      </div>
      <main className={styles.card}>
        <Mark size={40} />
        <h1>{say('signIn.heading')}</h1>
        {shown !== undefined && (
          <p className={styles.problem} role="alert" id="sign-in-problem">
            {say(shown)}
          </p>
        )}
        <p className="muted">
          <FormattedMessage id="signIn.how" values={{ code: (words) => <code>{words}</code> }} />
        </p>
        <form onSubmit={submit} noValidate>
          <Textarea
            ref={field}
            label={say('signIn.field')}
            rows={3}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey) submitForm(event);
            }}
            aria-invalid={problem !== undefined}
            aria-describedby={shown === undefined ? undefined : 'sign-in-problem'}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder="eyJhbGciOi…"
          />
          <Button type="submit" variant="filled">
            {say('signIn.button')}
          </Button>
        </form>
        <a className="small" href="/playground">
          {say('frame.playground')}
        </a>
      </main>
    </div>
  );
}

function submitForm(event: KeyboardEvent<HTMLTextAreaElement>): void {
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
