import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useBusiness } from '../frame/business';
import { SendersDocument, TestSenderDocument } from '../generated/graphql';

export interface Test {
  /** What is wrong, if anything; undefined before a test. */
  problems: readonly string[] | undefined;
  error: unknown;
  busy: boolean;
  run: () => Promise<void>;
  /** Takes the result away, when the number has changed since. */
  forget: () => void;
}

/** Asks WhatsApp whether a number works. The number is read again by that, so it is shown anew. */
export function useTest(id: string): Test {
  const client = useApolloClient();
  const { id: businessId } = useBusiness();
  const [problems, setProblems] = useState<readonly string[]>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const run = async () => {
    setBusy(true);
    setError(undefined);
    setProblems(undefined);
    try {
      const { data } = await client.mutate({ mutation: TestSenderDocument, variables: { id } });
      setProblems(data?.testSender.problems);
      await client
        .query({ query: SendersDocument, variables: { businessId }, fetchPolicy: 'network-only' })
        .catch(() => undefined); // the next reading brings it
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const forget = () => {
    setProblems(undefined);
    setError(undefined);
  };
  return { problems, error, busy, run, forget };
}
