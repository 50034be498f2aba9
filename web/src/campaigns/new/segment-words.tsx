import { useQuery } from '@apollo/client/react';
import { useBusiness } from '../../frame/business';
import { AudienceSegmentsDocument } from '../../generated/graphql';

/** The name of a segment. */
export function SegmentWords({ id }: { id: string | null }) {
  const { id: businessId } = useBusiness();
  const { data } = useQuery(AudienceSegmentsDocument, { variables: { businessId } });
  return <p>{data?.segments.find((segment) => segment.id === id)?.name ?? '–'}</p>;
}
