import { inflateSync } from 'node:zlib';
import { Role } from '../../src/accounts/viewer';
import { wrongMedia } from '../../src/catalog/media/media-type';
import { startWorkerRole } from '../../src/compose';
import { verifyCampaign } from '../../src/consistency/verify';
import { seedDemo } from '../../src/start/demo/seed';
import type { Demo } from '../../src/start/demo/seed';
import { actAsShoppers } from '../../src/start/demo/shoppers';
import { App } from '../support/app';
import { webhooksDelivered } from '../support/campaigns';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';

/** The demo business as `npm start` makes it, with its sale sent. */
let app: App;
let demo: Demo;

const quiet = () => undefined;

async function seeded(): Promise<Demo> {
  const found = await seedDemo(app.database, app.config, quiet);
  if (!found) throw new Error('The database is not empty');
  return found;
}

const act = async () =>
  actAsShoppers(
    demo,
    {
      apiUrl: app.url,
      simulatorUrl: app.simulator.url,
      token: await app.token({ role: Role.MARKETER, businessIds: [demo.businessId] }),
    },
    new AbortController().signal,
  );

beforeAll(async () => {
  app = await App.start({ workers: 0 });
  // the demo fills an empty database
  await app.database.query(`DELETE FROM senders; DELETE FROM businesses`);
  demo = await seeded();
  await app.database.query(`UPDATE senders SET messages_per_second = 1000`);
  const token = await app.token({ role: Role.MARKETER, businessIds: [demo.businessId] });
  const failures = { '131026': 0.05, '131049': 0.05, '130472': 0.05 };
  await app.behave({ failures, shop: { businessId: demo.businessId, token, currency: 'INR' } });
  app.workers.push(await startWorkerRole(app.config, silent));
});
afterAll(() => app?.close());

interface Overview {
  campaigns: {
    campaigns: {
      id: string;
      campaignName: string;
      status: string;
      missing: string[];
      schedule: { localTime: string } | null;
      failures: { code: number }[];
      lift: { holdoutSize: number; holdoutConverted: number; low: number | null; high: number | null } | null;
      links: { people: number; clicks: number }[];
      timeline: { sent: number; delivered: number; read: number; clicked: number }[];
      stats: Record<(typeof counts)[number], number> & { revenue: object[]; cost: object[] };
    }[];
  };
  templates: { status: string; variables: { kind: string }[] }[];
}

const counts = [
  'sentCount',
  'readCount',
  'failedCount',
  'clickedCount',
  'convertedCount',
  'repliedCount',
  'optedOutCount',
] as const;

const overview = `query ($id: ID!) {
  campaigns(businessId: $id) { campaigns {
    id campaignName status missing schedule { localTime } failures { code } lift { holdoutSize holdoutConverted low high }
    links { people clicks } timeline(bucket: MINUTE) { sent delivered read clicked }
    stats { ${counts.join(' ')} revenue { currency } cost { currency } }
  } }
  templates(businessId: $id) { status variables { kind } }
}`;

async function look(): Promise<Overview> {
  const token = await app.token({ businessIds: [demo.businessId] });
  return app.data<Overview>(overview, { id: demo.businessId }, token);
}

test('the sale is sent by a worker, people answer it once, and every figure agrees with the rows', async () => {
  await act();
  const sale = await waitFor(
    async () => {
      const found = (await look()).campaigns.campaigns.find(({ id }) => id === demo.saleId);
      return found && counts.every((name) => found.stats[name] > 0) ? found : undefined;
    },
    { what: 'there is something to show of everything', timeoutMs: 30_000 },
  );
  await webhooksDelivered(app);
  expect(sale.status).toBe('COMPLETED');
  expect(sale.stats).toMatchObject({ revenue: [{ currency: 'INR' }], cost: [{ currency: 'USD' }] });
  expect(sale.failures.map(({ code }) => code).sort()).toEqual([130472, 131026, 131049]);
  expect(sale.lift?.holdoutSize).toBeGreaterThan(100);
  expect(sale.lift?.holdoutConverted).toBeGreaterThan(0);
  expect(sale.lift?.low).toBeLessThan(sale.lift?.high ?? NaN);
  // every chart of its page has something to show
  for (const name of ['people', 'clicks'] as const)
    expect(sale.links.reduce((sum, link) => sum + link[name], 0)).toBeGreaterThan(0);
  for (const name of ['sent', 'delivered', 'read', 'clicked'] as const)
    expect(sale.timeline.reduce((sum, point) => sum + point[name], 0)).toBeGreaterThan(0);
  const verification = await verifyCampaign(app.database, sale.id);
  expect(verification?.checks.filter(({ holds }) => !holds)).toEqual([]);

  const replies = async () => (await app.database.query<object[]>('SELECT FROM suppressions')).length;
  const before = await replies();
  await act();
  await webhooksDelivered(app);
  expect(await replies()).toBe(before);
});

test('there is a campaign of tomorrow, a draft to send and one that lacks its message', async () => {
  const { campaigns } = await look();
  const shown = campaigns.campaigns.map(({ campaignName, status, missing, schedule }) => ({
    campaignName,
    status,
    lacks: missing.length,
    at: schedule?.localTime.slice(-5),
  }));
  expect(shown.slice(1)).toEqual([
    { campaignName: 'Diwali offer for customers', status: 'DRAFT', lacks: 0, at: undefined },
    { campaignName: 'Festive offer for Gold members, in Hindi', status: 'SCHEDULED', lacks: 0, at: '10:00' },
    { campaignName: 'New arrivals for hot leads', status: 'DRAFT', lacks: 1, at: undefined },
  ]);
});

test('templates take a value of every kind', async () => {
  const { templates } = await look();
  const kinds = templates
    .filter(({ status }) => status === 'APPROVED')
    .flatMap(({ variables }) => variables.map(({ kind }) => kind));
  const all = `TEXT IMAGE VIDEO DOCUMENT GIF LOCATION COUPON URL_SUFFIX EXPIRES_AT PRODUCT PRODUCTS FLOW`;
  expect([...new Set(kinds)].sort()).toEqual(all.split(' ').sort());
});

test('every product has a picture of its own, which WhatsApp takes', async () => {
  const pictures = await app.database.query<{ name: string; type: string; content: Buffer }[]>(
    `SELECT p.name, m.type, m.content FROM products p LEFT JOIN media m ON m.id = p.media_id`,
  );
  expect(pictures).toHaveLength(6);
  for (const { type, content } of pictures) {
    expect(wrongMedia(type, content)).toBeUndefined();
    const pixels = content.subarray(content.indexOf('IDAT') + 4, content.length - 16);
    expect(new Set(inflateSync(pixels)).size).toBeGreaterThan(10);
  }
  expect(new Set(pictures.map(({ content }) => content.toString('base64'))).size).toBe(6);
});

test('a second start finds the demo again and adds nothing', async () => {
  const before = await look();
  expect(await seeded()).toEqual(demo);
  const now = await look();
  expect(now.campaigns.campaigns.map(({ id }) => id)).toEqual(before.campaigns.campaigns.map(({ id }) => id));
  expect(now.templates).toHaveLength(before.templates.length);
});
