import { App } from '../support/app';
import { openWindows } from '../support/windows';
import { refusal, sendCampaign, stats } from './ask';
import { createTenant } from './tenant';

interface Draft {
  id: string;
  campaignName: string;
  campaignType: string;
  status: string;
  templateId: string | null;
  whatsappTemplateName: string | null;
  whatsappTemplateLanguage: string | null;
  templateParameters: string[];
  messageText: string | null;
  mediaUrl: string | null;
  mediaType: string | null;
  productId: string | null;
  linkUrl: string | null;
  onUnconfirmed: string;
  canary: { percent: number; minimum: number } | null;
  audienceType: string;
  audienceFilter: Record<string, unknown>;
  exclude: Record<string, unknown> | null;
  segmentId: string | null;
  customRecipients: { name: string; phone: string; email: string | null }[] | null;
  totalRecipients: number;
  missing: string[];
  drift: { previewed: number; now: number } | null;
}

const fields = `id campaignName campaignType status templateId whatsappTemplateName whatsappTemplateLanguage
  templateParameters messageText mediaUrl mediaType productId linkUrl onUnconfirmed canary { percent minimum } audienceType
  audienceFilter exclude segmentId customRecipients { name phone email } totalRecipients missing drift { previewed now }`;
const documents = {
  create: `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { ${fields} } }`,
  update: `mutation ($id: ID!, $input: UpdateCampaignInput!) { updateCampaign(campaignId: $id, input: $input) { ${fields} } }`,
  clone: `mutation ($id: ID!, $name: String!) { cloneCampaign(campaignId: $id, campaignName: $name) { ${fields} } }`,
  remove: `mutation ($id: ID!) { deleteCampaign(campaignId: $id) { id campaignName status } }`,
  fix: `mutation ($id: ID!) { fixAudience(campaignId: $id) { id } }`,
  read: `query ($id: ID!) { campaign(id: $id) { ${fields} } }`,
  cancel: `mutation ($id: ID!) { cancelCampaign(campaignId: $id) { status } }`,
  segment: `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }`,
};

const link = 'https://shop.example.com/sale';
const sale = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{name}}'],
  linkUrl: link,
};

let app: App;

beforeAll(async () => {
  app = await App.start({ workers: 0 });
  await app.addCustomers(20);
  await app.database.query(
    `INSERT INTO leads (business_id, name, phone, phone_e164, city, quality)
     SELECT $1, 'Lead ' || i, p, p, CASE WHEN i <= 4 THEN 'Pune' ELSE 'Mumbai' END, 'HOT'
     FROM generate_series(1, 10) i, LATERAL (SELECT '+9198800' || lpad(i::text, 5, '0') AS p) phone`,
    [app.businessId],
  );
});
afterAll(() => app?.close());

const inputOf = (more: Record<string, unknown> = {}) => ({
  businessId: app.businessId,
  campaignName: 'Sale',
  campaignType: 'PROMOTIONAL',
  audienceType: 'CUSTOMERS',
  ...more,
});

async function create(more: Record<string, unknown> = {}): Promise<Draft> {
  return (await app.data<{ createCampaign: Draft }>(documents.create, { input: inputOf(more) }))
    .createCampaign;
}

async function update(id: string, input: Record<string, unknown>): Promise<Draft> {
  return (await app.data<{ updateCampaign: Draft }>(documents.update, { id, input })).updateCampaign;
}

async function read(id: string): Promise<Draft> {
  return (await app.data<{ campaign: Draft }>(documents.read, { id })).campaign;
}

async function clone(id: string, name: string): Promise<Draft> {
  return (await app.data<{ cloneCampaign: Draft }>(documents.clone, { id, name })).cloneCampaign;
}

async function createSegment(name: string, filter: Record<string, unknown> = {}): Promise<string> {
  const input = { businessId: app.businessId, name, audienceType: 'LEADS', filter };
  return (await app.data<{ createSegment: { id: string } }>(documents.segment, { input })).createSegment.id;
}

const refused = (id: string, input: Record<string, unknown>) => refusal(app, documents.update, { id, input });

/** Sets a status without the road to it: what counts here is only what the status forbids. */
const setStatus = (id: string, status: string) =>
  app.database.query(`UPDATE campaigns SET status = $2 WHERE id = $1`, [id, status]);

describe('a change of a draft', () => {
  it('leaves what is left out as it was, and clears what is null', async () => {
    const canary = { percent: 5, minimum: 2 };
    const draft = await create({
      ...sale,
      canary,
      onUnconfirmed: 'RESEND',
      audienceFilter: { tags: ['vip'] },
    });
    expect(draft).toMatchObject({ status: 'DRAFT', totalRecipients: 20, missing: [], canary });
    expect(await update(draft.id, {})).toEqual(draft);
    expect(await update(draft.id, { campaignName: ' New ' })).toEqual({ ...draft, campaignName: 'New' });
    const cleared = await update(draft.id, { canary: null, onUnconfirmed: null, audienceFilter: null });
    expect(cleared).toEqual({
      ...draft,
      campaignName: 'New',
      canary: null,
      onUnconfirmed: 'HOLD',
      audienceFilter: {},
    });
    expect(await read(draft.id)).toEqual(cleared);
  });

  it('gives maxCost in one spelling, as it was written and as it is read', async () => {
    const ask = `mutation ($id: ID!, $input: UpdateCampaignInput!) { updateCampaign(campaignId: $id, input: $input) { maxCost } }`;
    const { id } = await create(sale);
    for (const [given, shown] of [
      ['1.5', '1.50'],
      ['49.90', '49.90'],
      ['0.005', '0.005'],
      [2, '2.00'],
      ['1000.100000', '1000.10'],
      [null, null],
    ]) {
      const { updateCampaign } = await app.data<{ updateCampaign: unknown }>(ask, {
        id,
        input: { maxCost: given },
      });
      const { campaign } = await app.data<{ campaign: unknown }>(
        `query ($id: ID!) { campaign(id: $id) { maxCost } }`,
        { id },
      );
      expect([updateCampaign, campaign]).toEqual([{ maxCost: shown }, { maxCost: shown }]);
    }
  });

  it('counts the audience anew when it is another one', async () => {
    const { id } = await create(sale);
    const pune = { city: ['Pune'] };
    expect(await update(id, { audienceType: 'LEADS', audienceFilter: pune })).toMatchObject({
      totalRecipients: 4,
      audienceFilter: pune,
    });
    const segmentId = await createSegment('In Pune', pune);
    expect(await update(id, { audienceType: 'SEGMENT', segmentId })).toMatchObject({
      totalRecipients: 4,
      audienceFilter: {},
      segmentId,
    });
    const people = [{ name: 'Asha', phone: '98765 00001', email: null }];
    const listed = await update(id, { audienceType: 'CUSTOM', customRecipients: people });
    expect(listed).toMatchObject({ totalRecipients: 1, segmentId: null, customRecipients: people });
    expect(await update(id, { audienceType: 'CUSTOM', campaignName: 'Listed' })).toMatchObject({
      totalRecipients: 1,
      customRecipients: people,
    });
    expect(await update(id, { audienceType: 'LEADS' })).toMatchObject({
      totalRecipients: 10,
      customRecipients: null,
    });
    expect(await stats(app, id)).toMatchObject({ totalRecipients: 10, queuedCount: 10, excludedCount: 0 });
  });

  it('replaces the template, however either was named', async () => {
    const draft = await create(sale);
    const hello = { whatsappTemplateName: 'hello_world', whatsappTemplateLanguage: 'en_US' };
    const changed = await update(draft.id, { ...hello, templateParameters: null });
    expect(changed).toMatchObject({ ...hello, templateParameters: [], linkUrl: link });
    expect(changed.templateId).not.toBe(draft.templateId);
    expect(
      await update(draft.id, { templateId: draft.templateId, templateParameters: ['{{firstName}}'] }),
    ).toMatchObject({ whatsappTemplateName: 'weekend_sale', templateParameters: ['{{firstName}}'] });
    const text = { templateId: null, templateParameters: null, messageText: 'Hi {{link}}' };
    expect(await update(draft.id, text)).toMatchObject({
      templateId: null,
      whatsappTemplateName: null,
      messageText: 'Hi {{link}}',
    });
    const image = { mediaUrl: 'https://shop.example.com/a.jpg', messageText: null, mediaType: null };
    expect(await update(draft.id, image)).toMatchObject({ ...image, mediaType: 'IMAGE' });
    const festive = { whatsappTemplateName: 'festive_offer', templateParameters: ['a', 'b'] };
    await update(draft.id, { ...festive, whatsappTemplateLanguage: 'en' });
    expect(await update(draft.id, { whatsappTemplateLanguage: 'hi' })).toMatchObject({
      ...festive,
      whatsappTemplateLanguage: 'hi',
      mediaUrl: image.mediaUrl,
    });
  });

  it('takes the image of another product, unless the draft has media of its own', async () => {
    const product = async (name: string) => {
      const query = `mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`;
      const input = { businessId: app.businessId, name, imageUrl: `https://shop.example.com/${name}.jpg` };
      return (await app.data<{ createProduct: { id: string } }>(query, { input })).createProduct.id;
    };
    const [kurta, saree] = [await product('kurta'), await product('saree')];
    const { id } = await create({ messageText: 'Hi', productId: kurta });
    expect(await update(id, { productId: saree })).toMatchObject({
      mediaUrl: 'https://shop.example.com/saree.jpg',
      mediaType: 'IMAGE',
    });
    const own = { mediaUrl: 'https://shop.example.com/own.mp4', mediaType: 'VIDEO' };
    expect(await update(id, own)).toMatchObject({ ...own, productId: saree });
    expect(await update(id, { productId: kurta })).toMatchObject({ ...own, productId: kurta });
    expect(await update(id, { mediaUrl: null })).toMatchObject({
      mediaUrl: 'https://shop.example.com/kurta.jpg',
      mediaType: 'IMAGE',
    });
    expect(await update(id, { productId: null })).toMatchObject({ mediaUrl: null, mediaType: null });
  });

  it('finds the content of a campaign of before the upgrade in its columns', async () => {
    const asBefore = (id: string) =>
      app.database.query(`UPDATE campaigns SET given_content = NULL WHERE id = $1`, [id]);
    const festive = {
      whatsappTemplateName: 'festive_offer',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['a', 'b'],
      mediaUrl: 'https://shop.example.com/a.jpg',
      linkUrl: link,
    };
    const draft = await create(festive);
    await asBefore(draft.id);
    expect(await update(draft.id, { linkUrl: `${link}/new` })).toEqual({ ...draft, linkUrl: `${link}/new` });
    const text = await create({
      messageText: 'Hi',
      mediaUrl: 'https://shop.example.com/a.mp4',
      mediaType: 'VIDEO',
    });
    await asBefore(text.id);
    expect(await update(text.id, { messageText: 'Hello' })).toEqual({ ...text, messageText: 'Hello' });
  });

  it('is refused with the field if it would be a campaign that createCampaign refuses', async () => {
    const { id } = await create(sale);
    const before = await read(id);
    for (const [field, input] of Object.entries({
      'input.campaignName': { campaignName: ' ' },
      'input.campaignType': { campaignType: null },
      'input.audienceType': { audienceType: null },
      'input.audienceFilter.city': { audienceFilter: { city: ['Pune'] } },
      'input.segmentId': { audienceType: 'SEGMENT' },
      'input.customRecipients': { audienceType: 'CUSTOM' },
      'input.linkUrl': { linkUrl: null },
      'input.templateParameters': { templateParameters: ['a', 'b'] },
      'input.templateParameters.0': { templateParameters: [' '] },
      'input.messageText': { messageText: 'Hi' },
      'input.whatsappTemplateName': { templateId: null, templateParameters: null },
      'input.whatsappTemplateLanguage': {
        whatsappTemplateName: 'hello_world',
        whatsappTemplateLanguage: 'x',
      },
      'input.canary.percent': { canary: { percent: 0 } },
    }))
      expect([field, await refused(id, input)]).toEqual([
        field,
        expect.objectContaining({ code: 'BAD_USER_INPUT', field }),
      ]);
    expect(await read(id)).toEqual(before);
  });

  it('is a CONFLICT once the campaign has started or ended', async () => {
    const { id } = await create(sale);
    for (const status of ['ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED', 'FAILED']) {
      await setStatus(id, status);
      for (const [query, done] of [
        [documents.update, 'changed'],
        [documents.remove, 'deleted'],
        [documents.fix, 'changed'],
      ] as const)
        expect(await refusal(app, query, { id, input: { campaignName: 'X' } })).toMatchObject({
          code: 'CONFLICT',
          message: `A campaign that is ${status} cannot be ${done}`,
        });
    }
    await setStatus(id, 'SCHEDULED');
    expect(await update(id, { campaignName: 'Later' })).toMatchObject({ campaignName: 'Later' });
    expect(await refused(id, { incomplete: true })).toMatchObject({ field: 'input.incomplete' });
    expect((await refusal(app, documents.remove, { id })).code).toBe('CONFLICT');
  });

  it('holds together with changes of other fields that are made at the same time', async () => {
    const { id } = await create(sale);
    const changes = [
      { campaignName: 'At once' },
      { campaignType: 'REMINDER' },
      { templateParameters: ['{{firstName}}'] },
      { audienceType: 'LEADS' },
      { onUnconfirmed: 'RESEND' },
      { canary: { percent: 3, minimum: 4 } },
      { linkUrl: `${link}/other` },
    ];
    await Promise.all(changes.map((input) => update(id, input)));
    expect(await read(id)).toMatchObject({ ...Object.assign({}, ...changes), totalRecipients: 10 });
  });
});

describe('an incomplete draft', () => {
  it('is stored step by step, says what it needs, and is sent when nothing is missing', async () => {
    const draft = await create({ campaignName: '', audienceType: 'SEGMENT', incomplete: true });
    expect(draft).toMatchObject({ status: 'DRAFT', totalRecipients: 0, drift: null });
    expect(draft.missing).toEqual([
      'campaignName: 1 to 200 characters',
      'segmentId: the id of a segment',
      'whatsappTemplateName: a template, or messageText or media for a free-form message',
    ]);
    const { id } = draft;
    expect(await refusal(app, sendCampaign, { id })).toEqual({
      code: 'CONFLICT',
      field: 'campaignName',
      message: `The campaign is not complete yet. It still needs ${draft.missing.join('; ')}`,
    });
    expect(await update(id, { campaignName: 'Steps' })).toMatchObject({ campaignName: 'Steps' });
    expect((await update(id, { audienceType: 'CUSTOM', customRecipients: [] })).missing[0]).toMatch(
      /^customRecipients: /,
    );
    // without a message yet it is counted as a marketing template: nobody is left out for a closed window
    expect(await update(id, { audienceType: 'LEADS' })).toMatchObject({ totalRecipients: 10 });
    const { whatsappTemplateName, whatsappTemplateLanguage } = sale;
    expect((await update(id, { whatsappTemplateName, whatsappTemplateLanguage })).missing).toEqual([
      'templateParameters: 1 value for this template, not 0',
      'linkUrl: a URL: the template has a tracked button, which must lead somewhere',
    ]);
    expect((await update(id, { templateParameters: [''] })).missing).toEqual([
      'templateParameters.0: a value: WhatsApp refuses an empty one',
      'linkUrl: a URL: the template has a tracked button, which must lead somewhere',
    ]);
    expect((await update(id, { linkUrl: link })).missing).toHaveLength(1);
    expect(await update(id, { templateParameters: ['{{name}}'] })).toMatchObject({ missing: [] });
    const { sendCampaign: sent } = await app.data<{ sendCampaign: { message: string } }>(sendCampaign, {
      id,
    });
    expect(sent.message).toBe('Campaign queued for delivery. 10 messages will be sent.');
    expect(await read(id)).toMatchObject({ status: 'ACTIVE', missing: [], drift: null });
  });

  it('needs the media of the header, and the link of {{link}}', async () => {
    const { id } = await create({ incomplete: true });
    const festive = { whatsappTemplateName: 'festive_offer', whatsappTemplateLanguage: 'en' };
    expect((await update(id, { ...festive, templateParameters: ['a', 'b'], linkUrl: link })).missing).toEqual(
      ['mediaUrl: a URL (or a productId): the template has the header IMAGE'],
    );
    const text = { templateId: null, templateParameters: null, messageText: 'See {{link}}', linkUrl: null };
    expect((await update(id, text)).missing).toEqual(['linkUrl: a URL: {{link}} must lead somewhere']);
    expect((await update(id, { messageText: '  ', mediaType: 'VIDEO' })).missing).toEqual([
      'mediaUrl: a URL when mediaType is given',
      'whatsappTemplateName: a template, or messageText or media for a free-form message',
    ]);
    expect(await update(id, { mediaUrl: 'https://shop.example.com/a.mp4' })).toMatchObject({
      mediaType: 'VIDEO',
      missing: [],
    });
  });

  it('is checked as far as it is given', async () => {
    const { id } = await create({ incomplete: true, ...sale, templateParameters: null });
    for (const [field, input] of Object.entries({
      'input.campaignName': { campaignName: 'x'.repeat(201) },
      'input.audienceFilter.totalSpent': { audienceType: 'LEADS', audienceFilter: { totalSpent: { gt: 1 } } },
      'input.audienceFilter': { audienceType: 'SEGMENT', audienceFilter: { tags: ['vip'] } },
      'input.templateParameters': { templateParameters: ['a', 'b'] },
      'input.templateParameters.0': { templateParameters: ['{{nmae}}'] },
      'input.whatsappTemplateName': { whatsappTemplateName: 'old_offer', whatsappTemplateLanguage: 'en' },
      'input.messageText': { messageText: 'Hi' },
      'input.fixAudience': { audienceType: 'SEGMENT', fixAudience: true },
    }))
      expect([field, await refused(id, input)]).toEqual([
        field,
        expect.objectContaining({ code: 'BAD_USER_INPUT', field }),
      ]);
  });

  it('is completed by incomplete: false, which names what is missing', async () => {
    const { id } = await create({ campaignName: '', incomplete: true });
    expect(await refused(id, { incomplete: false })).toMatchObject({ field: 'input.campaignName' });
    expect(await refused(id, { incomplete: false, campaignName: 'X' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.whatsappTemplateName',
    });
    expect(await update(id, { incomplete: false, campaignName: 'X', ...sale })).toMatchObject({
      missing: [],
    });
    // from here on it must stay complete
    expect(await refused(id, { linkUrl: null })).toMatchObject({ field: 'input.linkUrl' });
    expect((await update(id, { linkUrl: null, incomplete: true })).missing).toHaveLength(1);
  });

  it('shows as missing what became wrong after it was saved', async () => {
    const { id } = await create({ ...sale, incomplete: true });
    expect((await read(id)).missing).toEqual([]);
    await app.database.query(`UPDATE templates SET status = 'PAUSED' WHERE name = 'weekend_sale'`);
    expect((await read(id)).missing).toEqual([
      'whatsappTemplateName: a template that campaigns can send; weekend_sale (en) cannot be sent: it is PAUSED at WhatsApp; only APPROVED templates can be sent',
    ]);
    await app.database.query(`UPDATE templates SET status = 'APPROVED' WHERE name = 'weekend_sale'`);
  });

  it('is not the default: without it createCampaign refuses what is missing', async () => {
    const ask = (more: Record<string, unknown>) => refusal(app, documents.create, { input: inputOf(more) });
    for (const incomplete of [undefined, false, null])
      expect(await ask({ incomplete })).toMatchObject({ field: 'input.whatsappTemplateName' });
    expect(await ask({ ...sale, linkUrl: null })).toMatchObject({ field: 'input.linkUrl' });
    expect(await ask({ ...sale, campaignName: ' ' })).toMatchObject({ field: 'input.campaignName' });
  });
});

describe('a copy', () => {
  it('has the content and the audience of a campaign of any status, and nothing else of it', async () => {
    const people = [{ name: 'Asha', phone: '+919876500001', email: 'a@example.com' }];
    const canary = { percent: 2, minimum: 3 };
    const source = await create({
      ...sale,
      audienceType: 'CUSTOM',
      customRecipients: people,
      canary,
      idempotencyKey: 'copied?',
    });
    for (const status of ['DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED', 'FAILED']) {
      await setStatus(source.id, status);
      const copy = await clone(source.id, `Copy of a ${status}`);
      expect(copy).toEqual({ ...source, id: copy.id, campaignName: `Copy of a ${status}` });
      expect(copy.id).not.toBe(source.id);
    }
    const [keys] = await app.database.query<{ keys: string; links: string; campaigns: string }[]>(
      `SELECT count(idempotency_key) AS keys, count(DISTINCT link_id) AS links, count(*) AS campaigns FROM campaigns
       WHERE custom_recipients IS NOT NULL AND canary ->> 'minimum' = '3'`,
    );
    expect(keys).toEqual({ keys: '1', links: '8', campaigns: '8' });
    expect(await refusal(app, documents.clone, { id: source.id, name: ' ' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'campaignName',
    });
  });

  it('is incomplete if something is not there any more', async () => {
    const segmentId = await createSegment('For a while');
    const source = await create({ ...sale, audienceType: 'SEGMENT', segmentId });
    await app.data(documents.cancel, { id: source.id });
    await app.data(`mutation ($id: ID!) { deleteSegment(id: $id) { id } }`, { id: segmentId });
    expect(await clone(source.id, 'Again')).toMatchObject({
      segmentId: null,
      totalRecipients: 0,
      missing: ['segmentId: the id of a segment'],
    });
  });

  it.each([
    ['audienceFilter', (segmentId: string) => ({ audienceFilter: { not: { segmentId } } })],
    ['exclude', (segmentId: string) => ({ exclude: { or: [{ segmentId }] } })],
  ])('is incomplete if a segment in %s is not there any more', async (field, filters) => {
    const segmentId = await createSegment(`In ${field}`);
    const source = await create({ ...sale, audienceType: 'LEADS', ...filters(segmentId) });
    await app.data(documents.cancel, { id: source.id });
    await app.data(`mutation ($id: ID!) { deleteSegment(id: $id) { id } }`, { id: segmentId });
    const { id, ...copy } = await clone(source.id, 'Again');
    const need = `${field}: a filter without the segment that was deleted`;
    expect(copy).toMatchObject({
      status: 'DRAFT',
      totalRecipients: 0,
      missing: [need],
      drift: null,
      ...filters(segmentId),
    });
    for (const document of [sendCampaign, documents.fix])
      expect(await refusal(app, document, { id })).toMatchObject({
        code: 'CONFLICT',
        field,
        message: expect.stringContaining(need) as unknown,
      });
    expect(await update(id, { campaignName: 'Another name' })).toMatchObject({ missing: [need] });
    expect(await refused(id, { incomplete: false })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await update(id, { audienceFilter: null, exclude: null, incomplete: false })).toMatchObject({
      missing: [],
      totalRecipients: 10,
    });
  });
});

describe('a deleted draft', () => {
  it('is gone, and is returned as it was', async () => {
    const segmentId = await createSegment('Only for one draft');
    const draft = await create({ ...sale, audienceType: 'SEGMENT', segmentId });
    const removeSegment = `mutation ($id: ID!) { deleteSegment(id: $id) { id } }`;
    expect((await refusal(app, removeSegment, { id: segmentId })).code).toBe('CONFLICT');
    expect(await app.data(documents.remove, { id: draft.id })).toEqual({
      deleteCampaign: { id: draft.id, campaignName: 'Sale', status: 'DRAFT' },
    });
    for (const query of [documents.read, documents.remove, documents.update, documents.fix, sendCampaign])
      expect(await refusal(app, query, { id: draft.id, input: {} })).toMatchObject({ code: 'NOT_FOUND' });
    await app.data(removeSegment, { id: segmentId });
  });

  it('must not be named by the filter of a segment or of an open campaign', async () => {
    const draft = await create(sale);
    const filter = { not: { campaign: { campaignId: draft.id.toUpperCase() } } };
    const user = await create({ ...sale, campaignName: 'The others', audienceFilter: filter });
    expect(await refusal(app, documents.remove, { id: draft.id })).toMatchObject({
      code: 'CONFLICT',
      message: 'The filter of the campaign "The others" names this campaign',
    });
    await app.data(documents.remove, { id: user.id });
    await createSegment('Others too', { or: [filter] });
    expect(await refusal(app, documents.remove, { id: draft.id })).toMatchObject({
      message: 'The filter of the segment "Others too" names this campaign',
    });
  });
});

describe('contacts to leave out', () => {
  const pune = { city: ['Pune'] };
  const removeSegment = `mutation ($id: ID!) { deleteSegment(id: $id) { id } }`;

  it('are kept apart from the filter and are not sent to', async () => {
    const exclude = { ...pune, tags: null };
    const draft = await create({ ...sale, audienceType: 'LEADS', exclude });
    expect(draft).toMatchObject({ totalRecipients: 6, audienceFilter: {}, exclude: pune });
    expect(draft.drift).toEqual({ previewed: 6, now: 6 });
    expect(await update(draft.id, { audienceFilter: { quality: ['HOT'] } })).toMatchObject({
      totalRecipients: 6,
      exclude: pune,
    });
    expect(await clone(draft.id, 'Copy')).toMatchObject({ totalRecipients: 6, exclude: pune });
    const segmentId = await createSegment('All leads');
    expect(await update(draft.id, { audienceType: 'SEGMENT', segmentId })).toMatchObject({
      totalRecipients: 6,
      exclude: pune,
    });
    const { sendCampaign: sent } = await app.data<{ sendCampaign: { totalRecipients: number } }>(
      sendCampaign,
      {
        id: draft.id,
      },
    );
    expect(sent.totalRecipients).toBe(6);
    const other = await create({ ...sale, audienceType: 'LEADS', exclude });
    expect(await update(other.id, { exclude: null })).toMatchObject({ totalRecipients: 10, exclude: null });
    await update(other.id, { exclude });
    const listed = { audienceType: 'CUSTOM', customRecipients: [{ phone: '+919876500001' }] };
    expect(await update(other.id, listed)).toMatchObject({ totalRecipients: 1, exclude: null });
    expect(await refused(other.id, { exclude })).toMatchObject({ field: 'input.exclude' });
  });

  it('are checked for the audience', async () => {
    const { id } = await create(sale);
    expect(await refused(id, { exclude: pune })).toMatchObject({ field: 'input.exclude.city' });
    expect(await refused(id, { audienceType: 'SEGMENT', exclude: pune, incomplete: true })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.exclude',
    });
    await update(id, { audienceType: 'LEADS', exclude: pune });
    expect(await update(id, { audienceType: 'SEGMENT', incomplete: true })).toMatchObject({ exclude: null });
  });

  it('keep their segments and campaigns from being deleted', async () => {
    const segmentId = await createSegment('Not these', pune);
    const draft = await create(sale);
    const exclude = { or: [{ segmentId }, { campaign: { campaignId: draft.id } }] };
    const user = await create({ ...sale, campaignName: 'Without them', audienceType: 'LEADS', exclude });
    expect(user.totalRecipients).toBe(6);
    expect((await refusal(app, removeSegment, { id: segmentId })).message).toContain('"Without them"');
    expect((await refusal(app, documents.remove, { id: draft.id })).message).toContain('"Without them"');
    const update = `mutation ($id: ID!, $filter: AudienceFilterInput) { updateSegment(id: $id, input: { filter: $filter }) { id } }`;
    await app.data(update, { id: segmentId, filter: { city: ['Mumbai'] } });
    expect((await read(user.id)).drift).toEqual({ previewed: 6, now: 4 });
    await app.data(documents.remove, { id: user.id });
    await app.data(documents.remove, { id: draft.id });
    await app.data(removeSegment, { id: segmentId });
  });
});

describe('an idempotency key', () => {
  it('gives one campaign, however often and at the same time it is used', async () => {
    const input = { ...sale, idempotencyKey: 'order 17' };
    const made = await Promise.all(Array.from({ length: 10 }, () => create(input)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    // also when the rest differs or would be refused by now
    const again = await create({ idempotencyKey: 'order 17', campaignName: 'Other' });
    expect(again).toMatchObject({ id: made[0]?.id, campaignName: 'Sale' });
    const other = await create({ ...sale, idempotencyKey: 'order 18' });
    expect(other.id).not.toBe(again.id);
    await app.data(documents.remove, { id: other.id });
    expect((await create({ ...sale, idempotencyKey: 'order 18' })).id).not.toBe(other.id);
  });

  it('belongs to its business', async () => {
    const tenant = await createTenant(app);
    const mine = await create({ ...sale, idempotencyKey: 'shared' });
    const token = await app.token({ businessIds: [tenant.businessId] });
    const { createCampaign: theirs } = await app.data<{ createCampaign: Draft }>(
      documents.create,
      { input: { ...inputOf(sale), businessId: tenant.businessId, idempotencyKey: 'shared' } },
      token,
    );
    expect(theirs.id).not.toBe(mine.id);
  });

  it('has 1 to 200 characters', async () => {
    for (const idempotencyKey of ['', 'x'.repeat(201)])
      expect(
        await refusal(app, documents.create, { input: inputOf({ ...sale, idempotencyKey }) }),
      ).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.idempotencyKey' });
  });
});

it('the drift is the difference between the last save of the audience and now', async () => {
  const { id } = await create({ ...sale, audienceFilter: { tags: ['vip'] } });
  await app.addCustomers(3, { from: 100 });
  expect((await read(id)).drift).toEqual({ previewed: 20, now: 23 });
  expect((await update(id, { campaignName: 'Other' })).drift).toEqual({ previewed: 20, now: 23 });
  expect((await update(id, { audienceType: 'CUSTOMERS' })).drift).toEqual({ previewed: 23, now: 23 });
  await app.data(sendCampaign, { id });
  expect((await read(id)).drift).toBeNull();
});

it('a campaign that is made incomplete while it is being started is not sent without its message', async () => {
  await openWindows(app, app.businessId, [{ phone: '+919876500001' }]);
  for (let i = 0; i < 30; i++) {
    const person = { customRecipients: [{ phone: '+919876500001' }], audienceType: 'CUSTOM' };
    const { id } = await create({ ...person, messageText: 'Hi' });
    const [changed, sent] = await Promise.all([
      app.graphql<unknown>(documents.update, { id, input: { messageText: null, incomplete: true } }),
      app.graphql<unknown>(sendCampaign, { id }),
    ]);
    const { status, messageText } = await read(id);
    // who was told that it worked is right about it
    expect([status, messageText]).toEqual([sent.errors ? 'DRAFT' : 'ACTIVE', changed.errors ? 'Hi' : null]);
    expect([changed, sent].map(({ errors }) => errors?.[0]?.extensions.code).sort()).toEqual([
      'CONFLICT',
      undefined,
    ]);
  }
});

describe('the list of campaigns', () => {
  async function names(variables: Record<string, unknown>): Promise<string[]> {
    const query = `query ($id: ID!, $search: String, $sort: CampaignSort, $page: Int, $limit: Int, $status: [CampaignStatus!]) {
      campaigns(businessId: $id, search: $search, sort: $sort, page: $page, limit: $limit, status: $status) {
        campaigns { campaignName } total } }`;
    const { campaigns } = await app.data<{ campaigns: { campaigns: Draft[]; total: number } }>(query, {
      id: app.businessId,
      limit: 100,
      ...variables,
    });
    if (variables.limit === undefined) expect(campaigns.total).toBe(campaigns.campaigns.length);
    return campaigns.campaigns.map(({ campaignName }) => campaignName);
  }

  const made = ['Straße 100%', 'straße 50', 'Zebra_x', 'apple\\pie', 'Étude'];

  beforeAll(async () => {
    await app.database.query(`DELETE FROM campaigns WHERE business_id = $1`, [app.businessId]);
    const ids: string[] = [];
    for (const campaignName of made) ids.push((await create({ ...sale, campaignName })).id);
    await app.database.query(
      `UPDATE campaigns SET status = 'COMPLETED', started_at = now() - make_interval(hours => CASE id WHEN $1 THEN 2 ELSE 1 END)
       WHERE id IN ($1, $2)`,
      [ids[0], ids[2]],
    );
  });

  it('is searched for a part of the name, whatever its case; % _ and \\ are only characters', async () => {
    expect(await names({ search: 'STRASSE' })).toEqual(['straße 50', 'Straße 100%']);
    expect(await names({ search: ' zebra ' })).toEqual(['Zebra_x']);
    expect(await names({ search: 'é' })).toEqual(['Étude']);
    expect(await names({ search: '%' })).toEqual(['Straße 100%']);
    expect(await names({ search: '_' })).toEqual(['Zebra_x']);
    expect(await names({ search: '\\' })).toEqual(['apple\\pie']);
    expect(await names({ search: 'no such name' })).toEqual([]);
    expect(await names({ search: ' ' })).toHaveLength(5);
    expect(await names({ search: 'str', status: ['DRAFT'] })).toEqual(['straße 50']);
    const query = `query ($id: ID!, $s: String) { campaigns(businessId: $id, search: $s) { total } }`;
    expect(await refusal(app, query, { id: app.businessId, s: 'x'.repeat(201) })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'search',
    });
  });

  it('is sorted by creation, by name or by start', async () => {
    const newest = [...made].reverse();
    expect(await names({})).toEqual(newest);
    expect(await names({ sort: null, search: null })).toEqual(newest);
    expect(await names({ sort: 'NEWEST' })).toEqual(newest);
    expect(await names({ sort: 'NAME' })).toEqual([
      'apple\\pie',
      'Straße 100%',
      'straße 50',
      'Zebra_x',
      'Étude',
    ]);
    expect((await names({ sort: 'STARTED' })).slice(0, 2)).toEqual(['Zebra_x', 'Straße 100%']);
    expect(await names({ sort: 'STARTED', page: 2, limit: 2 })).toEqual(['Étude', 'apple\\pie']);
  });
});
