import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { appended } from '../api/appended';
import { useLoadMore } from '../api/use-load-more';
import { useFormat } from '../format/use-format';
import { ContactCampaignsDocument } from '../generated/graphql';
import type { ContactCampaignsQuery } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import { LoadMore } from '../ui/pager';
import { SkeletonRows } from '../ui/skeleton-rows';
import styles from './contacts.module.css';
import { useContactWords } from './words';

type Received = ContactCampaignsQuery['contact']['campaigns']['nodes'][number];

/** The campaigns that a person was in, the newest first, each with what became of the message. */
export function ContactCampaigns({ contactId }: { contactId: string }) {
  const say = useText();
  const { data, error, loading, refetch, fetchMore } = useQuery(ContactCampaignsDocument, {
    variables: { id: contactId },
    fetchPolicy: 'cache-and-network',
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.contact.campaigns;
  const more = useLoadMore(contactId, () =>
    fetchMore({
      variables: { after: page?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult: { contact } }) => ({
        contact: {
          ...contact,
          campaigns: appended(before.contact.campaigns, contact.campaigns),
        },
      }),
    }),
  );
  return (
    <section className={styles.section} aria-labelledby="campaigns" aria-busy={loading}>
      <h2 id="campaigns">{say('contacts.campaigns')}</h2>
      {error && (
        <ErrorState
          title={say('contacts.campaignsFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!page && !error && <SkeletonRows rows={3} />}
      {page?.nodes.length === 0 && <p className="muted">{say('contacts.noCampaigns')}</p>}
      {page && page.nodes.length > 0 && (
        <ol className={styles.timeline}>
          {page.nodes.map((received) => (
            <ReceivedCampaign key={received.campaignId} received={received} />
          ))}
        </ol>
      )}
      {page?.pageInfo.hasNextPage && (
        <LoadMore
          shown={page.nodes.length}
          hasMore
          busy={loading}
          problem={more.problem}
          loadMore={more.loadMore}
        />
      )}
    </section>
  );
}

/** The screen of a campaign. */
const campaignAddress = (id: string): string => `/campaigns/${id}`;

const steps = ['sent', 'delivered', 'read', 'clicked', 'converted', 'failed', 'optedOut'] as const;

function ReceivedCampaign({ received }: { received: Received }) {
  const say = useText();
  const format = useFormat();
  const { timeZone } = useContactWords();
  const { campaignId, campaignName, status, excludedReason, errorCode, errorText } = received;
  const happened = steps.flatMap((step) => {
    const at = received[`${step}At`];
    return at === null ? [] : [{ step, at }];
  });
  return (
    <li data-outcome={status}>
      <p>
        <Link to={campaignAddress(campaignId)}>{campaignName}</Link>
      </p>
      <p>
        <strong>{say('contacts.outcome', { status })}</strong>
        {excludedReason !== null && <> · {say('contacts.excluded', { reason: excludedReason })}</>}
        {status === 'FAILED' && errorText !== null && (
          <>
            {' · '}
            {say('contacts.failedWith', { text: errorText, code: errorCode })}
          </>
        )}
      </p>
      {happened.length > 0 && (
        <ul className={styles.steps}>
          {happened.map(({ step, at }) => (
            <li key={step}>
              {say(`contacts.${step}At`)} <time dateTime={at}>{format.absolute(at, timeZone)}</time>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
