import type { MessageTemplate, TemplateList } from '../../src/whatsapp/wire';
import {
  body,
  LINK_BASE,
  startReceiver,
  startTestSimulator,
  template,
  until,
  urlButton,
  WABA,
  type Receiver,
  type TestSimulator,
} from './support';

/** The Graph API endpoints of the template library. */

let simulator: TestSimulator;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  simulator = await startTestSimulator({ webhook: receiver.webhook });
});
afterAll(async () => {
  await simulator.close();
  await receiver.close();
});
beforeEach(() => simulator.call('POST', '/_simulator/reset', { keepBehaviour: true }));

const TO = '+919812345678';
const TEMPLATES = `/v25.0/${WABA}/message_templates`;

const create = (draft: object) => simulator.call<{ id: string; status: string }>('POST', TEMPLATES, draft);
const list = (query = '') => simulator.call<TemplateList>('GET', `${TEMPLATES}?${query}`);

async function code(message: object): Promise<[number | undefined, string | undefined]> {
  const { body: answer } = await simulator.send(message);
  return [answer.error?.code, answer.error?.error_data?.details];
}

it('initially contains approved templates and one of each status that cannot be sent', async () => {
  const { body: answer } = await list('limit=100');
  const has = (name: string, language: string) =>
    answer.data.find((each) => each.name === name && each.language === language);
  expect(has('diwali_sale_2024', 'en')).toMatchObject({ status: 'APPROVED', category: 'MARKETING' });
  expect(has('vip_diwali_sale', 'en')?.components[0]).toMatchObject({ type: 'HEADER', format: 'IMAGE' });
  expect(has('course_launch', 'hi')?.status).toBe('APPROVED');
  expect(has('hello_world', 'en_US')?.category).toBe('UTILITY');
  expect(has('festive_offer', 'hi')?.components.at(-1)).toMatchObject({
    buttons: [{ type: 'URL', text: 'अभी खरीदें', url: `${LINK_BASE}/r/{{1}}` }],
  });
  expect(has('order_followup', 'en')?.parameter_format).toBe('NAMED');
  const unusable = ['winter_draft', 'old_offer', 'banned_offer', 'rejected_offer'];
  expect(unusable.map((name) => has(name, 'en')?.status)).toEqual([
    'PENDING',
    'PAUSED',
    'DISABLED',
    'REJECTED',
  ]);
  expect(new Set(answer.data.map((each) => each.id)).size).toBe(answer.data.length);
  expect(answer.data.every((each) => Number.isSafeInteger(Number(each.id)))).toBe(true);
});

it('is paged with cursors', async () => {
  const seen: MessageTemplate[] = [];
  let path: string | undefined = `${TEMPLATES}?limit=5`;
  while (path) {
    const page: { body: TemplateList } = await simulator.call<TemplateList>('GET', path);
    expect(page.body.data.length).toBeLessThanOrEqual(5);
    seen.push(...page.body.data);
    path = page.body.paging?.next?.slice(simulator.url.length);
  }
  expect(seen).toEqual((await list('limit=1000')).body.data);
});

it('is filtered, and returns the selected fields', async () => {
  const names = async (query: string) => (await list(query)).body.data.map((each) => each.name);
  expect(await names('name=festive_offer')).toEqual(['festive_offer', 'festive_offer']);
  expect(await names('name=festive_offer&language=hi')).toEqual(['festive_offer']);
  expect(await names('status=PAUSED')).toEqual(['old_offer']);
  expect(await names('category=UTILITY')).toEqual(['hello_world', 'order_followup']);
  expect((await list('name=old_offer&fields=name,status')).body.data).toEqual([
    { id: expect.any(String) as string, name: 'old_offer', status: 'PAUSED' },
  ]);
  expect((await list('name=nowhere')).body).toEqual({ data: [] });
});

it('templates are created, edited and deleted', async () => {
  const draft = {
    name: 'fresh',
    language: 'en',
    category: 'MARKETING',
    components: [{ type: 'BODY', text: 'Hi {{1}}, nice to see you.', example: { body_text: [['Asha']] } }],
  };
  const created = await create(draft);
  expect(created).toMatchObject({ http: 200, body: { status: 'APPROVED' } });
  expect((await create(draft)).body).toMatchObject({ error: { code: 100, error_subcode: 2388024 } });
  const text = 'Hello {{1}}, nice to see you again in {{2}} this year.';
  const edit = { components: [{ type: 'BODY', text, example: { body_text: [['Asha', 'Pune']] } }] };
  const { id } = created.body;
  expect((await simulator.call('POST', `/v25.0/${id}`, edit)).body).toEqual({ success: true });
  expect((await simulator.call<MessageTemplate>('GET', `/v25.0/${id}`)).body.components).toEqual(
    edit.components,
  );
  expect((await code(template(TO, 'fresh', [body('Asha')])))[0]).toBe(132000);
  expect((await simulator.call('DELETE', `${TEMPLATES}?name=fresh`)).body).toEqual({ success: true });
  expect((await code(template(TO, 'fresh', [body('a', 'b')])))[0]).toBe(132001);
  expect((await simulator.call('DELETE', `${TEMPLATES}?name=banned_offer`)).http).toBe(400);
});

it.each<[string, object]>([
  ['name', { name: 'Not Good' }],
  ['language', { language: 'English' }],
  ['category', { category: 'SPAM' }],
  ['components', { components: [] }],
  ['BODY', { components: [{ type: 'BODY', text: 'x'.repeat(1025) }] }],
  [
    'HEADER',
    {
      components: [
        { type: 'BODY', text: 'x' },
        { type: 'HEADER', format: 'UNKNOWN' },
      ],
    },
  ],
  [
    'button',
    {
      components: [
        { type: 'BODY', text: 'x' },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Go', url: 'https://a/{{1}}/b' }] },
      ],
    },
  ],
])('refuses a template with an invalid %s', async (_part, change) => {
  const draft = {
    name: 'fresh',
    language: 'en',
    category: 'MARKETING',
    components: [{ type: 'BODY', text: 'Hi' }],
  };
  expect((await create({ ...draft, ...change })).body).toMatchObject({ error: { code: 100 } });
});

it('approves after templateReviewMs and sends the status webhook', async () => {
  await simulator.behave({ templateReviewMs: 50 });
  const draft = {
    name: 'reviewed',
    language: 'en',
    category: 'MARKETING',
    components: [{ type: 'BODY', text: 'Hi' }],
  };
  const { body: created } = await create(draft);
  expect(created.status).toBe('PENDING');
  expect((await code(template(TO, 'reviewed')))[0]).toBe(132001);
  const change = await until(() =>
    receiver
      .changes()
      .find(
        (each) =>
          each.field === 'message_template_status_update' &&
          each.value.message_template_id === Number(created.id),
      ),
  );
  expect(change.value).toMatchObject({
    event: 'APPROVED',
    message_template_name: 'reviewed',
    message_template_language: 'en',
  });
  expect((await simulator.send(template(TO, 'reviewed'))).http).toBe(200);
  await simulator.behave({ templateReviewMs: 0 });
});

it('a template paused by Meta can be unpaused by the product', async () => {
  await list();
  await simulator.call('PUT', '/_simulator/templates', { name: 'weekend_sale', status: 'PAUSED' });
  const message = template(TO, 'weekend_sale', [body('Asha'), urlButton('abc')]);
  expect((await code(message))[0]).toBe(132015);
  const id = (await list('name=weekend_sale')).body.data[0]?.id ?? '';
  await until(() =>
    receiver
      .changes()
      .some((each) => each.field === 'message_template_status_update' && each.value.event === 'PAUSED'),
  );
  expect((await simulator.call('POST', `/v25.0/${id}/unpause`)).body).toEqual({ success: true });
  expect((await simulator.send(message)).http).toBe(200);
});
