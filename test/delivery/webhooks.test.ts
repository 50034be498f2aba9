import { createHmac } from 'node:crypto';
import { App } from '../support/app';
import {
  accepted,
  people,
  phoneOf,
  reached,
  recipient,
  recipients,
  retryFailed,
  startCampaign,
  stats,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { waitFor } from '../support/wait';
import { auditMoves, expectConsistent, expectLegalMoves } from '../support/consistency';

const defaults = {
  duplicateShare: 0,
  duplicateTimes: 1,
  shuffle: false,
  raceShare: 0,
  unknownStatusShare: 0,
  batchSize: 100,
};

let app: App;
let audited: Awaited<ReturnType<typeof auditMoves>>;

beforeAll(async () => {
  app = await App.start({ workers: 2, env: { DELIVERY_BACKOFF_MS: '100' } });
  audited = await auditMoves(app);
});
afterEach(() =>
  app.behave({
    webhooks: { ...defaults, enabled: true },
    perNumber: {},
    failures: {},
    deliveredShare: 0.97,
    skipDeliveredShare: 0.02,
  }),
);
afterAll(() => app?.close());

/** The rate of the sender. */
const sendAt = (messagesPerSecond: number) =>
  app.database.query(`UPDATE senders SET messages_per_second = $1`, [messagesPerSecond]);

/** Posts statuses that the test makes up, signed as Meta signs. */
function post(statuses: Record<string, unknown>[]): Promise<number> {
  return postValue({ metadata: {}, statuses });
}

async function postValue(value: Record<string, unknown>): Promise<number> {
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
  const signature = createHmac('sha256', app.config.whatsapp.appSecret).update(body).digest('hex');
  const response = await fetch(`${app.url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
  return response.status;
}

const at = String(Math.floor(Date.now() / 1000));
const failed = (code: number) => ({ status: 'failed', timestamp: at, errors: [{ code, title: 'x' }] });

test('webhooks three times each, shuffled, split and merged, some before the answer to the send, some without `delivered`, with unknown ones', async () => {
  await app.behave({
    skipDeliveredShare: 0.1,
    webhooks: {
      duplicateShare: 1,
      duplicateTimes: 3,
      shuffle: true,
      shuffleWindowMs: 400,
      raceShare: 0.3,
      unknownStatusShare: 0.2,
      batchSize: 7,
    },
    failures: { '131026': 0.05, '131049': 0.05 },
  });
  // Each message causes a dozen webhooks: all at once, a busy machine would not answer them within ten seconds.
  await sendAt(60);
  const id = await startCampaign(app, { customRecipients: people(300) });
  await reached(app, id);
  await sendAt(1000);
  await webhooksDelivered(app);
  const messages = await expectConsistent(app, id);
  expect(messages).toHaveLength(300);
  // the figures of the API are those of WhatsApp's own list
  const having = (...wanted: string[]) =>
    messages.filter((message) => message.statuses.some(({ status }) => wanted.includes(status))).length;
  expect(await stats(app, id)).toMatchObject({
    sentCount: 300 - having('failed'),
    deliveredCount: having('delivered', 'read'),
    readCount: having('read'),
    failedCount: having('failed'),
  });
  expect(having('delivered', 'read')).toBeGreaterThan(having('delivered'));
  const moves = await audited(id);
  expectLegalMoves(moves);
  // each recipient changed to a status at most once: nothing was counted twice
  const seen = new Set(moves.map((move) => `${move.seq}:${move.from_status}:${move.to_status}`));
  expect(seen.size).toBe(moves.length);
  expect((await stats(app, id)).failedCount).toBeGreaterThan(10);
});

test('each `sent` arrives before the answer to its send, with a failure in the same request', async () => {
  await app.behave({
    webhooks: { raceShare: 1, batchSize: 1000 },
    failures: { '131026': 0.5 },
    sentDelayMs: { min: 0, max: 0 },
    deliveredDelayMs: { min: 0, max: 0 },
    latencyMs: { min: 60, max: 60 },
  });
  const id = await startCampaign(app, { customRecipients: people(60, 1000) });
  await reached(app, id);
  await webhooksDelivered(app);
  await app.behave({
    latencyMs: { min: 0, max: 0 },
    sentDelayMs: { min: 1, max: 20 },
    deliveredDelayMs: { min: 1, max: 30 },
  });
  expect(await expectConsistent(app, id)).toHaveLength(60);
  expect((await stats(app, id)).failedCount).toBeGreaterThan(10);
});

// the answers of the first attempt are in a batch that is settled after the second attempt has failed, too
test('`sent` and a temporary failure in one request: the retry happens despite the late answer', async () => {
  // the answer arrives 300 ms after the webhook of the failure
  const phone = phoneOf(2000);
  await app.behave({
    webhooks: { raceShare: 0, batchSize: 1000 },
    perNumber: { [phone]: { fail: 131000, delayMs: 300 }, [phoneOf(2001)]: { delayMs: 2500 } },
    failAfterSentShare: 1,
    sentDelayMs: { min: 0, max: 0 },
    deliveredDelayMs: { min: 0, max: 0 },
  });
  const id = await startCampaign(app, { customRecipients: people(2, 2000) });
  // 131000 by webhook each time: three messages, then FAILED (DELIVERY_ATTEMPTS)
  await reached(app, id);
  await webhooksDelivered(app);
  await app.behave({
    failAfterSentShare: 0.3,
    sentDelayMs: { min: 1, max: 20 },
    deliveredDelayMs: { min: 1, max: 30 },
  });
  const messages = await expectConsistent(app, id, { acceptedAtMost: 3 });
  const row = await recipient(app, id, phone);
  expect(messages.filter((message) => message.to === phone).length).toBeGreaterThan(1);
  expect(row.status).toBe('FAILED');
});

describe('statuses of one message', () => {
  let id: string;
  let from = 3000;
  let status: { id: string; biz_opaque_callback_data: string; timestamp: string };
  let phone: string;

  beforeEach(async () => {
    await app.behave({ webhooks: { enabled: false } });
    phone = phoneOf(++from);
    id = await startCampaign(app, { customRecipients: people(1, from) });
    await reached(app, id);
    const [message] = await accepted(app, id);
    status = { id: message?.id ?? '', biz_opaque_callback_data: message?.callbackData ?? '', timestamp: at };
  });
  afterEach(async () => {
    await expectConsistent(app, id, { statusesDelivered: false, acceptedAtMost: 2 });
    expectLegalMoves(await audited(id));
  });

  test('`delivered` after `failed` wins', async () => {
    expect(await post([{ ...status, ...failed(131026) }])).toBe(200);
    expect(await stats(app, id)).toMatchObject({ failedCount: 1, sentCount: 0 });
    await post([{ ...status, status: 'delivered' }]);
    expect(await stats(app, id)).toMatchObject({ failedCount: 0, sentCount: 1, deliveredCount: 1 });
    expect(await recipient(app, id, phone)).toMatchObject({ status: 'DELIVERED', error_code: null });
  });

  test('`failed` after `delivered` is ignored', async () => {
    await post([{ ...status, status: 'delivered' }]);
    await post([{ ...status, ...failed(131026) }]);
    expect(await recipient(app, id, phone)).toMatchObject({ status: 'DELIVERED' });
  });

  test('`read` implies `delivered`; later `delivered` and `sent` are ignored', async () => {
    await post([{ ...status, status: 'read' }]);
    expect(await stats(app, id)).toMatchObject({ sentCount: 1, deliveredCount: 1, readCount: 1 });
    const { version } = await stats(app, id);
    await post([
      { ...status, status: 'delivered' },
      { ...status, status: 'sent' },
      { ...status, status: 'read' },
    ]);
    expect(await stats(app, id)).toMatchObject({ version, deliveredCount: 1 });
  });

  test('a late `failed` of an earlier message is ignored', async () => {
    await post([{ ...status, ...failed(131000) }]);
    await app.database.query(`UPDATE campaign_recipients SET attempts = 3 WHERE campaign_id = $1`, [id]);
    expect(await recipient(app, id, phone)).toMatchObject({ status: 'FAILED' });
    expect((await retryFailed(app, id)).message).toMatch(/^1 failed message queued again; 0 left out/);
    await reached(app, id);
    expect(await recipient(app, id, phone)).toMatchObject({ status: 'SENT', claim_no: 2 });
    await post([{ ...status, ...failed(131026) }]);
    expect(await recipient(app, id, phone)).toMatchObject({ status: 'SENT' });
    // a failure of the second message counts, also together with a repeated one of the first
    const [, second] = await accepted(app, id);
    const own = { ...status, id: second?.id, biz_opaque_callback_data: second?.callbackData };
    await post([
      { ...status, ...failed(131026) },
      { ...own, ...failed(131026) },
    ]);
    expect(await recipient(app, id, phone)).toMatchObject({ status: 'FAILED', error_code: 131026 });
  });

  test('a repeated `sent` of a failed message leaves its recipient queued', async () => {
    await post([{ ...status, ...failed(131000) }]);
    await app.behave({ perNumber: { [phone]: { respond: { http: 500, code: 131016, times: 1 } } } });
    await retryFailed(app, id);
    await post([{ ...status, status: 'sent' }]);
    await reached(app, id);
    expect(await accepted(app, id)).toHaveLength(2);
  });

  test('statuses with unknown campaigns, recipients or callback data are answered 200 and ignored', async () => {
    const { version } = await stats(app, id);
    const foreign = [
      undefined,
      'x',
      '',
      'a:b:c',
      `${id}:99:1`,
      '00000000-0000-4000-8000-000000000000:1:1',
      `${id}:1`,
    ];
    for (const data of foreign) {
      const odd = { ...status, biz_opaque_callback_data: data };
      expect(
        await post([
          { ...odd, status: 'read' },
          { ...odd, ...failed(131026) },
        ]),
      ).toBe(200);
    }
    expect(await stats(app, id)).toMatchObject({ version });
  });
});

test('concurrent webhooks share transactions and are all answered; a thousand statuses of one request are one transaction', async () => {
  await app.behave({ webhooks: { enabled: false } });
  const id = await startCampaign(app, { customRecipients: people(500, 5000) });
  await reached(app, id);
  const messages = await accepted(app, id);
  const statusOf = (message: (typeof messages)[number], status: string) => ({
    id: message.id,
    status,
    timestamp: at,
    biz_opaque_callback_data: message.callbackData,
  });
  const answers = await Promise.all(messages.map((message) => post([statusOf(message, 'delivered')])));
  expect(new Set(answers)).toEqual(new Set([200]));
  const after = await stats(app, id);
  expect(after).toMatchObject({ deliveredCount: 500 });
  expect(await post([...messages, ...messages].map((message) => statusOf(message, 'read')))).toBe(200);
  expect(await stats(app, id)).toMatchObject({ readCount: 500, version: after.version + 1 });
  expect((await recipients(app, id)).every((row) => row.status === 'READ')).toBe(true);
  await expectConsistent(app, id, { statusesDelivered: false });
});

test('131050 is an opt-out from marketing: the next marketing campaign excludes the person', async () => {
  await app.behave({ perNumber: { [phoneOf(6000)]: { fail: 131050 } } });
  const id = await startCampaign(app, { customRecipients: people(2, 6000) });
  await reached(app, id);
  await webhooksDelivered(app);
  expect(await recipient(app, id, phoneOf(6000))).toMatchObject({ status: 'FAILED', error_code: 131050 });
  const next = await startCampaign(app, {
    customRecipients: people(2, 6000),
    whatsappTemplateName: 'weekend_sale',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['{{firstName|there}}'],
    linkUrl: 'https://shop.example.com/',
  });
  expect(await reached(app, next)).toMatchObject({ totalRecipients: 1, excludedCount: 1 });
});

test('a typed STOP in answer to a message of the canary counts for the canary', async () => {
  const id = await startCampaign(app, {
    customRecipients: people(40, 6100),
    canary: { minimum: 5, percent: 1, waitMinutes: 60, maxOptOutPercent: 10 },
  });
  await waitFor(async () => (await accepted(app, id)).length === 5, { what: 'the canary is sent' });
  await waitFor(async () => (await stats(app, id)).deliveredCount === 5, { what: 'the canary is delivered' });
  const [message] = await accepted(app, id);
  const [sender] = await app.database.query<{ phone_number_id: string }[]>(
    `SELECT phone_number_id FROM senders`,
  );
  const stop = {
    from_user_id: 'IN.1',
    id: 'wamid.in',
    timestamp: String(Math.floor(Date.now() / 1000)),
    context: { id: message?.id },
    type: 'text',
    text: { body: 'Stop!' },
  };
  const value = { metadata: { phone_number_id: sender?.phone_number_id }, messages: [stop] };
  expect([await postValue(value), await postValue(value)]).toEqual([200, 200]);
  expect(await reached(app, id, 'PAUSED')).toMatchObject({ optedOutCount: 1, sentCount: 5 });
  expect(await statusReason(app, id)).toMatch(
    /Of the first 5 messages 1 led to an opt-out \(more than 10 %\)/,
  );
  await expectConsistent(app, id, { statusesDelivered: false });
});
