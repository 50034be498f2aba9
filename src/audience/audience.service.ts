import { badInput, notFound, UserError } from '../infra/errors';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import type { Business } from '../accounts/business.entity';
import { checkText, isUuid } from '../infra/input';
import type { CustomRecipient } from './audience';
import { AudienceType, ExclusionReason } from './audience';
import type { AudienceFilter, ContactKind } from './filter/filter';
import { checkFilter } from './filter/filter';
import { normalisePhone } from './contacts/phone';
import { Segment } from './segments/segment.entity';
import type { Audience } from './source';
import { audienceSource, binder } from './source';

/** The parts of an input that say who is meant. */
export interface AudienceChoice {
  audienceType: AudienceType;
  filter?: AudienceFilter | null | undefined;
  segmentId?: string | null | undefined;
  customRecipients?: { name?: string | null; phone: string; email?: string | null }[] | null | undefined;
}

export interface AudienceMember {
  name: string;
  phone: string;
  email: string | null;
}

/** `matched` contacts, of whom `count` will be sent to; `excluded` says why the others will not. */
export interface AudienceCount {
  matched: number;
  count: number;
  excluded: { reason: ExclusionReason; count: number }[];
}

const maxCustomRecipients = 10_000;

/** Decides, counts and samples audiences. Reads only. */
export class AudienceService {
  constructor(private readonly database: Sql) {}

  /**
   * Checks a choice of audience and looks up what it names.
   * @param filterField name of the filter in the caller's input (`filter` or `audienceFilter`), for the errors
   * @throws BAD_USER_INPUT naming the field; NOT_FOUND for a segment of another business
   */
  async choose(business: Business, choice: AudienceChoice, filterField: string): Promise<Audience> {
    const { audienceType, filter, segmentId, customRecipients } = choice;
    if (segmentId && audienceType !== AudienceType.SEGMENT)
      throw badInput('input.segmentId', 'none unless audienceType is SEGMENT');
    if (customRecipients && audienceType !== AudienceType.CUSTOM) {
      throw badInput('input.customRecipients', 'none unless audienceType is CUSTOM');
    }
    switch (audienceType) {
      case AudienceType.CUSTOM:
        if (filter) throw badInput(`input.${filterField}`, 'none when audienceType is CUSTOM');
        return { people: namedPeople(customRecipients ?? [], business.defaultCountry) };
      case AudienceType.SEGMENT:
        if (filter) throw badInput(`input.${filterField}`, 'none when audienceType is SEGMENT');
        return this.segmentAudience(business.id, segmentId);
      case AudienceType.ALL:
      case AudienceType.LEADS:
      case AudienceType.CUSTOMERS: {
        const kinds = kindsOf(audienceType);
        return { kinds, filter: checkFilter(filter ?? {}, kinds, `input.${filterField}`) };
      }
    }
  }

  /** The audience of a campaign that was created earlier: its filter as stored, its segment as it is now. */
  async stored(campaign: {
    id: string;
    businessId: string;
    audienceType: AudienceType;
    audienceFilter: AudienceFilter;
    segmentId: string | null;
  }): Promise<Audience> {
    const { audienceType } = campaign;
    if (audienceType === AudienceType.CUSTOM) {
      const [row] = await rows<{ people: CustomRecipient[] | null }>(
        this.database,
        `/* customRecipients */ SELECT custom_recipients AS people FROM campaigns WHERE id = $1`,
        [campaign.id],
      );
      return { people: row?.people ?? [] };
    }
    if (audienceType === AudienceType.SEGMENT)
      return this.segmentAudience(campaign.businessId, campaign.segmentId);
    return { kinds: kindsOf(audienceType), filter: campaign.audienceFilter };
  }

  /** Counts once over the contacts, grouped by phone. */
  async count(businessId: string, audience: Audience, sql: Sql = this.database): Promise<AudienceCount> {
    const parameters: unknown[] = [];
    const bind = binder(parameters);
    const [found] = await rows<Record<'matched' | 'invalid' | 'duplicate' | 'opted_out' | 'count', string>>(
      sql,
      `/* previewAudience */ WITH people AS (
         SELECT phone_e164 AS phone, count(*) AS contacts FROM (${audienceSource(audience, businessId, bind)}) c GROUP BY 1
       )
       SELECT coalesce(sum(p.contacts), 0) AS matched,
         coalesce(sum(p.contacts) FILTER (WHERE p.phone IS NULL), 0) AS invalid,
         coalesce(sum(p.contacts - 1) FILTER (WHERE p.phone IS NOT NULL), 0) AS duplicate,
         count(*) FILTER (WHERE s.phone IS NOT NULL) AS opted_out,
         count(*) FILTER (WHERE p.phone IS NOT NULL AND s.phone IS NULL) AS count
       FROM people p LEFT JOIN suppressions s ON s.business_id = ${bind(businessId)} AND s.phone = p.phone`,
      parameters,
    );
    const number = (name: keyof NonNullable<typeof found>) => Number(found?.[name] ?? 0);
    const excluded = [
      { reason: ExclusionReason.DUPLICATE_PHONE, count: number('duplicate') },
      { reason: ExclusionReason.INVALID_PHONE, count: number('invalid') },
      { reason: ExclusionReason.OPTED_OUT, count: number('opted_out') },
    ];
    return {
      matched: number('matched'),
      count: number('count'),
      excluded: excluded.filter((one) => one.count > 0),
    };
  }

  /** Some of the people who will be sent to. */
  async sample(businessId: string, audience: Audience, size: number): Promise<AudienceMember[]> {
    const parameters: unknown[] = [];
    const bind = binder(parameters);
    const source = audienceSource(audience, businessId, bind);
    return rows<AudienceMember>(
      this.database,
      `/* previewAudience sample */ SELECT name, phone, email FROM (
         SELECT DISTINCT ON (c.phone_e164) c.name, c.phone_e164 AS phone, c.email FROM (${source}) c
         WHERE c.phone_e164 IS NOT NULL AND NOT EXISTS (
           SELECT FROM suppressions s WHERE s.business_id = ${bind(businessId)} AND s.phone = c.phone_e164)
         ORDER BY c.phone_e164, c.rank, c.born, c.contact_id
         LIMIT ${bind(size)}
       ) sample`,
      parameters,
    );
  }

  segments(businessId: string): Promise<Segment[]> {
    return this.database.getRepository(Segment).find({ where: { businessId }, order: { name: 'ASC' } });
  }

  async createSegment(
    business: Business,
    name: string,
    audienceType: AudienceType,
    filter: AudienceFilter | null | undefined,
  ): Promise<Segment> {
    if (audienceType === AudienceType.CUSTOM || audienceType === AudienceType.SEGMENT) {
      throw badInput('input.audienceType', 'ALL, LEADS or CUSTOMERS');
    }
    const segments = this.database.getRepository(Segment);
    const checkedName = checkText('input.name', name, 200);
    if (await segments.existsBy({ businessId: business.id, name: checkedName })) {
      throw new UserError('CONFLICT', 'This business has a segment of this name already');
    }
    const audienceFilter = checkFilter(filter ?? {}, kindsOf(audienceType), 'input.filter');
    return segments.save(
      segments.create({ businessId: business.id, name: checkedName, audienceType, audienceFilter }),
    );
  }

  private async segmentAudience(businessId: string, segmentId: string | null | undefined): Promise<Audience> {
    if (!segmentId) throw badInput('input.segmentId', 'the id of a segment when audienceType is SEGMENT');
    const segment = isUuid(segmentId)
      ? await this.database.getRepository(Segment).findOneBy({ id: segmentId, businessId })
      : null;
    if (!segment) throw notFound('Segment');
    return { kinds: kindsOf(segment.audienceType as AudienceType), filter: segment.audienceFilter };
  }
}

function kindsOf(audienceType: AudienceType): ContactKind[] {
  if (audienceType === AudienceType.LEADS) return ['LEADS'];
  if (audienceType === AudienceType.CUSTOMERS) return ['CUSTOMERS'];
  return ['LEADS', 'CUSTOMERS'];
}

function namedPeople(
  given: NonNullable<AudienceChoice['customRecipients']>,
  country: string,
): CustomRecipient[] {
  if (given.length === 0)
    throw badInput('input.customRecipients', 'at least one recipient when audienceType is CUSTOM');
  if (given.length > maxCustomRecipients)
    throw badInput('input.customRecipients', `at most ${maxCustomRecipients} recipients`);
  return given.map(({ name, phone, email }, i) => ({
    name: checkText(`input.customRecipients.${i}.name`, name ?? '', 200, 0),
    phone: checkText(`input.customRecipients.${i}.phone`, phone, 200, 0),
    phoneE164: normalisePhone(phone, country),
    email: email ? checkText(`input.customRecipients.${i}.email`, email, 320, 0) : null,
  }));
}
