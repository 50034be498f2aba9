import type { DataSource, DeepPartial } from 'typeorm';
import type { AccountsService } from '../accounts/accounts.service';
import type { Viewer } from '../accounts/viewer';
import type { AudienceService } from '../audience/audience.service';
import { lockSegments } from '../audience/segments/segment-use';
import type { CatalogService } from '../catalog/catalog.service';
import { shapeOf, whyNotSendable } from '../catalog/templates/template-shape';
import { endedOffer, whyNotFitting } from '../catalog/templates/template-value';
import { badInput, notFound } from '../infra/errors';
import { transact } from '../infra/database';
import { checkText, isUuid } from '../infra/input';
import { CampaignStatus, UnconfirmedPolicy } from './campaign';
import type { Campaign } from './campaign.entity';
import type { CreateCampaignInput } from './campaign.graphql';
import { campaignRepository } from './campaign.repository';
import type { CampaignRepository } from './campaign.repository';
import { checkCanary } from './canary';
import { checkContent, productIdsOf } from './content';
import { newLinkKey } from './link';

/** Creates and reads campaigns. What moves them is in delivery/control/. */
export class CampaignService {
  private readonly publicUrl: string;

  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly audiences: AudienceService,
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

  /** A page of a business's campaigns, newest first; `page` counts from 1. */
  async campaigns(
    viewer: Viewer,
    businessId: string,
    page: number,
    limit: number,
    status: CampaignStatus[] | null | undefined,
  ): Promise<{ campaigns: Campaign[]; total: number }> {
    if (page < 1 || page > 100_000) throw badInput('page', 'a whole number from 1 to 100000');
    if (limit < 1 || limit > 100) throw badInput('limit', 'a whole number from 1 to 100');
    if (status?.length === 0) throw badInput('status', 'at least one status (leave it out for all)');
    const business = await this.accounts.business(viewer, businessId);
    const [campaigns, total] = await this.campaignRows.page(
      business.id,
      { number: page, size: limit },
      status ?? undefined,
    );
    return { campaigns, total };
  }

  /** Checks everything that can be checked beforehand, counts the audience, and stores the campaign as a draft. */
  async createCampaign(viewer: Viewer, input: CreateCampaignInput): Promise<Campaign> {
    const business = await this.accounts.business(viewer, input.businessId);
    const campaignName = checkText('input.campaignName', input.campaignName, 200);
    const sender = await this.accounts.senderFor(business.id, input.senderId);
    const products = await this.catalog.productsById(business.id, productIdsOf(input));
    const { audience, filter, segmentIds } = await this.audiences.choose(
      business,
      { ...input, filter: input.audienceFilter },
      'audienceFilter',
    );
    const template = await this.catalog.chooseTemplate(sender, input);
    const content = checkContent(input, template, products, this.publicUrl);
    const canary = input.canary ? checkCanary(input.canary) : null;
    const message = template ? (template.category === 'UTILITY' ? 'UTILITY' : 'MARKETING') : 'FREE_FORM';
    const selection = await this.audiences.ofCampaign(business, audience, message);
    const { count, matched } = await this.audiences.count(selection);
    return this.storeDraft(segmentIds, {
      ...content,
      ...newLinkKey(),
      businessId: business.id,
      campaignName,
      campaignType: input.campaignType,
      channel: input.channel,
      status: CampaignStatus.DRAFT,
      senderId: sender.id,
      templateId: template?.id ?? null,
      whatsappTemplateName: template?.name ?? null,
      whatsappTemplateLanguage: template?.language ?? null,
      productId: products.get(input.productId ?? '')?.id ?? null,
      audienceType: input.audienceType,
      audienceFilter: filter,
      segmentId: input.segmentId ?? null,
      customRecipients: 'people' in audience ? [...audience.people] : null,
      onUnconfirmed: input.onUnconfirmed ?? UnconfirmedPolicy.HOLD,
      canary,
      totalRecipients: count,
      queuedCount: count,
      excludedCount: matched - count,
    });
  }

  /** Stores a campaign with the segments that it names locked, so that none of them is deleted meanwhile. */
  private storeDraft(segmentIds: readonly string[], draft: DeepPartial<Campaign>): Promise<Campaign> {
    return transact(this.database, async (transaction) => {
      await lockSegments(transaction, segmentIds);
      const campaigns = campaignRepository(transaction);
      return campaigns.save(campaigns.create(draft));
    });
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

  private get campaignRows(): CampaignRepository {
    return campaignRepository(this.database);
  }
}
