import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { isSigned } from '../../src/whatsapp/signature';
import { App } from '../support/app';
import type { LedgerMessage } from '../support/app';
import { waitFor } from '../support/wait';
import { createCampaign, documents, post, sendCampaign, stats } from './ask';

type Loose = Record<string, unknown>;

const path = '/webhooks/whatsapp';

describe('the webhook', () => {
  let app: App;
  let phoneNumberId: string;

  beforeAll(async () => {
    app = await App.start();
    const [sender] = await app.database.query<{ phone_number_id: string }[]>(
      `SELECT phone_number_id FROM senders`,
    );
    phoneNumberId = sender?.phone_number_id ?? '';
    // from here on nobody posts webhooks but this file
    await app.behave({ webhooks: { enabled: false } });
  });
  afterAll(() => app?.close());

  const sign = (body: string | Uint8Array, secret = app.config.whatsapp.appSecret, algorithm = 'sha256') =>
    `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;

  /** Posts a body as WhatsApp does. */
  function deliver(body: unknown, headers: Record<string, string> = {}) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return post(app.url + path, text, {
      'content-type': 'application/json',
      'x-hub-signature-256': sign(text),
      ...headers,
    });
  }

  const envelope = (value: Loose, field = 'messages') => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field,
            value: { messaging_product: 'whatsapp', metadata: { phone_number_id: phoneNumberId }, ...value },
          },
        ],
      },
    ],
  });

  const statusOf = (message: LedgerMessage, status: string, more: Loose = {}) => ({
    id: message.id,
    status,
    timestamp: String(Math.floor(Date.now() / 1000)),
    recipient_id: message.to.slice(1),
    biz_opaque_callback_data: message.callbackData,
    ...more,
  });

  const textFrom = (phone: string, body: string) =>
    envelope({
      messages: [
        { from: phone.slice(1), id: 'wamid.x', timestamp: '1790000000', type: 'text', text: { body } },
      ],
    });

  /** A finished campaign, of whose messages WhatsApp has said nothing yet. */
  async function sentTo(
    phones: string[],
    rest: Loose = {},
  ): Promise<{ id: string; messages: LedgerMessage[] }> {
    const id = await createCampaign(app, phones, rest);
    await app.data(sendCampaign, { id });
    await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', {
      what: 'the messages are out',
    });
    const messages = (await app.ledger()).filter(({ callbackData }) => callbackData.startsWith(id));
    return { id, messages: messages.sort((a, b) => a.to.localeCompare(b.to)) };
  }

  describe('shakes hands', () => {
    const ask = (query: Record<string, string>) =>
      fetch(`${app.url}${path}?${new URLSearchParams(query).toString()}`);
    const right = {
      'hub.mode': 'subscribe',
      'hub.verify_token': 'test_verify_token',
      'hub.challenge': '1158201444',
    };

    it('with who knows the token', async () => {
      const answer = await ask(right);
      expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
    });

    it.each<[string, Record<string, string>]>([
      ['a wrong token', { ...right, 'hub.verify_token': 'test_verify_tokem' }],
      ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
      ['an empty token', { ...right, 'hub.verify_token': '' }],
      ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
      ['nothing', {}],
    ])('not with %s', async (_what, query) => {
      const answer = await ask(query);
      expect([answer.status, await answer.text()]).toEqual([403, 'Forbidden']);
    });

    it('without becoming a page', async () => {
      const answer = await ask({ ...right, 'hub.challenge': '<script>alert(1)</script>' });
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    });
  });

  describe('takes nothing', () => {
    const body = () => JSON.stringify(envelope({ statuses: [] }));

    it.each<[string, (text: string) => Record<string, string>]>([
      ['without a signature', () => ({})],
      ['with an empty one', () => ({ 'x-hub-signature-256': '' })],
      ['signed with another secret', (text) => ({ 'x-hub-signature-256': sign(text, 'another_secret') })],
      ['signed with sha1 only', (text) => ({ 'x-hub-signature': sign(text, undefined, 'sha1') })],
      [
        'signed with sha1 under the name of sha256',
        (text) => ({ 'x-hub-signature-256': sign(text, undefined, 'sha1') }),
      ],
      ['with a signature cut short', (text) => ({ 'x-hub-signature-256': sign(text).slice(0, -2) })],
      ['with a signature in upper case', (text) => ({ 'x-hub-signature-256': sign(text).toUpperCase() })],
      ['signed for another body', (text) => ({ 'x-hub-signature-256': sign(`${text} `) })],
    ])('%s', async (_what, headers) => {
      const answer = await post(app.url + path, body(), {
        'content-type': 'application/json',
        ...headers(body()),
      });
      expect([answer.status, answer.text]).toEqual([401, 'Unauthorized']);
    });

    it('that was read and written again on the way', async () => {
      const raw = String.raw`{"object":"whatsapp_business_account","entry":[],"note":"caf\u00e9 \ud83d\ude00 \/"}`;
      expect((await deliver(raw)).status).toBe(200);
      const again = JSON.stringify(JSON.parse(raw));
      expect((await deliver(again, { 'x-hub-signature-256': sign(raw) })).status).toBe(401);
    });

    it('as the published example of a signature has it', () => {
      const raw = Buffer.from(
        String.raw`{"object":"whatsapp_business_account","entry":[],"note":"caf\u00e9 \ud83d\ude00"}`,
      );
      expect(raw).toHaveLength(81);
      const good = 'sha256=d4fcb624a68a5b12c672a4f3753910fa15f3077c9d83ce663c3a922f4d16e1ad';
      expect(isSigned(raw, good, 'test_app_secret')).toBe(true);
      expect(isSigned(Buffer.from(JSON.stringify(JSON.parse(raw.toString()))), good, 'test_app_secret')).toBe(
        false,
      );
      expect(isSigned(raw, undefined, 'test_app_secret')).toBe(false);
      expect(isSigned(raw, good, 'test_app_secreT')).toBe(false);
    });

    it.each([
      ['that is no JSON', '{"object":'],
      ['that is no webhook', '{"hello":"world"}'],
      ['of another object', '{"object":"page","entry":[]}'],
      ['without entries', '{"object":"whatsapp_business_account"}'],
      ['that is null', 'null'],
      ['that is empty', ''],
    ])('%s', async (_what, text) => {
      expect(await deliver(text)).toMatchObject({ status: 400, text: 'Not a WhatsApp webhook' });
    });

    it('that is too large, or packed', async () => {
      expect((await deliver('x'.repeat(10_000_000))).status).toBe(413);
      const packed = gzipSync(body());
      const answer = await post(app.url + path, new Uint8Array(packed), {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'x-hub-signature-256': sign(packed),
      });
      expect(answer.status).toBe(415);
    });
  });

  describe('shrugs at', () => {
    it.each<[string, () => unknown]>([
      ['no entries', () => ({ object: 'whatsapp_business_account', entry: [] })],
      [
        'entries of strange shapes',
        () => ({ object: 'whatsapp_business_account', entry: [null, 7, {}, { changes: [null, 7, {}] }] }),
      ],
      ['unknown fields', () => envelope({ anything: [{}] }, 'account_update')],
      [
        'statuses of strange shapes',
        () => envelope({ statuses: [null, 7, {}, { id: 1, status: 'sent' }, { id: 'a' }] }),
      ],
      ['unknown statuses', () => envelope({ statuses: [{ id: 'wamid.1', status: 'teleported' }] })],
      [
        'a status of another program',
        () =>
          envelope({ statuses: [{ id: 'wamid.1', status: 'sent', biz_opaque_callback_data: 'order-7' }] }),
      ],
      [
        'a status without our words',
        () => envelope({ statuses: [{ id: 'wamid.1', status: 'delivered', timestamp: 'soon' }] }),
      ],
      [
        'a status of a campaign that is none',
        () =>
          envelope({
            statuses: [
              {
                id: 'wamid.1',
                status: 'read',
                biz_opaque_callback_data: '00000000-0000-4000-8000-000000000000:1:1',
              },
            ],
          }),
      ],
      [
        'a place beyond every number',
        () =>
          envelope({
            statuses: [
              {
                id: 'wamid.1',
                status: 'read',
                biz_opaque_callback_data: '00000000-0000-4000-8000-000000000000:999999999:9999',
              },
            ],
          }),
      ],
      [
        'a failure of a campaign that is none',
        () =>
          envelope({
            statuses: [
              {
                id: 'wamid.1',
                status: 'failed',
                biz_opaque_callback_data: '00000000-0000-4000-8000-000000000000:1:1',
                errors: 'no',
              },
            ],
          }),
      ],
      [
        'a NUL',
        () =>
          envelope({
            statuses: [
              {
                id: 'wamid.\0',
                status: 'sent',
                biz_opaque_callback_data: '00000000-0000-4000-8000-000000000000:1:1',
              },
            ],
          }),
      ],
      ['small talk', () => textFrom('+919876599999', 'Do you stop at Pune?')],
      [
        'a stop to a number of nobody',
        () =>
          envelope({
            metadata: { phone_number_id: '1' },
            messages: [{ from: '919876599999', text: { body: 'stop' } }],
          }),
      ],
    ])('%s', async (_what, body) => {
      expect(await deliver(body())).toMatchObject({ status: 200, text: 'OK' });
    });
  });

  it('moves people up, once, in whatever order and however often it is told', async () => {
    const { id, messages } = await sentTo(['+919876510001', '+919876510002', '+919876510003']);
    expect(messages).toHaveLength(3);
    const [a, b, c] = messages as [LedgerMessage, LedgerMessage, LedgerMessage];
    const figures = async () => {
      const { sentCount, deliveredCount, readCount, failedCount, version } = await stats(app, id);
      return { counts: [sentCount, deliveredCount, readCount, failedCount], version };
    };
    const steps: [unknown, number[]][] = [
      [{ statuses: [statusOf(a, 'sent')] }, [3, 0, 0, 0]],
      [{ statuses: [statusOf(a, 'delivered')] }, [3, 1, 0, 0]],
      [{ statuses: [statusOf(b, 'read')] }, [3, 2, 1, 0]],
      [{ statuses: [statusOf(b, 'delivered'), statusOf(b, 'sent')] }, [3, 2, 1, 0]],
      [
        { statuses: [statusOf(c, 'failed', { errors: [{ code: 131026, title: 'Message undeliverable' }] })] },
        [2, 2, 1, 1],
      ],
      [{ statuses: [statusOf(a, 'read'), statusOf(a, 'read')] }, [2, 2, 2, 1]],
      // a person who has it has it, whatever was said before
      [{ statuses: [statusOf(c, 'delivered')] }, [3, 3, 2, 0]],
      [{ statuses: [statusOf(c, 'failed', { errors: [{ code: 131026 }] })] }, [3, 3, 2, 0]],
    ];
    for (const [value, counts] of steps) {
      const body = envelope(value as Loose);
      await deliver(body);
      const once = await figures();
      expect(once.counts).toEqual(counts);
      const repeated = await Promise.all([deliver(body), deliver(body)]);
      expect(repeated.map(({ status }) => status)).toEqual([200, 200]);
      expect(await figures()).toEqual(once);
    }
  });

  it('counts a failure whose error it cannot read', async () => {
    const phones = ['+919876510021', '+919876510022', '+919876510023'];
    const { id, messages } = await sentTo(phones);
    const errors = [[{ code: 'many' }], [{ code: 1e300, title: 'a\0b' }], 'none'];
    await deliver(
      envelope({ statuses: messages.map((one, i) => statusOf(one, 'failed', { errors: errors[i] })) }),
    );
    expect((await stats(app, id)).failedCount).toBe(3);
  });

  it('keeps the times that WhatsApp says; before the message was sent, or in the future, it is the arrival', async () => {
    const phones = Array.from({ length: 5 }, (_, i) => `+91987651001${i}`);
    const { id, messages } = await sentTo(phones);
    const arrival = Math.floor(Date.now() / 1000);
    const yesterday = arrival - 86_400;
    // of the year 2001, of the day before, ten minutes ahead, no time at all
    const told = [arrival, 978_307_200, yesterday, arrival + 600, 99_999_999_999_999];
    for (const [i, at] of told.entries()) {
      const message = messages[i] as LedgerMessage;
      await deliver(envelope({ statuses: [statusOf(message, 'delivered', { timestamp: String(at) })] }));
    }
    const rows = await app.database.query<{ delivered_at: Date; sent_at: Date }[]>(
      `SELECT delivered_at, sent_at FROM campaign_recipients WHERE campaign_id = $1 ORDER BY phone`,
      [id],
    );
    expect(rows[0]?.delivered_at).toEqual(new Date(arrival * 1000));
    for (const row of rows.slice(1)) {
      expect(row.delivered_at.getTime()).toBeGreaterThanOrEqual(arrival * 1000);
      expect(row.delivered_at.getTime()).toBeLessThanOrEqual(Date.now());
    }
  });

  describe('hears that somebody wants no more', () => {
    async function excluded(phone: string): Promise<boolean> {
      const { previewAudience } = await app.data<{ previewAudience: { count: number; excluded: unknown[] } }>(
        documents.previewAudience,
        { input: { businessId: app.businessId, audienceType: 'CUSTOM', customRecipients: [{ phone }] } },
      );
      if (previewAudience.count === 1) return false;
      expect(previewAudience.excluded).toEqual([{ reason: 'OPTED_OUT', count: 1 }]);
      return true;
    }
    const preference = (phone: string, value: string) =>
      envelope(
        {
          user_preferences: [
            { wa_id: phone.slice(1), category: 'marketing_messages', value, timestamp: 1790000300 },
          ],
        },
        'user_preferences',
      );

    it("by WhatsApp's own switch, and that he changed his mind", async () => {
      const phone = '+919876520001';
      expect(await excluded(phone)).toBe(false);
      await deliver(preference(phone, 'stop'));
      await deliver(preference(phone, 'stop'));
      expect(await excluded(phone)).toBe(true);
      await deliver(preference(phone, 'later'));
      expect(await excluded(phone)).toBe(true);
      await deliver(preference(phone, 'resume'));
      expect(await excluded(phone)).toBe(false);
    });

    it.each(['STOP', ' stop\n', 'Unsubscribe', 'रोकें'])('by writing %j', async (word) => {
      const phone = `+9198765300${String(word.length).padStart(2, '0')}`;
      await deliver(textFrom(phone, 'stop it please'));
      expect(await excluded(phone)).toBe(false);
      await deliver(textFrom(phone, word));
      expect(await excluded(phone)).toBe(true);
    });

    it('by the button of a message, and counts it for the campaign', async () => {
      const phone = '+919876540001';
      const { id, messages } = await sentTo([phone], {
        whatsappTemplateName: 'weekend_sale',
        whatsappTemplateLanguage: 'en',
        templateParameters: ['{{firstName|there}}'],
        linkUrl: 'https://shop.example.com/',
      });
      const tap = envelope({
        messages: [
          {
            from: phone.slice(1),
            type: 'button',
            button: { text: 'Stop promotions', payload: `STOP:${messages[0]?.callbackData}` },
          },
        ],
      });
      await deliver(tap);
      await deliver(tap);
      expect(await excluded(phone)).toBe(true);
      expect((await stats(app, id)).optedOutCount).toBe(1);
    });

    it('as a failure of the message (131050)', async () => {
      const phone = '+919876540002';
      const { id, messages } = await sentTo([phone]);
      await deliver(
        envelope({
          statuses: [statusOf(messages[0] as LedgerMessage, 'failed', { errors: [{ code: 131050 }] })],
        }),
      );
      expect(await excluded(phone)).toBe(true);
      expect((await stats(app, id)).failedCount).toBe(1);
    });
  });
});
