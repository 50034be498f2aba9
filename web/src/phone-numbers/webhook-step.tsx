import { useQuery } from '@apollo/client/react';
import { useBusiness } from '../frame/business';
import { WebhookSetupDocument } from '../generated/graphql';
import type { SenderCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import { When } from '../ui/when';
import { CopyField } from './copy-field';
import styles from './phone-numbers.module.css';

/** What to enter at Meta so that receipts and replies come, and a tick when the first one came. */
export function WebhookStep({ sender }: { sender: SenderCardFragment | undefined }) {
  const say = useText();
  const { id: businessId, timezone } = useBusiness();
  const { data, error, refetch } = useQuery(WebhookSetupDocument, { variables: { businessId } });
  const setup = data?.webhookSetup;
  return (
    <div className={styles.form}>
      <p>{say('phoneNumbers.webhookWords')}</p>
      {error && (
        <ErrorState
          title={say('phoneNumbers.setupFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {setup && (
        <>
          <CopyField label={say('phoneNumbers.webhookUrl')} value={setup.url} />
          {setup.problem !== null && (
            <p className={styles.warning}>{say('phoneNumbers.notPublic', { url: setup.url })}</p>
          )}
          <CopyField label={say('phoneNumbers.verifyWord')} value={setup.verifyWord} />
          <div>
            <p>{say('phoneNumbers.webhookFields')}</p>
            <ul className={styles.fields}>
              {setup.fields.map((field) => (
                <li key={field}>
                  <code>{field}</code>
                </li>
              ))}
            </ul>
          </div>
        </>
      )}
      <p
        role="status"
        className={sender?.webhookHeardAt ? styles.good : styles.waiting}
        data-heard={sender?.webhookHeardAt ? true : undefined}
      >
        {sender?.webhookHeardAt ? (
          <>
            {say('phoneNumbers.heard')} <When at={sender.webhookHeardAt} timeZone={timezone} />
          </>
        ) : (
          say(sender ? 'phoneNumbers.notHeard' : 'phoneNumbers.heardLater')
        )}
      </p>
    </div>
  );
}
