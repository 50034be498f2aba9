import { loadSegments } from '../../audience/segments/segment-filters';
import { segmentsIn } from '../../audience/filter/count';
import type { Sql } from '../../infra/database';
import type { Campaign } from '../campaign.entity';
import type { Need } from './needs';

/**
 * What the filters of a campaign lack because a segment that they name is not there any more. Segments that drafts use
 * cannot be deleted, so only a copy of a campaign that had ended begins like this.
 */
export async function deletedSegmentNeeds(
  sql: Sql,
  {
    businessId,
    audienceFilter,
    excludeFilter,
  }: Pick<Campaign, 'businessId' | 'audienceFilter' | 'excludeFilter'>,
): Promise<Need[]> {
  const named = { audienceFilter: segmentsIn(audienceFilter), exclude: segmentsIn(excludeFilter ?? {}) };
  const ids = Object.values(named).flat();
  if (ids.length === 0) return [];
  const known = await loadSegments(sql, businessId, ids);
  return Object.entries(named)
    .filter(([, its]) => its.some((id) => !known.has(id)))
    .map(([field]) => ({ field, expected: 'a filter without the segment that was deleted' }));
}
