import type { MessageTemplate, TemplateList } from '../../src/whatsapp/wire';
import {
  body,
  imageHeader,
  LINK_BASE,
  PHONE,
  startReceiver,
  startTestSimulator,
  template,
  textParameters,
  until,
  urlButton,
  WABA,
  type Receiver,
  type TestSimulator,
} from './support';

/** Step 5 of the validation order, and the template library. */

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
const named = (name: string, text: string) => ({ type: 'text', parameter_name: name, text });

async function code(message: object): Promise<[number | undefined, string | undefined]> {
  const { body: answer } = await simulator.send(message);
  return [answer.error?.code, answer.error?.error_data?.details];
}

describe('5. the template of a send', () => {
  it.each<[string, object, number, string]>([
    ['exists', template(TO, 'nowhere'), 132001, 'template name (nowhere) does not exist in en'],
    [
      'exists in that language, exactly',
      { ...template(TO, 'weekend_sale'), template: { name: 'weekend_sale', language: { code: 'en_US' } } },
      132001,
      'template name (weekend_sale) does not exist in en_US',
    ],
    ['is not pending', template(TO, 'winter_draft', [body('Asha')]), 132001, 'does not exist in en'],
    ['is not rejected', template(TO, 'rejected_offer', [body('Asha')]), 132001, 'does not exist in en'],
    ['is not paused', template(TO, 'old_offer', [body('Asha')]), 132015, 'paused'],
    ['is not disabled', template(TO, 'banned_offer', [body('Asha')]), 132016, 'disabled'],
    [
      'gets as many parameters as it has',
      template(TO, 'weekend_sale', [body('Asha', 'more'), urlButton('abc')]),
      132000,
      'body: number of localizable_params (2) does not match the expected number of params (1)',
    ],
    [
      'gets parameters at all',
      template(TO, 'weekend_sale', [urlButton('abc')]),
      132000,
      '(0) does not match',
    ],
    [
      'gets the header it has',
      template(TO, 'diwali_sale_2024', [body('a', 'b', 'c')]),
      132012,
      'header: Format mismatch, expected IMAGE, received UNKNOWN',
    ],
    [
      'gets the media type it has',
      template(TO, 'diwali_sale_2024', [
        { type: 'header', parameters: [{ type: 'video', video: { link: 'https://a.example/a.mp4' } }] },
        body('a', 'b', 'c'),
      ]),
      132012,
      'header: Format mismatch, expected IMAGE, received VIDEO',
    ],
    [
      'gets no names if it is positional',
      template(TO, 'weekend_sale', [
        { type: 'body', parameters: [named('first_name', 'Asha')] },
        urlButton('abc'),
      ]),
      132012,
      'parameter_name is not allowed',
    ],
    [
      'gets names if it is named',
      template(TO, 'order_followup', [body('Asha'), urlButton('abc')]),
      132012,
      'body: Parameter name is missing or empty',
    ],
    [
      'gets its own names',
      template(TO, 'order_followup', [
        { type: 'body', parameters: [named('nickname', 'Asha')] },
        urlButton('abc'),
      ]),
      132012,
      'unexpected or repeated parameter_name nickname',
    ],
    [
      'gets its URL suffix',
      template(TO, 'weekend_sale', [body('Asha')]),
      131008,
      'buttons: Button at index 0 of type Url requires a parameter',
    ],
    [
      'gets a suffix that is not blank',
      template(TO, 'weekend_sale', [body('Asha'), urlButton(' ')]),
      131008,
      'requires a parameter',
    ],
    [
      'gets texts that are not blank',
      template(TO, 'weekend_sale', [body(' '), urlButton('abc')]),
      131008,
      'missing text value',
    ],
    [
      'gets texts without a new line',
      template(TO, 'weekend_sale', [body('A\nB'), urlButton('abc')]),
      132018,
      'new-line/tab',
    ],
    [
      'gets texts without five spaces',
      template(TO, 'weekend_sale', [body('A     B'), urlButton('abc')]),
      132018,
      '4 consecutive',
    ],
    [
      'gets short texts',
      template(TO, 'weekend_sale', [body('A'.repeat(1000)), urlButton('abc')]),
      132005,
      'longer than 1024',
    ],
    [
      'gets buttons it has',
      template(TO, 'weekend_sale', [body('Asha'), urlButton('abc'), urlButton('abc', '7')]),
      131009,
      'no button at index 7',
    ],
    [
      'gets buttons of their type',
      template(TO, 'weekend_sale', [body('Asha'), urlButton('abc', '1')]),
      132012,
      'Button at index 1 is of type QUICK_REPLY',
    ],
    [
      'gets media that exists',
      template(TO, 'diwali_sale_2024', [
        { type: 'header', parameters: [{ type: 'image', image: { id: '1' } }] },
        body('a', 'b', 'c'),
      ]),
      100,
      '',
    ],
    [
      'gets media that can be fetched',
      template(TO, 'diwali_sale_2024', [imageHeader('http://unreachable/a.jpg'), body('a', 'b', 'c')]),
      131053,
      'could not be downloaded',
    ],
  ])('%s', async (_rule, message, expected, details) => {
    const [given, words] = await code(message);
    expect(given).toBe(expected);
    expect(words ?? '').toContain(details);
  });

  it('answers 404 to an unknown template, with the message seen in the wild', async () => {
    const answer = await simulator.send(template(TO, 'nowhere'));
    expect(answer).toMatchObject({
      http: 404,
      body: { error: { message: '(#132001) Template name does not exist in the translation' } },
    });
  });

  it('counts before it looks at formats, and at formats before suffixes', async () => {
    expect((await code(template(TO, 'festive_offer', [body('a')])))[0]).toBe(132000);
    expect((await code(template(TO, 'festive_offer', [body('a', 'b')])))[0]).toBe(132012);
    expect((await code(template(TO, 'festive_offer', [imageHeader(), body('a', 'b')])))[0]).toBe(131008);
    expect(
      (await code(template(TO, 'festive_offer', [imageHeader(), body('a', 'b\n'), urlButton('x')])))[0],
    ).toBe(132018);
    expect(
      await code(template(TO, 'festive_offer', [imageHeader(), body('a', 'b'), urlButton('x')])),
    ).toEqual([undefined, undefined]);
  });

  it('takes indexes as numbers and types in upper case', async () => {
    const message = template(TO, 'weekend_sale', [
      { type: 'BODY', parameters: textParameters('Asha') },
      { type: 'BUTTON', sub_type: 'URL', index: 0, parameters: textParameters('k3Jx') },
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: 1,
        parameters: [{ type: 'payload', payload: 'STOP:c42' }],
      },
    ]);
    expect((await simulator.send(message)).http).toBe(200);
    const [row] = await simulator.messages();
    expect(row).toMatchObject({
      type: 'template',
      template: { name: 'weekend_sale', language: 'en' },
      text: 'Hi Asha, our weekend sale is on: fresh arrivals, fair prices, two days only.',
      buttons: [
        { type: 'URL', text: 'See the offers', url: `${LINK_BASE}/r/k3Jx` },
        { type: 'QUICK_REPLY', text: 'Stop promotions', payload: 'STOP:c42' },
      ],
    });
  });

  it('renders named parameters and media headers', async () => {
    const followup = [{ type: 'body', parameters: [named('first_name', 'आशा $& {{1}}')] }, urlButton('abc')];
    await simulator.send(template(TO, 'order_followup', followup));
    await simulator.send(
      template(TO, 'diwali_sale_2024', [imageHeader(), body('Rajesh', '50% OFF', 'Nov 10-15')]),
    );
    const [named_, diwali] = await simulator.messages();
    expect(named_?.text).toBe('Hi आशा $& {{1}}, your order has arrived. Was everything as you expected?');
    expect(diwali).toMatchObject({
      header: 'https://example.com/a.jpg',
      mediaUrl: 'https://example.com/a.jpg',
    });
    expect(diwali?.text).toMatch(
      /^Hello Rajesh,\n\n🎉 Exclusive .*\n\nGet 50% OFF on everything from Nov 10-15\n/,
    );
  });

  it('is that of the number’s own account once the number is registered', async () => {
    await create({
      name: 'only_here',
      language: 'en',
      category: 'MARKETING',
      components: [{ type: 'BODY', text: 'Hi' }],
    });
    expect(await code(template(TO, 'only_here'))).toEqual([undefined, undefined]);
    await simulator.call('PUT', '/_simulator/accounts', { wabaId: '999', phoneNumberIds: [PHONE] });
    expect((await code(template(TO, 'only_here')))[0]).toBe(132001);
    await simulator.call('PUT', '/_simulator/accounts', { wabaId: WABA, phoneNumberIds: [PHONE] });
    expect(await code(template(TO, 'only_here'))).toEqual([undefined, undefined]);
  });
});

describe('the library', () => {
  it('starts with the templates of the guide and one of each unusable status', async () => {
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

  it('pages by cursor', async () => {
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

  it('filters and selects fields', async () => {
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

  it('creates, edits and deletes', async () => {
    const draft = {
      name: 'fresh',
      language: 'en',
      category: 'MARKETING',
      components: [{ type: 'BODY', text: 'Hi {{1}}' }],
    };
    const created = await create(draft);
    expect(created).toMatchObject({ http: 200, body: { status: 'APPROVED' } });
    expect((await create(draft)).body).toMatchObject({ error: { code: 100, error_subcode: 2388024 } });
    const edit = { components: [{ type: 'BODY', text: 'Hello {{1}} {{2}}' }] };
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
          { type: 'HEADER', format: 'SMELL' },
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
  ])('refuses a bad %s', async (_part, change) => {
    const draft = {
      name: 'fresh',
      language: 'en',
      category: 'MARKETING',
      components: [{ type: 'BODY', text: 'Hi' }],
    };
    expect((await create({ ...draft, ...change })).body).toMatchObject({ error: { code: 100 } });
  });

  it('reviews for as long as the behaviour says, and tells the outcome', async () => {
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

  it('can be paused from outside and unpaused by the product', async () => {
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
});
