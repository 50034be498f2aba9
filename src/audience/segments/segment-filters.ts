import { badInput, UserError } from '../../infra/errors';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { isUuid } from '../../infra/input';
import { kindsOf } from '../audience';
import type { AudienceType, ContactKind } from '../audience';
import { checkFilter } from '../filter/check';
import type { CheckedFilter, Reference } from '../filter/check';
import { segmentsIn } from '../filter/count';
import type { AudienceFilter, ResolvedFilter } from '../filter/filter';
import { resolveFilter, Unresolvable } from '../filter/resolve';
import type { SavedFilter } from '../filter/resolve';
import type { Segment } from './segment.entity';

/** A filter of an input: as it is stored, and as it is compiled. */
export interface UsableFilter {
  filter: AudienceFilter;
  resolved: ResolvedFilter;
  /** The segments that it names itself. */
  segmentIds: readonly string[];
}

/**
 * Checks a filter of an input and looks up what it names.
 * @param path the input path of the filter, for the errors
 * @param ownId the segment whose filter it is going to be; it must not contain itself
 * @throws BAD_USER_INPUT naming the field; NOT_FOUND naming the field for a segment or campaign of another business
 */
export async function useFilter(
  sql: Sql,
  businessId: string,
  filter: AudienceFilter,
  kinds: readonly ContactKind[],
  path: string,
  ownId?: string,
): Promise<UsableFilter> {
  const checked = checkFilter(filter, kinds, path);
  await mustBeCampaigns(sql, businessId, checked.campaigns);
  const segments = await segmentsOf(sql, businessId, checked);
  const inside = ownId === undefined ? [] : [ownId];
  try {
    const resolved = resolveFilter(checked.filter, segments, inside);
    return { filter: checked.filter, resolved, segmentIds: segmentsIn(checked.filter) };
  } catch (error) {
    if (!(error instanceof Unresolvable)) throw error;
    const cause = checked.segments.find(({ id }) => !resolves({ segmentId: id }, segments, inside));
    throw badInput(cause?.path ?? path, error.message);
  }
}

function resolves(
  filter: AudienceFilter,
  segments: ReadonlyMap<string, SavedFilter>,
  inside: readonly string[],
): boolean {
  try {
    resolveFilter(filter, segments, inside);
    return true;
  } catch {
    return false;
  }
}

/** A filter that was checked when it was stored, with its segments as they are now. */
export async function resolveStored(
  sql: Sql,
  businessId: string,
  filter: AudienceFilter,
): Promise<ResolvedFilter> {
  try {
    return resolveFilter(filter, await loadSegments(sql, businessId, segmentsIn(filter)));
  } catch (error) {
    if (error instanceof Unresolvable)
      throw new UserError('CONFLICT', `The saved filter cannot be used: expected ${error.message}`);
    throw error;
  }
}

/** The people of a segment: its members if it is fixed, else by its filter. */
export async function resolveSegment(
  sql: Sql,
  { id, businessId, fixed, audienceFilter }: Segment,
): Promise<ResolvedFilter> {
  return fixed ? { members: id } : resolveStored(sql, businessId, audienceFilter);
}

async function mustBeCampaigns(
  sql: Sql,
  businessId: string,
  references: readonly Reference[],
): Promise<void> {
  if (references.length === 0) return;
  const found = await rows<{ id: string }>(
    sql,
    `/* filterCampaigns */ SELECT id FROM campaigns WHERE id = ANY ($1::uuid[]) AND business_id = $2`,
    [references.map(({ id }) => id).filter(isUuid), businessId],
  );
  const known = new Set(found.map(({ id }) => id));
  const missing = references.find(({ id }) => !known.has(id.toLowerCase()));
  if (missing) throw new UserError('NOT_FOUND', 'Campaign not found', missing.path);
}

async function segmentsOf(
  sql: Sql,
  businessId: string,
  { segments: references }: CheckedFilter,
): Promise<Map<string, SavedFilter>> {
  const segments = await loadSegments(sql, businessId, references.map(({ id }) => id).filter(isUuid));
  const missing = references.find(({ id }) => !segments.has(id.toLowerCase()));
  if (missing) throw new UserError('NOT_FOUND', 'Segment not found', missing.path);
  return segments;
}

/** The segments of these ids, and those that they use, directly and through others. */
export async function loadSegments(
  sql: Sql,
  businessId: string,
  ids: readonly string[],
): Promise<Map<string, SavedFilter>> {
  const found = new Map<string, SavedFilter>();
  const asked = new Set<string>();
  let next = [...new Set(ids.map((id) => id.toLowerCase()))];
  while (next.length > 0) {
    next.forEach((id) => asked.add(id));
    const segments = await rows<{
      id: string;
      audience_type: AudienceType;
      audience_filter: AudienceFilter;
      fixed: boolean;
    }>(
      sql,
      `/* filterSegments */ SELECT id, audience_type, audience_filter, fixed FROM segments WHERE id = ANY ($1::uuid[]) AND business_id = $2`,
      [next, businessId],
    );
    for (const { id, audience_type: type, audience_filter: filter, fixed } of segments)
      found.set(id, { kinds: kindsOf(type), filter, fixed });
    const used = segments.flatMap((segment) => segmentsIn(segment.audience_filter));
    next = [...new Set(used)].filter((id) => !asked.has(id));
  }
  return found;
}
