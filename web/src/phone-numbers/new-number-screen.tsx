import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ownPhone } from '../format/phone';
import type { SenderCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { Step } from '../ui/step';
import { AddForm } from './add-form';
import styles from './phone-numbers.module.css';
import { SendToMyself } from './send-to-myself';
import { TestStep } from './test-step';
import { useSenders } from './use-senders';
import { WebhookStep } from './webhook-step';

/** The walk to a new number: ids and token, webhooks, a test, a message to oneself. */
export function NewNumberScreen() {
  const say = useText();
  if (!useMay('ADMIN'))
    return (
      <>
        <PageHeader title={say('phoneNumbers.newTitle')} />
        <EmptyState title={say('phoneNumbers.notAllowed')}>{say('phoneNumbers.notAllowedNext')}</EmptyState>
      </>
    );
  return <Walk />;
}

function Walk() {
  const say = useText();
  const { number } = useSearch({ from: '/phone-numbers/new' });
  const { senders } = useSenders(3000);
  const sender = senders?.find(({ id }) => id === number);
  const words = useRef<HTMLParagraphElement>(null);
  const justAdded = useRef(false);
  // The form is gone, and the focus with it.
  useEffect(() => {
    if (!sender || !justAdded.current) return;
    justAdded.current = false;
    words.current?.focus();
  }, [sender]);
  return (
    <>
      <PageHeader title={say('phoneNumbers.newTitle')} sentence={say('phoneNumbers.newSentence')} />
      <Step number={1} title={say('phoneNumbers.stepIds')}>
        <p ref={words} role="status" tabIndex={-1} className={sender ? styles.good : 'visually-hidden'}>
          {sender && say('phoneNumbers.isAdded', { number: ownPhone(sender.displayPhoneNumber) })}
        </p>
        {!sender && <AddForm added={() => (justAdded.current = true)} />}
      </Step>
      <Step number={2} title={say('phoneNumbers.stepWebhook')}>
        <WebhookStep sender={sender} />
      </Step>
      <Step number={3} title={say('phoneNumbers.stepTest')}>
        {sender ? <TestStep sender={sender} /> : <Later />}
      </Step>
      <Step number={4} title={say('phoneNumbers.stepMessage')}>
        {sender ? <Last sender={sender} /> : <Later />}
      </Step>
    </>
  );
}

function Later() {
  const say = useText();
  return <p className="muted">{say('phoneNumbers.addFirst')}</p>;
}

function Last({ sender }: { sender: SenderCardFragment }) {
  const say = useText();
  return (
    <>
      <SendToMyself senderId={sender.id} />
      <div>
        <LinkButton to="/phone-numbers">{say('phoneNumbers.toNumbers')}</LinkButton>
      </div>
    </>
  );
}
