import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useBusiness } from '../frame/business';
import { CampaignsDocument } from '../generated/graphql';
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
  const { data, previousData, error, loading, refetch } = useQuery(CampaignsDocument, {
    variables: {
      businessId: business.id,
      page,
      limit: pageSize,
      status: status ? [status] : null,
      search,
      sort,
    },
    fetchPolicy: 'cache-and-network',
    pollInterval: lookForNewMs,
    skipPollAttempt: () => document.hidden,
  });
  const shown = (data ?? previousData)?.campaigns;

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
  const sending = shown?.campaigns.filter(({ stats }) => stats.status === 'ACTIVE').length;
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
        sentence={sending === undefined ? undefined : say('campaigns.sending', { count: sending })}
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
          <Table
            caption={say('campaigns.caption', { zone: business.timezone, sort })}
            columns={columns}
            busy={loading && !data}
          >
            {shown.campaigns.map((campaign) => (
              <CampaignRow key={campaign.id} campaign={campaign} timeZone={business.timezone} />
            ))}
          </Table>
          <Pager
            page={page}
            pageSize={pageSize}
            total={shown.total}
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
            title={
              search
                ? say('campaigns.noneNamed', { search })
                : say('campaigns.noneWith', { status: say('campaigns.status', { status: status ?? '' }) })
            }
            action={<Button onClick={showAll}>{say('campaigns.showAll')}</Button>}
          >
            {say(search ? 'campaigns.noneNamedNext' : 'campaigns.noneWithNext')}
          </EmptyState>
        ) : (
          <NoCampaigns />
        ))}
    </>
  );
}
