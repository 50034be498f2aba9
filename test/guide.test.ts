import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { percent } from '../src/campaigns/figures';
import { stats } from './api/ask';
import { App } from './support/app';
import type { GraphqlResult, LedgerMessage } from './support/app';
import { waitFor } from './support/wait';
import { openWindows } from './support/windows';

/**
 * Runs every request of docs/guide.md in order against the running product.
 *
 * The answers must equal those on the page, with these exceptions:
 * - `$name` is an id: its first occurrence sets it; in variables and all later answers it must be the same
 * - a time on the page matches any time, a duration any duration
 * - times in the variables of schedules are moved by whole years into the future, and so are those on a clock in the answers
 * - in answers while a campaign runs (`whileRunning`) a figure matches any figure
 * - `syncTemplates`: the page shows three templates, which must be in the answer
 * In all answers, on the page and real, the figures must add up and the rates must follow from the formulas.
 */
const whileRunning = ['Progress', 'Live'];

interface Example {
  name: string;
  kind: string;
  query: string;
  variables: unknown;
  response: unknown;
  /** The texts that WhatsApp accepts after the request, in the order of the phones. */
  messages: string[] | undefined;
}

function examples(): Example[] {
  const text = readFileSync(path.resolve('docs/guide.md'), 'utf8');
  const codeBlocks = [...text.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map(([, info = '', body = '']) => ({
    info,
    body,
  }));
  const found: Example[] = [];
  codeBlocks.forEach(({ info, body }, i) => {
    if (info.startsWith('http ')) {
      const response = codeBlocks[i + 1];
      expect([body, response?.info]).toEqual([body, 'json response']);
      const name = info.slice('http '.length);
      const answer: unknown = JSON.parse(response?.body ?? '');
      found.push({ name, kind: 'http', query: body, variables: {}, response: answer, messages: undefined });
    }
    if (info !== 'graphql') return;
    const [operation] = parse(body).definitions as OperationDefinitionNode[];
    const [variables, response, messages] = codeBlocks.slice(i + 1);
    expect([body, variables?.info, response?.info]).toEqual([body, 'json variables', 'json response']);
    found.push({
      name: operation?.name?.value ?? '',
      kind: operation?.operation ?? '',
      query: body,
      variables: JSON.parse(variables?.body ?? ''),
      response: JSON.parse(response?.body ?? ''),
      messages: messages?.info === 'text messages' ? messages.body.trim().split('\n') : undefined,
    });
  });
  const used = found.reduce((sum, { kind, messages }) => sum + (kind === 'http' ? 2 : messages ? 4 : 3), 0);
  expect(codeBlocks).toHaveLength(used);
  return found;
}

describe('the guide', () => {
  let app: App;
  const ids = new Map<string, string>();
  const list = examples();
  const phoneOf = (i: number) => `+9198200${String(i).padStart(5, '0')}`;

  beforeAll(async () => {
    // three attempts as in the guide, with shorter waits
    app = await App.start({
      env: { DELIVERY_BACKOFF_MS: '5' },
      behaviour: { clickShare: 0, previewShare: 0, deliveredShare: 1 },
    });
    ids.set('$businessId', app.businessId);
    await Promise.all([addLeads(), addCustomers(), addButtons()]);
  });
  afterAll(() => app?.close());

  /** 1530 hot and warm leads in Mumbai, 7 of them excluded; 300 in Pune; 42 owned by Asha Verma. */
  async function addLeads(): Promise<void> {
    const add = (from: number, to: number, city: string, more = '') =>
      app.database.query(
        `INSERT INTO leads (business_id, name, phone, phone_e164, status, quality, city, state, tags, assigned_user_id)
         SELECT $1, 'Lead ' || i, p, p, (ARRAY['NEW', 'CONTACTED'])[1 + i % 2], (ARRAY['HOT', 'WARM'])[1 + i / 2 % 2], $4, 'Maharashtra',
           CASE WHEN i < 42 THEN '{ebook-download}'::text[] ELSE '{}' END, CASE WHEN i < 42 THEN 'asha.verma' END
         FROM generate_series($2::int, $3::int) i, LATERAL (SELECT '+9198800' || lpad((i ${more})::text, 5, '0') AS p) phone`,
        [app.businessId, from, to, city],
      );
    await add(1, 1522, 'Mumbai'); // one has opted out
    await add(1523, 1526, 'MUMBAI', '- 1500'); // duplicates
    await add(2001, 2300, 'Pune');
    await app.database.query(
      `INSERT INTO leads (business_id, name, phone, phone_e164, email, quality, city) VALUES
         ($1, 'Rajesh Kumar', '+919876543210', '+919876543210', 'rajesh@example.com', 'HOT', 'Mumbai'),
         ($1, 'Priya Sharma', '+919876543211', '+919876543211', 'priya@example.com', 'WARM', 'mumbai'),
         ($1, 'Nobody', '', NULL, NULL, 'HOT', 'Mumbai'), ($1, 'Typo', '98', NULL, NULL, 'HOT', 'Mumbai'),
         ($1, 'Cold', '+919876543212', '+919876543212', NULL, 'COLD', 'Mumbai')`,
      [app.businessId],
    );
    await app.database.query(
      `UPDATE leads SET tags = '{webinar-attendee}', assigned_user_id = 'asha.verma' WHERE name = 'Lead 42'`,
    );
    await app.database.query(
      `INSERT INTO suppressions (business_id, phone, reason) VALUES ($1, '+919880001000', 'wrote "stop"')`,
      [app.businessId],
    );
  }

  /** 523 top customers, 1000 others who bought recently, and some who did not. */
  async function addCustomers(): Promise<void> {
    await app.addCustomers(523);
    await app.addCustomers(1000, { from: 1000, totalSpent: 1000, engagementScore: 4 });
    await app.addCustomers(100, { from: 3000, totalSpent: 999.99 });
    await app.addCustomers(100, { from: 4000, totalSpent: 2000, engagementScore: 6 });
    await app.database.query(
      `UPDATE customers SET last_order_at = now() - interval '91 days' WHERE phone >= $1`,
      [phoneOf(4000)],
    );
  }

  /** Gives the two Diwali templates of the page a button for the link, as approved by Meta. */
  async function addButtons(): Promise<void> {
    const [sender] = await app.database.query<{ waba_id: string }[]>(`SELECT waba_id FROM senders`);
    const headers = { authorization: 'Bearer EAATestToken', 'content-type': 'application/json' };
    const graph = `${app.simulator.url}/v25.0`;
    for (const name of ['diwali_sale_2024', 'vip_diwali_sale']) {
      const answer = await fetch(`${graph}/${sender?.waba_id}/message_templates?name=${name}`, { headers });
      const { data } = (await answer.json()) as { data: { id: string; components: unknown[] }[] };
      const url = `${app.url}/r/{{1}}`;
      const buttons = { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Shop now', url, example: [url] }] };
      const body = JSON.stringify({ components: [...(data[0]?.components ?? []), buttons] });
      const edited = await fetch(`${graph}/${data[0]?.id}`, { method: 'POST', headers, body });
      expect([name, edited.status]).toEqual([name, 200]);
    }
  }

  const campaign = (name: string) => ids.get(name) ?? '';
  const sentFor = async (name: string): Promise<LedgerMessage[]> =>
    (await app.ledger()).filter(({ callbackData }) => callbackData.startsWith(campaign(name)));

  /** Some sends fail, some phones are off. Recipients in `hold` are delayed, so that the campaign is seen while it runs. */
  async function setFailures(
    trouble: number[],
    notOnWhatsApp: number[],
    off: number[],
    hold: number[] = [],
  ): Promise<void> {
    const perNumber = Object.fromEntries<unknown>([
      ...trouble.map((i) => [phoneOf(i), { respond: { http: 500, code: 131000, times: 3 } }] as const),
      ...notOnWhatsApp.map((i) => [phoneOf(i), { fail: 131026 }] as const),
      ...off.map((i) => [phoneOf(i), { silent: true }] as const),
      ...hold.map((i) => [phoneOf(i), { respond: { http: 400, code: 130429 } }] as const),
    ]);
    await app.behave({ perNumber });
  }

  /** Waits for the end of the campaign; then some recipients open their links, and some of them buy. */
  async function people(name: string, delivered: number, clicks: number, orders: number): Promise<void> {
    await waitFor(
      async () => {
        const { status, deliveredCount } = await stats(app, campaign(name));
        return status === 'COMPLETED' && deliveredCount === delivered;
      },
      { what: `${name} has ended`, timeoutMs: 30_000 },
    );
    const reached = (await sentFor(name)).filter((one) =>
      one.statuses.some(({ status }) => status === 'delivered' || status === 'read'),
    );
    const clickIds: string[] = [];
    const links = reached.slice(0, clicks).map(({ buttons }) => buttons[0]?.url ?? '');
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let link = links.pop(); link; link = links.pop()) {
          const answer = await fetch(link, {
            redirect: 'manual',
            headers: { 'user-agent': 'Mozilla/5.0 (Android 14)' },
          });
          clickIds.push(new URL(answer.headers.get('location') ?? '').searchParams.get('dakiya_click') ?? '');
        }
      }),
    );
    const posted = await fetch(`${app.url}/conversions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await app.token()}` },
      body: JSON.stringify(
        clickIds.slice(0, orders).map((clickId) => ({
          businessId: app.businessId,
          clickId,
          orderId: clickId,
          value: 499,
          currency: 'INR',
        })),
      ),
    });
    expect(await posted.json()).toEqual({ accepted: orders, duplicates: 0, rejected: [] });
  }

  /** What happens before a request is sent. */
  const meanwhile: Record<string, () => Promise<unknown>> = {
    Send: () => setFailures([0], [1, 2], [3, 4, 5, 6, 7, 1000, 1001, 1002, 1003, 1004]),
    Stats: () => people('$campaignId', 1510, 342, 87),
    SendBest: () => setFailures([], [1, 2], [3, 4, 5], [522]),
    Progress: () =>
      waitFor(async () => (await stats(app, campaign('$vipCampaignId'))).deliveredCount > 0, {
        what: 'some messages are accepted',
      }),
    Result: async () => {
      await setFailures([], [1, 2], [3, 4, 5]);
      await people('$vipCampaignId', 518, 142, 38);
    },
    AfterRetry: () =>
      waitFor(async () => (await stats(app, campaign('$campaignId'))).status === 'COMPLETED', {
        what: 'the retry is done',
      }),
    CreateWithPlaceholders: () =>
      openWindows(app, app.businessId, [{ phone: '+919876543210' }, { phone: '+919876543211' }]),
    SendSlice: () => setFailures([], [], []),
    Slice: () =>
      waitFor(async () => (await stats(app, campaign('$sliceId'))).sentCount === 53, {
        what: 'the canary is sent',
      }),
    Imported: () =>
      waitFor(
        async () =>
          (await app.database.query<unknown[]>(`SELECT FROM imports WHERE status <> 'RUNNING'`)).length,
        {
          what: 'the import has ended',
        },
      ),
    AfterCancel: () =>
      waitFor(async () => (await stats(app, campaign('$sliceId'))).queuedCount === 0, {
        what: 'nobody is queued',
      }),
  };

  /** Schedules must be in the future, and the page shows fixed times: the same day of the first year that is far enough. */
  function inFuture(text: string): string {
    const times = [...text.matchAll(/"sendAt":"([^"]+)"/g)].map(([, at = '']) => Date.parse(at));
    if (times.length === 0) return text;
    let years = 0;
    while (new Date(Math.min(...times)).setUTCFullYear(2027 + years) < Date.now() + 86_400_000) years++;
    return text.replace(/"2027(-\d\d-\d\dT)/g, (_all, rest: string) => `"${2027 + years}${rest}`);
  }

  function filled(value: unknown): unknown {
    const text = inFuture(JSON.stringify(value)).replace(/"(\$\w+)"/g, (_all, name: string) =>
      JSON.stringify(ids.get(name) ?? name),
    );
    return JSON.parse(text) as unknown;
  }

  async function ask({ kind, query }: Example, variables: unknown): Promise<GraphqlResult<unknown>> {
    if (kind === 'http') return posted(query);
    if (kind !== 'subscription') {
      const token = await app.token({ subject: 'asha.verma' });
      return app.graphql(query, variables as Record<string, unknown>, token);
    }
    const socket = await app.socket();
    try {
      for await (const event of socket.iterate({ query, variables: variables as Record<string, unknown> }))
        return event as GraphqlResult<unknown>;
      return {};
    } finally {
      await socket.dispose();
    }
  }

  /** Sends a request that the page shows as it goes over the line: method and path, headers, body. */
  async function posted(text: string): Promise<GraphqlResult<unknown>> {
    const [head = '', ...body] = text.split('\n\n');
    const [[method = '', path = ''] = [], ...headers] = head.split('\n').map((line) => line.split(/:? /));
    const response = await fetch(app.url + path.replace(/\$\w+/g, (name) => ids.get(name) ?? name), {
      method,
      headers: {
        ...(Object.fromEntries(headers) as Record<string, string>),
        authorization: `Bearer ${await app.token()}`,
      },
      body: body.join('\n\n'),
    });
    return (await response.json()) as GraphqlResult<unknown>;
  }

  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;
  const localTime = /^\d{4}-01-26 10:00$/;
  const duration = /^\d+ (second|minute|hour|day)s?( \d+ (minute|hour)s?)?$/;

  /** The real answer with the parts that may differ replaced by those of the page, so that both can be compared exactly. */
  function normalised(real: unknown, expected: unknown, anyFigures: boolean): unknown {
    if (Array.isArray(real) && Array.isArray(expected))
      return real.map((one, i) => normalised(one, expected[i], anyFigures));
    if (isObject(real) && isObject(expected))
      return Object.fromEntries(
        Object.entries(real).map(([key, value]) => [
          key,
          normalised(value, expected[key], anyFigures && key !== 'totalRecipients'),
        ]),
      );
    if (typeof real === 'number' && typeof expected === 'number' && anyFigures) return expected;
    if (typeof real !== 'string' || typeof expected !== 'string') return real;
    if (/^\$\w+$/.test(expected) && /^[0-9a-f-]{36}$/.test(real)) {
      if (!ids.has(expected)) ids.set(expected, real);
      return ids.get(expected) === real ? expected : real;
    }
    return [time, localTime, duration].some((shape) => shape.test(real) && shape.test(expected))
      ? expected
      : real;
  }

  /** Expects all figures in an answer to add up. */
  function checkFigures(value: unknown): void {
    if (Array.isArray(value)) value.forEach(checkFigures);
    if (!isObject(value)) return;
    Object.values(value).forEach(checkFigures);
    const {
      sentCount: sent,
      deliveredCount: delivered,
      totalRecipients: total,
    } = value as Record<string, number>;
    if (sent === undefined || delivered === undefined) return;
    expect(delivered).toBeLessThanOrEqual(sent);
    const rates = {
      deliveryRate: percent(delivered, sent),
      clickRate: percent(Number(value.clickedCount), delivered),
      conversionRate: percent(Number(value.convertedCount), delivered),
    };
    for (const [name, rate] of Object.entries(rates))
      if (name in value) expect([name, value[name]]).toEqual([name, rate]);
    const {
      queuedCount: queued,
      unconfirmedCount: unconfirmed,
      failedCount: failed,
      skippedCount: skipped,
    } = value as Record<string, number>;
    if (queued !== undefined)
      expect(queued + (unconfirmed ?? 0) + sent + (failed ?? 0) + (skipped ?? 0)).toBe(total);
  }

  it.each(list.map((example) => [example.name, example] as const))(
    '%s',
    async (name, example) => {
      await meanwhile[name]?.();
      const real = await ask(example, filled(example.variables));
      checkFigures(real);
      checkFigures(example.response);
      if (name === 'Sync') {
        const { data } = example.response as { data: { syncTemplates: unknown[] } };
        expect((real.data as typeof data).syncTemplates).toEqual(expect.arrayContaining(data.syncTemplates));
        return;
      }
      expect(normalised(real, example.response, whileRunning.includes(name))).toEqual(example.response);
      if (example.messages) {
        const { campaignId } = example.variables as { campaignId: string };
        const sent = await waitFor(
          async () => {
            const messages = await sentFor(campaignId);
            return messages.length === example.messages?.length ? messages : undefined;
          },
          { what: 'the messages are accepted' },
        );
        expect(sent.sort((a, b) => a.to.localeCompare(b.to)).map(({ text }) => text)).toEqual(
          example.messages,
        );
      }
    },
    60_000,
  );

  it('gives each request a different name, and this test refers to no other name', () => {
    const names = list.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...Object.keys(meanwhile), ...whileRunning].filter((name) => !names.includes(name))).toEqual([]);
  });

  it('sends to everybody once, with the right name', async () => {
    const ledger = await sentFor('$vipCampaignId');
    expect(new Set(ledger.map(({ to }) => to)).size).toBe(523);
    expect(ledger).toHaveLength(523);
    expect(ledger.every(({ text }) => /Namaste Customer \d+,/.test(text) && text.includes('70% OFF'))).toBe(
      true,
    );
    const sale = await sentFor('$campaignId');
    expect([sale.length, new Set(sale.map(({ to }) => to)).size]).toEqual([1523, 1523]);
  });
});

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
