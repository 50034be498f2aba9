import type { App, GraphqlResult, LedgerMessage } from './app';
import { waitFor } from './wait';
import { openWindows } from './windows';

/** The answer of `campaignStats`. */
export interface Stats {
  id: string;
  status: string;
  version: number;
  totalRecipients: number;
  queuedCount: number;
  sentCount: number;
  deliveredCount: number;
  readCount: number;
  failedCount: number;
  skippedCount: number;
  unconfirmedCount: number;
  heldCount: number;
  excludedCount: number;
  clickedCount: number;
  convertedCount: number;
  repliedCount: number;
  optedOutCount: number;
  clicks: number;
  botClicks: number;
  revenue: { amount: string; currency: string }[];
  cost: { amount: string; currency: string }[];
  deliveryRate: number | null;
  startedAt: string | null;
  completedAt: string | null;
}

export const statsFields = `id campaignId status version totalRecipients queuedCount sentCount deliveredCount readCount
  failedCount skippedCount unconfirmedCount heldCount excludedCount clickedCount convertedCount optedOutCount repliedCount clicks botClicks
  revenue { amount currency } cost { amount currency } deliveryRate clickRate conversionRate startedAt completedAt updatedAt`;

/** A row of campaign_recipients. */
export interface Recipient {
  seq: number;
  phone: string;
  status: string;
  attempts: number;
  claim_no: number;
  wamid: string | null;
  error_code: number | null;
  error_message: string | null;
  excluded_reason: string | null;
}

export interface Payload {
  campaignId: string;
  status: string;
  totalRecipients: number;
  message: string;
}

/** The `i`th phone of the tests, below 100,000; each test uses a range of its own. */
export function phoneOf(i: number): string {
  return `+9198200${String(i).padStart(5, '0')}`;
}

export function people(count: number, from = 0): { name: string; phone: string; email: string }[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `Person ${from + i}`,
    phone: phoneOf(from + i),
    email: `person${from + i}@example.com`,
  }));
}

/**
 * Creates a draft to custom recipients with a free-form text, unless the input says otherwise. Everybody's 24-hour window
 * is opened before. @returns its id
 */
export async function createCampaign(app: App, input: Record<string, unknown>): Promise<string> {
  const content =
    'whatsappTemplateName' in input || 'messageText' in input ? {} : { messageText: 'Hi {{name}}' };
  const { customRecipients = [] } = input as { customRecipients?: { phone: string }[] };
  await openWindows(app, app.businessId, customRecipients);
  const { createCampaign: created } = await app.data<{ createCampaign: { id: string } }>(
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id } }`,
    {
      input: {
        businessId: app.businessId,
        campaignName: 'Test',
        campaignType: 'PROMOTIONAL',
        audienceType: 'CUSTOM',
        ...content,
        ...input,
      },
    },
  );
  return created.id;
}

export async function sendCampaign(app: App, id: string): Promise<Payload> {
  await openWindows(app, app.businessId);
  const { sendCampaign: sent } = await app.data<{ sendCampaign: Payload }>(
    `mutation ($id: ID!) { sendCampaign(campaignId: $id) { campaignId status totalRecipients message } }`,
    { id },
  );
  return sent;
}

/** Creates and starts a campaign. @returns its id */
export async function startCampaign(app: App, input: Record<string, unknown>): Promise<string> {
  const id = await createCampaign(app, input);
  await sendCampaign(app, id);
  return id;
}

export async function retryFailed(app: App, id: string): Promise<Payload> {
  const { retryFailed: retried } = await app.data<{ retryFailed: Payload }>(
    `mutation ($id: ID!) { retryFailed(campaignId: $id) { campaignId status totalRecipients message } }`,
    { id },
  );
  return retried;
}

export async function resendUnconfirmed(app: App, id: string): Promise<Payload> {
  const { resendUnconfirmed: resent } = await app.data<{ resendUnconfirmed: Payload }>(
    `mutation ($id: ID!) { resendUnconfirmed(campaignId: $id) { campaignId status totalRecipients message } }`,
    { id },
  );
  return resent;
}

export type Action = 'pauseCampaign' | 'resumeCampaign' | 'cancelCampaign';

/** Calls pauseCampaign, resumeCampaign or cancelCampaign; returns GraphQL errors instead of throwing them. */
export function act(
  app: App,
  action: Action,
  id: string,
): Promise<GraphqlResult<Record<Action, { status: string; statusReason: string | null }>>> {
  return app.graphql(`mutation ($id: ID!) { ${action}(campaignId: $id) { status statusReason } }`, { id });
}

export async function stats(app: App, id: string): Promise<Stats> {
  const { campaignStats } = await app.data<{ campaignStats: Stats }>(
    `query ($id: ID!) { campaignStats(campaignId: $id) { ${statsFields} } }`,
    { id },
  );
  return campaignStats;
}

export async function statusReason(app: App, id: string): Promise<string | null> {
  const { campaign } = await app.data<{ campaign: { statusReason: string | null } }>(
    `query ($id: ID!) { campaign(id: $id) { statusReason } }`,
    { id },
  );
  return campaign.statusReason;
}

/** Waits until the campaign has a status; COMPLETED by default. */
export function reached(app: App, id: string, status = 'COMPLETED', timeoutMs = 20_000): Promise<Stats> {
  return waitFor(
    async () => {
      const now = await stats(app, id);
      if (now.status !== status) throw new Error(JSON.stringify(now));
      return now;
    },
    { what: `the campaign is ${status}`, timeoutMs },
  );
}

/** Waits until WhatsApp has delivered all webhooks and the product has accepted them. */
export async function webhooksDelivered(app: App, timeoutMs = 15_000): Promise<void> {
  await waitFor(
    async () => {
      const { pendingEvents, pendingWebhooks } = await summary(app);
      return pendingEvents + pendingWebhooks === 0;
    },
    { what: 'all webhooks are delivered', timeoutMs },
  );
}

export interface Summary {
  accepted: number;
  duplicates: number;
  attempts: number;
  refusedByCode: Record<string, number>;
  maxPerSecond: Record<string, number>;
  pendingEvents: number;
  pendingWebhooks: number;
}

export function summary(app: App): Promise<Summary> {
  return app.steer<Summary>('GET', 'summary');
}

/** A ledger entry with the fields that LedgerMessage lacks. */
export type Accepted = LedgerMessage & {
  phoneNumberId: string;
  template: { name: string } | null;
  mediaUrl: string | null;
};

/** The messages of a campaign that WhatsApp accepted. With `fields` only those, so that the simulator need not render. */
export async function accepted(app: App, id: string, fields?: (keyof Accepted)[]): Promise<Accepted[]> {
  const found: Accepted[] = [];
  const path = `messages?limit=10000&callbackData=${encodeURIComponent(`${id}:*`)}`;
  for (let next: number | null = 0; next !== null;) {
    const query: string = `${path}&after=${next}${fields ? `&fields=${fields.join(',')}` : ''}`;
    const page = await app.steer<{ messages: Accepted[]; next: number | null }>('GET', query);
    found.push(...page.messages);
    next = page.next;
  }
  return found;
}

/** How many messages WhatsApp accepted for a campaign. */
export async function acceptedCount(app: App, id: string): Promise<number> {
  const path = `messages?limit=1&fields=id&callbackData=${encodeURIComponent(`${id}:*`)}`;
  return (await app.steer<{ total: number }>('GET', path)).total;
}

export function recipients(app: App, id: string): Promise<Recipient[]> {
  return app.database.query(
    `SELECT seq, phone, status, attempts, claim_no, wamid, error_code, error_message, excluded_reason
     FROM campaign_recipients WHERE campaign_id = $1 ORDER BY seq`,
    [id],
  );
}

export async function recipient(app: App, id: string, phone: string): Promise<Recipient> {
  const found = (await recipients(app, id)).find((row) => row.phone === phone && row.status !== 'EXCLUDED');
  if (!found) throw new Error(`The campaign has no recipient ${phone}`);
  return found;
}

/** Adds another WhatsApp number to the test's business. */
export async function addSender(
  app: App,
  messagesPerSecond: number,
): Promise<{ id: string; phoneNumberId: string }> {
  const digits = () => String(1e9 + Math.floor(Math.random() * 9e9));
  const { createSender } = await app.data<{ createSender: { id: string; phoneNumberId: string } }>(
    `mutation ($input: CreateSenderInput!) { createSender(input: $input) { id phoneNumberId } }`,
    {
      input: {
        businessId: app.businessId,
        phoneNumberId: digits(),
        wabaId: digits(),
        displayPhoneNumber: '+91 22 4000 9999',
        accessToken: 'EAATestToken2',
        messagesPerSecond,
      },
    },
  );
  return createSender;
}
