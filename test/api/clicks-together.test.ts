import { setTimeout as delay } from 'node:timers/promises';
import { App } from '../support/app';
import {
  createCampaign,
  people,
  phoneOf,
  reached,
  sendCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { expectCountersAreRows } from '../support/consistency';
import { browser, openLink } from '../support/visits';
import { waitFor } from '../support/wait';
import { killHard, startApiProcess } from '../support/worker-process';

let app: App;

beforeAll(async () => {
  app = await App.start({ behaviour: { clickShare: 0, previewShare: 0, deliveredShare: 0.5, readShare: 0 } });
});
afterAll(() => app?.close());

/** A campaign that was sent, and about half of whose messages are reported as delivered. @returns its id and the links of its people */
async function sent(count: number, from: number): Promise<{ id: string; links: string[] }> {
  const customRecipients = people(count, from);
  const id = await createCampaign(app, {
    customRecipients,
    messageText: 'Hi {{name}} {{link}}',
    linkUrl: 'https://shop.example.com/',
  });
  await sendCampaign(app, id);
  await reached(app, id);
  await webhooksDelivered(app);
  const texts = new Map((await app.ledger()).map(({ to, text }) => [to, text]));
  const linkTo = (i: number) => /https?:\S+/.exec(texts.get(phoneOf(from + i)) ?? '')?.[0] ?? '';
  return { id, links: customRecipients.map((_, i) => linkTo(i)) };
}

const storedOf = async (id: string) =>
  (
    await app.database.query<{ id: string }[]>(`SELECT id FROM clicks WHERE campaign_id = $1 AND NOT bot`, [
      id,
    ])
  )
    .map((row) => row.id)
    .sort();

test('clicks that come in together are committed together, and counted as if one after the other', async () => {
  const campaigns = [await sent(60, 0), await sent(60, 100)];
  for (const { id } of campaigns) expect((await stats(app, id)).deliveredCount).toBeLessThan(60);
  const before = await Promise.all(campaigns.map(({ id }) => stats(app, id)));
  // while the first set waits for the campaigns, the others come in, however slow the machine is
  const runner = app.database.createQueryRunner();
  await runner.startTransaction();
  await runner.query(`SELECT FROM campaigns WHERE id = ANY ($1) FOR UPDATE`, [campaigns.map(({ id }) => id)]);
  // everybody three times and a program once, of two campaigns in turns
  const clicks = campaigns[0]!.links.flatMap((_, i) =>
    [browser, browser, 'curl/8.5.0', browser].flatMap((agent) =>
      campaigns.map(({ links }) => openLink(links[i] ?? '', agent)),
    ),
  );
  await delay(700);
  await runner.commitTransaction();
  await runner.release();
  const answered = await Promise.all(clicks);
  for (const [i, { id }] of campaigns.entries()) {
    const now = await stats(app, id);
    // whoever clicked has received the message
    expect(now).toMatchObject({ clickedCount: 60, clicks: 180, botClicks: 60, deliveredCount: 60 });
    expect(await storedOf(id)).toEqual(answered.filter((click, j) => click && j % 2 === i).sort());
    // one version for each set, and one where the set proved deliveries
    expect(now.version - (before[i]?.version ?? 0)).toBeLessThan(120);
    await expectCountersAreRows(app, id);
  }
});

test('a campaign that is locked does not hold up the links of another', async () => {
  const [locked, free] = [await sent(2, 200), await sent(2, 300)];
  const runner = app.database.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(`SELECT FROM campaigns WHERE id = $1 FOR UPDATE`, [locked.id]);
    const waiting = openLink(locked.links[0] ?? '');
    const since = performance.now();
    await openLink(free.links[0] ?? '');
    expect(performance.now() - since).toBeLessThan(1000);
    await runner.rollbackTransaction();
    expect(await waiting).toBeDefined();
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
  expect(await stats(app, locked.id)).toMatchObject({ clickedCount: 1, clicks: 1 });
});

test('every click that was answered is stored when the api is killed with kill -9', async () => {
  const { id, links } = await sent(100, 400);
  const api = await startApiProcess(app);
  const answered: string[] = [];
  let running = true;
  const visitors = Array.from({ length: 20 }, async (_, i) => {
    for (let j = i; running; j++) {
      const link = links[j % links.length]?.replace(app.url, api.url) ?? '';
      const click = await openLink(link).catch(() => undefined);
      if (click) answered.push(click);
    }
  });
  await waitFor(() => answered.length >= 200, { what: 'many are answered', timeoutMs: 30_000 });
  await killHard(api.child);
  running = false;
  await Promise.all(visitors);
  const stored = new Set(await storedOf(id));
  expect(answered.filter((click) => !stored.has(click))).toEqual([]);
  await expectCountersAreRows(app, id);
});
