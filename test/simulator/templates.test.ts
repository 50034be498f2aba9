import {
  body,
  imageHeader,
  LINK_BASE,
  PHONE,
  startReceiver,
  startTestSimulator,
  template,
  textParameters,
  urlButton,
  WABA,
  type Receiver,
  type TestSimulator,
} from './support';

/** Step 5 of the validation of a send: the template and its parameters. */

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
const named = (name: string, text: string) => ({ type: 'text', parameter_name: name, text });

async function code(message: object): Promise<[number | undefined, string | undefined]> {
  const { body: answer } = await simulator.send(message);
  return [answer.error?.code, answer.error?.error_data?.details];
}

describe('step 5: template', () => {
  it.each<[string, object, number, string]>([
    ['exists', template(TO, 'nowhere'), 132001, 'template name (nowhere) does not exist in en'],
    [
      'exists in exactly this language',
      { ...template(TO, 'weekend_sale'), template: { name: 'weekend_sale', language: { code: 'en_US' } } },
      132001,
      'template name (weekend_sale) does not exist in en_US',
    ],
    ['is not pending', template(TO, 'winter_draft', [body('Asha')]), 132001, 'does not exist in en'],
    ['is not rejected', template(TO, 'rejected_offer', [body('Asha')]), 132001, 'does not exist in en'],
    ['is not paused', template(TO, 'old_offer', [body('Asha')]), 132015, 'paused'],
    ['is not disabled', template(TO, 'banned_offer', [body('Asha')]), 132016, 'disabled'],
    [
      'has the right number of parameters',
      template(TO, 'weekend_sale', [body('Asha', 'more'), urlButton('abc')]),
      132000,
      'body: number of localizable_params (2) does not match the expected number of params (1)',
    ],
    ['has parameters', template(TO, 'weekend_sale', [urlButton('abc')]), 132000, '(0) does not match'],
    [
      'has its media header',
      template(TO, 'diwali_sale_2024', [body('a', 'b', 'c')]),
      132012,
      'header: Format mismatch, expected IMAGE, received UNKNOWN',
    ],
    [
      'has a header of its media type',
      template(TO, 'diwali_sale_2024', [
        { type: 'header', parameters: [{ type: 'video', video: { link: 'https://a.example/a.mp4' } }] },
        body('a', 'b', 'c'),
      ]),
      132012,
      'header: Format mismatch, expected IMAGE, received VIDEO',
    ],
    [
      'has no parameter names if it is positional',
      template(TO, 'weekend_sale', [
        { type: 'body', parameters: [named('first_name', 'Asha')] },
        urlButton('abc'),
      ]),
      132012,
      'parameter_name is not allowed',
    ],
    [
      'has parameter names if it is named',
      template(TO, 'order_followup', [body('Asha'), urlButton('abc')]),
      132012,
      'body: Parameter name is missing or empty',
    ],
    [
      'has known parameter names',
      template(TO, 'order_followup', [
        { type: 'body', parameters: [named('nickname', 'Asha')] },
        urlButton('abc'),
      ]),
      132012,
      'unexpected or repeated parameter_name nickname',
    ],
    [
      'has its URL suffix',
      template(TO, 'weekend_sale', [body('Asha')]),
      131008,
      'buttons: Button at index 0 of type Url requires a parameter',
    ],
    [
      'has a suffix that is not blank',
      template(TO, 'weekend_sale', [body('Asha'), urlButton(' ')]),
      131008,
      'requires a parameter',
    ],
    [
      'has texts that are not blank',
      template(TO, 'weekend_sale', [body(' '), urlButton('abc')]),
      131008,
      'missing text value',
    ],
    [
      'has texts without line breaks',
      template(TO, 'weekend_sale', [body('A\nB'), urlButton('abc')]),
      132018,
      'new-line/tab',
    ],
    [
      'has texts without five consecutive spaces',
      template(TO, 'weekend_sale', [body('A     B'), urlButton('abc')]),
      132018,
      '4 consecutive',
    ],
    [
      'has a rendered body of at most 1024 characters',
      template(TO, 'weekend_sale', [body('A'.repeat(1000)), urlButton('abc')]),
      132005,
      'longer than 1024',
    ],
    [
      'has only known buttons',
      template(TO, 'weekend_sale', [body('Asha'), urlButton('abc'), urlButton('abc', '7')]),
      131009,
      'no button at index 7',
    ],
    [
      'has buttons of the right type',
      template(TO, 'weekend_sale', [body('Asha'), urlButton('abc', '1')]),
      132012,
      'Button at index 1 is of type QUICK_REPLY',
    ],
    [
      'has known media',
      template(TO, 'diwali_sale_2024', [
        { type: 'header', parameters: [{ type: 'image', image: { id: '1' } }] },
        body('a', 'b', 'c'),
      ]),
      100,
      '',
    ],
    [
      'has reachable media',
      template(TO, 'diwali_sale_2024', [imageHeader('http://unreachable/a.jpg'), body('a', 'b', 'c')]),
      131053,
      'could not be downloaded',
    ],
  ])('%s', async (_rule, message, expected, details) => {
    const [given, words] = await code(message);
    expect(given).toBe(expected);
    expect(words ?? '').toContain(details);
  });

  it('an unknown template is answered with 404 and Meta’s message', async () => {
    const answer = await simulator.send(template(TO, 'nowhere'));
    expect(answer).toMatchObject({
      http: 404,
      body: { error: { message: '(#132001) Template name does not exist in the translation' } },
    });
  });

  it('the number of parameters is checked first, then formats, suffixes and characters', async () => {
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

  it('accepts numeric indexes and upper-case types', async () => {
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

  it('belongs to the number’s account once the number is registered', async () => {
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
