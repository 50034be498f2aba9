import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Counted } from '../../audience/use-preview';
import { useNow } from '../../format/use-now';
import { useText } from '../../i18n/text';
import { Action } from '../../ui/action';
import type { useSending } from './use-sending';
import styles from './wizard.module.css';

interface Props {
  counted: Counted;
  sending: ReturnType<typeof useSending>;
  /** It starts by itself later. */
  scheduled: boolean;
  /** Why it cannot be sent, besides that the people are being counted. */
  reason: string | undefined;
  back: () => void;
}

/** Sends, with five seconds to take it back, also with the browser's Back. The tab asks before it is closed meanwhile. */
export function SendBar({ counted, sending, scheduled, reason, back }: Props) {
  const say = useText();
  const { preview, counting, error } = counted;
  const { state, start, undo, sendAtOnce } = sending;
  const waiting = state.is === 'WAITING';
  const bar = useRef<HTMLDivElement>(null);
  const wasWaiting = useRef(false);
  useBlocker({
    shouldBlockFn: ({ action }) => {
      // Back, by one entry or by several. Another screen that is opened sends it: see useSending.
      if (action === 'BACK' || action === 'GO') undo();
      return false;
    },
    enableBeforeUnload: waiting,
  });

  // The button that was pressed has gone: the focus is on the one in its place.
  useEffect(() => {
    if (wasWaiting.current === waiting) return;
    wasWaiting.current = waiting;
    bar.current?.querySelector<HTMLElement>('[data-main] button')?.focus();
  }, [waiting]);

  const count = preview?.count ?? 0;
  const why =
    reason ??
    (error !== undefined
      ? say('campaigns.notCounted')
      : counting || !preview
        ? say('campaigns.beingCounted')
        : undefined);
  return (
    <div ref={bar} className={styles.send}>
      <span role="status" className="visually-hidden">
        {waiting && say('campaigns.undoWords')}
      </span>
      {state.is === 'WAITING' ? (
        <>
          <Countdown until={state.until} count={count} />
          <span className={styles.main} data-main>
            <Action run={undo}>{say('campaigns.undo')}</Action>
          </span>
        </>
      ) : (
        <>
          <Button onClick={back}>{say('campaigns.back')}</Button>
          <span className={styles.main} data-main>
            <Action
              variant="filled"
              reason={why}
              busy={state.is === 'SENDING'}
              run={scheduled ? sendAtOnce : start}
            >
              {scheduled ? say('campaigns.schedule') : say('campaigns.sendTo', { count })}
            </Action>
          </span>
        </>
      )}
    </div>
  );
}

function Countdown({ until, count }: { until: number; count: number }) {
  const say = useText();
  const now = useNow(200);
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  return (
    <span className={styles.countdown}>
      <span className={styles.seconds} aria-hidden="true">
        {seconds}
      </span>
      <span>
        <span>{say('campaigns.sendingSoon', { count })}</span>{' '}
        <span className="muted small">{say('campaigns.leavingSends')}</span>
      </span>
    </span>
  );
}
