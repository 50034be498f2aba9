import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useErrorWords } from '../../api/use-error-words';
import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import { UnscheduleCampaignDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { Action } from '../../ui/action';
import styles from './wizard.module.css';

interface Props {
  campaignId: string;
  startsAt: string;
  /** Called when it is a draft again. */
  onUnscheduled: () => void;
}

/** Of a campaign that starts by itself: when, what a change does, and how to take it back. */
export function ScheduledNotice({ campaignId, startsAt, onUnscheduled }: Props) {
  const say = useText();
  const format = useFormat();
  const words = useErrorWords();
  const client = useApolloClient();
  const { timezone } = useBusiness();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const unschedule = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await client.mutate({ mutation: UnscheduleCampaignDocument, variables: { campaignId } });
      onUnscheduled();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={styles.scheduled} aria-label={say('campaigns.scheduled')}>
      <p>{say('campaigns.scheduledFor', { at: format.dayAndZone(startsAt, timezone) })}</p>
      <Action busy={busy} run={() => void unschedule()}>
        {say('campaigns.unschedule')}
      </Action>
      {problem !== undefined && <p role="alert">{words(problem)}</p>}
    </section>
  );
}
