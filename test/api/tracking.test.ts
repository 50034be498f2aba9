import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import type { LedgerMessage } from '../support/app';
import { browser } from '../support/visits';
import { waitFor } from '../support/wait';
import { createCampaign, documents, post, sendCampaign, stats } from './ask';
import { createTenant } from './tenant';
import { Wire } from './wire';

const target = 'https://shop.example.com/diwali?utm=wa&dakiya_click=old#offers';

interface Visit {
  method?: string;
  userAgent?: string;
  headers?: Record<string, string>;
}

interface Answer {
  status: number;
  location: string | undefined;
  headers: IncomingMessage['headers'];
  text: string;
}

describe('tracking', () => {
  let app: App;
  let campaignId: string;
  let messages: LedgerMessage[];
  let token: string;

  beforeAll(async () => {
    app = await App.start({ behaviour: { clickShare: 0, previewShare: 0, failures: {}, deliveredShare: 1 } });
    token = await app.token();
    campaignId = await createCampaign(
      app,
      Array.from({ length: 12 }, (_, i) => `+9198765600${String(i).padStart(2, '0')}`),
      {
        whatsappTemplateName: 'weekend_sale',
        whatsappTemplateLanguage: 'en',
        templateParameters: ['{{name}}'],
        linkUrl: target,
      },
    );
    await app.data(sendCampaign, { id: campaignId });
    await waitFor(async () => (await stats(app, campaignId)).deliveredCount === 12, {
      what: 'all messages are delivered',
    });
    messages = (await app.ledger()).sort((a, b) => a.to.localeCompare(b.to));
  });
  afterAll(() => app?.close());

  const linkOf = (message: LedgerMessage | undefined) => message?.buttons.find(({ url }) => url)?.url ?? '';
  const clicked = async () => (await stats(app, campaignId)).clickedCount;

  /** Opens a link exactly as given; fetch would normalise the path and follow the redirect. */
  function visit(
    link: string,
    { method = 'GET', userAgent = browser, headers = {} }: Visit = {},
  ): Promise<Answer> {
    const path = link.replace(app.url, '');
    return new Promise((resolve, reject) => {
      request(
        app.url,
        { method, path, headers: { ...(userAgent && { 'user-agent': userAgent }), ...headers } },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              location: response.headers.location,
              headers: response.headers,
              text,
            }),
          );
        },
      )
        .on('error', reject)
        .end();
    });
  }

  const clickId = ({ location }: Answer) => new URL(location ?? '').searchParams.get('dakiya_click') ?? '';

  describe('links', () => {
    it('gives each recipient a different link that reveals nothing about them', () => {
      const tokens = messages.map((message) => linkOf(message).split('/r/')[1] ?? '');
      expect(new Set(tokens).size).toBe(12);
      for (const one of tokens) expect(one).toMatch(/^[\w-]{32}$/);
      for (const message of messages) expect(linkOf(message)).not.toContain(message.to.slice(3));
    });

    it("redirects to the campaign's linkUrl only", async () => {
      const link = linkOf(messages[0]);
      const answer = await visit(link);
      expect(answer).toMatchObject({ status: 302, text: '' });
      const id = clickId(answer);
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.location).toBe(`https://shop.example.com/diwali?utm=wa&dakiya_click=${id}#offers`);
      expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      for (const query of [
        '?url=https://evil.example',
        '?linkUrl=//evil',
        '?dakiya_click=mine',
        '?next=%0d%0aSet-Cookie:a=b',
        '?__proto__[link_url]=x',
      ]) {
        const other = await visit(link + query, {
          headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
        });
        expect(other.location?.replace(clickId(other), '')).toBe(
          'https://shop.example.com/diwali?utm=wa&dakiya_click=#offers',
        );
        expect(other.headers['set-cookie']).toBeUndefined();
      }
    });

    it.each([
      'https://shop.example.com/?d=e,f,g&sig=a%20b~c*(d)',
      'https://ads.example.com/x?iu=/123/ad',
      'HTTPS://Shop.Example.COM:443/a/../b?q=%7e',
    ])('redirects to %s byte for byte', async (linkUrl) => {
      const { createCampaign: draft } = await app.data<{ createCampaign: { linkUrl: string } }>(
        documents.createCampaign,
        {
          input: {
            businessId: app.businessId,
            campaignName: 'Signed',
            campaignType: 'PROMOTIONAL',
            audienceType: 'CUSTOM',
            customRecipients: [{ name: 'A', phone: '+919876560000' }],
            messageText: 'See {{link}}',
            mediaUrl: linkUrl,
            linkUrl,
          },
        },
      );
      expect(draft).toMatchObject({ linkUrl, mediaUrl: linkUrl });
      await app.database.query(`UPDATE campaigns SET link_url = $2 WHERE id = $1`, [
        campaignId,
        draft.linkUrl,
      ]);
      const answer = await visit(linkOf(messages[0]));
      expect(answer.location).toBe(`${linkUrl}&dakiya_click=${clickId(answer)}`);
      expect((await visit(linkOf(messages[0]), { userAgent: 'WhatsApp/2.23.20.0 A' })).location).toBe(
        linkUrl,
      );
      await app.database.query(`UPDATE campaigns SET link_url = $2 WHERE id = $1`, [campaignId, target]);
    });

    it('redirects to a URL with characters outside ASCII', async () => {
      const linkUrl = 'https://दुकान.भारत/दिवाली?q=साड़ी#ऑफ़र';
      await app.database.query(`UPDATE campaigns SET link_url = $2 WHERE id = $1`, [campaignId, linkUrl]);
      const answer = await visit(linkOf(messages[0]));
      expect(answer.location).toMatch(/^[\x21-\x7e]+$/);
      expect(decodeURI(new URL(answer.location ?? '').href)).toBe(
        decodeURI(new URL(linkUrl.replace('#', `&dakiya_click=${clickId(answer)}#`)).href),
      );
      await app.database.query(`UPDATE campaigns SET link_url = $2 WHERE id = $1`, [campaignId, target]);
    });

    it.each([
      '.',
      ')',
      ',',
      '!',
      '*',
      '_',
      '%20',
      '?',
      '%C2%BB',
      '%E0%A5%A4',
      '!).%22',
      '%E2%80%9D',
      '%F0%9F%8E%89',
      '|',
      '=',
      '+',
    ])('ignores %s after the link', async (behind) => {
      const answer = await visit(linkOf(messages[0]) + behind);
      expect(answer.status).toBe(302);
      expect(clickId(answer)).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('counts a recipient once, however often the link is opened at the same time', async () => {
      const before = await clicked();
      const link = linkOf(messages[1]);
      const answers = await Promise.all(Array.from({ length: 10 }, () => visit(link)));
      expect(new Set(answers.map(clickId)).size).toBe(10);
      expect(await clicked()).toBe(before + 1);
      const [{ count }] = await app.database.query<[{ count: string }]>(
        `SELECT count(*) FROM clicks JOIN campaign_recipients USING (campaign_id, seq) WHERE phone = $1`,
        [messages[1]?.to],
      );
      expect(count).toBe('10');
    });

    it.each<[string, Visit]>([
      [
        "Facebook's preview",
        { userAgent: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)' },
      ],
      ["WhatsApp's preview", { userAgent: 'WhatsApp/2.23.20.0 A' }],
      [
        'a crawler',
        { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
      ],
      ['a program', { userAgent: 'curl/8.5.0' }],
      ['a request without a user agent', { userAgent: '' }],
      ['a HEAD request', { method: 'HEAD' }],
      ['a prefetch', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
      ['a prefetch of an old Chrome', { headers: { purpose: 'prefetch' } }],
      ['a preview of Safari', { headers: { 'x-purpose': 'preview' } }],
      ['a prefetch of an old Firefox', { headers: { 'x-moz': 'prefetch' } }],
      [
        'an HTTP library on Android',
        { userAgent: 'Dalvik/2.1.0 (Linux; U; Android 9; SM-G960F Build/PPR1.180610.011)' },
      ],
    ])('does not count %s', async (_what, how) => {
      const before = await clicked();
      const answer = await visit(linkOf(messages[2]), how);
      expect(answer.status).toBe(302);
      expect(answer.location).not.toMatch(/dakiya_click=[0-9a-f-]{36}/);
      expect(await clicked()).toBe(before);
    });

    it('counts a click from a device with a name like a bot', async () => {
      const before = await clicked();
      const userAgent =
        'Mozilla/5.0 (Linux; Android 12; CUBOT KING KONG 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36';
      expect(clickId(await visit(linkOf(messages[10]), { userAgent }))).not.toBe('');
      expect(await clicked()).toBe(before + 1);
    });

    it('answers any other token with the same 404', async () => {
      const good = linkOf(messages[3]).split('/r/')[1] ?? '';
      const last = good.at(-1) === 'A' ? 'B' : 'A';
      const bytes = Buffer.from(good, 'base64url');
      const otherPlace = Buffer.concat([
        bytes.subarray(0, 18),
        Buffer.from(bytes.subarray(18).map((byte) => byte ^ 1)),
      ]);
      const tokens = [
        randomBytes(22).toString('base64url').slice(0, 30),
        good.slice(0, -1) + last,
        otherPlace.toString('base64url'),
        good.slice(0, -1),
        `${good}A`,
        `${good}.A`,
        `${good}%00`,
        `.${good}`,
        good.toLowerCase() === good ? good.toUpperCase() : good.toLowerCase(),
        `${'%00'.repeat(10)}`,
        '%F0%9F%8E%89',
        "' OR 1=1 --".replaceAll(' ', '%20'),
        'A'.repeat(5000),
      ];
      for (const one of tokens) {
        const { status, text, location } = await visit(`/r/${one}`);
        expect([one, status, text, location]).toEqual([one, 404, 'This link is not known', undefined]);
      }
      for (const path of ['/r/', '/r', '/r/%zz', `/r/${good}/more`, `/r//evil.example`]) {
        const { status, location } = await visit(path);
        expect([path, status >= 400 && status < 500, location]).toEqual([path, true, undefined]);
      }
    });

    it('answers 404 when the campaign has no linkUrl', async () => {
      const before = linkOf(messages[3]);
      await app.database.query(`UPDATE campaigns SET link_url = NULL WHERE id = $1`, [campaignId]);
      expect((await visit(before)).status).toBe(404);
      await app.database.query(`UPDATE campaigns SET link_url = $2 WHERE id = $1`, [campaignId, target]);
    });
  });

  describe('orders', () => {
    async function shop(body: unknown, by: string | null = token) {
      const answer = await post(
        `${app.url}/conversions`,
        typeof body === 'string' ? body : JSON.stringify(body),
        {
          'content-type': 'application/json',
          ...(by ? { authorization: `Bearer ${by}` } : {}),
        },
      );
      return { status: answer.status, body: JSON.parse(answer.text) as unknown };
    }
    const order = (more: Record<string, unknown> = {}) => ({
      businessId: app.businessId,
      orderId: randomBytes(6).toString('hex'),
      value: 499.5,
      currency: 'INR',
      ...more,
    });
    const converted = async () => (await stats(app, campaignId)).convertedCount;
    const summary = (accepted: number, duplicates: number, rejected: unknown[] = []) => ({
      accepted,
      duplicates,
      rejected,
    });
    const rowOf = async (orderId: unknown) =>
      (
        await app.database.query<Record<string, unknown>[]>(`SELECT * FROM conversions WHERE order_id = $1`, [
          orderId,
        ])
      )[0];

    it('attributes an order to the click in its click id', async () => {
      const before = await converted();
      const id = clickId(await visit(linkOf(messages[4])));
      const occurredAt = new Date(Math.floor(Date.now() / 1000) * 1000);
      const inIndia = new Date(occurredAt.getTime() + 5.5 * 3_600_000)
        .toISOString()
        .replace('.000Z', '+05:30');
      const one = order({ clickId: id, occurredAt: inIndia });
      expect(await shop(one)).toEqual({ status: 202, body: summary(1, 0) });
      expect(await converted()).toBe(before + 1);
      expect(await rowOf(one.orderId)).toMatchObject({
        campaign_id: campaignId,
        click_id: (one as { clickId?: string }).clickId,
        value: '499.50',
        currency: 'INR',
        occurred_at: occurredAt,
      });
      expect(await shop(one)).toEqual({ status: 202, body: summary(0, 1) });
      expect(await shop({ ...order(), clickId: (one as { clickId?: string }).clickId })).toMatchObject({
        body: summary(1, 0),
      });
      // a second order of the same recipient is stored, but the recipient has already converted
      expect(await converted()).toBe(before + 1);
    });

    it('attributes an order without a click to the last message delivered to its phone', async () => {
      const before = await converted();
      const phone = (messages[5]?.to ?? '').replace('+91', '0');
      const one = order({ phone });
      expect(await shop(one)).toMatchObject({ body: summary(1, 0) });
      expect(await rowOf(one.orderId)).toMatchObject({
        campaign_id: campaignId,
        phone: messages[5]?.to,
        click_id: null,
      });
      expect(await converted()).toBe(before + 1);
    });

    it('stores an order that it cannot attribute, and says why', async () => {
      const before = await converted();
      const others = [
        order(),
        order({ phone: '+919999999999' }),
        order({ phone: 'n/a' }),
        order({ clickId: 'no-click' }),
        order({ clickId: '00000000-0000-4000-8000-000000000000' }),
      ];
      const { status, body } = await shop(others);
      expect({ status, body }).toEqual({
        status: 202,
        body: {
          ...summary(5, 0),
          unattributed: [
            { index: 0, reason: 'neither clickId nor phone was given' },
            { index: 1, reason: expect.stringMatching(/^phone: no message .* 7 days/) as unknown },
            { index: 2, reason: 'phone: not a valid phone number' },
            { index: 3, reason: expect.stringMatching(/^clickId: no click of this business/) as unknown },
            { index: 4, reason: expect.stringMatching(/^clickId: no click of this business/) as unknown },
          ],
        },
      });
      for (const { orderId } of others) expect(await rowOf(orderId)).toMatchObject({ campaign_id: null });
      expect(await converted()).toBe(before);
    });

    it('counts an order once that is posted ten times at the same time', async () => {
      const before = await converted();
      const one = order({ clickId: clickId(await visit(linkOf(messages[6]))) });
      const answers = await Promise.all(Array.from({ length: 10 }, () => shop(one)));
      const bodies = answers.map(({ body }) => body as { accepted: number; duplicates: number });
      expect(bodies.filter(({ accepted }) => accepted === 1)).toHaveLength(1);
      expect(bodies.filter(({ duplicates }) => duplicates === 1)).toHaveLength(9);
      expect(await converted()).toBe(before + 1);
    });

    it('accepts the valid orders of a request and says what is wrong with the others', async () => {
      const good = order();
      const foreign = await createTenant(app);
      const list: [unknown, string | undefined][] = [
        [good, undefined],
        [{ ...order(), orderId: good.orderId }, 'duplicate'],
        [order({ value: -1 }), 'value: expected an amount'],
        [order({ value: 'NaN' }), 'value: expected an amount'],
        [order({ value: 1e308 }), 'value: expected an amount'],
        [order({ value: '1e3' }), 'value: expected an amount'],
        [order({ value: 0.1 + 0.2 }), 'value: expected an amount'],
        [order({ value: null }), undefined],
        [order({ value: '999999999999.99' }), undefined],
        [order({ currency: 'rupees' }), 'currency: expected an ISO 4217'],
        [order({ orderId: '' }), 'orderId: expected the id'],
        [order({ orderId: true }), 'orderId: expected the id'],
        [order({ orderId: 'a\0b' }), 'orderId: expected no NUL'],
        [order({ phone: 'a\0b' }), 'phone: expected no NUL'],
        [order({ clickId: { $ne: 1 } }), 'clickId: expected'],
        [order({ occurredAt: 'yesterday' }), 'occurredAt: expected a time'],
        [order({ businessId: undefined }), 'businessId: expected'],
        [order({ businessId: 'nobody' }), 'businessId: Business not found'],
        [order({ businessId: foreign.businessId }), 'businessId: Business not found'],
        [null, 'expected an object'],
        ['order', 'expected an object'],
        [[], 'expected an object'],
      ];
      const { status, body } = await shop(list.map(([one]) => one));
      expect(status).toBe(202);
      const wrong = list.flatMap(([, reason], index) =>
        reason && reason !== 'duplicate' ? [{ index, reason }] : [],
      );
      expect(body).toMatchObject(
        summary(
          3,
          1,
          wrong.map(({ index, reason }) => ({ index, reason: expect.stringContaining(reason) as unknown })),
        ),
      );
    });

    it('refuses the whole request if the request itself is invalid', async () => {
      expect((await shop(order(), null)).status).toBe(401);
      expect((await shop(order(), 'garbage')).status).toBe(401);
      expect((await shop(order(), await app.token({ businessIds: [] }))).status).toBe(404);
      expect((await shop(order({ businessId: '00000000-0000-4000-8000-000000000000' }))).status).toBe(404);
      expect((await shop('{"businessId":')).status).toBe(400);
      expect((await shop(Array.from({ length: 1001 }, () => order()))).status).toBe(400);
      expect((await shop({ ...order(), more: 'x'.repeat(1_100_000) })).status).toBe(413);
    });

    it.each(['null', '5', '"order"', 'true'])(
      'says what is expected instead of the body %j',
      async (body) => {
        expect(await shop(body)).toEqual({
          status: 400,
          body: {
            error: {
              code: 'BAD_USER_INPUT',
              message: expect.stringContaining('expected one order, {"businessId"') as unknown,
            },
          },
        });
      },
    );

    it.each([
      ['text/plain', (json: string) => json],
      ['application/x-www-form-urlencoded', () => 'businessId=1&orderId=2'],
      ['multipart/form-data; boundary=x', () => '--x--'],
      ['application/xml', () => '<order/>'],
      ['application/octet-stream', (json: string) => json],
    ])('answers 415 to a body of the type %s', async (type, bodyOf) => {
      const headers = { 'content-type': type, authorization: `Bearer ${token}` };
      const one = order();
      const answer = await post(`${app.url}/conversions`, bodyOf(JSON.stringify(one)), headers);
      expect({ status: answer.status, body: JSON.parse(answer.text) as unknown }).toEqual({
        status: 415,
        body: {
          error: {
            code: 'BAD_REQUEST',
            message: expect.stringMatching(/expected application\/json; the body is one order/) as unknown,
          },
        },
      });
      expect(await rowOf(one.orderId)).toBeUndefined();
    });

    it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/vnd.shop+json'])(
      'accepts a body of the type %s',
      async (type) => {
        const headers = { 'content-type': type, authorization: `Bearer ${token}` };
        const { text } = await post(`${app.url}/conversions`, JSON.stringify(order()), headers);
        expect(JSON.parse(text)).toMatchObject({ accepted: 1, rejected: [] });
      },
    );

    it("does not attribute an order to another business's click", async () => {
      const foreign = await createTenant(app);
      const before = await converted();
      const one = order({
        businessId: foreign.businessId,
        clickId: clickId(await visit(linkOf(messages[7]))),
        phone: messages[7]?.to,
      });
      expect(await shop(one, await app.token({ businessIds: [foreign.businessId] }))).toMatchObject({
        body: summary(1, 0),
      });
      expect(await rowOf(one.orderId)).toMatchObject({ campaign_id: null, business_id: foreign.businessId });
      expect(await converted()).toBe(before);
    });

    it('records an order by recordConversion in the same way', async () => {
      const before = await converted();
      const input = order({ value: '49.90', clickId: clickId(await visit(linkOf(messages[8]))) });
      const record = async () =>
        (await app.data<{ recordConversion: unknown }>(documents.recordConversion, { input }))
          .recordConversion;
      expect(await record()).toEqual({ duplicate: false, campaignId });
      expect(await record()).toEqual({ duplicate: true, campaignId });
      expect(await shop(input)).toMatchObject({ body: summary(0, 1) });
      expect(await rowOf(input.orderId)).toMatchObject({ value: '49.90' });
      expect(await converted()).toBe(before + 1);
      const nothing = await app.data(documents.recordConversion, { input: order({ value: undefined }) });
      expect(nothing).toEqual({ recordConversion: { duplicate: false, campaignId: null } });
    });
  });

  it('shows clicks and orders in the live figures', async () => {
    const wire = await Wire.connect(app, await app.token({ role: Role.VIEWER }));
    interface Live {
      clickedCount: number;
      convertedCount: number;
      clickRate: number;
      conversionRate: number;
    }
    const query = `subscription ($id: ID!) { campaignStats(campaignId: $id) { clickedCount convertedCount clickRate conversionRate } }`;
    const live = () =>
      wire.messages
        .filter(({ type }) => type === 'next')
        .map(({ payload }) => (payload as { data: { campaignStats: Live } }).data.campaignStats);
    await wire.ask('1', query, { id: campaignId });
    const [first] = live() as [Live];
    const id = clickId(await visit(linkOf(messages[9])));
    await waitFor(() => live().at(-1)?.clickedCount === first.clickedCount + 1, {
      what: 'the click is counted',
    });
    await post(
      `${app.url}/conversions`,
      JSON.stringify({ businessId: app.businessId, orderId: 'live', clickId: id }),
      { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    );
    const last = await waitFor(
      () => live().find(({ convertedCount }) => convertedCount === first.convertedCount + 1),
      {
        what: 'the order is counted',
      },
    );
    expect(last.clickRate).toBe(Math.round((last.clickedCount / 12) * 10_000) / 100);
    expect(last.conversionRate).toBe(Math.round((last.convertedCount / 12) * 10_000) / 100);
    wire.close();
  });
});
