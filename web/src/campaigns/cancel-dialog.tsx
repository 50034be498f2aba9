import { useQuery } from '@apollo/client/react';
import { InFlightDocument } from '../generated/graphql';
import type { CampaignSummaryFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ConfirmDialog } from '../ui/confirm-dialog';

interface Props {
  campaign: CampaignSummaryFragment;
  confirm: () => void;
  dismiss: () => void;
}

const countInFlightMs = 2000;

/** Asks before a campaign is cancelled, and says how many people will get nothing, and who may still get the message. */
export function CancelDialog({ campaign: { id, campaignName, stats }, confirm, dismiss }: Props) {
  const say = useText();
  const begun = stats.status !== 'DRAFT' && stats.status !== 'SCHEDULED';
  const { data } = useQuery(InFlightDocument, {
    variables: { id },
    skip: !begun || stats.queuedCount === 0,
    fetchPolicy: 'no-cache',
    pollInterval: countInFlightMs,
  });
  // Those being sent to count as queued. The two figures are read one after the other.
  const inFlight = Math.min(data?.campaign.delivery.inFlight ?? 0, stats.queuedCount);
  return (
    <ConfirmDialog
      title={say('campaigns.askCancel', { name: campaignName || say('campaigns.unnamed') })}
      yes={say('campaigns.cancelYes')}
      no={say('campaigns.keep')}
      danger
      confirm={confirm}
      dismiss={dismiss}
    >
      <p>
        {begun
          ? say('campaigns.askCancelWords', {
              sent: stats.sentCount,
              total: stats.totalRecipients,
              queued: stats.queuedCount - inFlight,
            })
          : say('campaigns.askCancelDraft')}
      </p>
      {inFlight > 0 && <p>{say('campaigns.askCancelInFlight', { count: inFlight })}</p>}
      {begun && !data && stats.queuedCount > 0 && <p>{say('campaigns.askCancelNotKnown')}</p>}
    </ConfirmDialog>
  );
}
