import type { App } from '../support/app';
import { createDraft } from './draft';

/** A condition of each control of the builder, in groups; incomplete ones cannot stand in an address. */
const manyFilters = JSON.stringify({
  or: [
    { kind: 'LEAD', status: ['NEW'] },
    { kind: 'CUSTOMER', totalSpent: { gte: '5', lte: '90' } },
    { not: { or: [{ tags: ['vip'] }, { attributes: [{ name: 'विशेष', contains: 'a' }] }] } },
  ],
  not: { hasEmail: false },
});

export interface Screen {
  address: string;
  heading: string;
  /** The heading is a name of the test's data, the same in every language. */
  named?: boolean;
}

/** Every screen: its address, and the heading that it shows in English. A new screen has a line here. */
export const screens: Screen[] = [
  { address: '/campaigns', heading: 'Campaigns' },
  { address: '/campaigns?status=PAUSED', heading: 'Campaigns' },
  { address: '/campaigns?sort=NAME&search=zz', heading: 'Campaigns' },
  { address: '/campaigns/new/audience', heading: 'Audience' },
  { address: '/campaigns/new/message', heading: 'Message' },
  { address: '/campaigns/new/when', heading: 'When' },
  { address: '/campaigns/new/review', heading: 'Review' },
  { address: '/contacts', heading: 'Contacts' },
  { address: '/contacts?kind=customers', heading: 'Contacts' },
  { address: '/contacts/new', heading: 'New contact' },
  { address: '/contacts/new?kind=customers', heading: 'New contact' },
  { address: '/segments', heading: 'Segments' },
  { address: '/segments/new', heading: 'New segment' },
  { address: `/segments/new?filter=${encodeURIComponent(manyFilters)}`, heading: 'New segment' },
  { address: '/imports', heading: 'Imports' },
  { address: '/imports/new', heading: 'New import' },
  { address: '/imports/new?kind=optouts', heading: 'New import' },
  { address: '/opt-outs', heading: 'Opt-outs' },
  { address: '/opt-outs/new', heading: 'Add opt-outs' },
  { address: '/templates', heading: 'Templates' },
  { address: '/templates/new', heading: 'New template' },
  { address: '/products', heading: 'Products' },
  { address: '/products/new', heading: 'New product' },
  { address: '/phone-numbers', heading: 'Phone numbers' },
  { address: '/phone-numbers/new', heading: 'Add a phone number' },
  { address: '/settings', heading: 'Settings' },
  { address: '/campaigns/not/there', heading: 'There is nothing at this address' },
];

/** Something to see on every screen. Names are of one or two words, or in Hindi: see the test of Hindi screens. Returns the screens of what it made. */
export async function fillScreens(app: App): Promise<Screen[]> {
  await app.addCustomers(30);
  const draft = await createDraft(app, 'दिवाली ऑफ़र');
  const sent = await createDraft(app, 'होली');
  await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id: sent });
  await app.data(`mutation ($id: ID!) { syncTemplates(businessId: $id) { id } }`, { id: app.businessId });
  await app.data(`mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }`, {
    input: { businessId: app.businessId, name: 'पुणे', audienceType: 'LEADS', filter: { city: ['Pune'] } },
  });
  await app.data(`mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`, {
    input: {
      businessId: app.businessId,
      name: 'साड़ी',
      price: '1499.50',
      currency: 'INR',
      imageUrl: 'https://cdn.example.com/saree.jpg',
    },
  });
  return [
    { address: `/campaigns/${draft}`, heading: 'दिवाली ऑफ़र', named: true },
    { address: `/campaigns/${sent}?outcome=SENT`, heading: 'होली', named: true },
  ];
}
