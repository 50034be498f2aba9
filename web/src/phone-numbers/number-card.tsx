import { useId, useState } from 'react';
import { ownPhone } from '../format/phone';
import { useBusiness } from '../frame/business';
import type { SenderCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { Action } from '../ui/action';
import { StateChip } from '../ui/state-chip';
import { When } from '../ui/when';
import { ChangeForm } from './change-form';
import type { Changeable } from './change-form';
import { speedOf, toneOf } from './health';
import styles from './phone-numbers.module.css';
import { TestResult } from './test-result';
import { useTest } from './use-test';

/** One number: how it is, in words, and what an admin can do about it. */
export function NumberCard({ sender }: { sender: SenderCardFragment }) {
  const say = useText();
  const id = useId();
  const { timezone } = useBusiness();
  const mayChange = useMay('ADMIN');
  const test = useTest(sender.id);
  const [changing, setChanging] = useState<Changeable>();
  /** Which form was closed last: the focus goes back to the button that opened it. */
  const [closed, setClosed] = useState<Changeable>();
  const number = ownPhone(sender.displayPhoneNumber);
  const { perDay, usedLast24Hours: used } = sender.messagingLimit;
  const limit = sender.healthReadAt === null ? 'unread' : perDay === null ? 'none' : 'known';
  return (
    <section className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        <div>
          <h2 id={id}>{number}</h2>
          {sender.verifiedName !== null && <p className="muted">{sender.verifiedName}</p>}
        </div>
        <StateChip tone={toneOf(sender)} status={sender.status}>
          {say('phoneNumbers.status', { status: sender.status })}
        </StateChip>
      </div>
      <p className={styles.health}>
        {say('phoneNumbers.health', {
          ...{ status: sender.status, limit, perDay: perDay ?? 0, used, speed: speedOf(sender) },
        })}
      </p>
      {sender.lastError !== null && (
        <p className={styles.trouble} data-trouble>
          {sender.lastError}
        </p>
      )}
      {sender.notice !== null && <p className={styles.notice}>{sender.notice}</p>}
      <dl className={styles.facts}>
        <div>
          <dt>{say('phoneNumbers.quality')}</dt>
          <dd>{say('phoneNumbers.qualityWords', { quality: sender.qualityRating })}</dd>
        </div>
        <div>
          <dt>{say('phoneNumbers.speed')}</dt>
          <dd>
            {say('phoneNumbers.perSecond', { count: sender.messagesPerSecond })}
            {speedOf(sender) < sender.messagesPerSecond && (
              <span className="muted small">{say('phoneNumbers.tooFast', { count: speedOf(sender) })}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{say('phoneNumbers.webhooks')}</dt>
          <dd>
            {sender.webhookHeardAt === null ? (
              say('phoneNumbers.webhooksNone')
            ) : (
              <>
                {say('phoneNumbers.webhooksSince')} <When at={sender.webhookHeardAt} timeZone={timezone} />
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{say('phoneNumbers.id')}</dt>
          <dd>{sender.phoneNumberId}</dd>
        </div>
        <div>
          <dt>{say('phoneNumbers.account')}</dt>
          <dd>{sender.wabaId}</dd>
        </div>
        <div>
          <dt>{say('phoneNumbers.added')}</dt>
          <dd>
            <When at={sender.createdAt} timeZone={timezone} />
          </dd>
        </div>
      </dl>
      {mayChange && (
        <>
          <TestResult test={test} />
          {changing === undefined ? (
            <div className={styles.buttons}>
              <Action
                run={() => void test.run()}
                busy={test.busy}
                label={say('phoneNumbers.testOf', { number })}
              >
                {say('phoneNumbers.test')}
              </Action>
              <Action
                run={() => setChanging('accessToken')}
                autoFocus={closed === 'accessToken'}
                label={say('phoneNumbers.newTokenOf', { number })}
              >
                {say('phoneNumbers.newToken')}
              </Action>
              <Action
                run={() => setChanging('messagesPerSecond')}
                autoFocus={closed === 'messagesPerSecond'}
                label={say('phoneNumbers.changeSpeedOf', { number })}
              >
                {say('phoneNumbers.changeSpeed')}
              </Action>
            </div>
          ) : (
            <ChangeForm
              sender={sender}
              field={changing}
              done={() => {
                setClosed(changing);
                setChanging(undefined);
              }}
              saved={changing === 'accessToken' ? test.forget : undefined}
            />
          )}
        </>
      )}
    </section>
  );
}
