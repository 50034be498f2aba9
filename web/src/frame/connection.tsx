import { useSyncExternalStore } from 'react';
import { useFormat } from '../format/use-format';
import { useText } from '../i18n/text';
import type { Connection } from '../live/socket';
import { useSignedIn } from '../sign-in/signed-in';
import styles from './frame.module.css';

/** Whether figures are live, and of when they are if not. */
export function ConnectionBadge({ timeZone }: { timeZone: string | undefined }) {
  const say = useText();
  const { state, time } = useConnection(timeZone);
  const words =
    state === 'live' || state === 'connecting' ? say(`frame.${state}`) : say('frame.reconnecting', { time });
  return (
    <span className={styles.connection} data-state={state} title={words}>
      <span className={styles.connectionWords}>{words}</span>
    </span>
  );
}

/** Says that the connection is lost. The element is always there, so that screen readers announce its content. */
export function OfflineBanner({ timeZone }: { timeZone: string | undefined }) {
  const say = useText();
  const { state, time } = useConnection(timeZone);
  const offline = state === 'offline';
  return (
    <div role="status" className={styles.banner} aria-label={offline ? say('frame.offline') : undefined}>
      {offline && (
        <p>
          <strong>{say('frame.offline')}</strong> <span>{say('frame.offlineWords', { time })}</span>
        </p>
      )}
    </div>
  );
}

function useConnection(timeZone: string | undefined): { state: Connection['state']; time: string } {
  const { socket } = useSignedIn();
  const format = useFormat();
  const { state, lastLive } = useSyncExternalStore(socket.subscribe, socket.connection);
  return { state, time: format.clockTime(lastLive, timeZone ?? 'UTC') };
}
