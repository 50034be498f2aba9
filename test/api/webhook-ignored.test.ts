import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { createCampaign, post, sendCampaign, stats } from './ask';

type Loose = Record<string, unknown>;

const template = {
  message_template_name: 'weekend_sale',
  message_template_language: 'en',
};
const person = { wa_id: '919876580001', user_id: 'IN.801' };
/** Of a recipient, and an opt-out wherever it is read: the controls at the end show that. */
const stop = {
  ...{ from: person.wa_id, from_user_id: person.user_id, id: 'wamid.e', timestamp: '1790000000' },
  ...{ type: 'text', text: { body: 'STOP' } },
};
/** A new number and a new id of a contact, which would be taken over if the notice was read. */
const changed = { wa_id: '919876580002', user_id: 'IN.802', previous_user_id: person.user_id };
const systemNotice = (type: string) => ({
  messages: [
    {
      from: person.wa_id,
      id: 'wamid.s',
      timestamp: '1790000000',
      type: 'system',
      system: { type, ...changed },
    },
  ],
});

/** Fields, and values of fields, from which nothing follows. docs/whatsapp.md says why of each. */
const ignored: [field: string, what: string, value: Loose][] = [
  ['message_template_status_update', 'FLAGGED', { ...template, event: 'FLAGGED', reason: 'NONE' }],
  ['message_template_status_update', 'LOCKED', { ...template, event: 'LOCKED', reason: null }],
  ['message_template_status_update', 'an event of tomorrow', { ...template, event: 'ENSHRINED' }],
  [
    'template_category_update',
    'a notice',
    { ...template, new_category: 'MARKETING', correct_category: 'UTILITY', category_update_timestamp: 1 },
  ],
  [
    'template_correct_category_detection',
    'an opinion',
    { ...template, category: 'MARKETING', correct_category: 'UTILITY' },
  ],
  ['account_update', 'PARTNER_ADDED', { event: 'PARTNER_ADDED', waba_info: { waba_id: '1' } }],
  ['account_update', 'PARTNER_REMOVED', { event: 'PARTNER_REMOVED', phone_number: '912240001234' }],
  [
    'account_update',
    'VOLUME_BASED_PRICING_TIER_UPDATE',
    { event: 'VOLUME_BASED_PRICING_TIER_UPDATE', volume_tier_info: { tier: '0:25000' } },
  ],
  ['account_update', 'an event of tomorrow', { event: 'ACCOUNT_GILDED', phone_number: '912240001234' }],
  ['business_capability_update', 'only numbers of phones', { max_phone_numbers_per_business: 20 }],
  ['business_username_updates', 'a name', { ...person, username: 'asha' }],
  ['user_id_update', 'an id', { ...person, ...changed, ...systemNotice('user_changed_number') }],
  // under both names, so that no reader of messages takes one for the person's own
  ['smb_message_echoes', 'a message of another program', { message_echoes: [stop], messages: [stop] }],
  [
    'history',
    'messages of another time',
    { history: [{ threads: [{ id: person.wa_id, messages: [stop] }] }], messages: [stop] },
  ],
  [
    'user_preferences',
    'signup',
    { user_preferences: [{ ...person, value: 'signup', timestamp: 1790000000 }] },
  ],
  ['messages', 'an error that passes', { errors: [{ code: 131000, title: 'Something went wrong' }] }],
  ...['marketing_messages_link_click', 'landing_page_view'].map((action): [string, string, Loose] => [
    'messages',
    action,
    {
      user_actions: [{ action_type: action, timestamp: '1790000000', [`${action}_data`]: { click_id: 'c' } }],
    },
  ]),
  ['messages', 'a notice of another kind', systemNotice('user_changed_hat')],
  ['a_field_of_tomorrow', 'anything', { anything: [person] }],
];

describe('a webhook from which nothing follows', () => {
  const lines: string[] = [];
  let app: App;
  let wabaId: string;
  let phoneNumberId: string;
  let message: Loose;

  beforeAll(async () => {
    app = await App.start({
      log: pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }),
      behaviour: { deliveredShare: 0, webhooks: { enabled: false } },
    });
    const [sender] = await app.database.query<{ waba_id: string; phone_number_id: string }[]>(
      `SELECT waba_id, phone_number_id FROM senders`,
    );
    [wabaId, phoneNumberId] = [sender?.waba_id ?? '', sender?.phone_number_id ?? ''];
    await app.data(`mutation ($id: ID!) { syncTemplates(businessId: $id) { id } }`, { id: app.businessId });
    const id = await createCampaign(app, [`+${person.wa_id}`]);
    await app.data(sendCampaign, { id });
    await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', { what: 'a message is sent' });
    const [sent] = await app.ledger();
    message = { id: sent?.id, biz_opaque_callback_data: sent?.callbackData, recipient_id: person.wa_id };
    await app.database.query(
      `INSERT INTO leads (business_id, name, phone, phone_e164, bsuid) VALUES ($1, 'Asha', $2, $2, $3)`,
      [app.businessId, `+${person.wa_id}`, person.user_id],
    );
    // from here on nobody but the webhooks writes
    await Promise.all(app.workers.splice(0).map((worker) => worker.stop()));
    // the first one of a number is noted with it
    await deliver('a_field_of_tomorrow', {});
  });
  afterAll(() => app?.close());

  async function deliver(
    field: string,
    value: Loose,
    object = 'whatsapp_business_account',
  ): Promise<unknown> {
    const metadata = { display_phone_number: '912240001234', phone_number_id: phoneNumberId };
    const body = JSON.stringify({
      object,
      entry: [{ id: wabaId, time: 1790000000, changes: [{ field, value: { metadata, ...value } }] }],
    });
    const signature = createHmac('sha256', app.config.whatsapp.appSecret).update(body).digest('hex');
    const answer = await post(`${app.url}/webhooks/whatsapp`, body, {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${signature}`,
    });
    return [answer.status, answer.text];
  }

  /** Every row of every table, as one text for each table. */
  async function everything(): Promise<Record<string, string>> {
    const tables = await app.database.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const rows = await app.database.query<{ name: string; text: string }[]>(
      tables
        .map(
          ({ name }) =>
            `SELECT '${name}' AS name, md5(string_agg(t::text, ' ' ORDER BY t::text)) AS text FROM "${name}" t`,
        )
        .join(' UNION ALL '),
    );
    return Object.fromEntries(rows.map(({ name, text }) => [name, text]));
  }

  async function expectNothing(field: string, value: Loose, object?: string): Promise<void> {
    const before = await everything();
    expect(await deliver(field, value, object)).toEqual([200, 'OK']);
    expect(await everything()).toEqual(before);
    expect(lines).toEqual([]);
  }

  it.each(ignored)('%s with %s is answered 200, changes no row and logs no error', (field, _what, value) =>
    expectNothing(field, value),
  );

  it.each(['played', 'deleted', 'warning', 'enchanted'])(
    'the status %s of a message of ours is answered 200, changes no row and logs no error',
    (status) => expectNothing('messages', { statuses: [{ ...message, status, timestamp: '1790000000' }] }),
  );

  it('a body of another object is answered 200, changes no row and logs no error', () =>
    expectNothing('messages', { statuses: [{ ...message, status: 'read' }] }, 'page'));

  it.each<[string, Loose]>([
    ['message_template_quality_update', { ...template, new_quality_score: 'YELLOW' }],
    ['account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SPAM' } }],
    ['messages', { errors: [{ code: 131042 }] }],
    ['messages', { messages: [stop] }],
    ['messages', systemNotice('user_changed_user_id')],
  ])('control: %s with %j changes a row', async (field, value) => {
    const before = await everything();
    expect(await deliver(field, value)).toEqual([200, 'OK']);
    expect(await everything()).not.toEqual(before);
  });

  it('control: a status that counts changes a row', async () => {
    const before = await everything();
    await deliver('messages', { statuses: [{ ...message, status: 'read' }] });
    expect(await everything()).not.toEqual(before);
  });
});
