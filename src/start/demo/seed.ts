import type { DataSource, EntityManager } from 'typeorm';
import { AccountsService } from '../../accounts/accounts.service';
import { Business } from '../../accounts/business.entity';
import { encryptSecret } from '../../accounts/secrets';
import { Sender } from '../../accounts/sender.entity';
import { AudienceService } from '../../audience/audience.service';
import { AudienceType } from '../../audience/audience';
import { Campaign } from '../../campaigns/campaign.entity';
import { CampaignType, Channel, UnconfirmedPolicy } from '../../campaigns/campaign';
import { checkContent } from '../../campaigns/content';
import type { ContentChoice } from '../../campaigns/content-choice';
import { CatalogService } from '../../catalog/catalog.service';
import { Product } from '../../catalog/products/product.entity';
import type { Template } from '../../catalog/templates/template.entity';
import type { Config } from '../../config';
import type { Sql } from '../../infra/database';
import { newLinkKey } from '../../campaigns/link';
import { WhatsAppClient } from '../../whatsapp/client';
import { seedContacts, seedSegments } from './audience';
import { finishCampaign } from './finished-campaign';
import { demoProducts } from './people';

/** The demo business, as far as others need to know it. */
export interface Demo {
  businessId: string;
  businessName: string;
  /** For the simulator's register of accounts. */
  account: {
    wabaId: string;
    phoneNumberIds: string[];
    displayPhoneNumber: string;
    messagesPerSecond: number;
  };
}

const businessName = 'Mumbai Bazaar';
const account = {
  wabaId: '102290129340398',
  phoneNumberIds: ['106540352242922'],
  displayPhoneNumber: '+912240001234',
  messagesPerSecond: 80,
};
/** Below the number's 80 a second, so that a demo can be watched: the draft takes about half a minute. */
const messagesPerSecond = 40;
const country = 'IN';
const shop = 'https://shop.example.com';

/**
 * Fills an empty database: a business in Mumbai with leads, customers, products, templates, a finished campaign and
 * a draft. Finds it again when it is there; undefined when the database is another one's.
 */
export async function seedDemo(
  database: DataSource,
  config: Config,
  say: (line: string) => void,
): Promise<Demo | undefined> {
  const [known] = await database.getRepository(Business).find({ order: { createdAt: 'ASC' }, take: 1 });
  if (known && known.name !== businessName) return undefined;
  const whatsapp = new WhatsAppClient({ ...config.whatsapp, connections: 1 });
  try {
    if (known) {
      await refreshTemplates(database, config, whatsapp, known.id);
      return { businessId: known.id, businessName, account };
    }
    say('Filling the demo business: 2,000 leads, 1,500 customers, products, templates, campaigns ...');
    return await database.transaction(async (transaction) => {
      const { business, sender } = await seedAccounts(transaction, config);
      await seedContacts(transaction, business);
      const products = await seedProducts(transaction, business.id);
      const templates = await catalogOf(transaction, config, whatsapp).syncTemplates(business.id, [sender]);
      const finished = await seedCampaigns(transaction, sender, templates, products, config.publicUrl);
      await seedSegments(transaction, business.id, finished.id);
      return { businessId: business.id, businessName, account };
    });
  } finally {
    whatsapp.close();
  }
}

/** The tracked button holds PUBLIC_URL, which may be another one than at the last start. */
async function refreshTemplates(
  database: DataSource,
  config: Config,
  whatsapp: WhatsAppClient,
  businessId: string,
): Promise<void> {
  const senders = await database.getRepository(Sender).findBy({ businessId });
  await catalogOf(database, config, whatsapp).syncTemplates(businessId, senders);
}

/** Templates come from WhatsApp itself (here: the simulator), by the product's own way. */
function catalogOf(database: Sql, config: Config, whatsapp: WhatsAppClient): CatalogService {
  return new CatalogService(database, new AccountsService(database, config.encryptionKey), whatsapp);
}

async function seedAccounts(
  transaction: EntityManager,
  config: Config,
): Promise<{ business: Business; sender: Sender }> {
  const business = await transaction
    .getRepository(Business)
    .save({ name: businessName, timezone: 'Asia/Kolkata', defaultCountry: country } as Business);
  const sender = await transaction.getRepository(Sender).save({
    businessId: business.id,
    phoneNumberId: account.phoneNumberIds[0],
    wabaId: account.wabaId,
    displayPhoneNumber: account.displayPhoneNumber,
    accessTokenEncrypted: encryptSecret('EAADemoTokenOfMumbaiBazaar', config.encryptionKey),
    messagesPerSecond,
  } as Sender);
  return { business, sender };
}

function seedProducts(transaction: EntityManager, businessId: string): Promise<Product[]> {
  const products = demoProducts.map(({ name, price, image }) => ({
    businessId,
    name,
    price,
    currency: 'INR',
    imageUrl: `${shop}/images/${image}.jpg`,
    catalogId: '194836987003835',
    retailerId: `bazaar-${image}`,
  }));
  return transaction.getRepository(Product).save(products as Product[]);
}

async function seedCampaigns(
  transaction: EntityManager,
  sender: Sender,
  templates: Template[],
  products: Product[],
  publicUrl: string,
): Promise<Campaign> {
  const message = (name: string, language: string, choice: ContentChoice): Partial<Campaign> => {
    const found = templates.find((one) => one.name === name && one.language === language);
    if (!found) throw new Error(`WhatsApp has no template ${name} (${language}) for the demo`);
    return {
      templateId: found.id,
      whatsappTemplateName: name,
      whatsappTemplateLanguage: language,
      ...checkContent(choice, found, { products: new Map(), media: new Map() }, publicUrl),
    };
  };
  const audiences = new AudienceService(transaction);
  const draft = async (campaign: Partial<Campaign>): Promise<Campaign> => {
    const row = {
      businessId: sender.businessId,
      senderId: sender.id,
      campaignType: CampaignType.PROMOTIONAL,
      channel: Channel.WHATSAPP,
      onUnconfirmed: UnconfirmedPolicy.HOLD,
      audienceFilter: {},
      segmentId: null,
      customRecipients: null,
      ...newLinkKey(),
      ...campaign,
    } as Campaign;
    const { count, matched } = await audiences.count(await audiences.stored(row), transaction);
    const counts = { totalRecipients: count, queuedCount: count, excludedCount: matched - count };
    return transaction.getRepository(Campaign).save({ ...row, ...counts });
  };
  const finished = await draft({
    campaignName: 'Weekend sale, hot and warm leads',
    audienceType: AudienceType.LEADS,
    audienceFilter: { quality: ['HOT' as never, 'WARM' as never], city: ['Mumbai'] },
    ...message('weekend_sale', 'en', {
      templateParameters: ['{{firstName|there}}'],
      linkUrl: `${shop}/weekend`,
    }),
  });
  await finishCampaign(transaction, finished, await audiences.stored(finished));
  await draft({
    campaignName: 'Diwali offer for customers',
    audienceType: AudienceType.CUSTOMERS,
    audienceFilter: { totalOrders: { gte: 2 } },
    ...message('festive_offer', 'en', {
      templateParameters: ['{{firstName|there}}', '25% off everything for Diwali'],
      mediaUrl: products[2]?.imageUrl ?? null,
      linkUrl: `${shop}/diwali`,
    }),
    productId: products[2]?.id ?? null,
  });
  return finished;
}
