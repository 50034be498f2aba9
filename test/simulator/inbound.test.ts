import type { InboundMessage, MessagesValue, UserPreferencesValue } from '../../src/whatsapp/wire';
import {
  body,
  PHONE,
  startReceiver,
  startTestSimulator,
  template,
  text,
  until,
  urlButton,
  type Receiver,
  type TestSimulator,
} from './support';

/** What people send on command: every kind of inbound message, with the person named in every way. */

let simulator: TestSimulator;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  simulator = await startTestSimulator({ webhook: receiver.webhook });
  await simulator.behave({ deliveredShare: 0, failAfterSentShare: 0 });
});
afterEach(async () => {
  await simulator.close();
  await receiver.close();
});

const TO = '+919812345678';

async function inbound(message: object): Promise<string | null> {
  const answer = await simulator.call<{ id: string | null }>('POST', '/_simulator/inbound', message);
  expect(answer).toMatchObject({ http: 200 });
  return answer.body.id;
}

/** The values of all changes but statuses, once there are so many. */
async function received(count = 1): Promise<(MessagesValue | UserPreferencesValue)[]> {
  const values = () =>
    receiver
      .changes()
      .map((change) => change.value)
      .filter((value) => 'messages' in value || 'user_preferences' in value);
  await until(() => values().length >= count);
  return values() as (MessagesValue | UserPreferencesValue)[];
}

async function messageOf(message: object): Promise<InboundMessage> {
  await inbound(message);
  const value = (await received()).at(-1) as MessagesValue;
  return value.messages?.[0] as InboundMessage;
}

const offer = async (to = TO) => {
  const quickReply = {
    type: 'button',
    sub_type: 'quick_reply',
    index: '1',
    parameters: [{ type: 'payload', payload: 'STOP:c42' }],
  };
  const { body: answer } = await simulator.send(
    template(to, 'weekend_sale', [body('Asha'), urlButton('abc'), quickReply]),
  );
  return answer.messages[0]?.id ?? '';
};

describe('the forms of a number', () => {
  it.each<[string, boolean | 'dialled', string, string]>([
    ['Brazil, without the ninth digit', true, '+5511987654321', '551187654321'],
    ['Brazil, with the ninth digit', 'dialled', '+551187654321', '5511987654321'],
    ['Mexico, with the 1', true, '+525512345678', '5215512345678'],
    ['Mexico, without the 1', 'dialled', '+5215512345678', '525512345678'],
    ['Argentina, with the 9', true, '+541123456789', '5491123456789'],
    ['Argentina, without the 9', 'dialled', '+5491123456789', '541123456789'],
    ['India, which has one form', true, '+919812345678', '919812345678'],
    ['a number that has the form already', true, '+551187654321', '551187654321'],
    ['as sent', false, '+5511987654321', '5511987654321'],
  ])('%s: rewriteWaId %p makes of %s %s everywhere', async (_what, rewriteWaId, to, waId) => {
    await simulator.behave({ rewriteWaId });
    const { body: answer } = await simulator.send(text(to));
    expect(answer.contacts).toEqual([{ input: to, wa_id: waId }]);
    await until(() => receiver.statuses()[0]);
    expect(receiver.statuses()[0]?.recipient_id).toBe(waId);
    await inbound({ type: 'text', body: 'STOP', from: to, phoneNumberId: PHONE });
    await inbound({ type: 'user_preferences', value: 'stop', from: to, phoneNumberId: PHONE });
    const [message, preferences] = await received(2);
    expect(message).toMatchObject({ contacts: [{ wa_id: waId }], messages: [{ from: waId }] });
    expect(preferences).toMatchObject({
      contacts: [{ wa_id: waId }],
      user_preferences: [{ wa_id: waId }],
    });
    expect(await simulator.messages()).toMatchObject([{ to, waId }]);
  });

  it('can be set for one person', async () => {
    await simulator.behave({ rewriteWaId: true, perNumber: { [TO]: { waId: '+447700900123' } } });
    const { body: answer } = await simulator.send(text(TO));
    expect(answer.contacts[0]?.wa_id).toBe('447700900123');
    const messageId = answer.messages[0]?.id;
    expect(await messageOf({ type: 'text', body: 'Hi', messageId })).toMatchObject({ from: '447700900123' });
  });

  it('are one person: a stop in one form fails marketing to the other with 131050', async () => {
    await inbound({ type: 'user_preferences', value: 'stop', from: '551187654321', phoneNumberId: PHONE });
    await offer('+5511987654321');
    await simulator.settled();
    expect(receiver.statuses()[0]?.errors?.[0]?.code).toBe(131050);
  });
});

describe('people who hide their number', () => {
  const hidden = { messageId: '', withoutPhone: true, userId: 'IN.13491208655302741918' };

  it.each<[string, object, object]>([
    ['text', { body: 'STOP' }, { text: { body: 'STOP' } }],
    ['button', { button: 1 }, { button: { payload: 'STOP:c42', text: 'Stop promotions' } }],
  ])('write a %s that names only a user id and the message answered', async (type, given, content) => {
    const messageId = await offer();
    const message = await messageOf({ ...hidden, type, messageId, ...given });
    expect(message).toMatchObject({
      type,
      from_user_id: hidden.userId,
      context: { id: messageId },
      ...content,
    });
    expect(message).not.toHaveProperty('from');
    const [value] = await received();
    expect(value?.contacts).toEqual([{ profile: { name: 'Simulated person' }, user_id: hidden.userId }]);
    expect(JSON.stringify(value)).not.toContain('919812345678');
  });

  it('stop by WhatsApp’s own control without a wa_id', async () => {
    await inbound({ ...hidden, type: 'user_preferences', value: 'stop', messageId: await offer() });
    const [value] = (await received()) as UserPreferencesValue[];
    expect(value?.user_preferences).toMatchObject([{ user_id: hidden.userId, value: 'stop' }]);
    expect(value?.user_preferences[0]).not.toHaveProperty('wa_id');
    expect(value?.contacts?.[0]).not.toHaveProperty('wa_id');
  });

  it('can be a share of all or chosen, in statuses too; the id is the same for every form of a number', async () => {
    await simulator.behave({ withoutPhoneShare: 1, perNumber: { [TO]: { withoutPhone: false } } });
    await simulator.send(text('+5511987654321'));
    await simulator.send(text('+551187654321'));
    await simulator.send(text(TO));
    await until(() => receiver.statuses().length === 3);
    const [first, second, third] = receiver.statuses();
    expect(first?.recipient_id).toBeUndefined();
    expect(first?.recipient_user_id).toMatch(/^BR\.\d+$/);
    expect(second?.recipient_user_id).toBe(first?.recipient_user_id);
    expect(third).toMatchObject({ recipient_id: '919812345678' });
    const message = await messageOf({
      type: 'text',
      body: 'Hi',
      from: '+5511987654321',
      phoneNumberId: PHONE,
    });
    expect(message).toMatchObject({ from_user_id: first?.recipient_user_id });
    expect(message.from).toBeUndefined();
  });
});

describe('an answer to a message', () => {
  it.each<[string, object, object]>([
    ['text', { body: '“ＳＴＯＰ”\u200b 🛑' }, { text: { body: '“ＳＴＯＰ”\u200b 🛑' } }],
    [
      'button',
      { payload: 'STOPOVER_DEALS', body: 'Ver rebajas' },
      { button: { payload: 'STOPOVER_DEALS', text: 'Ver rebajas' } },
    ],
    ['button', { payload: 'STOP:c1' }, { button: { payload: 'STOP:c1', text: 'STOP:c1' } }],
    [
      'interactive',
      { replyId: 'stop', title: 'Stop' },
      { interactive: { type: 'button_reply', button_reply: { id: 'stop', title: 'Stop' } } },
    ],
    [
      'interactive',
      { kind: 'list_reply', replyId: 'a', title: 'A', description: 'First' },
      { interactive: { type: 'list_reply', list_reply: { id: 'a', title: 'A', description: 'First' } } },
    ],
    ['image', { body: 'STOP' }, { image: { caption: 'STOP', mime_type: 'image/jpeg' } }],
    ['document', { filename: 'a.pdf' }, { document: { filename: 'a.pdf', mime_type: 'application/pdf' } }],
    ['audio', {}, { audio: { mime_type: 'audio/ogg; codecs=opus' } }],
    ['unsupported', {}, { errors: [{ code: 131051 }] }],
    [
      'raw',
      { message: { type: 'location', location: { latitude: 1, longitude: 2 } } },
      { type: 'location', location: { latitude: 1, longitude: 2 } },
    ],
  ])('is a %s from its recipient, to its sender', async (type, given, content) => {
    const messageId = await offer();
    const message = await messageOf({ type, messageId, ...given });
    expect(message).toMatchObject({ type, from: '919812345678', context: { id: messageId }, ...content });
    expect((await received())[0]).toMatchObject({ metadata: { phone_number_id: PHONE } });
  });

  it('is a reaction, given or taken back, which names the message in a place of its own', async () => {
    const messageId = await offer();
    const given = await messageOf({ type: 'reaction', messageId, body: '👍' });
    expect(given).toMatchObject({ reaction: { message_id: messageId, emoji: '👍' } });
    await inbound({ type: 'reaction', messageId });
    const [, value] = (await received(2)) as MessagesValue[];
    expect(value?.messages?.[0]).toMatchObject({ reaction: { message_id: messageId } });
    expect(value?.messages?.[0]).not.toHaveProperty('reaction.emoji');
    expect(value?.messages?.[0]).not.toHaveProperty('context');
  });

  it('may leave out what it answers', async () => {
    const message = await messageOf({
      type: 'text',
      body: 'Hi',
      messageId: await offer(),
      contextId: null,
    });
    expect(message).toMatchObject({ from: '919812345678' });
    expect(message).not.toHaveProperty('context');
  });
});

it('a changed number comes as a system message without contacts', async () => {
  const message = await messageOf({
    type: 'system',
    from: TO,
    phoneNumberId: PHONE,
    change: 'user_changed_number',
    newNumber: '+919899999999',
    newUserId: 'IN.2',
    previousUserId: 'IN.1',
  });
  expect(message).toMatchObject({
    from: '919812345678',
    system: { type: 'user_changed_number', wa_id: '919899999999', user_id: 'IN.2', previous_user_id: 'IN.1' },
  });
  expect((await received())[0]).not.toHaveProperty('contacts');
});

it('tells the time it is given; an older wish that arrives later does not change what the person wants', async () => {
  const at = 1_790_000_000;
  const wish = (value: string, timestamp: number) =>
    inbound({ type: 'user_preferences', value, timestamp, from: TO, phoneNumberId: PHONE });
  await wish('stop', at);
  await wish('resume', at - 100);
  const values = (await received(2)) as UserPreferencesValue[];
  expect(values.flatMap((value) => value.user_preferences.map((each) => each.timestamp))).toEqual([
    at,
    at - 100,
  ]);
  await offer();
  await simulator.settled();
  expect(receiver.statuses()[0]?.errors?.[0]?.code).toBe(131050);
  await inbound({ type: 'text', body: 'x', timestamp: 1_000_000_000, from: TO, phoneNumberId: PHONE });
  const last = (await received(3)).at(-1) as MessagesValue;
  expect(last.messages?.[0]?.timestamp).toBe('1000000000');
});

it('is delivered again with the same id, at once or later', async () => {
  const stop = { type: 'text', body: 'STOP', from: TO, phoneNumberId: PHONE, timestamp: 1_790_000_000 };
  const id = await inbound({ ...stop, times: 2 });
  await inbound({ ...stop, id });
  const values = await received(3);
  expect(values).toHaveLength(3);
  expect(new Set(values.map((value) => JSON.stringify(value))).size).toBe(1);
});

it.each<[string, object, string]>([
  ['nobody', { type: 'text', body: 'Hi', phoneNumberId: PHONE }, 'from'],
  ['nobody to write to', { type: 'text', body: 'Hi', from: TO }, 'phoneNumberId'],
  ['a message that was never accepted', { type: 'text', body: 'Hi', messageId: 'wamid.x' }, 'messageId'],
  ['a tap on nothing', { type: 'button', from: TO, phoneNumberId: PHONE }, 'payload'],
  ['a reaction to nothing', { type: 'reaction', from: TO, phoneNumberId: PHONE }, 'contextId'],
  ['an unknown type', { type: 'smoke_signal', from: TO, phoneNumberId: PHONE }, 'type'],
])('refuses %s and says where', async (_what, message, field) => {
  const answer = await simulator.call('POST', '/_simulator/inbound', message);
  expect(answer).toMatchObject({ http: 400, body: { error: { field } } });
});
