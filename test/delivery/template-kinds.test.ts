import { startWorkerRole } from '../../src/compose';
import { App } from '../support/app';
import {
  accepted,
  createCampaign,
  phoneOf,
  reached,
  recipients,
  sendCampaign,
  stats,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';

/** Who is sent to: names as people type and paste them. The third has none, so that `{{name}}` is empty. */
const names = ['Asha\r\n\tRao      of\u200b Pune', '👩‍👩‍👧 \u202bعائشة בת\u202c', ' \n\u200b '];
const cleaned = ['Asha Rao    of Pune', '👩‍👩‍👧 عائشة בת'];
const image = 'https://cdn.example.com/a.jpg';

interface Kind {
  /** A template of the simulator's library. */
  name: string;
  values: (products: readonly string[]) => Record<string, unknown>[];
  linkUrl?: string;
  /** The ledger's row for somebody of this name. */
  shows: (name: string) => Record<string, unknown>;
}

const body1 = { key: 'body.1', value: '{{name}}' };

const kinds: Kind[] = [
  {
    name: 'video_greeting',
    values: () => [{ key: 'header', mediaUrl: 'https://cdn.example.com/a.mp4' }, body1],
    linkUrl: 'https://shop.example.com/',
    shows: (name) => ({
      headerType: 'VIDEO',
      header: 'https://cdn.example.com/a.mp4',
      text: `Hi ${name}, see how our weavers work in this short film.`,
      buttons: [{ type: 'URL', url: expect.stringMatching(/\/r\/[\w-]{32}$/) as unknown }],
    }),
  },
  {
    name: 'price_list',
    values: () => [
      { key: 'header', mediaUrl: 'https://cdn.example.com/x/a1', fileName: 'Preise März.pdf' },
      body1,
      { key: 'body.2', value: 'all of\nNovember' },
    ],
    shows: (name) => ({
      headerType: 'DOCUMENT',
      header: 'https://cdn.example.com/x/a1',
      fileName: 'Preise März.pdf',
      text: `Hi ${name}, here is the new price list for all of November.`,
    }),
  },
  {
    name: 'sparkle_gif',
    values: () => [{ key: 'header', mediaUrl: 'https://cdn.example.com/g.mp4' }, body1],
    shows: (name) => ({
      headerType: 'GIF',
      header: 'https://cdn.example.com/g.mp4',
      text: `Happy Diwali, ${name}! May your year be bright.`,
    }),
  },
  {
    name: 'store_opening',
    values: () => [
      {
        key: 'header',
        location: { latitude: 19.076, longitude: 72.8777, name: 'Mumbai\nBazaar', address: 'Marine Drive 1' },
      },
      body1,
      { key: 'body.2', value: 'Sunday' },
    ],
    shows: (name) => ({
      headerType: 'LOCATION',
      location: { latitude: 19.076, longitude: 72.8777, name: 'Mumbai Bazaar', address: 'Marine Drive 1' },
      text: `Hi ${name}, our new shop opens its doors on Sunday. Come and see us!`,
    }),
  },
  {
    name: 'order_news',
    values: () => [
      { key: 'header.1', value: '{{name}}' },
      { key: 'body.1', value: 'kurta' },
      { key: 'body.2', value: 'M' },
    ],
    shows: (name) => ({
      headerType: null,
      header: `News for ${name}`,
      text: 'The kurta that you liked is back in M until Sunday.',
      footer: 'Mumbai Bazaar',
    }),
  },
  {
    name: 'coupon_week',
    values: () => [
      body1,
      { key: 'body.2', value: '15 % off' },
      { key: 'button.0', value: 'WEEK15' },
      { key: 'button.1', value: 'a/{{name}}' },
      { key: 'button.2', value: 'fixed?x=1' },
    ],
    shows: (name) => ({
      text: `Hi ${name}, this week everything is 15 % off with your own code.`,
      buttons: [
        { type: 'COPY_CODE', couponCode: 'WEEK15' },
        { url: `https://shop.example.com/sale/a/${encodeURIComponent(name)}` },
        { url: 'https://shop.example.com/new/fixed?x=1' },
        { type: 'QUICK_REPLY', payload: expect.stringMatching(/^REPLY:/) as unknown },
        { type: 'QUICK_REPLY', payload: expect.stringMatching(/^STOP:/) as unknown },
      ],
    }),
  },
  {
    name: 'book_a_fitting',
    values: () => [body1, { key: 'button.0', value: 'visit-{{phone}}' }],
    shows: (name) => ({
      text: `Hi ${name}, book a fitting with our tailor, it takes a minute.`,
      buttons: [{ type: 'FLOW', flowToken: expect.stringMatching(/^visit-\+9198200\d{5}$/) as unknown }],
    }),
  },
  {
    name: 'browse_catalog',
    values: ([saree]) => [body1, { key: 'button.0', productId: saree }],
    shows: (name) => ({
      text: `Hi ${name}, our whole catalogue is now on WhatsApp.`,
      buttons: [{ type: 'CATALOG', text: 'View catalog', thumbnail: 'sku-0' }],
    }),
  },
  {
    name: 'festive_picks',
    values: (products) => [
      body1,
      { key: 'button.0', productIds: products, sectionTitles: ['For her', 'For him'] },
    ],
    shows: (name) => ({
      header: 'Picked for you',
      text: `Hi ${name}, these gifts arrive before Diwali.`,
      buttons: [
        {
          type: 'MPM',
          thumbnail: 'sku-0',
          sections: [
            { title: 'For her', products: ['sku-0', 'sku-1'] },
            { title: 'For him', products: ['sku-2'] },
          ],
        },
      ],
    }),
  },
  {
    name: 'product_of_the_day',
    values: ([saree]) => [{ key: 'header', productId: saree }, body1, { key: 'body.2', value: '₹99' }],
    shows: (name) => ({
      headerType: 'PRODUCT',
      product: { catalogId: '4711', retailerId: 'sku-0' },
      text: `Hi ${name}, today only at ₹99!`,
      buttons: [{ type: 'SPM', text: 'View' }],
    }),
  },
  {
    name: 'call_us',
    values: () => [body1],
    shows: (name) => ({
      text: `Hi ${name}, questions about an order? We are there for you.`,
      buttons: [
        { type: 'PHONE_NUMBER' },
        { type: 'VOICE_CALL' },
        { type: 'URL', url: 'https://shop.example.com/help' },
      ],
    }),
  },
  {
    name: 'flash_offer',
    values: () => [
      { key: 'header', mediaUrl: image },
      body1,
      { key: 'body.2', value: '40 %' },
      { key: 'offer.expiresAt', value: '2035-11-15T23:59:00+05:30' },
      { key: 'button.0', value: 'FLASH40' },
    ],
    linkUrl: 'https://shop.example.com/flash',
    shows: (name) => ({
      headerType: 'IMAGE',
      header: image,
      text: `Hi ${name}, the first hundred orders get 40 % off.`,
      offer: { text: 'Ends soon!', expiresAt: Date.UTC(2035, 10, 15, 18, 29) },
      buttons: [
        { type: 'COPY_CODE', couponCode: 'FLASH40' },
        { type: 'URL', url: expect.stringMatching(/\/r\/[\w-]{32}$/) as unknown },
      ],
    }),
  },
  {
    name: 'lookbook',
    values: () => [
      body1,
      ...[1, 2, 3].flatMap((card) => [
        { key: `card.${card}.header`, mediaUrl: `https://cdn.example.com/${card}.jpg` },
        { key: `card.${card}.body.1`, value: card === 2 ? '{{name}}' : 'you' },
        { key: `card.${card}.button.0`, value: `look-${card}` },
      ]),
    ],
    shows: (name) => ({
      text: `Hi ${name}, three looks for the season.`,
      cards: [
        {
          header: 'https://cdn.example.com/1.jpg',
          text: 'Silk for you, woven by hand.',
          buttons: [{ type: 'URL', url: 'https://shop.example.com/p/look-1' }],
        },
        { text: `Cotton for ${name}, cool all day.` },
        { header: 'https://cdn.example.com/3.jpg' },
      ],
    }),
  },
  {
    name: 'catalog_cards',
    values: ([saree, kurta]) => [
      body1,
      { key: 'card.1.header', productId: kurta },
      { key: 'card.2.header', productId: saree },
    ],
    shows: (name) => ({
      text: `Hi ${name}, have a look at our favourites.`,
      cards: [
        { product: { catalogId: '4711', retailerId: 'sku-1' }, buttons: [{ type: 'SPM' }] },
        { product: { catalogId: '4711', retailerId: 'sku-0' } },
      ],
    }),
  },
];

const preview = `query ($input: PreviewMessageInput!) { previewMessage(input: $input) {
  contact { id } header headerType fileName location { latitude longitude name address } retailerId body footer
  offer { text expiresAt } problems
  buttons { type text url couponCode flow thumbnailRetailerId sections { title retailerIds } }
  cards { header headerType retailerId body
    buttons { type text url couponCode flow thumbnailRetailerId sections { title retailerIds } } } } }`;

type Shown = Record<string, unknown> & { buttons: Record<string, unknown>[]; cards?: Shown[] };

/** The ledger's row in the words of the preview; links lose their token, and payloads are not shown in a preview. */
function asPreviewed(row: Shown): unknown {
  const { product, text, header, headerType, cards, buttons } = row;
  const part = {
    header: header ?? null,
    headerType: headerType ?? null,
    retailerId: (product as { retailerId: string } | null)?.retailerId ?? null,
    body: text === '' ? null : text,
    buttons: buttons.map(({ type, text: label, url, couponCode, flowToken, thumbnail, sections }) => ({
      type,
      text: label === '' ? null : label,
      url: typeof url === 'string' ? withoutToken(url) : null,
      couponCode: couponCode ?? null,
      flow: flowToken ?? null,
      thumbnailRetailerId: thumbnail ?? null,
      sections: ((sections ?? []) as { title: string; products: string[] }[]).map((one) => ({
        title: one.title,
        retailerIds: one.products,
      })),
    })),
  };
  if (!('footer' in row)) return part;
  const offer = row.offer as { text: string; expiresAt: number } | null;
  return {
    ...part,
    fileName: row.fileName ?? null,
    location: row.location ?? null,
    footer: row.footer ?? null,
    offer: offer && { ...offer, expiresAt: new Date(offer.expiresAt).toISOString() },
    cards: (cards ?? []).map(asPreviewed),
  };
}

const withoutToken = (url: string) => url.replace(/\/r\/[\w-]{32}$/, '/r/TOKEN');

describe('a template of every kind', () => {
  let app: App;
  const products: string[] = [];
  const contacts: string[] = [];
  const people = names.map((name, i) => ({ name, phone: phoneOf(71_000 + i) }));

  beforeAll(async () => {
    app = await App.start({ workers: 1 });
    for (let i = 0; i < 3; i++) {
      const { createProduct } = await app.data<{ createProduct: { id: string } }>(
        `mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`,
        { input: { businessId: app.businessId, name: `P${i}`, catalogId: '4711', retailerId: `sku-${i}` } },
      );
      products.push(createProduct.id);
    }
    for (const person of people) {
      const { createContact } = await app.data<{ createContact: { id: string } }>(
        `mutation ($input: CreateContactInput!) { createContact(input: $input) { id } }`,
        { input: { businessId: app.businessId, kind: 'LEAD', ...person } },
      );
      contacts.push(createContact.id);
    }
  });
  afterAll(() => app?.close());

  test.each(kinds.map((kind) => [kind.name, kind] as const))(
    '%s is sent as it was previewed; the person without a name fails alone',
    async (name, { values, linkUrl, shows }) => {
      const message = {
        whatsappTemplateName: name,
        whatsappTemplateLanguage: 'en',
        templateValues: values(products),
        linkUrl: linkUrl ?? null,
      };
      const { previewMessage } = await app.data<{ previewMessage: (Shown & { problems: string[] })[] }>(
        preview,
        { input: { businessId: app.businessId, contactIds: contacts, ...message } },
      );
      const id = await createCampaign(app, { customRecipients: people, ...message });
      await sendCampaign(app, id);
      await reached(app, id);
      await webhooksDelivered(app);
      await expectConsistent(app, id);
      const rows = (await accepted(app, id)) as unknown as (Shown & { to: string })[];
      const byPhone = new Map(rows.map((row) => [row.to, row]));
      expect([...byPhone.keys()].sort()).toEqual(people.slice(0, 2).map(({ phone }) => phone));
      cleaned.forEach((shown, i) => {
        const row = byPhone.get(people[i]?.phone ?? '');
        expect(row).toMatchObject({ type: 'template', ...shows(shown) });
        const { problems, contact, ...previewed } = previewMessage[i] ?? {
          problems: ['no preview'],
          contact: null,
        };
        expect([problems, contact]).toEqual([[], { id: contacts[i] }]);
        const text = JSON.stringify(previewed).replace(/(?<=\/r\/)[\w-]{32}(?=")/g, 'TOKEN');
        expect(JSON.parse(text)).toEqual(row && asPreviewed(row));
      });
      const failed = (await recipients(app, id)).find(({ phone }) => phone === people[2]?.phone);
      expect(failed).toMatchObject({
        status: 'FAILED',
        error_message: expect.stringMatching(/is empty for this person/) as unknown,
      });
      expect(previewMessage[2]?.problems).toEqual([failed?.error_message]);

      const text = message.templateValues.findIndex(({ value }) => typeof value === 'string');
      const templateValues = message.templateValues.with(text, {
        ...message.templateValues[text],
        value: 'x'.repeat(1025),
      });
      const tooLong = createCampaign(app, { customRecipients: people, ...message, templateValues });
      await expect(tooLong).rejects.toThrow(`"field":"input.templateValues.${text}.value"`);
    },
  );

  test('the guide’s fields stand for the keys that they give', async () => {
    const id = await createCampaign(app, {
      customRecipients: people.slice(0, 1),
      whatsappTemplateName: 'flash_offer',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{name}}', '40 %', 'FLASH40'],
      mediaUrl: image,
      templateValues: [{ key: 'offer.expiresAt', value: '2035-01-01T00:00:00Z' }],
      linkUrl: 'https://shop.example.com/flash',
    });
    await sendCampaign(app, id);
    await reached(app, id);
    expect(await accepted(app, id)).toMatchObject([
      {
        header: image,
        text: `Hi ${cleaned[0]}, the first hundred orders get 40 % off.`,
        buttons: [{ couponCode: 'FLASH40' }, {}],
      },
    ]);
  });

  test('productId is the product of a template that shows one', async () => {
    const id = await createCampaign(app, {
      customRecipients: people.slice(0, 1),
      whatsappTemplateName: 'product_of_the_day',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['you', '₹99'],
      productId: products[2],
    });
    await sendCampaign(app, id);
    await reached(app, id);
    expect(await accepted(app, id)).toMatchObject([{ product: { retailerId: 'sku-2' } }]);
  });

  test('a document without a name has the one of its address, a flow without a token is sent', async () => {
    const start = async (input: Record<string, unknown>) => {
      const id = await createCampaign(app, {
        customRecipients: people.slice(0, 1),
        whatsappTemplateLanguage: 'en',
        ...input,
      });
      await sendCampaign(app, id);
      await reached(app, id);
      return accepted(app, id);
    };
    const mediaUrl = 'https://cdn.example.com/files/Price%20list.pdf?v=2';
    expect(
      await start({ whatsappTemplateName: 'price_list', templateParameters: ['a', 'b'], mediaUrl }),
    ).toMatchObject([{ header: mediaUrl, fileName: 'Price list.pdf' }]);
    const [flow] = await start({ whatsappTemplateName: 'book_a_fitting', templateParameters: ['you'] });
    expect(flow?.buttons).toEqual([{ type: 'FLOW', text: 'Book now' }]);
  });

  test('a person whose name makes the text header longer than 60 characters fails alone', async () => {
    const id = await createCampaign(app, {
      customRecipients: [
        { name: 'n'.repeat(60), phone: phoneOf(71_020) },
        { name: 'Asha', phone: phoneOf(71_021) },
      ],
      whatsappTemplateName: 'order_news',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{name}}', 'kurta', 'M'],
    });
    await sendCampaign(app, id);
    await reached(app, id);
    expect((await accepted(app, id)).map(({ to }) => to)).toEqual([phoneOf(71_021)]);
    expect(await recipients(app, id)).toMatchObject([
      { status: 'FAILED', error_message: expect.stringMatching(/the header has 69 characters/) as unknown },
      {},
    ]);
  });

  test('a person whose name makes the value too long fails alone', async () => {
    const id = await createCampaign(app, {
      customRecipients: [
        { name: 'n'.repeat(200), phone: phoneOf(71_010) },
        { name: 'Asha', phone: phoneOf(71_011) },
      ],
      whatsappTemplateName: 'call_us',
      whatsappTemplateLanguage: 'en',
      templateValues: [{ key: 'body.1', value: '{{name}}'.repeat(6) }],
    });
    await sendCampaign(app, id);
    await reached(app, id);
    expect((await accepted(app, id)).map(({ to }) => to)).toEqual([phoneOf(71_011)]);
    expect(await recipients(app, id)).toMatchObject([
      { status: 'FAILED', error_message: 'The value for {{1}} is too long for this person' },
      {},
    ]);
  });

  test('named values, and tracked buttons and quick replies on cards', async () => {
    const card = (button: object) => ({
      components: [
        { type: 'HEADER', format: 'VIDEO' },
        { type: 'BODY', text: 'Made for {{who}}.' },
        { type: 'BUTTONS', buttons: [button] },
      ],
    });
    const [sender] = await app.database.query<{ waba_id: string }[]>(`SELECT waba_id FROM senders`);
    await app.steer('POST', 'templates', {
      wabaId: sender?.waba_id,
      templates: [
        {
          name: 'named_cards',
          language: 'en',
          status: 'APPROVED',
          category: 'MARKETING',
          parameter_format: 'NAMED',
          components: [
            { type: 'BODY', text: 'Hi {{first_name}}, look.' },
            {
              type: 'CAROUSEL',
              cards: [
                card({ type: 'URL', text: 'Buy', url: `${app.url}/r/{{1}}` }),
                card({ type: 'QUICK_REPLY', text: 'Stop promotions' }),
              ],
            },
          ],
        },
      ],
    });
    const id = await createCampaign(app, {
      customRecipients: people.slice(0, 1),
      whatsappTemplateName: 'named_cards',
      whatsappTemplateLanguage: 'en',
      templateValues: [
        { key: 'body.first_name', value: '{{firstName}}' },
        ...[1, 2].flatMap((place) => [
          { key: `card.${place}.header`, mediaUrl: 'https://cdn.example.com/a.mp4' },
          { key: `card.${place}.body.who`, value: '{{firstName}}' },
        ]),
      ],
      linkUrl: 'https://shop.example.com/',
    });
    await sendCampaign(app, id);
    await reached(app, id);
    expect(await accepted(app, id)).toMatchObject([
      {
        text: 'Hi Asha, look.',
        cards: [
          {
            text: 'Made for Asha.',
            buttons: [{ url: expect.stringMatching(/\/r\/[\w-]{32}$/) as unknown }],
          },
          { buttons: [{ payload: expect.stringMatching(/^STOP:/) as unknown }] },
        ],
      },
    ]);
    // the library lists the buttons of the message only; one on a card opts out by its words
    const { templates } = await app.data<{ templates: { name: string; optOutButtons: number[] }[] }>(
      `query ($id: ID!) { templates(businessId: $id, search: "named_cards") { name optOutButtons } }`,
      { id: app.businessId },
    );
    expect(templates).toEqual([{ name: 'named_cards', optOutButtons: [] }]);
    const [message] = await accepted(app, id);
    const stop = { payload: `STOP:${message?.callbackData}`, body: 'Stop promotions' };
    await app.steer('POST', 'inbound', { type: 'button', messageId: message?.id, ...stop });
    await waitFor(async () => (await stats(app, id)).optedOutCount === 1, { what: 'the tap opted out' });
    await app.database.query('DELETE FROM suppressions');
  });

  test('a named variable in a text header has its name in the request', async () => {
    const [sender] = await app.database.query<{ waba_id: string }[]>(`SELECT waba_id FROM senders`);
    const named = {
      ...{ name: 'named_header', language: 'en', status: 'APPROVED', category: 'MARKETING' },
      parameter_format: 'NAMED',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'News for {{first_name}}' },
        { type: 'BODY', text: 'Your {{what}} is back.' },
      ],
    };
    await app.steer('POST', 'templates', { wabaId: sender?.waba_id, templates: [named] });
    const id = await createCampaign(app, {
      customRecipients: people.slice(0, 1),
      whatsappTemplateName: 'named_header',
      whatsappTemplateLanguage: 'en',
      templateValues: [
        { key: 'header.first_name', value: '{{firstName}}' },
        { key: 'body.what', value: 'kurta' },
      ],
    });
    await sendCampaign(app, id);
    await reached(app, id);
    // WhatsApp takes no named template without the names
    expect(await accepted(app, id)).toMatchObject([{ header: 'News for Asha', text: 'Your kurta is back.' }]);
  });

  test('an offer that has ended is not started, with the reason', async () => {
    const id = await createCampaign(app, {
      customRecipients: people.slice(0, 1),
      whatsappTemplateName: 'flash_offer',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['you', '40 %', 'FLASH40'],
      mediaUrl: image,
      templateValues: [{ key: 'offer.expiresAt', value: '2035-01-01T00:00:00Z' }],
      linkUrl: 'https://shop.example.com/flash',
    });
    await app.database.query(
      `UPDATE campaigns SET template_values = jsonb_set(template_values, '{offer.expiresAt,value}', '"2020-01-01T00:00:00Z"') WHERE id = $1`,
      [id],
    );
    await expect(sendCampaign(app, id)).rejects.toThrow(/offer of the message ended at 2020-01-01/);
  });

  // the last test: it starts another worker
  test('an offer that ends while the campaign waits pauses it with the reason, and nobody gets it', async () => {
    await Promise.all(app.workers.splice(0).map((worker) => worker.stop()));
    const id = await createCampaign(app, {
      customRecipients: people.slice(0, 2),
      whatsappTemplateName: 'flash_offer',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['you', '40 %', 'FLASH40'],
      mediaUrl: image,
      templateValues: [{ key: 'offer.expiresAt', value: '2035-01-01T00:00:00Z' }],
      linkUrl: 'https://shop.example.com/flash',
    });
    await sendCampaign(app, id);
    await app.database.query(
      `UPDATE campaigns SET template_values = jsonb_set(template_values, '{offer.expiresAt,value}', '"2020-01-01T00:00:00Z"') WHERE id = $1`,
      [id],
    );
    app.workers.push(await startWorkerRole(app.config, silent));
    expect(await reached(app, id, 'PAUSED')).toMatchObject({ queuedCount: 2, failedCount: 0 });
    expect(await statusReason(app, id)).toMatch(/offer of the message ended at 2020-01-01/);
    expect(await accepted(app, id)).toEqual([]);
  });
});
