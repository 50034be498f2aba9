import type { Business } from '../accounts/business.entity';
import { badInput, notFound } from '../infra/errors';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import { checkText } from '../infra/input';
import { AudienceType, kindsOf } from './audience';
import type { CustomRecipient } from './audience';
import { audienceRepository } from './audience.repository';
import type { AudienceCount, AudienceMember } from './audience.repository';
import { normalisePhone } from './contacts/phone';
import type { AudienceFilter } from './filter/filter';
import { checkFilter } from './filter/filter';
import { segmentRepository } from './segments/segment.repository';
import type { Audience } from './source';

/** The fields of an input that choose the audience. */
export interface AudienceChoice {
  audienceType: AudienceType;
  filter?: AudienceFilter | null | undefined;
  segmentId?: string | null | undefined;
  customRecipients?: { name?: string | null; phone: string; email?: string | null }[] | null | undefined;
}

const maxCustomRecipients = 10_000;

/** Checks, counts and samples audiences. Reads only. */
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
      throw badInput('input.segmentId', 'no value, because audienceType is not SEGMENT');
    if (customRecipients && audienceType !== AudienceType.CUSTOM) {
      throw badInput('input.customRecipients', 'no value, because audienceType is not CUSTOM');
    }
    switch (audienceType) {
      case AudienceType.CUSTOM:
        if (filter) throw badInput(`input.${filterField}`, 'no value, because audienceType is CUSTOM');
        return { people: namedPeople(customRecipients ?? [], business.defaultCountry) };
      case AudienceType.SEGMENT:
        if (filter) throw badInput(`input.${filterField}`, 'no value, because audienceType is SEGMENT');
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

  /** How many contacts match and how many people are sent to, by the pool or the caller's transaction. */
  count(businessId: string, audience: Audience, sql: Sql = this.database): Promise<AudienceCount> {
    return audienceRepository(sql).countAudience(businessId, audience);
  }

  /** Up to `size` of the people who will be sent to. */
  sample(businessId: string, audience: Audience, size: number): Promise<AudienceMember[]> {
    return audienceRepository(this.database).sampleAudience(businessId, audience, size);
  }

  private async segmentAudience(businessId: string, segmentId: string | null | undefined): Promise<Audience> {
    if (!segmentId) throw badInput('input.segmentId', 'the id of a segment when audienceType is SEGMENT');
    const segment = await segmentRepository(this.database).ofBusinessById(businessId, segmentId);
    if (!segment) throw notFound('Segment');
    return { kinds: kindsOf(segment.audienceType as AudienceType), filter: segment.audienceFilter };
  }
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
