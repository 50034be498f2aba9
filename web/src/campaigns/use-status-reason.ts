import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import { CampaignDocument } from '../generated/graphql';
import type { CampaignSummaryFragment } from '../generated/graphql';

/**
 * Why a campaign has its status. Live figures contain the status but not the reason, so the campaign is read again when
 * the status has changed; until then the old reason is not shown beside the new status.
 */
export function useStatusReason({ id, status, statusReason, stats }: CampaignSummaryFragment): string | null {
  const client = useApolloClient();
  const current = stats.status;
  useEffect(() => {
    if (status === current) return;
    // If this fails, the next reading of the list brings the reason.
    client
      .query({ query: CampaignDocument, variables: { id }, fetchPolicy: 'network-only' })
      .catch(() => undefined);
  }, [client, id, status, current]);
  const stopped = current === 'PAUSED' || current === 'FAILED' || current === 'CANCELLED';
  return stopped && status === current ? statusReason : null;
}
