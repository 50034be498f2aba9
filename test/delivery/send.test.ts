import { App } from '../support/app';
import {
  accepted,
  addSender,
  createCampaign,
  people,
  phoneOf,
  reached,
  recipient,
  sendCampaign,
  startCampaign,
  stats,
  summary,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';

let app: App;

beforeAll(async () => {
  app = await App.start({ workers: 2 });
});
afterAll(() => app?.close());

test('sendCampaign called 20 times at once: two workers send to 300 people once each, all answers are the same', async () => {
  const id = await createCampaign(app, {
    customRecipients: people(300),
    messageText: 'Hi {{firstName|there}}',
  });
  const answers = await Promise.all(Array.from({ length: 20 }, () => sendCampaign(app, id)));
  expect(new Set(answers.map((answer) => answer.message))).toEqual(
    new Set(['Campaign queued for delivery. 300 messages will be sent.']),
  );
  await reached(app, id);
  expect(await sendCampaign(app, id)).toMatchObject({
    status: 'COMPLETED',
    message: 'Campaign is completed: 300 of 300 messages were sent',
  });
  await webhooksDelivered(app);
  const messages = await expectConsistent(app, id);
  expect(messages).toHaveLength(300);
  expect((await summary(app)).duplicates).toBe(0);
  expect(await stats(app, id)).toMatchObject({
    sentCount: 300,
    queuedCount: 0,
    version: expect.any(Number) as number,
  });
});

test('sendCampaign called 30 times at once on a segment does not exhaust the connection pool', async () => {
  await app.addCustomers(20, { from: 500 });
  const { createSegment } = await app.data<{ createSegment: { id: string } }>(
    `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }`,
    { input: { businessId: app.businessId, name: 'Everybody', audienceType: 'CUSTOMERS' } },
  );
  const id = await createCampaign(app, { audienceType: 'SEGMENT', segmentId: createSegment.id });
  const answers = await Promise.all(Array.from({ length: 30 }, () => sendCampaign(app, id)));
  const { size } = new Set(answers.map(({ status, message }) => `${status} ${message}`));
  const statuses = new Set(answers.map(({ status }) => status));
  expect(size).toBe(statuses.size);
  await reached(app, id);
  await webhooksDelivered(app);
  expect(await expectConsistent(app, id)).toHaveLength(20);
});

test('free-form text: placeholders are filled for each recipient, and each has a different link', async () => {
  const id = await startCampaign(app, {
    customRecipients: [
      { name: 'Asha Rao', phone: phoneOf(1000), email: 'asha@example.com' },
      { name: '', phone: phoneOf(1001) },
    ],
    messageText: '{{name|friend}}/{{firstName|there}}/{{phone}}/{{email|none}}: {{link}}',
    linkUrl: 'https://shop.example.com/diwali',
  });
  await reached(app, id);
  await webhooksDelivered(app);
  const messages = await expectConsistent(app, id);
  const texts = messages.map((message) => message.text).sort();
  expect(texts[0]).toMatch(
    new RegExp(`^Asha Rao/Asha/\\${phoneOf(1000)}/asha@example.com: ${app.url}/r/[\\w-]{32}$`),
  );
  expect(texts[1]).toMatch(new RegExp(`^friend/there/\\${phoneOf(1001)}/none: ${app.url}/r/[\\w-]{32}$`));
  const links = texts.map((text) => /\S+$/.exec(text)?.[0]);
  expect(new Set(links).size).toBe(2);
});

test('media with a caption, and the image of a product', async () => {
  const { createProduct } = await app.data<{ createProduct: { id: string } }>(
    `mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`,
    { input: { businessId: app.businessId, name: 'Lamp', imageUrl: 'https://cdn.example.com/lamp.jpg' } },
  );
  const campaigns = await Promise.all([
    startCampaign(app, {
      customRecipients: people(1, 1100),
      mediaUrl: 'https://cdn.example.com/list.pdf',
      mediaType: 'DOCUMENT',
      messageText: 'For {{name}}',
    }),
    startCampaign(app, {
      customRecipients: people(1, 1101),
      productId: createProduct.id,
      messageText: 'New: {{name}}',
    }),
  ]);
  for (const id of campaigns) await reached(app, id);
  await webhooksDelivered(app);
  expect(await expectConsistent(app, campaigns[0])).toMatchObject([
    { type: 'document', mediaUrl: 'https://cdn.example.com/list.pdf', text: 'For Person 1100' },
  ]);
  expect(await expectConsistent(app, campaigns[1])).toMatchObject([
    { type: 'image', mediaUrl: 'https://cdn.example.com/lamp.jpg', text: 'New: Person 1101' },
  ]);
});

test('a template with a tracked button, and one with a quick reply that opts out', async () => {
  const [named, quick] = await Promise.all([
    startCampaign(app, {
      customRecipients: people(2, 1200),
      whatsappTemplateName: 'order_followup',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{firstName}}'],
      linkUrl: 'https://shop.example.com/feedback',
    }),
    startCampaign(app, {
      customRecipients: people(1, 1300),
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{name}}'],
      linkUrl: 'https://shop.example.com/sale',
    }),
  ]);
  await reached(app, named);
  await reached(app, quick);
  await webhooksDelivered(app);
  const [first] = await expectConsistent(app, named);
  expect(first).toMatchObject({
    template: { name: 'order_followup' },
    text: 'Hi Person, your order has arrived. Was everything as you expected?',
    buttons: [{ type: 'URL', url: expect.stringMatching(`${app.url}/r/[\\w-]{32}$`) as string }],
  });
  const [sale] = await expectConsistent(app, quick);
  const payload = (sale?.buttons[1] as { payload?: string }).payload;
  expect(payload).toBe(`STOP:${sale?.callbackData}`);

  const sender = await app.steer<{ phoneNumberId: string }[]>('GET', 'accounts');
  await app.steer('POST', 'inbound', {
    type: 'button',
    from: phoneOf(1300),
    phoneNumberId: sender[0]?.phoneNumberId,
    payload,
  });
  await webhooksDelivered(app);
  expect(await stats(app, quick)).toMatchObject({ optedOutCount: 1 });
  await expectConsistent(app, quick);

  // the next campaign excludes that person
  const next = await startCampaign(app, { customRecipients: people(2, 1300) });
  expect(await reached(app, next)).toMatchObject({ totalRecipients: 1, excludedCount: 1 });
});

test('an opt-out after the start is skipped', async () => {
  await app.behave({ latencyMs: { min: 400, max: 400 } });
  // a sender for which sixty messages take more than a second: at least two claims
  const { id: senderId, phoneNumberId } = await addSender(app, 30);
  const id = await startCampaign(app, { customRecipients: people(60, 1400), senderId });
  await app.steer('POST', 'inbound', { type: 'text', from: phoneOf(1459), phoneNumberId, body: 'STOP' });
  await reached(app, id);
  await app.behave({ latencyMs: { min: 0, max: 0 } });
  await webhooksDelivered(app);
  expect(await recipient(app, id, phoneOf(1459))).toMatchObject({ status: 'SKIPPED' });
  expect(await stats(app, id)).toMatchObject({ sentCount: 59, skippedCount: 1 });
  expect(await expectConsistent(app, id)).toHaveLength(59);
});

test('a value that is empty for one recipient fails that recipient alone, with a reason and without a request', async () => {
  const id = await startCampaign(app, {
    customRecipients: [{ phone: phoneOf(1500) }, ...people(2, 1501)],
    whatsappTemplateName: 'weekend_sale',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['{{name}}'],
    linkUrl: 'https://shop.example.com/sale',
  });
  await reached(app, id);
  await webhooksDelivered(app);
  expect(await recipient(app, id, phoneOf(1500))).toMatchObject({
    status: 'FAILED',
    error_message: 'The value for {{1}} is empty for this person',
  });
  expect(await accepted(app, id)).toHaveLength(2);
  await expectConsistent(app, id);
});
