import { useQuery } from '@apollo/client/react';
import { appended } from '../api/appended';
import { useLoadMore } from '../api/use-load-more';
import { OptOutCountDocument, OptOutsDocument } from '../generated/graphql';

const pageSize = 50;

/** The opt-outs that count now, newest first, as far as they were asked for. */
export function useOptOuts(wanted: { businessId: string; search: string | undefined }) {
  const { data, error, loading, refetch, fetchMore } = useQuery(OptOutsDocument, {
    variables: { ...wanted, first: pageSize },
    fetchPolicy: 'cache-and-network',
    notifyOnNetworkStatusChange: true,
  });
  const counted = useQuery(OptOutCountDocument, { variables: wanted, fetchPolicy: 'cache-and-network' });
  const page = data?.optOuts;
  const more = useLoadMore(JSON.stringify(wanted), () =>
    fetchMore({
      variables: { after: page?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult }) => ({
        optOuts: appended(before.optOuts, fetchMoreResult.optOuts),
      }),
    }),
  );
  return {
    optOuts: page?.nodes,
    hasMore: page?.pageInfo.hasNextPage ?? false,
    /** Undefined until it is counted. */
    total: counted.data?.optOuts.totalCount,
    error,
    loading,
    retry: () => {
      refetch().catch(() => undefined); // shown by `error`
      counted.refetch().catch(() => undefined); // without it only the number is missing
    },
    more,
  };
}
