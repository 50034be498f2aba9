import { createHmac } from 'node:crypto';
import { optIn, optOut } from '../../src/audience/opt-outs/opt-outs';
import { OptOutSource } from '../../src/audience/opt-outs/suppression.entity';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { createCampaign, post, refusal, sendCampaign, stats } from './ask';

interface OptOut {
  phone: string;
  source: string;
  reason: string;
  createdAt: string;
}
interface Page {
  nodes: OptOut[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
}
interface Payload {
  changed: number;
  unchanged: number;
  invalid: string[];
}

const list = `query ($id: ID!, $search: String, $first: Int, $after: String) {
  optOuts(businessId: $id, search: $search, first: $first, after: $after) {
    nodes { phone source reason createdAt } pageInfo { hasNextPage endCursor } totalCount } }`;
const history = `query ($id: ID!, $phone: String!) {
  optOutHistory(businessId: $id, phone: $phone) { at change source reason } }`;
const entering = (name: string) => `mutation ($id: ID!, $phones: [String!]!, $reason: String!) {
  ${name}(businessId: $id, phones: $phones, reason: $reason) { changed unchanged invalid } }`;

describe('opt-outs', () => {
  let app: App;
  let phoneNumberId: string;

  beforeAll(async () => {
    app = await App.start();
    const [sender] = await app.database.query<{ phone_number_id: string }[]>(
      `SELECT phone_number_id FROM senders`,
    );
    phoneNumberId = sender?.phone_number_id ?? '';
    await app.behave({ webhooks: { enabled: false } });
  });
  afterEach(() =>
    app.database.query(
      `DELETE FROM suppressions; DELETE FROM suppression_changes; DELETE FROM leads; DELETE FROM customers`,
    ),
  );
  afterAll(() => app?.close());

  async function enter(name: 'optOut' | 'optIn', phones: string[], reason = 'asked'): Promise<Payload> {
    const data = await app.data<Record<string, Payload>>(entering(name), {
      id: app.businessId,
      phones,
      reason,
    });
    return data[name] as Payload;
  }
  const ask = async (more: Record<string, unknown> = {}) =>
    (await app.data<{ optOuts: Page }>(list, { id: app.businessId, ...more })).optOuts;
  const phones = async (search?: string) => (await ask({ search })).nodes.map(({ phone }) => phone).sort();
  const past = async (phone: string) =>
    (
      await app.data<{ optOutHistory: { at: string; change: string; source: string; reason: string }[] }>(
        history,
        { id: app.businessId, phone },
      )
    ).optOutHistory;
  const event = (phone: string, at: Date) => ({
    businessIds: [app.businessId],
    phones: [phone],
    reason: 'said so',
    at,
  });
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  it('are entered and lifted in any spelling; what is no phone comes back, and the others count', async () => {
    const given = ['98765 43210', '+919876543210', 'call me', '', '+5215512345678', '9876543210zz', 'IN.42'];
    expect(await enter('optOut', given, ' asked by phone ')).toEqual({
      changed: 2,
      unchanged: 0,
      invalid: ['call me', '', '9876543210zz', 'IN.42'],
    });
    expect(await ask()).toMatchObject({
      totalCount: 2,
      nodes: [{ source: 'MANUAL', reason: 'asked by phone' }, { source: 'MANUAL' }],
    });
    const before = await ask();
    expect(await enter('optOut', ['+52 55 1234 5678', '+919876543211'], 'again')).toEqual({
      changed: 1,
      unchanged: 1,
      invalid: [],
    });
    // who is opted out already keeps the time and the reason
    expect((await ask()).nodes).toEqual(expect.arrayContaining(before.nodes));
    expect(await enter('optIn', ['+5215512345678', '+919876543299', 'nobody'], 'came back')).toEqual({
      changed: 1,
      unchanged: 1,
      invalid: ['nobody'],
    });
    expect(await phones()).toEqual(['+919876543210', '+919876543211']);
    const [lifted, entered] = await past('+52 1 55 1234 5678');
    expect([lifted, entered]).toMatchObject([
      { change: 'OPTED_IN', source: 'MANUAL', reason: 'came back' },
      { change: 'OPTED_OUT', source: 'MANUAL', reason: 'asked by phone' },
    ]);
  });

  it('of 10,000 people are entered and lifted at once', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `+9198${String(10_000_000 + i)}`);
    expect(await enter('optOut', many)).toEqual({ changed: 10_000, unchanged: 0, invalid: [] });
    expect((await ask()).totalCount).toBe(10_000);
    expect(await enter('optIn', many)).toEqual({ changed: 10_000, unchanged: 0, invalid: [] });
    expect((await ask()).totalCount).toBe(0);
  });

  it('need phones and a reason', async () => {
    for (const [given, reason, field] of [
      [[], 'x', 'phones'],
      [Array.from({ length: 10_001 }, () => '1'), 'x', 'phones'],
      [['+919876543210'], ' ', 'reason'],
      [['+919876543210'], 'x'.repeat(501), 'reason'],
      [['+919876543210'], 'a\0', 'reason'],
    ] as const) {
      for (const name of ['optOut', 'optIn'])
        expect(
          await refusal(app, entering(name), { id: app.businessId, phones: given, reason }),
        ).toMatchObject({ code: 'BAD_USER_INPUT', field });
    }
    expect(await refusal(app, history, { id: app.businessId, phone: 'me' })).toMatchObject({
      field: 'phone',
    });
  });

  it('are listed from the newest to the oldest, one for each person and source', async () => {
    const sources = Object.values(OptOutSource);
    for (const [i, source] of sources.entries())
      await optOut(app.database, source, event('+919876543210', minutesAgo(i)));
    const nodes: OptOut[] = [];
    let after: string | null = null;
    do {
      const page: Page = await ask({ first: 4, after });
      nodes.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(nodes.map(({ source }) => source)).toEqual(sources);
    expect(await refusal(app, list, { id: app.businessId, after: 'x' })).toMatchObject({ field: 'after' });
    expect(await enter('optIn', ['+919876543210'])).toMatchObject({ changed: 1 });
    expect(await past('+919876543210')).toHaveLength(2 * sources.length);
  });

  it.each<[string, string[]]>([
    ['98765', ['+919876543210']],
    ['+91 98', ['+919812345678', '+919876543210']],
    ['551187', ['+5511987654321']],
    ['551187654321', ['+5511987654321']],
    ['asha', ['+919876543210']],
    ['BI', ['+5511987654321']],
    ['sha', []],
    ['12', []],
    [' ', ['+5511987654321', '+919812345678', '+919876543210']],
  ])('are found by %j: %j', async (search, expected) => {
    await enter('optOut', ['+919876543210', '+919812345678', '+5511987654321']);
    await app.database.query(
      `INSERT INTO leads (business_id, name, phone_e164) VALUES ($1, 'Asha', '+919876543210'), ($1, 'Ashok', NULL)`,
      [app.businessId],
    );
    await app.database.query(
      `INSERT INTO customers (business_id, name, phone_e164) VALUES ($1, 'Bina', '+551187654321')`,
      [app.businessId],
    );
    expect(await phones(search)).toEqual(expected);
    expect((await ask({ search })).totalCount).toBe(expected.length);
  });

  it('begin and end by the time of the event, and so does the history', async () => {
    const phone = '+919876543210';
    await optOut(app.database, OptOutSource.KEYWORD, event(phone, minutesAgo(30)));
    await optIn(app.database, [OptOutSource.KEYWORD], event(phone, minutesAgo(20)));
    await optOut(app.database, OptOutSource.WHATSAPP, event(phone, minutesAgo(25)));
    await optOut(app.database, OptOutSource.KEYWORD, event(phone, minutesAgo(28))); // late: changes nothing
    await optOut(app.database, OptOutSource.KEYWORD, event(phone, minutesAgo(10)));
    await optOut(app.database, OptOutSource.KEYWORD, event(phone, minutesAgo(5))); // repeated
    const changes = await past(phone);
    expect(changes.map(({ change, source }) => `${source} ${change}`)).toEqual([
      'KEYWORD OPTED_OUT',
      'KEYWORD OPTED_IN',
      'WHATSAPP OPTED_OUT',
      'KEYWORD OPTED_OUT',
    ]);
    const { nodes } = await ask();
    expect(nodes.map(({ source, createdAt }) => [source, createdAt])).toEqual([
      ['KEYWORD', changes[0]?.at],
      ['WHATSAPP', changes[2]?.at],
    ]);
  });

  it('that were lifted in the API are not brought back by an earlier stop that arrives late', async () => {
    await enter('optIn', ['+919876543210']);
    for (const source of Object.values(OptOutSource).filter((one) => one !== OptOutSource.MANUAL))
      await optOut(app.database, source, event('+919876543210', minutesAgo(1)));
    expect(await phones()).toEqual([]);
    await optOut(app.database, OptOutSource.KEYWORD, event('+919876543210', new Date(Date.now() + 1000)));
    expect(await phones()).toEqual(['+919876543210']);
  });

  describe('in webhooks', () => {
    const now = () => String(Math.floor(Date.now() / 1000));

    async function deliver(value: Record<string, unknown>, field = 'messages'): Promise<void> {
      const metadata = { phone_number_id: phoneNumberId };
      const body = JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [{ id: '1', changes: [{ field, value: { metadata, ...value } }] }],
      });
      const signature = createHmac('sha256', app.config.whatsapp.appSecret).update(body).digest('hex');
      const headers = {
        'content-type': 'application/json',
        'x-hub-signature-256': `sha256=${signature}`,
      };
      expect((await post(`${app.url}/webhooks/whatsapp`, body, headers)).status).toBe(200);
    }
    const control = (userId: string, value: string) =>
      deliver(
        { user_preferences: [{ user_id: userId, value, timestamp: Math.floor(Date.now() / 1000) }] },
        'user_preferences',
      );

    async function sent(to: string[], rest: Record<string, unknown>) {
      const id = await createCampaign(app, to, rest);
      await app.data(sendCampaign, { id });
      await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', { what: 'it is sent' });
      return { id, messages: (await app.ledger()).filter(({ callbackData }) => callbackData.startsWith(id)) };
    }
    const offer = {
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{firstName|there}}'],
      linkUrl: 'https://shop.example.com/',
    };

    it('a tap counts as its template says when it is tapped, whatever it said when the message was sent', async () => {
      const to = '+919876500001';
      const { id, messages } = await sent([to], offer);
      const data = messages[0]?.callbackData;
      const [template] = await app.database.query<{ id: string; components: { buttons?: unknown[] }[] }[]>(
        `SELECT id, components FROM templates WHERE name = 'weekend_sale'`,
      );
      const choose = (optOutButtons: number[] | null) =>
        app.data(
          `mutation ($id: ID!, $input: UpdateTemplateInput!) { updateTemplate(id: $id, input: $input) { id } }`,
          { id: template?.id, input: { optOutButtons } },
        );
      const tap = async (payload: string, text?: string) => {
        await deliver({ messages: [{ from: to.slice(1), timestamp: now(), button: { payload, text } }] });
        const found = await phones();
        await app.database.query(`DELETE FROM suppressions`);
        return found.length === 1;
      };
      const label = 'Stop promotions';
      expect(await tap(`STOP:${data}`, label)).toBe(true);
      expect(await tap(`REPLY:${data}`, label)).toBe(true);
      await choose([]);
      expect(await tap(`STOP:${data}`, label)).toBe(false);
      // a text that the template does not have now, or none: as it was sent
      expect(await tap(`STOP:${data}`, 'Not now')).toBe(true);
      expect(await tap(`STOP:${data}`)).toBe(true);
      expect(await tap(`REPLY:${data}`, 'Stop')).toBe(false);
      expect(await tap(`REPLY:${data}`)).toBe(false);
      expect((await stats(app, id)).deliveredCount).toBe(1);
      await choose(null);
    });

    it('a person known by a BSUID only is found by the contact, and else kept by the BSUID', async () => {
      await app.database.query(
        `INSERT INTO leads (business_id, name, phone, phone_e164, bsuid) VALUES ($1, 'A', '1', '+919876500002', 'IN.1'), ($1, 'B', '', NULL, 'IN.2')`,
        [app.businessId],
      );
      await deliver({ messages: [{ from_user_id: 'IN.1', timestamp: now(), text: { body: 'stop' } }] });
      await control('IN.2', 'stop');
      await control('IN.3', 'stop');
      expect(await phones()).toEqual(['+919876500002', 'IN.2', 'IN.3']);
      await control('IN.2', 'resume');
      expect(await enter('optIn', ['IN.3', 'IN.4'])).toEqual({ changed: 1, unchanged: 0, invalid: ['IN.4'] });
      await deliver({ messages: [{ from_user_id: 'IN.1', timestamp: now(), text: { body: 'START' } }] });
      expect(await phones()).toEqual([]);
      expect(await past('IN.3')).toMatchObject([{ change: 'OPTED_IN' }, { change: 'OPTED_OUT' }]);
    });

    it.each<[string, string, Record<string, unknown>, string]>([
      ['WHATSAPP', 'MARKETING', offer, 'SKIPPED'],
      ['REFUSED', 'MARKETING', offer, 'SKIPPED'],
      ['WHATSAPP', 'UTILITY', offer, 'SENT'],
      ['REFUSED', 'UTILITY', offer, 'SENT'],
      ['KEYWORD', 'UTILITY', offer, 'SKIPPED'],
      ['MANUAL', 'UTILITY', offer, 'SKIPPED'],
      ['WHATSAPP', 'no', {}, 'SENT'],
      ['REFUSED', 'no', {}, 'SENT'],
      ['BUTTON', 'no', {}, 'SKIPPED'],
      ['IMPORT', 'no', {}, 'SKIPPED'],
    ])(
      'an opt-out by %s after the start of a campaign with %s template: %s',
      async (source, category, rest, status) => {
        const to = '+919876500003';
        const id = await createCampaign(app, [to], rest);
        // opts out after the audience is fixed, and before the first message
        await app.database.query(`
        CREATE FUNCTION opts_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          INSERT INTO suppressions (business_id, phone, reason, source) SELECT business_id, '${to}', 'x', '${source}'
          FROM campaigns WHERE id = NEW.campaign_id;
          UPDATE templates SET category = '${category}' WHERE name = 'weekend_sale' AND '${category}' <> 'no';
          RETURN NULL;
        END $$;
        CREATE TRIGGER opts_out AFTER INSERT ON campaign_feeds FOR EACH ROW EXECUTE FUNCTION opts_out()`);
        try {
          await app.data(sendCampaign, { id });
          await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', { what: 'it is over' });
        } finally {
          await app.database.query(`DROP TRIGGER opts_out ON campaign_feeds; DROP FUNCTION opts_out()`);
        }
        const [row] = await app.database.query<{ status: string }[]>(
          `SELECT status FROM campaign_recipients WHERE campaign_id = $1`,
          [id],
        );
        expect(row).toEqual({ status });
      },
    );
  });
});
