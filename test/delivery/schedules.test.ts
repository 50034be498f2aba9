import { openingAt } from '../../src/campaigns/schedule/window';
import { Weekday } from '../../src/campaigns/schedule/schedule';
import { verifyCampaign } from '../../src/consistency/verify';
import { App } from '../support/app';
import {
  accepted,
  act,
  addSender,
  createCampaign,
  people,
  reached,
  sendCampaign,
  stats,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import {
  clock,
  limitedBy,
  scheduleCampaign,
  scheduled,
  soon,
  unscheduleCampaign,
} from '../support/schedules';
import { waitFor } from '../support/wait';

let app: App;
let from = 0;

beforeAll(async () => {
  app = await App.start({ workers: 2 });
});
afterAll(() => app?.close());

function draft(count = 3, input: Record<string, unknown> = {}): Promise<string> {
  from += count;
  return createCampaign(app, { customRecipients: people(count, from - count), ...input });
}

/** A draft to these numbers. */
function draftTo(phones: readonly string[], input: Record<string, unknown> = {}): Promise<string> {
  return draft(1, { customRecipients: phones.map((phone) => ({ name: 'A', phone })), ...input });
}

/** When WhatsApp accepted the messages of a campaign, in ms. */
async function acceptedAt(id: string): Promise<number[]> {
  return (await accepted(app, id)).map((one) => one.acceptedAtMs).sort((a, b) => a - b);
}

async function skippedReasons(id: string): Promise<Record<string, number>> {
  const found = await app.database.query<{ reason: string; count: number }[]>(
    `SELECT skipped_reason AS reason, count(*)::int AS count FROM campaign_recipients
     WHERE campaign_id = $1 AND status = 'SKIPPED' GROUP BY 1`,
    [id],
  );
  return Object.fromEntries(found.map(({ reason, count }) => [reason, count]));
}

/** The invariants that do not hold. */
async function broken(id: string): Promise<unknown[]> {
  const found = await verifyCampaign(app.database, id);
  return found?.checks.filter(({ holds }) => !holds) ?? ['no such campaign'];
}

async function feed(id: string): Promise<{ opens_at: Date | null; closes_at: Date | null } | undefined> {
  const [found] = await app.database.query<{ opens_at: Date | null; closes_at: Date | null }[]>(
    `SELECT opens_at, closes_at FROM campaign_feeds WHERE campaign_id = $1`,
    [id],
  );
  return found;
}

const everyDay = Object.values(Weekday);
/** Closed now in Kolkata, and for two hours. */
const closed = () => ({ from: clock('Asia/Kolkata', 120), to: clock('Asia/Kolkata', 240) });

describe('a schedule', () => {
  it('starts the campaign at its time, once, and stays visible', async () => {
    const id = await draft(5);
    const sendAt = soon(2500);
    await scheduleCampaign(app, id, { sendAt });
    expect(await reached(app, id)).toMatchObject({ sentCount: 5, totalRecipients: 5 });
    await webhooksDelivered(app);
    expect(await expectConsistent(app, id)).toHaveLength(5);
    const [first = 0] = await acceptedAt(id);
    expect(first - Date.parse(sendAt)).toBeGreaterThanOrEqual(0);
    expect(first - Date.parse(sendAt)).toBeLessThan(5000);
    expect(await scheduled(app, id)).toMatchObject({ status: 'COMPLETED', schedule: { sendAt } });
  });

  it('that was replaced or removed does not start at its former time', async () => {
    const [later, draftAgain, witness] = [await draft(), await draft(), await draft()];
    for (const id of [later, draftAgain]) await scheduleCampaign(app, id, { sendAt: soon(1500) });
    await scheduleCampaign(app, later, { sendAt: soon(3_600_000) });
    await unscheduleCampaign(app, draftAgain);
    await scheduleCampaign(app, witness, { sendAt: soon(2500) });
    await reached(app, witness);
    expect((await stats(app, later)).status).toBe('SCHEDULED');
    expect((await stats(app, draftAgain)).status).toBe('DRAFT');
    expect([...(await accepted(app, later)), ...(await accepted(app, draftAgain))]).toEqual([]);
  });

  it('whose template cannot be sent at its time pauses the campaign; resumed after that, it goes out', async () => {
    const id = await draft(3, {
      whatsappTemplateName: 'order_followup',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{firstName}}'],
      linkUrl: 'https://shop.example.com/',
    });
    const edit = (text: string) =>
      app.steer('PUT', 'templates', {
        name: 'order_followup',
        language: 'en',
        webhook: false,
        components: [{ type: 'BODY', text }],
      });
    await scheduleCampaign(app, id, { sendAt: soon(1500) });
    await edit('Hi {{first_name}}, your order {{order}} has arrived, is it right?');
    expect(await reached(app, id, 'PAUSED')).toMatchObject({ queuedCount: 3, startedAt: null });
    expect(await statusReason(app, id)).toBe(
      'The scheduled start was not possible: The template order_followup was changed at WhatsApp: it has 2 parameters now, the campaign gives 1',
    );
    await edit('Hi {{first_name}}, your order has arrived, is it right?');
    await act(app, 'resumeCampaign', id);
    expect(await reached(app, id)).toMatchObject({ sentCount: 3 });
  });

  it('with nobody left in the audience at its time ends as FAILED', async () => {
    const id = await draft(1);
    const [{ phone } = { phone: '' }] = people(1, from - 1);
    await scheduleCampaign(app, id, { sendAt: soon(1500) });
    await app.data(
      `mutation ($id: ID!, $phones: [String!]!) { optOut(businessId: $id, phones: $phones, reason: "asked") { changed } }`,
      { id: app.businessId, phones: [phone] },
    );
    expect(await reached(app, id, 'FAILED')).toMatchObject({
      totalRecipients: 0,
      queuedCount: 0,
      excludedCount: 1,
    });
    expect(await statusReason(app, id)).toContain('nobody to send to');
    await expect(sendCampaign(app, id)).rejects.toThrow('CONFLICT');
  });
});

describe('a window', () => {
  it('that is closed keeps the started campaign waiting, without jobs', async () => {
    const id = await draft(5);
    await scheduleCampaign(app, id, { sendAt: soon(1000), window: closed() });
    await reached(app, id, 'ACTIVE');
    await waitFor(async () => (await limitedBy(app, id)) === 'WINDOW', { what: 'it waits for the window' });
    await waitFor(async () => (await jobs(id)) === 0, { what: 'no job is left' });
    expect(await accepted(app, id)).toEqual([]);
    expect(await broken(id)).toEqual([]);
    // the next opening
    await app.database.query(`UPDATE campaign_feeds SET opens_at = now() WHERE campaign_id = $1`, [id]);
    expect(await reached(app, id)).toMatchObject({ sentCount: 5 });
  });

  it('that closes stops the sending, and opens again at its next time', async () => {
    const sender = await addSender(app, 20);
    const id = await draft(400, { senderId: sender.id });
    const window = closed();
    await scheduleCampaign(app, id, { sendAt: soon(1000), window });
    await reached(app, id, 'ACTIVE');
    await waitFor(async () => (await feed(id)) !== undefined, { what: 'the audience is stored' });
    const next = openingAt({ ...window, days: everyDay }, 'Asia/Kolkata', new Date());
    expect(await feed(id)).toEqual({ opens_at: next.opensAt, closes_at: next.closesAt });
    await app.database.query(
      `UPDATE campaign_feeds SET opens_at = now(), closes_at = now() + interval '5 seconds' WHERE campaign_id = $1`,
      [id],
    );
    const closesAt = (await feed(id))?.closes_at?.getTime() ?? 0;
    await waitFor(async () => ((await feed(id))?.opens_at?.getTime() ?? 0) > Date.now(), {
      what: 'the next opening is written',
      timeoutMs: 20_000,
    });
    expect(await feed(id)).toEqual({ opens_at: next.opensAt, closes_at: next.closesAt });
    await waitFor(async () => (await limitedBy(app, id)) === 'WINDOW', { what: 'it waits for the window' });
    const times = await acceptedAt(id);
    expect(times.length).toBeGreaterThan(10);
    expect(Math.max(...times)).toBeLessThan(closesAt + 300);
    expect(await broken(id)).toEqual([]);
    await act(app, 'cancelCampaign', id);
    await waitFor(async () => (await stats(app, id)).queuedCount === 0, { what: 'the others are skipped' });
    expect(await skippedReasons(id)).toEqual({ CANCELLED: 400 - times.length });
  });
});

describe('a deadline', () => {
  it('skips whoever is left, with the reason, and completes the campaign', async () => {
    const sender = await addSender(app, 20);
    const id = await draft(300, { senderId: sender.id });
    const deadline = soon(6000);
    await scheduleCampaign(app, id, { sendAt: soon(1000), deadline });
    const { sentCount, skippedCount } = await reached(app, id);
    await webhooksDelivered(app);
    expect(sentCount).toBeGreaterThan(10);
    expect(sentCount + skippedCount).toBe(300);
    expect(await skippedReasons(id)).toEqual({ DEADLINE: skippedCount });
    expect(Math.max(...(await acceptedAt(id)))).toBeLessThan(Date.parse(deadline) + 300);
    await expectConsistent(app, id);
    expect(await broken(id)).toEqual([]);
    const { errors } = await app.graphql(`mutation ($id: ID!) { retryFailed(campaignId: $id) { message } }`, {
      id,
    });
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('deadline') as string });
  });

  it('also ends a campaign that is paused, and one whose window does not open before it', async () => {
    const [paused, waiting] = [await draft(50), await draft(50)];
    const sender = await addSender(app, 5);
    const slow = await draft(50, { senderId: sender.id });
    await scheduleCampaign(app, slow, { sendAt: soon(1000), deadline: soon(5000) });
    await reached(app, slow, 'ACTIVE');
    await act(app, 'pauseCampaign', slow);
    await reached(app, slow);
    expect((await skippedReasons(slow)).DEADLINE).toBeGreaterThan(20);
    // a deadline that comes earlier than the opening is refused; here the deadline is moved afterwards
    await scheduleCampaign(app, waiting, {
      sendAt: soon(1000),
      window: closed(),
      deadline: soon(4 * 3_600_000),
    });
    await reached(app, waiting, 'ACTIVE');
    await waitFor(async () => (await feed(waiting)) !== undefined, { what: 'the audience is stored' });
    await app.database.query(`UPDATE campaigns SET deadline_at = now() WHERE id = $1`, [waiting]);
    expect(await reached(app, waiting)).toMatchObject({ skippedCount: 50, sentCount: 0 });
    expect((await stats(app, paused)).status).toBe('DRAFT');
  });

  it('also ends a campaign that was paused before its recipients were stored: each is shown as skipped', async () => {
    const id = await draft(30);
    // what a pause within the milliseconds after the start leaves
    await app.database.query(
      `UPDATE campaigns SET status = 'PAUSED', started_at = now(), deadline_at = now() + interval '1 second' WHERE id = $1`,
      [id],
    );
    expect(await reached(app, id)).toMatchObject({ skippedCount: 30, sentCount: 0, queuedCount: 0 });
    expect(await skippedReasons(id)).toEqual({ DEADLINE: 30 });
    expect(await broken(id)).toEqual([]);
  });

  it.each(['its start was not possible', 'nobody was there to start it'])(
    'cancels a campaign when %s until then, with all its fixed recipients',
    async (why) => {
      const id = await draft(20, { fixAudience: true });
      await scheduleCampaign(app, id, { sendAt: soon(3000), deadline: soon(3_600_000) });
      await app.database.query(
        why.startsWith('nobody')
          ? `UPDATE campaigns SET deadline_at = now() WHERE id = $1`
          : `UPDATE campaigns SET deadline_at = now(), status = 'PAUSED' WHERE id = $1`,
        [id],
      );
      await reached(app, id, 'CANCELLED');
      expect(await statusReason(app, id)).toContain('passed before the campaign could start');
      await waitFor(async () => (await stats(app, id)).queuedCount === 0, { what: 'nobody is queued' });
      expect(await stats(app, id)).toMatchObject({ skippedCount: 20, sentCount: 0 });
      expect(await skippedReasons(id)).toEqual({ CANCELLED: 20 });
      expect(await broken(id)).toEqual([]);
    },
  );
});

describe('with RECIPIENT', () => {
  const [india, japan, newYork] = ['+919820077001', '+819012345678', '+12125550123'];

  it('each person gets it at the hour of their clock; whose hour has passed, at once', async () => {
    const id = await draftTo([india, japan, newYork]);
    const sendAt = soon(6000);
    await scheduleCampaign(app, id, { sendAt, timeZone: 'RECIPIENT' });
    await waitFor(async () => (await accepted(app, id)).length === 2, {
      what: 'two got it',
      timeoutMs: 20_000,
    });
    const to = new Map(
      (await accepted(app, id)).map((one) => [one.to, one.acceptedAtMs - Date.parse(sendAt)]),
    );
    expect(to.get(japan)).toBeLessThan(0);
    expect(to.get(india)).toBeGreaterThanOrEqual(0);
    expect(to.get(india)).toBeLessThan(5000);
    expect(to.has(newYork)).toBe(false);
    await waitFor(async () => (await limitedBy(app, id)) === 'WINDOW', { what: 'it waits for the hour' });
    expect(await stats(app, id)).toMatchObject({ status: 'ACTIVE', queuedCount: 1 });
    await webhooksDelivered(app);
    expect(await broken(id)).toEqual([]);
    // the hour in New York
    await app.database.query(`UPDATE delivery_followups SET due_at = now() WHERE campaign_id = $1`, [id]);
    expect(await reached(app, id)).toMatchObject({ sentCount: 3 });
  });

  it('it is SCHEDULED until somebody is due', async () => {
    const id = await draftTo([newYork]);
    await scheduleCampaign(app, id, { sendAt: soon(3_600_000), timeZone: 'RECIPIENT' });
    // an hour somewhere: looked at, and nobody is due
    await app.database.query(`UPDATE campaigns SET due_at = now() WHERE id = $1`, [id]);
    await waitFor(
      async () => {
        const [row] = await app.database.query<{ later: boolean }[]>(
          `SELECT due_at > now() + interval '10 seconds' AS later FROM campaigns WHERE id = $1`,
          [id],
        );
        return row?.later;
      },
      { what: 'it is looked at again later' },
    );
    expect((await stats(app, id)).status).toBe('SCHEDULED');
  });

  it("the window is open on the recipient's clock, for retries too", async () => {
    const id = await draftTo([india, japan]);
    const window = { from: clock('Asia/Kolkata', -60), to: clock('Asia/Kolkata', 60) };
    await scheduleCampaign(app, id, { sendAt: soon(1500), timeZone: 'RECIPIENT', window });
    await waitFor(async () => (await stats(app, id)).sentCount === 1, { what: 'one got it' });
    const opensAt = openingAt({ ...window, days: everyDay }, 'Asia/Tokyo', new Date()).opensAt;
    const due = async () => {
      const [row] = await app.database.query<{ due_at: Date }[]>(
        `SELECT due_at FROM delivery_followups WHERE campaign_id = $1`,
        [id],
      );
      return row?.due_at.getTime();
    };
    expect(await due()).toBe(opensAt.getTime());
    // as a retry would be: due while the window is closed
    await app.database.query(`UPDATE delivery_followups SET due_at = now() WHERE campaign_id = $1`, [id]);
    await waitFor(async () => Math.abs(((await due()) ?? 0) - opensAt.getTime()) < 2000, {
      what: 'the recipient waits for the opening again',
    });
    expect((await accepted(app, id)).map(({ to }) => to)).toEqual([india]);
    expect(await limitedBy(app, id)).toBe('WINDOW');
  });

  it('a canary comes first', async () => {
    const id = await draft(6, { canary: { percent: 50, minimum: 1, waitMinutes: 0 } });
    await scheduleCampaign(app, id, { sendAt: soon(1500), timeZone: 'RECIPIENT' });
    expect(await reached(app, id)).toMatchObject({ sentCount: 6 });
    await webhooksDelivered(app);
    await expectConsistent(app, id);
  });
});

/** Jobs of a campaign in the queue. */
async function jobs(id: string): Promise<number> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(app.config.redisUrl ?? '');
  try {
    return (await redis.keys(`*${app.test.name}*send-${id}*`)).length;
  } finally {
    redis.disconnect();
  }
}
