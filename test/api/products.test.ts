import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { createCampaign, refusal, sendCampaign, stats } from './ask';
import { createTenant } from './tenant';

interface Product {
  id: string;
  name: string;
  price: string | null;
  currency: string | null;
  imageUrl: string | null;
  mediaId: string | null;
  catalogId: string | null;
  retailerId: string | null;
}

const all = 'id name price currency imageUrl mediaId catalogId retailerId';
const create = `mutation ($input: CreateProductInput!) { createProduct(input: $input) { ${all} } }`;
const update = `mutation ($id: ID!, $input: UpdateProductInput!) { updateProduct(id: $id, input: $input) { ${all} } }`;
const remove = `mutation ($id: ID!) { deleteProduct(id: $id) { ${all} } }`;
const png = (mark: string) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(mark)]);
const imageUrl = 'https://shop.example.com/lamp.jpg';

let app: App;
beforeAll(async () => {
  app = await App.start({ workers: 1 });
});
afterAll(() => app?.close());

async function newProduct(fields: Record<string, unknown>): Promise<Product> {
  const input = { businessId: app.businessId, name: 'Lamp', ...fields };
  return (await app.data<{ createProduct: Product }>(create, { input })).createProduct;
}

async function change(id: string, input: Record<string, unknown>): Promise<Product> {
  return (await app.data<{ updateProduct: Product }>(update, { id, input })).updateProduct;
}

async function upload(
  content: Buffer,
  businessId = app.businessId,
  contentType = 'image/png',
): Promise<string> {
  const token = await app.token({ role: Role.OPERATOR });
  const response = await fetch(`${app.url}/media?businessId=${businessId}`, {
    method: 'POST',
    headers: { 'content-type': contentType, authorization: `Bearer ${token}` },
    body: new Uint8Array(content),
  });
  return ((await response.json()) as { mediaId: string }).mediaId;
}

async function named(search?: string): Promise<string[]> {
  const { products } = await app.data<{ products: Product[] }>(
    `query ($id: ID!, $search: String) { products(businessId: $id, search: $search) { name } }`,
    { id: app.businessId, search },
  );
  return products.map(({ name }) => name);
}

it('are found by part of their name or of their id in the catalogue, whatever the case', async () => {
  await newProduct({ name: 'Straße 100%', retailerId: 'SKU_7' });
  await newProduct({ name: 'Silk saree' });
  expect(await named()).toEqual(['Silk saree', 'Straße 100%']);
  expect(await named('  STRASSE ')).toEqual(['Straße 100%']);
  expect(await named('0%')).toEqual(['Straße 100%']);
  expect(await named('%')).toEqual(['Straße 100%']);
  expect(await named('sku_')).toEqual(['Straße 100%']);
  expect(await named('nothing')).toEqual([]);
  expect(
    await refusal(
      app,
      `query ($id: ID!, $search: String) { products(businessId: $id, search: $search) { id } }`,
      {
        id: app.businessId,
        search: 'x'.repeat(201),
      },
    ),
  ).toMatchObject({ code: 'BAD_USER_INPUT', field: 'search' });
});

it('are changed field by field, and an uploaded image and an address replace each other', async () => {
  const product = await newProduct({ price: '10', currency: 'INR', imageUrl });
  const mediaId = await upload(png('lamp'));
  expect(await change(product.id, {})).toEqual(product);
  expect(await change(product.id, { name: ' Big lamp ', mediaId })).toEqual({
    ...product,
    name: 'Big lamp',
    imageUrl: null,
    mediaId,
  });
  expect(await change(product.id, { price: null, currency: null, retailerId: 'a', catalogId: 'b' })).toEqual({
    ...product,
    name: 'Big lamp',
    price: null,
    currency: null,
    imageUrl: null,
    mediaId,
    catalogId: 'b',
    retailerId: 'a',
  });
  expect(await change(product.id, { imageUrl })).toMatchObject({ imageUrl, mediaId: null });
  expect(await change(product.id, { imageUrl: null })).toMatchObject({ imageUrl: null, mediaId: null });
  const { product: stored } = await app.data<{ product: Product }>(
    `query ($id: ID!) { product(id: $id) { ${all} } }`,
    { id: product.id },
  );
  expect(stored).toMatchObject({ name: 'Big lamp', imageUrl: null, retailerId: 'a' });
});

it('are refused with what is wrong', async () => {
  const product = await newProduct({ catalogId: '1', retailerId: 'a' });
  const tenant = await createTenant(app);
  const foreign = await upload(png('theirs'), tenant.businessId);
  const text = await upload(Buffer.from('a text'), app.businessId, 'text/plain');
  const wrong: [Record<string, unknown>, string | undefined, string][] = [
    [{ name: null }, 'input.name', 'BAD_USER_INPUT'],
    [{ name: ' ' }, 'input.name', 'BAD_USER_INPUT'],
    [{ price: '-1' }, 'input.price', 'BAD_USER_INPUT'],
    [{ currency: 'ZZZ' }, 'input.currency', 'BAD_USER_INPUT'],
    [{ retailerId: null }, 'input.retailerId', 'BAD_USER_INPUT'],
    [{ imageUrl: 'javascript:alert(1)' }, 'input.imageUrl', 'BAD_USER_INPUT'],
    [{ imageUrl, mediaId: foreign }, 'input.mediaId', 'BAD_USER_INPUT'],
    [{ mediaId: text }, 'input.mediaId', 'BAD_USER_INPUT'],
    [{ mediaId: foreign }, undefined, 'NOT_FOUND'],
    [{ mediaId: 'none' }, undefined, 'NOT_FOUND'],
  ];
  for (const [input, field, code] of wrong)
    expect([input, await refusal(app, update, { id: product.id, input })]).toMatchObject([
      input,
      { code, field },
    ]);
  expect(
    await refusal(app, create, { input: { businessId: app.businessId, name: 'X', mediaId: foreign } }),
  ).toMatchObject({ code: 'NOT_FOUND' });
  const marketer = await app.token({ role: Role.MARKETER });
  for (const [query, input] of [
    [update, {}],
    [remove, {}],
  ] as const)
    expect(await refusal(app, query, { id: product.id, input }, marketer)).toMatchObject({
      code: 'FORBIDDEN',
    });
});

const festive = (product: Product) => ({
  whatsappTemplateName: 'festive_offer',
  whatsappTemplateLanguage: 'en',
  linkUrl: 'https://shop.example.com',
  templateValues: [
    { key: 'body.1', value: 'A' },
    { key: 'body.2', value: 'B' },
    { key: 'header', productId: product.id.toUpperCase() },
  ],
});

it('send an uploaded image, in a template and without one', async () => {
  const product = await newProduct({ name: 'Uploaded', mediaId: await upload(png('sent')) });
  const ids = [
    await createCampaign(app, ['+919876500101'], { productId: product.id, messageText: null }),
    await createCampaign(app, ['+919876500102'], festive(product)),
    await createCampaign(app, ['+919876500103'], {
      ...festive(product),
      templateValues: null,
      templateParameters: ['A', 'B'],
      productId: product.id,
    }),
  ];
  for (const id of ids) await app.data(sendCampaign, { id });
  await waitFor(async () => (await app.ledger()).length === 3, { what: 'all are sent' });
  const uploads = await app.steer<{ id: string }[]>('GET', 'media');
  expect(uploads).toHaveLength(1);
  for (const { header, text } of await app.ledger()) expect(header ?? text).toContain(uploads[0]?.id);
  for (const id of ids)
    await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', { what: 'it is completed' });
});

it('that a message does not show are told in a notice', async () => {
  const product = await newProduct({ name: 'Not shown', imageUrl });
  const noticesOf = async (input: Record<string, unknown>) => {
    const id = await createCampaign(app, ['+919876500121'], { productId: product.id, ...input });
    const { campaign } = await app.data<{ campaign: { notices: string[] } }>(
      `query ($id: ID!) { campaign(id: $id) { notices } }`,
      { id },
    );
    return campaign.notices.filter((notice) => notice.includes('product'));
  };
  const own = { templateValues: null, templateParameters: ['A', 'B'] };
  const plain = {
    whatsappTemplateName: 'weekend_sale',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['A'],
    linkUrl: 'https://shop.example.com',
  };
  expect(await noticesOf({ ...festive(product), ...own })).toEqual([]);
  expect(await noticesOf({ messageText: 'Hi' })).toEqual([]);
  expect(await noticesOf(plain)).toEqual([expect.stringContaining('has no place for a product')]);
  expect(
    await noticesOf({ ...festive(product), ...own, mediaUrl: 'https://shop.example.com/b.jpg' }),
  ).toEqual([expect.stringContaining('it shows the media that was given')]);
});

it('cannot be deleted while a campaign may send them; drafts keep the image', async () => {
  const product = await newProduct({ name: 'To be deleted', imageUrl });
  const scheduled = await createCampaign(app, ['+919876500111'], {
    ...festive(product),
    campaignName: 'Later',
  });
  await app.data(
    `mutation ($id: ID!, $at: DateTime!) { scheduleCampaign(campaignId: $id, input: { sendAt: $at }) { id } }`,
    {
      id: scheduled,
      at: new Date(Date.now() + 3_600_000).toISOString(),
    },
  );
  const draft = await createCampaign(app, ['+919876500112'], festive(product));
  const refused = await refusal(app, remove, { id: product.id });
  expect(refused).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('"Later"') as unknown });
  await app.data(`mutation ($id: ID!) { unscheduleCampaign(campaignId: $id) { id } }`, { id: scheduled });
  expect(await app.data(remove, { id: product.id })).toEqual({ deleteProduct: product });
  expect(await refusal(app, remove, { id: product.id })).toMatchObject({ code: 'NOT_FOUND' });
  // the draft can still be changed, copied and sent
  const { updateCampaign } = await app.data<{ updateCampaign: { missing: string[] } }>(
    `mutation ($id: ID!) { updateCampaign(campaignId: $id, input: { linkUrl: "https://shop.example.com/2" }) { missing } }`,
    { id: draft },
  );
  expect(updateCampaign.missing).toEqual([]);
  await app.data(`mutation ($id: ID!) { cloneCampaign(campaignId: $id, campaignName: "Copy") { id } }`, {
    id: draft,
  });
  await app.data(sendCampaign, { id: draft });
  await waitFor(
    async () => (await app.ledger()).some(({ callbackData }) => callbackData.startsWith(`${draft}:`)),
    {
      what: 'the draft is sent',
    },
  );
  const sent = (await app.ledger()).find(({ callbackData }) => callbackData.startsWith(`${draft}:`));
  expect(sent?.header).toContain('lamp.jpg');
});
