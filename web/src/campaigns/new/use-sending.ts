import { useCallback, useEffect, useRef, useState } from 'react';

/** How long a person can take back what they sent. Nothing is sent before. */
const undoMs = 5000;

/**
 * IDLE → start → WAITING → after five seconds, or when the screen is left for another one → SENDING → done, or IDLE with a
 * problem; if the screen has been left by then, the problem is told elsewhere. WAITING → undo, or back → IDLE. When the tab
 * is closed while WAITING, nothing is sent.
 */
type SendingState = { is: 'IDLE'; problem?: unknown } | { is: 'WAITING'; until: number } | { is: 'SENDING' };

/**
 * Calls `send` five seconds after `start`, unless it is undone before. `send` is called once at a time.
 * @param send is told whether the screen was left meanwhile
 * @param tell is called with the problem if the screen was left
 */
export function useSending(
  send: (screen: { left: boolean }) => Promise<void>,
  tell: (problem: unknown) => void,
) {
  const [state, setState] = useState<SendingState>({ is: 'IDLE' });
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const screen = useRef({ left: false });
  const now = useRef({ send, tell });
  useEffect(() => {
    now.current = { send, tell };
  });

  const go = useCallback(() => {
    clearTimeout(waiting.current);
    waiting.current = undefined;
    setState({ is: 'SENDING' });
    now.current.send(screen.current).catch((problem: unknown) => {
      if (screen.current.left) now.current.tell(problem);
      else setState({ is: 'IDLE', problem });
    });
  }, []);

  const start = useCallback(() => {
    if (waiting.current !== undefined) return;
    setState({ is: 'WAITING', until: Date.now() + undoMs });
    waiting.current = setTimeout(go, undoMs);
  }, [go]);

  /** Without the five seconds: for what can be taken back later. */
  const sendAtOnce = go;

  const undo = useCallback(() => {
    if (waiting.current === undefined) return;
    clearTimeout(waiting.current);
    waiting.current = undefined;
    setState({ is: 'IDLE' });
  }, []);

  useEffect(() => {
    const { current } = screen;
    current.left = false;
    return () => {
      current.left = true;
      if (waiting.current !== undefined) go();
    };
  }, [go]);
  return { state, start, undo, sendAtOnce };
}
