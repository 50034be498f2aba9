import { useLayoutEffect } from 'react';
import type { RefObject } from 'react';

/** What stands above an element has loaded by then. */
const longestMs = 5000;
/** Whoever does one of these looks at something else. */
const moves = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * Scrolls an element into sight once it is ready, and keeps it there while what stands above it loads and pushes it down,
 * until somebody moves.
 */
export function useKeptInSight(element: RefObject<HTMLElement | null>, ready: boolean): void {
  useLayoutEffect(() => {
    if (!ready) return;
    const show = () => element.current?.scrollIntoView({ block: 'nearest' });
    show();
    const growing = new ResizeObserver(show);
    growing.observe(document.body);
    const end = () => growing.disconnect();
    for (const move of moves) addEventListener(move, end, { passive: true });
    const timer = setTimeout(end, longestMs);
    return () => {
      end();
      clearTimeout(timer);
      for (const move of moves) removeEventListener(move, end);
    };
  }, [element, ready]);
}
