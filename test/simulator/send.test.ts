import { PHONE, startTestSimulator, template, text, WABA, weekendSale, type TestSimulator } from './support';

/** The validation of a send, step by step, and the response to an accepted one. */

let simulator: TestSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterAll(() => simulator.close());
beforeEach(async () => {
  await simulator.call('POST', '/_simulator/reset', { keepBehaviour: true });
});

const MESSAGES = `/v25.0/${PHONE}/messages`;
const TO = '+919812345678';

async function refused(message: unknown, path = MESSAGES, headers: Record<string, string> = {}) {
  const answer = await simulator.call<{
    error: Record<string, unknown> & { error_data?: { details: string } };
  }>('POST', path, message, headers);
  const { code, error_subcode: subcode, type, message: words, error_data: data } = answer.body.error;
  return { http: answer.http, code, subcode, type, message: words, details: data?.details };
}

describe('step 1: access token', () => {
  it('is required', async () => {
    expect(await refused(text(TO), MESSAGES, { authorization: '' })).toMatchObject({ http: 401, code: 104 });
  });

  it.each(['an-invalid-token', 'an-expired-token'])('%s is refused with 401/190', async (token) => {
    const answer = await refused(text(TO), MESSAGES, { authorization: `Bearer ${token}` });
    expect(answer).toMatchObject({ http: 401, code: 190, type: 'OAuthException' });
  });

  it('is refused with 403/10 without the permission', async () => {
    expect(await refused(text(TO), MESSAGES, { authorization: 'Bearer forbidden' })).toMatchObject({
      http: 403,
      code: 10,
    });
  });

  it('is also read from the query', async () => {
    const answer = await simulator.call('POST', `${MESSAGES}?access_token=abc`, text(TO), {
      authorization: '',
    });
    expect(answer.http).toBe(200);
  });

  it('is checked first', async () => {
    const answer = await refused('not json', '/v25.0/not-a-number/messages', {
      authorization: 'Bearer invalid',
    });
    expect(answer.code).toBe(190);
  });
});

describe('step 2: business phone number', () => {
  const unknown = { http: 400, code: 100, subcode: 33, type: 'GraphMethodException' };

  it('must be digits', async () => {
    const answer = await refused('not json', '/v25.0/12ab/messages');
    expect(answer).toMatchObject(unknown);
    expect(answer.message).toBe(
      "Unsupported post request. Object with ID '12ab' does not exist, cannot be loaded due to missing permissions, or does not support this operation",
    );
  });

  it('must not be listed in unknownNumbers', async () => {
    await simulator.behave({ unknownNumbers: ['4711'] });
    expect(await refused(text(TO), '/v25.0/4711/messages')).toMatchObject(unknown);
    await simulator.behave({ unknownNumbers: [] });
  });

  it('must not be the id of an account', async () => {
    await simulator.call('GET', `/v25.0/${WABA}/phone_numbers`);
    expect(await refused(text(TO), `/v25.0/${WABA}/messages`)).toMatchObject(unknown);
  });

  it.each([133010, 368, 131031, 131057])('is refused with the configured error %d', async (code) => {
    await simulator.behave({ perSender: { [PHONE]: { code } } });
    expect((await refused('not json')).code).toBe(code);
    expect((await simulator.send(text(TO), '/v25.0/999/messages')).http).toBe(200);
    await simulator.behave({ perSender: {} });
  });
});

describe('step 3: message', () => {
  const long = (length: number) => 'x'.repeat(length);
  const image = (object: object) => ({ messaging_product: 'whatsapp', to: TO, type: 'image', image: object });

  it.each<[string, unknown, number, string | RegExp]>([
    ['is JSON', '{"messaging_product":', 100, /not valid JSON/],
    ['is an object', [], 100, /not a JSON object/],
    ['has messaging_product', { to: TO }, 100, '(#100) The parameter messaging_product is required.'],
    [
      'has messaging_product whatsapp',
      { messaging_product: 'sms', to: TO },
      100,
      /messaging_product must be one of/,
    ],
    [
      'has a recipient',
      { messaging_product: 'whatsapp', type: 'text' },
      100,
      '(#100) The parameter to is required.',
    ],
    ['has a known type', { ...text(TO), type: 'fax' }, 100, /Param type must be one of .*"fax"/],
    ['has a supported type', { ...text(TO), type: 'sticker' }, 131051, /Unsupported message type/],
    [
      'has the object of its type',
      { messaging_product: 'whatsapp', to: TO, type: 'image' },
      131008,
      /Required parameter/,
    ],
    ['has a text body', { ...text(TO), text: {} }, 131008, /Required parameter/],
    ['has a text of at most 4096 characters', { ...text(TO), text: { body: long(4097) } }, 100, /4096/],
    [
      'has a caption of at most 1024 characters',
      image({ link: 'https://a.example/a.jpg', caption: long(1025) }),
      100,
      /1024/,
    ],
    [
      'has a file name only on documents',
      image({ link: 'https://a.example/a.jpg', filename: 'a.jpg' }),
      100,
      /filename/,
    ],
    ['has an id or a link', image({}), 131008, /Required parameter/],
    [
      'has not both an id and a link',
      image({ id: '1', link: 'https://a.example/a.jpg' }),
      131008,
      /Required parameter/,
    ],
    ['has a valid link', image({ link: 'a.jpg' }), 131009, /not valid/],
    [
      'has a known media id',
      image({ id: '1' }),
      100,
      /not a valid whatsapp business account media attachment ID/,
    ],
    [
      'has a reachable link',
      image({ link: 'http://unreachable.example/a.jpg' }),
      131053,
      /Media upload error/,
    ],
    [
      'has callback data of at most 512 characters',
      text(TO, { biz_opaque_callback_data: long(513) }),
      100,
      /512/,
    ],
    ['has a context with an id', text(TO, { context: {} }), 100, /message_id/],
    [
      'has a recipient that is text',
      { messaging_product: 'whatsapp', recipient: 1, type: 'text' },
      100,
      /recipient/,
    ],
  ])('%s', async (_rule, message, code, words) => {
    const answer = await refused(message);
    expect(answer.code).toBe(code);
    expect(answer.message).toMatch(words);
  });

  it('is checked before the recipient', async () => {
    expect((await refused({ ...text('12'), text: { body: long(5000) } })).code).toBe(100);
  });

  it('may have the maximum length', async () => {
    const longest = text(TO, { text: { body: long(4096) }, biz_opaque_callback_data: long(512) });
    expect((await simulator.send(longest)).http).toBe(200);
  });
});

describe('step 4: recipient', () => {
  it.each(['12', '+', 'abc', '+0123456789', '+12345678901234567'])('%s is malformed', async (to) => {
    expect(await refused(text(to))).toMatchObject({
      http: 400,
      code: 131009,
      details: 'The phone number is malformed: Please use the format: +1234567890.',
    });
  });

  it('may contain spaces, hyphens and parentheses', async () => {
    const { body } = await simulator.send(text('+91 (98123) 456-78'));
    expect(body.contacts).toEqual([{ input: '+91 (98123) 456-78', wa_id: '919812345678' }]);
  });

  it('must not be the sender', async () => {
    await simulator.call('PUT', '/_simulator/accounts', {
      wabaId: WABA,
      phoneNumberIds: [PHONE],
      displayPhoneNumber: '+1 555 078-3881',
    });
    expect((await refused(text('+15550783881'))).code).toBe(131021);
  });

  it('must be in allowedRecipients', async () => {
    await simulator.behave({ allowedRecipients: ['+1 212 555 0000'] });
    expect((await refused(text(TO))).code).toBe(131030);
    expect((await simulator.send(text('+12125550000'))).http).toBe(200);
    await simulator.behave({ allowedRecipients: null });
  });

  it('is checked before the template', async () => {
    expect((await refused(template('12', 'no_such_template'))).code).toBe(131009);
  });
});

describe('step 7: accepted message', () => {
  it('is answered with wa_id and wamid, and with message_status only for templates', async () => {
    const plain = await simulator.send(text(TO));
    expect(plain.http).toBe(200);
    expect(plain.headers['facebook-api-version']).toBe('v25.0');
    expect(plain.headers['x-fb-trace-id']).toBeTruthy();
    expect(plain.body).toMatchObject({
      messaging_product: 'whatsapp',
      contacts: [{ input: TO, wa_id: '919812345678' }],
    });
    expect(plain.body.messages[0]).not.toHaveProperty('message_status');
    const wamid = plain.body.messages[0]?.id ?? '';
    const bytes = Buffer.from(wamid.replace('wamid.', ''), 'base64');
    expect(bytes.subarray(0, 3).toString('hex')).toBe('1c180c');
    expect(bytes.subarray(3, 15).toString()).toBe('919812345678');
    expect(bytes.subarray(15, 21).toString('hex')).toBe('150200111812');
    expect(bytes.subarray(21, 39).toString()).toMatch(/^[0-9A-F]{18}$/);
    expect(bytes.subarray(39).toString('hex')).toBe('00');
    const offer = await simulator.send(weekendSale(TO, 'abc'));
    expect(offer.body.messages[0]).toMatchObject({ message_status: 'accepted' });
  });

  it('has a new id even if the request is repeated: sends are not idempotent', async () => {
    const [first, second] = [await simulator.send(text(TO)), await simulator.send(text(TO))];
    expect(first.body.messages[0]?.id).not.toBe(second.body.messages[0]?.id);
    expect((await simulator.summary()).accepted).toBe(2);
  });

  it('may be sent with any API version or without one', async () => {
    for (const prefix of ['/v26.0', '/v19.0', '']) {
      expect((await simulator.send(text(TO), `${prefix}/${PHONE}/messages`)).http).toBe(200);
    }
  });

  it('has a rewritten wa_id in Brazil and Mexico with rewriteWaId', async () => {
    await simulator.behave({ rewriteWaId: true });
    const brazil = await simulator.send(text('+5511999990000'));
    const mexico = await simulator.send(text('+525512345678'));
    expect(brazil.body.contacts[0]).toEqual({ input: '+5511999990000', wa_id: '551199990000' });
    expect(mexico.body.contacts[0]?.wa_id).toBe('5215512345678');
    await simulator.behave({ rewriteWaId: false });
  });

  it('marking an inbound message as read is not recorded in the ledger', async () => {
    const answer = await simulator.send({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.x',
    });
    expect(answer).toMatchObject({ http: 200, body: { success: true } });
    expect(await simulator.summary()).toMatchObject({ attempts: 0, accepted: 0 });
  });
});

describe('marketing_messages', () => {
  const path = `/v25.0/${PHONE}/marketing_messages`;

  it('accepts only marketing templates, once the terms are accepted', async () => {
    expect((await refused(weekendSale(TO, 'abc'), path)).code).toBe(131055);
    await simulator.behave({ marketingOnboarding: 'ONBOARDED' });
    expect((await simulator.send(weekendSale(TO, 'abc'), path)).http).toBe(200);
    const [message] = await simulator.messages();
    expect(message).toMatchObject({ endpoint: 'marketing_messages' });
    const utility = {
      ...template(TO, 'hello_world'),
      template: { name: 'hello_world', language: { code: 'en_US' } },
    };
    expect((await refused(utility, path)).code).toBe(134100);
    expect((await refused(text(TO), path)).code).toBe(100);
  });

  it('is told of each account, and can be made the only way for marketing templates', async () => {
    const status = () => simulator.call('GET', `/v25.0/${WABA}?fields=marketing_messages_onboarding_status`);
    await simulator.behave({ marketingOnboarding: 'ELIGIBLE' });
    expect((await status()).body).toMatchObject({ marketing_messages_onboarding_status: 'ELIGIBLE' });
    await simulator.call('PUT', '/_simulator/accounts', { wabaId: WABA, phoneNumberIds: [PHONE] });
    const only = (off: boolean) =>
      simulator.call('POST', `/v25.0/${WABA}`, { disable_marketing_messages_on_cloud_api: off });
    expect((await only(true)).body).toEqual({ success: true });
    expect((await refused(weekendSale(TO, 'abc'))).code).toBe(131063);
    expect((await simulator.send(text(TO))).http).toBe(200);
    await simulator.behave({ marketingOnboarding: 'ONBOARDED', marketingSyncing: ['weekend_sale'] });
    expect((await refused(weekendSale(TO, 'abc'), path)).code).toBe(134101);
    await simulator.behave({ marketingSyncing: [] });
    expect((await simulator.send(weekendSale(TO, 'abc'), path)).http).toBe(200);
    await only(false);
    expect((await simulator.send(weekendSale(TO, 'abc'))).http).toBe(200);
  });

  it('is the only way for templates with a maximum price', async () => {
    await simulator.behave({ marketingOnboarding: 'ONBOARDED' });
    const capped = {
      ...{ name: 'capped', language: 'en', status: 'APPROVED', category: 'MARKETING' },
      ...{ components: [{ type: 'BODY', text: 'Hi' }], optimization_spec: {} },
    };
    await simulator.call('POST', '/_simulator/templates', { wabaId: WABA, templates: [capped] });
    expect((await refused(template(TO, 'capped'))).code).toBe(131061);
    expect((await simulator.send(template(TO, 'capped'), path)).http).toBe(200);
  });
});
