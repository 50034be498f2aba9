import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import { ImportProgressDocument } from '../generated/graphql';
import type { ImportStateFragment } from '../generated/graphql';
import { follow } from '../live/follow';

/** Keeps an import in the cache up to date while it runs and the component is mounted. */
export function useLiveImport({ id, status }: Pick<ImportStateFragment, 'id' | 'status'>): void {
  const client = useApolloClient();
  const running = status === 'RUNNING';
  useEffect(() => {
    if (!running) return undefined;
    const subscription = follow(() =>
      client.subscribe({ query: ImportProgressDocument, variables: { importId: id } }),
    ).subscribe();
    return () => subscription.unsubscribe();
  }, [client, id, running]);
}
