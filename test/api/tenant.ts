import { randomInt } from 'node:crypto';
import { Role } from '../../src/accounts/viewer';
import type { App } from '../support/app';
import { documents } from './ask';

/** One object of each kind that has an id, of one business. */
export interface Tenant {
  businessId: string;
  senderId: string;
  templateId: string;
  productId: string;
  segmentId: string;
  campaignId: string;
  contactId: string;
  importId: string;
  mediaId: string;
}

/** The access token of senders by {@link createTenant}, which the API must never return. */
export const canary = 'EAACanaryTokenThatNobodyMaySee';

/** Creates another business, as an operator does. */
export async function createTenant(app: App): Promise<Tenant> {
  const token = await app.token({ role: Role.OPERATOR });
  const { createBusiness } = await app.data<{ createBusiness: { id: string } }>(
    documents.createBusiness,
    { input: { name: 'Next Door Stores', defaultCountry: 'IN' } },
    token,
  );
  const { createSender } = await app.data<{ createSender: { id: string } }>(
    documents.createSender,
    {
      input: {
        businessId: createBusiness.id,
        phoneNumberId: String(randomInt(1e9, 1e10)),
        wabaId: String(randomInt(1e9, 1e10)),
        displayPhoneNumber: '+91 22 4000 9999',
        accessToken: canary,
      },
    },
    token,
  );
  return createTenantObjects(app, createBusiness.id, createSender.id);
}

/** Creates one object of each kind for a business that has a sender. */
export async function createTenantObjects(app: App, businessId: string, senderId: string): Promise<Tenant> {
  const token = await app.token({ role: Role.OPERATOR });
  const { syncTemplates } = await app.data<{ syncTemplates: { id: string; name: string }[] }>(
    `mutation ($id: ID!) { syncTemplates(businessId: $id) { id name } }`,
    { id: businessId },
    token,
  );
  const { createProduct } = await app.data<{ createProduct: { id: string } }>(
    documents.createProduct,
    { input: { businessId, name: 'Saree', imageUrl: 'https://shop.example.com/saree.jpg' } },
    token,
  );
  const { createSegment } = await app.data<{ createSegment: { id: string } }>(
    documents.createSegment,
    { input: { businessId, name: 'Everybody', audienceType: 'ALL' } },
    token,
  );
  const { createContact } = await app.data<{ createContact: { id: string } }>(
    documents.createContact,
    { input: { businessId, kind: 'LEAD', name: 'Asha', phone: '+919876500001' } },
    token,
  );
  const { createCampaign } = await app.data<{ createCampaign: { id: string } }>(
    documents.createCampaign,
    {
      input: {
        businessId,
        campaignName: 'Hello',
        campaignType: 'ANNOUNCEMENT',
        audienceType: 'CUSTOM',
        customRecipients: [{ name: 'Asha', phone: '+919876500001' }],
        messageText: 'Hello',
      },
    },
    token,
  );
  const imported = await fetch(`${app.url}/imports?businessId=${businessId}&kind=leads`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` },
    body: 'name,phone\nAsha,+919876500001\n',
  });
  const { importId } = (await imported.json()) as { importId: string };
  const kept = await fetch(`${app.url}/media?businessId=${businessId}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', authorization: `Bearer ${token}` },
    body: 'Prices',
  });
  const { mediaId } = (await kept.json()) as { mediaId: string };
  const template = syncTemplates.find(({ name }) => name === 'hello_world');
  if (!template) throw new Error('The simulator has no template hello_world');
  return {
    businessId,
    senderId,
    templateId: template.id,
    productId: createProduct.id,
    segmentId: createSegment.id,
    campaignId: createCampaign.id,
    contactId: createContact.id,
    importId,
    mediaId,
  };
}
