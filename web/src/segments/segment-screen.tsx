import { useQuery } from '@apollo/client/react';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { SegmentDocument } from '../generated/graphql';
import type { SegmentQuery } from '../generated/graphql';
import type { FilteredType } from '../audience/audience-kinds';
import { kindsOf } from '../audience/audience-kinds';
import { AudienceSummary } from '../audience/audience-summary';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { SegmentForm } from './segment-form';
import styles from './segments.module.css';

/** A new segment, with the filter of the address if there is one. */
export function NewSegmentScreen() {
  const say = useText();
  const { type, filter } = useSearch({ strict: false });
  const mayChange = useMay('MARKETER');
  if (!mayChange)
    return (
      <>
        <PageHeader title={say('segments.new')} />
        <EmptyState
          title={say('segments.mayNot')}
          action={<Link to="/segments">{say('segments.back')}</Link>}
        >
          {say('segments.mayNotNext')}
        </EmptyState>
      </>
    );
  return <SegmentForm start={{ name: '', type: typeOf(type), filter: filter ?? {} }} />;
}

/** One segment: to change, or to read for those who may not change it. */
export function SegmentScreen() {
  const say = useText();
  const { segmentId = '' } = useParams({ strict: false });
  const mayChange = useMay('MARKETER');
  const { data, error, refetch } = useQuery(SegmentDocument, {
    variables: { id: segmentId },
    fetchPolicy: 'cache-and-network',
  });
  const segment = data?.segment;
  if (!segment)
    return (
      <>
        <PageHeader title={say('segments.one')} />
        {error ? (
          <>
            <ErrorState
              title={say('segments.oneFailed')}
              error={error}
              retry={() => void refetch().catch(() => undefined)}
            />
            <Link to="/segments">{say('segments.back')}</Link>
          </>
        ) : (
          <SkeletonRows />
        )}
      </>
    );
  if (!mayChange) return <SegmentReading segment={segment} />;
  return (
    <SegmentForm
      key={segment.id}
      segment={segment}
      start={{
        name: segment.name,
        type: typeOf(segment.audienceType),
        filter: segment.filter,
      }}
    />
  );
}

function SegmentReading({ segment }: { segment: SegmentQuery['segment'] }) {
  const say = useText();
  const { name, audienceType, fixed, filter, count } = segment;
  return (
    <>
      <PageHeader title={name} sentence={fixed ? undefined : say('segments.matchNow', { count })} />
      <div className={styles.reading}>
        <h2>{say('segments.type', { type: audienceType })}</h2>
        {fixed ? (
          <p>{say('segments.fixedWords', { count })}</p>
        ) : (
          <AudienceSummary filter={filter} kinds={kindsOf(audienceType)} />
        )}
      </div>
    </>
  );
}

function typeOf(type: string | undefined): FilteredType {
  return type === 'LEADS' || type === 'CUSTOMERS' ? type : 'ALL';
}
