import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { CampaignDeliveryDocument, CampaignPageDocument } from '../../generated/graphql';
import { useLiveFigures } from '../../live/use-live-figures';
import type { Delivery } from './sentences';

const pollMs = 2000;
/** A reading that failed is tried again after this. */
const retryMs = 5000;

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
    if (status === current) return undefined;
    const reread = () => void refetch().catch(() => undefined);
    reread();
    // until it has succeeded: after the end of a campaign no other change would bring it
    const timer = setInterval(reread, retryMs);
    return () => clearInterval(timer);
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
