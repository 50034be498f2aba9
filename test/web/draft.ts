import type { App } from '../support/app';

/** A draft for all customers with a template, from the first number unless another is named; returns its id. */
export async function createDraft(app: App, campaignName: string, senderId?: string): Promise<string> {
  const { createCampaign } = await app.data<{ createCampaign: { id: string } }>(
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id } }`,
    {
      input: {
        businessId: app.businessId,
        campaignName,
        senderId,
        campaignType: 'PROMOTIONAL',
        audienceType: 'CUSTOMERS',
        whatsappTemplateName: 'festive_offer',
        whatsappTemplateLanguage: 'en',
        templateParameters: ['{{name}}', '70% OFF'],
        mediaUrl: 'https://cdn.example.com/banner.jpg',
        mediaType: 'IMAGE',
        linkUrl: 'https://shop.example.com/diwali',
      },
    },
  );
  return createCampaign.id;
}
