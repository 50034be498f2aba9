import type { CampaignSummaryFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ConfirmDialog } from '../ui/confirm-dialog';

interface Props {
  campaign: CampaignSummaryFragment;
  confirm: () => void;
  dismiss: () => void;
}

/** Asks before a campaign is cancelled, and says how many people will get nothing. */
export function CancelDialog({ campaign: { campaignName, stats }, confirm, dismiss }: Props) {
  const say = useText();
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
        {stats.status === 'DRAFT' || stats.status === 'SCHEDULED'
          ? say('campaigns.askCancelDraft')
          : say('campaigns.askCancelWords', {
              sent: stats.sentCount,
              total: stats.totalRecipients,
              queued: stats.queuedCount,
            })}
      </p>
    </ConfirmDialog>
  );
}
