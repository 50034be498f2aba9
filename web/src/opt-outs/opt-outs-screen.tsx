import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { phone as spelled } from '../format/phone';
import { useBusiness } from '../frame/business';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { LoadMore } from '../ui/pager';
import { SearchBox } from '../ui/search-box';
import { SkeletonRows } from '../ui/skeleton-rows';
import { When } from '../ui/when';
import styles from './opt-outs.module.css';
import { hasReason } from './sources';
import { useOptOuts } from './use-opt-outs';

/** Everybody who does not want messages. */
export function OptOutsScreen() {
  const say = useText();
  const business = useBusiness();
  const mayChange = useMay('MARKETER');
  const navigate = useNavigate();
  const { search } = useSearch({ from: '/opt-outs' });
  const { optOuts, total, error, loading, hasMore, retry, more } = useOptOuts({
    businessId: business.id,
    search,
  });
  const show = (text: string | undefined) =>
    void navigate({
      to: '/opt-outs',
      search: ({ business: id }) => ({ business: id, search: text }),
      replace: true,
      resetScroll: false,
    });
  const addAndImport = (
    <>
      <LinkButton to="/imports/new" search={{ kind: 'optouts' }}>
        {say('optOuts.import')}
      </LinkButton>
      <LinkButton to="/opt-outs/new" variant="filled">
        {say('optOuts.add')}
      </LinkButton>
    </>
  );

  return (
    <>
      <PageHeader
        title={say('optOuts.title')}
        count={total}
        sentence={say('optOuts.sentence')}
        actions={mayChange && addAndImport}
      />
      <SearchBox
        className={styles.search}
        label={say('optOuts.search')}
        placeholder={say('optOuts.searchHint')}
        value={search ?? ''}
        search={(text) => show(text || undefined)}
      />
      {error && <ErrorState title={say('optOuts.failed')} error={error} retry={retry} />}
      {!optOuts && !error && <SkeletonRows rows={8} />}
      {optOuts && optOuts.length > 0 && (
        <>
          <DataTable
            caption={say('optOuts.caption', { zone: business.timezone })}
            busy={loading}
            rows={optOuts}
            rowKey={({ phone, source }) => `${phone} ${source}`}
            columns={[
              {
                key: 'person',
                header: say('optOuts.person'),
                cell: ({ phone }) => (
                  <Link to="/opt-outs/$phone" params={{ phone }} className={styles.phone}>
                    {spelled(phone)}
                  </Link>
                ),
              },
              {
                key: 'source',
                header: say('optOuts.why'),
                cell: ({ source, reason }) => (
                  <span className={styles.why}>
                    {say('optOuts.source', { source })}
                    {hasReason(source, reason) && <span className="muted small">{reason}</span>}
                  </span>
                ),
              },
              {
                key: 'since',
                header: say('optOuts.since'),
                cell: ({ createdAt }) => <When at={createdAt} timeZone={business.timezone} />,
              },
            ]}
          />
          <LoadMore
            shown={optOuts.length}
            total={total}
            hasMore={hasMore}
            busy={loading}
            problem={more.problem}
            loadMore={more.loadMore}
          />
        </>
      )}
      {optOuts?.length === 0 &&
        (search === undefined ? (
          <EmptyState title={say('optOuts.none')}>{say('optOuts.noneNext')}</EmptyState>
        ) : (
          <EmptyState
            title={say('optOuts.noneFound')}
            action={<Button onClick={() => show(undefined)}>{say('optOuts.showAll')}</Button>}
          >
            {say('optOuts.noneFoundNext', { search })}
          </EmptyState>
        ))}
    </>
  );
}
