import { App } from '../support/app';
import {
  accepted,
  act,
  people,
  phoneOf,
  reached,
  startCampaign,
  stats,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { waitFor } from '../support/wait';

describe('an access token that has expired', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start();
  });
  afterAll(() => app?.close());

  const setToken = (accessToken: string) =>
    app.data(
      `mutation ($id: ID!, $input: UpdateSenderInput!) { updateSender(id: $id, input: $input) { id } }`,
      { id: app.senderId, input: { accessToken } },
    );

  it('pauses the campaign; after updateSender and resumeCampaign the rest is sent, without a restart', async () => {
    await setToken('EAA-expired');
    const id = await startCampaign(app, { customRecipients: people(40, 61_000) });
    await reached(app, id, 'PAUSED');
    expect(await statusReason(app, id)).toMatch(/token/i);
    expect(await accepted(app, id)).toEqual([]);
    await setToken('EAA-new');
    await act(app, 'resumeCampaign', id);
    expect(await reached(app, id)).toMatchObject({ sentCount: 40, failedCount: 0, unconfirmedCount: 0 });
    expect(new Set((await accepted(app, id)).map(({ to }) => to)).size).toBe(40);
  });

  it('that is replaced while a campaign runs does not pause it', async () => {
    const id = await startCampaign(app, { customRecipients: people(300, 62_000) });
    await setToken('EAA-newer');
    expect(await reached(app, id)).toMatchObject({ sentCount: 300, failedCount: 0 });
  });
});

describe('a refusal that concerns the number or its account', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start({ behaviour: { failures: {}, deliveredShare: 0 } });
  });
  afterAll(() => app?.close());

  const lastError = async () =>
    (
      await app.data<{ senders: { lastError: string | null }[] }>(
        `query ($id: ID!) { senders(businessId: $id) { lastError } }`,
        { id: app.businessId },
      )
    ).senders[0]?.lastError;
  const told = (says: RegExp) =>
    waitFor(async () => says.test((await lastError()) ?? ''), { what: `${says} at the number` });
  const setToken = (accessToken: string) =>
    app.data(
      `mutation ($id: ID!) { updateSender(id: $id, input: { accessToken: "${accessToken}" }) { id } }`,
      { id: app.senderId },
    );
  const test = async () =>
    (
      await app.data<{ testSender: { ok: boolean; problems: string[] } }>(
        `mutation ($id: ID!) { testSender(id: $id) { ok problems } }`,
        { id: app.senderId },
      )
    ).testSender;
  const sendTestMessage = () =>
    app.data(`mutation ($input: SendTestMessageInput!) { sendTestMessage(input: $input) { accepted } }`, {
      input: { senderId: app.senderId, phone: '98200 77777' },
    });
  /** As if it had happened two minutes ago. */
  const age = () =>
    app.database.query(`UPDATE senders SET send_error_at = send_error_at - interval '2 minutes'`);
  const claims = async (id: string) => {
    const [found] = await app.database.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM delivery_claims WHERE campaign_id = $1`,
      [id],
    );
    return found?.count;
  };
  /** Resolves when a worker has looked after the numbers once more. */
  async function lookedAfter(): Promise<void> {
    await app.database.query(`UPDATE senders SET health_due_at = now(), health_read_at = NULL`);
    await waitFor(
      async () => {
        const [row] = await app.database.query<{ read: boolean }[]>(
          `SELECT health_read_at IS NOT NULL AS read FROM senders`,
        );
        return row?.read ?? false;
      },
      { what: 'a worker looks after the numbers' },
    );
  }

  it.each<[number, RegExp]>([
    [190, /^The access token has expired or is not valid.*save it for this number \(190\)\.$/],
    [131031, /^The WhatsApp account is locked\. Check the account in WhatsApp Manager \(131031\)\.$/],
    [131042, /^There is a payment problem.*payment method in WhatsApp Manager \(131042\)\.$/],
  ])('%i in the answer is told with the number until messages are accepted again', async (code, says) => {
    // as if what was sent before had been sent long ago
    await app.database.query(`UPDATE campaign_stats_minutes SET minute = minute - interval '1 hour'`);
    await app.behave({ perSender: { '*': { code } } });
    const id = await startCampaign(app, { customRecipients: people(5, 63_000 + (code % 1000)) });
    await reached(app, id, 'PAUSED');
    await told(says);
    // all five are told: a later one would make the error young again
    await waitFor(async () => (await claims(id)) === 0, { what: 'all answers are settled' });
    await lookedAfter();
    await age();
    // control: nothing was accepted since, and it stays however often the numbers are looked at
    await app.behave({ perSender: {} });
    await lookedAfter();
    expect(await lastError()).toMatch(says);
    await act(app, 'resumeCampaign', id);
    await reached(app, id);
    await waitFor(async () => (await lastError()) === null, { what: 'the error is over' });
  });

  it('131042 in a failed status is told too, also after the end of the campaign, and by a test; an accepted message ends it', async () => {
    const id = await startCampaign(app, { customRecipients: people(1, 65_000) });
    await reached(app, id);
    await app.steer('POST', 'statuses', { to: phoneOf(65_000), status: 'failed', code: 131042 });
    await told(/payment problem.*\(131042\)/);
    expect(await stats(app, id)).toMatchObject({ status: 'COMPLETED', failedCount: 1 });
    // control: the readings find nothing, and it stays
    expect(await test()).toEqual({
      ok: false,
      problems: [expect.stringMatching(/payment problem.*\(131042\)\. .*send a test message/)],
    });
    expect(await lastError()).toMatch(/payment problem/);
    await sendTestMessage();
    expect(await lastError()).toBeNull();
    expect(await test()).toEqual({ ok: true, problems: [] });
  });

  it('131042 in the failed status of an accepted test message is told, unless a later one was accepted', async () => {
    await sendTestMessage();
    expect(await lastError()).toBeNull();
    const fail = () => app.steer('POST', 'statuses', { to: '+919820077777', status: 'failed', code: 131042 });
    await fail();
    await told(/payment problem.*\(131042\)/);
    await app.database.query(
      `UPDATE senders SET send_error = NULL, test_accepted_at = now() + interval '1 hour'`,
    );
    await fail();
    await webhooksDelivered(app);
    expect(await lastError()).toBeNull();
  });

  it('131042 beside no message is told until messages of a campaign are accepted', async () => {
    const [sender] = await app.database.query<{ waba_id: string }[]>(`SELECT waba_id FROM senders`);
    await app.database.query(`UPDATE senders SET test_accepted_at = NULL`);
    await app.steer('POST', 'webhooks', {
      ...{ wabaId: sender?.waba_id, field: 'messages' },
      value: { errors: [{ code: 131042 }] },
    });
    await told(/payment problem.*\(131042\)/);
    await app.database.query(`UPDATE campaign_stats_minutes SET minute = minute - interval '1 hour'`);
    await lookedAfter();
    expect(await lastError()).toMatch(/payment problem/);
    await app.database.query(`UPDATE senders SET trouble_at = trouble_at - interval '2 minutes'`);
    await reached(app, await startCampaign(app, { customRecipients: people(1, 67_000) }));
    await waitFor(async () => (await lastError()) === null, { what: 'the error is over' });
  });

  it('190 that a message was refused with is over when the number can be read', async () => {
    await app.behave({ perSender: { '*': { code: 190 } } });
    await sendTestMessage();
    expect(await lastError()).toMatch(/\(190\)/);
    await app.behave({ perSender: {} });
    expect(await test()).toEqual({ ok: true, problems: [] });
    expect(await lastError()).toBeNull();
  });

  it('ends with a new access token; an error of one person is none of the number', async () => {
    const id = await startCampaign(app, { customRecipients: people(2, 66_000) });
    await reached(app, id);
    await app.steer('POST', 'statuses', { to: phoneOf(66_000), status: 'failed', code: 131026 });
    await waitFor(async () => (await stats(app, id)).failedCount === 1, { what: 'one has failed' });
    expect(await lastError()).toBeNull();
    await app.steer('POST', 'statuses', { to: phoneOf(66_001), status: 'failed', code: 131042 });
    await told(/payment problem/);
    await setToken('EAA-newest');
    expect(await lastError()).toBeNull();
  });
});
