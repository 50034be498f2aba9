import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Redis from 'ioredis';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import type { LedgerMessage } from '../support/app';
import {
  createCampaign,
  people,
  phoneOf,
  reached,
  recipient,
  startCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import type { Stats } from '../support/campaigns';
import { expectCountersAreRows } from '../support/consistency';
import { readiness, startProxied } from '../support/proxied-app';
import { browser } from '../support/visits';
import { waitFor } from '../support/wait';
import { createTenant } from './tenant';

const template = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{name}}'],
  linkUrl: 'https://shop.example.com/diwali?sig=a%20b#offers',
};

let app: App;
let wabaId: string;
let phoneNumberId: string;

beforeAll(async () => {
  app = await App.start({
    behaviour: { clickShare: 0, previewShare: 0, deliveredShare: 1, readShare: 0 },
  });
  const [sender] = await app.database.query<{ waba_id: string; phone_number_id: string }[]>(
    `SELECT waba_id, phone_number_id FROM senders WHERE id = $1`,
    [app.senderId],
  );
  wabaId = sender?.waba_id ?? '';
  phoneNumberId = sender?.phone_number_id ?? '';
});
afterAll(() => app?.close());

/** A campaign whose messages have all arrived. */
async function delivered(input: Record<string, unknown>): Promise<string> {
  const id = await startCampaign(app, { ...template, ...input });
  const { totalRecipients } = await reached(app, id);
  await waitFor(async () => (await stats(app, id)).deliveredCount === totalRecipients, {
    what: 'all messages are delivered',
  });
  await webhooksDelivered(app);
  return id;
}

async function messageOf(id: string, phone: string): Promise<LedgerMessage> {
  const found = (await app.ledger()).find(
    ({ to, callbackData }) => to === phone && callbackData.startsWith(id),
  );
  if (!found) throw new Error(`No message to ${phone}`);
  return found;
}

async function visit(link: string, headers: Record<string, string> = {}, method = 'GET'): Promise<string> {
  const answer = await fetch(link, {
    method,
    redirect: 'manual',
    headers: { 'user-agent': browser, ...headers },
  });
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
}

async function shop(orders: Record<string, unknown>[]): Promise<Record<string, unknown>> {
  const response = await fetch(`${app.url}/conversions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await app.token()}` },
    body: JSON.stringify(
      orders.map((order) => ({
        businessId: app.businessId,
        orderId: randomBytes(6).toString('hex'),
        ...order,
      })),
    ),
  });
  return (await response.json()) as Record<string, unknown>;
}

describe('clicks', () => {
  it('are counted by link in a message with several, and apart for programs', async () => {
    const button = (text: string) => ({ type: 'URL', text, url: `${app.url}/r/{{1}}`, example: ['x'] });
    await app.steer('POST', 'templates', {
      wabaId,
      templates: [
        {
          name: 'two_links',
          language: 'en',
          status: 'APPROVED',
          category: 'MARKETING',
          parameter_format: 'POSITIONAL',
          components: [
            { type: 'BODY', text: 'Our offers' },
            { type: 'BUTTONS', buttons: [button('Sarees'), button('Kurtas')] },
          ],
        },
      ],
    });
    const id = await delivered({
      customRecipients: people(3),
      whatsappTemplateName: 'two_links',
      templateParameters: undefined,
      utm: { source: 'whatsapp', medium: ' chat ', campaign: 'Diwali & more' },
    });
    const links = async (i: number) => (await messageOf(id, phoneOf(i))).buttons.map(({ url }) => url ?? '');
    const [sarees = '', kurtas = ''] = await links(0);
    expect(sarees).not.toBe(kurtas);
    expect(await visit(sarees)).toMatch(
      /^https:\/\/shop\.example\.com\/diwali\?sig=a%20b&utm_source=whatsapp&utm_medium=chat&utm_campaign=Diwali%20%26%20more&dakiya_click=[0-9a-f-]{36}#offers$/,
    );
    await Promise.all([visit(sarees), visit(sarees), visit(kurtas)]);
    await visit((await links(1))[1] ?? '');
    const programs: Record<string, string>[] = [
      { 'user-agent': 'WhatsApp/2.23.20.0 A' },
      { 'sec-purpose': 'prefetch' },
      { 'x-moz': 'prefetch' },
      { purpose: 'prefetch' },
    ];
    for (const headers of programs) expect(await visit(kurtas, headers)).toBe(template.linkUrl);
    await visit(kurtas, {}, 'HEAD');
    expect(await stats(app, id)).toMatchObject({ clickedCount: 2, clicks: 5, botClicks: 5 });
    const { campaign } = await app.data<{ campaign: unknown }>(
      `query ($id: ID!) { campaign(id: $id) { links { place label people clicks botClicks } utm { source medium campaign term } } }`,
      { id },
    );
    expect(campaign).toEqual({
      links: [
        { place: 0, label: 'Sarees', people: 1, clicks: 3, botClicks: 0 },
        { place: 1, label: 'Kurtas', people: 2, clicks: 2, botClicks: 5 },
      ],
      utm: { source: 'whatsapp', medium: 'chat', campaign: 'Diwali & more', term: null },
    });
    await expectCountersAreRows(app, id);
  });
});

describe('what WhatsApp charges', () => {
  it('is the price of each delivered message, once, as the ledger has it', async () => {
    await app.behave({ webhooks: { duplicateShare: 1, duplicateTimes: 3 }, readShare: 1 });
    const abroad = [
      { name: 'B', phone: '+5511987654321' },
      { name: 'D', phone: '+4915123456789' },
    ];
    const failing = phoneOf(109);
    await app.behave({ perNumber: { [failing]: { respond: { http: 400, code: 131026 } } } });
    const id = await startCampaign(app, { ...template, customRecipients: [...people(10, 100), ...abroad] });
    await waitFor(async () => (await stats(app, id)).readCount === 11, { what: 'all are read' });
    await webhooksDelivered(app);
    const prices = (await app.ledger())
      .filter(({ callbackData }) => callbackData.startsWith(id))
      .map(({ price }) => price ?? 0);
    const sum = prices.reduce((total, price) => total + price, 0);
    const { cost } = await stats(app, id);
    expect(cost).toEqual([{ currency: 'USD', amount: expect.any(String) as unknown }]);
    expect(Number(cost[0]?.amount)).toBeCloseTo(sum, 6);
    expect(sum).toBeCloseTo(9 * 0.0118 + 0.0625 + 0.1365, 6);
    await expectCountersAreRows(app, id);
    await app.behave({ webhooks: { duplicateShare: 0 }, readShare: 0, perNumber: {} });
  });

  it('follows the type and the charge in the status, and counts a delivery that a click proved before', async () => {
    await app.behave({ deliveredShare: 0 });
    const id = await startCampaign(app, { ...template, customRecipients: people(6, 200) });
    await reached(app, id);
    await webhooksDelivered(app);
    const status = async (i: number, pricing: object | undefined, more: object = {}) => {
      const message = await messageOf(id, phoneOf(200 + i));
      return {
        id: message.id,
        status: 'delivered',
        timestamp: String(Math.floor(Date.now() / 1000)),
        recipient_id: message.to.slice(1),
        biz_opaque_callback_data: message.callbackData,
        ...(pricing ? { pricing: { pricing_model: 'PMP', category: 'marketing', ...pricing } } : {}),
        ...more,
      };
    };
    await visit((await messageOf(id, phoneOf(200))).buttons.find(({ url }) => url)?.url ?? '');
    expect(await stats(app, id)).toMatchObject({ deliveredCount: 1, cost: [] });
    const statuses = [
      await status(0, { type: 'regular', billable: true }),
      await status(1, { type: 'free_customer_service', billable: false }),
      await status(2, { type: 'regular', amount: '0.0102', currency: 'USD' }),
      await status(3, { type: 'regular', amount: 0.75, currency: 'INR' }),
      await status(4, { type: 'regular' }, { recipient_id: undefined, recipient_user_id: 'IN.1' }),
      await status(5, undefined),
    ];
    for (let i = 0; i < 2; i++) expect(await postStatuses([...statuses, ...statuses])).toBe(200);
    expect(await stats(app, id)).toMatchObject({
      deliveredCount: 6,
      cost: [
        { currency: 'INR', amount: '0.75' },
        { currency: 'USD', amount: '0.0338' },
      ],
    });
    await expectCountersAreRows(app, id);
    await app.behave({ deliveredShare: 1 });
  });
});

async function postStatuses(statuses: object[]): Promise<number> {
  const value = { metadata: { phone_number_id: phoneNumberId }, statuses };
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: wabaId, changes: [{ field: 'messages', value }] }],
  });
  const signature = createHmac('sha256', app.config.whatsapp.appSecret).update(body).digest('hex');
  const response = await fetch(`${app.url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
  return response.status;
}

describe('replies', () => {
  it('count once a person, prove delivery when they name the message, and need no number then', async () => {
    await app.behave({ deliveredShare: 0 });
    const id = await startCampaign(app, { ...template, customRecipients: people(4, 300) });
    await reached(app, id);
    await webhooksDelivered(app);
    const messageId = (await messageOf(id, phoneOf(300))).id;
    const inbound = (body: Record<string, unknown>) =>
      app.steer('POST', 'inbound', { phoneNumberId, type: 'text', body: 'Nice', ...body });
    for (let i = 0; i < 3; i++) await inbound({ messageId });
    await inbound({ from: phoneOf(301) });
    await inbound({ from: phoneOf(301) });
    await inbound({ messageId: (await messageOf(id, phoneOf(302))).id, withoutPhone: true });
    await inbound({ from: phoneOf(399), times: 2 });
    await waitFor(async () => (await stats(app, id)).repliedCount === 3, { what: 'the answers are counted' });
    await webhooksDelivered(app);
    expect(await stats(app, id)).toMatchObject({ repliedCount: 3, deliveredCount: 2 });
    expect((await recipient(app, id, phoneOf(300))).status).toBe('DELIVERED');
    await expectCountersAreRows(app, id);
    await app.behave({ deliveredShare: 1 });
  });
});

describe('holdout', () => {
  const lift = async (id: string) =>
    (
      await app.data<{ campaign: { lift: Record<string, unknown> | null } }>(
        `query ($id: ID!) { campaign(id: $id) { lift { holdoutSize holdoutConverted sentTo converted convertedRate
           holdoutRate incremental low high confidence method sentence } } }`,
        { id },
      )
    ).campaign.lift;
  const exclusionsOf = async (id: string) =>
    app.database.query<{ phone: string }[]>(
      `SELECT phone FROM campaign_recipients WHERE campaign_id = $1 AND excluded_reason = 'HOLDOUT' ORDER BY phone`,
      [id],
    );

  it('is the same number in the preview, the draft, the forecast and the campaign; other campaigns hold out others', async () => {
    const customRecipients = [...people(50, 400), ...people(5, 400)];
    const { previewAudience } = await app.data<{ previewAudience: unknown }>(
      `mutation ($input: PreviewAudienceInput!) { previewAudience(input: $input) { count matched excluded { reason count } } }`,
      {
        input: { businessId: app.businessId, audienceType: 'CUSTOM', customRecipients, holdoutPercent: 12.5 },
      },
    );
    expect(previewAudience).toEqual({
      count: 44,
      matched: 55,
      excluded: [
        { reason: 'DUPLICATE_PHONE', count: 5 },
        { reason: 'HOLDOUT', count: 6 },
      ],
    });
    const id = await createCampaign(app, { ...template, customRecipients, holdoutPercent: 12.5 });
    const { campaign } = await app.data<{ campaign: unknown }>(
      `query ($id: ID!) { campaign(id: $id) { totalRecipients holdoutPercent lift { holdoutSize } drift { previewed now }
         forecast { recipients } } }`,
      { id },
    );
    expect(campaign).toEqual({
      totalRecipients: 44,
      holdoutPercent: 12.5,
      lift: null,
      drift: { previewed: 44, now: 44 },
      forecast: { recipients: 44 },
    });
    const fixed = await createCampaign(app, {
      ...template,
      customRecipients,
      holdoutPercent: 12.5,
      fixAudience: true,
    });
    const held = await exclusionsOf(fixed);
    expect(held).toHaveLength(6);
    // fixed anew for the same campaign: the same people
    await app.data(
      `mutation ($id: ID!, $input: UpdateCampaignInput!) { updateCampaign(campaignId: $id, input: $input) { id } }`,
      { id: fixed, input: { customRecipients } },
    );
    expect(await exclusionsOf(fixed)).toEqual(held);
    for (const one of [id, fixed]) {
      await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id: one });
      expect(await reached(app, one)).toMatchObject({
        totalRecipients: 44,
        sentCount: 44,
        excludedCount: 11,
      });
      await waitFor(async () => (await stats(app, one)).deliveredCount === 44, {
        what: 'all messages are delivered',
      });
      await webhooksDelivered(app);
      await expectCountersAreRows(app, one);
    }
    expect(await exclusionsOf(id)).toHaveLength(6);
    expect(await exclusionsOf(id)).not.toEqual(held);
    const sent = (await app.ledger()).filter(({ callbackData }) => callbackData.startsWith(fixed));
    expect(sent.filter(({ to }) => held.some(({ phone }) => phone === to))).toEqual([]);
    const { updateCampaign } = await app.data<{ updateCampaign: unknown }>(
      `mutation ($id: ID!) { updateCampaign: cloneCampaign(campaignId: $id, campaignName: "Again") { totalRecipients holdoutPercent } }`,
      { id },
    );
    expect(updateCampaign).toEqual({ totalRecipients: 44, holdoutPercent: 12.5 });
  });

  it.each([-1, 90.5, 12.345])('of %p percent is refused', async (holdoutPercent) => {
    const { errors } = await app.graphql(
      `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id } }`,
      {
        input: {
          businessId: app.businessId,
          campaignName: 'H',
          campaignType: 'PROMOTIONAL',
          audienceType: 'CUSTOM',
          customRecipients: people(2),
          ...template,
          holdoutPercent,
        },
      },
    );
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.holdoutPercent',
    });
  });

  it('is compared with the people sent to, whose orders are found by the same rule', async () => {
    const id = await delivered({ customRecipients: people(40, 500), holdoutPercent: 25 });
    const held = (await exclusionsOf(id)).map(({ phone }) => phone);
    const sentTo = people(40, 500)
      .map(({ phone }) => phone)
      .filter((phone) => !held.includes(phone));
    const orders = [...sentTo.slice(0, 15), ...held.slice(0, 2), held[0]].map((phone) => ({
      phone,
      value: 100,
      currency: 'INR',
    }));
    expect(await shop(orders)).toMatchObject({
      accepted: 18,
      unattributed: [15, 16, 17].map((index) => ({
        index,
        reason: expect.stringContaining('held out') as unknown,
      })),
    });
    expect(await stats(app, id)).toMatchObject({
      convertedCount: 15,
      revenue: [{ currency: 'INR', amount: '1500.00' }],
    });
    expect(await lift(id)).toEqual({
      holdoutSize: 10,
      holdoutConverted: 2,
      sentTo: 30,
      converted: 15,
      convertedRate: 50,
      holdoutRate: 20,
      incremental: 9,
      low: expect.any(Number) as unknown,
      high: expect.any(Number) as unknown,
      confidence: 95,
      method: expect.stringContaining('Newcombe') as unknown,
      sentence: expect.stringContaining('may be chance') as unknown,
    });
    await expectCountersAreRows(app, id);
    const { campaign } = await app.data<{
      campaign: { consistency: { ok: boolean; checks: { name: string; holds: boolean }[] } };
    }>(`query ($id: ID!) { campaign(id: $id) { consistency { ok checks { name holds } } } }`, { id });
    expect(campaign.consistency.checks.filter(({ holds }) => !holds)).toEqual([]);
  });
});

describe('businessStats', () => {
  const query = `subscription ($id: ID!) { businessStats(businessId: $id) { campaignId status version sentCount repliedCount
    revenue { amount currency } } }`;

  it('starts with the recent campaigns, then tells of whichever changes, new ones too', async () => {
    const quiet = await createCampaign(app, { ...template, customRecipients: people(1, 600) });
    const old = await createCampaign(app, { ...template, customRecipients: people(1, 600) });
    await app.database.query(`UPDATE campaigns SET updated_at = now() - interval '25 hours' WHERE id = $1`, [
      old,
    ]);
    const socket = await app.socket(await app.token({ role: Role.VIEWER }));
    const events: (Stats & { campaignId: string })[] = [];
    socket.subscribe<{ businessStats: Stats & { campaignId: string } }>(
      { query, variables: { id: app.businessId } },
      {
        next: ({ data }) => data && events.push(data.businessStats),
        error: () => undefined,
        complete: () => undefined,
      },
    );
    await waitFor(() => events.some(({ campaignId }) => campaignId === quiet), { what: 'the first events' });
    expect(events.filter(({ campaignId }) => campaignId === old)).toEqual([]);
    const first = events.map(({ campaignId }) => campaignId);
    expect(new Set(first).size).toBe(first.length);

    const id = await delivered({ customRecipients: people(20, 700) });
    await shop([{ phone: phoneOf(700), value: '12.50', currency: 'EUR' }]);
    const { version } = await stats(app, id);
    const ofIt = () => events.filter(({ campaignId }) => campaignId === id);
    await waitFor(() => ofIt().at(-1)?.version === version, { what: 'the latest figures' });
    expect(ofIt().at(-1)).toMatchObject({
      status: 'COMPLETED',
      sentCount: 20,
      revenue: [{ amount: '12.50', currency: 'EUR' }],
    });
    const versions = ofIt().map((event) => event.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));

    // a change whose delta was lost is found within seconds
    await app.database.query(`UPDATE campaigns SET version = version + 1, updated_at = now() WHERE id = $1`, [
      quiet,
    ]);
    await waitFor(() => events.filter(({ campaignId }) => campaignId === quiet).length === 2, {
      what: 'the lost change',
    });

    // a campaign that changes while the row of another is read is told of too
    const before = (await stats(app, quiet)).version;
    await app.database.query(
      `UPDATE campaigns SET version = version + 5, updated_at = now() - interval '1 hour' WHERE id = ANY ($1)`,
      [[quiet, id]],
    );
    const redis = new Redis(app.config.redisUrl ?? '');
    const tell = (campaignId: string, to: number) =>
      redis.publish(
        `${app.config.redisPrefix}:stats:business:${app.businessId}`,
        JSON.stringify({ campaignId, businessId: app.businessId, version: to, at: new Date(), deltas: {} }),
      );
    const reading = () =>
      app.database.query<unknown[]>(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT "c".%'`,
      );
    try {
      await app.database.transaction(async (transaction) => {
        await transaction.query(`LOCK TABLE campaigns`);
        await tell(quiet, before + 5);
        await waitFor(async () => (await reading()).length > 0, { what: 'the row is being read' });
        await tell(id, version + 5);
        await fetch(`${app.url}/healthz`);
      });
    } finally {
      redis.disconnect();
    }
    await waitFor(() => ofIt().at(-1)?.version === version + 5, { what: 'the change during the reading' });
    await socket.dispose();
  });

  it('is NOT_FOUND for another business', async () => {
    const { businessId } = await createTenant(app);
    const socket = await app.socket();
    const stream = socket.iterate({ query, variables: { id: businessId } });
    const { value } = (await stream.next()) as { value: { errors?: { extensions: { code: string } }[] } };
    expect(value.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await socket.dispose();
  });
});

test('the migration counts the visits, orders and answers of before', async () => {
  const id = await delivered({ customRecipients: people(4, 850) });
  const linkTo = async (i: number) =>
    (await messageOf(id, phoneOf(850 + i))).buttons.find(({ url }) => url)?.url ?? '';
  for (const i of [0, 0, 1]) await visit(await linkTo(i));
  await shop([
    { phone: phoneOf(850), value: '10.50', currency: 'INR' },
    { phone: phoneOf(851), value: '1.00' },
    { phone: phoneOf(852) },
  ]);
  await app.steer('POST', 'inbound', { phoneNumberId, type: 'text', body: 'Yes', from: phoneOf(853) });
  await waitFor(async () => (await stats(app, id)).repliedCount === 1, { what: 'the answer is counted' });

  const [, backfill = ''] = readFileSync('migrations/1764750000000-earned.sql', 'utf8').split(
    /(?=UPDATE campaign_recipients SET clicked_links)/,
  );
  const runner = app.database.createQueryRunner();
  await runner.startTransaction();
  try {
    const earned = async () =>
      (await runner.query(
        `SELECT c.clicks, c.revenue, c.replied_count, l.people, l.clicks AS on_link,
           (SELECT sum(replied)::int FROM campaign_stats_minutes WHERE campaign_id = $1) AS replied,
           (SELECT array_agg(clicked_links ORDER BY seq) FROM campaign_recipients WHERE campaign_id = $1) AS links
         FROM campaigns c LEFT JOIN campaign_link_clicks l ON l.campaign_id = c.id WHERE c.id = $1`,
        [id],
      )) as unknown;
    const before = await earned();
    expect(before).toMatchObject([
      { clicks: 3, people: 2, on_link: 3, revenue: { INR: '10.50', XXX: '1.00' }, replied: 1 },
    ]);
    await runner.query(`DELETE FROM campaign_link_clicks; UPDATE campaign_recipients SET clicked_links = 0;
      UPDATE campaigns SET clicks = 0, revenue = '{}', replied_count = 0; UPDATE campaign_stats_minutes SET replied = 0`);
    expect(await earned()).not.toEqual(before);
    await runner.query(backfill);
    expect(await earned()).toEqual(before);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
});

test('links lead on and are counted while Redis is away', async () => {
  const id = await delivered({ customRecipients: people(9, 800) });
  const links = (await app.ledger())
    .filter(({ callbackData }) => callbackData.startsWith(id))
    .map(({ buttons }) => buttons.find(({ url }) => url)?.url ?? '');
  const proxied = await startProxied(app, { workers: 0 });
  try {
    await proxied.redis.cut();
    await waitFor(async () => (await readiness(proxied.app)).checks.redis !== 'ok', {
      what: 'Redis is away',
    });
    const times: number[] = [];
    for (const link of links) {
      const from = performance.now();
      expect(await visit(link.replace(app.url, proxied.app.url))).toContain('dakiya_click=');
      times.push(performance.now() - from);
    }
    // a wait for Redis would take two seconds
    expect(times.sort((a, b) => a - b)[4]).toBeLessThan(500);
    expect(await stats(app, id)).toMatchObject({ clickedCount: 9, clicks: 9 });
  } finally {
    await proxied.stop();
  }
});
