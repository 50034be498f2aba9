import { App } from '../support/app';
import { act, createCampaign, people, reached, sendCampaign, startCampaign } from '../support/campaigns';
import { addSender } from '../support/campaigns';
import { waitFor } from '../support/wait';

let app: App;

beforeAll(async () => {
  app = await App.start();
});
afterAll(() => app?.close());

interface Delivery {
  rate: number;
  allowedRate: number;
  limitedBy: string | null;
  inFlight: number;
  eta: string | null;
}

async function delivery(id: string): Promise<Delivery> {
  const { campaign } = await app.data<{ campaign: { delivery: Delivery } }>(
    `query ($id: ID!) { campaign(id: $id) { delivery { rate allowedRate limitedBy inFlight eta } } }`,
    { id },
  );
  return campaign.delivery;
}

const nothing = { rate: 0, limitedBy: null, inFlight: 0, eta: null };

test('says how fast it is, what limits it, and when it will be over', async () => {
  const sender = await addSender(app, 40);
  const id = await createCampaign(app, { customRecipients: people(320), senderId: sender.id });
  expect(await delivery(id)).toEqual({ ...nothing, allowedRate: 40 });
  await sendCampaign(app, id);
  const now = await waitFor(
    async () => {
      const found = await delivery(id);
      return found.rate > 20 ? found : undefined;
    },
    { what: 'a rate' },
  );
  expect(now.limitedBy).toBe('SENDER_SPEED');
  expect(now.rate).toBeLessThanOrEqual(41);
  const left = Date.parse(now.eta as string) - Date.now();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(20_000);
  await act(app, 'pauseCampaign', id);
  await waitFor(async () => (await delivery(id)).inFlight === 0, { what: 'what is in the air has landed' });
  expect(await delivery(id)).toMatchObject({ limitedBy: null, eta: null });
});

test('a number that WhatsApp called too fast goes on at half its speed, for every campaign on it, and recovers', async () => {
  const sender = await addSender(app, 200);
  await app.behave({ messagesPerSecond: 50 });
  const id = await startCampaign(app, { customRecipients: people(300, 1000), senderId: sender.id });
  const slowed = await waitFor(
    async () => {
      const found = await delivery(id);
      return found.allowedRate < 150 ? found : undefined;
    },
    { what: 'the number is slower' },
  );
  expect(slowed.limitedBy).toBe('WHATSAPP');
  await app.behave({ messagesPerSecond: 0 });
  expect(await reached(app, id, 'COMPLETED', 25_000)).toMatchObject({ sentCount: 300, failedCount: 0 });
  const before = (await delivery(id)).allowedRate;
  await waitFor(async () => (await delivery(id)).allowedRate > before, { what: 'it recovers' });
});

test('another number is not slowed', async () => {
  const [slow, other] = [await addSender(app, 200), await addSender(app, 200)];
  await app.behave({
    perSender: { [slow.phoneNumberId]: { code: 130429, times: 20 } },
  });
  const id = await startCampaign(app, { customRecipients: people(50, 2000), senderId: slow.id });
  const free = await startCampaign(app, { customRecipients: people(50, 3000), senderId: other.id });
  await waitFor(async () => (await delivery(id)).allowedRate < 150, { what: 'the number is slower' });
  expect((await delivery(free)).allowedRate).toBe(200);
});
