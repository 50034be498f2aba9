import { useApolloClient, useQuery } from '@apollo/client/react';
import { useErrorWords } from '../../api/use-error-words';
import { useFormat } from '../../format/use-format';
import { CampaignFailuresDocument, RetryFailedDocument } from '../../generated/graphql';
import type { CampaignFailuresQuery } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { useMay } from '../../sign-in/signed-in';
import { Action } from '../../ui/action';
import { DataTable } from '../../ui/data-table';
import { ErrorState } from '../../ui/error-state';
import { SkeletonRows } from '../../ui/skeleton-rows';
import campaignStyles from '../campaigns.module.css';
import { retriedWords } from '../retried';
import { useAttempt } from '../use-attempt';
import styles from './campaign.module.css';
import type { Campaign } from './campaign-screen';
import { PeopleLink } from './people-link';
import { useReread } from './use-reread';

type Failure = CampaignFailuresQuery['campaign']['failures'][number];

const rereadMs = 2000;

/** Why messages failed, in words, with what to do next and the people behind each reason. */
export function Failures({ campaign }: { campaign: Campaign }) {
  const say = useText();
  const format = useFormat();
  const words = useErrorWords();
  const mayRetry = useMay('MARKETER');
  const { id, stats } = campaign;
  const { data, error, refetch } = useQuery(CampaignFailuresDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useReread(stats.failedCount, rereadMs, refetch);
  const client = useApolloClient();
  const { busy, problem, told, attempt } = useAttempt(id);
  const failures = data?.campaign.failures;
  const retryable = data?.campaign.retryable ?? 0;
  const retried = stats.status === 'ACTIVE' || stats.status === 'COMPLETED';

  const retry = async () => {
    await attempt(
      () => client.mutate({ mutation: RetryFailedDocument, variables: { campaignId: id } }),
      ({ data: answer }) => retriedWords(say, answer),
    );
    await refetch().catch(() => undefined);
  };
  return (
    <section className={styles.section} aria-labelledby="failures">
      <div className={styles.sectionHead}>
        <h2 id="failures" tabIndex={-1}>
          {say('campaigns.one.failures')}{' '}
          <span className={styles.count}>{format.count(stats.failedCount)}</span>
        </h2>
        {mayRetry && retried && stats.failedCount > 0 && failures && (
          <Action
            busy={busy}
            reason={retryable === 0 ? say('campaigns.retryNone') : undefined}
            run={() => void retry()}
          >
            {say('campaigns.retry', { count: retryable })}
          </Action>
        )}
      </div>
      <p role="status" className={told === undefined ? 'visually-hidden' : 'muted'}>
        {told}
      </p>
      {problem !== undefined && (
        <p className={campaignStyles.problem} role="alert">
          {words(problem)}
        </p>
      )}
      {error && (
        <ErrorState
          title={say('campaigns.one.failuresFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!failures && !error && <SkeletonRows rows={2} />}
      {failures?.length === 0 && <p className="muted">{say('campaigns.one.noFailures')}</p>}
      {failures && failures.length > 0 && (
        <DataTable
          caption={say('campaigns.one.failuresCaption')}
          rows={failures}
          rowKey={({ code }) => String(code)}
          columns={[
            { key: 'why', header: say('campaigns.one.why'), cell: (failure) => <Why failure={failure} /> },
            {
              key: 'people',
              header: say('campaigns.one.people'),
              numeric: true,
              cell: ({ code, count }) => (
                <PeopleLink
                  campaignId={id}
                  of={code === null ? { outcome: 'FAILED' } : { code }}
                  className={styles.nowrap}
                >
                  {say('campaigns.people', { count })}
                </PeopleLink>
              ),
            },
            {
              key: 'next',
              header: say('campaigns.one.next'),
              cell: (failure) => <Next failure={failure} />,
            },
          ]}
        />
      )}
    </section>
  );
}

/** The reason of a frequent code in the page's language; of other codes as the server tells it. */
function Why({ failure: { code, text } }: { failure: Failure }) {
  const say = useText();
  const known = say('campaigns.one.failureText', { code: String(code) });
  return (
    <>
      {known === '–' ? <span data-content>{text}</span> : known}{' '}
      {code !== null && <span className="muted small">({code})</span>}
    </>
  );
}

function Next({ failure: { code, action } }: { failure: Failure }) {
  const say = useText();
  const known = say('campaigns.one.failureNext', { code: String(code) });
  return known === '–' ? <span data-content>{action}</span> : known;
}
