import type { Log } from './log';

/**
 * An error that nothing handled leaves the process in a state that nobody planned: it is logged, and the process exits
 * with 1. Its supervisor starts it again, and what it had begun is taken up as after a crash.
 */
export function endOnUnhandledErrors(log: Log): void {
  const end = (event: string) => (err: unknown) => {
    log.fatal({ err }, `${event}: the process ends`);
    process.exit(1);
  };
  process.on('uncaughtException', end('uncaught exception'));
  process.on('unhandledRejection', end('unhandled rejection'));
}
