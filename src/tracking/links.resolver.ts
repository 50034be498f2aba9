import type { DataSource } from 'typeorm';
import { Authorized, FieldResolver, Resolver, Root } from 'type-graphql';
import { Role } from '../accounts/viewer';
import type { Campaign } from '../campaigns/campaign.entity';
import { CampaignGraphql } from '../campaigns/campaign.graphql';
import type { CatalogService } from '../catalog/catalog.service';
import { shapeOf, trackedLabels } from '../catalog/templates/template-shape';
import { rows } from '../infra/database';
import { CampaignLink } from './links.graphql';

@Resolver(() => CampaignGraphql)
export class LinksResolver {
  constructor(
    private readonly database: DataSource,
    private readonly catalog: CatalogService,
    private readonly publicUrl: string,
  ) {}

  @Authorized(Role.VIEWER)
  @FieldResolver(() => [CampaignLink], {
    description:
      'The tracked links of the message, in its order, with their clicks; empty if it has none. The clicks of all add up to those in stats.',
  })
  async links(@Root() campaign: Campaign): Promise<CampaignLink[]> {
    const labels = await this.labelsOf(campaign);
    const counted = await rows<Omit<CampaignLink, 'label'>>(
      this.database,
      `/* linksOfCampaign */ SELECT link AS place, people, clicks, bot_clicks AS "botClicks" FROM campaign_link_clicks
       WHERE campaign_id = $1 ORDER BY link`,
      [campaign.id],
    );
    const unopened = labels
      .map((_, place) => ({ place, people: 0, clicks: 0, botClicks: 0 }))
      .filter(({ place }) => !counted.some((one) => one.place === place));
    return [...counted, ...unopened]
      .sort((a, b) => a.place - b.place)
      .map((one) => ({ ...one, label: labels[one.place] ?? `Link ${one.place + 1}` }));
  }

  private async labelsOf({ businessId, templateId, linkUrl, messageText }: Campaign): Promise<string[]> {
    if (!linkUrl) return [];
    if (!templateId) return messageText?.includes('{{link') ? ['Link'] : [];
    const template = await this.catalog.template(businessId, templateId);
    return trackedLabels(shapeOf(template.components, this.publicUrl));
  }
}
