import type { Repository } from 'typeorm';
import type { Sql } from '../../infra/database';
import { isUuid } from '../../infra/input';
import { Segment } from './segment.entity';

interface SegmentStatements {
  /** The segments of a business, by name. */
  ofBusiness(businessId: string): Promise<Segment[]>;
  /** A segment of this business; null for any other id. */
  ofBusinessById(businessId: string, id: string): Promise<Segment | null>;
}

export type SegmentRepository = Repository<Segment> & SegmentStatements;

/** Segments; read through the pool or the caller's transaction. */
export function segmentRepository(source: Sql): SegmentRepository {
  return source.getRepository(Segment).extend<SegmentStatements>({
    ofBusiness(this: Repository<Segment>, businessId) {
      return this.find({ where: { businessId }, order: { name: 'ASC' } });
    },
    async ofBusinessById(this: Repository<Segment>, businessId, id) {
      return isUuid(id) ? this.findOneBy({ id, businessId }) : null;
    },
  });
}
