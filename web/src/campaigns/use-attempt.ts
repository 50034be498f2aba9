import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { CampaignDocument } from '../generated/graphql';

/** Does something to a campaign, and keeps why it did not work. The answer updates the cache. */
export function useAttempt(campaignId: string) {
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [told, setTold] = useState<string>();

  /** `done` is what to say when it has worked, or makes it of the answer. */
  const attempt = async <Answer>(
    what: () => Promise<Answer>,
    done?: string | ((answer: Answer) => string),
  ) => {
    setProblem(undefined);
    setTold(undefined);
    setBusy(true);
    try {
      const answer = await what();
      setTold(typeof done === 'function' ? done(answer) : done);
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
  const run = (mutation: TypedDocumentNode<unknown, { campaignId: string }>, done?: string) =>
    attempt(() => client.mutate({ mutation, variables: { campaignId } }), done);
  return { busy, problem, setProblem, told, attempt, run };
}
