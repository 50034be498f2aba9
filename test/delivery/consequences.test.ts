import { App } from '../support/app';
import {
  act,
  people,
  phoneOf,
  reached,
  startCampaign,
  stats,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import { waitFor } from '../support/wait';

/** Slow enough that a campaign to some hundred people lasts for a whole test. */
const perSecond = 25;

let app: App;

beforeAll(async () => {
  // failures and repeated webhooks only where a test asks for them
  app = await App.start({
    messagesPerSecond: perSecond,
    env: { DELIVERY_BATCH_SIZE: '20' },
    behaviour: { failures: {}, webhooks: { duplicateShare: 0 } },
  });
});
afterAll(() => app?.close());

/** Makes WhatsApp report the message to a phone as failed. */
const fail = (phone: string, code: number, more: Record<string, unknown> = {}) =>
  app.steer('POST', 'statuses', { to: phone, status: 'failed', code, ...more });

/** A campaign that lasts for a while; resolves when the messages to its first `wait` recipients are accepted and settled. */
async function longCampaign(from: number, wait = 1): Promise<string> {
  await app.behave({ deliveredShare: 0, readShare: 0, failAfterSentShare: 0 });
  const id = await startCampaign(app, { customRecipients: people(400, from) });
  const first = people(wait, from).map(({ phone }) => phone);
  await waitFor(
    async () => {
      // answers may come in another order than the messages were posted in
      const accepted = new Set((await app.ledger()).map(({ to }) => to));
      const { sentCount } = await stats(app, id);
      return first.every((phone) => accepted.has(phone)) && sentCount >= wait;
    },
    { what: `the first ${wait} are sent` },
  );
  return id;
}

async function allowedRate(id: string): Promise<number> {
  const { campaign } = await app.data<{ campaign: { delivery: { allowedRate: number } } }>(
    `query ($id: ID!) { campaign(id: $id) { delivery { allowedRate } } }`,
    { id },
  );
  return campaign.delivery.allowedRate;
}

describe('a failed webhook that is delivered twice', () => {
  test.each([
    [131042, 7000],
    [132015, 7500],
  ])('pauses the campaign once for %i, not again after resumeCampaign', async (code, from) => {
    const id = await longCampaign(from);
    await fail(phoneOf(from), code);
    await reached(app, id, 'PAUSED');
    expect(await statusReason(app, id)).toContain(`error ${code}`);
    await act(app, 'resumeCampaign', id);
    await app.steer('POST', 'redeliver', { to: phoneOf(from), statuses: ['failed'], times: 3 });
    await webhooksDelivered(app);
    expect([(await stats(app, id)).status, await statusReason(app, id)]).toEqual(['ACTIVE', null]);
    await act(app, 'cancelCampaign', id);
  });

  test('slows the sender once for 130429', async () => {
    const id = await longCampaign(8000);
    await fail(phoneOf(8000), 130429);
    await waitFor(async () => (await allowedRate(id)) < perSecond * 0.6, { what: 'the sender is slower' });
    // a second effect would have halved it again
    await waitFor(async () => (await allowedRate(id)) > perSecond * 0.53, { what: 'the sender recovers' });
    await app.steer('POST', 'redeliver', { to: phoneOf(8000), statuses: ['failed'], times: 3 });
    await webhooksDelivered(app);
    expect(await allowedRate(id)).toBeGreaterThan(perSecond * 0.53);
    await act(app, 'cancelCampaign', id);
  });

  test('counts an unknown error once for the pause', async () => {
    const id = await longCampaign(8500, 3);
    await fail(phoneOf(8500), 999_999, { times: 40 });
    await webhooksDelivered(app);
    expect(await stats(app, id)).toMatchObject({ status: 'ACTIVE', failedCount: 1 });
    await act(app, 'cancelCampaign', id);
  });
});

test('a failed media download fails that recipient alone; for most recipients it pauses the campaign', async () => {
  const one = await longCampaign(9000, 5);
  await fail(phoneOf(9000), 131053);
  await waitFor(async () => (await stats(app, one)).failedCount === 1, { what: 'one recipient has failed' });
  expect((await stats(app, one)).status).toBe('ACTIVE');
  await act(app, 'cancelCampaign', one);

  const perNumber = people(400, 9500).map(({ phone }) => [phone, { fail: 131053 }] as const);
  await app.behave({ perNumber: Object.fromEntries(perNumber) });
  const most = await startCampaign(app, { customRecipients: people(400, 9500) });
  await reached(app, most, 'PAUSED');
  expect(await statusReason(app, most)).toMatch(/of the last \d+ messages with error 131053/);
  await act(app, 'cancelCampaign', most);
  await app.behave({ perNumber: {} });
});

test('error 132005 for everybody pauses the campaign, and everybody is queued again', async () => {
  const respond = { http: 400, code: 132005, details: 'Translated text too long' };
  const refuse = (from: number) => people(400, from).map(({ phone }) => [phone, { respond }] as const);
  await app.behave({ perNumber: Object.fromEntries(refuse(10_000)) });
  const id = await startCampaign(app, { customRecipients: people(400, 10_000) });
  await reached(app, id, 'PAUSED');
  expect(await statusReason(app, id)).toMatch(/of the last \d+ messages with error 132005/);
  await app.behave({ perNumber: {} });
  await act(app, 'resumeCampaign', id);
  await waitFor(async () => (await stats(app, id)).sentCount > 30, { what: '30 are sent' });
  await act(app, 'cancelCampaign', id);
});

test('everybody who met the campaign’s error is queued again, also whoever fails while it is being paused', async () => {
  const id = await longCampaign(13_000, 60);
  await app.steer('POST', 'statuses', { callbackData: `${id}:*`, status: 'failed', code: 131053 });
  await reached(app, id, 'PAUSED');
  await webhooksDelivered(app);
  await waitFor(async () => (await stats(app, id)).failedCount === 0, { what: 'nobody is left failed' });
  await act(app, 'cancelCampaign', id);
});

test('a campaign of ten whose every message is refused pauses once, and ends when it happens again', async () => {
  const respond = { http: 400, code: 132005, details: 'Translated text too long' };
  const perNumber = people(10, 14_000).map(({ phone }) => [phone, { respond }] as const);
  await app.behave({ perNumber: Object.fromEntries(perNumber) });
  const id = await startCampaign(app, { customRecipients: people(10, 14_000) });
  expect(await reached(app, id, 'PAUSED')).toMatchObject({ queuedCount: 10, failedCount: 0 });
  expect(await statusReason(app, id)).toContain('refused all 10 messages with error 132005');
  await act(app, 'resumeCampaign', id);
  expect(await reached(app, id)).toMatchObject({ failedCount: 10, queuedCount: 0 });
  await app.behave({ perNumber: {} });
});

test('late failures of a completed campaign do not reopen it', async () => {
  await app.behave({ deliveredShare: 0, readShare: 0, failAfterSentShare: 0 });
  const id = await startCampaign(app, { customRecipients: people(30, 13_500) });
  await reached(app, id);
  await app.steer('POST', 'statuses', { callbackData: `${id}:*`, status: 'failed', code: 131053 });
  await webhooksDelivered(app);
  expect(await stats(app, id)).toMatchObject({ status: 'COMPLETED', failedCount: 30, queuedCount: 0 });
});

describe('a transaction that is retried after a deadlock', () => {
  /** Makes every settle fail once with a deadlock error and succeed the second time. */
  async function refuseOnce(): Promise<() => Promise<unknown>> {
    await app.database.query(`CREATE SEQUENCE IF NOT EXISTS settle_tries`);
    await app.database.query(
      `CREATE OR REPLACE FUNCTION refuse_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF nextval('settle_tries') % 2 = 1 THEN RAISE EXCEPTION 'Injected by the test' USING ERRCODE = '40P01'; END IF;
         RETURN NULL; END $$`,
    );
    await app.database.query(
      `CREATE TRIGGER refuse_once AFTER INSERT ON campaign_stats_minutes FOR EACH STATEMENT EXECUTE FUNCTION refuse_once()`,
    );
    return () => app.database.query(`DROP TRIGGER refuse_once ON campaign_stats_minutes`);
  }

  async function failedStatuses(): Promise<number> {
    const text = await (await fetch(`${app.url}/metrics`)).text();
    return Number(/^dakiya_statuses_total\{status="failed"\} (\d+)/m.exec(text)?.[1] ?? 0);
  }

  test('counts a failure once: 12 of 12 are too few to pause the campaign', async () => {
    const id = await longCampaign(11_000, 12);
    await act(app, 'pauseCampaign', id);
    // webhooks of earlier tests
    await waitFor(
      async () => (await app.database.query<unknown[]>(`SELECT FROM delivery_claims`)).length === 0,
      { what: 'messages of earlier tests are settled' },
    );
    await webhooksDelivered(app);
    const before = await failedStatuses();
    const restore = await refuseOnce();
    try {
      for (let i = 0; i < 12; i++) await fail(phoneOf(11_000 + i), 999_999);
      await webhooksDelivered(app);
    } finally {
      await restore();
    }
    const [{ last } = { last: '0' }] = await app.database.query<{ last: string }[]>(
      `SELECT last_value AS last FROM settle_tries`,
    );
    expect(Number(last)).toBeGreaterThanOrEqual(2);
    expect(await failedStatuses()).toBe(before + 12);
    expect(await statusReason(app, id)).not.toMatch(/of the last/);
    await act(app, 'resumeCampaign', id);
    await waitFor(async () => (await stats(app, id)).sentCount > 30, { what: 'sending continues' });
    expect((await stats(app, id)).status).toBe('ACTIVE');
    await act(app, 'cancelCampaign', id);
  });
});

describe('one locked recipient delays its own campaign and no other', () => {
  /** Locks the first recipient of a campaign, once it has the status, until the work is done. */
  async function whileLocked(id: string, status: string, work: () => Promise<void>): Promise<void> {
    const lock = app.database.createQueryRunner();
    await lock.startTransaction();
    try {
      await waitFor(
        async () => {
          const found = (await lock.query(
            `SELECT seq FROM campaign_recipients WHERE campaign_id = $1 AND seq = 1 AND status = $2 FOR UPDATE`,
            [id, status],
          )) as unknown[];
          return found.length === 1;
        },
        { what: `the first recipient is ${status} and locked` },
      );
      await work();
    } finally {
      await lock.rollbackTransaction();
      await lock.release();
    }
  }

  test('when answers are settled', async () => {
    await app.behave({
      // without webhooks only the answers change statuses
      webhooks: { enabled: false },
      perNumber: Object.fromEntries([
        [phoneOf(12_000), { delayMs: 2000 }],
        // their answers arrive while the settle of the locked recipient waits
        ...people(30, 12_100).map(({ phone }) => [phone, { delayMs: 3500 }] as const),
      ]),
    });
    const blocked = await startCampaign(app, { customRecipients: people(30, 12_000) });
    await whileLocked(blocked, 'SENDING', async () => {
      const free = await startCampaign(app, { customRecipients: people(30, 12_100) });
      await waitFor(async () => (await stats(app, free)).status === 'COMPLETED', {
        what: 'the other campaign is completed',
        timeoutMs: 25_000,
      });
      expect(await stats(app, blocked)).toMatchObject({ status: 'ACTIVE' });
    });
    expect(await reached(app, blocked)).toMatchObject({ sentCount: 30 });
    await app.behave({ webhooks: { enabled: true }, perNumber: {} });
  });

  test('when webhooks are applied', async () => {
    await app.behave({ deliveredShare: 0, readShare: 0, failAfterSentShare: 0 });
    const ids = await Promise.all(
      [12_200, 12_300].map((from) => startCampaign(app, { customRecipients: people(10, from) })),
    );
    const [blocked = '', free = ''] = ids;
    for (const id of ids) await reached(app, id);
    await webhooksDelivered(app);
    const deliver = (campaignId: string) =>
      app.steer('POST', 'statuses', { callbackData: `${campaignId}:*`, status: 'delivered' });
    await whileLocked(blocked, 'SENT', async () => {
      // both in one transaction
      await Promise.all([deliver(blocked), deliver(free)]);
      await waitFor(async () => (await stats(app, free)).deliveredCount === 10, {
        what: 'the other campaign is delivered',
        timeoutMs: 25_000,
      });
      expect((await stats(app, blocked)).deliveredCount).toBeLessThan(10);
    });
    await waitFor(async () => (await stats(app, blocked)).deliveredCount === 10, {
      what: 'the locked campaign is delivered',
      timeoutMs: 25_000,
    });
    await expectConsistent(app, blocked);
  });
});
