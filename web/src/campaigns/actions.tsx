import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useErrorWords } from '../api/use-error-words';
import {
  CampaignDocument,
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
import { ConfirmDialog } from '../ui/confirm-dialog';
import { CampaignMenu } from './campaign-menu';
import styles from './campaigns.module.css';
import { SendDialog } from './send-dialog';

/** The actions that the campaign's status allows. The answer updates the cache; an error is shown beside the buttons. */
export function Actions({ campaign }: { campaign: CampaignSummaryFragment }) {
  const say = useText();
  const words = useErrorWords();
  const { id: campaignId, missing, stats } = campaign;
  const campaignName = campaign.campaignName || say('campaigns.unnamed');
  const { status, totalRecipients, sentCount, queuedCount } = stats;
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [told, setTold] = useState<string>();
  const [asking, setAsking] = useState<'send' | 'cancel'>();

  const attempt = async (what: () => Promise<unknown>) => {
    setAsking(undefined);
    setProblem(undefined);
    setTold(undefined);
    setBusy(true);
    try {
      await what();
    } catch (error) {
      setProblem(error);
      // Often somebody else has changed the campaign meanwhile: show its present state.
      await client
        .query({ query: CampaignDocument, variables: { id: campaignId }, fetchPolicy: 'network-only' })
        .catch(() => undefined);
    } finally {
      setBusy(false);
    }
  };
  const run = (mutation: TypedDocumentNode<unknown, { campaignId: string }>) =>
    attempt(() => client.mutate({ mutation, variables: { campaignId } }));
  const send = (acknowledge: Acknowledgement[] | null) =>
    attempt(() => client.mutate({ mutation: SendCampaignDocument, variables: { campaignId, acknowledge } }));
  const retry = async (count: number) => {
    await attempt(async () => {
      await client.mutate({ mutation: RetryFailedDocument, variables: { campaignId } });
      setTold(say('campaigns.retried', { count }));
    });
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
          retry={(count) => void retry(count)}
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
        <SendDialog
          campaign={campaign}
          name={campaignName}
          send={(acknowledge) => void send(acknowledge)}
          dismiss={dismiss}
        />
      )}
      {asking === 'cancel' && (
        <ConfirmDialog
          title={say('campaigns.askCancel', { name: campaignName })}
          yes={say('campaigns.cancelYes')}
          no={say('campaigns.keep')}
          danger
          confirm={() => void run(CancelCampaignDocument)}
          dismiss={dismiss}
        >
          <p>
            {status === 'DRAFT' || status === 'SCHEDULED'
              ? say('campaigns.askCancelDraft')
              : say('campaigns.askCancelWords', {
                  sent: sentCount,
                  total: totalRecipients,
                  queued: queuedCount,
                })}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
