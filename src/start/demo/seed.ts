import type { DataSource, EntityManager } from 'typeorm';
import { AccountsService } from '../../accounts/accounts.service';
import { Business } from '../../accounts/business.entity';
import { encryptSecret } from '../../accounts/secrets';
import { Sender } from '../../accounts/sender.entity';
import { Campaign } from '../../campaigns/campaign.entity';
import { CatalogService } from '../../catalog/catalog.service';
import { storeMedia } from '../../catalog/media/media-store';
import { Product } from '../../catalog/products/product.entity';
import type { Config } from '../../config';
import type { Sql } from '../../infra/database';
import { WhatsAppClient } from '../../whatsapp/client';
import { seedContacts, seedSegments } from './audience';
import { saleKey, seedCampaigns } from './campaigns';
import { demoProducts } from './people';
import { pictureOf } from './pictures';

/** The demo business, as far as others need to know it. */
export interface Demo {
  businessId: string;
  businessName: string;
  /** The campaign that is sent at the first start; undefined in a demo that was made before there was one. */
  saleId: string | undefined;
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
const zone = 'Asia/Kolkata';

/**
 * Fills an empty database: a business in Mumbai with leads, customers, products, templates, and campaigns: one that is sent at once, one of
 * tomorrow, and drafts. Finds it again when it is there; undefined when the database is another one's.
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
      const sale = await database
        .getRepository(Campaign)
        .findOneBy({ businessId: known.id, idempotencyKey: saleKey });
      return { businessId: known.id, businessName, saleId: sale?.id, account };
    }
    say('Filling the demo business: 2,000 leads, 1,500 customers, products, templates, campaigns ...');
    return await database.transaction(async (transaction) => {
      const { business, sender } = await seedAccounts(transaction, config);
      await seedContacts(transaction, business);
      const products = await seedProducts(transaction, business.id);
      const templates = await catalogOf(transaction, config, whatsapp).syncTemplates(business.id, [sender]);
      const stock = { sender, zone, templates, products, publicUrl: config.publicUrl };
      const sale = await seedCampaigns(transaction, stock);
      await seedSegments(transaction, business.id, sale.id);
      return { businessId: business.id, businessName, saleId: sale.id, account };
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
  const accounts = new AccountsService(database, config.encryptionKey);
  // no campaign is active yet
  return new CatalogService(database, accounts, whatsapp, () => Promise.resolve());
}

async function seedAccounts(
  transaction: EntityManager,
  config: Config,
): Promise<{ business: Business; sender: Sender }> {
  const business = await transaction
    .getRepository(Business)
    .save({ name: businessName, timezone: zone, defaultCountry: country } as Business);
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

async function seedProducts(transaction: EntityManager, businessId: string): Promise<Product[]> {
  const products: Partial<Product>[] = [];
  for (const { name, price, image } of demoProducts) {
    const { id: mediaId } = await storeMedia(transaction, businessId, 'image/png', pictureOf(image));
    const catalogue = { catalogId: '194836987003835', retailerId: `bazaar-${image}` };
    products.push({ businessId, name, price, currency: 'INR', mediaId, ...catalogue });
  }
  return transaction.getRepository(Product).save(products as Product[]);
}
