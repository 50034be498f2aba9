import type { ContactKind } from '../audience';
import { countConditions } from './count';
import type { AudienceFilter, ResolvedFilter } from './filter';

/** A segment as a filter uses it. */
export interface SavedFilter {
  kinds: readonly ContactKind[];
  filter: AudienceFilter;
  /** Whether it has members instead of a filter. */
  fixed?: boolean;
}

/** Of a filter with the filters of all its segments in it. Without a limit, a few segments that use each other could make a statement of any size. */
const mostResolvedConditions = 1000;
/** Segments within segments. */
const mostSegmentLevels = 6;

/** Why a filter cannot be resolved, as what was expected instead. */
export class Unresolvable extends Error {
  override readonly name = 'Unresolvable';
}

/**
 * Puts the filters of segments in place of their ids. Levels of a segment do not count towards the depth of the filter
 * that uses it.
 * @param segments the segments that the filter uses, directly and through others
 * @param inside the segments that the filter is part of
 * @throws Unresolvable when a segment is missing or contains itself, or the whole is too large
 */
export function resolveFilter(
  filter: AudienceFilter,
  segments: ReadonlyMap<string, SavedFilter>,
  inside: readonly string[] = [],
): ResolvedFilter {
  const budget = { left: mostResolvedConditions };
  return resolve(filter, segments, inside, budget);
}

function resolve(
  { segmentId, and, or, not, ...flat }: AudienceFilter,
  segments: ReadonlyMap<string, SavedFilter>,
  inside: readonly string[],
  budget: { left: number },
): ResolvedFilter {
  budget.left -= countConditions(flat) + Number(segmentId != null);
  if (budget.left < 0)
    throw new Unresolvable(
      `at most ${mostResolvedConditions} conditions, those of the segments in it included`,
    );
  const branch = (one: AudienceFilter) => resolve(one, segments, inside, budget);
  return {
    ...flat,
    ...(and ? { and: and.map(branch) } : {}),
    ...(or ? { or: or.map(branch) } : {}),
    ...(not ? { not: branch(not) } : {}),
    ...(segmentId == null
      ? {}
      : { segment: resolveSegment(segmentId.toLowerCase(), segments, inside, budget) }),
  };
}

function resolveSegment(
  id: string,
  segments: ReadonlyMap<string, SavedFilter>,
  inside: readonly string[],
  budget: { left: number },
): NonNullable<ResolvedFilter['segment']> {
  if (inside.includes(id))
    throw new Unresolvable('a segment that does not contain itself, directly or through others');
  if (inside.length >= mostSegmentLevels)
    throw new Unresolvable(`segments within segments at most ${mostSegmentLevels} deep`);
  const segment = segments.get(id);
  if (!segment) throw new Unresolvable('a segment that exists');
  if (segment.fixed) return { kinds: segment.kinds, filter: { members: id } };
  return { kinds: segment.kinds, filter: resolve(segment.filter, segments, [...inside, id], budget) };
}
