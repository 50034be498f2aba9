import type { EntityManager } from 'typeorm';
import type { Sender } from '../../accounts/sender.entity';
import { AudienceType } from '../../audience/audience';
import { AudienceService } from '../../audience/audience.service';
import { LeadQuality } from '../../audience/filter/filter';
import { CampaignStatus, CampaignType, Channel, UnconfirmedPolicy } from '../../campaigns/campaign';
import { Campaign } from '../../campaigns/campaign.entity';
import { checkContent } from '../../campaigns/content';
import type { ContentChoice } from '../../campaigns/content-choice';
import { sizeOf } from '../../campaigns/drafts/fixed-audience';
import { writeStatus } from '../../campaigns/lifecycle';
import { newLinkKey } from '../../campaigns/link';
import { checkSchedule } from '../../campaigns/schedule/check';
import { ScheduleTimeZone } from '../../campaigns/schedule/schedule';
import type { ScheduleInput } from '../../campaigns/schedule/schedule.graphql';
import { writeSchedule } from '../../campaigns/schedule/store';
import { momentOf, wallClockOf } from '../../campaigns/schedule/wall-clock';
import type { Product } from '../../catalog/products/product.entity';
import type { Template } from '../../catalog/templates/template.entity';
import { databaseNow } from '../../infra/database';

/** By this key the sale is found again, whatever somebody renames it to. */
export const saleKey = 'demo-weekend-sale';
const shop = 'https://shop.example.com';
const hourMs = 3_600_000;

/** What the campaigns are made of. */
export interface Stock {
  sender: Sender;
  zone: string;
  templates: readonly Template[];
  products: readonly Product[];
  publicUrl: string;
}

/**
 * A sale that starts as soon as a worker runs, a campaign of tomorrow, a draft that can be sent and one without a message.
 * Nothing is made up here: the sale is sent like any other campaign.
 * @returns the sale
 */
export async function seedCampaigns(transaction: EntityManager, stock: Stock): Promise<Campaign> {
  const { sender, zone } = stock;
  const now = await databaseNow(transaction);
  const audiences = new AudienceService(transaction);
  const draft = async (hoursAgo: number, campaign: Partial<Campaign>): Promise<Campaign> => {
    const row = {
      businessId: sender.businessId,
      senderId: sender.id,
      campaignType: CampaignType.PROMOTIONAL,
      channel: Channel.WHATSAPP,
      onUnconfirmed: UnconfirmedPolicy.HOLD,
      audienceFilter: {},
      segmentId: null,
      customRecipients: null,
      createdAt: new Date(now.getTime() - hoursAgo * hourMs),
      ...newLinkKey(),
      ...campaign,
    } as Campaign;
    const { total, excluded, holdout } = sizeOf(
      await audiences.count(await audiences.stored(row), transaction),
    );
    const counts = {
      totalRecipients: total,
      queuedCount: total,
      excludedCount: excluded,
      holdoutSize: holdout,
    };
    return transaction.getRepository(Campaign).save({ ...row, ...counts });
  };
  const schedule = async ({ id }: Campaign, input: ScheduleInput): Promise<void> => {
    const checked = checkSchedule(input, zone, now);
    await writeSchedule(transaction, id, checked, input.sendAt);
    const by = { actor: null, words: `Starts at ${checked.startsAt}` };
    await writeStatus(transaction, id, { status: CampaignStatus.SCHEDULED, statusReason: null, by });
  };

  await draft(3, {
    campaignName: 'New arrivals for hot leads',
    audienceType: AudienceType.LEADS,
    audienceFilter: { quality: [LeadQuality.HOT] },
    incomplete: true,
  });
  const gold = await draft(2, {
    campaignName: 'Festive offer for Gold members, in Hindi',
    audienceType: AudienceType.CUSTOMERS,
    audienceFilter: { attributes: [{ name: 'Loyalty', eq: 'Gold' }] },
    ...message(stock, 'festive_offer', 'hi', {
      templateParameters: ['{{firstName|जी}}', '25% की छूट'],
      productId: stock.products[0]?.id,
      linkUrl: `${shop}/gold`,
    }),
  });
  await schedule(gold, {
    sendAt: tomorrowAt(10, now, zone),
    timeZone: ScheduleTimeZone.BUSINESS,
    window: { from: '10:00', to: '19:00' },
  });
  await draft(1, {
    campaignName: 'Diwali offer for customers',
    audienceType: AudienceType.CUSTOMERS,
    audienceFilter: { totalOrders: { gte: 2 } },
    ...message(stock, 'festive_offer', 'en', {
      templateParameters: ['{{firstName|there}}', '25% off everything for Diwali'],
      productId: stock.products[2]?.id,
      linkUrl: `${shop}/diwali`,
    }),
  });
  const sale = await draft(0, {
    campaignName: 'Weekend sale in Maharashtra',
    idempotencyKey: saleKey,
    audienceType: AudienceType.LEADS,
    audienceFilter: { quality: [LeadQuality.HOT, LeadQuality.WARM], state: ['Maharashtra'] },
    holdoutPercent: '15',
    ...message(stock, 'weekend_sale', 'en', {
      templateParameters: ['{{firstName|there}}'],
      linkUrl: `${shop}/weekend`,
    }),
  });
  // a moment ahead: a schedule must not be in the past
  await schedule(sale, { sendAt: new Date(now.getTime() + 1) });
  return sale;
}

/** What a campaign with a template sends, checked as in createCampaign. */
function message(
  { templates, products, publicUrl }: Stock,
  name: string,
  language: string,
  choice: ContentChoice,
): Partial<Campaign> {
  const found = templates.find((one) => one.name === name && one.language === language);
  if (!found) throw new Error(`WhatsApp has no template ${name} (${language}) for the demo`);
  const named = { products: new Map(products.map((one) => [one.id, one])), media: new Map<string, never>() };
  return {
    templateId: found.id,
    whatsappTemplateName: name,
    whatsappTemplateLanguage: language,
    productId: choice.productId ?? null,
    ...checkContent(choice, found, named, publicUrl),
  };
}

function tomorrowAt(hour: number, now: Date, zone: string): Date {
  const today = wallClockOf(now, zone);
  return momentOf({ ...today, day: today.day + 1, hour, minute: 0, second: 0 }, zone);
}
