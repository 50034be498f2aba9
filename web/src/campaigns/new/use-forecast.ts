import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { WizardForecastDocument } from '../../generated/graphql';
import type { ForecastFragment, ScheduleInput } from '../../generated/graphql';

/** Asked again when no change follows within this time. */
const pauseMs = 300;

interface Asked {
  /** Undefined while it is not stored. */
  campaignId: string | undefined;
  /** Everything is stored that was entered. */
  isStored: boolean;
  /** Changes with what is stored. */
  version: unknown;
  schedule: ScheduleInput | undefined;
}

export interface Forecasted {
  /** The latest; while it is asked for again, of an earlier state. Undefined while there is none. */
  forecast: ForecastFragment | undefined;
  asking: boolean;
  failed: boolean;
  askAgain: () => void;
}

interface Answer {
  of: string;
  forecast: ForecastFragment | undefined;
  failed: boolean;
}

/** What the stored campaign will cost and when it will be over, if it starts as the step When says. */
export function useForecast({ campaignId, isStored, version, schedule }: Asked): Forecasted {
  const client = useApolloClient();
  const [answer, setAnswer] = useState<Answer>();
  const [attempt, setAttempt] = useState(0);
  const asked =
    campaignId === undefined
      ? undefined
      : JSON.stringify([campaignId, version, attempt, schedule ?? null] satisfies unknown[]);
  useEffect(() => {
    if (asked === undefined || campaignId === undefined || !isStored) return undefined;
    let overtaken = false;
    const ask = async () => {
      const { data } = await client.query({
        query: WizardForecastDocument,
        variables: {
          id: campaignId,
          schedule: (JSON.parse(asked) as [unknown, unknown, unknown, ScheduleInput | null])[3],
        },
        fetchPolicy: 'no-cache',
      });
      if (!overtaken) setAnswer({ of: asked, forecast: data?.campaign.forecast ?? undefined, failed: false });
    };
    const timer = setTimeout(() => {
      ask().catch(() => {
        if (!overtaken) setAnswer({ of: asked, forecast: undefined, failed: true });
      });
    }, pauseMs);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [client, campaignId, asked, isStored]);
  const askAgain = useCallback(() => setAttempt((before) => before + 1), []);
  return {
    forecast: asked === undefined ? undefined : answer?.forecast,
    asking: asked !== undefined && answer?.of !== asked,
    failed: answer?.failed ?? false,
    askAgain,
  };
}
