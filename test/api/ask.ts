import type { App, GraphqlResult } from '../support/app';
import { openWindows } from '../support/windows';

/** The error of a refused request. */
export interface Refusal {
  code: string;
  field: string | undefined;
  message: string;
}

/** Makes a request that must fail with one error, and returns it; `token: null` sends no token. */
export async function refusal(
  app: App,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string | null,
): Promise<Refusal> {
  return refusalOf(await app.graphql(query, variables, token));
}

export function refusalOf({ data, errors }: GraphqlResult<unknown>): Refusal {
  const [error] = errors ?? [];
  if (!error) throw new Error(`The request should have been refused; it returned ${JSON.stringify(data)}`);
  return { code: error.extensions.code, field: error.extensions.field, message: error.message };
}

/** Posts a body unchanged, for requests that `App.graphql` cannot make. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Documents of the mutations with an input. */
export const documents = {
  previewAudience: `mutation ($input: PreviewAudienceInput!) {
    previewAudience(input: $input) { count matched excluded { reason count } sample { name phone email } } }`,
  createCampaign: `mutation ($input: CreateCampaignInput!) {
    createCampaign(input: $input) { id status totalRecipients linkUrl mediaUrl mediaType notices stats { excludedCount } } }`,
  createBusiness: `mutation ($input: CreateBusinessInput!) { createBusiness(input: $input) { id name timezone defaultCountry } }`,
  createSender: `mutation ($input: CreateSenderInput!) { createSender(input: $input) { id messagesPerSecond } }`,
  createContact: `mutation ($input: CreateContactInput!) { createContact(input: $input) { id phoneE164 } }`,
  createSegment: `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id name } }`,
  createProduct: `mutation ($input: CreateProductInput!) { createProduct(input: $input) { id price imageUrl } }`,
  recordConversion: `mutation ($input: RecordConversionInput!) { recordConversion(input: $input) { duplicate campaignId } }`,
} as const;

export const sendCampaign = `mutation ($id: ID!) { sendCampaign(campaignId: $id) { status totalRecipients message } }`;

const statsOf = `query ($id: ID!) { campaignStats(campaignId: $id) {
  status version totalRecipients queuedCount sentCount deliveredCount readCount failedCount skippedCount unconfirmedCount
  excludedCount clickedCount convertedCount optedOutCount deliveryRate clickRate conversionRate } }`;

export interface Stats {
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
  excludedCount: number;
  clickedCount: number;
  convertedCount: number;
  optedOutCount: number;
  deliveryRate: number | null;
  clickRate: number | null;
  conversionRate: number | null;
}

export async function stats(app: App, id: string): Promise<Stats> {
  return (await app.data<{ campaignStats: Stats }>(statsOf, { id })).campaignStats;
}

/** Creates a campaign to custom recipients with a free-form text, unless `more` says otherwise. @returns its id */
export async function createCampaign(
  app: App,
  phones: readonly string[],
  rest: Record<string, unknown> = {},
): Promise<string> {
  await openWindows(
    app,
    app.businessId,
    phones.map((phone) => ({ phone })),
  );
  const { createCampaign: created } = await app.data<{ createCampaign: { id: string } }>(
    documents.createCampaign,
    {
      input: {
        businessId: app.businessId,
        campaignName: 'A campaign of the tests',
        campaignType: 'PROMOTIONAL',
        audienceType: 'CUSTOM',
        customRecipients: phones.map((phone, i) => ({ name: `Person ${i}`, phone })),
        ...(rest.whatsappTemplateName ? {} : { messageText: 'Hello {{name}}' }),
        ...rest,
      },
    },
  );
  return created.id;
}
