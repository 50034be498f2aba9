import { useEffect, useState } from 'react';
import type { ImportStateFragment } from '../generated/graphql';
import { useNow } from '../format/use-now';
import { paceOf, withReading } from './pace';
import type { Pace, Reading } from './pace';

/** How quick an import is, by what the page has seen of it. */
export function usePace({ status, totalRows, bytesRead, bytesTotal }: ImportStateFragment): Pace | undefined {
  const running = status === 'RUNNING';
  const now = useNow(running ? 1000 : undefined);
  const [readings, setReadings] = useState<readonly Reading[]>([]);
  useEffect(() => {
    setReadings((before) => withReading(before, { at: Date.now(), rows: totalRows, bytes: bytesRead }));
  }, [totalRows, bytesRead]);
  return running && bytesTotal !== null ? paceOf(readings, bytesTotal, now) : undefined;
}
