import { App } from '../support/app';
import {
  accepted,
  act,
  people,
  phoneOf,
  reached,
  recipient,
  recipients,
  retryFailed,
  startCampaign,
  stats,
  statusReason,
  summary,
  webhooksDelivered,
} from '../support/campaigns';
import { auditMoves, expectConsistent, expectLegalMoves } from '../support/consistency';
import { waitFor } from '../support/wait';

const backoffMs = 250;

let app: App;
let audited: Awaited<ReturnType<typeof auditMoves>>;

beforeAll(async () => {
  app = await App.start({ env: { DELIVERY_BACKOFF_MS: String(backoffMs), DELIVERY_ATTEMPTS: '4' } });
  audited = await auditMoves(app);
  await app.database.query(
    `CREATE TABLE planned_retries (id serial, campaign_id uuid, seq int, wait_ms float8);
     CREATE FUNCTION plan_retry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO planned_retries (campaign_id, seq, wait_ms)
       VALUES (new.campaign_id, new.seq, extract(epoch FROM new.due_at - statement_timestamp()) * 1000);
       RETURN NULL;
     END $$;
     CREATE TRIGGER plan_retry AFTER INSERT OR UPDATE ON delivery_followups FOR EACH ROW
       WHEN (new.kind = 'RETRY') EXECUTE FUNCTION plan_retry()`,
  );
});
afterEach(() =>
  app.behave({ perNumber: {}, perTemplate: {}, perSender: {}, messagesPerSecond: 0, throttleHttp: 400 }),
);
afterAll(() => app?.close());

test('temporary errors are retried with doubling waits; without attempts left, recipients fail with code and reason', async () => {
  const [twice, thrice, always] = [phoneOf(0), phoneOf(1), phoneOf(2)];
  await app.behave({
    perNumber: {
      [twice]: { respond: { http: 500, code: 131016, times: 2 } },
      [thrice]: { fault: 'code131000', faultTimes: 3 },
      [always]: { respond: { http: 500, code: 131016 } },
    },
  });
  const id = await startCampaign(app, { customRecipients: people(10) });
  expect(await reached(app, id)).toMatchObject({ sentCount: 9, failedCount: 1 });
  await webhooksDelivered(app);
  await expectConsistent(app, id);
  expect(await recipient(app, id, twice)).toMatchObject({ attempts: 2, claim_no: 3 });
  expect(await recipient(app, id, thrice)).toMatchObject({ attempts: 3, claim_no: 4 });
  expect(await recipient(app, id, always)).toMatchObject({
    status: 'FAILED',
    attempts: 4,
    error_code: 131016,
  });
  expect((await recipient(app, id, always)).error_message).toMatch(/^WhatsApp is not available for now/);

  const moves = await audited(id);
  expectLegalMoves(moves);
  const { seq } = await recipient(app, id, always);
  const tries = moves.filter((move) => move.seq === seq && ['QUEUED', 'FAILED'].includes(move.to_status));
  const gaps = tries.slice(1).map((move, i) => move.at - (tries[i]?.at ?? 0));
  // How much later than planned a retry comes depends on the machine; the plan does not.
  expect(await plannedWaits(id, seq)).toEqual([backoffMs, backoffMs * 2, backoffMs * 4]);
  expect(gaps).toHaveLength(3);
  gaps.forEach((gap, i) => expect(gap).toBeGreaterThanOrEqual(backoffMs * 2 ** i));
});

test('permanent errors fail at once with a reason', async () => {
  const details = 'The phone number is malformed: Please use the format: +1234567890.';
  await app.behave({
    perNumber: {
      [phoneOf(100)]: { fail: 131026 },
      [phoneOf(101)]: { respond: { http: 400, code: 131009, details } },
      [phoneOf(102)]: { respond: { http: 400, code: 131021 } },
    },
  });
  const before = (await summary(app)).attempts;
  const id = await startCampaign(app, { customRecipients: people(5, 100) });
  await reached(app, id);
  await webhooksDelivered(app);
  await expectConsistent(app, id);
  expect((await summary(app)).attempts - before).toBe(5);
  expect(await stats(app, id)).toMatchObject({ failedCount: 3, sentCount: 2 });
  for (const [i, code, reason] of [
    [100, 131026, /could not be delivered/],
    [101, 131009, /phone number is not valid/],
    [102, 131021, /sending number itself/],
  ] as const) {
    const row = await recipient(app, id, phoneOf(i));
    expect(row).toMatchObject({ status: 'FAILED', attempts: 1, error_code: code });
    expect(row.error_message).toMatch(reason);
  }
});

test.each([400, 429] as const)(
  'throttling (HTTP %i) uses up no attempt, and everybody is sent to in the end',
  async (http) => {
    // the sender is allowed 1,000 a second, WhatsApp accepts 20
    await app.behave({ messagesPerSecond: 20, throttleHttp: http });
    const from = http * 100;
    const id = await startCampaign(app, { customRecipients: people(110, from) });
    expect(await reached(app, id)).toMatchObject({ sentCount: 110, failedCount: 0 });
    await webhooksDelivered(app);
    expect(await expectConsistent(app, id)).toHaveLength(110);
    expect((await recipients(app, id)).every((row) => row.attempts === 0)).toBe(true);
    expect((await summary(app)).refusedByCode['130429']).toBeGreaterThan(0);
  },
);

test.each([
  [
    '132015',
    { perTemplate: { weekend_sale: { code: 132015, times: 30 } } },
    /template is paused for low quality/,
    1000,
  ],
  ['190', { perSender: { '*': { code: 190, times: 30 } } }, /access token has expired/, 2000],
] as const)(
  '%s pauses the campaign with the reason; after resumeCampaign everybody is sent to once',
  async (code, cause, reason, from) => {
    const id = await prepared(from);
    const before = (await accepted(app, id)).length;
    await app.behave(cause);
    await act(app, 'resumeCampaign', id);
    const paused = await reached(app, id, 'PAUSED');
    expect(await statusReason(app, id)).toMatch(reason);
    expect(await statusReason(app, id)).toContain(code);
    expect(paused).toMatchObject({ failedCount: 0 });
    expect(paused.queuedCount).toBeGreaterThanOrEqual(30);
    // refused batches may be settled after the resume: they must not pause the campaign again
    await app.behave({ perTemplate: {}, perSender: {} });
    await act(app, 'resumeCampaign', id);
    expect(await reached(app, id)).toMatchObject({ sentCount: 150, failedCount: 0 });
    await webhooksDelivered(app);
    expect(before).toBeLessThanOrEqual(150);
    expect(await expectConsistent(app, id)).toHaveLength(150);
    expect((await recipients(app, id)).every((row) => row.attempts === 0)).toBe(true);
    expectLegalMoves(await audited(id));
  },
);

/** The planned wait of a recipient before each retry, in ms. */
async function plannedWaits(id: string, seq: number): Promise<number[]> {
  const rows = await app.database.query<{ wait: number }[]>(
    `SELECT round(wait_ms)::int AS wait FROM planned_retries WHERE campaign_id = $1 AND seq = $2 ORDER BY id`,
    [id, seq],
  );
  return rows.map(({ wait }) => wait);
}

async function stillSending(id: string): Promise<number> {
  const [row] = await app.database.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM delivery_claims WHERE campaign_id = $1`,
    [id],
  );
  return row?.count ?? 0;
}

/** A template campaign that was paused before anything was sent. */
async function prepared(from: number): Promise<string> {
  await app.behave({ perSender: { '*': { code: 368 } } });
  const id = await startCampaign(app, {
    customRecipients: people(150, from),
    whatsappTemplateName: 'weekend_sale',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['{{name}}'],
    linkUrl: 'https://shop.example.com/sale',
  });
  await reached(app, id, 'PAUSED');
  // requests that are still being refused must not use up the errors of the test
  await waitFor(async () => (await stillSending(id)) === 0, { what: 'all refused batches are settled' });
  await app.behave({ perSender: {} });
  return id;
}

test('an unknown error for everybody pauses the campaign early; for one in ten it does not', async () => {
  const unknown = (share: number) =>
    Object.fromEntries(
      people(400, 4000)
        // 37 and 100 have no common factor, so the errors are spread evenly over each hundred
        .filter((_, i) => (i * 37) % 100 < share * 100)
        .map(({ phone }) => [phone, { respond: { http: 400, code: 999_999, details: 'Something new' } }]),
    );
  await app.behave({ perNumber: unknown(0.1) });
  const tenth = await startCampaign(app, { customRecipients: people(200, 4000) });
  expect(await reached(app, tenth)).toMatchObject({ failedCount: 20, sentCount: 180 });

  await app.behave({ perNumber: unknown(1) });
  const everybody = await startCampaign(app, { customRecipients: people(400, 4000) });
  const { sentCount, queuedCount } = await reached(app, everybody, 'PAUSED');
  expect(await statusReason(app, everybody)).toMatch(/of the last \d+ messages with error 999999/);
  expect(sentCount).toBe(0);
  // including recipients who got the error before the pause
  expect(queuedCount).toBeGreaterThan(100);
  await app.behave({ perNumber: {} });
  await act(app, 'resumeCampaign', everybody);
  await reached(app, everybody);
  expect((await retryFailed(app, everybody)).message).toMatch(
    new RegExp(`^\\d+ failed messages queued again; 0 left`),
  );
  expect(await reached(app, everybody)).toMatchObject({ sentCount: 400, failedCount: 0 });
});

test('retryFailed queues recipients whose error may pass and says how many; 131049 only after 24 hours', async () => {
  const permanent = {
    131026: phoneOf(3000),
    130472: phoneOf(3001),
    131049: phoneOf(3002),
    131050: phoneOf(3003),
  };
  const temporary = [phoneOf(3004), phoneOf(3005)];
  await app.behave({
    perNumber: {
      ...Object.fromEntries(
        Object.entries(permanent).map(([code, phone]) => [phone, { fail: Number(code) }]),
      ),
      ...Object.fromEntries(
        temporary.map((phone) => [phone, { respond: { http: 500, code: 131016, times: 4 } }]),
      ),
    },
  });
  const id = await startCampaign(app, { customRecipients: people(10, 3000) });
  await reached(app, id);
  await webhooksDelivered(app);
  expect(await stats(app, id)).toMatchObject({ failedCount: 6, sentCount: 4 });
  const { campaign } = await app.data<{ campaign: { retryable: number } }>(
    `query ($id: ID!) { campaign(id: $id) { retryable } }`,
    { id },
  );
  expect(campaign.retryable).toBe(2);

  expect(await retryFailed(app, id)).toMatchObject({
    status: 'ACTIVE',
    message:
      '2 failed messages queued again; 4 left out, because another attempt now would fail the same way.',
  });
  await reached(app, id);
  await webhooksDelivered(app);
  expect(await stats(app, id)).toMatchObject({ failedCount: 4, sentCount: 6 });

  expect((await retryFailed(app, id)).message).toMatch(/^0 failed messages queued again; 4 left out/);
  expect((await stats(app, id)).status).toBe('COMPLETED');
  await app.behave({ perNumber: {} });
  await app.database.query(
    `UPDATE campaign_recipients SET failed_at = now() - interval '25 hours' WHERE campaign_id = $1 AND status = 'FAILED'`,
    [id],
  );
  expect((await retryFailed(app, id)).message).toMatch(/^1 failed message queued again; 3 left out/);
  await reached(app, id);
  await webhooksDelivered(app);
  expect(await stats(app, id)).toMatchObject({ failedCount: 3, sentCount: 7 });
  await expectConsistent(app, id, { acceptedAtMost: 2 });
  expectLegalMoves(await audited(id));
});
