import type { AudienceFilter, FlatFilter } from './filter';

/** The conditions of one object: each field is one, and so is each element of `attributes`. */
export function countConditions(flat: FlatFilter): number {
  return Object.entries(flat)
    .filter(([, value]) => value != null)
    .reduce((sum, [name, value]) => sum + (name === 'attributes' ? (value as unknown[]).length : 1), 0);
}

/** The ids of the segments that a filter names itself, in lower case. */
export function segmentsIn({ segmentId, and, or, not }: AudienceFilter): string[] {
  const branches = [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])];
  return [...(segmentId == null ? [] : [segmentId.toLowerCase()]), ...branches.flatMap(segmentsIn)];
}
