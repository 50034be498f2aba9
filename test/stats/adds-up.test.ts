import { App } from '../support/app';
import {
  accepted,
  createCampaign,
  people,
  phoneOf,
  reached,
  sendCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import type { Accepted, Stats } from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import { waitFor } from '../support/wait';

const count = 2000;
const perSecond = 100;
/** Codes that WhatsApp reports by webhook, with their share; none of them is tried again by itself. */
const failures = { '131026': 0.03, '130472': 0.02, '131049': 0.02 };
/** So many of the last people are refused at once, with this code. */
const refused = { people: 40, code: 131026 };
/** A code that no catalogue knows, for so many before them. */
const unknown = { people: 10, code: 190_001 };

let app: App;

beforeAll(async () => {
  app = await App.start({ workers: 2, messagesPerSecond: perSecond });
});
afterAll(() => app?.close());

const moving = ['sent', 'delivered', 'read', 'failed', 'clicked', 'converted', 'replied'] as const;
type Moving = (typeof moving)[number];
type Point = { at: string } & Record<Moving, number>;

interface Behind {
  failures: { code: number | null; count: number }[];
  funnel: { step: string; count: number }[];
  minutes: Point[];
  hours: Point[];
  days: Point[];
}

const query = `query ($id: ID!) { campaign(id: $id) {
  failures { code count } funnel { step count }
  minutes: timeline(bucket: MINUTE) { at ${moving.join(' ')} }
  hours: timeline(bucket: HOUR) { at ${moving.join(' ')} }
  days: timeline(bucket: DAY) { at ${moving.join(' ')} } } }`;

const sumOf = (points: readonly Point[]) =>
  Object.fromEntries(moving.map((name) => [name, points.reduce((sum, point) => sum + point[name], 0)]));
const countersOf = (now: Stats) => Object.fromEntries(moving.map((name) => [name, now[`${name}Count`]]));

/** How many people the list of recipients has with a filter, by its totalCount. */
async function counted(id: string, filter: string): Promise<number> {
  const { campaign } = await app.data<{ campaign: { recipients: { totalCount: number } } }>(
    `query ($id: ID!) { campaign(id: $id) { recipients(first: 1, ${filter}) { totalCount } } }`,
    { id },
  );
  return campaign.recipients.totalCount;
}

/** What the messages of the simulator's ledger amount to. */
function ledgerOf(messages: readonly Accepted[]) {
  const having = (...wanted: string[]) =>
    messages.filter(({ statuses }) => statuses.some(({ status }) => wanted.includes(status))).length;
  const codes = new Map<number, number>();
  for (const { statuses } of messages) {
    const failed = statuses.find(({ status }) => status === 'failed') as { code?: number } | undefined;
    if (failed?.code !== undefined) codes.set(failed.code, (codes.get(failed.code) ?? 0) + 1);
  }
  return {
    sent: messages.length - having('failed'),
    delivered: having('delivered', 'read'),
    withoutDelivered: having('delivered', 'read') - having('delivered'),
    read: having('read'),
    failed: having('failed'),
    clicked: messages.filter(({ clickedAt }) => clickedAt).length,
    converted: messages.filter(({ convertedAt }) => convertedAt).length,
    codes,
  };
}

test('statuses three times each, shuffled over the whole run, a tenth before the answer, a tenth without `delivered`: all figures are the same', async () => {
  const firstRefused = count - refused.people;
  const perNumber = Object.fromEntries([
    ...Array.from({ length: refused.people }, (_, i) => [
      phoneOf(firstRefused + i),
      { respond: { http: 400, code: refused.code } },
    ]),
    ...Array.from({ length: unknown.people }, (_, i) => [
      phoneOf(firstRefused - unknown.people + i),
      { fail: unknown.code },
    ]),
  ]) as Record<string, unknown>;
  await app.behave({
    failures,
    perNumber,
    failAfterSentShare: 0.5,
    deliveredShare: 0.95,
    // of the messages that are read
    readShare: 0.8,
    skipDeliveredShare: 0.125,
    clickShare: 0.2,
    previewShare: 0.1,
    conversionShare: 0.3,
    shop: { businessId: app.businessId, token: await app.token(), currency: 'INR' },
    webhooks: {
      duplicateShare: 1,
      duplicateTimes: 2,
      shuffle: true,
      // sending takes this long
      shuffleWindowMs: (count / perSecond) * 1000,
      raceShare: 0.1,
      batchSize: 100,
    },
  });
  const id = await createCampaign(app, {
    customRecipients: people(count),
    messageText: 'Hi {{name}} {{link}}',
    linkUrl: 'https://shop.example.com/',
  });
  await sendCampaign(app, id);
  await reached(app, id, 'COMPLETED', 200_000);
  await webhooksDelivered(app, 120_000);
  const messages = await expectConsistent(app, id);
  // a click is followed by its order, which the webhooks do not wait for
  await waitFor(
    async () => (await stats(app, id)).convertedCount === ledgerOf(await accepted(app, id)).converted,
    {
      what: 'the orders are counted',
    },
  );

  const now = await stats(app, id);
  const ledger = ledgerOf(await accepted(app, id, ['statuses', 'clickedAt', 'convertedAt']));
  expect(messages).toHaveLength(count - refused.people);
  const wanted = {
    sent: ledger.sent,
    delivered: ledger.delivered,
    read: ledger.read,
    failed: ledger.failed + refused.people,
    clicked: ledger.clicked,
    converted: ledger.converted,
    replied: 0,
  };
  expect(countersOf(now)).toEqual(wanted);
  // about as many of each as were asked for
  expect(ledger.withoutDelivered).toBeGreaterThan(ledger.delivered * 0.05);
  expect(ledger.clicked).toBeGreaterThan(count * 0.1);
  expect(ledger.converted).toBeGreaterThan(count * 0.02);

  const { campaign } = await app.data<{ campaign: Behind }>(query, { id });
  for (const points of [campaign.minutes, campaign.hours, campaign.days])
    expect(sumOf(points)).toEqual(countersOf(now));
  const codes = new Map(ledger.codes);
  codes.set(refused.code, (codes.get(refused.code) ?? 0) + refused.people);
  expect(codes.size).toBe(4);
  expect(codes.get(unknown.code)).toBe(unknown.people);
  expect(new Map(campaign.failures.map((one) => [one.code, one.count]))).toEqual(codes);
  expect(campaign.failures.reduce((sum, one) => sum + one.count, 0)).toBe(now.failedCount);
  expect(campaign.funnel.map(({ step, count: people_ }) => [step, people_])).toEqual([
    ['AUDIENCE', count],
    ['SENT', wanted.sent],
    ['DELIVERED', wanted.delivered],
    ['READ', wanted.read],
    ['CLICKED', wanted.clicked],
    ['REPLIED', 0],
    ['CONVERTED', wanted.converted],
  ]);

  const listed = (filter: string) => counted(id, filter);
  expect(await listed('status: [SENT, DELIVERED, READ]')).toBe(now.sentCount);
  expect(await listed('status: [DELIVERED, READ]')).toBe(now.deliveredCount);
  expect(await listed('status: READ')).toBe(now.readCount);
  expect(await listed('status: FAILED')).toBe(now.failedCount);
  expect(await listed('outcome: CLICKED')).toBe(now.clickedCount);
  expect(await listed('outcome: CONVERTED')).toBe(now.convertedCount);
  for (const [code, people_] of codes) expect(await listed(`errorCode: ${code}`)).toBe(people_);
}, 360_000);
