import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import path from 'node:path';
import { buildSchema, getNamedType, isEnumType, isInputObjectType, isLeafType, isNonNullType } from 'graphql';
import type { GraphQLInputType } from 'graphql';
import type { Browser, Locator, Page } from 'playwright-core';
import { signToken } from '../../src/accounts/token';
import { Role } from '../../src/accounts/viewer';
import { startApi } from '../../src/compose';
import { schemaText } from '../../src/schema';
import { refusal } from '../api/ask';
import { createTenant } from '../api/tenant';
import { Wire } from '../api/wire';
import { App } from '../support/app';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import { createDraft } from './draft';

const create = `mutation ($id: ID!, $until: DateTime!) { createWidgetToken(campaignId: $id, expiresAt: $until) }`;
const figuresOf = `query ($id: ID!) { campaignStats(campaignId: $id) { id campaignName sentCount cost { amount } } }`;
const day = 86_400_000;

let app: App;
let id: string;
let token: string;
let other: string;

beforeAll(async () => {
  app = await App.start({ behaviour: { deliveredShare: 1 } });
  await app.addCustomers(60);
  id = await createDraft(app, 'Seen from outside');
  other = await createDraft(app, 'Not shown');
  token = await widgetToken(id, day);
});
afterAll(() => app?.close());

const until = (ms: number) => new Date(Date.now() + ms).toISOString();

async function widgetToken(campaign: string, ms: number, by?: string): Promise<string> {
  const variables = { id: campaign, until: until(ms) };
  return (await app.data<{ createWidgetToken: string }>(create, variables, by)).createWidgetToken;
}

describe('createWidgetToken', () => {
  it('is for marketers, own campaigns, and the time of a year ahead', async () => {
    const as = async (role: Role) => app.token({ role });
    expect(await widgetToken(id, day, await as(Role.MARKETER))).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await refusal(app, create, { id, until: until(day) }, await as(Role.VIEWER))).toMatchObject({
      code: 'FORBIDDEN',
    });
    const foreign = await createTenant(app);
    expect(await refusal(app, create, { id: foreign.campaignId, until: until(day) })).toMatchObject({
      code: 'NOT_FOUND',
    });
    await widgetToken(id, 365 * day);
    for (const ms of [-day, 0, 367 * day, 10_000 * day])
      expect([ms, await refusal(app, create, { id, until: until(ms) })]).toEqual([
        ms,
        {
          code: 'BAD_USER_INPUT',
          field: 'expiresAt',
          message: 'expiresAt: expected a time in the future, at most a year ahead',
        },
      ]);
  });
});

describe('a widget token', () => {
  const schema = buildSchema(schemaText());

  /** The least that a required argument of this type takes. */
  function sample(type: GraphQLInputType): unknown {
    const named = getNamedType(type);
    if (isEnumType(named)) return named.getValues()[0]?.value;
    if (isInputObjectType(named))
      return Object.fromEntries(
        Object.values(named.getFields())
          .filter((field) => isNonNullType(field.type))
          .map((field) => [field.name, sample(field.type)]),
      );
    const samples: Record<string, unknown> = { ID: id, Int: 1, Float: 1, Boolean: true, Decimal: '1' };
    const others = { DateTime: until(day), URL: 'https://a.example/', JSONObject: {}, JSON: [] };
    return { ...samples, ...others }[named.name] ?? 'x';
  }

  it('reads the figures of its campaign, once and live, and nothing else', async () => {
    expect(await app.data(figuresOf, { id }, token)).toMatchObject({
      campaignStats: { id, campaignName: 'Seen from outside' },
    });
    const wire = await Wire.connect(app, token);
    const live = await wire.ask('live', figuresOf.replace('query', 'subscription'), { id: id.toUpperCase() });
    expect(live.payload).toMatchObject({ data: { campaignStats: { id } } });

    const foreign = await createTenant(app);
    for (const asked of [other, foreign.campaignId, 'nothing'])
      expect([asked, await refusal(app, figuresOf, { id: asked }, token)]).toEqual([
        asked,
        { code: 'NOT_FOUND', field: undefined, message: 'Campaign not found' },
      ]);
    const liveOther = await wire.ask('other', figuresOf.replace('query', 'subscription'), { id: other });
    expect(liveOther.payload).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });

    const kinds = [
      ['query', schema.getQueryType()],
      ['mutation', schema.getMutationType()],
      ['subscription', schema.getSubscriptionType()],
    ] as const;
    const tried: string[] = [];
    for (const [kind, type] of kinds)
      for (const field of Object.values(type?.getFields() ?? {})) {
        if (field.name === 'campaignStats') continue;
        const args = field.args.filter((arg) => isNonNullType(arg.type));
        const given = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
        const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
        const operation = `${kind} ${given && `(${given})`} { ${field.name} ${passed && `(${passed})`} ${
          isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'
        } }`;
        const variables = Object.fromEntries(args.map((arg) => [arg.name, sample(arg.type)]));
        const name = `${kind} ${field.name}`;
        const { payload } = await wire.ask(name, operation, variables);
        const errors = Array.isArray(payload)
          ? (payload as unknown)
          : (payload as { errors: unknown }).errors;
        expect([name, errors]).toEqual([
          name,
          [
            expect.objectContaining({
              message: 'A widget token reads the figures of its campaign, and nothing else',
              extensions: { code: 'FORBIDDEN' },
            }),
          ],
        ]);
        tried.push(name);
      }
    expect(tried.length).toBeGreaterThan(60);
    wire.close();
  });

  it('is no token for the plain paths, and no other token passes for it', async () => {
    const headers = { authorization: `Bearer ${token}` };
    for (const [method, address] of [
      ['GET', `/exports/recipients?campaignId=${id}`],
      ['POST', `/imports?businessId=${app.businessId}&kind=leads`],
      ['POST', `/media?businessId=${app.businessId}`],
      ['POST', '/conversions'],
    ] as const)
      expect([address, (await fetch(app.url + address, { method, headers })).status]).toEqual([address, 401]);

    const [head, claims = '', mark] = token.split('.');
    const payload = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = await signToken(app.config.jwt, {
      subject: 'x',
      role: Role.VIEWER,
      businessIds: [app.businessId],
      ttlSeconds: 60,
    });
    for (const forged of [
      `${head}.${encode({ ...payload, campaignId: other })}.${mark}`,
      `${encode({ alg: 'none', typ: 'dakiya-widget+jwt' })}.${claims}.`,
      `${encode({ alg: 'HS256', typ: 'JWT' })}.${claims}.${mark}`,
      `${head}.${signed.split('.')[1]}.${signed.split('.')[2]}`,
    ])
      expect(await refusal(app, figuresOf, { id: other }, forged)).toMatchObject({ code: 'UNAUTHENTICATED' });

    const short = await widgetToken(id, 2000);
    await waitFor(async () => (await app.graphql(figuresOf, { id }, short)).errors, {
      what: 'the token has expired',
    });
    expect(await refusal(app, figuresOf, { id }, short)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('alone opens /graphql?widget, and only that to other origins', async () => {
    const origin = 'https://partner.example';
    const asked = async (address: string, authorization?: string) => {
      const response = await fetch(app.url + address, {
        method: 'POST',
        headers: {
          origin,
          'content-type': 'application/json',
          ...(authorization ? { authorization: `Bearer ${authorization}` } : {}),
        },
        body: JSON.stringify({ query: figuresOf, variables: { id } }),
      });
      return [response.status, response.headers.get('access-control-allow-origin')];
    };
    expect(await asked('/graphql?widget', token)).toEqual([200, '*']);
    expect(await asked('/graphql?widget', await app.token())).toEqual([401, '*']);
    expect(await asked('/graphql?widget')).toEqual([401, '*']);
    expect(await asked('/graphql', token)).toEqual([200, null]);
    expect(await asked('/graphql?x=widget', token)).toEqual([200, null]);

    await expect(Wire.open(app, { origin })).rejects.toThrow('403');
    for (const [given, code] of [
      [token, undefined],
      [await app.token(), 4403],
    ] as const) {
      const wire = await Wire.open(app, { origin, path: '/graphql?widget' });
      wire.send({ type: 'connection_init', payload: { authorization: `Bearer ${given}` } });
      const seen = await waitFor(() => wire.closed ?? wire.messages[0], { what: 'it is accepted or closed' });
      expect(seen).toMatchObject(code ? { code } : { type: 'connection_ack' });
      wire.close();
    }
  });

  it('serves more visitors than one user may have sockets', async () => {
    const wires = await Promise.all(Array.from({ length: 60 }, () => Wire.connect(app, token)));
    expect(wires.filter((wire) => wire.closed)).toEqual([]);
    wires.forEach((wire) => wire.close());
  });
});

describe('the files of widgets', () => {
  it('can be used by any site, framed only where that is meant, without inline scripts and styles', async () => {
    const frame = await fetch(`${app.url}/widgets/campaign/${id}`);
    const policy = frame.headers.get('content-security-policy') ?? '';
    expect([frame.status, frame.headers.get('x-frame-options')]).toEqual([200, null]);
    expect(policy).toContain('frame-ancestors *');
    expect(policy).not.toContain('unsafe');
    for (const address of [
      '/',
      '/playground',
      '/widgets/dakiya.js',
      '/widgets/nothing',
      '/widgets/campaign',
    ]) {
      const { headers } = await fetch(app.url + address);
      expect([address, headers.get('x-frame-options')]).toEqual([address, 'SAMEORIGIN']);
      expect(headers.get('content-security-policy')).toContain(`frame-ancestors 'self'`);
    }
    const script = await fetch(`${app.url}/widgets/dakiya.js`);
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(script.headers.get('access-control-allow-origin')).toBe('*');
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(Buffer.byteLength(await script.text())).toBeLessThan(15_000);
  });
});

describeInBrowser('a page of another site', () => {
  let browser: Browser;
  let site: Server;
  let origin: string;
  let html = '';
  /** Where the page's own Content-Security-Policy lets widgets come from. */
  let allowed = '';

  beforeAll(async () => {
    browser = await launch();
    allowed = app.url;
    const server = createServer((request, response) => {
      response
        .setHeader('content-type', 'text/html')
        .setHeader(
          'content-security-policy',
          `default-src 'none'; script-src ${allowed}; frame-src ${allowed}; connect-src ${allowed} ${allowed.replace('http', 'ws')}`,
        )
        .end(request.url === '/' ? html : '');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    site = server;
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** The example of docs/widgets.md, with these values. */
  function example(values: { token: string; campaign?: string; server?: string; lang?: string }): string {
    const text = readFileSync(path.resolve('docs/widgets.md'), 'utf8');
    const [, page = ''] = /^```html\n([\s\S]*?)^```$/m.exec(text) ?? [];
    return page
      .replaceAll('https://dakiya.example.com', values.server ?? app.url)
      .replaceAll('CAMPAIGN_ID', values.campaign ?? id)
      .replaceAll('TOKEN', values.token)
      .replaceAll('lang="en"', `lang="${values.lang ?? 'en'}"`)
      .replaceAll('lang=en', `lang=${values.lang ?? 'en'}`);
  }

  async function open(values: Parameters<typeof example>[0], scheme: 'light' | 'dark' = 'light') {
    html = example(values);
    const opened = await openPage(browser, app.url, { scheme });
    await opened.page.goto(origin);
    const { page } = opened;
    const inPage = page.locator('dakiya-campaign-stats');
    const framed = page.frameLocator('iframe').locator('dakiya-campaign-stats');
    return { ...opened, both: [inPage, framed] as const, inPage };
  }

  const number = async (widget: Locator, name: string) =>
    Number((await widget.locator(`[data-figure="${name}"]`).textContent())?.replaceAll(',', ''));
  const background = (page: Page) =>
    page.evaluate<string>(
      `getComputedStyle(document.querySelector('dakiya-campaign-stats').shadowRoot.firstChild).backgroundColor`,
    );

  it('shows figures that move while a campaign is sent, in an element and in a frame', async () => {
    await app.database.query(`UPDATE senders SET messages_per_second = 15`);
    const { page, complaints, both, context } = await open({ token });
    for (const widget of both) {
      await widget.getByText('Seen from outside').waitFor();
      await widget.getByText('Draft', { exact: true }).waitFor();
    }
    await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id });
    for (const widget of both)
      await waitFor(
        async () => {
          const sent = await number(widget, 'sent');
          return sent > 0 && sent < 60;
        },
        { what: 'some are sent, not all' },
      );
    for (const widget of both) {
      await widget.getByText('Completed', { exact: true }).waitFor();
      await waitFor(async () => (await number(widget, 'delivered')) === 60, { what: 'all are delivered' });
      expect([await number(widget, 'audience'), await number(widget, 'sent')]).toEqual([60, 60]);
      await widget.getByText('100.00 % of those sent').waitFor();
    }
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await background(page)).toBe('rgb(255, 255, 255)');

    // What a script of that page can do with the token: the same, and no more.
    const fromPage = (address: string, query: string, asked: string) =>
      page.evaluate(
        async ([url, body, bearer]) => {
          const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
          const response = await fetch(url as string, { method: 'POST', headers, body: body as string });
          return response.text();
        },
        [app.url + address, JSON.stringify({ query, variables: { id: asked } }), token],
      );
    expect(await fromPage('/graphql?widget', figuresOf, id)).toContain('"sentCount":60');
    expect(await fromPage('/graphql?widget', figuresOf, other)).toContain('NOT_FOUND');
    const pause = `mutation ($id: ID!) { pauseCampaign(campaignId: $id) { id } }`;
    expect(await fromPage('/graphql?widget', pause, id)).toContain('FORBIDDEN');
    expect(complaints.console).toEqual([]);
    await expect(fromPage('/graphql', figuresOf, id)).rejects.toThrow('Failed to fetch');
    expect(complaints.outside.filter((address) => !address.startsWith(origin))).toEqual([]);
    await context.close();
  });

  it('says in words why there are no figures, in the language of the page and in dark', async () => {
    const { page, inPage, both, context } = await open({ token, lang: 'hi' }, 'dark');
    const setOf = (widget: Locator, name: string, value: string) =>
      widget.evaluate(
        (element, [key, to]) => element.setAttribute(key as string, to as string),
        [name, value],
      );
    for (const widget of both) await widget.getByText('Seen from outside').waitFor();
    const expired = await widgetToken(id, 6000);
    for (const widget of both) await setOf(widget, 'token', expired);
    // the figures stay, with the reason
    for (const widget of both) {
      await widget.getByText('समय-सीमा समाप्त हो गई है').waitFor();
      await widget.getByText('पहुँचे', { exact: true }).waitFor();
    }
    expect(await background(page)).toBe('rgb(25, 31, 29)');
    expect(await accessibilityFindings(page)).toEqual([]);

    const set = (name: string, value: string) => setOf(inPage, name, value);
    await set('lang', 'en');
    await inPage.getByText('The token of this widget has expired.').waitFor();
    await set('token', token);
    await waitFor(async () => (await number(inPage, 'sent')) === 60, { what: 'a new token brings figures' });
    await set('campaign', other);
    await inPage.getByText('the token is for another campaign').waitFor();
    expect(await inPage.locator('dl').isVisible()).toBe(false);
    await set('token', 'nonsense');
    await inPage.getByText('The token of this widget is not valid.').waitFor();
    await set('token', '');
    await inPage.getByText('This widget needs a campaign and a token.').waitFor();
    await set('campaign', id);
    await set('token', expired);
    await inPage.getByText('The token of this widget has expired.').waitFor();
    await context.close();
  });

  it('keeps the last figures while the connection is lost, and is exact afterwards', async () => {
    const api = await startApi({ ...app.config, port: 0 }, silent);
    const server = `http://127.0.0.1:${api.port}`;
    allowed = server;
    const { both, context } = await open({ token, server });
    for (const widget of both)
      await waitFor(async () => (await number(widget, 'sent')) === 60, { what: 'figures' });

    await api.stop();
    for (const widget of both) {
      await widget.getByText('These are the last figures').waitFor();
      expect(await number(widget, 'sent')).toBe(60);
    }
    // Nobody is told of this: the new snapshot has to bring it.
    await app.database.query(`UPDATE campaigns SET clicked_count = 7, version = version + 1 WHERE id = $1`, [
      id,
    ]);
    const restarted = await startApi({ ...app.config, port: api.port ?? 0 }, silent);
    for (const widget of both) {
      await waitFor(async () => (await number(widget, 'clicked')) === 7, { what: 'the new figures' });
      await widget.getByText('These are the last figures').waitFor({ state: 'hidden' });
    }
    await context.close();
    await restarted.stop();
  });
});
