// Prepares a benchmark: creates a business, its contacts and its campaigns through the product.
import { product } from './rig.mjs';

const { AccountsService } = product('../dist/accounts/accounts.service.js');
const { Role, Viewer } = product('../dist/accounts/viewer.js');
const { AudienceService } = product('../dist/audience/audience.service.js');
const { CatalogService } = product('../dist/catalog/catalog.service.js');
const { CampaignService } = product('../dist/campaigns/campaign.service.js');
const { MessagingLimits } = product('../dist/accounts/messaging-limit.js');
const { ForecastService } = product('../dist/campaigns/forecast/forecast.service.js');
const { readRateCard } = product('../dist/campaigns/forecast/rate-card.js');
const { DraftAudience } = product('../dist/campaigns/drafts/draft-audience.js');
const { DraftChecks } = product('../dist/campaigns/drafts/draft-checks.js');
const { DraftService } = product('../dist/campaigns/drafts/draft.service.js');
const { DeliveryControlService } = product('../dist/delivery/control/delivery-control.service.js');
const { CampaignStarter } = product('../dist/delivery/control/start.js');
const { insertRecipients, Materialiser } = product('../dist/delivery/materialise.js');
const { WhatsAppClient } = product('../dist/whatsapp/client.js');
const { loadConfig } = product('../dist/config.js');
const { rows } = product('../dist/infra/database.js');

const operator = new Viewer('bench', Role.OPERATOR, new Set(), Number.MAX_SAFE_INTEGER);
/** Enqueues nothing: the worker that starts later finds the campaigns by its sweep. */
const queue = { materialise: async () => undefined, send: async () => undefined };
const publish = async () => undefined;

/** A business with as many groups of contacts as WhatsApp numbers, so that each campaign has a group of its own. */
export async function openBusiness(
  { env, database, log, atEnd },
  { contacts, numbers, messagesPerSecond = 1000 },
) {
  const config = loadConfig(env, 'api');
  const whatsapp = new WhatsAppClient({ ...config.whatsapp, connections: 2 });
  atEnd(() => whatsapp.close());
  const accounts = new AccountsService(database, config.encryptionKey);
  const audiences = new AudienceService(database);
  const catalog = new CatalogService(database, accounts, whatsapp, () => Promise.resolve());
  const { publicUrl } = config;
  const campaigns = new CampaignService(database, accounts, catalog, { publicUrl });
  const checks = new DraftChecks(accounts, audiences, catalog, publicUrl);
  const people = new DraftAudience(database, audiences, catalog);
  const drafts = new DraftService(database, campaigns, accounts, people, checks, insertRecipients);
  const starter = new CampaignStarter(database, campaigns, audiences, publish);
  const card = readRateCard(config.rateCard);
  const limits = new MessagingLimits(database, accounts, whatsapp, log);
  const forecasts = new ForecastService(database, accounts, people, limits, card);
  const control = new DeliveryControlService(
    database,
    campaigns,
    starter,
    forecasts,
    card,
    queue,
    publish,
    log,
  );
  const materialiser = new Materialiser(database, audiences, queue, publish, card);
  const { id: businessId } = await accounts.createBusiness({
    name: 'Bench',
    timezone: 'UTC',
    defaultCountry: 'IN',
  });
  await addCustomers(database, businessId, contacts, numbers);
  const senders = [];
  for (let i = 0; i < numbers; i++) {
    senders.push(
      await accounts.createSender(operator, {
        businessId,
        phoneNumberId: String(1_000_000 + i),
        wabaId: '55501',
        displayPhoneNumber: `+91 22 4000 ${i}`,
        accessToken: 'EAABench',
        messagesPerSecond,
      }),
    );
  }

  /** An active campaign from the i-th number to the i-th group, whose audience is not materialised yet. */
  async function addCampaign(i) {
    const { id } = await drafts.createCampaign(operator, {
      businessId,
      campaignName: `Bench ${i}`,
      campaignType: 'PROMOTIONAL',
      channel: 'WHATSAPP',
      audienceType: 'CUSTOMERS',
      audienceFilter: { tags: [groupName(i)] },
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{firstName|there}}'],
      linkUrl: 'https://shop.example.com/',
      senderId: senders[i].id,
      onUnconfirmed: 'HOLD',
    });
    await control.sendCampaign(operator, id, ['MESSAGING_LIMIT']);
    return id;
  }

  const materialise = (id) => materialiser.materialise(id);

  /** A campaign from each number, with its audience materialised. */
  async function addCampaigns() {
    const ids = [];
    for (let i = 0; i < numbers; i++) ids.push(await addCampaign(i));
    for (const id of ids) await materialise(id);
    return ids;
  }

  return { id: businessId, addCampaign, addCampaigns, materialise };
}

export const groupName = (i) => `group-${i}`;

/** Phone numbers in random order, as contacts are stored: multiplication with a prime is a permutation. */
async function addCustomers(database, businessId, count, groups) {
  await database.query(
    `INSERT INTO customers (business_id, name, phone, phone_e164, email, tags)
     SELECT $1, 'Customer ' || i, phone, phone, 'customer' || i || '@example.com', ARRAY['group-' || (i % $3)]
     FROM generate_series(1, $2::int) i, LATERAL (
       SELECT '+9198' || lpad((i * 48271::bigint % 99999989)::text, 8, '0')) made (phone)`,
    [businessId, count, groups],
  );
  // afterwards no reader of the table has to write its hint bits
  await database.query('VACUUM ANALYZE customers');
}

/** Campaigns prepared while a worker runs stay paused until all start at the same moment. */
export async function hold(database, ids) {
  await rows(database, `UPDATE campaigns SET status = 'PAUSED' WHERE id = ANY ($1)`, [ids]);
}

export async function release(database, ids) {
  await rows(database, `UPDATE campaigns SET status = 'ACTIVE' WHERE id = ANY ($1)`, [ids]);
}

/** Resolves when all recipients of these campaigns have been sent to. */
export async function completed(database, ids) {
  for (;;) {
    const [{ left }] = await rows(
      database,
      `SELECT count(*)::int AS left FROM campaigns WHERE id = ANY ($1) AND status <> 'COMPLETED'`,
      [ids],
    );
    if (left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
