import type { ApolloClient, WatchQueryFetchPolicy } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { appended } from '../api/appended';
import { useLoadMore } from '../api/use-load-more';
import { ContactCountDocument, ContactsDocument } from '../generated/graphql';
import type { ContactsQueryVariables } from '../generated/graphql';

const pageSize = 50;

/**
 * The contacts of a kind that fit to a search and a filter, newest first, as far as they were asked for. `wanted` must
 * stay the same while the component is mounted.
 */
export function useContacts(wanted: Omit<ContactsQueryVariables, 'first' | 'after'>) {
  const client = useApolloClient();
  const variables = { ...wanted, first: pageSize };
  // Who comes back from the contact in line 120 finds the list as it was; a list of one page is read again.
  const [fetchPolicy] = useState<WatchQueryFetchPolicy>(() => {
    const known = client.readQuery({ query: ContactsDocument, variables });
    return (known?.contacts.nodes.length ?? 0) > pageSize ? 'cache-first' : 'cache-and-network';
  });
  const { data, error, loading, refetch, fetchMore } = useQuery(ContactsDocument, {
    variables,
    fetchPolicy,
    notifyOnNetworkStatusChange: true,
  });
  const counted = useQuery(ContactCountDocument, { variables: wanted, fetchPolicy: 'cache-and-network' });
  const page = data?.contacts;
  const more = useLoadMore(JSON.stringify(wanted), () =>
    fetchMore({
      variables: { after: page?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult }) => ({
        contacts: appended(before.contacts, fetchMoreResult.contacts),
      }),
    }),
  );
  return {
    contacts: page?.nodes,
    hasMore: page?.pageInfo.hasNextPage ?? false,
    /** Undefined until it is counted. */
    total: counted.data?.contacts.totalCount,
    error,
    loading,
    retry: () => {
      refetch().catch(() => undefined); // shown by `error`
      counted.refetch().catch(() => undefined); // without it only the number is missing
    },
    more,
  };
}

/** Lists that are kept no longer hold: somebody was added or is gone. */
export function forgetLists(client: ApolloClient): void {
  client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'contacts' });
}
