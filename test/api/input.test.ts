import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { documents, post, refusal } from './ask';
import { createTenantObjects } from './tenant';
import type { Tenant } from './tenant';

type Fields = Record<string, unknown>;

/** A change to a valid request, the field that the error must name, and the pattern of its message. */
type Wrong = [what: string, change: Fields, field: string, says: RegExp];

const nul = 'a\0b';
const long = (length: number) => 'x'.repeat(length);
const maxInt = 2 ** 31 - 1;

const badFilters = (name: 'filter' | 'audienceFilter'): Wrong[] => {
  const at = (field: string) => `input.${name}.${field}`;
  const leads = (filter: Fields): Fields => ({ audienceType: 'LEADS', [name]: filter });
  const customers = (filter: Fields): Fields => ({ audienceType: 'CUSTOMERS', [name]: filter });
  return [
    ['an empty list of statuses', leads({ status: [] }), at('status'), /at least one/],
    ['an empty list of cities', leads({ city: [] }), at('city'), /at least one/],
    ['an empty list of tags', customers({ tags: [] }), at('tags'), /at least one/],
    ['a blank city', leads({ city: ['Mumbai', ' '] }), at('city'), /1 to 200 characters/],
    ['a huge state', leads({ state: [long(201)] }), at('state'), /1 to 200 characters/],
    ['a NUL in a tag', leads({ tags: [nul] }), at('tags'), /1 to 200 characters/],
    ['too many cities', leads({ city: Array(1001).fill('Pune') }), at('city'), /at most 1000/],
    ['a NUL in assignedUserId', leads({ assignedUserId: nul }), at('assignedUserId'), /1 to 200 characters/],
    ['an empty assignedUserId', leads({ assignedUserId: '' }), at('assignedUserId'), /1 to 200 characters/],
    ['a lead without spending', leads({ totalSpent: { gte: 1 } }), at('totalSpent'), /leads.*status.*tags/],
    ['a lead without orders', leads({ lastOrderDays: { gte: 1 } }), at('lastOrderDays'), /leads/],
    ['a customer without a city', customers({ city: ['Pune'] }), at('city'), /customers.*totalSpent/],
    ['a customer without quality', customers({ quality: ['HOT'] }), at('quality'), /customers/],
    [
      'ALL with a city',
      { audienceType: 'ALL', [name]: { city: ['Pune'] } },
      at('city'),
      /leads and customers \(tags, tagsAll, .*branch with kind/,
    ],
    [
      'ALL with spending',
      { audienceType: 'ALL', [name]: { totalSpent: { gte: 1 } } },
      at('totalSpent'),
      /\(tags, /,
    ],
    ['a range without ends', customers({ totalOrders: {} }), at('totalOrders'), /gte, lte or both/],
    ['a range of nulls', customers({ totalSpent: { gte: null } }), at('totalSpent'), /gte, lte or both/],
    [
      'a reversed range',
      customers({ totalOrders: { gte: 3, lte: 2 } }),
      at('totalOrders'),
      /gte not above lte/,
    ],
    [
      'a reversed range of amounts',
      customers({ totalSpent: { gte: '10.01', lte: '10' } }),
      at('totalSpent'),
      /gte not above lte/,
    ],
    [
      'a reversed range of long amounts',
      customers({ totalSpent: { gte: '900719925474.000002', lte: '900719925474.000001' } }),
      at('totalSpent'),
      /gte not above lte/,
    ],
    ['negative days', customers({ lastOrderDays: { gte: -1 } }), at('lastOrderDays'), /0 to 36500/],
    ['days beyond reason', customers({ lastOrderDays: { lte: maxInt } }), at('lastOrderDays'), /0 to 36500/],
    [
      'a filter with SEGMENT',
      { audienceType: 'SEGMENT', [name]: {} },
      `input.${name}`,
      /no value, because audienceType is SEGMENT/,
    ],
    [
      'a filter for CUSTOM',
      { audienceType: 'CUSTOM', customRecipients: [{ phone: '1' }], [name]: {} },
      `input.${name}`,
      /no value, because audienceType is CUSTOM/,
    ],
    // refused by GraphQL itself
    ['an unknown status', leads({ status: ['NEW', 'new'] }), at('status.1'), /LeadStatus/],
    ['a fraction of an order', customers({ totalOrders: { gte: 1.5 } }), at('totalOrders.gte'), /Int/],
    ['an Int too large', customers({ totalOrders: { gte: 2 ** 31 } }), at('totalOrders.gte'), /Int/],
    [
      'words for an amount',
      customers({ totalSpent: { gte: 'much' } }),
      at('totalSpent.gte'),
      /decimal number/,
    ],
    ['an amount too long', customers({ totalSpent: { gte: 1e15 } }), at('totalSpent.gte'), /decimal number/],
    [
      'an amount with an exponent',
      customers({ totalSpent: { lte: '1e3' } }),
      at('totalSpent.lte'),
      /decimal number/,
    ],
    ['an unknown filter', leads({ planet: ['Mars'] }), at('planet'), /"planet" is not defined/],
    ['a number for a city', leads({ city: [7] }), at('city.0'), /String/],
  ];
};

const badChoices: Wrong[] = [
  ['SEGMENT without a segment', { audienceType: 'SEGMENT' }, 'input.segmentId', /id of a segment/],
  ['a segment without SEGMENT', { audienceType: 'LEADS', segmentId: 'x' }, 'input.segmentId', /no value/],
  ['CUSTOM without people', { audienceType: 'CUSTOM' }, 'input.customRecipients', /at least one/],
  [
    'CUSTOM with nobody',
    { audienceType: 'CUSTOM', customRecipients: [] },
    'input.customRecipients',
    /at least one/,
  ],
  [
    'custom recipients without CUSTOM',
    { audienceType: 'ALL', customRecipients: [{ phone: '1' }] },
    'input.customRecipients',
    /no value, because audienceType is not CUSTOM/,
  ],
  [
    'too many custom recipients',
    { audienceType: 'CUSTOM', customRecipients: Array(10_001).fill({ phone: '1' }) },
    'input.customRecipients',
    /at most 10000/,
  ],
  [
    'a huge name',
    { audienceType: 'CUSTOM', customRecipients: [{ phone: '1' }, { phone: '1', name: long(201) }] },
    'input.customRecipients.1.name',
    /at most 200/,
  ],
  [
    'a NUL in a phone',
    { audienceType: 'CUSTOM', customRecipients: [{ phone: nul }] },
    'input.customRecipients.0.phone',
    /NUL/,
  ],
  [
    'a NUL in an e-mail',
    { audienceType: 'CUSTOM', customRecipients: [{ phone: '1', email: nul }] },
    'input.customRecipients.0.email',
    /NUL/,
  ],
  [
    'a custom recipient without a phone',
    { audienceType: 'CUSTOM', customRecipients: [{ name: 'Asha' }] },
    'input.customRecipients.0.phone',
    /required/,
  ],
  ['no audienceType', { audienceType: undefined }, 'input.audienceType', /required/],
  ['an unknown audienceType', { audienceType: 'leads' }, 'input.audienceType', /AudienceType/],
  ['no business', { businessId: undefined }, 'input.businessId', /required/],
];

const text = (field: string, change: (value: string) => Fields, max = 200): Wrong[] => [
  [`an empty ${field}`, change(''), `input.${field}`, new RegExp(`1 to ${max} characters`)],
  [`a blank ${field}`, change(' \n '), `input.${field}`, new RegExp(`1 to ${max} characters`)],
  [`a huge ${field}`, change(long(max + 1)), `input.${field}`, new RegExp(`1 to ${max} characters`)],
  [`a NUL in ${field}`, change(nul), `input.${field}`, /NUL/],
];

const badUrls = [
  'javascript:alert(1)',
  'JavaScript://example.com/%0aalert(1)',
  'data:text/html,hi',
  'file:///etc/passwd',
  'ftp://example.com/a.jpg',
  '//example.com/a.jpg',
  '/a.jpg',
  'example.com/a.jpg',
  'https:example.com',
  'https://',
  'https:///example.com',
  'https://user:pass@example.com/',
  'https://user@example.com/',
  'https:\\\\example.com',
  'https://example.com\\@evil.example.com',
  'https://exa mple.com/',
  'https://example.com/a\r\nSet-Cookie: a=b',
  'https://example.com/\0',
  ` https://example.com/`,
  `https://example.com/${long(2000)}`,
];

const template = { messageText: undefined, whatsappTemplateLanguage: 'en' };
const diwali = {
  ...template,
  whatsappTemplateName: 'diwali_sale_2024',
  templateParameters: ['{{name}}', '50% OFF', 'Nov 10-15'],
  mediaUrl: 'https://example.com/a.jpg',
};
const festive = {
  ...diwali,
  whatsappTemplateName: 'festive_offer',
  templateParameters: ['{{name}}', '40% OFF'],
  linkUrl: 'https://shop.example.com/',
};

const badCampaigns: Wrong[] = [
  ...text('campaignName', (campaignName) => ({ campaignName })),
  ['an unknown campaignType', { campaignType: 'SPAM' }, 'input.campaignType', /CampaignType/],
  ['an unknown channel', { channel: 'SMS' }, 'input.channel', /Channel/],
  ['null for a channel', { channel: null }, 'input.channel', /not to be null/],
  ['an unknown policy', { onUnconfirmed: 'GUESS' }, 'input.onUnconfirmed', /UnconfirmedPolicy/],
  ['an unknown mediaType', { mediaType: 'GIF' }, 'input.mediaType', /MediaType/],
  ['an unknown field', { tenantId: 'x' }, 'input.tenantId', /"tenantId" is not defined/],
  ['a status that nobody asked for', { status: 'COMPLETED' }, 'input.status', /"status" is not defined/],
  ['nothing to say', { messageText: undefined }, 'input.whatsappTemplateName', /a template, or messageText/],
  ['a blank text', { messageText: '  ' }, 'input.whatsappTemplateName', /a template, or messageText/],
  ['a huge text', { messageText: long(4097) }, 'input.messageText', /at most 4096/],
  [
    'a huge caption',
    { messageText: long(1025), mediaUrl: 'https://example.com/a.jpg' },
    'input.messageText',
    /at most 1024/,
  ],
  ['a NUL in the text', { messageText: nul }, 'input.messageText', /NUL/],
  [
    'an unknown placeholder',
    { messageText: 'Hi {{nick}}' },
    'input.messageText',
    /\{\{firstName\}\}.*not \{\{nick\}\}/,
  ],
  ['a placeholder of code', { messageText: '{{7*7}}' }, 'input.messageText', /not \{\{7\*7\}\}/],
  [
    'a placeholder with JavaScript',
    { messageText: '{{constructor}}' },
    'input.messageText',
    /not \{\{constructor\}\}/,
  ],
  ['an empty placeholder', { messageText: 'Hi {{}}' }, 'input.messageText', /one of the placeholders/],
  ['a link that leads nowhere', { messageText: 'See {{link}}' }, 'input.linkUrl', /must lead somewhere/],
  [
    'parameters without a template',
    { templateParameters: ['a'] },
    'input.templateParameters',
    /no value, because no template/,
  ],
  ['a mediaType without media', { mediaType: 'IMAGE' }, 'input.mediaUrl', /a URL when mediaType/],
  ['a language without a name', template, 'input.whatsappTemplateName', /the name of a template/],
  [
    'a name without a language',
    { messageText: undefined, whatsappTemplateName: 'festive_offer' },
    'input.whatsappTemplateLanguage',
    /e\.g\. en or hi/,
  ],
  [
    'a template together with a text',
    { ...diwali, messageText: 'Hi' },
    'input.messageText',
    /no value, because the text comes from the template/,
  ],
  [
    'an empty template name',
    { ...diwali, whatsappTemplateName: 'Diwali Sale!' },
    'input.whatsappTemplateName',
    /lower-case/,
  ],
  [
    'an unknown template',
    { ...diwali, whatsappTemplateName: 'nowhere' },
    'input.whatsappTemplateName',
    /WhatsApp knows/,
  ],
  [
    'an unknown language',
    { ...festive, whatsappTemplateLanguage: 'ta' },
    'input.whatsappTemplateName',
    /language ta; it exists in en, hi/,
  ],
  ...['winter_draft PENDING', 'old_offer PAUSED', 'banned_offer DISABLED', 'rejected_offer REJECTED'].map(
    (one): Wrong => {
      const [name, status] = one.split(' ');
      return [
        `a template that is ${status}`,
        { ...template, whatsappTemplateName: name, templateParameters: ['a'] },
        'input.whatsappTemplateName',
        new RegExp(`an approved template; ${name} \\(en\\) is ${status}`),
      ];
    },
  ),
  [
    'too few parameters',
    { ...diwali, templateParameters: ['a', 'b'] },
    'input.templateParameters',
    /3 values.*not 2/,
  ],
  [
    'too many parameters',
    { ...diwali, templateParameters: ['a', 'b', 'c', 'd'] },
    'input.templateParameters',
    /3 values.*not 4/,
  ],
  ['no parameters', { ...diwali, templateParameters: null }, 'input.templateParameters', /3 values.*not 0/],
  [
    'an empty parameter',
    { ...diwali, templateParameters: ['a', ' ', 'c'] },
    'input.templateParameters.1',
    /refuses an empty/,
  ],
  [
    'a huge parameter',
    { ...diwali, templateParameters: ['a', 'b', long(1025)] },
    'input.templateParameters.2',
    /at most 1024/,
  ],
  [
    'a parameter without visible characters',
    { ...diwali, templateParameters: ['a', '\u200b\u00ad\u2060', 'c'] },
    'input.templateParameters.1',
    /refuses an empty/,
  ],
  [
    'parameters too long for the body together with its fixed text',
    { ...diwali, templateParameters: ['{{name}}', long(500), long(510)] },
    'input.templateParameters.2',
    /the body has at least 11\d\d characters, and WhatsApp allows 1024/,
  ],
  [
    'a parameter that leaves no room for any name',
    { ...diwali, templateParameters: [`{{name}}${long(900)}`, 'b', 'c'] },
    'input.templateParameters.0',
    /WhatsApp allows 1024/,
  ],
  [
    'a text that is too long with its link',
    { messageText: `${long(4050)} {{link}}`, linkUrl: 'https://shop.example.com/' },
    'input.messageText',
    /with its links/,
  ],
  [
    'a text without visible characters',
    { messageText: '\u200b \u2060' },
    'input.whatsappTemplateName',
    /a template, or/,
  ],
  [
    'a NUL in a parameter',
    { ...diwali, templateParameters: [nul, 'b', 'c'] },
    'input.templateParameters.0',
    /NUL/,
  ],
  [
    'an unknown placeholder in a parameter',
    { ...diwali, templateParameters: ['{{name}}', '{{discount}}', 'c'] },
    'input.templateParameters.1',
    /not \{\{discount\}\}/,
  ],
  [
    'a link in a parameter',
    { ...diwali, templateParameters: ['{{link}}', 'b', 'c'] },
    'input.templateParameters.0',
    /not \{\{link\}\}/,
  ],
  [
    'null for a parameter',
    { ...diwali, templateParameters: ['a', null, 'c'] },
    'input.templateParameters.1',
    /null/,
  ],
  ['a tracked button that leads nowhere', { ...festive, linkUrl: null }, 'input.linkUrl', /tracked button/],
  ['no image for an image header', { ...diwali, mediaUrl: null }, 'input.mediaUrl', /header IMAGE/],
  ['a video for an image header', { ...diwali, mediaType: 'VIDEO' }, 'input.mediaType', /IMAGE/],
  [
    'an image for a template without a media header',
    {
      ...template,
      whatsappTemplateName: 'hello_world',
      whatsappTemplateLanguage: 'en_US',
      mediaUrl: 'https://example.com/a.jpg',
    },
    'input.mediaUrl',
    /no media/,
  ],
  ...badUrls.flatMap((url): Wrong[] => [
    [`linkUrl ${JSON.stringify(url.slice(0, 60))}`, { linkUrl: url }, 'input.linkUrl', /http or https/],
    [`mediaUrl ${JSON.stringify(url.slice(0, 60))}`, { mediaUrl: url }, 'input.mediaUrl', /http or https/],
  ]),
  ['a number for a URL', { linkUrl: 7 }, 'input.linkUrl', /http or https/],
];

const badSenders: Wrong[] = [
  ...text('displayPhoneNumber', (displayPhoneNumber) => ({ displayPhoneNumber }), 40),
  ['letters for phoneNumberId', { phoneNumberId: 'abc' }, 'input.phoneNumberId', /digits/],
  ['a huge phoneNumberId', { phoneNumberId: '1'.repeat(33) }, 'input.phoneNumberId', /digits/],
  ['a path for wabaId', { wabaId: '../me' }, 'input.wabaId', /digits/],
  ['an empty token', { accessToken: '' }, 'input.accessToken', /printable/],
  ['a token of two lines', { accessToken: 'a\r\nHost: evil' }, 'input.accessToken', /printable/],
  ['a huge token', { accessToken: long(4097) }, 'input.accessToken', /printable/],
  ['a speed of none', { messagesPerSecond: 0 }, 'input.messagesPerSecond', /1 to 1000/],
  ['a speed beyond', { messagesPerSecond: 1001 }, 'input.messagesPerSecond', /1 to 1000/],
  ['half a message a second', { messagesPerSecond: 0.5 }, 'input.messagesPerSecond', /Int/],
];

const badBusinesses: Wrong[] = [
  ...text('name', (name) => ({ name })),
  ['an unknown time zone', { timezone: 'Mars/Olympus' }, 'input.timezone', /IANA/],
  ['an offset for a time zone', { timezone: '+05:30' }, 'input.timezone', /IANA/],
  ['a NUL in a time zone', { timezone: 'Asia/Kolkata\0' }, 'input.timezone', /IANA/],
  ['an unknown country', { defaultCountry: 'XQ' }, 'input.defaultCountry', /ISO 3166/],
  ['a country in words', { defaultCountry: 'India' }, 'input.defaultCountry', /ISO 3166/],
  ['no country', { defaultCountry: undefined }, 'input.defaultCountry', /required/],
];

/** The rest is in contacts.test.ts. */
const badContacts: Wrong[] = [
  ['a NUL in the name', { name: nul }, 'input.name', /NUL/],
  ['a huge name', { name: long(201) }, 'input.name', /at most 200/],
  ['no phone', { phone: null }, 'input.phone', /a phone, or a bsuid/],
  ['an unknown kind', { kind: 'FRIEND' }, 'input.kind', /ContactKind/],
  ['a list of attributes', { attributes: { a: [1] } }, 'input.attributes.a', /text, a number/],
];

const badSegments: Wrong[] = [
  ...text('name', (name) => ({ name })),
  ...badFilters('filter').filter(
    ([, change]) => change.audienceType !== 'SEGMENT' && change.audienceType !== 'CUSTOM',
  ),
  ['a segment of people', { audienceType: 'CUSTOM' }, 'input.audienceType', /ALL, LEADS or CUSTOMERS/],
  ['a segment of a segment', { audienceType: 'SEGMENT' }, 'input.audienceType', /ALL, LEADS or CUSTOMERS/],
];

const badProducts: Wrong[] = [
  ...text('name', (name) => ({ name })),
  ['a negative price', { price: '-1' }, 'input.price', /not negative/],
  ['a price of three decimals', { price: '0.005' }, 'input.price', /two decimals/],
  ['a price that would be rounded up and away', { price: '999999999999.999' }, 'input.price', /two decimals/],
  ['a price of words', { price: 'free' }, 'input.price', /decimal number/],
  ['a price without end', { price: 1e300 }, 'input.price', /decimal number/],
  ['rupees', { currency: 'rupees' }, 'input.currency', /ISO 4217/],
  ['a currency that does not exist', { currency: 'ZZZ' }, 'input.currency', /ISO 4217/],
  ['an image of script', { imageUrl: 'javascript:alert(1)' }, 'input.imageUrl', /http or https/],
];

const badConversions: Wrong[] = [
  ['no order', { orderId: '' }, 'input.orderId', /id of the order/],
  ['a blank order', { orderId: '  ' }, 'input.orderId', /id of the order/],
  ['a huge order', { orderId: long(201) }, 'input.orderId', /at most 200/],
  ['a NUL in an order', { orderId: nul }, 'input.orderId', /NUL/],
  ['half an emoji in an order', { orderId: 'A\ud83d' }, 'input.orderId', /whole characters/],
  ['the other half of an emoji in an order', { orderId: '\ude00A' }, 'input.orderId', /whole characters/],
  ['half an emoji in a click', { clickId: 'A\ud83d' }, 'input.clickId', /whole characters/],
  ['half an emoji in a phone', { phone: '+91\ud83d' }, 'input.phone', /whole characters/],
  ['a NUL in a phone', { phone: nul }, 'input.phone', /NUL|phone/],
  ['a huge phone', { phone: long(41) }, 'input.phone', /at most 40/],
  ['a huge click', { clickId: long(101) }, 'input.clickId', /at most 100/],
  ['a negative value', { value: '-1' }, 'input.value', /not negative/],
  ['a value of three decimals', { value: '1.001' }, 'input.value', /two decimals/],
  ['a value without end', { value: 1e300 }, 'input.value', /decimal number/],
  ['a value that is none', { value: 'NaN' }, 'input.value', /decimal number/],
  ['a currency that does not exist', { currency: 'ZZZ' }, 'input.currency', /ISO 4217/],
  ['some day', { occurredAt: 'yesterday' }, 'input.occurredAt', /date-time/i],
];

async function firstOf<T>(events: AsyncIterable<T>): Promise<T> {
  for await (const event of events) return event;
  throw new Error('The socket did not answer');
}

describe('input', () => {
  let app: App;
  let tenant: Tenant;
  let operator: string;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    tenant = await createTenantObjects(app, app.businessId, app.senderId);
    operator = await app.token({ role: Role.OPERATOR });
  });
  afterAll(() => app?.close());

  const right: Record<keyof typeof documents, () => Fields> = {
    previewAudience: () => ({ businessId: app.businessId, audienceType: 'LEADS' }),
    createCampaign: () => ({
      businessId: app.businessId,
      campaignName: 'Name',
      campaignType: 'PROMOTIONAL',
      audienceType: 'LEADS',
      messageText: 'Hello',
    }),
    createBusiness: () => ({ name: 'Name', timezone: 'Asia/Kolkata', defaultCountry: 'IN' }),
    createSender: () => ({
      businessId: app.businessId,
      phoneNumberId: '424242',
      wabaId: '1',
      displayPhoneNumber: '1',
      accessToken: 'x',
    }),
    createContact: () => ({ businessId: app.businessId, kind: 'LEAD', phone: '+919876500077' }),
    createSegment: () => ({ businessId: app.businessId, name: 'A name', audienceType: 'LEADS' }),
    createProduct: () => ({ businessId: app.businessId, name: 'Name' }),
    recordConversion: () => ({ businessId: app.businessId, orderId: 'A-1' }),
  };

  const wrong: Record<keyof typeof documents, Wrong[]> = {
    previewAudience: [
      ...badFilters('filter'),
      ...badChoices,
      ['a negative sample', { sampleSize: -1 }, 'input.sampleSize', /0 to 100/],
      ['too large a sample', { sampleSize: 101 }, 'input.sampleSize', /0 to 100/],
      ['a sample that is not an integer', { sampleSize: 0.5 }, 'input.sampleSize', /Int/],
    ],
    createCampaign: [...badFilters('audienceFilter'), ...badChoices, ...badCampaigns],
    createBusiness: badBusinesses,
    createSender: badSenders,
    createContact: badContacts,
    createSegment: badSegments,
    createProduct: badProducts,
    recordConversion: badConversions,
  };

  for (const name of Object.keys(documents) as (keyof typeof documents)[]) {
    describe(`of ${name}`, () => {
      it.each(wrong[name])(
        'is refused with the field in the error: %s',
        async (_what, change, field, says) => {
          const input = { ...right[name](), ...change };
          const found = await refusal(app, documents[name], { input }, operator);
          expect(found).toEqual({
            code: 'BAD_USER_INPUT',
            field,
            message: expect.stringMatching(says) as unknown,
          });
        },
      );
    });
  }

  it('is accepted without these changes', async () => {
    for (const name of Object.keys(documents) as (keyof typeof documents)[])
      expect([name, (await app.graphql(documents[name], { input: right[name]() }, operator)).errors]).toEqual(
        [name, undefined],
      );
  });

  it('may have a link without a template button for it, or no link', async () => {
    for (const change of [diwali, { ...diwali, linkUrl: 'https://example.com/' }, festive]) {
      const { errors } = await app.graphql(documents.createCampaign, {
        input: { ...right.createCampaign(), ...change },
      });
      expect(errors).toBeUndefined();
    }
  });

  it('is refused with a field or NOT_FOUND if it is missing, of another type or an unknown id', async () => {
    expect(await refusal(app, documents.previewAudience)).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input',
    });
    expect(await refusal(app, documents.previewAudience, { input: 7 })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input',
    });
    for (const id of ['', 'x', nul, long(10_000), '{"$ne":1}'])
      expect(await refusal(app, `query ($id: ID!) { campaign(id: $id) { id } }`, { id })).toMatchObject({
        code: 'NOT_FOUND',
      });
    expect(
      await refusal(app, `query ($id: ID!) { campaign(id: $id) { id } }`, { id: { a: 1 } }),
    ).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'id',
    });
  });

  it('may contain half an emoji in any text, over HTTP and sockets', async () => {
    const half = 'Asha \ud83d';
    const custom = {
      audienceType: 'CUSTOM',
      customRecipients: [{ name: half, phone: '+919876543210', email: half }],
    };
    const changes: Partial<Record<keyof typeof documents, Fields>> = {
      previewAudience: custom,
      createCampaign: { ...custom, campaignName: half, messageText: `Hi {{name|${half}}}` },
      createBusiness: { name: half },
      createSegment: { name: half, filter: { city: [half], tags: [half], assignedUserId: half } },
      createProduct: { name: half },
    };
    const socket = await app.socket(operator);
    try {
      for (const [name, change] of Object.entries(changes) as [keyof typeof documents, Fields][]) {
        // JSON.stringify writes the unpaired surrogate as an escape
        const payload = { query: documents[name], variables: { input: { ...right[name](), ...change } } };
        const { errors } = await app.graphql(payload.query, payload.variables, operator);
        expect([name, errors]).toEqual([name, undefined]);
        const { errors: ofSocket } = await firstOf(socket.iterate(payload));
        // segment names are unique in a business
        expect([name, ofSocket?.map(({ extensions }) => extensions?.code)]).toEqual([
          name,
          name === 'createSegment' ? ['CONFLICT'] : undefined,
        ]);
      }
      const wrongAll = { businessId: half, audienceType: half, [half]: half, customRecipients: half };
      expect(await refusal(app, documents.previewAudience, { input: wrongAll }, operator)).toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    } finally {
      await socket.dispose();
    }
    const rows = await app.database.query<{ name: string }[]>(
      `SELECT custom_recipients->0->>'name' AS name FROM campaigns WHERE custom_recipients IS NOT NULL AND campaign_name LIKE 'Asha%'`,
    );
    expect(rows.map(({ name }) => name)).toEqual(['Asha \ufffd', 'Asha \ufffd']);
  });

  it('is refused if a field is named like a property of every object', async () => {
    const input = `{"businessId":"${app.businessId}","audienceType":"ALL","__proto__":{"audienceType":"LEADS"},"constructor":1}`;
    const { status, text: answer } = await post(
      `${app.url}/graphql`,
      `{"query":${JSON.stringify(documents.previewAudience)},"variables":{"input":${input},"__proto__":{"x":1}},"__proto__":1}`,
      { 'content-type': 'application/json', authorization: `Bearer ${operator}` },
    );
    expect(status).toBe(400);
    expect(JSON.parse(answer)).toMatchObject({
      errors: [
        { extensions: { code: 'BAD_USER_INPUT', field: 'input.__proto__' } },
        { extensions: { code: 'BAD_USER_INPUT', field: 'input.constructor' } },
      ],
    });
  });

  it('is refused if it is nested a million levels deep', async () => {
    const depth = 1_000_000;
    const { status, text: answer } = await post(
      `${app.url}/graphql`,
      `{"query":"{ businesses { id } }","variables":{"input":${'['.repeat(depth)}${']'.repeat(depth)}}}`,
      { 'content-type': 'application/json', authorization: `Bearer ${operator}` },
    );
    expect(status).toBe(400);
    expect(JSON.parse(answer)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('may contain a URL in an unusual spelling, which is stored byte for byte', async () => {
    for (const linkUrl of [
      'https://shop.example.com/?d=e,f,g&sig=a%20b~c*(d)',
      "https://Shop.Example.com/a/../b?iu=/123/ad&q='x'|{y}",
      'https://shop.example.com',
    ]) {
      const { createCampaign } = await app.data<{ createCampaign: { linkUrl: string } }>(
        documents.createCampaign,
        { input: { ...right.createCampaign(), ...diwali, linkUrl } },
      );
      expect(createCampaign.linkUrl).toBe(linkUrl);
    }
  });

  it('is refused with the field also without variables', async () => {
    const query = (input: string) => `mutation { previewAudience(input: ${input}) { count } }`;
    const id = app.businessId;
    expect(
      await refusal(app, query(`{ businessId: "${id}", audienceType: LEADS, filter: { city: [] } }`)),
    ).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.filter.city' });
    expect(await refusal(app, query(`{ businessId: "${id}", audienceType: MARTIANS }`))).toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
  });

  describe('in a variable of any name is refused with the path of the input', () => {
    const preview = '{ businessId: $b, audienceType: CUSTOMERS, filter: $f }';
    it.each<[string, string, Fields, string]>([
      [
        'a whole argument',
        'mutation ($foo: PreviewAudienceInput!) { previewAudience(input: $foo) { count } }',
        { foo: { businessId: 'x', audienceType: 'CUSTOMERS', filter: { totalSpent: { gte: 'much' } } } },
        'input.filter.totalSpent.gte',
      ],
      [
        'a whole argument, missing',
        'mutation ($foo: PreviewAudienceInput!) { previewAudience(input: $foo) { count } }',
        {},
        'input',
      ],
      [
        'a field that is missing in it',
        'mutation ($foo: PreviewAudienceInput!) { previewAudience(input: $foo) { count } }',
        { foo: { businessId: 'x' } },
        'input.audienceType',
      ],
      [
        'a part of an argument',
        `mutation ($b: ID!, $f: AudienceFilterInput) { previewAudience(input: ${preview}) { count } }`,
        { b: 'x', f: { totalOrders: { lte: 1.5 } } },
        'input.filter.totalOrders.lte',
      ],
      [
        'an element of a list',
        'query ($input: CampaignStatus!) { campaigns(businessId: "x", status: [DRAFT, $input]) { total } }',
        { input: 'BUSY' },
        'status.1',
      ],
      [
        'a fragment',
        `query ($p: Int!) { ...page } fragment page on Query { campaigns(businessId: "x", page: $p) { total } }`,
        { p: 'one' },
        'page',
      ],
      ['an id', 'query ($campaign: ID!) { campaign(id: $campaign) { id } }', { campaign: { a: 1 } }, 'id'],
    ])('%s', async (_what, query, variables, field) => {
      expect(await refusal(app, query, variables)).toEqual({
        code: 'BAD_USER_INPUT',
        field,
        message: expect.stringMatching(new RegExp(`^${field}: `)) as unknown,
      });
      const socket = await app.socket(operator);
      try {
        const { errors } = await firstOf(socket.iterate({ query, variables }));
        expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', field }]);
      } finally {
        await socket.dispose();
      }
    });

    it('of the operation that was asked for', async () => {
      const query = `query A($v: ID!) { campaign(id: $v) { id } }
        query B($v: Int!) { campaigns(businessId: "x", limit: $v) { total } }`;
      const answer = await post(
        `${app.url}/graphql`,
        JSON.stringify({ query, operationName: 'B', variables: { v: 'x' } }),
        { 'content-type': 'application/json', authorization: `Bearer ${operator}` },
      );
      expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { field: 'limit' } }] });
    });
  });

  it('for pagination is refused with the argument in the error', async () => {
    const query = `query ($id: ID!, $page: Int! = 1, $limit: Int! = 20, $status: [CampaignStatus!]) {
      campaigns(businessId: $id, page: $page, limit: $limit, status: $status) { total } }`;
    for (const [change, field, says] of [
      [{ page: 0 }, 'page', /1 to 100000/],
      [{ page: -1 }, 'page', /1 to 100000/],
      [{ page: maxInt }, 'page', /1 to 100000/],
      [{ limit: 0 }, 'limit', /1 to 100/],
      [{ limit: 101 }, 'limit', /1 to 100/],
      [{ limit: 2.5 }, 'limit', /Int/],
      [{ status: [] }, 'status', /at least one/],
      [{ status: ['BUSY'] }, 'status.0', /CampaignStatus/],
    ] as const) {
      const found = await refusal(app, query, { id: app.businessId, ...change });
      expect([change, found]).toEqual([
        change,
        { code: 'BAD_USER_INPUT', field, message: expect.stringMatching(says) as unknown },
      ]);
    }
  });

  it('is refused with a product without an image, or with two templates', async () => {
    const { createProduct } = await app.data<{ createProduct: { id: string } }>(documents.createProduct, {
      input: { businessId: app.businessId, name: 'Without an image' },
    });
    const ask = (change: Fields) =>
      refusal(app, documents.createCampaign, { input: { ...right.createCampaign(), ...change } });
    expect(await ask({ productId: createProduct.id })).toMatchObject({ field: 'input.productId' });
    expect(
      await ask({ ...diwali, productId: tenant.productId, mediaUrl: null, mediaType: 'DOCUMENT' }),
    ).toMatchObject({
      field: 'input.mediaType',
    });
    expect(await ask({ ...diwali, templateId: tenant.templateId })).toMatchObject({
      field: 'input.whatsappTemplateName',
    });
  });

  it('is a CONFLICT if the name exists already', async () => {
    const again = async (name: 'createSegment' | 'createSender') => {
      const input = {
        ...right[name](),
        name: undefined,
        ...(name === 'createSegment' ? { name: 'Twice' } : { phoneNumberId: '99' }),
      };
      await app.data(documents[name], { input });
      return refusal(app, documents[name], { input });
    };
    expect(await again('createSegment')).toMatchObject({ code: 'CONFLICT' });
    expect(await again('createSender')).toMatchObject({ code: 'CONFLICT' });
  });
});
