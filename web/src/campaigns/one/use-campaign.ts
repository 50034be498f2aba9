import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { CampaignDeliveryDocument, CampaignPageDocument } from '../../generated/graphql';
import { useLiveFigures } from '../../live/use-live-figures';
import type { Delivery } from './sentences';

const pollMs = 2000;

/** A campaign with live figures. Everything else is read again when its status changes. */
export function useCampaign(id: string) {
  const { data, error, refetch } = useQuery(CampaignPageDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  const campaign = data?.campaign;
  useLiveFigures(id, campaign !== undefined);
  const status = campaign?.status;
  const current = campaign?.stats.status;
  useEffect(() => {
    // If this fails, the next change brings it.
    if (status !== current) refetch().catch(() => undefined);
  }, [status, current, refetch]);
  return { campaign, error, refetch };
}

/** How fast a campaign is sent, and why not faster; undefined while nothing is being sent. */
export function useDelivery(id: string, active: boolean): Delivery | undefined {
  const { data } = useQuery(CampaignDeliveryDocument, {
    variables: { id },
    skip: !active,
    pollInterval: pollMs,
    skipPollAttempt: () => document.hidden,
    fetchPolicy: 'network-only',
  });
  return active ? data?.campaign.delivery : undefined;
}
