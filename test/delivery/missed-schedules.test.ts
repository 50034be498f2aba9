import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { startWorkerRole } from '../../src/compose';
import { App } from '../support/app';
import { accepted, createCampaign, people, reached, stats, statusReason } from '../support/campaigns';
import { silent } from '../support/database';
import { scheduleCampaign, soon } from '../support/schedules';
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
