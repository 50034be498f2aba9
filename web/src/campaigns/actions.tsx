import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { TypedDocumentNode } from '@apollo/client';
import { inWords } from '../api/error-words';
import { count, people } from '../format/numbers';
import {
  CampaignDocument,
  CancelCampaignDocument,
  PauseCampaignDocument,
  ResumeCampaignDocument,
  SendCampaignDocument,
} from '../generated/graphql';
import type { CampaignSummaryFragment } from '../generated/graphql';
import { ActionButton } from './action-button';
import { ConfirmDialog } from './confirm-dialog';

/** The actions that the campaign's status allows. The answer updates the cache; an error is shown beside the buttons. */
export function Actions({ campaign }: { campaign: CampaignSummaryFragment }) {
  const { id: campaignId, campaignName, notices, stats } = campaign;
  const { status, totalRecipients, queuedCount } = stats;
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState<'send' | 'cancel'>();

  const run = async (mutation: TypedDocumentNode<unknown, { campaignId: string }>) => {
    setAsking(undefined);
    setProblem(undefined);
    setBusy(true);
    try {
      await client.mutate({ mutation, variables: { campaignId } });
    } catch (error) {
      setProblem(inWords(error));
      // Often somebody else has changed the campaign meanwhile: show its present state.
      await client
        .query({ query: CampaignDocument, variables: { id: campaignId }, fetchPolicy: 'network-only' })
        .catch(() => undefined);
    } finally {
      setBusy(false);
    }
  };

  const button = { of: campaignName, busy };
  const ended = status === 'COMPLETED' || status === 'CANCELLED' || status === 'FAILED';
  return (
    <>
      {!ended && (
        <div className="actions">
          {status === 'DRAFT' && (
            <ActionButton
              {...button}
              name="Send"
              primary
              disabled={totalRecipients === 0}
              run={() => setAsking('send')}
            />
          )}
          {status === 'ACTIVE' && (
            <ActionButton {...button} name="Pause" run={() => void run(PauseCampaignDocument)} />
          )}
          {status === 'PAUSED' && (
            <ActionButton {...button} name="Resume" primary run={() => void run(ResumeCampaignDocument)} />
          )}
          <ActionButton {...button} name="Cancel" quiet run={() => setAsking('cancel')} />
        </div>
      )}
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {asking === 'send' && (
        <ConfirmDialog
          title={`Send “${campaignName}”?`}
          yes={`Send to ${people(totalRecipients)}`}
          no="Not now"
          confirm={() => void run(SendCampaignDocument)}
          dismiss={() => setAsking(undefined)}
        >
          <p>Sending starts at once. You can pause it, but you cannot take back messages that were sent.</p>
          {notices.map((notice) => (
            <p key={notice} className="notice">
              {notice}
            </p>
          ))}
        </ConfirmDialog>
      )}
      {asking === 'cancel' && (
        <ConfirmDialog
          title={`Cancel “${campaignName}”?`}
          yes="Cancel campaign"
          no="Keep it"
          danger
          confirm={() => void run(CancelCampaignDocument)}
          dismiss={() => setAsking(undefined)}
        >
          <p>
            {status === 'DRAFT' || status === 'SCHEDULED'
              ? `No message will be sent. This cannot be undone.`
              : `Messages were sent to ${count(stats.sentCount)} of ${people(totalRecipients)}. The ${count(queuedCount)} who are still queued will get none. This cannot be undone.`}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
