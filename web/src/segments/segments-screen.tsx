import { useQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import { SegmentsDocument } from '../generated/graphql';
import type { SegmentRowFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { When } from '../ui/when';
import styles from './segments.module.css';
import { useUsers } from './use-users';

/** The saved audiences of a business, by name. */
export function SegmentsScreen() {
  const say = useText();
  const { id: businessId } = useBusiness();
  const mayChange = useMay('MARKETER');
  const navigate = useNavigate();
  const { search = '' } = useSearch({ strict: false });
  const { data, error, refetch } = useQuery(SegmentsDocument, {
    variables: { businessId },
    fetchPolicy: 'cache-and-network',
  });
  const segments = data?.segments;
  const wanted = search.trim().toLocaleLowerCase();
  const shown = segments?.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const find = (text: string) =>
    void navigate({
      to: '.',
      search: ({ business }) => ({ business, ...(text && { search: text }) }),
      replace: true,
    });
  const create = (
    <LinkButton to="/segments/new" variant="filled">
      {say('segments.new')}
    </LinkButton>
  );

  return (
    <>
      <PageHeader
        title={say('segments.title')}
        count={segments?.length}
        sentence={say('segments.sentence')}
        actions={mayChange && segments && segments.length > 0 && create}
      />
      {error && (
        <ErrorState
          title={say('segments.failed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!segments && !error && <SkeletonRows />}
      {segments?.length === 0 && (
        <EmptyState title={say('segments.none')} action={mayChange && create}>
          {say('segments.noneNext')}
        </EmptyState>
      )}
      {segments && segments.length > 0 && (
        <TextInput
          className={styles.search}
          type="search"
          aria-label={say('segments.search')}
          placeholder={say('segments.search')}
          value={search}
          onChange={({ currentTarget }) => find(currentTarget.value)}
        />
      )}
      {shown && shown.length > 0 && <SegmentTable segments={shown} />}
      {segments && segments.length > 0 && shown?.length === 0 && (
        <EmptyState
          title={say('segments.notFound', { search })}
          action={<Button onClick={() => find('')}>{say('segments.showAll')}</Button>}
        >
          {say('segments.notFoundNext')}
        </EmptyState>
      )}
    </>
  );
}

function SegmentTable({ segments }: { segments: readonly SegmentRowFragment[] }) {
  const say = useText();
  const format = useFormat();
  const users = useUsers();
  const { timezone } = useBusiness();
  return (
    <DataTable
      caption={say('segments.caption')}
      rows={segments}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: say('segments.name'),
          cell: ({ id, name }) => (
            <Link to="/segments/$segmentId" params={{ segmentId: id }}>
              {name}
            </Link>
          ),
        },
        {
          key: 'who',
          header: say('segments.who'),
          cell: ({ audienceType }) => say('segments.type', { type: audienceType }),
        },
        {
          key: 'count',
          header: say('segments.people'),
          numeric: true,
          cell: ({ count }) => format.count(count),
        },
        {
          key: 'usedBy',
          header: say('segments.usedBy'),
          cell: ({ usedBy }) =>
            usedBy.length > 0 ? users(usedBy) : <span className="muted">{say('segments.unused')}</span>,
        },
        {
          key: 'updated',
          header: say('segments.updated'),
          cell: ({ updatedAt }) => <When at={updatedAt} timeZone={timezone} />,
        },
      ]}
    />
  );
}
