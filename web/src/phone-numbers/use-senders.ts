import { useQuery } from '@apollo/client/react';
import { useBusiness } from '../frame/business';
import { SendersDocument } from '../generated/graphql';

/** The numbers of the business, read again so often while somebody looks: WhatsApp changes them by itself. */
export function useSenders(everyMs: number) {
  const { id: businessId } = useBusiness();
  const { data, error, refetch } = useQuery(SendersDocument, {
    variables: { businessId },
    fetchPolicy: 'cache-and-network',
    pollInterval: everyMs,
    skipPollAttempt: () => document.hidden,
  });
  return { senders: data?.senders, error, retry: () => void refetch().catch(() => undefined) };
}
