import { sendWindow } from '../../src/delivery/queue';
import { App } from '../support/app';
import {
  accepted,
  act,
  createCampaign,
  people,
  reached,
  recipients,
  sendCampaign,
  startCampaign,
  stats,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import type { Action } from '../support/campaigns';
import { auditMoves, expectConsistent, expectLegalMoves } from '../support/consistency';
import { waitFor } from '../support/wait';

const batchSize = 20;

let app: App;
let audited: Awaited<ReturnType<typeof auditMoves>>;

beforeAll(async () => {
  app = await App.start({
    workers: 2,
    messagesPerSecond: 200,
    env: { DELIVERY_BATCH_SIZE: String(batchSize) },
  });
  audited = await auditMoves(app);
});
afterAll(() => app?.close());

async function sentSome(id: string, atLeast = 40): Promise<void> {
  await waitFor(async () => (await accepted(app, id)).length >= atLeast, { what: 'some are accepted' });
}

/** The most messages that can be sent after a pause: accepted, claimed, and claims that were just being made. */
async function sentAtMost(id: string): Promise<number> {
  const [{ count } = { count: 0 }] = await app.database.query<{ count: number }[]>(
    `SELECT coalesce(sum(cardinality(seqs)), 0)::int AS count FROM delivery_claims WHERE campaign_id = $1`,
    [id],
  );
  return (await accepted(app, id)).length + count + sendWindow * batchSize;
}

/** Waits until all claims are settled. */
async function allSettled(id: string): Promise<void> {
  await waitFor(
    async () => {
      const [{ count } = { count: -1 }] = await app.database.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM delivery_claims WHERE campaign_id = $1`,
        [id],
      );
      return count === 0;
    },
    { what: 'all claims are settled' },
  );
}

test('pauseCampaign and cancelCampaign record who asked and why', async () => {
  const id = await startCampaign(app, { customRecipients: people(300) });
  const { data } = await app.graphql<{ pauseCampaign: { statusReason: string } }>(
    `mutation ($id: ID!) { pauseCampaign(campaignId: $id, reason: "the price is wrong") { statusReason } }`,
    { id },
  );
  expect(data?.pauseCampaign.statusReason).toBe('Paused by tester: the price is wrong');
  const { errors } = await app.graphql(
    `mutation ($id: ID!, $reason: String) { cancelCampaign(campaignId: $id, reason: $reason) { id } }`,
    { id, reason: 'x'.repeat(201) },
  );
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
  expect((await act(app, 'cancelCampaign', id)).errors).toBeUndefined();
});

test('a pause stops everything but open claims, a resume sends the rest, nobody is sent to twice; repeats change nothing', async () => {
  const id = await startCampaign(app, { customRecipients: people(300) });
  await sentSome(id);
  expect((await act(app, 'pauseCampaign', id)).data?.pauseCampaign).toMatchObject({
    status: 'PAUSED',
    statusReason: 'Paused by tester',
  });
  const atMost = await sentAtMost(id);
  const { version } = await stats(app, id);
  expect((await act(app, 'pauseCampaign', id)).data?.pauseCampaign.status).toBe('PAUSED');
  await allSettled(id);
  await webhooksDelivered(app);
  const paused = await expectConsistent(app, id);
  expect(paused.length).toBeLessThanOrEqual(atMost);
  expect(await stats(app, id)).toMatchObject({ queuedCount: 300 - paused.length, status: 'PAUSED' });
  expect((await stats(app, id)).version).toBeGreaterThanOrEqual(version);

  for (let i = 0; i < 2; i++)
    expect((await act(app, 'resumeCampaign', id)).data?.resumeCampaign.status).toBe('ACTIVE');
  expect(await reached(app, id)).toMatchObject({ sentCount: 300 });
  await webhooksDelivered(app);
  expect(await expectConsistent(app, id)).toHaveLength(300);
  expect((await act(app, 'pauseCampaign', id)).errors?.[0]?.extensions.code).toBe('CONFLICT');
});

test('a cancellation skips everybody but open claims, and the sums add up', async () => {
  const id = await startCampaign(app, { customRecipients: people(400, 1000) });
  await sentSome(id);
  const { data } = await act(app, 'cancelCampaign', id);
  const atMost = await sentAtMost(id);
  expect(data?.cancelCampaign).toMatchObject({ status: 'CANCELLED' });
  expect(await statusReason(app, id)).toMatch(/^Cancelled by tester; \d+ of 400 were already out$/);
  await waitFor(async () => (await stats(app, id)).queuedCount === 0, { what: 'the rest is skipped' });
  await webhooksDelivered(app);
  const messages = await expectConsistent(app, id);
  expect(messages.length).toBeLessThanOrEqual(atMost);
  expect(await stats(app, id)).toMatchObject({
    status: 'CANCELLED',
    totalRecipients: 400,
    sentCount: messages.length,
    skippedCount: 400 - messages.length,
  });
  expectLegalMoves(await audited(id));

  // a cancellation cannot be undone
  expect((await act(app, 'cancelCampaign', id)).data?.cancelCampaign.status).toBe('CANCELLED');
  expect((await act(app, 'resumeCampaign', id)).errors?.[0]?.extensions.code).toBe('CONFLICT');
  await expect(sendCampaign(app, id)).rejects.toThrow(/CONFLICT/);
  expect(await accepted(app, id)).toHaveLength(messages.length);
});

test('a recipient who is queued again after a cancellation is skipped too', async () => {
  const id = await startCampaign(app, { customRecipients: people(60, 2000) });
  await app.behave({ latencyMs: { min: 500, max: 500 }, faults: { code131016: 1 } });
  await waitFor(async () => (await recipients(app, id)).some((row) => row.status === 'SENDING'), {
    what: 'a recipient is claimed',
  });
  await act(app, 'cancelCampaign', id);
  await allSettled(id);
  await waitFor(async () => (await stats(app, id)).queuedCount === 0, { what: 'the rest is skipped' });
  await app.behave({ latencyMs: { min: 0, max: 0 }, faults: {} });
  await webhooksDelivered(app);
  await expectConsistent(app, id);
  const [left] = await app.database.query<unknown[]>(
    `SELECT FROM delivery_followups WHERE campaign_id = $1`,
    [id],
  );
  expect(left).toBeUndefined();
});

test('a cancelled draft skips everybody it counted', async () => {
  const id = await createCampaign(app, { customRecipients: people(7, 3000) });
  await act(app, 'cancelCampaign', id);
  await waitFor(async () => (await stats(app, id)).skippedCount === 7, { what: 'the draft is skipped' });
  expect(await stats(app, id)).toMatchObject({ status: 'CANCELLED', totalRecipients: 7, queuedCount: 0 });
});

test('30 concurrent pauses and resumes answer with a valid state or CONFLICT, and everybody is sent to once', async () => {
  const id = await startCampaign(app, { customRecipients: people(120, 4000) });
  await sentSome(id, 10);
  const actions: Action[] = Array.from({ length: 30 }, (_, i) =>
    i % 2 ? 'pauseCampaign' : 'resumeCampaign',
  );
  const answers = await Promise.all(actions.map((action) => act(app, action, id)));
  for (const { errors } of answers)
    for (const error of errors ?? []) expect(error.extensions.code).toBe('CONFLICT');
  await act(app, 'resumeCampaign', id);
  expect(await reached(app, id)).toMatchObject({ sentCount: 120 });
  await webhooksDelivered(app);
  expect(await expectConsistent(app, id)).toHaveLength(120);
  expectLegalMoves(await audited(id));
});

test('30 concurrent calls with one cancellation leave the campaign cancelled, and the sums add up', async () => {
  const id = await startCampaign(app, { customRecipients: people(400, 5000) });
  await sentSome(id, 10);
  const actions: Action[] = Array.from({ length: 30 }, (_, i) =>
    i === 15 ? 'cancelCampaign' : i % 2 ? 'pauseCampaign' : 'resumeCampaign',
  );
  await Promise.all(actions.map((action) => act(app, action, id)));
  expect((await stats(app, id)).status).toBe('CANCELLED');
  await waitFor(async () => (await stats(app, id)).queuedCount === 0, { what: 'the rest is skipped' });
  await webhooksDelivered(app);
  const messages = await expectConsistent(app, id);
  expect((await stats(app, id)).skippedCount).toBe(400 - messages.length);
});
