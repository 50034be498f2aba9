import { parseWebhook } from '../../src/whatsapp/webhook-events';
import type { WebhookEvents } from '../../src/whatsapp/webhook-events';

function parse(entry: unknown, object = 'whatsapp_business_account'): WebhookEvents | undefined {
  return parseWebhook(Buffer.from(JSON.stringify({ object, entry })));
}

function parseValue(value: unknown, field = 'messages'): WebhookEvents {
  return parse([{ id: '1', changes: [{ field, value }] }]) as WebhookEvents;
}

const metadata = { display_phone_number: '15550783881', phone_number_id: '106540352242922' };
const status = {
  id: 'wamid.1',
  status: 'delivered',
  timestamp: '1790000000',
  biz_opaque_callback_data: 'x:1:1',
};

test('all levels are walked: several entries, changes and statuses', () => {
  const change = {
    field: 'messages',
    value: { metadata, statuses: [status, { ...status, status: 'read' }] },
  };
  const events = parse([{ changes: [change, change] }, { changes: [change] }]);
  expect(events?.statuses.map((each) => each.kind)).toEqual([
    'delivered',
    'read',
    'delivered',
    'read',
    'delivered',
    'read',
  ]);
  expect(events?.statuses[0]).toMatchObject({ wamid: 'wamid.1', callbackData: 'x:1:1' });
});

test('a failure carries its code and Meta’s details', () => {
  const errors = [{ code: 131049, title: 'Title', error_data: { details: 'Details.' } }];
  const [event] = parseValue({ statuses: [{ ...status, status: 'failed', errors }] }).statuses;
  expect(event?.error).toEqual({ code: 131049, details: 'Details.' });
  const [bare] = parseValue({ statuses: [{ ...status, status: 'failed' }] }).statuses;
  expect(bare?.error).toEqual({ code: 131000, details: undefined });
  for (const code of ['x', 1e12, {}, 1.5]) {
    const [odd] = parseValue({ statuses: [{ ...status, status: 'failed', errors: [{ code }] }] }).statuses;
    expect(odd?.error?.code).toBe(131000);
  }
});

test.each(['deleted', 'warning', 'played', 'something_new', 7, null])(
  'the status %p is ignored and counted',
  (value) => {
    expect(parseValue({ statuses: [{ ...status, status: value }] })).toEqual({
      statuses: [],
      preferences: [],
      ignored: 1,
    });
  },
);

test('what else Meta may send does no harm', () => {
  for (const value of [
    undefined,
    null,
    'text',
    [],
    { statuses: 'none' },
    { statuses: [null, 1, 'x', {}] },
    { messages: [null, { from: 5 }] },
    { errors: [{ code: 1 }] },
    { statuses: [{ ...status, errors: 'x', conversation: null, pricing: [], unknown: { deep: [1] } }] },
  ])
    expect(parseValue(value)).toBeDefined();
  expect(parse([null, 5, {}, { changes: null }, { changes: [null, {}] }])).toMatchObject({ statuses: [] });
  expect(parseValue({}, 'account_update')).toMatchObject({ ignored: 1 });
});

test.each(['', '{', 'null', '[]', '{"object":"page","entry":[]}', '{"object":"whatsapp_business_account"}'])(
  '%p is no webhook',
  (body) => {
    expect(parseWebhook(Buffer.from(body))).toBeUndefined();
  },
);

test('a time out of reason is replaced by now', () => {
  const at = (timestamp: unknown) =>
    parseValue({ statuses: [{ ...status, timestamp }] }).statuses[0]?.at as Date;
  expect(at('1690000000')).toEqual(new Date(1_690_000_000_000));
  for (const odd of ['', 'x', '-1', '99999999999999', null, {}])
    expect(Math.abs(at(odd).getTime() - Date.now())).toBeLessThan(5000);
});

test('stop by button, by word and by WhatsApp’s own control', () => {
  const value = {
    metadata,
    messages: [
      { from: '919820000001', type: 'button', button: { payload: 'STOP:c:1:1', text: 'Stop' } },
      { from: '919820000002', type: 'text', text: { body: '  Unsubscribe ' } },
      { from: '919820000003', type: 'text', text: { body: 'please do not stop' } },
    ],
  };
  expect(parseValue(value)).toMatchObject({
    ignored: 1,
    preferences: [
      {
        kind: 'stop',
        phone: '+919820000001',
        phoneNumberId: metadata.phone_number_id,
        payload: 'STOP:c:1:1',
      },
      { kind: 'stop', phone: '+919820000002' },
    ],
  });
  const preferences = [
    { wa_id: '919820000004', value: 'stop' },
    { wa_id: '919820000004', value: 'resume' },
    { wa_id: '919820000004', value: 'maybe' },
  ];
  expect(parseValue({ metadata, user_preferences: preferences }, 'user_preferences')).toMatchObject({
    ignored: 1,
    preferences: [{ kind: 'stop' }, { kind: 'resume' }],
  });
});
