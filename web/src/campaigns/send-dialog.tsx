import { useQuery } from '@apollo/client/react';
import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import { CampaignForecastDocument } from '../generated/graphql';
import type { Acknowledgement, CampaignSummaryFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorState } from '../ui/error-state';
import styles from './campaigns.module.css';
import { limitWarning, otherWarnings } from './new/forecast-words';

interface Props {
  campaign: CampaignSummaryFragment;
  name: string;
  /** With what was shown and is accepted by sending. */
  send: (acknowledge: Acknowledgement[] | null) => void;
  dismiss: () => void;
}

/** Asks before a draft is sent, with what it costs, when it ends, and what to know. */
export function SendDialog({ campaign: { id, notices, stats }, name, send, dismiss }: Props) {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  const { data, error, refetch } = useQuery(CampaignForecastDocument, {
    variables: { id },
    fetchPolicy: 'no-cache',
  });
  const forecast = data?.campaign.forecast ?? undefined;
  const over = limitWarning(say, forecast);
  return (
    <ConfirmDialog
      title={say('campaigns.askSend', { name })}
      yes={say('campaigns.sendTo', { count: stats.totalRecipients })}
      no={say('campaigns.notNow')}
      confirm={() => send(over === undefined ? null : ['MESSAGING_LIMIT'])}
      dismiss={dismiss}
    >
      <p>{say('campaigns.askSendWords')}</p>
      {error && (
        <ErrorState
          title={say('campaigns.forecastFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {forecast?.finishesAt != null && (
        <p>
          {say('campaigns.costsAndEnds', {
            cost: format.money(forecast.cost.amount, forecast.cost.currency),
            at: format.dayAndZone(forecast.finishesAt, timezone),
          })}
        </p>
      )}
      {[...(over === undefined ? [] : [over]), ...otherWarnings(forecast), ...notices].map((words) => (
        <p key={words} className={styles.notice}>
          {words}
        </p>
      ))}
    </ConfirmDialog>
  );
}
