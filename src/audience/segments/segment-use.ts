import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { notFound } from '../../infra/errors';
import { segmentsIn } from '../filter/count';
import type { AudienceFilter } from '../filter/filter';

/** Campaigns that still read their audience, or whose audience people may want to look at while they run. */
const openStatuses = ['DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED'];

/** A campaign or a segment that uses a segment. */
export interface SegmentUser {
  segmentId: string;
  type: 'campaign' | 'segment';
  name: string;
}

/**
 * Keeps segments from being deleted until the end of the transaction that stores their use.
 * @throws NOT_FOUND if one was deleted meanwhile
 */
export async function lockSegments(transaction: EntityManager, ids: readonly string[]): Promise<void> {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  if (wanted.size === 0) return;
  const found = await rows(
    transaction,
    `/* lockSegments */ SELECT id FROM segments WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE`,
    [[...wanted]],
  );
  if (found.length < wanted.size) throw notFound('Segment');
}

/** One writer of the segments of a business at a time, so that no two changes make a circle together. */
export async function serialiseSegmentWrites(transaction: EntityManager, businessId: string): Promise<void> {
  await rows(
    transaction,
    `/* serialiseSegmentWrites */ SELECT pg_advisory_xact_lock(hashtextextended('segments:' || $1, 0))`,
    [businessId],
  );
}

/**
 * Who uses these segments directly: other segments, and campaigns that are drafts, scheduled, active or paused, as their
 * audience or in one of their filters. Campaigns first, each by name.
 */
export async function usersOf(
  sql: Sql,
  businessId: string,
  segmentIds: readonly string[],
): Promise<SegmentUser[]> {
  const wanted = new Set(segmentIds);
  const found = await rows<{
    type: 'campaign' | 'segment';
    name: string;
    filter: AudienceFilter;
    exclude: AudienceFilter | null;
    segment_id: string | null;
  }>(
    sql,
    `/* segmentUsers */ SELECT 'campaign' AS type, campaign_name AS name, audience_filter AS filter,
       exclude_filter AS exclude, segment_id FROM campaigns
     WHERE business_id = $1 AND status = ANY ($2) AND (segment_id = ANY ($3::uuid[])
       OR audience_filter @? '$.**.segmentId' OR exclude_filter @? '$.**.segmentId')
     UNION ALL
     SELECT 'segment', name, audience_filter, NULL, NULL FROM segments WHERE business_id = $1 AND audience_filter @? '$.**.segmentId'
     ORDER BY type, name`,
    [businessId, openStatuses, [...wanted]],
  );
  return found.flatMap(({ type, name, filter, exclude, segment_id: own }) => {
    const ids = new Set([
      ...(own === null ? [] : [own]),
      ...segmentsIn(filter),
      ...segmentsIn(exclude ?? {}),
    ]);
    return [...ids].filter((id) => wanted.has(id)).map((segmentId) => ({ segmentId, type, name }));
  });
}

/** Filters of a business that name segments: stored ones, each with what to call its owner. */
export function filtersWithSegments(
  sql: Sql,
  businessId: string,
): Promise<{ type: 'campaign' | 'segment'; id: string; name: string; filter: AudienceFilter }[]> {
  return rows(
    sql,
    `/* filtersWithSegments */ SELECT 'campaign' AS type, id, campaign_name AS name,
       CASE WHEN segment_id IS NULL THEN audience_filter ELSE jsonb_build_object('segmentId', segment_id) END AS filter
     FROM campaigns
     WHERE business_id = $1 AND status = ANY ($2) AND (segment_id IS NOT NULL OR audience_filter @? '$.**.segmentId')
     UNION ALL
     SELECT 'campaign', id, campaign_name, exclude_filter FROM campaigns
     WHERE business_id = $1 AND status = ANY ($2) AND exclude_filter @? '$.**.segmentId'
     UNION ALL
     SELECT 'segment', id, name, audience_filter FROM segments WHERE business_id = $1 AND audience_filter @? '$.**.segmentId'
     ORDER BY type, name`,
    [businessId, openStatuses],
  );
}
