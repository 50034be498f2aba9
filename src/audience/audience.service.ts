import type { Repository } from 'typeorm';
import { Business } from '../accounts/business.entity';
import { badInput, notFound } from '../infra/errors';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import { checkText } from '../infra/input';
import { AudienceType, kindsOf } from './audience';
import type { ContactKind, CustomRecipient } from './audience';
import { audienceRepository } from './audience.repository';
import type { AudienceCount, AudienceMember } from './audience.repository';
import { normalisePhone } from './contacts/phone';
import { exclusionPolicy } from './exclusions';
import type { MessageKind, Selection } from './exclusions';
import { showsPhone } from './shows-phone';
import type { AudienceFilter } from './filter/filter';
import { segmentRepository } from './segments/segment.repository';
import { resolveSegment, resolveStored, useFilter } from './segments/segment-filters';
import type { Audience } from './source';

/** The fields of an input that choose the audience. */
export interface AudienceChoice {
  audienceType: AudienceType;
  filter?: AudienceFilter | null | undefined;
  segmentId?: string | null | undefined;
  customRecipients?: { name?: string | null; phone: string; email?: string | null }[] | null | undefined;
  /** People to leave out; the same as `not` in the filter. */
  exclude?: AudienceFilter | null | undefined;
}

/** A checked choice: the audience, and what is stored of it. */
export interface ChosenAudience {
  audience: Audience;
  /** The checked filter; empty for SEGMENT and CUSTOM. */
  filter: AudienceFilter;
  /** The checked filter of people to leave out; null for none. */
  exclude: AudienceFilter | null;
  /** The segments that the choice names itself. */
  segmentIds: readonly string[];
}

const maxCustomRecipients = 10_000;

/** What a campaign says of the people it is sent to, beside its audience. */
interface SentTo {
  /** Percent of the people who are held out. */
  holdoutPercent?: number;
  /** Its values name the phone: who has none is left out. */
  needsPhone?: boolean;
}

/** Checks, counts and samples audiences. Reads only. */
export class AudienceService {
  constructor(private readonly database: Sql) {}

  /**
   * Checks a choice of audience and looks up what it names.
   * @param filterField name of the filter in the caller's input (`filter` or `audienceFilter`), for the errors
   * @throws BAD_USER_INPUT naming the field; NOT_FOUND for a segment or campaign of another business
   */
  async choose(business: Business, choice: AudienceChoice, filterField: string): Promise<ChosenAudience> {
    const { audienceType, filter, segmentId, customRecipients, exclude } = choice;
    if (segmentId && audienceType !== AudienceType.SEGMENT)
      throw badInput('input.segmentId', 'no value, because audienceType is not SEGMENT');
    if (customRecipients && audienceType !== AudienceType.CUSTOM) {
      throw badInput('input.customRecipients', 'no value, because audienceType is not CUSTOM');
    }
    switch (audienceType) {
      case AudienceType.CUSTOM: {
        if (filter) throw badInput(`input.${filterField}`, 'no value, because audienceType is CUSTOM');
        if (exclude) throw badInput('input.exclude', 'no value, because audienceType is CUSTOM');
        const people = namedPeople(customRecipients ?? [], business.defaultCountry);
        return { audience: { people }, filter: {}, exclude: null, segmentIds: [] };
      }
      case AudienceType.SEGMENT: {
        if (filter) throw badInput(`input.${filterField}`, 'no value, because audienceType is SEGMENT');
        if (!segmentId) throw badInput('input.segmentId', 'the id of a segment when audienceType is SEGMENT');
        const chosen = {
          audience: await this.segmentAudience(business.id, segmentId),
          filter: {},
          exclude: null,
          segmentIds: [segmentId],
        };
        return this.leaveOut(business.id, chosen, exclude);
      }
      case AudienceType.ALL:
      case AudienceType.LEADS:
      case AudienceType.CUSTOMERS: {
        const kinds = kindsOf(audienceType);
        const used = await useFilter(this.database, business.id, filter ?? {}, kinds, `input.${filterField}`);
        const chosen = {
          audience: { kinds, filter: used.resolved },
          filter: used.filter,
          exclude: null,
          segmentIds: used.segmentIds,
        };
        return this.leaveOut(business.id, chosen, exclude);
      }
    }
  }

  private async leaveOut(
    businessId: string,
    chosen: ChosenAudience & { audience: Extract<Audience, { kinds: readonly ContactKind[] }> },
    exclude: AudienceFilter | null | undefined,
  ): Promise<ChosenAudience> {
    if (!exclude) return chosen;
    const { kinds, filter } = chosen.audience;
    const used = await useFilter(this.database, businessId, exclude, kinds, 'input.exclude');
    return {
      ...chosen,
      audience: { kinds, filter: { and: [filter], not: used.resolved } },
      exclude: used.filter,
      segmentIds: [...chosen.segmentIds, ...used.segmentIds],
    };
  }

  /** An audience with the business's rules of who may get such a message. */
  select(business: Business, audience: Audience, message: MessageKind): Selection {
    return { businessId: business.id, audience, policy: exclusionPolicy(business, message) };
  }

  /**
   * The people of a campaign. As long as nobody is known to have written to the business, nothing is known of windows: a
   * number may be new to us while people wrote to it elsewhere. Then a free-form campaign goes to everybody, and WhatsApp
   * decides (131047).
   */
  async ofCampaign(
    business: Business,
    audience: Audience,
    message: MessageKind,
    { holdoutPercent = 0, needsPhone = false }: SentTo = {},
  ): Promise<Selection> {
    const selected = this.select(business, audience, message);
    const selection = { ...selected, holdoutPercent, policy: { ...selected.policy, needsPhone } };
    if (message !== 'FREE_FORM' || (await this.knowsWindows(business.id))) return selection;
    return { ...selection, policy: { ...selection.policy, freeForm: false } };
  }

  /**
   * The people of a campaign that was created earlier: its filter as stored; its segments, its template's category and the
   * business's settings as they are now.
   * @param kind of the message, where it is not the one of the campaign's template
   */
  async stored(
    campaign: {
      id: string;
      businessId: string;
      audienceType: AudienceType;
      audienceFilter: AudienceFilter;
      excludeFilter?: AudienceFilter | null;
      segmentId: string | null;
      templateId?: string | null;
      holdoutPercent?: string;
      messageText?: string | null;
      templateValues?: Readonly<Record<string, unknown>>;
    },
    kind?: MessageKind,
  ): Promise<Selection> {
    const business = await this.businessRows.findOneByOrFail({ id: campaign.businessId });
    const [audience, message] = [
      await this.storedAudience(campaign),
      kind ?? (await this.messageKind(campaign.templateId ?? null)),
    ];
    return this.ofCampaign(business, audience, message, {
      holdoutPercent: Number(campaign.holdoutPercent ?? 0),
      needsPhone: showsPhone(campaign),
    });
  }

  /** How many contacts match and how many people are sent to, by the pool or the caller's transaction. */
  count(selection: Selection, sql: Sql = this.database): Promise<AudienceCount> {
    return audienceRepository(sql).countAudience(selection);
  }

  /** Up to `size` of the people who will be sent to. */
  async sample(selection: Selection, size: number): Promise<AudienceMember[]> {
    if (size === 0) return [];
    return audienceRepository(this.database).sampleAudience(selection, size);
  }

  private async storedAudience(campaign: {
    id: string;
    businessId: string;
    audienceType: AudienceType;
    audienceFilter: AudienceFilter;
    excludeFilter?: AudienceFilter | null;
    segmentId: string | null;
  }): Promise<Audience> {
    const { audienceType, businessId } = campaign;
    if (audienceType === AudienceType.CUSTOM) {
      const [row] = await rows<{ people: CustomRecipient[] | null }>(
        this.database,
        `/* customRecipients */ SELECT custom_recipients AS people FROM campaigns WHERE id = $1`,
        [campaign.id],
      );
      return { people: row?.people ?? [] };
    }
    const { kinds, filter } =
      audienceType === AudienceType.SEGMENT
        ? await this.segmentAudience(businessId, campaign.segmentId)
        : {
            kinds: kindsOf(audienceType),
            filter: await resolveStored(this.database, businessId, campaign.audienceFilter),
          };
    if (!campaign.excludeFilter) return { kinds, filter };
    const not = await resolveStored(this.database, businessId, campaign.excludeFilter);
    return { kinds, filter: { and: [filter], not } };
  }

  private async knowsWindows(businessId: string): Promise<boolean> {
    const known = await rows(
      this.database,
      `/* knowsWindows */ SELECT FROM conversation_windows WHERE business_id = $1 LIMIT 1`,
      [businessId],
    );
    return known.length > 0;
  }

  private async messageKind(templateId: string | null): Promise<MessageKind> {
    if (templateId === null) return 'FREE_FORM';
    const [template] = await rows<{ category: string }>(
      this.database,
      `/* templateCategory */ SELECT category FROM templates WHERE id = $1`,
      [templateId],
    );
    return template?.category === 'UTILITY' ? 'UTILITY' : 'MARKETING';
  }

  private async segmentAudience(
    businessId: string,
    segmentId: string | null,
  ): Promise<Extract<Audience, { kinds: readonly ContactKind[] }>> {
    const segment = segmentId
      ? await segmentRepository(this.database).ofBusinessById(businessId, segmentId)
      : null;
    if (!segment) throw notFound('Segment');
    const kinds = kindsOf(segment.audienceType as AudienceType);
    return { kinds, filter: await resolveSegment(this.database, segment) };
  }

  private get businessRows(): Repository<Business> {
    return this.database.getRepository(Business);
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
