import { useEffect, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { Footer } from '../frame/footer';
import { Mark } from '../frame/mark';
import { signIn } from './session';
import './sign-in.css';

/** Shown without a session: where to get a sign-in link, and a field for a token. `reason` is why the last session ended. */
export function SignInPage({ reason }: { reason: string | undefined }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const shown = problem ?? reason;
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    document.title = 'Sign in · Dakiya';
  }, []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(text.trim() === '' ? 'Please paste a token or a sign-in link first.' : signIn(text));
    field.current?.focus();
  };

  return (
    <div className="page">
      <main className="sign-in">
        <div className="sign-in-card">
          <Mark size={44} />
          <h1>Sign in to Dakiya</h1>
          {shown !== undefined && (
            <p className="notice notice-bad" role="alert" id="sign-in-problem">
              {shown}
            </p>
          )}
          <p>
            Open the sign-in link that <code>npm start</code> prints, or create a token with{' '}
            <code>node dist/main.js token</code>.
          </p>
          <form onSubmit={submit} noValidate>
            <label htmlFor="token">Or paste a token or a link</label>
            <textarea
              id="token"
              ref={field}
              rows={3}
              value={text}
              onChange={(event) => setText(event.target.value)}
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
            <button type="submit" className="button button-primary">
              Sign in
            </button>
          </form>
        </div>
      </main>
      <Footer />
    </div>
  );
}

function submitForm(event: React.KeyboardEvent<HTMLTextAreaElement>): void {
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
