import type { App } from '../support/app';

/** A draft for all customers with a free-form text; returns its id. */
export async function createDraft(app: App, campaignName: string): Promise<string> {
  const { createCampaign } = await app.data<{ createCampaign: { id: string } }>(
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id } }`,
    {
      input: {
        businessId: app.businessId,
        campaignName,
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
