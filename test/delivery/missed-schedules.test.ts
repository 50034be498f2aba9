import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { startWorkerRole } from '../../src/compose';
import { App } from '../support/app';
import {
  accepted,
  addSender,
  createCampaign,
  people,
  reached,
  stats,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import { silent } from '../support/database';
import { clock, limitedBy, scheduleCampaign, soon } from '../support/schedules';
import { waitFor } from '../support/wait';

/** Schedules whose time comes while no worker runs. */
let app: App;

beforeAll(async () => {
  app = await App.start({ workers: 0 });
});
afterAll(() => app?.close());

const passed = (time: string) =>
  waitFor(() => Date.now() > Date.parse(time) + 200, { what: 'the time has passed' });

test('they start within five seconds of a worker, unless their deadline has passed', async () => {
  const [late, missed, future] = [
    await createCampaign(app, { customRecipients: people(4) }),
    await createCampaign(app, { customRecipients: people(4, 10) }),
    await createCampaign(app, { customRecipients: people(4, 20) }),
  ];
  const deadline = soon(3000);
  await scheduleCampaign(app, late, { sendAt: soon(1000), deadline: soon(3_600_000) });
  await scheduleCampaign(app, missed, { sendAt: soon(1000), deadline });
  await scheduleCampaign(app, future, { sendAt: soon(3_600_000) });
  await passed(deadline);
  const since = Date.now();
  const worker = await startWorkerRole(app.config, silent);
  try {
    expect(await reached(app, late)).toMatchObject({ sentCount: 4 });
    const [{ acceptedAtMs = Infinity } = {}] = await accepted(app, late);
    expect(acceptedAtMs - since).toBeLessThan(5000);
    await reached(app, missed, 'CANCELLED');
    expect(await statusReason(app, missed)).toBe(
      `The deadline (${deadline}) passed before the campaign could start`,
    );
    await waitFor(async () => (await stats(app, missed)).queuedCount === 0, { what: 'everybody is skipped' });
    expect(await stats(app, missed)).toMatchObject({ skippedCount: 4, totalRecipients: 4, startedAt: null });
    expect(await accepted(app, missed)).toEqual([]);
    expect((await stats(app, future)).status).toBe('SCHEDULED');
  } finally {
    await worker.stop();
  }
});

/** Runs a worker until the work is done, and stops it then, as at the end of a process. */
async function withWorker<T>(work: () => Promise<T>): Promise<T> {
  const worker = await startWorkerRole(app.config, silent);
  try {
    return await work();
  } finally {
    await worker.stop();
  }
}

/** As if the window, which is open now in Kolkata, had closed a minute ago: the clock of the test cannot be moved. */
async function closeWindow(id: string): Promise<void> {
  const [from, to] = [clock('Asia/Kolkata', -120), clock('Asia/Kolkata', -1)];
  await app.database.query(
    `UPDATE campaigns SET schedule = jsonb_set(schedule, '{window}', schedule -> 'window' || $2::jsonb) WHERE id = $1`,
    [id, JSON.stringify({ from, to })],
  );
  await app.database.query(
    `UPDATE campaign_feeds SET closes_at = now() - interval '1 minute' WHERE campaign_id = $1`,
    [id],
  );
}

/** Waits until the campaign waits for its window. @returns the time of its next opening, in ms */
async function nextOpening(id: string): Promise<number> {
  await waitFor(async () => (await limitedBy(app, id)) === 'WINDOW', { what: 'it waits for the window' });
  const opensAt = await waitFor(
    async () => {
      const [feed] = await app.database.query<{ opens_at: Date | null }[]>(
        `SELECT opens_at FROM campaign_feeds WHERE campaign_id = $1 AND opens_at > now()`,
        [id],
      );
      return feed?.opens_at;
    },
    { what: 'the next opening is written' },
  );
  return opensAt.getTime();
}

/** As if the next opening had come. */
async function openWindow(id: string): Promise<void> {
  await app.database.query(
    `UPDATE campaign_feeds SET opens_at = now(), closes_at = now() + interval '1 hour' WHERE campaign_id = $1`,
    [id],
  );
}

const openNow = () => ({ from: clock('Asia/Kolkata', -60), to: clock('Asia/Kolkata', 60) });
const [almostADayMs, dayMs] = [21 * 3_600_000, 24 * 3_600_000];

test('a window that closed meanwhile is not made up for: the campaign waits for the next opening', async () => {
  const id = await createCampaign(app, { customRecipients: people(4, 40) });
  const sendAt = soon(1000);
  await scheduleCampaign(app, id, { sendAt, window: openNow() });
  await passed(sendAt);
  await closeWindow(id);
  await withWorker(async () => {
    await reached(app, id, 'ACTIVE');
    const opensInMs = (await nextOpening(id)) - Date.now();
    expect(opensInMs).toBeGreaterThan(almostADayMs);
    expect(opensInMs).toBeLessThan(dayMs);
    expect(await accepted(app, id)).toEqual([]);
    await openWindow(id);
    expect(await reached(app, id)).toMatchObject({ sentCount: 4, totalRecipients: 4 });
  });
});

/** Sends some of 200 people by a slow number, and then no worker runs. @returns how many got it */
async function beginSlowly(id: string): Promise<number> {
  await withWorker(() =>
    waitFor(async () => (await accepted(app, id)).length > 5, { what: 'some got it', timeoutMs: 20_000 }),
  );
  const sent = (await accepted(app, id)).length;
  expect(sent).toBeLessThan(150);
  return sent;
}

test('a window that closed while its campaign was being sent and no worker ran: nobody more gets it before the next', async () => {
  const { id: senderId } = await addSender(app, 20);
  const id = await createCampaign(app, { customRecipients: people(200, 100), senderId });
  await scheduleCampaign(app, id, { sendAt: soon(1000), window: openNow() });
  const sent = await beginSlowly(id);
  await closeWindow(id);
  await withWorker(async () => {
    expect((await nextOpening(id)) - Date.now()).toBeGreaterThan(almostADayMs);
    expect(await accepted(app, id)).toHaveLength(sent);
    await openWindow(id);
    expect(await reached(app, id)).toMatchObject({ sentCount: 200 });
    expect(await accepted(app, id)).toHaveLength(200);
  });
});

test('a deadline that passed while its campaign was being sent and no worker ran: nobody more gets it', async () => {
  const { id: senderId } = await addSender(app, 20);
  const id = await createCampaign(app, { customRecipients: people(200, 300), senderId });
  const deadline = soon(6000);
  await scheduleCampaign(app, id, { sendAt: soon(1000), deadline });
  const sent = await beginSlowly(id);
  await passed(deadline);
  await withWorker(async () => {
    expect(await reached(app, id)).toMatchObject({ sentCount: sent, skippedCount: 200 - sent });
    await webhooksDelivered(app);
    expect(await expectConsistent(app, id)).toHaveLength(sent);
    const reasons = await app.database.query<{ reason: string }[]>(
      `SELECT DISTINCT skipped_reason AS reason FROM campaign_recipients WHERE campaign_id = $1 AND status = 'SKIPPED'`,
      [id],
    );
    expect(reasons).toEqual([{ reason: 'DEADLINE' }]);
  });
});

test('a schedule waits while WhatsApp cannot be reached for the template for two seconds at most', async () => {
  const id = await createCampaign(app, {
    customRecipients: people(2, 30),
    whatsappTemplateName: 'weekend_sale',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['{{name}}'],
    linkUrl: 'https://shop.example.com/',
  });
  const sendAt = soon(1500);
  await scheduleCampaign(app, id, { sendAt });
  // a WhatsApp that takes connections and never answers
  const sockets = new Set<Socket>();
  const silence = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  await once(silence, 'listening');
  const { port } = silence.address() as AddressInfo;
  const whatsapp = { ...app.config.whatsapp, apiUrl: `http://127.0.0.1:${port}` };
  const worker = await startWorkerRole({ ...app.config, whatsapp }, silent);
  try {
    const { startedAt } = await waitFor(
      async () => {
        const now = await stats(app, id);
        return now.startedAt ? now : undefined;
      },
      { what: 'it has started' },
    );
    const ms = Date.parse(startedAt ?? '') - Date.parse(sendAt);
    expect(ms).toBeGreaterThanOrEqual(0);
    expect(ms).toBeLessThan(5000);
    expect(sockets.size).toBeGreaterThan(0);
  } finally {
    for (const socket of sockets) socket.destroy();
    silence.close();
    await worker.stop();
  }
});
