// Senders, contacts and campaigns, ready to be sent: everything before the part that is measured.
import { product } from '../rig.mjs';

const { AccountsService } = product('../dist/accounts/accounts.service');
const { Role, Viewer } = product('../dist/accounts/viewer');
const { AudienceService } = product('../dist/audience/audience.service');
const { CatalogService } = product('../dist/catalog/catalog.service');
const { CampaignService } = product('../dist/campaigns/campaign.service');
const { Materialiser } = product('../dist/delivery/materialise');
const { WhatsAppClient } = product('../dist/whatsapp/client');
const { loadConfig } = product('../dist/config');

const operator = new Viewer('bench', Role.OPERATOR, new Set(), Number.MAX_SAFE_INTEGER);
/** Nothing is to happen yet: the worker that starts later finds the campaigns by its sweep. */
const later = { materialise: async () => undefined, send: async () => undefined };
const unheard = async () => undefined;

/** Active campaigns with `recipients` people in all, one campaign for each number; returns their ids. */
export async function addCampaigns({ env, database, log }, recipients, numbers) {
  const config = loadConfig(env, 'api');
  const whatsapp = new WhatsAppClient({ ...config.whatsapp, connections: 2 });
  const accounts = new AccountsService(database, config.encryptionKey);
  const audiences = new AudienceService(database);
  const catalog = new CatalogService(database, accounts, whatsapp);
  const campaigns = new CampaignService(database, accounts, audiences, catalog, later, unheard, log, {
    publicUrl: config.publicUrl,
    attempts: config.delivery.attempts,
  });
  const materialiser = new Materialiser(database, audiences, later, unheard);
  const business = await accounts.createBusiness({ name: 'Bench', timezone: 'UTC', defaultCountry: 'IN' });
  await addCustomers(database, business.id, recipients, numbers);
  const ids = [];
  for (let i = 0; i < numbers; i++) {
    const sender = await accounts.createSender(operator, {
      businessId: business.id,
      phoneNumberId: String(1_000_000 + i),
      wabaId: '55501',
      displayPhoneNumber: `+91 22 4000 ${i}`,
      accessToken: 'EAABench',
      messagesPerSecond: 1000,
    });
    const { id } = await campaigns.createCampaign(operator, {
      businessId: business.id,
      campaignName: `Bench ${i}`,
      campaignType: 'PROMOTIONAL',
      channel: 'WHATSAPP',
      audienceType: 'CUSTOMERS',
      audienceFilter: { tags: [`group-${i}`] },
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{firstName|there}}'],
      linkUrl: 'https://shop.example.com/',
      senderId: sender.id,
      onUnconfirmed: 'HOLD',
    });
    await campaigns.sendCampaign(operator, id);
    await materialiser.materialise(id);
    ids.push(id);
  }
  await whatsapp.close();
  return ids;
}

async function addCustomers(database, businessId, count, groups) {
  await database.query(
    `INSERT INTO customers (business_id, name, phone, phone_e164, email, tags)
     SELECT $1, 'Customer ' || i, '+9198' || lpad(i::text, 8, '0'), '+9198' || lpad(i::text, 8, '0'),
       'customer' || i || '@example.com', ARRAY['group-' || (i % $3)]
     FROM generate_series(1, $2::int) i`,
    [businessId, count, groups],
  );
  await database.query('ANALYZE customers');
}
