import { useEffect, useRef } from 'react';

/** Reads something again when `value` has changed, at most every `everyMs`; never while it is undefined. */
export function useReread(value: number | undefined, everyMs: number, reread: () => Promise<unknown>): void {
  const state = useRef({
    known: value,
    wanted: value,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  });
  useEffect(() => {
    const current = state.current;
    if (value === undefined) {
      clearTimeout(current.timer);
      current.timer = undefined;
      return;
    }
    current.wanted = value;
    if (current.known === value || current.timer !== undefined) return;
    current.timer = setTimeout(() => {
      current.timer = undefined;
      current.known = current.wanted;
      reread().catch(() => undefined); // what is shown stays
    }, everyMs);
  }, [value, everyMs, reread]);
  useEffect(() => {
    const current = state.current;
    return () => {
      clearTimeout(current.timer);
      current.timer = undefined;
    };
  }, []);
}
