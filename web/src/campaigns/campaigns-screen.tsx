import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useBusiness } from '../frame/business';
import { CampaignsDocument, SendingCountDocument } from '../generated/graphql';
import type { CampaignStatus, CampaignSummaryFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { Pager } from '../ui/pager';
import { SearchBox } from '../ui/search-box';
import { SkeletonRows } from '../ui/skeleton-rows';
import { Table } from '../ui/table';
import { StatusAnnouncer } from './announcer';
import { CampaignRow } from './campaign-row';
import styles from './campaigns.module.css';
import { stepAddress } from './new/steps';
import { NoCampaigns } from './no-campaigns';
import type { ListSearch } from './routes';
import { statuses } from './status';
import { useSteadyRows } from './use-steady-rows';

const pageSize = 20;
const sorts = ['NEWEST', 'NAME', 'STARTED'] as const;
/** Figures arrive over the socket; reading the list again finds campaigns that were created meanwhile. */
const lookForNewMs = 30_000;

/** The campaigns of a business, newest first, with live figures. */
export function CampaignsScreen() {
  const say = useText();
  const business = useBusiness();
  const mayCreate = useMay('MARKETER');
  const navigate = useNavigate();
  const { status: asked, search = '', sort: wanted, page = 1 } = useSearch({ strict: false });
  const status = statuses.find((name) => name === asked);
  const sort = sorts.find((name) => name === wanted) ?? 'NEWEST';
  const variables = {
    businessId: business.id,
    page,
    limit: pageSize,
    status: status ? [status] : null,
    search,
    sort,
  };
  const { data, previousData, error, loading, networkStatus, refetch } = useQuery(CampaignsDocument, {
    variables,
    fetchPolicy: 'cache-and-network',
    pollInterval: lookForNewMs,
    skipPollAttempt: () => document.hidden,
  });
  const shown = (data ?? previousData)?.campaigns;
  const rows = useSteadyRows(
    JSON.stringify(variables),
    shown?.campaigns ?? [],
    data !== undefined && networkStatus === NetworkStatus.ready,
  );
  const list = useRef<HTMLDivElement>(null);
  const sending = useSendingCount(business.id, shown?.campaigns);

  useEffect(() => {
    const onReturn = () => {
      if (!document.hidden) refetch().catch(() => undefined); // shown by `error`
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => document.removeEventListener('visibilitychange', onReturn);
  }, [refetch]);

  /** What is not named stays, but for the page. */
  const show = (next: ListSearch, replace = false) => {
    const all = {
      ...(status && { status }),
      ...(search && { search }),
      ...(wanted && { sort: wanted }),
      ...next,
    };
    const chosen = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    void navigate({ to: '.', search: ({ business: id }) => ({ business: id, ...chosen }), replace });
  };
  const showAll = () => show({ status: '', search: '' });
  const showCurrent = () => {
    rows.drawAll();
    // The button goes away, so the focus goes to the first row.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[data-campaign] a')?.focus());
  };
  const columns = [
    { key: 'campaign', header: say('campaigns.campaign') },
    { key: 'progress', header: say('campaigns.progress') },
    { key: 'delivered', header: say('campaigns.delivered'), numeric: true },
    { key: 'read', header: say('campaigns.read'), numeric: true },
    { key: 'clicked', header: say('campaigns.clicked'), numeric: true },
    { key: 'converted', header: say('campaigns.converted'), numeric: true },
    { key: 'time', header: say('campaigns.time') },
    { key: 'actions', header: say('campaigns.actions'), hidden: true },
  ];

  return (
    <>
      <PageHeader
        title={say('campaigns.title')}
        count={shown?.total}
        // a blank keeps its line, so that the list does not move when the sentence comes
        sentence={sending === undefined ? '\u00a0' : say('campaigns.sending', { count: sending })}
        actions={
          mayCreate && (
            <LinkButton to={stepAddress('audience', undefined)} variant="filled">
              {say('campaigns.new')}
            </LinkButton>
          )
        }
      />
      <div className={styles.filters}>
        <SearchBox
          className={styles.search}
          label={say('campaigns.search')}
          placeholder={say('campaigns.search')}
          value={search}
          search={(text) => show({ search: text }, true)}
        />
        <NativeSelect
          aria-label={say('campaigns.filter')}
          value={status ?? ''}
          onChange={({ currentTarget }) => show({ status: currentTarget.value })}
        >
          <option value="">{say('campaigns.filterAll')}</option>
          {statuses.map((name) => (
            <option key={name} value={name}>
              {say('campaigns.status', { status: name })}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect
          aria-label={say('campaigns.sort')}
          value={sort}
          onChange={({ currentTarget }) =>
            show({ sort: currentTarget.value === 'NEWEST' ? '' : currentTarget.value })
          }
        >
          {sorts.map((name) => (
            <option key={name} value={name}>
              {say('campaigns.sortName', { sort: name })}
            </option>
          ))}
        </NativeSelect>
      </div>
      {error && (
        <ErrorState
          title={say('campaigns.failed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!shown && !error && <SkeletonRows />}
      {shown && shown.campaigns.length > 0 && (
        <>
          <StatusAnnouncer campaigns={shown.campaigns} />
          {/* Over the list, which does not move for it. */}
          <div className={styles.news} role="status">
            {rows.isBehind && <Button onClick={showCurrent}>{say('campaigns.showCurrent')}</Button>}
          </div>
          <div ref={list}>
            <Table
              caption={say('campaigns.caption', { zone: business.timezone, sort })}
              columns={columns}
              busy={loading && !data}
            >
              {rows.drawn.map((campaign) => (
                <CampaignRow key={campaign.id} campaign={campaign} timeZone={business.timezone} />
              ))}
            </Table>
          </div>
          <Pager
            page={page}
            pageSize={pageSize}
            total={shown.total}
            newestFirst={sort === 'NEWEST'}
            turnTo={(next) => show(next > 1 ? { page: next } : {})}
          />
        </>
      )}
      {shown?.campaigns.length === 0 && shown.total > 0 && (
        <EmptyState
          title={say('campaigns.noPage', { page })}
          action={<Button onClick={() => show({})}>{say('campaigns.firstPage')}</Button>}
        >
          {say('campaigns.noPageNext')}
        </EmptyState>
      )}
      {shown?.total === 0 &&
        (status || search ? (
          <EmptyState
            title={say(
              !search ? 'campaigns.noneWith' : status ? 'campaigns.noneNamedWith' : 'campaigns.noneNamed',
              { search, status: status && say('campaigns.status', { status }) },
            )}
            action={<Button onClick={showAll}>{say('campaigns.showAll')}</Button>}
          >
            {say(
              !search
                ? 'campaigns.noneWithNext'
                : status
                  ? 'campaigns.noneNamedWithNext'
                  : 'campaigns.noneNamedNext',
            )}
          </EmptyState>
        ) : (
          <NoCampaigns />
        ))}
    </>
  );
}

/** How many campaigns of the business are sending now, those of other pages too. Read again when one that was shown changes its status. */
function useSendingCount(
  businessId: string,
  shown: readonly CampaignSummaryFragment[] | undefined,
): number | undefined {
  const { data, refetch } = useQuery(SendingCountDocument, {
    variables: { businessId },
    fetchPolicy: 'cache-and-network',
    pollInterval: lookForNewMs,
    skipPollAttempt: () => document.hidden,
  });
  const known = useRef(new Map<string, CampaignStatus>());
  useEffect(() => {
    let changed = false;
    for (const { id, stats } of shown ?? []) {
      const before = known.current.get(id);
      if (before !== undefined && before !== stats.status) changed = true;
      known.current.set(id, stats.status);
    }
    if (changed) refetch().catch(() => undefined); // the next poll brings it
  }, [refetch, shown]);
  return data?.campaigns.total;
}
