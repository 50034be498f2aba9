import { useQuery } from '@apollo/client/react';
import { OptOutHistoryDocument } from '../generated/graphql';
import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { ErrorState } from '../ui/error-state';
import { SkeletonRows } from '../ui/skeleton-rows';
import { ChangeOptOut } from './change-opt-out';
import styles from './opt-outs.module.css';
import { effectOf, hasReason, sourcesNow } from './sources';

interface Props {
  businessId: string;
  /** E.164. */
  phone: string;
  /** What is known of it already; otherwise the history tells. */
  optedOut?: boolean;
  /** Called after it was changed here. */
  changed?: () => void;
}

/** Whether a person is opted out, since when and why; every change so far; and the form that changes it. */
export function OptOutState({ businessId, phone, optedOut: known, changed }: Props) {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  const mayChange = useMay('MARKETER');
  const { data, error, refetch } = useQuery(OptOutHistoryDocument, {
    variables: { businessId, phone },
    fetchPolicy: 'cache-and-network',
  });
  const history = data?.optOutHistory;
  const reload = () => refetch().catch(() => undefined); // shown by `error`

  if (error && !history)
    return <ErrorState title={say('optOuts.historyFailed')} error={error} retry={() => void reload()} />;
  if (!history) return <SkeletonRows rows={2} />;
  const now = sourcesNow(history);
  const optedOut = known ?? now.length > 0;
  return (
    <div className={styles.state}>
      <p data-opted-out={optedOut}>
        <strong>{say(optedOut ? 'optOuts.isOut' : 'optOuts.isIn')}</strong>{' '}
        {say('optOuts.effect', { effect: optedOut ? effectOf(now) : 'NONE' })}
      </p>
      {mayChange && (
        <ChangeOptOut
          key={String(optedOut)}
          businessId={businessId}
          phone={phone}
          optedOut={optedOut}
          changed={async () => {
            await reload();
            changed?.();
          }}
        />
      )}
      <h3>{say('optOuts.history')}</h3>
      {history.length === 0 ? (
        <p className="muted">{say('optOuts.noHistory')}</p>
      ) : (
        <ol className={styles.history}>
          {history.map(({ at, change, source, reason }) => (
            <li key={`${at} ${change} ${source}`} data-change={change}>
              <p>
                <strong>
                  {change === 'OPTED_OUT'
                    ? say('optOuts.source', { source })
                    : say('optOuts.optedIn', { source })}
                </strong>
              </p>
              {(change === 'OPTED_IN' || hasReason(source, reason)) && <p>{reason}</p>}
              <p className="muted small">
                <time dateTime={at}>{format.absolute(at, timezone)}</time>
              </p>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
