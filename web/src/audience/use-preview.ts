import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { PreviewAudienceDocument } from '../generated/graphql';
import type { PreviewAudienceInput, PreviewAudienceMutation } from '../generated/graphql';

/** A change is counted when no other follows within this time. */
const pauseMs = 300;

type Preview = PreviewAudienceMutation['previewAudience'];

interface Answer {
  /** The input that was counted, as JSON. */
  of: string;
  preview?: Preview;
  error?: unknown;
}

export interface Counted {
  /** The latest count that arrived; while `counting` it is of an earlier input. */
  preview: Preview | undefined;
  counting: boolean;
  /** Why the present input could not be counted. */
  error: unknown;
  countAgain: () => void;
}

/**
 * Counts an audience again after each change of it. An answer that a newer question has overtaken is dropped.
 * @param input undefined while there is nothing that can be counted
 */
export function usePreview(input: PreviewAudienceInput | undefined): Counted {
  const client = useApolloClient();
  const [answer, setAnswer] = useState<Answer>();
  const [attempt, setAttempt] = useState(0);
  const asked = input && `${attempt} ${JSON.stringify(input)}`;
  useEffect(() => {
    if (asked === undefined) return undefined;
    const abort = new AbortController();
    const count = async () => {
      const { signal } = abort;
      const { data, error } = await client.mutate({
        mutation: PreviewAudienceDocument,
        variables: { input: JSON.parse(asked.slice(asked.indexOf(' '))) as PreviewAudienceInput },
        fetchPolicy: 'no-cache',
        errorPolicy: 'all',
        context: { fetchOptions: { signal } },
      });
      if (signal.aborted) return;
      setAnswer((before) => ({ of: asked, error, preview: data?.previewAudience ?? before?.preview }));
    };
    const timer = setTimeout(() => {
      count().catch((error: unknown) => {
        if (!abort.signal.aborted) setAnswer((before) => ({ of: asked, error, preview: before?.preview }));
      });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, asked]);
  const counting = asked !== undefined && answer?.of !== asked;
  const countAgain = useCallback(() => setAttempt((before) => before + 1), []);
  return {
    preview: asked === undefined ? undefined : answer?.preview,
    counting,
    error: counting || asked === undefined ? undefined : answer?.error,
    countAgain,
  };
}
