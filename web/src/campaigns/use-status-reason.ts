import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import { CampaignDocument } from '../generated/graphql';
import type { CampaignSummaryFragment } from '../generated/graphql';

/**
 * Live figures carry the status, and only the campaign itself the reason. When the status has moved on, the campaign
 * is read again; until then the old reason is not shown beside the new status.
 */
export function useStatusReason({ id, status, statusReason, stats }: CampaignSummaryFragment): string | null {
  const client = useApolloClient();
  const current = stats.status;
  useEffect(() => {
    if (status === current) return;
    // Failing that, the next look for new campaigns brings it.
    client
      .query({ query: CampaignDocument, variables: { id }, fetchPolicy: 'network-only' })
      .catch(() => undefined);
  }, [client, id, status, current]);
  const stopped = current === 'PAUSED' || current === 'FAILED' || current === 'CANCELLED';
  return stopped && status === current ? statusReason : null;
}
