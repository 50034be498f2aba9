import type { MessageTemplate, TemplateList } from '../../src/whatsapp/wire';
import {
  body,
  imageHeader,
  startReceiver,
  startTestSimulator,
  template,
  until,
  urlButton,
  WABA,
  type Receiver,
  type TestSimulator,
} from './support';

/** Template libraries as real accounts have them: odd templates, many templates, changes at WhatsApp. */

let simulator: TestSimulator;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  simulator = await startTestSimulator({ webhook: receiver.webhook });
});
afterEach(async () => {
  await simulator.close();
  await receiver.close();
});

const TO = '+919812345678';
const put = (given: object) =>
  simulator.call<{ ids: string[] }>('POST', '/_simulator/templates', { wabaId: WABA, ...given });
const change = (given: object) =>
  simulator.call<{ changed: number }>('PUT', '/_simulator/templates', { wabaId: WABA, ...given });

/** The whole library, page by page. */
async function library(limit: number): Promise<MessageTemplate[]> {
  const templates: MessageTemplate[] = [];
  let path: string | undefined = `/v25.0/${WABA}/message_templates?limit=${limit}`;
  while (path !== undefined) {
    const page: { body: TemplateList } = await simulator.call('GET', path);
    templates.push(...page.body.data);
    path = page.body.paging?.next?.slice(simulator.url.length);
  }
  return templates;
}

async function refusal(name: string, components: object[]): Promise<number | undefined> {
  return (await simulator.send(template(TO, name, components))).body.error?.code;
}

describe('odd templates', () => {
  it('are listed like any other, each exactly as it was put there', async () => {
    const noText = { name: 'no_text', language: 'en', status: 'APPROVED', components: [{ type: 'BODY' }] };
    const noUrl = { components: [{ type: 'BUTTONS', buttons: [{ type: 'URL' }, null] }], bid_spec: { x: 1 } };
    const { body: answer } = await put({ replaceAll: true, templates: [noText, noUrl] });
    expect(await library(1)).toEqual([
      { id: answer.ids[0], ...noText },
      { id: answer.ids[1], ...noUrl },
    ]);
  });

  it('come in every kind at once', async () => {
    await put({ replaceAll: true, odd: true });
    const all = await library(25);
    expect(all.length).toBeGreaterThan(20);
    const text = JSON.stringify(all);
    for (const kind of ['CAROUSEL', 'FLOW', 'CATALOG', 'MPM', 'LIMITED_TIME_OFFER', 'TELEPATHY']) {
      expect(text).toContain(kind);
    }
    expect(all.some((each) => !('name' in each))).toBe(true);
    expect(all.some((each) => !('components' in each))).toBe(true);
    const filtered = await simulator.call<TemplateList>(
      'GET',
      `/v25.0/${WABA}/message_templates?status=APPROVED&category=MARKETING&language=en&limit=100`,
    );
    expect(filtered.body.data.length).toBeGreaterThan(10);
  });

  it('are refused when a part that they want is missing, and taken when it is there', async () => {
    await put({ odd: true });
    const hello = body('Asha');
    const flow = { type: 'button', sub_type: 'flow', index: '0' };
    const offer = {
      type: 'limited_time_offer',
      parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: 4e12 } }],
    };
    const coupon = {
      type: 'button',
      sub_type: 'copy_code',
      index: '0',
      parameters: [{ type: 'coupon_code', coupon_code: 'FRIDAY20' }],
    };
    const cards = [0, 1].map((index) => ({
      card_index: index,
      components: [imageHeader(), urlButton('abc')],
    }));
    const carousel = (list: object[]) => ({ type: 'carousel', cards: list });
    expect(await refusal('odd_flow', [hello])).toBe(131009);
    expect(await refusal('odd_flow', [hello, flow])).toBeUndefined();
    expect(await refusal('odd_catalog', [hello])).toBe(131008);
    expect(await refusal('odd_multi_product', [hello])).toBe(131008);
    expect(await refusal('odd_product_header', [hello])).toBe(132012);
    expect(await refusal('odd_limited_time_offer', [hello, coupon, urlButton('a', '1')])).toBe(131008);
    expect(
      await refusal('odd_limited_time_offer', [hello, offer, coupon, urlButton('a', '1')]),
    ).toBeUndefined();
    expect(await refusal('odd_carousel', [hello])).toBe(132012);
    expect(await refusal('odd_carousel', [hello, carousel(cards.slice(1))])).toBe(132012);
    expect(await refusal('odd_carousel', [hello, carousel([{ card_index: 0 }, { card_index: 1 }])])).toBe(
      132012,
    );
    expect(await refusal('odd_carousel', [hello, carousel(cards)])).toBeUndefined();
    expect(await refusal('weekend_sale', [hello, urlButton('a'), carousel(cards)])).toBe(132012);
    expect(await refusal('odd_unknown_status', [hello])).toBe(132001);
    expect(await refusal('odd_body_without_text', [])).toBeUndefined();
    expect(await refusal('odd_url_button_without_url', [hello])).toBeUndefined();
    expect(await refusal('odd_url_button_without_url', [hello, urlButton('a')])).toBe(132000);
    const rows = await simulator.messages('limit=100');
    expect(rows.map((row) => row.template?.name)).toContain('odd_carousel');
    await simulator.settled();
  });

  it('survive a category or a name that is missing when they are sent or counted', async () => {
    await put({ odd: true });
    await simulator.call('PUT', '/_simulator/accounts', { wabaId: WABA, phoneNumberIds: ['4242'] });
    const path = '/v25.0/4242/messages';
    expect((await simulator.send(template(TO, 'odd_no_category', [body('Asha')]), path)).http).toBe(200);
    expect((await simulator.settled()).statuses.read).toBe(1);
    expect((await simulator.send(template(TO, 'undefined', [body('Asha')]), path)).body.error.code).toBe(
      132001,
    );
  });
});

it('has as many templates as wanted, over many pages', async () => {
  await put({ replaceAll: true, generate: 6600 });
  const all = await library(1000);
  expect(all).toHaveLength(6600);
  expect(new Set(all.map((each) => each.id)).size).toBe(6600);
  expect(await refusal('generated_06600', [body('Asha')])).toBeUndefined();
});

describe('a template that was edited at WhatsApp', () => {
  it('refuses the old number of values with 132000, and keeps its id and place', async () => {
    const before = await library(100);
    const components = [{ type: 'BODY', text: 'Hi {{1}}, {{2}}!' }];
    expect((await change({ name: 'weekend_sale', components })).body).toEqual({ changed: 1 });
    expect(await refusal('weekend_sale', [body('Asha')])).toBe(132000);
    expect(await refusal('weekend_sale', [body('Asha', 'hello')])).toBeUndefined();
    const after = await library(100);
    expect(after.map((each) => each.id)).toEqual(before.map((each) => each.id));
    expect(receiver.changes().filter(({ field }) => field !== 'messages')).toEqual([]);
  });

  it('may be put anew as a whole', async () => {
    const old = (await library(100)).find((each) => each.name === 'weekend_sale');
    const edited = { name: 'weekend_sale', language: 'en', status: 'PENDING', components: [] };
    expect((await put({ templates: [edited] })).body).toEqual({ ids: [old?.id] });
    expect(await refusal('weekend_sale', [])).toBe(132001);
  });
});

describe('a template event', () => {
  const events = () =>
    receiver
      .changes()
      .filter((each) => each.field === 'message_template_status_update')
      .map((each) => each.value);

  it('is told with the change of the status', async () => {
    await change({ name: 'weekend_sale', status: 'PAUSED', reason: 'LOW_QUALITY' });
    const [event] = await until(() => (events().length > 0 ? events() : null));
    expect(event).toMatchObject({
      event: 'PAUSED',
      message_template_name: 'weekend_sale',
      message_template_language: 'en',
      reason: 'LOW_QUALITY',
    });
    expect(await refusal('weekend_sale', [body('Asha'), urlButton('a')])).toBe(132015);
  });

  it('may be another than the status, or not be told at all', async () => {
    await change({ name: 'weekend_sale', status: 'DISABLED', webhook: false });
    await change({ name: 'weekend_sale', event: 'FLAGGED' });
    expect(await until(() => (events().length > 0 ? events() : null))).toMatchObject([{ event: 'FLAGGED' }]);
    expect(await refusal('weekend_sale', [body('Asha'), urlButton('a')])).toBe(132016);
  });

  it('must say what changes', async () => {
    expect(await change({ name: 'weekend_sale' })).toMatchObject({
      http: 400,
      body: { error: { field: 'status' } },
    });
    expect(await change({ name: 'nowhere', status: 'PAUSED' })).toMatchObject({
      http: 400,
      body: { error: { field: 'name' } },
    });
  });
});

it.each([
  [1010, 'Asha', undefined],
  [1010, 'A name of 16 chars', 132005],
  [1018, 'Asha', undefined],
  [1018, 'Ashok Kumar', 132005],
])('%d fixed characters and the value "%s": %p', async (length, value, code) => {
  const components = [{ type: 'BODY', text: `{{1}}${'x'.repeat(length)}` }];
  await put({ templates: [{ name: 'long', language: 'en', status: 'APPROVED', components }] });
  expect(await refusal('long', [body(value)])).toBe(code);
});
