import { App } from '../support/app';
import { documents, refusal } from './ask';

/** Values that createCampaign and previewMessage refuse, with the field and what was expected. */

const image = 'https://cdn.example.com/a.jpg';
const text = (key: string, value: unknown = 'a') => ({ key, value });
const body1 = text('body.1');
const header = { key: 'header', mediaUrl: image };
const place = { latitude: 19, longitude: 72, name: 'Shop', address: 'Marine Drive' };
const flash = [header, body1, text('body.2'), text('button.0', 'CODE')];
const ends = (value: string) => [...flash, text('offer.expiresAt', value)];

type Wrong = [what: string, template: string, input: Record<string, unknown>, field: string, says: RegExp];
const values = (...templateValues: unknown[]) => ({ templateValues });

const wrong: Wrong[] = [
  ['a key that is none', 'call_us', values(text('body.2')), 'input.templateValues.0.key', /one of body\.1/],
  [
    'a value for a phone button',
    'call_us',
    values(body1, text('button.0')),
    'input.templateValues.1.key',
    /one of body\.1/,
  ],
  [
    'a value for a voice-call button',
    'call_us',
    values(body1, text('button.1')),
    'input.templateValues.1.key',
    /one of body\.1/,
  ],
  ['a key twice', 'call_us', values(body1, body1), 'input.templateValues.1.key', /each key once/],
  ['a missing key', 'price_list', values(header, body1), 'input.templateValues', /a value for body\.2/],
  ['a missing header', 'price_list', values(body1, text('body.2')), 'input.templateValues', /for header/],
  [
    'an empty text',
    'call_us',
    values(text('body.1', ' ')),
    'input.templateValues.0.value',
    /refuses an empty/,
  ],
  ['no text', 'call_us', values({ key: 'body.1' }), 'input.templateValues.0.value', /refuses an empty/],
  [
    'a text without visible characters',
    'call_us',
    values(text('body.1', '\u200b\n\u2060')),
    'input.templateValues.0.value',
    /refuses an empty/,
  ],
  [
    'a text of 1,025 characters',
    'call_us',
    values(text('body.1', 'x'.repeat(1025))),
    'input.templateValues.0.value',
    /at most 1024/,
  ],
  [
    'a text that is too long with the rest',
    'call_us',
    values(text('body.1', 'x'.repeat(1000))),
    'input.templateValues.0.value',
    /the body has at least 10\d\d characters, and WhatsApp allows 1024/,
  ],
  ['a NUL', 'call_us', values(text('body.1', 'a\0')), 'input.templateValues.0.value', /NUL/],
  [
    'an unknown placeholder',
    'call_us',
    values(text('body.1', '{{nick}}')),
    'input.templateValues.0.value',
    /not \{\{nick\}\}/,
  ],
  [
    'a field of another kind',
    'call_us',
    values({ key: 'body.1', mediaUrl: image }),
    'input.templateValues.0.mediaUrl',
    /body\.1 is TEXT, which takes value/,
  ],
  [
    'both for one key',
    'price_list',
    { ...values(header, text('body.2')), templateParameters: ['a', 'b'] },
    'input.templateValues.1.value',
    /templateParameters\.1 gives body\.2/,
  ],
  [
    'mediaUrl twice',
    'price_list',
    { ...values(header, body1, text('body.2')), mediaUrl: image },
    'input.templateValues.0.mediaUrl',
    /mediaUrl gives header/,
  ],
  [
    'too few parameters beside values',
    'price_list',
    { ...values(header), templateParameters: ['a'] },
    'input.templateParameters',
    /2 values.*not 1/,
  ],
  ['values without a template', '', values(body1), 'input.templateValues', /no template was given/],
  [
    'an address that is none',
    'price_list',
    values({ key: 'header', mediaUrl: 'ftp://x' }),
    'input.templateValues.0.mediaUrl',
    /http or https/,
  ],
  [
    'a file name with a path',
    'price_list',
    values({ ...header, fileName: '../a.pdf' }, body1, text('body.2')),
    'input.templateValues.0.fileName',
    /1 to 240/,
  ],
  [
    'a file name for a video',
    'video_greeting',
    values({ ...header, fileName: 'a.mp4' }, body1),
    'input.templateValues.0.fileName',
    /VIDEO, which takes mediaUrl/,
  ],
  [
    'an image for a location',
    'store_opening',
    values(header, body1, text('body.2')),
    'input.templateValues.0.mediaUrl',
    /LOCATION, which takes location/,
  ],
  [
    'no location',
    'store_opening',
    { templateParameters: ['a', 'b'] },
    'input.templateValues',
    /a value for header \(Header: location\)/,
  ],
  ...(
    [
      [{ latitude: 91 }, 'latitude', /-90 to 90/],
      [{ longitude: -181 }, 'longitude', /-180 to 180/],
      [{ name: ' ' }, 'name', /refuses an empty/],
      [{ address: '{{name}}' }, 'address', /without placeholders/],
      [{ address: 'x'.repeat(1001) }, 'address', /at most 1000/],
    ] as const
  ).map(([change, field, says]): Wrong => [
    `a location with ${JSON.stringify(change).slice(0, 40)}`,
    'store_opening',
    values({ key: 'header', location: { ...place, ...change } }, body1, text('body.2')),
    `input.templateValues.0.location.${field}`,
    says,
  ]),
  [
    'a coupon of 21 characters',
    'coupon_week',
    values(body1, text('body.2'), text('button.0', 'x'.repeat(21)), text('button.1'), text('button.2')),
    'input.templateValues.2.value',
    /button 1 has at least 21 characters, and WhatsApp allows 20/,
  ],
  [
    'no coupon',
    'coupon_week',
    values(body1, text('body.2'), text('button.1'), text('button.2')),
    'input.templateValues',
    /a value for button\.0/,
  ],
  ...['tomorrow', '2035-01-01', '2035-01-01T10:00:00', '2035-02-30T10:00:00Z', '2035-01-01T25:00:00Z'].map(
    (value): Wrong => [
      `an end ${value}`,
      'flash_offer',
      { ...values(...ends(value)), linkUrl: image },
      'input.templateValues.4.value',
      /a time with its zone in ISO 8601/,
    ],
  ),
  [
    'an end in the past',
    'flash_offer',
    { ...values(...ends('2020-01-01T00:00:00Z')), linkUrl: image },
    'input.templateValues.4.value',
    /in the future/,
  ],
  ['no end', 'flash_offer', values(...flash), 'input.templateValues', /a value for offer\.expiresAt/],
  [
    'an offer with a long text',
    'flash_offer',
    values(
      ...ends('2035-01-01T00:00:00Z').map((one) =>
        'value' in one && one.key === 'body.1' ? text('body.1', 'x'.repeat(580)) : one,
      ),
    ),
    'input.templateValues.1.value',
    /WhatsApp allows 600/,
  ],
  [
    'a card that is missing a value',
    'lookbook',
    values(body1, { key: 'card.1.header', mediaUrl: image }),
    'input.templateValues',
    /a value for card\.1\.body\.1 \(Card 1, body \{\{1\}\}\)/,
  ],
  [
    'a card’s text that is too long',
    'lookbook',
    values(
      body1,
      ...[1, 2, 3].flatMap((card) => [
        { key: `card.${card}.header`, mediaUrl: image },
        text(`card.${card}.body.1`, 'x'.repeat(card === 3 ? 150 : 10)),
        text(`card.${card}.button.0`),
      ]),
    ),
    'input.templateValues.8.value',
    /the body of card 3 has at least 17\d characters, and WhatsApp allows 160/,
  ],
  [
    'a product that is no text',
    'browse_catalog',
    values(body1, text('button.0')),
    'input.templateValues.1.value',
    /PRODUCT, which takes productId/,
  ],
  ['no product', 'browse_catalog', values(body1), 'input.templateValues', /a value for button\.0/],
  ['an AUTHENTICATION template', 'odd_one_time_password', {}, 'input.whatsappTemplateName', /AUTHENTICATION/],
  [
    'media kept here, of which there is none',
    'price_list',
    values({ key: 'header', mediaId: '1' }, body1, text('body.2')),
    '',
    /Media not found/,
  ],
];

describe('createCampaign and previewMessage refuse', () => {
  let app: App;
  const products: Record<'whole' | 'other' | 'uncatalogued' | 'plain', string> = {
    whole: '',
    other: '',
    uncatalogued: '',
    plain: '',
  };

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    const [sender] = await app.database.query<{ waba_id: string }[]>(`SELECT waba_id FROM senders`);
    await app.steer('POST', 'templates', { wabaId: sender?.waba_id, odd: true });
    const create = async (input: Record<string, unknown>) =>
      (
        await app.data<{ createProduct: { id: string } }>(documents.createProduct, {
          input: { businessId: app.businessId, name: 'P', ...input },
        })
      ).createProduct.id;
    products.whole = await create({ catalogId: '1', retailerId: 'a', imageUrl: image });
    products.other = await create({ catalogId: '1', retailerId: 'b' });
    products.uncatalogued = await create({ retailerId: 'c' });
    products.plain = await create({});
  });
  afterAll(() => app?.close());

  const campaign = (name: string, input: Record<string, unknown>) => ({
    businessId: app.businessId,
    campaignName: 'C',
    campaignType: 'PROMOTIONAL',
    audienceType: 'CUSTOM',
    customRecipients: [{ name: 'Asha', phone: '+919876500001' }],
    ...(name ? { whatsappTemplateName: name, whatsappTemplateLanguage: 'en' } : { messageText: 'Hi' }),
    ...input,
  });
  const refused = async (name: string, input: Record<string, unknown>) => {
    const created = await refusal(app, documents.createCampaign, { input: campaign(name, input) });
    const { campaignName, campaignType, audienceType, customRecipients, ...message } = campaign(name, input);
    const previewed = await refusal(
      app,
      `query ($input: PreviewMessageInput!) { previewMessage(input: $input) { body } }`,
      { input: message },
    );
    expect([campaignName, campaignType, audienceType, customRecipients.length]).toEqual([
      'C',
      'PROMOTIONAL',
      'CUSTOM',
      1,
    ]);
    expect(previewed.field).toBe(created.field);
    return created;
  };

  it.each(wrong)('%s', async (_what, name, input, field, says) => {
    const found = await refused(name, input);
    expect(found.message).toMatch(says);
    expect(found.field ?? '').toBe(field);
    expect(found.code).toBe(field ? 'BAD_USER_INPUT' : 'NOT_FOUND');
  });

  it.each<[string, string, () => Record<string, unknown>, string, RegExp]>([
    [
      'a product without a catalogue in a header',
      'product_of_the_day',
      () => values({ key: 'header', productId: products.uncatalogued }, body1, text('body.2')),
      'input.templateValues.0.productId',
      /a catalogId and a retailerId/,
    ],
    [
      'a product without a retailerId',
      'browse_catalog',
      () => values(body1, { key: 'button.0', productId: products.plain }),
      'input.templateValues.1.productId',
      /retailerId/,
    ],
    [
      'the guide’s productId without a retailerId',
      'browse_catalog',
      () => ({ templateParameters: ['a'], productId: products.plain }),
      'input.productId',
      /retailerId/,
    ],
    [
      'productId twice',
      'browse_catalog',
      () => ({ ...values(body1, { key: 'button.0', productId: products.whole }), productId: products.whole }),
      'input.templateValues.1.productId',
      /productId gives button\.0/,
    ],
    [
      'an image of a product that has none',
      'flash_offer',
      () => values({ key: 'header', productId: products.other }, ...flash.slice(1)),
      'input.templateValues.0.productId',
      /a product with an image/,
    ],
    [
      'a product twice',
      'festive_picks',
      () => values(body1, { key: 'button.0', productIds: [products.whole, products.whole] }),
      'input.templateValues.1.productIds.1',
      /each product once/,
    ],
    [
      'no products',
      'festive_picks',
      () => values(body1, { key: 'button.0', productIds: [] }),
      'input.templateValues.1.productIds',
      /1 to 30 products/,
    ],
    [
      '31 products',
      'festive_picks',
      () => values(body1, { key: 'button.0', productIds: Array<string>(31).fill(products.whole) }),
      'input.templateValues.1.productIds',
      /1 to 30 products/,
    ],
    [
      'a product of a list without a retailerId',
      'festive_picks',
      () => values(body1, { key: 'button.0', productIds: [products.whole, products.plain] }),
      'input.templateValues.1.productIds.1',
      /retailerId/,
    ],
    [
      'more titles than products',
      'festive_picks',
      () => values(body1, { key: 'button.0', productIds: [products.whole], sectionTitles: ['A', 'B'] }),
      'input.templateValues.1.sectionTitles',
      /1 to 1 titles/,
    ],
    [
      'a title that is too long',
      'festive_picks',
      () => values(body1, { key: 'button.0', productIds: [products.whole], sectionTitles: ['x'.repeat(25)] }),
      'input.templateValues.1.sectionTitles.0',
      /1 to 24/,
    ],
  ])('%s', async (_what, name, input, field, says) => {
    const found = await refused(name, input());
    expect(found.message).toMatch(says);
    expect(found.field).toBe(field);
  });

  it('a catalogue without the product’s id in it', async () => {
    const input = { businessId: app.businessId, name: 'P', catalogId: '1' };
    expect(await refusal(app, documents.createProduct, { input })).toMatchObject({
      field: 'input.retailerId',
    });
  });
});

describe('the library', () => {
  const empty = {
    value: null,
    mediaUrl: null,
    fileName: null,
    location: null,
    productId: null,
    productIds: null,
    sectionTitles: null,
  };

  it('lists the variables of each template, and the campaign answers with the guide’s fields', async () => {
    const app = await App.start({ workers: 0 });
    try {
      await app.data(`mutation ($id: ID!) { syncTemplates(businessId: $id) { id } }`, { id: app.businessId });
      const { templates } = await app.data<{ templates: { name: string; sendable: boolean }[] }>(
        `query ($id: ID!) { templates(businessId: $id) {
          name sendable notSendable parameterCount hasTrackedLink variables { key kind label example required } } }`,
        { id: app.businessId },
      );
      expect(templates.find(({ name }) => name === 'flash_offer')).toEqual({
        name: 'flash_offer',
        sendable: true,
        notSendable: null,
        parameterCount: 3,
        hasTrackedLink: true,
        variables: [
          {
            key: 'header',
            kind: 'IMAGE',
            label: 'Header: image',
            example: 'https://scontent.whatsapp.net/offer.jpg',
            required: true,
          },
          { key: 'body.1', kind: 'TEXT', label: 'Body {{1}}', example: 'Asha', required: true },
          { key: 'body.2', kind: 'TEXT', label: 'Body {{2}}', example: '40%', required: true },
          {
            key: 'offer.expiresAt',
            kind: 'EXPIRES_AT',
            label: 'End of the offer',
            example: null,
            required: true,
          },
          {
            key: 'button.0',
            kind: 'COUPON',
            label: 'Button 1: coupon code',
            example: 'FLASH40',
            required: true,
          },
        ],
      });
      const unsendable = templates.filter(({ sendable }) => !sendable).map(({ name }) => name);
      expect(unsendable).toEqual(['banned_offer', 'old_offer', 'rejected_offer', 'winter_draft']);
      const { createCampaign } = await app.data<{ createCampaign: unknown }>(
        `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { templateParameters mediaUrl mediaType
          templateValues { key kind value mediaUrl fileName location { name } productId productIds sectionTitles } } }`,
        {
          input: {
            businessId: app.businessId,
            campaignName: 'C',
            campaignType: 'PROMOTIONAL',
            audienceType: 'CUSTOM',
            customRecipients: [{ name: 'Asha', phone: '+919876500001' }],
            whatsappTemplateName: 'price_list',
            whatsappTemplateLanguage: 'en',
            ...values(text('body.2', 'two'), text('body.1', 'one'), header),
          },
        },
      );
      expect(createCampaign).toEqual({
        templateParameters: ['one', 'two'],
        mediaUrl: image,
        mediaType: 'DOCUMENT',
        templateValues: expect.arrayContaining([
          { ...empty, key: 'header', kind: 'DOCUMENT', mediaUrl: image },
          { ...empty, key: 'body.1', kind: 'TEXT', value: 'one' },
          { ...empty, key: 'body.2', kind: 'TEXT', value: 'two' },
        ]) as unknown,
      });
    } finally {
      await app.close();
    }
  });
});
