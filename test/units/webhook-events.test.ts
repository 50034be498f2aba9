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

test('several entries, changes and statuses are read', () => {
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

test('`conversation` of a status is not read: newer versions leave it out', () => {
  const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' };
  const conversation = {
    ...{ id: 'c1', expiration_timestamp: '1790086400' },
    origin: { type: 'referral_conversion' },
  };
  const read = (more: object) => parseValue({ metadata, statuses: [{ ...status, pricing, ...more }] });
  expect(read({ conversation })).toEqual(read({}));
  expect(read({ conversation }).statuses).toMatchObject([
    { pricing: { category: 'utility', isFree: false } },
  ]);
});

/** Parts of webhooks that say nothing of what Dakiya does; docs/whatsapp.md lists them. */
const unread: [field: string, value: Record<string, unknown>, more: Record<string, unknown>][] = [
  [
    'statuses',
    { ...status, recipient_id: '919820000001' },
    {
      ...{ recipient_type: 'group', recipient_participant_id: '919820000002' },
      ...{ recipient_identity_key_hash: 'hash', recipient_parent_user_id: 'IN.9' },
    },
  ],
  [
    'messages',
    { from: '919820000001', timestamp: '1790000000', context: { id: 'wamid.ours' }, text: { body: 'stop' } },
    {
      ...{ context: { id: 'wamid.ours', from: '15550783881', forwarded: true, frequently_forwarded: true } },
      ...{ group_id: 'g1', identity: { hash: 'h' } },
    },
  ],
  ['contacts', { wa_id: '919820000001', user_id: 'IN.1' }, { profile: { name: 'Asha', username: 'asha' } }],
];

test.each(unread)('of %s %j the parts %j are not read', (list, element, more) => {
  const message = { from_user_id: 'IN.1', timestamp: '1790000000', text: { body: 'stop' } };
  const beside = list === 'contacts' ? { messages: [message] } : {};
  const read = (one: object) => parseValue({ metadata, ...beside, [list]: [one] });
  const plain = read(element);
  expect(read({ ...element, ...more })).toEqual(plain);
  expect(plain.statuses.length + plain.preferences.length).toBe(1);
});

test('a failure has its code and Meta’s details', () => {
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
      taps: [],
      identities: [],
      templates: [],
      accounts: [],
      numbers: new Set(),
      marketingTerms: [],
      inbound: [],
      ignored: 1,
    });
  },
);

test('other webhooks of Meta are ignored', () => {
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

test.each(['', '{', 'null', '[]', '{"object":1,"entry":[]}', '{"object":"whatsapp_business_account"}'])(
  '%p is not a webhook',
  (body) => {
    expect(parseWebhook(Buffer.from(body))).toBeUndefined();
  },
);

test('a webhook of another object is read, and has nothing for us', () => {
  const value = { statuses: [status] };
  const body = { object: 'page', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
  expect(parseWebhook(Buffer.from(JSON.stringify(body)))).toMatchObject({ statuses: [], ignored: 0 });
});

test('an implausible time is replaced by the current time', () => {
  const at = (timestamp: unknown) =>
    parseValue({ statuses: [{ ...status, timestamp }] }).statuses[0]?.at as Date;
  expect(at('1690000000')).toEqual(new Date(1_690_000_000_000));
  for (const odd of ['', 'x', '-1', '99999999999999', null, {}])
    expect(Math.abs(at(odd).getTime() - Date.now())).toBeLessThan(5000);
});

test('restrictions of an account keep their type and end; an end that makes no sense is none', () => {
  const restrictions = (info: unknown[]) =>
    parseValue({ event: 'ACCOUNT_RESTRICTION', restriction_info: info }, 'account_update').accounts;
  const end = Math.floor(Date.now() / 1000) + 3600;
  expect(
    restrictions([
      { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: end },
      { restriction_type: 'a_new_one', expiration: String(end) },
      ...[1, 'never', 1e300, null].map((expiration) => ({ restriction_type: `X${expiration}`, expiration })),
      { restriction_type: ['?'] },
      null,
    ]),
  ).toMatchObject([
    {
      wabaId: '1',
      change: {
        kind: 'restricted',
        restrictions: [
          { type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', until: new Date(end * 1000).toISOString() },
          { type: 'A_NEW_ONE', until: new Date(end * 1000).toISOString() },
          { type: 'X1', until: null },
          { type: 'XNEVER', until: null },
          { type: 'X1E+300', until: null },
          { type: 'XNULL', until: null },
        ],
      },
    },
  ]);
  expect(restrictions([])).toMatchObject([{ change: { kind: 'lifted' } }]);
});

test('opt-outs by button, by word and by WhatsApp’s own control', () => {
  const message = '00000000-0000-4000-8000-000000000001:1:1';
  const value = {
    metadata,
    messages: [
      { from: '919820000001', type: 'button', button: { payload: `STOP:${message}`, text: 'Stop' } },
      {
        from_user_id: 'IN.1',
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: `REPLY:${message}`, title: 'More' } },
      },
      { from: '919820000002', type: 'text', text: { body: '  Unsubscribe ' } },
      { from: '919820000003', type: 'text', text: { body: 'please do not stop' } },
    ],
  };
  expect(parseValue(value)).toMatchObject({
    ignored: 1,
    taps: [
      {
        saidStop: true,
        label: 'Stop',
        phone: '+919820000001',
        phoneNumberId: metadata.phone_number_id,
        callbackData: message,
      },
      { saidStop: false, label: 'More', phone: undefined, userId: 'IN.1', callbackData: message },
    ],
    preferences: [{ kind: 'stop', phone: '+919820000002' }],
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

test('opt-ins by word, with the time of the event and the id of the answered message', () => {
  const message = {
    from: '919820000001',
    timestamp: '1790000000',
    context: { id: 'wamid.ours' },
    text: { body: 'Start!' },
  };
  expect(parseValue({ metadata, messages: [message] }).preferences).toEqual([
    {
      kind: 'resume',
      source: 'KEYWORD',
      phoneNumberId: metadata.phone_number_id,
      phone: '+919820000001',
      userId: undefined,
      answers: 'wamid.ours',
      reason: 'wrote "Start!"',
      at: new Date(1_790_000_000_000),
    },
  ]);
});

test.each(['STOPOVER_DEALS', 'STOPWATCH-42', 'STOP', 'stop:x', 'REPLY:STOP:x', 'Stop promotions', ''])(
  'the payload %p is not an opt-out payload of Dakiya',
  (payload) => {
    const button = { from: '919820000001', type: 'button', button: { payload, text: 'STOP' } };
    const reply = {
      from: '919820000001',
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply: { id: payload, title: 'STOP' } },
    };
    expect(parseValue({ metadata, messages: [button, reply] })).toMatchObject({
      preferences: [],
      taps: [],
      identities: [],
      templates: [],
      marketingTerms: [],
      ignored: 2,
    });
  },
);

test('a person is identified by `from`, otherwise by the contact with the user id, otherwise not at all', () => {
  const phoneOf = (message: Record<string, unknown>, contacts?: unknown, others: unknown[] = []) =>
    parseValue({ contacts, messages: [{ ...message, text: { body: 'stop' } }, ...others] }).preferences.map(
      ({ phone }) => phone,
    );
  const contacts = [
    { user_id: 'IN.1', wa_id: '919820000001' },
    { user_id: 'IN.2', wa_id: '919820000002' },
  ];
  expect(phoneOf({ from: '919820000003', from_user_id: 'IN.1' }, contacts)).toEqual(['+919820000003']);
  expect(phoneOf({ from: 919820000003 })).toEqual(['+919820000003']);
  expect(phoneOf({ from_user_id: 'IN.2' }, contacts)).toEqual(['+919820000002']);
  expect(phoneOf({}, [{ wa_id: '919820000004' }])).toEqual(['+919820000004']);
  for (const odd of [undefined, 'none', [null], [{ user_id: 'IN.9', wa_id: '919820000001' }]])
    expect(phoneOf({ from_user_id: 'IN.2' }, odd)).toEqual([undefined]);
  // one contact for two messages: it is unknown whose it is
  expect(phoneOf({}, [{ wa_id: '919820000004' }], [{ from: '919820000005' }])).toEqual([undefined]);
  const preference = { user_id: 'IN.2', value: 'stop', timestamp: 1_790_000_000 };
  expect(
    parseValue({ contacts, user_preferences: [preference] }, 'user_preferences').preferences,
  ).toMatchObject([
    { source: 'WHATSAPP', phone: '+919820000002', phoneNumberId: '', at: new Date(1_790_000_000_000) },
  ]);
});

test('a status has the sender and the recipient', () => {
  const read = (value: Record<string, unknown>, more: Record<string, unknown>) =>
    parseValue({ ...value, statuses: [{ ...status, ...more }] }).statuses[0];
  expect(read({ metadata }, { recipient_id: '551187654321', recipient_user_id: 'BR.1' })).toMatchObject({
    phoneNumberId: metadata.phone_number_id,
    recipientPhone: '+551187654321',
    recipientUserId: 'BR.1',
  });
  expect(read({}, { recipient_id: 'IN.123' })).toMatchObject({
    phoneNumberId: '',
    recipientPhone: undefined,
  });
});

describe('an invalid element next to a valid one', () => {
  // JSON that cannot be converted to a number or text: `Number({"toString":1})` throws
  const odd: unknown[] = [
    { toString: 1, valueOf: 1 },
    [{ toString: 1 }],
    { length: -1 },
    null,
    true,
    'x'.repeat(2000),
  ];
  const stop = { from: '919820000001', text: { body: 'stop' } };

  test.each(odd)('%p is ignored, the valid one is not', (value) => {
    for (const field of ['id', 'status', 'timestamp', 'errors', 'recipient_id', 'biz_opaque_callback_data']) {
      const strange = {
        ...status,
        status: 'failed',
        errors: [{ code: value, error_data: value }],
        [field]: value,
      };
      const { statuses } = parseValue({ metadata: value, statuses: [strange, value, status] });
      expect(statuses.at(-1)).toMatchObject({ kind: 'delivered', wamid: 'wamid.1' });
    }
    for (const field of ['from', 'timestamp', 'text', 'context', 'button', 'interactive', 'from_user_id']) {
      const strange = { ...stop, [field]: value };
      const { preferences } = parseValue({
        metadata: value,
        contacts: value,
        messages: [strange, value, stop],
      });
      expect(preferences.at(-1)).toMatchObject({ kind: 'stop', phone: '+919820000001' });
    }
    const good = { wa_id: '919820000001', value: 'stop' };
    const preferences = [value, { wa_id: value, user_id: value, value }, { ...good, timestamp: value }, good];
    expect(
      parseValue({ metadata: value, user_preferences: preferences }, 'user_preferences').preferences,
    ).toHaveLength(2);
    const events = parse([
      value,
      { changes: value },
      { changes: [value, { field: value, value }] },
      { changes: [{ field: 'messages', value: { statuses: [status] } }] },
    ]);
    expect(events?.statuses).toHaveLength(1);
  });
});

test('unpaired surrogates and NUL do not reach the database', () => {
  const wamid = 'wamid.\ud83d\0';
  expect(parseValue({ statuses: [{ ...status, id: wamid }] }).statuses[0]?.wamid).toBe('wamid.\ufffd');
  const message = { from: '919820000001', text: { body: 'stop \ud83d' } };
  expect(parseValue({ messages: [message] }).preferences[0]?.reason).toBe('wrote "stop \ufffd"');
});

test('a time in the future becomes now, so that it cannot override what happens until then', () => {
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;
  const { preferences } = parseValue({
    messages: [{ from: '919820000001', timestamp: String(inAnHour), text: { body: 'start' } }],
  });
  expect(Math.abs((preferences[0]?.at.getTime() ?? 0) - Date.now())).toBeLessThan(5000);
});

describe('each value that WhatsApp documents', () => {
  const template = { message_template_name: 'sale', message_template_language: 'en-US' };

  test.each<[string, string | undefined]>([
    ['APPROVED', 'APPROVED'],
    ['REINSTATED', 'APPROVED'],
    ['UNARCHIVED', 'APPROVED'],
    ['REJECTED', 'REJECTED'],
    ['PENDING', 'PENDING'],
    ['IN_APPEAL', 'IN_APPEAL'],
    ['PAUSED', 'PAUSED'],
    ['DISABLED', 'DISABLED'],
    ['PENDING_DELETION', 'PENDING_DELETION'],
    ['DELETED', 'DELETED'],
    ['LIMIT_EXCEEDED', 'LIMIT_EXCEEDED'],
    ['ARCHIVED', 'ARCHIVED'],
    ['FLAGGED', undefined],
    ['LOCKED', undefined],
  ])('the event %s of a template leads to the status %s', (event, status) => {
    const { templates, ignored } = parseValue({ ...template, event }, 'message_template_status_update');
    expect(templates.map(({ language, change }) => [language, change])).toEqual(
      status ? [['en_US', { kind: 'status', status, reason: null }]] : [],
    );
    expect(ignored).toBe(status ? 0 : 1);
  });

  test.each<[Record<string, unknown>, string | null]>([
    [{ reason: 'NONE' }, null],
    [{ reason: null }, null],
    ...[
      'ABUSIVE_CONTENT',
      'INCORRECT_CATEGORY',
      'INVALID_FORMAT',
      'PROMOTIONAL',
      'SCAM',
      'TAG_CONTENT_MISMATCH',
    ].map((reason): [object & { reason: string }, string] => [{ reason }, reason]),
    [{ reason: 'INVALID_FORMAT', rejection_info: { reason: 'In its own words' } }, 'In its own words'],
  ])('the reason of a rejection is kept: %j', (why, reason) => {
    const { templates } = parseValue(
      { ...template, event: 'REJECTED', ...why },
      'message_template_status_update',
    );
    expect(templates).toMatchObject([{ change: { reason } }]);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'message_template_status_update',
      { ...template, event: 'PAUSED' },
      {
        ...{ message_template_category: 'UTILITY', disable_info: { disable_date: 'x' } },
        other_info: { title: 'FIRST_PAUSE', description: 'Paused' },
      },
    ],
    [
      'message_template_status_update',
      { ...template, event: 'REJECTED', rejection_info: { reason: 'Why' } },
      { rejection_info: { reason: 'Why', recommendation: 'Write another' } },
    ],
    [
      'message_template_quality_update',
      { ...template, new_quality_score: 'RED' },
      { previous_quality_score: 'GREEN' },
    ],
    [
      'phone_number_quality_update',
      { display_phone_number: '15550783881', event: 'UPGRADE', current_limit: 'TIER_10K' },
      { old_limit: 'TIER_2K' },
    ],
  ])('of %s %j the parts %j are not read', (field, value, more) => {
    const read = (given: object) => {
      const { templates, accounts } = parse([
        { id: '1', time: 1790000000, changes: [{ field, value: given }] },
      ]) as WebhookEvents;
      return [...templates, ...accounts];
    };
    expect(read(value)).toHaveLength(1);
    expect(read({ ...value, ...more })).toEqual(read(value));
  });

  test.each(['GREEN', 'YELLOW', 'RED', 'UNKNOWN'])('the quality %s of a template is read', (quality) => {
    const value = { ...template, previous_quality_score: 'GREEN', new_quality_score: quality };
    expect(parseValue(value, 'message_template_quality_update').templates).toMatchObject([
      { change: { kind: 'quality', quality } },
    ]);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['ONBOARDING', {}, { flagged: undefined, highThroughput: false }],
    ['THROUGHPUT_UPGRADE', {}, { highThroughput: true }],
    ['FLAGGED', {}, { flagged: true }],
    ['UNFLAGGED', {}, { flagged: false }],
    ['UPGRADE', { current_limit: 'TIER_10K' }, { limit: 'TIER_10K' }],
    [
      'DOWNGRADE',
      { old_limit: 'TIER_10K', max_daily_conversations_per_business: 'TIER_2K' },
      { limit: 'TIER_2K' },
    ],
    ...['TIER_50', 'TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED', 'NOT_SET'].map(
      (limit): [string, object & Record<string, string>, Record<string, string>] => [
        'UPGRADE',
        { max_daily_conversations_per_business: limit },
        { limit },
      ],
    ),
  ])('the event %s of a number with %j is read', (event, more, change) => {
    const value = { display_phone_number: '+1 555-078 3881', event, ...more };
    expect(parseValue(value, 'phone_number_quality_update').accounts).toMatchObject([
      { number: '15550783881', change: { kind: 'quality', ...change } },
    ]);
  });

  test.each<[Record<string, unknown>, string | undefined]>([
    [{ max_daily_conversations_per_business: 2000 }, '2000'],
    [{ max_daily_conversations_per_business: '2000' }, '2000'],
    [{ max_daily_conversations_per_business: 'TIER_2K' }, 'TIER_2K'],
    [{ max_daily_conversations_per_business: -1 }, 'UNLIMITED'],
    [{ max_daily_conversation_per_phone: 250 }, '250'],
    [{ max_phone_numbers_per_business: 20, max_phone_numbers_per_waba: 20 }, undefined],
  ])('the capability %j is read', (value, limit) => {
    const { accounts } = parseValue(value, 'business_capability_update');
    expect(accounts.map(({ change }) => change)).toEqual(limit ? [{ kind: 'limit', limit }] : []);
  });

  const banned = (state: string) => ({ ban_info: { waba_ban_state: state } });
  test.each<[string, Record<string, unknown>, Record<string, unknown> | undefined]>([
    [
      'ACCOUNT_RESTRICTION',
      { restriction_info: [{ restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION' }] },
      { kind: 'restricted', restrictions: [{ type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', until: null }] },
    ],
    ['ACCOUNT_RESTRICTION', { restriction_info: [] }, { kind: 'lifted' }],
    ['ACCOUNT_VIOLATION', { violation_info: { violation_type: 'SPAM' } }, { kind: 'trouble' }],
    ['DISABLED_UPDATE', banned('SCHEDULE_FOR_DISABLE'), { kind: 'trouble' }],
    ['DISABLED_UPDATE', banned('DISABLE'), { restrictions: [{ type: 'ACCOUNT_DISABLED', until: null }] }],
    ['DISABLED_UPDATE', banned('REINSTATE'), { kind: 'lifted' }],
    ['ACCOUNT_DELETED', {}, { restrictions: [{ type: 'ACCOUNT_DELETED', until: null }] }],
    ['MM_LITE_TERMS_SIGNED', {}, { kind: 'notice' }],
    ['VOLUME_BASED_PRICING_TIER_UPDATE', {}, undefined],
    ['PARTNER_ADDED', {}, undefined],
  ])('the event %s of an account with %j is read', (event, more, change) => {
    // a number beside it changes nothing: what is told concerns the account
    const value = { event, phone_number: '15550783881', ...more };
    expect(parseValue(value, 'account_update').accounts).toMatchObject(
      change ? [{ number: '', change }] : [],
    );
  });

  test.each([
    ...['text', 'button', 'interactive', 'reaction', 'image', 'video', 'document', 'audio', 'sticker'],
    ...['location', 'contacts', 'order', 'unsupported', 'unknown', 'something_new'],
  ])('a message of the type %s counts as written by the person', (type) => {
    const message = { from: '16503879439', id: 'wamid.1', timestamp: '1790000000', type };
    const { inbound, statuses } = parseValue({
      metadata,
      messages: [
        { ...message, [type]: { id: '1' }, errors: [{ code: 131052 }], referral: { source_id: '1' } },
      ],
    });
    expect(inbound).toMatchObject([{ phone: '+16503879439', phoneNumberId: metadata.phone_number_id }]);
    expect(statuses).toEqual([]);
  });

  test('a removed reaction is an answer to the message as well', () => {
    const reaction = { message_id: 'wamid.ours', emoji: '' };
    expect(
      parseValue({ messages: [{ from: '16503879439', type: 'reaction', reaction }] }).inbound,
    ).toMatchObject([{ answers: 'wamid.ours' }]);
  });

  test.each<[number, string | undefined]>([
    [131042, 'payment problem'],
    [131031, 'locked'],
    [131000, undefined],
    [130429, undefined],
  ])('the error %i beside no message is told of the number if it is lasting', (code, says) => {
    const { accounts } = parseValue({ metadata, errors: [{ code, title: 'Title' }] });
    expect(accounts.map(({ number, change }) => [number, change])).toEqual(
      says
        ? [
            [
              '15550783881',
              { kind: 'trouble', topic: 'SENDING', text: expect.stringContaining(says) as unknown },
            ],
          ]
        : [],
    );
  });
});
