import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { appended } from '../api/appended';
import { useBusiness } from '../frame/business';
import { ImportsDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { LoadMore } from '../ui/pager';
import { SkeletonRows } from '../ui/skeleton-rows';
import { Table } from '../ui/table';
import { ImportRow } from './import-row';

const pageSize = 20;
/** Finds imports that somebody else has started; those on the screen are live. */
const lookForNewMs = 30_000;

/** All imports of the business, newest first. */
export function ImportsScreen() {
  const say = useText();
  const business = useBusiness();
  const mayImport = useMay('MARKETER');
  const [more, setMore] = useState<{ busy: boolean; problem?: unknown; pages: number }>({
    busy: false,
    pages: 1,
  });
  const { data, error, refetch, fetchMore } = useQuery(ImportsDocument, {
    variables: { businessId: business.id, first: pageSize },
    fetchPolicy: 'cache-and-network',
    // Reading the first page again would take the others away.
    pollInterval: more.pages === 1 ? lookForNewMs : 0,
    skipPollAttempt: () => document.hidden,
  });
  const shown = data?.imports;

  const loadMore = async () => {
    setMore({ busy: true, pages: more.pages + 1 });
    try {
      await fetchMore({
        variables: { after: shown?.pageInfo.endCursor },
        updateQuery: (before, { fetchMoreResult: { imports } }) => ({
          imports: appended(before.imports, imports),
        }),
      });
      setMore((before) => ({ ...before, busy: false }));
    } catch (problem) {
      setMore((before) => ({ ...before, busy: false, problem }));
    }
  };
  const begin = (variant: 'filled' | 'default') => (
    <LinkButton to="/imports/new" variant={variant}>
      {say('imports.new')}
    </LinkButton>
  );
  const running = shown?.nodes.filter(({ status }) => status === 'RUNNING').length ?? 0;

  return (
    <>
      <PageHeader
        title={say('imports.title')}
        count={shown?.totalCount}
        sentence={say('imports.sentence', { running })}
        actions={mayImport && shown?.totalCount !== 0 && begin('filled')}
      />
      {error && (
        <ErrorState
          title={say('imports.listFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!shown && !error && <SkeletonRows />}
      {shown && shown.nodes.length > 0 && (
        <>
          <Table
            caption={say('imports.caption', { zone: business.timezone })}
            columns={[
              { key: 'file', header: say('imports.fileColumn') },
              { key: 'state', header: say('imports.state') },
              { key: 'imported', header: say('imports.imported'), numeric: true },
              { key: 'not', header: say('imports.notImported'), numeric: true },
              { key: 'when', header: say('imports.when') },
            ]}
          >
            {shown.nodes.map((one) => (
              <ImportRow key={one.id} import={one} />
            ))}
          </Table>
          {shown.totalCount > pageSize && (
            <LoadMore
              shown={shown.nodes.length}
              total={shown.totalCount}
              hasMore={shown.pageInfo.hasNextPage}
              busy={more.busy}
              problem={more.problem}
              loadMore={() => void loadMore()}
            />
          )}
        </>
      )}
      {shown?.totalCount === 0 && (
        <EmptyState title={say('imports.none')} action={mayImport && begin('filled')}>
          {say('imports.noneNext')}
        </EmptyState>
      )}
    </>
  );
}
