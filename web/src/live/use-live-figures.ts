import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import { LiveFiguresDocument } from '../generated/graphql';
import { follow } from './follow';

/** Keeps a campaign's figures in the cache up to date while the component is mounted. */
export function useLiveFigures(campaignId: string, live: boolean): void {
  const client = useApolloClient();
  useEffect(() => {
    if (!live) return undefined;
    const subscription = follow(() =>
      client.subscribe({ query: LiveFiguresDocument, variables: { campaignId } }),
    ).subscribe();
    return () => subscription.unsubscribe();
  }, [client, campaignId, live]);
}
