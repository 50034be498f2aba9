import { DeliveryQueue, sendWindow } from '../../src/delivery/queue';
import { Sweep } from '../../src/delivery/sweep/sweep';
import { connectRedis, whenReady } from '../../src/infra/redis';
import { App } from '../support/app';
import { people, startCampaign } from '../support/campaigns';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';

const campaigns = 12;

let app: App;
const sweepers: Sweeper[] = [];

/** The sweep of a worker without its timer, which counts its Redis commands. */
interface Sweeper {
  sweep: Sweep;
  commands: string[];
  stop(): Promise<void>;
}

async function sweeper(): Promise<Sweeper> {
  const redis = connectRedis(app.config.redisUrl ?? '', 'commands', silent);
  await whenReady(redis, 2000);
  const queue = new DeliveryQueue(redis, app.config.redisPrefix, () => undefined);
  const commands: string[] = [];
  const sendCommand = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    // commands of BullMQ for a new queue
    if (command.name !== 'hset') commands.push(command.name);
    return sendCommand(command, stream);
  };
  const made = {
    sweep: new Sweep(app.database, queue, () => Promise.resolve(), 900_000, silent),
    commands,
    stop: async () => {
      await queue.close();
      redis.disconnect();
    },
  };
  sweepers.push(made);
  return made;
}

beforeAll(async () => {
  app = await App.start({ workers: 0 });
  for (let i = 0; i < campaigns; i++) await startCampaign(app, { customRecipients: people(1, i) });
  // everybody can be claimed
  await app.database.query(
    `WITH feeds AS (INSERT INTO campaign_feeds (campaign_id, open_until) SELECT id, 1 FROM campaigns)
     UPDATE campaigns SET materialised_at = now()`,
  );
});
afterAll(async () => {
  for (const each of sweepers) await each.stop();
  await app?.close();
});

async function keys(pattern: string): Promise<string[]> {
  const redis = connectRedis(app.config.redisUrl ?? '', 'commands', silent);
  await whenReady(redis, 2000);
  const found = await redis.keys(`*${app.test.name}*:${pattern}`);
  redis.disconnect();
  return found;
}

/** Waits until no sweep has the turn to send reminders. */
function turnIsFree(): Promise<unknown> {
  return waitFor(async () => (await keys('reminders')).length === 0, { what: 'the turn is over' });
}

test('in each round one of several workers sends the reminders of all campaigns; the others use one command', async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => sweeper()));
  await Promise.all(all.map(({ sweep }) => sweep.runOnce()));
  expect(await keys('campaign-messages:send-*')).toHaveLength(campaigns * sendWindow);
  const asked = all.map(({ commands }) => commands.length).sort((a, b) => a - b);
  expect(asked.slice(0, 3)).toEqual([1, 1, 1]);
  expect(asked[3]).toBeGreaterThan(campaigns);
  await turnIsFree();
  for (const { commands } of all) commands.length = 0;
  await all[0]?.sweep.runOnce();
  expect(all[0]?.commands.length).toBeGreaterThan(campaigns);
});

test('the state of a job is read only for campaigns without progress since the last round', async () => {
  const { sweep, commands } = await sweeper();
  const round = async (): Promise<number> => {
    await turnIsFree();
    commands.length = 0;
    await sweep.runOnce();
    return commands.length;
  };
  const unknown = await round();
  await app.database.query(`UPDATE campaigns SET version = version + 1`);
  const moved = await round();
  const stuck = await round();
  expect([unknown - moved, stuck - moved]).toEqual([campaigns * sendWindow, campaigns * sendWindow]);
}, 15_000);

test('without an active campaign no Redis command is sent', async () => {
  await app.database.query(`UPDATE campaigns SET status = 'PAUSED'`);
  const { sweep, commands } = await sweeper();
  await sweep.runOnce();
  expect(commands).toEqual([]);
});
