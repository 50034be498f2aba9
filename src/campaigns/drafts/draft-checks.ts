import type { AccountsService } from '../../accounts/accounts.service';
import type { Business } from '../../accounts/business.entity';
import { AudienceType } from '../../audience/audience';
import type { AudienceService } from '../../audience/audience.service';
import type { MessageKind } from '../../audience/exclusions';
import { checkHoldout } from '../../audience/holdout';
import type { Audience } from '../../audience/source';
import type { CatalogService } from '../../catalog/catalog.service';
import { badInput, UserError } from '../../infra/errors';
import type { Campaign } from '../campaign.entity';
import { checkContent, namedIds } from '../content';
import type { Missing } from '../content-choice';
import type { GivenContent } from '../given-content';
import { givenContent, kindOf } from './fields';
import type { AudienceFields } from './fields';
import { audienceNeed } from './needs';

/** A checked content, as it is stored, and the kind of message that it makes. */
export interface CheckedContent {
  columns: Partial<Campaign>;
  kind: MessageKind;
}

/** A checked audience, as it is stored. */
export interface CheckedAudience {
  columns: Partial<Campaign>;
  /** Undefined as long as nobody can be counted: the segment or the people are missing. */
  audience: Audience | undefined;
  /** The segments that it names itself. */
  segmentIds: readonly string[];
}

/** Checks the parts of a draft: what is wrong is refused; what is missing is refused or let through, as `missing` does. */
export class DraftChecks {
  constructor(
    private readonly accounts: AccountsService,
    private readonly audiences: AudienceService,
    private readonly catalog: CatalogService,
    private readonly publicUrl: string,
  ) {}

  /**
   * Looks up sender, product and template (at WhatsApp, unless the library read it a moment ago) and checks that
   * everything fits together.
   * @throws BAD_USER_INPUT naming the field; NOT_FOUND for ids of another business
   */
  async content(
    business: Business,
    senderId: string | null | undefined,
    fields: GivenContent,
    missing: Missing,
  ): Promise<CheckedContent> {
    const sender = await this.accounts.senderFor(business.id, senderId);
    const named = await this.catalog.named(business.id, namedIds(fields));
    const template = await this.catalog.chooseTemplate(sender, fields);
    const content = checkContent(fields, template, named, this.publicUrl, missing);
    return {
      kind: kindOf(template, content),
      columns: {
        ...content,
        givenContent: givenContent(fields),
        senderId: sender.id,
        templateId: template?.id ?? null,
        whatsappTemplateName: template?.name ?? null,
        whatsappTemplateLanguage: template?.language ?? null,
        productId: named.products.get(fields.productId ?? '')?.id ?? null,
      },
    };
  }

  /** @throws BAD_USER_INPUT naming the field; NOT_FOUND for ids of another business */
  async audience(business: Business, fields: AudienceFields, missing: Missing): Promise<CheckedAudience> {
    const { audienceType, audienceFilter, exclude, segmentId, customRecipients } = fields;
    const holdoutPercent = String(checkHoldout('input.holdoutPercent', fields.holdoutPercent));
    const need = audienceNeed(
      { audienceType, segmentId: segmentId ?? null },
      (customRecipients ?? []).length > 0,
    );
    try {
      const chosen = await this.audiences.choose(
        business,
        { audienceType, filter: audienceFilter, exclude, segmentId, customRecipients },
        'audienceFilter',
      );
      const people = 'people' in chosen.audience ? [...chosen.audience.people] : null;
      return {
        audience: chosen.audience,
        segmentIds: chosen.segmentIds,
        columns: {
          audienceType,
          audienceFilter: chosen.filter,
          excludeFilter: chosen.exclude,
          segmentId: segmentId ?? null,
          customRecipients: people,
          holdoutPercent,
        },
      };
    } catch (error) {
      const field = error instanceof UserError ? error.extensions.field : undefined;
      if (!need || field !== `input.${need.field}`) throw error;
      missing(field, `${need.expected} when audienceType is ${audienceType}`);
      // the segment says which fields the filter may have
      if (exclude) throw badInput('input.exclude', 'no value before the segment is chosen');
      const nobody = audienceType === AudienceType.CUSTOM ? [] : null;
      return {
        audience: undefined,
        segmentIds: [],
        columns: {
          audienceType,
          audienceFilter: {},
          excludeFilter: null,
          segmentId: null,
          customRecipients: nobody,
          holdoutPercent,
        },
      };
    }
  }
}
