import { concat, defer, retry, tap, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';

/**
 * Subscribes until unsubscribed. graphql-ws reconnects a lost socket, but does not restart a subscription that the server
 * ended (it completes them when it shuts down) or refused: those are started again here, 1 to 30 seconds later.
 */
export function follow<T extends { error?: unknown }>(subscribe: () => Observable<T>): Observable<T> {
  const failing = defer(subscribe).pipe(
    tap(({ error }) => {
      if (error) throw new Error('The server refused the subscription', { cause: error });
    }),
  );
  const ended = throwError(() => new Error('The server ended the subscription'));
  return concat(failing, ended).pipe(
    retry({
      delay: (_error, attempt) =>
        timer(Math.min(30_000, 1000 * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2)),
      resetOnSuccess: true,
    }),
  );
}
