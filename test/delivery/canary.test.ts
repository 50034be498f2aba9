import { App } from '../support/app';
import {
  accepted,
  act,
  createCampaign,
  people,
  phoneOf,
  reached,
  sendCampaign,
  startCampaign,
  stats,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import { waitFor } from '../support/wait';

let app: App;

beforeAll(async () => {
  app = await App.start();
});
afterAll(() => app?.close());

const canary = { percent: 10, minimum: 5, waitMinutes: 0.05, maxFailurePercent: 20, maxOptOutPercent: 20 };

interface CanaryNow {
  size: number | null;
  state: string | null;
}

async function canaryOf(id: string): Promise<CanaryNow> {
  const { campaign } = await app.data<{ campaign: { canary: CanaryNow } }>(
    `query ($id: ID!) { campaign(id: $id) { canary { size state } } }`,
    { id },
  );
  return campaign.canary;
}

const fail = (from: number, count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      phoneOf(from + i),
      { respond: { http: 400, code: 131026, details: 'Message undeliverable' } },
    ]),
  );

test('with good outcomes the canary is sent, then after the wait everybody else', async () => {
  const id = await startCampaign(app, { customRecipients: people(100), canary });
  await waitFor(async () => (await stats(app, id)).deliveredCount === 10, {
    what: 'the canary is delivered',
  });
  expect(await accepted(app, id)).toHaveLength(10);
  expect(await canaryOf(id)).toEqual({ size: 10, state: 'WAITING' });
  expect(await stats(app, id)).toMatchObject({ status: 'ACTIVE', queuedCount: 90 });
  const { campaign } = await app.data<{ campaign: { delivery: Record<string, unknown> } }>(
    `query ($id: ID!) { campaign(id: $id) { delivery { limitedBy eta inFlight } } }`,
    { id },
  );
  expect(campaign.delivery).toEqual({ limitedBy: 'CANARY', eta: null, inFlight: 0 });
  expect(await reached(app, id)).toMatchObject({ sentCount: 100 });
  expect(await canaryOf(id)).toEqual({ size: 10, state: 'PASSED' });
  await webhooksDelivered(app);
  expect(await expectConsistent(app, id)).toHaveLength(100);
});

test('too many failures pause the campaign at once with the reason; resumeCampaign sends to the others', async () => {
  await app.behave({ perNumber: fail(200, 3) });
  const id = await startCampaign(app, {
    customRecipients: people(60, 200),
    canary: { ...canary, minimum: 10 },
  });
  await reached(app, id, 'PAUSED');
  expect(await statusReason(app, id)).toMatch(
    /Of the first 10 messages 3 failed \(more than 20 %\).*not on WhatsApp.*131026/,
  );
  expect(await accepted(app, id)).toHaveLength(7);
  expect(await canaryOf(id)).toEqual({ size: 10, state: 'STOPPED' });
  await act(app, 'resumeCampaign', id);
  expect(await reached(app, id)).toMatchObject({ sentCount: 57, failedCount: 3 });
  expect(await canaryOf(id)).toMatchObject({ state: 'OVERRULED' });
});

test('a manual pause does not end the wait', async () => {
  const id = await startCampaign(app, {
    customRecipients: people(60, 400),
    canary: { ...canary, minimum: 10 },
  });
  await waitFor(async () => (await stats(app, id)).sentCount === 10, { what: 'the canary is sent' });
  await act(app, 'pauseCampaign', id);
  await act(app, 'resumeCampaign', id);
  expect((await canaryOf(id)).state).toBe('WAITING');
  expect(await reached(app, id)).toMatchObject({ sentCount: 60 });
});

test('opt-outs pause the campaign and are counted once a recipient', async () => {
  const id = await startCampaign(app, {
    customRecipients: people(40, 600),
    canary: { ...canary, minimum: 5, percent: 1, waitMinutes: 60, maxOptOutPercent: 10 },
  });
  await waitFor(async () => (await stats(app, id)).deliveredCount === 5, { what: 'the canary is delivered' });
  await app.database.query(
    `UPDATE campaign_recipients SET opted_out_at = now() WHERE campaign_id = $1 AND seq = 3`,
    [id],
  );
  await reached(app, id, 'PAUSED');
  expect(await statusReason(app, id)).toMatch(
    /Of the first 5 messages 1 led to an opt-out \(more than 10 %\)/,
  );
});

test('an audience no larger than the canary is sent without a wait', async () => {
  const id = await startCampaign(app, { customRecipients: people(30, 800), canary: {} });
  expect(await reached(app, id)).toMatchObject({ sentCount: 30 });
  expect(await canaryOf(id)).toEqual({ size: null, state: null });
});

test.each([
  [{ percent: 0 }, 'input.canary.percent'],
  [{ minimum: 0 }, 'input.canary.minimum'],
  [{ maxFailurePercent: 101 }, 'input.canary.maxFailurePercent'],
  [{ waitMinutes: -1 }, 'input.canary.waitMinutes'],
])('refuses %j and names the field', async (wrong, field) => {
  const { errors } = await app.graphql(
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id } }`,
    {
      input: {
        businessId: app.businessId,
        campaignName: 'Test',
        campaignType: 'PROMOTIONAL',
        audienceType: 'CUSTOM',
        messageText: 'Hi',
        customRecipients: people(1),
        canary: wrong,
      },
    },
  );
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
});

test('control: without the limit of the canary everybody is sent to before any outcome is known', async () => {
  await app.behave({ perNumber: fail(1000, 60) });
  const id = await createCampaign(app, { customRecipients: people(60, 1000), canary });
  await app.database.query(`UPDATE campaigns SET canary = NULL WHERE id = $1`, [id]);
  await sendCampaign(app, id);
  expect(await reached(app, id)).toMatchObject({ failedCount: 60 });
});
