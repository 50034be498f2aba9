import { useId, useState } from 'react';
import { useErrorWords } from '../../api/use-error-words';
import {
  CancelCampaignDocument,
  PauseCampaignDocument,
  ResumeCampaignDocument,
} from '../../generated/graphql';
import type { CampaignSummaryFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { useMay } from '../../sign-in/signed-in';
import { Action } from '../../ui/action';
import { LinkButton } from '../../ui/link-button';
import { CancelDialog } from '../cancel-dialog';
import campaignStyles from '../campaigns.module.css';
import { stepAddress } from '../new/steps';
import { useAttempt } from '../use-attempt';
import styles from './campaign.module.css';

/** What changes the campaign as a whole. On a phone it stands within reach of the thumb. */
export function PageActions({ campaign }: { campaign: CampaignSummaryFragment }) {
  const say = useText();
  const words = useErrorWords();
  const mayChange = useMay('MARKETER');
  const { busy, problem, run } = useAttempt(campaign.id);
  const [asking, setAsking] = useState(false);
  const { status, queuedCount } = campaign.stats;
  const waitingId = useId();
  const waiting = (status === 'ACTIVE' || status === 'PAUSED') && queuedCount > 0;
  const open = status === 'SCHEDULED' || status === 'ACTIVE' || status === 'PAUSED';
  if (!mayChange || (!open && status !== 'DRAFT')) return null;
  return (
    <>
      {problem !== undefined && (
        <p className={campaignStyles.problem} role="alert">
          {words(problem)}
        </p>
      )}
      {waiting && (
        <span id={waitingId} className={`${styles.waiting} muted small`}>
          {say('campaigns.one.waiting', { count: queuedCount })}
        </span>
      )}
      {open && (
        <Action
          busy={busy}
          color="red"
          describedBy={waiting ? waitingId : undefined}
          run={() => setAsking(true)}
        >
          {say('campaigns.cancelYes')}
        </Action>
      )}
      {(status === 'DRAFT' || status === 'SCHEDULED') && (
        <LinkButton
          to={stepAddress(status === 'DRAFT' ? 'audience' : 'review', campaign.id)}
          variant="filled"
        >
          {say('campaigns.edit')}
        </LinkButton>
      )}
      {/* One button, so that the keyboard stays on it when it changes. */}
      {(status === 'ACTIVE' || status === 'PAUSED') && (
        <Action
          busy={busy}
          variant="filled"
          describedBy={waiting ? waitingId : undefined}
          run={() => void run(status === 'ACTIVE' ? PauseCampaignDocument : ResumeCampaignDocument)}
        >
          {say(status === 'ACTIVE' ? 'campaigns.pause' : 'campaigns.resume')}
        </Action>
      )}
      {asking && (
        <CancelDialog
          campaign={campaign}
          confirm={() => {
            setAsking(false);
            void run(CancelCampaignDocument);
          }}
          dismiss={() => setAsking(false)}
        />
      )}
    </>
  );
}
