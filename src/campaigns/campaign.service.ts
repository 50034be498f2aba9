import type { DataSource } from 'typeorm';
import type { AccountsService } from '../accounts/accounts.service';
import { Viewer } from '../accounts/viewer';
import type { WidgetReader } from '../accounts/widget-token';
import type { CatalogService } from '../catalog/catalog.service';
import { shapeOf, whyNotSendable } from '../catalog/templates/template-shape';
import { endedOffer, whyNotFitting } from '../catalog/templates/template-value';
import { badInput, notFound, UserError } from '../infra/errors';
import { checkText, isUuid } from '../infra/input';
import type { CampaignSort, CampaignStatus } from './campaign';
import type { Campaign } from './campaign.entity';
import { campaignRepository } from './campaign.repository';
import type { CampaignRepository } from './campaign.repository';
import { namedIds } from './content';
import { deletedSegmentNeeds } from './drafts/deleted-segments';
import { contentOf } from './drafts/fields';
import { contentNeeds, isChangeable, needsOf, needText } from './drafts/needs';
import type { Need } from './drafts/needs';

/** A page of campaigns, from 1, and which of them: the names contain `search`, whatever its case. */
export interface CampaignList {
  page: number;
  limit: number;
  sort: CampaignSort;
  status?: CampaignStatus[] | null | undefined;
  search?: string | null | undefined;
  templateId?: string | null | undefined;
}

/** Reads campaigns. Drafts are written in drafts/; what moves campaigns is in delivery/control/. */
export class CampaignService {
  private readonly publicUrl: string;

  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly catalog: CatalogService,
    options: { publicUrl: string },
  ) {
    this.publicUrl = options.publicUrl;
  }

  /** @throws NOT_FOUND for an unknown id, and for a campaign of a business that the viewer may not see */
  async campaign(viewer: Viewer, id: string): Promise<Campaign> {
    const campaign = isUuid(id) ? await this.campaignRows.findOneBy({ id }) : null;
    if (!campaign || !viewer.sees(campaign.businessId)) throw notFound('Campaign');
    return campaign;
  }

  /** The same for somebody who reads the figures only: a viewer, or a widget of this one campaign. @throws NOT_FOUND */
  async campaignToRead(reader: Viewer | WidgetReader, id: string): Promise<Campaign> {
    if (reader instanceof Viewer) return this.campaign(reader, id);
    const mine = id.toLowerCase() === reader.campaignId.toLowerCase();
    const campaign = mine ? await this.campaignRows.findOneBy({ id }) : null;
    if (!campaign) throw notFound('Campaign');
    return campaign;
  }

  /** A page of a business's campaigns. @throws BAD_USER_INPUT naming the argument; NOT_FOUND for another's template */
  async campaigns(
    viewer: Viewer,
    businessId: string,
    { page, limit, status, search, templateId, sort }: CampaignList,
  ): Promise<{ campaigns: Campaign[]; total: number }> {
    if (page < 1 || page > 100_000) throw badInput('page', 'a whole number from 1 to 100000');
    if (limit < 1 || limit > 100) throw badInput('limit', 'a whole number from 1 to 100');
    if (status?.length === 0) throw badInput('status', 'at least one status (leave it out for all)');
    const business = await this.accounts.business(viewer, businessId);
    const template = templateId ? await this.catalog.template(business.id, templateId) : undefined;
    const [campaigns, total] = await this.campaignRows.page(
      business.id,
      { number: page, size: limit },
      { status, search: checkText('search', search ?? '', 200, 0), templateId: template?.id, sort },
    );
    return { campaigns, total };
  }

  /** What a draft still needs before it can be sent; nothing unless it was saved as an incomplete one. */
  async needs(campaign: Campaign): Promise<Need[]> {
    if (!campaign.incomplete || !isChangeable(campaign)) return [];
    const deletedSegments = await deletedSegmentNeeds(this.database, campaign);
    return needsOf(campaign, deletedSegments, await this.contentNeeds(campaign));
  }

  /** Before a campaign is sent or scheduled. @throws CONFLICT that names what is missing, and its field */
  async mustBeComplete(campaign: Campaign): Promise<void> {
    refuseIncomplete(await this.needs(campaign));
  }

  /**
   * Before a test of its message, which needs neither a name nor an audience, and is possible in any status.
   * @throws CONFLICT that names what is missing, and its field
   */
  async messageMustBeComplete(campaign: Campaign): Promise<void> {
    refuseIncomplete(campaign.incomplete ? await this.contentNeeds(campaign) : []);
  }

  /**
   * Reads a campaign's template anew at WhatsApp: it may have been changed, paused or deleted since.
   * @returns why the campaign cannot be sent with it as it is now, in words; undefined when it can, when there is no
   *   template, or when WhatsApp cannot be asked
   */
  async templateProblem(campaign: Campaign): Promise<string | undefined> {
    if (!campaign.templateId) return undefined;
    const sender = await this.accounts.senderFor(campaign.businessId, campaign.senderId);
    const { template, current } = await this.catalog.refreshTemplate(sender, campaign.templateId);
    if (!current) return undefined;
    const shape = shapeOf(template.components, this.publicUrl);
    const reason = whyNotSendable(template, shape);
    if (reason) return `The template ${template.name} cannot be sent: ${reason}`;
    const changed = whyNotFitting(shape.variables, campaign.templateValues);
    if (changed) return `The template ${template.name} was changed at WhatsApp: ${changed}`;
    return endedOffer(campaign.templateValues, new Date());
  }

  private async contentNeeds(campaign: Campaign): Promise<Need[]> {
    const { businessId, templateId } = campaign;
    const template = templateId ? await this.catalog.template(businessId, templateId) : undefined;
    const named = await this.catalog.named(businessId, namedIds(contentOf(campaign)));
    return contentNeeds(campaign, template, named, this.publicUrl);
  }

  private get campaignRows(): CampaignRepository {
    return campaignRepository(this.database);
  }
}

function refuseIncomplete(needs: readonly Need[]): void {
  const [first] = needs;
  if (!first) return;
  const what = needs.map(needText).join('; ');
  throw new UserError('CONFLICT', `The campaign is not complete yet. It still needs ${what}`, first.field);
}
