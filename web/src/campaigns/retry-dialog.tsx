import { useText } from '../i18n/text';
import { ConfirmDialog } from '../ui/confirm-dialog';

interface Props {
  /** So many messages are worth another attempt. */
  count: number;
  /** So many have failed. */
  failed: number;
  confirm: () => void;
  dismiss: () => void;
}

/** Asks before failed messages are sent again, and says to how many people. */
export function RetryDialog({ count, failed, confirm, dismiss }: Props) {
  const say = useText();
  return (
    <ConfirmDialog
      title={say('campaigns.askRetry', { count })}
      yes={say('campaigns.retry', { count })}
      no={say('campaigns.notNow')}
      confirm={confirm}
      dismiss={dismiss}
    >
      <p>{say('campaigns.askRetryWords', { rest: Math.max(0, failed - count) })}</p>
    </ConfirmDialog>
  );
}
