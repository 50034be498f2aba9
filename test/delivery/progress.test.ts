import { ProgressReader } from '../../src/delivery/control/progress';
import { Throughput } from '../../src/delivery/send/throughput';
import { RateLimiter } from '../../src/delivery/send/rate-limiter';
import { connectRedis, whenReady } from '../../src/infra/redis';
import { App } from '../support/app';
import { act, createCampaign, people, reached, sendCampaign, startCampaign } from '../support/campaigns';
import { addSender } from '../support/campaigns';
import { silent } from '../support/database';
import { startProxied } from '../support/proxied-app';
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

test('Campaign.delivery has the rate, what limits it, and the estimated end', async () => {
  const sender = await addSender(app, 40);
  const id = await createCampaign(app, { customRecipients: people(320), senderId: sender.id });
  expect(await delivery(id)).toEqual({ ...nothing, allowedRate: 40 });
  await sendCampaign(app, id);
  const now = await waitFor(
    async () => {
      const found = await delivery(id);
      // on a busy machine the worker may be what limits it for a moment
      return found.rate > 20 && found.limitedBy === 'SENDER_SPEED' ? found : undefined;
    },
    { what: "a rate above 20 a second, limited by the sender's speed" },
  );
  expect(now.rate).toBeLessThanOrEqual(41);
  const left = Date.parse(now.eta as string) - Date.now();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(20_000);
  await act(app, 'pauseCampaign', id);
  await waitFor(async () => (await delivery(id)).inFlight === 0, { what: 'nothing is in flight' });
  expect(await delivery(id)).toMatchObject({ limitedBy: null, eta: null });
});

test('a sender that WhatsApp throttles continues at half its rate, for all its campaigns, and recovers', async () => {
  const sender = await addSender(app, 200);
  await app.behave({ messagesPerSecond: 50 });
  const id = await startCampaign(app, { customRecipients: people(300, 1000), senderId: sender.id });
  const slowed = await waitFor(
    async () => {
      const found = await delivery(id);
      return found.allowedRate < 150 ? found : undefined;
    },
    { what: 'the sender is slower' },
  );
  expect(slowed.limitedBy).toBe('WHATSAPP');
  await app.behave({ messagesPerSecond: 0 });
  expect(await reached(app, id, 'COMPLETED', 25_000)).toMatchObject({ sentCount: 300, failedCount: 0 });
  const before = (await delivery(id)).allowedRate;
  await waitFor(async () => (await delivery(id)).allowedRate > before, { what: 'the sender recovers' });
});

test('another sender is not slowed', async () => {
  const [slow, other] = [await addSender(app, 200), await addSender(app, 200)];
  await app.behave({
    perSender: { [slow.phoneNumberId]: { code: 130429, times: 20 } },
  });
  const id = await startCampaign(app, { customRecipients: people(50, 2000), senderId: slow.id });
  const free = await startCampaign(app, { customRecipients: people(50, 3000), senderId: other.id });
  await waitFor(async () => (await delivery(id)).allowedRate < 150, { what: 'the sender is slower' });
  expect((await delivery(free)).allowedRate).toBe(200);
});

const page = `query ($id: ID!) { campaigns(businessId: $id, limit: 100) { campaigns {
  id status delivery { rate allowedRate limitedBy inFlight eta } } } }`;

interface Page {
  campaigns: { campaigns: { id: string; status: string; delivery: Delivery }[] };
}

test('a page of campaigns takes one statement, and one Redis command each for throughput and rate limits', async () => {
  const ids = await Promise.all(
    Array.from({ length: 8 }, (_, i) => createCampaign(app, { customRecipients: people(1, 5000 + i) })),
  );
  const redis = connectRedis(app.config.redisUrl ?? '', 'commands', silent);
  await whenReady(redis, 2000);
  const statements: string[] = [];
  const { database } = app;
  const createQueryRunner = database.createQueryRunner.bind(database);
  database.createQueryRunner = (mode) => {
    statements.push('statement');
    return createQueryRunner(mode);
  };
  const sendCommand = redis.sendCommand.bind(redis);
  const commands: string[] = [];
  redis.sendCommand = (command, stream) => {
    commands.push(command.name);
    return sendCommand(command, stream);
  };
  try {
    const { redisPrefix } = app.config;
    const limiter = new RateLimiter(redis, redisPrefix);
    const reader = new ProgressReader(database, limiter, new Throughput(redis, redisPrefix), silent);
    const loader = reader.loader();
    // loads the scripts into Redis
    await loader.load(ids[0] ?? '');
    statements.length = commands.length = 0;
    const found = await Promise.all([...ids, ...ids.slice(0, 3)].map((id) => loader.load(id)));
    expect(found).toHaveLength(11);
    for (const one of found) expect(one).toEqual({ ...nothing, allowedRate: 1000 });
    expect(statements).toHaveLength(1);
    expect(commands).toHaveLength(2);
  } finally {
    database.createQueryRunner = createQueryRunner;
    redis.disconnect();
  }
});

describe('without Redis', () => {
  test.each(['cut', 'freeze'] as const)(
    '%s: a page has what PostgreSQL knows, without waiting',
    async (how) => {
      const proxied = await startProxied(app, { workers: 0 });
      try {
        const sender = await addSender(app, 30);
        const from = how === 'cut' ? 6000 : 7000;
        const running = await createCampaign(app, {
          customRecipients: people(600, from),
          senderId: sender.id,
        });
        await sendCampaign(app, running);
        const sent = await waitFor(async () => (await delivery(running)).rate > 0, {
          what: 'the campaign is being sent',
        });
        expect(sent).toBe(true);
        await proxied.redis[how]();
        const asked = performance.now();
        const { campaigns } = await proxied.app.data<Page>(page, { id: app.businessId });
        expect(performance.now() - asked).toBeLessThan(1500);
        expect(campaigns.campaigns.length).toBeGreaterThan(8);
        const of = (id: string) => campaigns.campaigns.find((one) => one.id === id)?.delivery;
        expect(of(running)).toMatchObject({ allowedRate: 30, limitedBy: null, eta: null });
        expect(of(running)?.rate).toBeGreaterThan(0);
        await act(app, 'cancelCampaign', running);
      } finally {
        await proxied.redis.cut();
        await proxied.stop();
      }
    },
  );
});
