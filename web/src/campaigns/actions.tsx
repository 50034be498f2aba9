import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useErrorWords } from '../api/use-error-words';
import { useNotices } from '../frame/notices';
import {
  CancelCampaignDocument,
  PauseCampaignDocument,
  ResumeCampaignDocument,
  RetryFailedDocument,
  SendCampaignDocument,
} from '../generated/graphql';
import type { Acknowledgement, CampaignSummaryFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import type { MessageId } from '../i18n/message-ids';
import { Action } from '../ui/action';
import { CampaignMenu } from './campaign-menu';
import styles from './campaigns.module.css';
import { CancelDialog } from './cancel-dialog';
import { forgetWhen } from './new/forget-when';
import { retriedWords } from './retried';
import { SendDialog } from './send-dialog';
import { useAttempt } from './use-attempt';

/** The actions that the campaign's status allows. The answer updates the cache; an error is shown beside the buttons. */
export function Actions({ campaign }: { campaign: CampaignSummaryFragment }) {
  const say = useText();
  const words = useErrorWords();
  const { id: campaignId, missing, stats } = campaign;
  const campaignName = campaign.campaignName || say('campaigns.unnamed');
  const { status, totalRecipients } = stats;
  const client = useApolloClient();
  const { forgetAbout } = useNotices();
  const { busy, problem, setProblem, told, attempt, run } = useAttempt(campaignId);
  const [asking, setAsking] = useState<'send' | 'cancel'>();

  const send = (acknowledge: Acknowledgement[] | null) => {
    setAsking(undefined);
    forgetAbout(campaignId);
    void attempt(async () => {
      await client.mutate({ mutation: SendCampaignDocument, variables: { campaignId, acknowledge } });
      forgetWhen(campaignId);
    });
  };
  const cancel = () => {
    setAsking(undefined);
    void run(CancelCampaignDocument);
  };
  const retry = () => {
    void attempt(
      () => client.mutate({ mutation: RetryFailedDocument, variables: { campaignId } }),
      ({ data }) => retriedWords(say, data),
    );
  };

  const button = (text: MessageId) => ({
    busy,
    label: say('campaigns.actionOf', { action: say(text), name: campaignName }),
    children: say(text),
  });
  const ended = status === 'COMPLETED' || status === 'CANCELLED' || status === 'FAILED';
  const dismiss = () => setAsking(undefined);
  return (
    <>
      <div className={styles.actions}>
        {status === 'DRAFT' && missing.length === 0 && (
          <Action
            {...button('campaigns.send')}
            reason={totalRecipients === 0 ? say('campaigns.nobodyReason') : undefined}
            run={() => setAsking('send')}
          />
        )}
        {status === 'ACTIVE' && (
          <Action {...button('campaigns.pause')} run={() => void run(PauseCampaignDocument)} />
        )}
        {status === 'PAUSED' && (
          <Action {...button('campaigns.resume')} run={() => void run(ResumeCampaignDocument)} />
        )}
        <CampaignMenu
          campaign={campaign}
          cancel={ended || status === 'DRAFT' ? undefined : () => setAsking('cancel')}
          retry={retry}
          failed={setProblem}
        />
      </div>
      <p role="status" className={told === undefined ? 'visually-hidden' : styles.told}>
        {told}
      </p>
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          {words(problem)}
        </p>
      )}
      {asking === 'send' && (
        <SendDialog campaign={campaign} name={campaignName} send={send} dismiss={dismiss} />
      )}
      {asking === 'cancel' && <CancelDialog campaign={campaign} confirm={cancel} dismiss={dismiss} />}
    </>
  );
}
