import type { DataSource } from 'typeorm';
import type { Business } from '../../accounts/business.entity';
import { AudienceType } from '../../audience/audience';
import type { CustomRecipient } from '../../audience/audience';
import type { AudienceService } from '../../audience/audience.service';
import type { MessageKind, Selection } from '../../audience/exclusions';
import { showsPhone } from '../../audience/shows-phone';
import type { ShownContent } from '../../audience/shows-phone';
import type { CatalogService } from '../../catalog/catalog.service';
import type { Template } from '../../catalog/templates/template.entity';
import { rows } from '../../infra/database';
import { badInput } from '../../infra/errors';
import type { Campaign } from '../campaign.entity';
import type { CheckedAudience } from './draft-checks';
import type { CampaignDrift } from './draft.graphql';
import { deletedSegmentNeeds } from './deleted-segments';
import { kindOf } from './fields';
import { sizeOf } from './fixed-audience';
import { audienceNeed, isChangeable } from './needs';
import type { Need } from './needs';
import type { People } from './write-draft';

/** The people of drafts: who they are, and how many. Reads only. */
export class DraftAudience {
  constructor(
    private readonly database: DataSource,
    private readonly audiences: AudienceService,
    private readonly catalog: CatalogService,
  ) {}

  /** The people of a checked audience; undefined as long as the segment or the list is missing. */
  async chosen(
    business: Business,
    { audience, columns }: CheckedAudience,
    kind: MessageKind,
    content: ShownContent,
  ): Promise<Selection | undefined> {
    const holdoutPercent = Number(columns.holdoutPercent ?? 0);
    const sentTo = { holdoutPercent, needsPhone: showsPhone(content) };
    return audience && this.audiences.ofCampaign(business, audience, kind, sentTo);
  }

  /** The people of a stored campaign for this kind of message; undefined as long as a segment is missing. */
  async stored(campaign: Campaign, kind: MessageKind): Promise<Selection | undefined> {
    return (await this.need(campaign, true)) ? undefined : this.audiences.stored(campaign, kind);
  }

  /** What the audience of a stored campaign lacks before anybody can be counted; undefined if nothing. */
  async need(campaign: Campaign, hasPeople: boolean): Promise<Need | undefined> {
    return audienceNeed(campaign, hasPeople) ?? (await deletedSegmentNeeds(this.database, campaign)).at(0);
  }

  /** The kind of message that a stored campaign sends, by its template as the library has it now. */
  async kindOf(campaign: Campaign): Promise<MessageKind> {
    return kindOf(await this.templateOf(campaign), campaign);
  }

  /** The template of a stored campaign as the library has it now; undefined without one. */
  async templateOf({ businessId, templateId }: Campaign): Promise<Template | undefined> {
    return templateId ? this.catalog.template(businessId, templateId) : undefined;
  }

  /** What to write of the people: counted now, or to be fixed. @throws BAD_USER_INPUT if there is nobody to fix yet */
  async people(selection: Selection | undefined, fix: boolean): Promise<People> {
    if (fix) {
      if (!selection) throw badInput('input.fixAudience', 'false, because the audience is not chosen yet');
      return { kind: 'fixed', selection };
    }
    if (!selection) return { kind: 'counted', size: { total: 0, excluded: 0, holdout: 0 } };
    return { kind: 'counted', size: sizeOf(await this.audiences.count(selection)) };
  }

  /** How the audience has changed since it was saved; null for a campaign that has started, or without an audience yet. */
  async drift(campaign: Campaign): Promise<CampaignDrift | null> {
    if (!isChangeable(campaign)) return null;
    const selection = await this.stored(campaign, await this.kindOf(campaign));
    if (!selection) return null;
    const { count } = await this.audiences.count(selection);
    return { previewed: campaign.totalRecipients, now: count };
  }

  /** The people listed in a campaign; null for other audiences. */
  async customRecipients({ id, audienceType }: Campaign): Promise<CustomRecipient[] | null> {
    if (audienceType !== AudienceType.CUSTOM) return null;
    const [row] = await rows<{ people: CustomRecipient[] | null }>(
      this.database,
      `/* listedPeople */ SELECT custom_recipients AS people FROM campaigns WHERE id = $1`,
      [id],
    );
    return row?.people ?? [];
  }
}
