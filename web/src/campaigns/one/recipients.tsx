import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { appended } from '../../api/appended';
import { useLoadMore } from '../../api/use-load-more';
import { useFormat } from '../../format/use-format';
import { CampaignRecipientsDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { ErrorState } from '../../ui/error-state';
import { LoadMore } from '../../ui/pager';
import { SkeletonRows } from '../../ui/skeleton-rows';
import type { PeopleSearch } from '../routes';
import styles from './campaign.module.css';
import type { Campaign } from './campaign-screen';
import { groupOf, isEverybody } from './people-filter';
import { PeopleFilters } from './people-filters';
import people from './people.module.css';
import { Person } from './person';
import { anyPerson, PersonRow } from './person-row';
import { SliceActions } from './slice-actions';
import { useReread } from './use-reread';

const pageSize = 50;
const rereadMs = 2000;

/** The people of a campaign, filtered by what the address says, and one person's story beside them. */
export function Recipients({ campaign }: { campaign: Campaign }) {
  const say = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const router = useRouter();
  const search = useSearch({ from: '/campaigns/$campaignId' });
  const { id, stats } = campaign;
  const group = groupOf(search);
  const wanted = { id, ...group, search: search.find ?? null };
  const { data, error, loading, networkStatus, refetch, fetchMore } = useQuery(CampaignRecipientsDocument, {
    variables: { ...wanted, first: pageSize },
    // Pages of a large campaign would fill the cache.
    fetchPolicy: 'no-cache',
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.campaign.recipients;
  const more = useLoadMore(JSON.stringify(wanted), () =>
    fetchMore({
      variables: { after: page?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult: { campaign: next } }) => ({
        campaign: { ...next, recipients: appended(before.campaign.recipients, next.recipients) },
      }),
    }),
  );
  // A `fetchMore` that failed leaves its network status behind.
  const busy = more.busy || (loading && networkStatus !== NetworkStatus.fetchMore);
  const [readAt, setReadAt] = useState(stats.version);

  const reread = async () => {
    await refetch();
    setReadAt(stats.version);
  };
  // Rows of the whole list keep their places; in a part of it a new one would move the others under the finger.
  const still = isEverybody(group) && search.find === undefined && (page?.nodes.length ?? 0) <= pageSize;
  // Reading the list again while more is being loaded would drop what is loaded.
  useReread(still && !busy ? stats.version : undefined, rereadMs, refetch);

  const show = (next: PeopleSearch, replace = false) =>
    void navigate({
      to: '/campaigns/$campaignId',
      params: { campaignId: id },
      search: next,
      replace,
      resetScroll: false,
    });
  const address = router.buildLocation({
    to: '/campaigns/$campaignId',
    params: { campaignId: id },
    search: { ...search, person: anyPerson },
  }).href;
  const filtered = !isEverybody(group) || search.find !== undefined;
  return (
    <section className={styles.section} aria-labelledby="recipients" aria-busy={loading && !page}>
      <div className={styles.sectionHead}>
        <h2 id="recipients" tabIndex={-1}>
          {say('campaigns.one.recipients')}{' '}
          {page && <span className={styles.count}>{format.count(page.totalCount)}</span>}
        </h2>
        {!still && stats.version !== readAt && (
          <Button onClick={() => void reread().catch(() => undefined)}>{say('campaigns.one.refresh')}</Button>
        )}
      </div>
      <PeopleFilters campaignId={id} search={search} show={show} />
      {filtered && page && page.totalCount > 0 && (
        <SliceActions
          key={JSON.stringify(wanted)}
          campaign={campaign}
          group={group}
          find={search.find}
          count={page.totalCount}
        />
      )}
      {error && (
        <ErrorState
          title={say('campaigns.one.recipientsFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!page && !error && <SkeletonRows />}
      {page?.nodes.length === 0 && (
        <p className="muted">
          {say(filtered ? 'campaigns.one.nobodyLike' : 'campaigns.one.nobodyYet')}{' '}
          {filtered && <Button onClick={() => show({})}>{say('campaigns.one.everybody')}</Button>}
        </p>
      )}
      <div className={people.split} data-open={search.person !== undefined || undefined}>
        {page && page.nodes.length > 0 && (
          <div>
            <ul className={people.list} aria-label={say('campaigns.one.recipients')}>
              {page.nodes.map((node) => (
                <PersonRow key={node.id} address={address} person={node} open={node.id === search.person} />
              ))}
            </ul>
            <LoadMore
              shown={page.nodes.length}
              total={page.totalCount}
              hasMore={page.pageInfo.hasNextPage}
              busy={busy}
              problem={more.problem}
              loadMore={more.loadMore}
            />
          </div>
        )}
        {search.person !== undefined && (
          <Person
            key={search.person}
            campaignId={id}
            personId={search.person}
            listed={page?.nodes.find((node) => node.id === search.person)}
            version={stats.version}
            close={() => show({ ...search, person: undefined })}
          />
        )}
      </div>
    </section>
  );
}
