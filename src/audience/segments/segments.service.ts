import type { Business } from '../../accounts/business.entity';
import { badInput, UserError } from '../../infra/errors';
import type { Sql } from '../../infra/database';
import { checkText } from '../../infra/input';
import { AudienceType, kindsOf } from '../audience';
import type { AudienceFilter } from '../filter/filter';
import { checkFilter } from '../filter/filter';
import type { Segment } from './segment.entity';
import { segmentRepository } from './segment.repository';
import type { SegmentRepository } from './segment.repository';

/** The saved audiences of a business. */
export class SegmentsService {
  private readonly segmentRows: SegmentRepository;

  constructor(database: Sql) {
    this.segmentRows = segmentRepository(database);
  }

  /** By name. */
  segments(businessId: string): Promise<Segment[]> {
    return this.segmentRows.ofBusiness(businessId);
  }

  /** @throws BAD_USER_INPUT naming the field; CONFLICT when the name is taken */
  async createSegment(
    business: Business,
    name: string,
    audienceType: AudienceType,
    filter: AudienceFilter | null | undefined,
  ): Promise<Segment> {
    if (audienceType === AudienceType.CUSTOM || audienceType === AudienceType.SEGMENT) {
      throw badInput('input.audienceType', 'ALL, LEADS or CUSTOMERS');
    }
    const checkedName = checkText('input.name', name, 200);
    if (await this.segmentRows.existsBy({ businessId: business.id, name: checkedName })) {
      throw new UserError('CONFLICT', 'This business has a segment of this name already');
    }
    const audienceFilter = checkFilter(filter ?? {}, kindsOf(audienceType), 'input.filter');
    return this.segmentRows.save(
      this.segmentRows.create({ businessId: business.id, name: checkedName, audienceType, audienceFilter }),
    );
  }
}
