import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import { concat, defer, retry, tap, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { LiveFiguresDocument } from '../generated/graphql';

/** Keeps a campaign's figures in the cache up to date while the component is mounted. */
export function useLiveFigures(campaignId: string, follow: boolean): void {
  const client = useApolloClient();
  useEffect(() => {
    if (!follow) return undefined;
    const subscription = followFigures(client, campaignId).subscribe();
    return () => subscription.unsubscribe();
  }, [client, campaignId, follow]);
}

/**
 * Continues until unsubscribed. graphql-ws reconnects a lost socket, but does not restart a subscription that the server
 * ended (it completes them when it shuts down) or refused: those are started again here, 1 to 30 seconds later.
 */
function followFigures(client: ApolloClient, campaignId: string): Observable<unknown> {
  const events = defer(() => client.subscribe({ query: LiveFiguresDocument, variables: { campaignId } }));
  const failing = events.pipe(
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
