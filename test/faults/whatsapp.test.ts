import Redis from 'ioredis';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { act, phoneOf, reached, stats, statusReason, summary } from '../support/campaigns';
import { Proxy } from '../support/proxy';
import { waitFor } from '../support/wait';
import { OpenPosts } from './open-posts';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Outcome } from './harness';
import { Workers } from './workers';

const perSecond = 125;

let rig: FaultRig;
let openPosts: OpenPosts;
let workers: Workers;

beforeAll(async () => {
  rig = await FaultRig.start({
    messagesPerSecond: perSecond,
    env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '5', DELIVERY_BACKOFF_MS: '500', DELIVERY_ATTEMPTS: '5' },
  });
  openPosts = new OpenPosts(rig.app);
  workers = await Workers.start(rig.app, 2);
});
afterEach(() =>
  rig.app.behave({
    faults: {},
    perNumber: {},
    latencyMs: { min: 0, max: 0 },
    webhooks: { pauseUntilResumed: false },
  }),
);
afterAll(async () => {
  openPosts?.close();
  await workers?.killAll();
  await rig?.close();
});

const kinds = ['timeoutAfterAccept', 'http502AfterAccept', 'resetBeforeAccept'] as const;
type Ambiguous = Partial<Record<(typeof kinds)[number], number>>;

/** How many POSTs were cut off before WhatsApp accepted them. */
async function cutBefore(): Promise<number> {
  return (await summary(rig.app)).refusedByCode.resetBeforeAccept ?? 0;
}

/** With RESEND everybody is sent to; with HOLD exactly those whose POST was cut off stay unconfirmed. */
async function ambiguous(
  recipients: number,
  faults: Ambiguous,
  onUnconfirmed: 'HOLD' | 'RESEND',
  seed: number,
): Promise<Outcome> {
  await rig.app.behave({ seed, faults });
  const before = await cutBefore();
  const id = await rig.campaign(recipients, { onUnconfirmed });
  await rig.sent(id);
  const cut = (await cutBefore()) - before;
  const counts = await rig.ended(id, { unconfirmedAtMost: onUnconfirmed === 'HOLD' ? cut : 0 });
  if (onUnconfirmed === 'HOLD' && counts.unconfirmed !== cut)
    counts.problems.push(`${counts.unconfirmed} unconfirmed, ${cut} POSTs were cut off before acceptance`);
  const became = await rig.moved(id, RecipientStatus.UNCONFIRMED);
  const tries = Math.round(Object.values(faults).reduce((sum, share) => sum + share, 0) * recipients);
  return {
    ...counts,
    tries,
    note: `${onUnconfirmed}, ${Object.keys(faults).length} kinds: ${became} became unconfirmed`,
  };
}

testFault({
  id: 'F11',
  what: 'sends with an unknown outcome, 5 % each: accepted without an answer; accepted, then 502; cut off before acceptance',
  short: { recipients: 400, sharePercent: 5, alone: 0 },
  long: { recipients: 1500, sharePercent: 5, alone: 1 },
  withinSeconds: 400,
  run: async ({ recipients, sharePercent, alone }, chance) => {
    const share = sharePercent / 100;
    const all: Ambiguous = Object.fromEntries(kinds.map((kind) => [kind, share]));
    const seed = chance.seed();
    const outcomes = [await ambiguous(recipients, all, 'RESEND', seed)];
    if (alone) {
      outcomes.push(await ambiguous(recipients, all, 'HOLD', seed));
      for (const kind of kinds) outcomes.push(await ambiguous(recipients, { [kind]: share }, 'HOLD', seed));
    }
    return together(outcomes);
  },
});

testControl('F11', 'RESEND without waiting for webhooks sends duplicates', async () => {
  await rig.app.behave({ faults: { http502AfterAccept: 0.2 }, webhooks: { pauseUntilResumed: true } });
  const id = await rig.campaign(100, { onUnconfirmed: 'RESEND' });
  await reached(rig.app, id, 'COMPLETED', 60_000);
  await rig.app.behave({ faults: {}, webhooks: { pauseUntilResumed: false } });
  const counts = await rig.ended(id);
  expect(counts.duplicates).toBeGreaterThan(0);
  expect(counts.problems.join()).toContain('accepted more than once');
});

/** How long POSTs may still arrive after a 429: they had their slot, or were being sent. */
const inProgressMs = 450;

/** How many POSTs arrived before the Retry-After of a 429 had passed. */
function tooSoon(retryAfterMs: number): number {
  const refused = openPosts.posts.flatMap(({ answered }) => (answered?.status === 429 ? answered.at : []));
  return openPosts.posts.filter(({ at }) =>
    refused.some((since) => at > since + inProgressMs && at < since + 0.9 * retryAfterMs),
  ).length;
}

async function breakWhatsApp(faults: Record<string, number>, outageMs: number): Promise<void> {
  openPosts.reset();
  await rig.app.behave({ faults });
  const since = performance.now();
  await waitFor(() => performance.now() - since > outageMs, {
    what: 'the outage is over',
    timeoutMs: outageMs * 2 + 10_000,
  });
  await rig.app.behave({ faults: {} });
}

testFault({
  id: 'F12',
  what: 'WhatsApp throttles (429, Retry-After), answers 500 or 503 for a while, is slow, is unreachable, TLS or DNS fail',
  long: { recipients: 1500, outageMs: 8000, slowMs: 3000 },
  withinSeconds: 500,
  run: async ({ recipients, outageMs, slowMs }) => {
    const outcomes: Outcome[] = [];
    const outages: [string, Record<string, number>][] = [
      ['429', { throttle429: 1 }],
      ['500', { http500: 1 }],
      ['503 with code 2', { code2: 1 }],
    ];
    for (const [name, faults] of outages) {
      const id = await rig.campaign(recipients, { onUnconfirmed: 'RESEND' });
      await rig.accepted(id, recipients / 4);
      await breakWhatsApp(faults, outageMs);
      const posts = openPosts.posts.length;
      const early = name === '429' ? tooSoon(1000) : 0;
      const counts = await rig.ended(id, { timeoutMs: 150_000 });
      const failed = (await stats(rig.app, id)).failedCount;
      if (early > 0) counts.problems.push(`${early} POSTs before Retry-After had passed`);
      if (posts > (perSecond * outageMs) / 2000) counts.problems.push(`${posts} POSTs during the outage`);
      if (failed > 0) counts.problems.push(`${failed} failed because of a temporary outage`);
      outcomes.push({ ...counts, tries: 1, note: `${name}: ${posts} POSTs in ${outageMs / 1000} s` });
    }

    await rig.app.behave({ latencyMs: { min: slowMs, max: slowMs } });
    openPosts.reset();
    const slow = await rig.campaign(recipients / 2, { onUnconfirmed: 'RESEND' });
    const counts = await rig.ended(slow, { timeoutMs: 150_000 });
    if (openPosts.most > 512) counts.problems.push(`${openPosts.most} POSTs open at once`);
    outcomes.push({ ...counts, tries: 1, note: `slow: at most ${openPosts.most} POSTs open at once` });
    await rig.app.behave({ latencyMs: { min: 0, max: 0 } });
    outcomes.push(await unreachable(recipients / 3));
    return together(outcomes);
  },
});

/** Workers for which WhatsApp is down, has no TLS, or has no DNS entry; then it is back, for other workers. */
async function unreachable(recipients: number): Promise<Outcome> {
  await workers.killAll();
  const proxy = await Proxy.before(rig.app.simulator.url);
  const url = proxy.urlOf(rig.app.simulator.url);
  const ways = [url, url.replace('http:', 'https:'), 'http://nowhere.invalid'];
  const lost = await Promise.all(ways.map((way) => workers.add({ WHATSAPP_API_URL: way })));
  try {
    await proxy.cut();
    const id = await rig.campaign(recipients);
    const failedToConnect = async () => {
      const [row] = await rig.app.database.query<{ count: number }[]>(
        `SELECT count(DISTINCT substring(error_message FROM '\\(.*\\)'))::int AS count FROM campaign_recipients
         WHERE campaign_id = $1 AND error_message LIKE 'WhatsApp cannot be reached%'`,
        [id],
      );
      return (row?.count ?? 0) >= 2;
    };
    await waitFor(failedToConnect, {
      what: 'workers fail to connect in more than one way',
      timeoutMs: 60_000,
    });
    const became = await rig.moved(id, RecipientStatus.UNCONFIRMED);
    await proxy.restore();
    for (const child of lost) await workers.kill(child);
    await Promise.all([workers.add(), workers.add()]);
    // recipients that these workers were sending to when they were killed may have got the message
    const counts = await rig.ended(id, { unconfirmedAtMost: lost.length * 8 });
    if (became > 0)
      counts.problems.push(`${became} became unconfirmed, though nothing was written to WhatsApp`);
    return { ...counts, tries: 1, note: 'unreachable: nobody unconfirmed' };
  } finally {
    await proxy.cut();
  }
}

testControl('F12', 'without waiting for Retry-After, POSTs go on while WhatsApp throttles', async () => {
  const redis = new Redis(rig.app.config.redisUrl ?? '');
  try {
    await rig.app.behave({ faults: { throttle429: 1 } });
    openPosts.reset();
    const id = await rig.campaign(300);
    await waitFor(
      async () => {
        const keys = await redis.keys(`*${rig.app.test.name}*rate-limit*`);
        if (keys.length > 0) await redis.unlink(...keys);
        await rig.app.database.query(`UPDATE delivery_followups SET due_at = now() WHERE campaign_id = $1`, [
          id,
        ]);
        return tooSoon(1000) > 5;
      },
      { what: 'POSTs arrive too soon', timeoutMs: 30_000 },
    );
    await rig.app.behave({ faults: {} });
    expect((await rig.ended(id)).problems).toEqual([]);
  } finally {
    redis.disconnect();
  }
});

const template = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{name}}'],
  linkUrl: 'https://shop.example.com/sale',
};

testFault({
  id: 'F13',
  what: 'WhatsApp rejects 3 % permanently; the template is paused halfway',
  long: { recipients: 2000, sharePercent: 3 },
  run: async ({ recipients, sharePercent }, chance) => {
    const from = rig.nextPhone;
    const refused = Array.from({ length: recipients }, (_, i) => from + i).filter(
      () => chance.next() < sharePercent / 100,
    );
    const before = (await summary(rig.app)).refusedByCode['131026'] ?? 0;
    await rig.app.behave({
      perNumber: Object.fromEntries(
        refused.map((i) => [phoneOf(i), { respond: { http: 400, code: 131026 } }]),
      ),
    });
    const id = await rig.campaign(recipients, template);
    await rig.accepted(id, recipients / 2);
    const setTemplate = (status: string) =>
      rig.app.steer('PUT', 'templates', { name: template.whatsappTemplateName, status });
    await setTemplate('PAUSED');
    await reached(rig.app, id, 'PAUSED');
    const reason = await statusReason(rig.app, id);
    await setTemplate('APPROVED');
    await act(rig.app, 'resumeCampaign', id);
    const counts = await rig.ended(id);
    const tried = ((await summary(rig.app)).refusedByCode['131026'] ?? 0) - before;
    const { failedCount } = await stats(rig.app, id);
    if (tried !== refused.length)
      counts.problems.push(`${tried} attempts for ${refused.length} rejected recipients`);
    if (failedCount !== refused.length)
      counts.problems.push(`${failedCount} failed, ${refused.length} were rejected`);
    if (!/paused/i.test(reason ?? '')) counts.problems.push(`the reason of the pause is: ${reason}`);
    return {
      ...counts,
      tries: refused.length,
      note: `${refused.length} rejected once each; paused with the reason`,
    };
  },
});

testControl('F13', 'recipients that failed permanently and are queued again are sent to again', async () => {
  const phone = phoneOf(rig.nextPhone);
  const before = (await summary(rig.app)).refusedByCode['131026'] ?? 0;
  await rig.app.behave({ perNumber: { [phone]: { respond: { http: 400, code: 131026 } } } });
  const id = await rig.campaign(2);
  expect(await reached(rig.app, id)).toMatchObject({ failedCount: 1, sentCount: 1 });
  await rig.app.database.query(
    `WITH again AS (UPDATE campaign_recipients SET status = 'QUEUED' WHERE campaign_id = $1 AND status = 'FAILED' RETURNING seq),
       due AS (INSERT INTO delivery_followups (campaign_id, seq, kind, due_at) SELECT $1, seq, 'RETRY', now() FROM again)
     UPDATE campaigns SET status = 'ACTIVE', completed_at = NULL, failed_count = 0, queued_count = 1 WHERE id = $1`,
    [id],
  );
  await waitFor(async () => ((await summary(rig.app)).refusedByCode['131026'] ?? 0) - before === 2, {
    what: 'a second attempt was made',
  });
});
