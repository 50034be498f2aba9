import type { DataSource } from 'typeorm';
import type { Business } from '../../accounts/business.entity';
import type { Viewer } from '../../accounts/viewer';
import { badInput, notFound, UserError } from '../../infra/errors';
import { rows, transact } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { checkText, isUuid } from '../../infra/input';
import { AudienceType, ContactKind, kindsOf } from '../audience';
import { filterCondition } from '../filter/compile';
import { segmentsIn } from '../filter/count';
import type { AudienceFilter } from '../filter/filter';
import { resolveFilter, Unresolvable } from '../filter/resolve';
import { binder } from '../source';
import { loadSegments, resolveSegment, useFilter } from './segment-filters';
import { filtersWithSegments, serialiseSegmentWrites, usersOf } from './segment-use';
import type { SegmentUser } from './segment-use';
import type { Segment } from './segment.entity';
import { segmentRepository } from './segment.repository';

/** What is saved as a segment; in a change, what is left out or null stays. */
export interface SegmentFields {
  name?: string | null | undefined;
  audienceType?: AudienceType | null | undefined;
  filter?: AudienceFilter | null | undefined;
}

/** The saved audiences of a business. */
export class SegmentsService {
  constructor(private readonly database: DataSource) {}

  /** By name. */
  segments(businessId: string): Promise<Segment[]> {
    return segmentRepository(this.database).ofBusiness(businessId);
  }

  /** @throws NOT_FOUND for an unknown id, and for a segment of a business that the viewer may not see */
  async segment(viewer: Viewer, id: string): Promise<Segment> {
    const segment = isUuid(id) ? await segmentRepository(this.database).findOneBy({ id }) : null;
    if (!segment || !viewer.sees(segment.businessId)) throw notFound('Segment');
    return segment;
  }

  /** @throws BAD_USER_INPUT naming the field; NOT_FOUND for what the filter names; CONFLICT when the name is taken */
  createSegment(business: Business, fields: SegmentFields): Promise<Segment> {
    const segment = { businessId: business.id, name: '', audienceType: AudienceType.ALL, audienceFilter: {} };
    return this.write(business.id, (sql) => {
      const row = segmentRepository(sql).create(segment as Partial<Segment>);
      return this.change(sql, row, { ...fields, name: fields.name ?? '', filter: fields.filter ?? {} });
    });
  }

  /**
   * A segment whose people do not change.
   * @param addMembers adds them, in the same transaction; @returns which kinds of contact they are
   * @throws BAD_USER_INPUT for the name; CONFLICT when it is taken, or when there is nobody
   */
  createFixedSegment(
    businessId: string,
    name: string,
    addMembers: (sql: Sql, segmentId: string) => Promise<readonly ContactKind[]>,
  ): Promise<Segment> {
    return this.write(businessId, async (sql) => {
      const row = segmentRepository(sql).create({ businessId, audienceType: 'ALL', fixed: true });
      const segment = await this.change(sql, row, { name, filter: {} });
      const kinds = await addMembers(sql, segment.id);
      if (kinds.length === 0) throw new UserError('CONFLICT', 'There is no contact among these people');
      if (kinds.length === 1) segment.audienceType = kinds[0] === ContactKind.LEAD ? 'LEADS' : 'CUSTOMERS';
      return segmentRepository(sql).save(segment);
    });
  }

  /**
   * Changes a segment; what is left out stays. Campaigns that have their recipients already keep them; drafts and
   * scheduled campaigns use the segment as it is at their start.
   * @throws BAD_USER_INPUT naming the field; CONFLICT when the name is taken or a user of the segment would get too large
   */
  async updateSegment(viewer: Viewer, id: string, fields: SegmentFields): Promise<Segment> {
    const { businessId } = await this.segment(viewer, id);
    return this.write(businessId, async (sql) => {
      const segment = await segmentRepository(sql).findOneBy({ id });
      if (!segment) throw notFound('Segment');
      if (segment.fixed && fields.filter != null)
        throw badInput('input.filter', 'no value, because the people of this segment are fixed');
      if (segment.fixed && fields.audienceType != null)
        throw badInput('input.audienceType', 'no value, because the people of this segment are fixed');
      const changed = await this.change(sql, segment, fields);
      await mustStayUsable(sql, businessId);
      return changed;
    });
  }

  /** @throws CONFLICT naming a campaign or segment that uses it */
  async deleteSegment(viewer: Viewer, id: string): Promise<Segment> {
    const { businessId } = await this.segment(viewer, id);
    return this.write(businessId, async (sql) => {
      // waits for campaigns that are being stored with it, see lockSegments
      const segment = await segmentRepository(sql).findOne({
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!segment) throw notFound('Segment');
      const [user, ...others] = await usersOf(sql, businessId, [segment.id]);
      if (user) {
        const more = others.length > 0 ? ` and ${others.length} more` : '';
        throw new UserError('CONFLICT', `The segment is used by the ${user.type} "${user.name}"${more}`);
      }
      await segmentRepository(sql).delete({ id: segment.id });
      return segment;
    });
  }

  /** How many contacts a segment matches, people without a phone included. Reads all contacts of the business. */
  async count(segment: Segment): Promise<number> {
    const { businessId } = segment;
    const filter = await resolveSegment(this.database, segment);
    const parameters: unknown[] = [];
    const bind = binder(parameters);
    const business = bind(businessId);
    const counts = kindsOf(segment.audienceType as AudienceType).map((kind) => {
      const condition = filterCondition(filter, kind, businessId, bind);
      return `(SELECT count(*) FROM ${kind === ContactKind.LEAD ? 'leads' : 'customers'} c WHERE c.business_id = ${business} AND ${condition})`;
    });
    const [row] = await rows<{ count: string }>(
      this.database,
      `/* segmentCount */ SELECT ${counts.join(' + ')} AS count`,
      parameters,
    );
    return Number(row?.count ?? 0);
  }

  /** The names of the campaigns and segments that use each of these segments. */
  async usedBy(segments: readonly Segment[]): Promise<string[][]> {
    const users: SegmentUser[] = [];
    for (const businessId of new Set(segments.map((segment) => segment.businessId))) {
      const ids = segments.filter((segment) => segment.businessId === businessId).map(({ id }) => id);
      users.push(...(await usersOf(this.database, businessId, ids)));
    }
    return segments.map(({ id }) =>
      users.filter(({ segmentId }) => segmentId === id).map(({ name }) => name),
    );
  }

  private write<T>(businessId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
    return transact(this.database, async (transaction) => {
      await serialiseSegmentWrites(transaction, businessId);
      return work(transaction);
    });
  }

  private async change(sql: Sql, segment: Segment, fields: SegmentFields): Promise<Segment> {
    const { businessId } = segment;
    const audienceType = fields.audienceType ?? segment.audienceType;
    if (audienceType === AudienceType.CUSTOM || audienceType === AudienceType.SEGMENT)
      throw badInput('input.audienceType', 'ALL, LEADS or CUSTOMERS');
    segment.audienceType = audienceType;
    if (fields.name != null) {
      const name = checkText('input.name', fields.name, 200);
      const taken = await segmentRepository(sql).findOneBy({ businessId, name });
      if (taken && taken.id !== segment.id)
        throw new UserError('CONFLICT', 'This business has a segment of this name already');
      segment.name = name;
    }
    // another audienceType may not have the fields of the filter that stays
    const filter = fields.filter ?? segment.audienceFilter;
    const used = await useFilter(
      sql,
      businessId,
      filter,
      kindsOf(audienceType as AudienceType),
      'input.filter',
      segment.id,
    );
    segment.audienceFilter = used.filter;
    return segmentRepository(sql).save(segment);
  }
}

/**
 * Checks, after a change, every stored filter that uses the segment, directly or through others.
 * @throws CONFLICT naming its owner
 */
async function mustStayUsable(sql: Sql, businessId: string): Promise<void> {
  const users = await filtersWithSegments(sql, businessId);
  const segments = await loadSegments(
    sql,
    businessId,
    users.flatMap(({ id, type, filter }) => [...segmentsIn(filter), ...(type === 'segment' ? [id] : [])]),
  );
  for (const { type, id, name, filter } of users) {
    try {
      resolveFilter(type === 'segment' ? { segmentId: id } : filter, segments);
    } catch (error) {
      if (!(error instanceof Unresolvable)) throw error;
      throw new UserError(
        'CONFLICT',
        `The ${type} "${name}" uses this segment and could not be used any more: expected ${error.message}`,
      );
    }
  }
}
