import { createHmac, randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Role } from '../../src/accounts/viewer';
import { WebhookRefusals } from '../../src/accounts/webhook-refusals';
import { App } from '../support/app';
import {
  act,
  createCampaign,
  people,
  reached,
  sendCampaign,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';
import { documents, post, refusal } from './ask';

interface Sender {
  id: string;
  status: string;
  qualityRating: string;
  throughput: string;
  messagingLimit: { perDay: number | null; usedLast24Hours: number; remaining: number | null };
  lastError: string | null;
  notice: string | null;
  connectedAt: string | null;
  webhookHeardAt: string | null;
  healthReadAt: string | null;
}

const fields = `id status qualityRating throughput lastError notice connectedAt webhookHeardAt healthReadAt
  messagingLimit { perDay usedLast24Hours remaining }`;

describe('a sender', () => {
  let app: App;
  let senderId: string;
  let wabaId: string;
  let phoneNumberId: string;
  let from = 50_000;

  beforeAll(async () => {
    app = await App.start();
  });
  afterAll(() => app?.close());

  /** Each test has a number in an account of its own. */
  let begunAt = 0;
  beforeEach(async () => {
    begunAt = Date.now();
    [wabaId, phoneNumberId] = [String(randomInt(1e9, 1e10)), String(randomInt(1e9, 1e10))];
    await app.steer('PUT', 'accounts', { wabaId, phoneNumberIds: [phoneNumberId] });
    senderId = await create('EAAToken');
  });

  async function create(accessToken: string, more: Record<string, unknown> = {}): Promise<string> {
    const { createSender } = await app.data<{ createSender: { id: string } }>(documents.createSender, {
      input: {
        ...{ businessId: app.businessId, phoneNumberId, wabaId, accessToken },
        displayPhoneNumber: '+91 22 4000 1111',
        ...more,
      },
    });
    return createSender.id;
  }
  async function sender(id = senderId): Promise<Sender> {
    const { senders } = await app.data<{ senders: Sender[] }>(
      `query ($id: ID!) { senders(businessId: $id) { ${fields} } }`,
      { id: app.businessId },
    );
    const found = senders.find((one) => one.id === id);
    if (!found) throw new Error('The sender is not listed');
    return found;
  }
  const becomes = (what: Partial<Sender>) =>
    waitFor(
      async () => {
        expect(await sender()).toMatchObject(what);
        return true;
      },
      { what: JSON.stringify(what) },
    );
  const health = (change: Record<string, unknown>) =>
    app.steer('PUT', 'health', { wabaId, phoneNumberId, ...change });
  async function test(id = senderId): Promise<{ ok: boolean; problems: string[] }> {
    const { testSender } = await app.data<{ testSender: { ok: boolean; problems: string[] } }>(
      `mutation ($id: ID!) { testSender(id: $id) { ok problems } }`,
      { id },
    );
    expect(testSender.ok).toBe(testSender.problems.length === 0);
    return testSender;
  }
  const tell = (field: string, value: Record<string, unknown>, times = 1) =>
    app.steer('POST', 'webhooks', { wabaId, field, value, times });

  /** A webhook that WhatsApp dates some seconds before the test began. */
  async function tellLate(secondsAgo: number, field: string, value: Record<string, unknown>): Promise<void> {
    const time = Math.floor(begunAt / 1000) - secondsAgo;
    const { status } = await signed({ entry: [{ id: wabaId, time, changes: [{ field, value }] }] });
    expect(status).toBe(200);
  }
  const aboutNumber = (id = phoneNumberId) => ({
    entry: [{ id: wabaId, changes: [{ field: 'messages', value: { metadata: { phone_number_id: id } } }] }],
  });
  function signed(content: Record<string, unknown>, secret = app.config.whatsapp.appSecret) {
    const body = JSON.stringify({ object: 'whatsapp_business_account', ...content });
    return post(`${app.url}/webhooks/whatsapp`, body, {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    });
  }

  const contents = {
    marketing: {
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{name}}'],
      linkUrl: 'https://shop.example.com/',
    },
    utility: { whatsappTemplateName: 'hello_world', whatsappTemplateLanguage: 'en_US' },
    freeForm: { messageText: 'Hi {{name}}' },
  };
  /** An active campaign of the test's number, slow enough to stay active. */
  async function active(content: keyof typeof contents): Promise<string> {
    await app.database.query(`UPDATE senders SET messages_per_second = 1 WHERE id = $1`, [senderId]);
    from += 400;
    const id = await createCampaign(app, {
      ...contents[content],
      senderId,
      customRecipients: people(400, from),
    });
    await sendCampaign(app, id);
    return id;
  }

  it('is read from WhatsApp when it is added, and subscribed to', async () => {
    expect(await sender()).toMatchObject({
      status: 'CONNECTED',
      qualityRating: 'GREEN',
      throughput: 'HIGH',
      messagingLimit: { perDay: null, remaining: null },
      lastError: null,
      webhookHeardAt: null,
      connectedAt: expect.any(String) as string,
    });
    await health({ subscribed: false });
    expect(await test()).toEqual({ ok: false, problems: [expect.stringContaining('No Meta app')] });
    await app.data(`mutation ($id: ID!) { updateSender(id: $id, input: { accessToken: "EAANew" }) { id } }`, {
      id: senderId,
    });
    expect(await test()).toEqual({ ok: true, problems: [] });
  });

  it('is subscribed to for our app also where another app has the webhooks of its account', async () => {
    await health({ subscribed: false, otherApp: true });
    await app.data(`mutation ($id: ID!) { updateSender(id: $id, input: { accessToken: "EAANew" }) { id } }`, {
      id: senderId,
    });
    await health({ otherApp: false });
    expect(await test()).toEqual({ ok: true, problems: [] });
  });

  it('shows what a test read, and words that WhatsApp adds later as UNKNOWN', async () => {
    await health({
      ...{ webhook: false, status: 'DREAMING', quality: 'YELLOW' },
      ...{ throughput: 'STANDARD', messagingLimit: 'TIER_2K' },
    });
    expect((await test()).ok).toBe(true);
    const { messagingLimit, ...read } = await sender();
    expect(read).toMatchObject({
      ...{ status: 'UNKNOWN', qualityRating: 'YELLOW', throughput: 'STANDARD', connectedAt: null },
    });
    expect(messagingLimit).toMatchObject({ perDay: 2000, remaining: 2000 - messagingLimit.usedLast24Hours });
  });

  it.each<[string, RegExp[]]>([
    ['EAA_expired', [/^The access token has expired .* save it for this number \(190\)\.$/]],
    ['EAA_invalid', [/access token .*\(190\)/]],
    ['EAA_forbidden', [/lacks the permission whatsapp_business_messaging\. Create .*\(10\)\.$/]],
  ])(
    'with the token %s has one problem, which is its last error until a good one comes',
    async (token, says) => {
      phoneNumberId = String(randomInt(1e9, 1e10));
      const id = await create(token);
      const { problems } = await test(id);
      expect(problems).toEqual(says.map((one) => expect.stringMatching(one) as unknown));
      expect((await sender(id)).lastError).toContain('token');
      await app.data(
        `mutation ($id: ID!) { updateSender(id: $id, input: { accessToken: "EAANew" }) { id } }`,
        { id },
      );
      expect((await sender(id)).lastError).toBeNull();
      expect(await test(id)).toEqual({ ok: true, problems: [] });
    },
  );

  it('with wrong ids, or in a bad state, is told what to do about it', async () => {
    await app.behave({ unknownNumbers: [phoneNumberId] });
    expect((await test()).problems).toEqual([
      expect.stringMatching(new RegExp(`does not know the phone number id ${phoneNumberId}.*\\(100\\)`)),
    ]);
    await app.behave({ unknownNumbers: [] });
    await health({
      ...{ webhook: false, status: 'PENDING', verification: 'NOT_VERIFIED', platform: 'NOT_APPLICABLE' },
      ...{ review: 'REJECTED', payment: false, webhookUrl: 'https://other.example.com/hook' },
    });
    expect((await test()).problems).toEqual([
      expect.stringContaining('Finish its registration'),
      expect.stringContaining('Verify it in WhatsApp Manager'),
      expect.stringContaining('not registered for the Cloud API'),
      expect.stringContaining('rejected this account'),
      expect.stringMatching(/payment problem .*payment method in WhatsApp Manager \(141006\)/),
      expect.stringContaining(
        `https://other.example.com/hook. In the Meta app, under WhatsApp, Configuration, set the webhook's address to ${app.url}/webhooks/whatsapp`,
      ),
    ]);
    await health({ webhook: false, webhookUrl: '', status: 'BANNED' });
    expect((await test()).problems.join(' ')).toMatch(/banned this number.*no address for the webhooks/);
    expect((await sender()).status).toBe('BANNED');
  });

  it('is kept current by webhooks about quality and limits, whatever their form', async () => {
    await health({ quality: 'RED', messagingLimit: 'TIER_10K', throughput: 'HIGH' });
    await becomes({ status: 'FLAGGED', qualityRating: 'RED', throughput: 'HIGH' });
    await waitFor(async () => (await sender()).messagingLimit.perDay === 10_000, {
      what: 'the limit has come, which is another webhook',
    });
    expect((await sender()).webhookHeardAt).not.toBeNull();
    await health({ quality: 'GREEN' });
    // told only that it is not low any more: how good it is, is read again
    await becomes({ status: 'CONNECTED', qualityRating: 'GREEN' });
    for (const [limit, perDay] of [
      [2000, 2000],
      [-1, null],
      ['TIER_250', 250],
      ['TIER_UNLIMITED', null],
    ]) {
      await tell('business_capability_update', { max_daily_conversations_per_business: limit });
      await waitFor(async () => (await sender()).messagingLimit.perDay === perDay, { what: `${limit}` });
    }
    await tell('business_capability_update', { max_daily_conversations_per_business: 'TIER_250' });
    await waitFor(async () => (await sender()).messagingLimit.perDay === 250, { what: 'a limit' });
    await tell('business_capability_update', { max_daily_conversations_per_business: { odd: true } });
    await tell('business_capability_update', { max_daily_conversations_per_business: 'TIER_9Z' });
    await tell('phone_number_quality_update', { display_phone_number: 7, event: ['?'] });
    await tell('account_update', { event: 'PARTNER_ADDED' });
    await tell('account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SPAM' } });
    await waitFor(async () => /broke a policy \(SPAM\)/.test((await sender()).lastError ?? ''), {
      what: 'the violation',
    });
    expect((await sender()).messagingLimit.perDay).toBe(250);
    expect(await test()).toEqual({ ok: true, problems: [] });
    expect((await sender()).lastError).toBeNull();
  });

  it('gets a higher speed and another limit by webhooks, and keeps what they do not set', async () => {
    await health({ webhook: false, throughput: 'STANDARD', messagingLimit: 'TIER_2K' });
    await test();
    const number = { display_phone_number: '912240001111' };
    const speedAndLimit = async () => {
      const { throughput, messagingLimit } = await sender();
      return [throughput, messagingLimit.perDay];
    };
    expect(await speedAndLimit()).toEqual(['STANDARD', 2000]);
    await tell('phone_number_quality_update', { ...number, event: 'THROUGHPUT_UPGRADE' });
    await waitFor(async () => (await sender()).throughput === 'HIGH', { what: 'the higher speed' });
    const limit = { max_daily_conversations_per_business: 'NOT_SET' };
    await tell('phone_number_quality_update', { ...number, event: 'UPGRADE', ...limit });
    await webhooksDelivered(app);
    expect(await speedAndLimit()).toEqual(['HIGH', 2000]);
    await tell('phone_number_quality_update', { ...number, event: 'UPGRADE', current_limit: 'TIER_10K' });
    await waitFor(async () => (await sender()).messagingLimit.perDay === 10_000, { what: 'the new limit' });
    expect(await speedAndLimit()).toEqual(['HIGH', 10_000]);
  });

  it('has the limit of its account, and no other', async () => {
    const digits = () => String(randomInt(1e9, 1e10));
    const second = await create('EAAToken', { phoneNumberId: digits() });
    const elsewhere = await create('EAAToken', { phoneNumberId: digits(), wabaId: digits() });
    await tell('business_capability_update', { max_daily_conversations_per_business: 250 });
    for (const id of [senderId, second])
      await waitFor(async () => (await sender(id)).messagingLimit.perDay === 250, {
        what: `the limit of ${id}`,
      });
    expect((await sender(elsewhere)).messagingLimit.perDay).toBeNull();
  });

  it.each<[string, Record<string, unknown>, Partial<Record<'lastError' | 'notice', RegExp>>]>([
    [
      'account_alerts',
      { alert_info: { alert_severity: 'CRITICAL', alert_type: 'OBA', alert_description: 'Not good' } },
      { lastError: /Not good \(OBA\)/ },
    ],
    ['account_alerts', { alert_severity: 'INFORMATIONAL', alert_type: 'LIMIT_UP' }, { notice: /LIMIT_UP/ }],
    [
      'phone_number_name_update',
      { decision: 'REJECTED', requested_verified_name: 'Bazaar', rejection_reason: 'NAME_X' },
      { lastError: /"Bazaar" \(NAME_X\).*another name/ },
    ],
    [
      'phone_number_name_update',
      { decision: 'APPROVED', requested_verified_name: 'Bazaar' },
      { notice: /approved the name "Bazaar"/ },
    ],
    ['account_review_update', { decision: 'REJECTED' }, { lastError: /review/ }],
    ['account_review_update', { decision: 'APPROVED' }, { notice: /approved this account/ }],
    ['security', { event: 'PIN_RESET_REQUEST' }, { lastError: /two-step/ }],
    [
      'messages',
      { errors: [{ code: 131042, title: 'Business eligibility payment issue' }] },
      { lastError: /payment problem.*\(131042\)/ },
    ],
    [
      'account_update',
      {
        event: 'DISABLED_UPDATE',
        ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE', waba_ban_date: 'April 17, 2027' },
      },
      { lastError: /disable this account on April 17, 2027/ },
    ],
  ])('tells in words what %s says: %j', async (field, value, says) => {
    await tell(field, value);
    for (const [name, text] of Object.entries(says))
      await waitFor(async () => text.test((await sender())[name as 'notice'] ?? ''), { what: String(text) });
  });

  it('fails a test as long as a trouble lasts, and is not well before a webhook or an accepted message shows it', async () => {
    const says = (text: string) => ({ ok: false, problems: [expect.stringContaining(text) as unknown] });
    const name = (decision: string) => ({ decision, requested_verified_name: 'Bazaar' });
    const disabling = { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE' } };
    await tellLate(50, 'account_update', disabling);
    expect(await test()).toEqual(says('will disable this account soon'));
    expect((await sender()).lastError).toContain('will disable');
    await tellLate(45, 'account_update', {
      event: 'DISABLED_UPDATE',
      ban_info: { waba_ban_state: 'REINSTATE' },
    });
    expect(await test()).toEqual({ ok: true, problems: [] });

    await tellLate(40, 'phone_number_name_update', name('REJECTED'));
    expect(await test()).toEqual(says('rejected the name "Bazaar"'));
    await tellLate(41, 'phone_number_name_update', name('APPROVED'));
    expect((await sender()).lastError).toContain('rejected the name');
    await tellLate(35, 'phone_number_name_update', name('APPROVED'));
    expect(await test()).toEqual({ ok: true, problems: [] });

    await tellLate(30, 'messages', { errors: [{ code: 131042 }] });
    expect(await test()).toEqual(says('(131042)'));
    // the reading tells of the same
    await health({ payment: false });
    expect(await test()).toEqual(says('(141006)'));
    await health({ payment: true });
    await app.data(
      `mutation ($input: SendTestMessageInput!) { sendTestMessage(input: $input) { accepted } }`,
      { input: { senderId, phone: '98200 77777' } },
    );
    expect((await sender()).lastError).toBeNull();
  });

  it.each<[string, (keyof typeof contents)[], (keyof typeof contents)[], RegExp]>([
    [
      'RESTRICTED_MARKETING_TEMPLATES',
      ['marketing'],
      ['utility', 'freeForm'],
      /may not send marketing templates/,
    ],
    ['RESTRICTED_UTILITY_TEMPLATES', ['utility'], ['marketing'], /may not send utility templates/],
    [
      'RESTRICTED_BIZ_INITIATED_MESSAGING',
      ['marketing', 'utility'],
      ['freeForm'],
      /marketing templates and utility templates/,
    ],
    [
      'RESTRICTED_CUSTOMER_INITIATED_MESSAGING',
      ['freeForm'],
      ['marketing', 'utility'],
      /may not send messages without a template/,
    ],
  ])('under %s pauses what is forbidden, and nothing else', async (type, forbidden, allowed, says) => {
    const [stopped, going] = [
      await Promise.all(forbidden.map(active)),
      await Promise.all(allowed.map(active)),
    ];
    const until = Math.floor(Date.now() / 1000) + 86_400;
    await tell('account_update', {
      event: 'ACCOUNT_RESTRICTION',
      restriction_info: [{ restriction_type: type, expiration: until }],
    });
    for (const id of stopped) {
      await reached(app, id, 'PAUSED', 5000);
      expect(await statusReason(app, id)).toMatch(says);
      expect(await statusReason(app, id)).toMatch(
        /It ends on .* UTC\. Nobody is lost: \d+ people are waiting/,
      );
    }
    await becomes({ status: 'RESTRICTED' });
    expect((await sender()).lastError).toMatch(says);
    expect((await test()).problems).toEqual([expect.stringMatching(says)]);
    for (const id of going) expect((await reached(app, id, 'ACTIVE')).queuedCount).toBeGreaterThan(0);
    // lifted: it says so, and waits for a person
    await tell('account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info: [] });
    await becomes({ status: 'CONNECTED', lastError: null });
    expect((await sender()).notice).toMatch(/lifted/);
    for (const id of stopped) {
      await waitFor(
        async () => /has lifted the restriction.*Resume/.test((await statusReason(app, id)) ?? ''),
        {
          what: 'told to the campaign',
        },
      );
      await reached(app, id, 'PAUSED');
    }
    for (const id of [...stopped, ...going]) await act(app, 'cancelCampaign', id);
  });

  const restriction = (...types: string[]) => ({
    event: 'ACCOUNT_RESTRICTION',
    restriction_info: types.map((type) => ({ restriction_type: type })),
  });

  it('is restricted also when a later notice or warning came first; an older restriction does not undo its end', async () => {
    const id = await active('marketing');
    await tellLate(50, 'account_update', { event: 'MM_LITE_TERMS_SIGNED' });
    await tellLate(60, 'account_update', restriction('RESTRICTED_BIZ_INITIATED_MESSAGING'));
    await reached(app, id, 'PAUSED');
    expect(await sender()).toMatchObject({
      status: 'RESTRICTED',
      notice: expect.stringContaining('terms for marketing messages') as string,
    });
    await tellLate(45, 'account_update', restriction());
    // older than the end, and so over
    await tellLate(47, 'security', { event: 'PIN_RESET_REQUEST' });
    await tellLate(55, 'account_update', restriction('RESTRICTED_BIZ_INITIATED_MESSAGING'));
    expect(await sender()).toMatchObject({
      ...{ status: 'CONNECTED', lastError: null },
      notice: expect.stringContaining('lifted the restriction') as string,
    });
    const violation = { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SPAM' } };
    await tellLate(30, 'account_update', violation);
    await tellLate(34, 'account_update', restriction('RESTRICTED_UTILITY_TEMPLATES'));
    expect(await sender()).toMatchObject({ status: 'RESTRICTED' });
    await tellLate(32, 'account_update', restriction());
    expect(await sender()).toMatchObject({
      status: 'CONNECTED',
      lastError: expect.stringContaining('broke a policy (SPAM)') as string,
    });
    await act(app, 'cancelCampaign', id);
  });

  it('keeps the latest limit and quality, whichever webhook tells them', async () => {
    const number = { display_phone_number: '912240001111' };
    const limit = async () => (await sender()).messagingLimit.perDay;
    await tellLate(50, 'business_capability_update', { max_daily_conversations_per_business: 10_000 });
    const lower = { ...number, event: 'DOWNGRADE', current_limit: 'TIER_2K' };
    await tellLate(110, 'phone_number_quality_update', lower);
    expect(await limit()).toBe(10_000);
    await tellLate(40, 'phone_number_quality_update', lower);
    expect(await limit()).toBe(2000);
    await tellLate(45, 'business_capability_update', { max_daily_conversations_per_business: 250 });
    expect(await limit()).toBe(2000);
    // a new limit says nothing of the quality
    await tellLate(60, 'phone_number_quality_update', { ...number, event: 'FLAGGED' });
    await becomes({ status: 'FLAGGED', qualityRating: 'RED' });
    await tellLate(70, 'phone_number_quality_update', { ...number, event: 'UNFLAGGED' });
    expect(await sender()).toMatchObject({ status: 'FLAGGED', qualityRating: 'RED' });
  });

  it('under RESTRICTED_ADD_PHONE_NUMBER_ACTION is told of it, and everything goes on', async () => {
    const ids = await Promise.all((['marketing', 'utility', 'freeForm'] as const).map(active));
    await tell('account_update', {
      event: 'ACCOUNT_RESTRICTION',
      restriction_info: [{ restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION' }],
    });
    await waitFor(async () => /add phone numbers/.test((await sender()).lastError ?? ''), {
      what: 'it is told',
    });
    await webhooksDelivered(app);
    for (const id of ids) {
      expect((await reached(app, id, 'ACTIVE')).queuedCount).toBeGreaterThan(0);
      await act(app, 'cancelCampaign', id);
    }
  });

  it('whose account is deleted pauses everything, with the reason', async () => {
    const ids = await Promise.all((['marketing', 'utility', 'freeForm'] as const).map(active));
    await tell('account_update', { event: 'ACCOUNT_DELETED' });
    for (const id of ids) {
      await reached(app, id, 'PAUSED', 5000);
      expect(await statusReason(app, id)).toMatch(
        /account was deleted\. Send from a number of another account\. Nobody is lost: \d+ people are waiting/,
      );
      await act(app, 'cancelCampaign', id);
    }
    await becomes({ status: 'DELETED' });
    expect((await sender()).lastError).toMatch(/account was deleted/);
  });

  const ban = (state: string) => ({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: state } });

  it('that is disabled pauses everything, also when told twice or late; reinstated, it waits', async () => {
    const ids = await Promise.all((['marketing', 'utility', 'freeForm'] as const).map(active));
    await tell('account_update', ban('DISABLE'), 2);
    for (const id of ids) {
      await reached(app, id, 'PAUSED', 5000);
      expect(await statusReason(app, id)).toMatch(/disabled this account/);
    }
    await becomes({ status: 'BANNED' });
    await tell('account_update', ban('REINSTATE'));
    await becomes({ status: 'CONNECTED', lastError: null });
    const [first = ''] = ids;
    await act(app, 'resumeCampaign', first);
    await app.database.query(`UPDATE senders SET account_at = now() + interval '1 hour' WHERE id = $1`, [
      senderId,
    ]);
    await tell('account_update', ban('DISABLE'));
    await tell('security', { event: 'PIN_CHANGED' });
    await tell('business_capability_update', { max_daily_conversations_per_business: 250 });
    await waitFor(async () => (await sender()).messagingLimit.perDay === 250, { what: 'the later webhook' });
    await reached(app, first, 'ACTIVE');
    for (const id of ids) await act(app, 'cancelCampaign', id);
  });

  it('is freed by the clock when the restriction ends, also where a webhook was lost', async () => {
    const id = await active('marketing');
    // as a webhook would have stored it, if the process had died right after
    const restriction = {
      type: 'RESTRICTED_MARKETING_TEMPLATES',
      since: new Date(Date.now() + 1000).toISOString(),
    };
    const until = new Date(Date.now() + 4000).toISOString();
    await app.database.query(`UPDATE senders SET restrictions = $2 WHERE id = $1`, [
      senderId,
      JSON.stringify([{ ...restriction, until }]),
    ]);
    await reached(app, id, 'PAUSED');
    await waitFor(async () => /has lifted/.test((await statusReason(app, id)) ?? ''), { what: 'the end' });
    expect(await sender()).toMatchObject({ status: 'CONNECTED', lastError: null });
    await act(app, 'cancelCampaign', id);
  });

  it('is read again from time to time: a ban without a webhook pauses its campaigns', async () => {
    const id = await active('utility');
    await health({ webhook: false, status: 'BANNED' });
    await app.database.query(`UPDATE senders SET health_due_at = now() WHERE id = $1`, [senderId]);
    await reached(app, id, 'PAUSED');
    expect(await statusReason(app, id)).toMatch(/banned this number/);
    await health({ webhook: false, status: 'CONNECTED' });
    await app.database.query(`UPDATE senders SET health_due_at = now() WHERE id = $1`, [senderId]);
    await waitFor(async () => /has lifted/.test((await statusReason(app, id)) ?? ''), { what: 'the end' });
    await act(app, 'cancelCampaign', id);
  });

  it('whose webhooks are refused is told why: a wrong app secret, a wrong verify word, or none came', async () => {
    const path = `${app.url}/webhooks/whatsapp`;
    const about = aboutNumber();
    const greet = (word: string) =>
      fetch(`${path}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${word}`);
    const says = (...words: string[]) =>
      waitFor(
        async () => {
          const problems = words.map((one) => expect.stringContaining(one) as unknown);
          expect(await test()).toEqual({ ok: words.length === 0, problems });
          return true;
        },
        { what: words.join() || 'no problem' },
      );
    // a message was sent, and nothing came
    await app.behave({ webhooks: { enabled: false } });
    const id = await createCampaign(app, {
      ...contents.utility,
      senderId,
      customRecipients: people(1, 49_000),
    });
    await sendCampaign(app, id);
    await reached(app, id);
    await app.database.query(`UPDATE campaigns SET started_at = now() - interval '1 hour' WHERE id = $1`, [
      id,
    ]);
    await says('no webhook came');
    expect((await greet('another_word')).status).toBe(403);
    await says(`Meta asked for ${path} with another verify word`);
    expect((await signed(about, 'another_secret')).status).toBe(401);
    await says('Set WHATSAPP_APP_SECRET', 'another verify word');
    // the number of somebody else is not concerned, and nothing secret is kept
    const [row] = await app.database.query<{ others: number; text: string }[]>(
      `SELECT count(*) FILTER (WHERE id <> $1 AND webhook_refused_at IS NOT NULL)::int AS others,
         string_agg(s::text, ' ') AS text FROM senders s`,
      [senderId],
    );
    expect([row?.others, row?.text.includes('another_')]).toEqual([0, false]);
    expect((await greet('test_verify_token')).status).toBe(200);
    await says('Set WHATSAPP_APP_SECRET');
    expect((await signed(about)).status).toBe(200);
    await says();
    await app.behave({ webhooks: { enabled: true } });
  });

  const isRefused = async (id = senderId) => {
    const [row] = await app.database.query<{ refused: boolean }[]>(
      `SELECT webhook_refused_at IS NOT NULL AS refused FROM senders WHERE id = $1`,
      [id],
    );
    return row?.refused;
  };

  it('is no longer told of a refused webhook after a good one, however soon it comes', async () => {
    const [otherNumber, wabaIdOfOther] = [String(randomInt(1e9, 1e10)), String(randomInt(1e9, 1e10))];
    const other = await create('EAAToken', { phoneNumberId: otherNumber, wabaId: wabaIdOfOther });
    const good = async (): Promise<void> => {
      for (const number of [phoneNumberId, otherNumber])
        expect((await signed(aboutNumber(number))).status).toBe(200);
    };
    // as another process notes it
    const refuse = (id: string) =>
      app.database.query(`UPDATE senders SET webhook_refused_at = now() WHERE id = $1`, [id]);
    await good();
    await refuse(senderId);
    await good();
    // the statement that clears reckons back from its own time: a busy moment counts as later
    await delay(500);
    await refuse(other);
    await waitFor(async () => !(await isRefused()), { what: 'the refusal is cleared' });
    // control: it came after the last good one
    expect(await isRefused(other)).toBe(true);
  });

  it('is told of a refused webhook also when refused ones about nothing of ours came just before', async () => {
    const refusals = new WebhookRefusals(app.database, silent);
    await refusals.noteSignature(() => ({ phoneNumberIds: [], wabaIds: [] }));
    let parsed = 0;
    const refused = (id: string) =>
      refusals.noteSignature(() => {
        parsed++;
        return { phoneNumberIds: [id], wabaIds: [] };
      });
    await waitFor(() => refused('1').then(() => parsed === 1), {
      timeoutMs: 3000,
      what: 'a number of nobody',
    });
    await waitFor(() => refused(phoneNumberId).then(() => isRefused()), {
      timeoutMs: 3000,
      what: 'it is noted',
    });
    // control: at rest now, it parses nothing, whatever comes
    const before = parsed;
    await refused(phoneNumberId);
    expect(parsed).toBe(before);
  });

  it('from which only test messages were sent is told that no webhook came', async () => {
    await app.behave({ webhooks: { enabled: false } });
    await app.data(
      `mutation ($input: SendTestMessageInput!) { sendTestMessage(input: $input) { accepted } }`,
      { input: { senderId, phone: '98200 77777' } },
    );
    // what it is about may come in a moment
    expect(await test()).toEqual({ ok: true, problems: [] });
    await app.database.query(
      `UPDATE senders SET test_accepted_at = test_accepted_at - interval '2 minutes' WHERE id = $1`,
      [senderId],
    );
    expect(await test()).toEqual({ ok: false, problems: [expect.stringContaining('no webhook came')] });
    await app.behave({ webhooks: { enabled: true } });
    await signed(aboutNumber());
    expect(await test()).toEqual({ ok: true, problems: [] });
  });

  it('sends a test message to a phone of ours, or says what is missing', async () => {
    const send = `mutation ($input: SendTestMessageInput!) { sendTestMessage(input: $input) {
      accepted errorCode errorMessage templateName templateLanguage } }`;
    const input = { senderId, phone: '98200 77777' };
    expect(await app.data(send, { input })).toEqual({
      sendTestMessage: {
        ...{ accepted: true, errorCode: null, errorMessage: null },
        ...{ templateName: 'hello_world', templateLanguage: 'en_US' },
      },
    });
    const [message] = (await app.ledger()).filter(({ to }) => to === '+919820077777');
    expect(message?.text).toContain('Welcome and congratulations');
    await waitFor(async () => (await sender()).webhookHeardAt !== null, { what: 'its first webhook' });
    expect(await refusal(app, send, { input: { ...input, phone: 'me' } })).toMatchObject({
      ...{ code: 'BAD_USER_INPUT', field: 'input.phone' },
    });
    await health({ webhook: false, ban: 'DISABLE' });
    const { sendTestMessage } = await app.data<{ sendTestMessage: Record<string, unknown> }>(send, { input });
    expect(sendTestMessage).toMatchObject({ accepted: false, errorCode: 131031 });
    expect((await sender()).lastError).toMatch(/account is locked.*\(131031\)/);
    await app.steer('POST', 'templates', { wabaId, replaceAll: true });
    await app.database.query(`DELETE FROM campaigns WHERE sender_id = $1`, [senderId]);
    await app.database.query(`UPDATE templates SET status = 'DELETED' WHERE waba_id = $1`, [wabaId]);
    expect(await refusal(app, send, { input })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('hello_world') as string,
    });
  });

  it("tells an admin the webhook's address and word, and nobody else", async () => {
    const ask = `query ($id: ID!) { webhookSetup(businessId: $id) { url verifyWord fields problem } }`;
    const { webhookSetup } = await app.data<{ webhookSetup: Record<string, unknown> }>(ask, {
      id: app.businessId,
    });
    expect(webhookSetup).toMatchObject({
      url: `${app.url}/webhooks/whatsapp`,
      verifyWord: 'test_verify_token',
      fields: expect.arrayContaining(['messages', 'account_update']) as unknown,
      problem: expect.stringContaining('public https address') as unknown,
    });
    const token = await app.token({ role: Role.MARKETER });
    expect(await refusal(app, ask, { id: app.businessId }, token)).toMatchObject({ code: 'FORBIDDEN' });
  });
});
