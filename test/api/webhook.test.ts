import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { isSigned } from '../../src/whatsapp/signature';
import { App } from '../support/app';
import type { LedgerMessage } from '../support/app';
import { waitFor } from '../support/wait';
import { createCampaign, documents, post, sendCampaign, stats } from './ask';
import { createTenant } from './tenant';

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
    // from here on only this file posts webhooks
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

  /** A completed campaign without any status webhook so far. */
  async function sentTo(
    phones: string[],
    rest: Loose = {},
  ): Promise<{ id: string; messages: LedgerMessage[] }> {
    const id = await createCampaign(app, phones, rest);
    await app.data(sendCampaign, { id });
    await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', {
      what: 'the messages are sent',
    });
    const messages = (await app.ledger()).filter(({ callbackData }) => callbackData.startsWith(id));
    return { id, messages: messages.sort((a, b) => a.to.localeCompare(b.to)) };
  }

  describe('answers the handshake', () => {
    const ask = (query: Record<string, string>) =>
      fetch(`${app.url}${path}?${new URLSearchParams(query).toString()}`);
    const right = {
      'hub.mode': 'subscribe',
      'hub.verify_token': 'test_verify_token',
      'hub.challenge': '1158201444',
    };

    it('if the token is right', async () => {
      const answer = await ask(right);
      expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
    });

    it.each<[string, Record<string, string>]>([
      ['a wrong token', { ...right, 'hub.verify_token': 'test_verify_tokem' }],
      ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
      ['an empty token', { ...right, 'hub.verify_token': '' }],
      ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
      ['nothing', {}],
    ])('and refuses it with %s', async (_what, query) => {
      const answer = await ask(query);
      expect([answer.status, await answer.text()]).toEqual([403, 'Forbidden']);
    });

    it('as plain text, never as a page', async () => {
      const answer = await ask({ ...right, 'hub.challenge': '<script>alert(1)</script>' });
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    });
  });

  describe('refuses a request', () => {
    const body = () => JSON.stringify(envelope({ statuses: [] }));

    it.each<[string, (text: string) => Record<string, string>]>([
      ['without a signature', () => ({})],
      ['with an empty signature', () => ({ 'x-hub-signature-256': '' })],
      ['signed with another secret', (text) => ({ 'x-hub-signature-256': sign(text, 'another_secret') })],
      ['signed with sha1 only', (text) => ({ 'x-hub-signature': sign(text, undefined, 'sha1') })],
      [
        'signed with sha1 in the header for sha256',
        (text) => ({ 'x-hub-signature-256': sign(text, undefined, 'sha1') }),
      ],
      ['with a truncated signature', (text) => ({ 'x-hub-signature-256': sign(text).slice(0, -2) })],
      ['with a signature in upper case', (text) => ({ 'x-hub-signature-256': sign(text).toUpperCase() })],
      ['signed for another body', (text) => ({ 'x-hub-signature-256': sign(`${text} `) })],
    ])('%s', async (_what, headers) => {
      const answer = await post(app.url + path, body(), {
        'content-type': 'application/json',
        ...headers(body()),
      });
      expect([answer.status, answer.text]).toEqual([401, 'Unauthorized']);
    });

    it('whose JSON was parsed and serialised again on the way', async () => {
      const raw = String.raw`{"object":"whatsapp_business_account","entry":[],"note":"caf\u00e9 \ud83d\ude00 \/"}`;
      expect((await deliver(raw)).status).toBe(200);
      const again = JSON.stringify(JSON.parse(raw));
      expect((await deliver(again, { 'x-hub-signature-256': sign(raw) })).status).toBe(401);
    });

    it('unless its signature follows the published example', () => {
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
      ['that is not JSON', '{"object":'],
      ['that is not a webhook', '{"hello":"world"}'],
      ['without entries', '{"object":"whatsapp_business_account"}'],
      ['that is null', 'null'],
      ['that is empty', ''],
    ])('%s', async (_what, text) => {
      expect(await deliver(text)).toMatchObject({ status: 400, text: 'Not a WhatsApp webhook' });
    });

    it('that is too large or compressed', async () => {
      expect((await deliver('x'.repeat(10_000_000))).status).toBe(413);
      const compressed = gzipSync(body());
      const answer = await post(app.url + path, new Uint8Array(compressed), {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'x-hub-signature-256': sign(compressed),
      });
      expect(answer.status).toBe(415);
    });
  });

  describe('acknowledges and ignores', () => {
    it('one of another object, or Meta would repeat it for days', async () => {
      const other = await deliver(
        '{"object":"page","entry":[{"id":"1","changes":[{"field":"feed","value":{}}]}]}',
      );
      expect(other).toMatchObject({ status: 200, text: 'OK' });
    });

    it.each<[string, () => unknown]>([
      ['no entries', () => ({ object: 'whatsapp_business_account', entry: [] })],
      [
        'entries of invalid form',
        () => ({ object: 'whatsapp_business_account', entry: [null, 7, {}, { changes: [null, 7, {}] }] }),
      ],
      ['unknown fields', () => envelope({ anything: [{}] }, 'account_update')],
      [
        'statuses of invalid form',
        () => envelope({ statuses: [null, 7, {}, { id: 1, status: 'sent' }, { id: 'a' }] }),
      ],
      ['unknown statuses', () => envelope({ statuses: [{ id: 'wamid.1', status: 'teleported' }] })],
      [
        'a status with the callback data of another program',
        () =>
          envelope({ statuses: [{ id: 'wamid.1', status: 'sent', biz_opaque_callback_data: 'order-7' }] }),
      ],
      [
        'a status without callback data',
        () => envelope({ statuses: [{ id: 'wamid.1', status: 'delivered', timestamp: 'soon' }] }),
      ],
      [
        'a status of an unknown campaign',
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
        'callback data with numbers out of range',
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
        'a failure of an unknown campaign',
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
      ['a message that only contains the word', () => textFrom('+919876599999', 'Do you stop at Pune?')],
      [
        'an opt-out to a number that no business owns',
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

  it('moves recipients forward once, in whatever order and however often statuses arrive', async () => {
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
      // delivered after failed wins
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

  it('counts a reading while another transaction counts the delivery of the same message', async () => {
    const { id, messages } = await sentTo(['+919876510031']);
    const other = app.database.createQueryRunner();
    await other.startTransaction();
    await other.query(
      `UPDATE campaign_recipients SET status = 'DELIVERED', delivered_at = now() WHERE campaign_id = $1`,
      [id],
    );
    await other.query(`UPDATE campaigns SET delivered_count = 1, version = version + 1 WHERE id = $1`, [id]);
    const answer = deliver(envelope({ statuses: [statusOf(messages[0] as LedgerMessage, 'read')] }));
    await waitFor(
      async () => {
        const [row] = await app.database.query<{ waiting: number }[]>(
          `SELECT count(*)::int AS waiting FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return row?.waiting === 1;
      },
      { what: 'the status waits for the other transaction' },
    );
    await other.commitTransaction();
    await other.release();
    expect((await answer).status).toBe(200);
    expect(await stats(app, id)).toMatchObject({ sentCount: 1, deliveredCount: 1, readCount: 1 });
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

  it('stores the time of the status, or of its arrival if that time is before the send or in the future', async () => {
    const phones = Array.from({ length: 5 }, (_, i) => `+91987651001${i}`);
    const { id, messages } = await sentTo(phones);
    const arrival = Math.floor(Date.now() / 1000);
    const yesterday = arrival - 86_400;
    // in the year 2001, the day before, ten minutes ahead, not a valid time
    const times = [arrival, 978_307_200, yesterday, arrival + 600, 99_999_999_999_999];
    for (const [i, at] of times.entries()) {
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

  it('waits for the message of a status without callback data only at WhatsApp numbers of a business', async () => {
    const status = {
      id: 'wamid.of.nobody',
      status: 'delivered',
      timestamp: String(Math.floor(Date.now() / 1000)),
      recipient_id: '919876500000',
    };
    const took = async (body: unknown) => {
      const started = performance.now();
      expect((await deliver(body)).status).toBe(200);
      return performance.now() - started;
    };
    expect(await took(envelope({ statuses: [status], metadata: { phone_number_id: '1' } }))).toBeLessThan(
      1000,
    );
    // control: at a number of a business the message may be stored a moment later
    expect(await took(envelope({ statuses: [status] }))).toBeGreaterThan(1400);
  });

  it('counts a message as delivered when the person taps one of its buttons or answers it', async () => {
    const phones = ['+919876515001', '+919876515002', '+919876515003', '+919876515004', '+919876515005'];
    // a receipt of the simulator's own would count, too
    await app.behave({ deliveredShare: 0 });
    const { id, messages } = await sentTo(phones, {
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{firstName|there}}'],
      linkUrl: 'https://shop.example.com/',
    });
    // the answers to the posts of the first four were lost, and whether they were sent is not known
    await app.database.query(
      `WITH r AS (UPDATE campaign_recipients SET status = 'UNCONFIRMED', sent_at = NULL,
         wamid = CASE WHEN phone = ANY ($3) THEN wamid END WHERE campaign_id = $1 AND phone = ANY ($2))
       UPDATE campaigns SET sent_count = sent_count - 4, unconfirmed_count = unconfirmed_count + 4 WHERE id = $1`,
      [id, phones.slice(0, 4), phones.slice(2, 4)],
    );
    const [stop, reply, word, start, strange] = messages as [
      LedgerMessage,
      LedgerMessage,
      LedgerMessage,
      LedgerMessage,
      LedgerMessage,
    ];
    const from = (message: LedgerMessage, more: Loose) =>
      envelope({ messages: [{ from: message.to.slice(1), id: 'wamid.answer', ...more }] });
    const events = [
      from(stop, { button: { payload: `STOP:${stop.callbackData}` } }),
      from(reply, { interactive: { button_reply: { id: `REPLY:${reply.callbackData}` } } }),
      from(word, { text: { body: 'stop' }, context: { id: word.id } }),
      from(start, { text: { body: 'START' }, context: { id: start.id } }),
      from(strange, { button: { payload: 'REPLY:what else' } }),
      from(strange, { button: { payload: `reply:${strange.callbackData}` } }),
    ];
    for (const event of [...events, ...events]) expect((await deliver(event)).status).toBe(200);
    const rows = await app.database.query<{ status: string }[]>(
      `SELECT status FROM campaign_recipients WHERE campaign_id = $1 ORDER BY phone`,
      [id],
    );
    expect(rows.map(({ status }) => status)).toEqual([
      'DELIVERED',
      'DELIVERED',
      'DELIVERED',
      'DELIVERED',
      'SENT',
    ]);
    expect(await stats(app, id)).toMatchObject({
      sentCount: 5,
      deliveredCount: 4,
      unconfirmedCount: 0,
      optedOutCount: 2,
    });
    // a business that does not own the sender proves nothing
    await deliver(
      envelope({
        metadata: { phone_number_id: '1' },
        messages: [{ from: '1', button: { payload: `REPLY:${strange.callbackData}` } }],
      }),
    );
    expect((await stats(app, id)).deliveredCount).toBe(4);
    await app.behave({ deliveredShare: 0.97 });
  });

  describe('records opt-outs', () => {
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

    it("by WhatsApp's own control, and the opt-in after it", async () => {
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

    it.each(['STOP', ' stop\n', 'Unsubscribe', 'रोकें'])('by the message %j', async (word) => {
      const phone = `+9198765300${String(word.length).padStart(2, '0')}`;
      await deliver(textFrom(phone, 'stop it please'));
      expect(await excluded(phone)).toBe(false);
      await deliver(textFrom(phone, word));
      expect(await excluded(phone)).toBe(true);
    });

    it('by the opt-out button, and counts it for the campaign', async () => {
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

    it('by a failure with code 131050', async () => {
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

    const seconds = () => Math.floor(Date.now() / 1000);
    let inbounds = 0;
    /** A typed message; `answers` is the id of our message to which it replies. */
    const typed = (phone: string | undefined, body: string, more: Loose = {}) =>
      envelope({
        messages: [
          {
            ...(phone ? { from: phone.replace('+', '') } : { from_user_id: 'IN.1' }),
            id: `wamid.in.${inbounds++}`,
            timestamp: String(seconds()),
            type: 'text',
            text: { body },
            ...more,
          },
        ],
      });
    const tapped = (phone: string | undefined, payload: string, more: Loose = {}) =>
      typed(phone, '', {
        type: 'button',
        text: undefined,
        button: { payload, text: 'Stop promotions' },
        ...more,
      });
    const control = (phone: string, value: string, at: number) =>
      envelope(
        {
          user_preferences: [{ wa_id: phone.slice(1), category: 'marketing_messages', value, timestamp: at }],
        },
        'user_preferences',
      );
    const optedOutCount = async (id: string) => (await stats(app, id)).optedOutCount;
    const offer = {
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{firstName|there}}'],
      linkUrl: 'https://shop.example.com/',
    };

    it.each([
      'Stop.',
      'STOP!',
      '"STOP"',
      'ＳＴＯＰ',
      'stop 🛑',
      'STO\u200bP',
      'STOPALL',
      'OPT OUT',
      'salir',
      'बंद',
    ])('by %j as a whole message', async (word) => {
      const phone = `+9198765${String(50_000 + inbounds).padStart(5, '0')}`;
      await deliver(typed(phone, `don't ${word}`));
      await deliver(typed(phone, `${word}, o Zé não vem`));
      await deliver(typed(phone, 'bus stop'));
      expect(await excluded(phone)).toBe(false);
      await deliver(typed(phone, word));
      expect(await excluded(phone)).toBe(true);
    });

    it.each(['STOPOVER_DEALS', 'STOPWATCH-42', 'STOP', 'STOP:', 'STOP:deals', 'Ver rebajas'])(
      'not by a button with the payload %j',
      async (payload) => {
        const phone = '+919876560001';
        const { id, messages } = await sentTo([phone]);
        const context = { context: { id: messages[0]?.id } };
        await deliver(tapped(phone, payload, context));
        await deliver(tapped(phone, `STOP:${messages[0]?.callbackData}x`, context));
        expect(await excluded(phone)).toBe(false);
        expect(await optedOutCount(id)).toBe(0);
      },
    );

    it.each([
      ['Brazil', '+5511987654321', '+551187654321'],
      ['Mexico', '+525512345678', '+5215512345678'],
      ['Argentina', '+541123456789', '+5491123456789'],
      ['Brazil, outside São Paulo', '+5531998765432', '+553198765432'],
    ])('(%s) in both forms in which WhatsApp writes the number', async (_country, e164, whatsapp) => {
      for (const [contact, from] of [
        [e164, whatsapp],
        [whatsapp, e164],
      ] as const) {
        const { id, messages } = await sentTo([contact], offer);
        const reply = { context: { id: messages[0]?.id } };
        for (const event of [
          typed(from, 'stop'),
          typed(from, 'stop', reply),
          tapped(from, `STOP:${messages[0]?.callbackData}`),
          control(from, 'stop', seconds()),
        ]) {
          await deliver(event);
          expect([await excluded(contact), await excluded(from)]).toEqual([true, true]);
          await app.database.query(`DELETE FROM suppressions`);
        }
        // four events of one person are one opt-out
        expect(await optedOutCount(id)).toBe(1);
      }
    });

    it('by the wa_id in the answer to the send, if the identity does not match', async () => {
      const phone = '+5511954321098';
      const { id } = await sentTo([phone]);
      const landline = '+551154321098';
      await deliver(typed(landline, 'stop'));
      expect(await excluded(phone)).toBe(false);
      await app.database.query(`UPDATE campaign_recipients SET wa_id = $2 WHERE campaign_id = $1`, [
        id,
        landline.slice(1),
      ]);
      await deliver(typed(landline, 'stop'));
      expect(await excluded(phone)).toBe(true);
      expect(await optedOutCount(id)).toBe(1);
    });

    it.each([
      ['Benin', '+2290197123456', '+22997123456'],
      ['Ivory Coast', '+2250707123456', '+22507123456'],
      ['any country', '+919876570091', '+917000000091'],
    ])('(%s) by the wa_id alone, whatever the numbers are', async (_country, phone, from) => {
      const { id, messages } = await sentTo([phone], offer);
      await deliver(typed(from, 'stop'));
      expect(await excluded(phone)).toBe(false);
      await app.database.query(`UPDATE campaign_recipients SET wa_id = $2 WHERE campaign_id = $1`, [
        id,
        from.slice(1),
      ]);
      for (const event of [typed(from, 'stop'), control(from, 'stop', seconds())]) {
        await deliver(event);
        expect(await excluded(phone)).toBe(true);
        await app.database.query(`DELETE FROM suppressions`);
      }
      expect(await optedOutCount(id)).toBe(1);
      // a status without our callback data
      const status = statusOf(messages[0] as LedgerMessage, 'read', {
        recipient_id: from.slice(1),
        biz_opaque_callback_data: undefined,
      });
      await deliver(envelope({ statuses: [status] }));
      expect((await stats(app, id)).readCount).toBe(1);
    });

    it('by the answered message, even if the webhook has no phone number', async () => {
      const phones = ['+919876570001', '+919876570002', '+919876570003', '+5511954320004', '+919876570005'];
      const { id, messages } = await sentTo(phones, offer);
      const [word, button, wrong, renamed, moved] = phones.map((phone) =>
        messages.find(({ to }) => to === phone),
      );
      await deliver(typed(undefined, 'STOP', { context: { id: word?.id } }));
      await deliver(tapped(undefined, `STOP:${button?.callbackData}`));
      await deliver(typed(undefined, 'STOP', { context: { id: `${wrong?.id}x` } }));
      // an answer from a number that belongs to another contact
      await deliver(typed('+551154320004', 'STOP', { context: { id: renamed?.id } }));
      // an answer from the number that the person has now
      await deliver(typed('+14155552671', 'STOP', { context: { id: moved?.id } }));
      expect(await Promise.all(phones.map(excluded))).toEqual([true, true, false, true, true]);
      expect(await excluded('+14155552671')).toBe(true);
      expect(await optedOutCount(id)).toBe(4);
    });

    it('and counts them for the message that they follow within 72 hours, once for a person', async () => {
      const phones = ['+919876580001', '+919876580002', '+919876580003'];
      const [first, second, third] = phones as [string, string, string];
      const before = await sentTo(phones);
      const latest = await sentTo(phones.slice(0, 2));
      await app.database.query(
        `UPDATE campaign_recipients SET sent_at = sent_at - interval '73 hours' WHERE campaign_id = $1`,
        [before.id],
      );
      for (let i = 0; i < 2; i++) await deliver(control(first, 'stop', seconds()));
      await deliver(typed(second, 'stop'));
      await deliver(control(third, 'stop', seconds()));
      // older than all messages
      await deliver(control(first, 'stop', seconds() - 90 * 3600));
      expect(await Promise.all(phones.map(excluded))).toEqual([true, true, true]);
      expect([await optedOutCount(before.id), await optedOutCount(latest.id)]).toEqual([0, 2]);
    });

    it('by the time of the event: late and repeated events do not undo newer ones', async () => {
      const now = seconds();
      const phone = '+919876590001';
      const say = (body: string, at: number) => deliver(typed(phone, body, { timestamp: String(at) }));
      await deliver(control(phone, 'stop', now - 100));
      await deliver(control(phone, 'resume', now - 200));
      expect(await excluded(phone)).toBe(true);
      await deliver(control(phone, 'resume', now - 50));
      await deliver(control(phone, 'stop', now - 100));
      expect(await excluded(phone)).toBe(false);
      // the same for opt-outs by word, including the first of them
      await say('START', now - 20);
      await say('STOP', now - 30);
      expect(await excluded(phone)).toBe(false);
      await say('STOP', now - 10);
      await say('START', now - 20);
      expect(await excluded(phone)).toBe(true);
      // the time of an opt-in in the future is now
      await say('START', now + 86_000);
      await say('STOP', seconds() + 1);
      expect(await excluded(phone)).toBe(true);
    });

    it('by the time of arrival if the time of the event is before the message that it answers, or in the future', async () => {
      const phones = ['+919876590011', '+919876590012', '+919876590013', '+919876590014', '+919876590015'];
      const { messages } = await sentTo(phones, offer);
      const [a, b, c, d, e] = messages as [
        LedgerMessage,
        LedgerMessage,
        LedgerMessage,
        LedgerMessage,
        LedgerMessage,
      ];
      const wrong = { timestamp: '1090000000' };
      const refused = (message: LedgerMessage, more: Loose) =>
        envelope({ statuses: [statusOf(message, 'failed', { errors: [{ code: 131050 }], ...more })] });
      const start = Date.now();
      // whatever was known before is older than the message
      for (const phone of phones)
        await deliver(typed(phone, 'START', { timestamp: String(seconds() - 600) }));
      await deliver(tapped(a.to, `STOP:${a.callbackData}`, wrong));
      await deliver(typed(b.to, 'STOP', { ...wrong, context: { id: b.id } }));
      await deliver(refused(c, wrong));
      await deliver(typed(d.to, 'STOP', { timestamp: String(seconds() + 86_400), context: { id: d.id } }));
      await deliver(refused(e, { timestamp: String(seconds() - 60) }));
      expect(await Promise.all(phones.map(excluded))).toEqual([true, true, true, true, true]);
      await deliver(typed(b.to, 'START', { ...wrong, context: { id: b.id } }));
      expect(await excluded(b.to)).toBe(false);
      // an opt-out that names no message cannot be older than the Cloud API
      await deliver(typed(b.to, 'STOP', wrong));
      expect(await excluded(b.to)).toBe(true);
      const rows = await app.database.query<{ at: Date }[]>(
        `SELECT at FROM suppression_changes WHERE phone = ANY ($1)`,
        [phones],
      );
      expect(rows).toHaveLength(7);
      for (const { at } of rows) {
        expect(at.getTime()).toBeGreaterThanOrEqual(start - 1000);
        expect(at.getTime()).toBeLessThanOrEqual(Date.now());
      }
    });

    it("by source: WhatsApp's opt-in lifts WhatsApp's opt-outs, START all opt-outs of the person, neither the business's", async () => {
      const phone = '+551187659999';
      const now = seconds();
      const { id, messages } = await sentTo([phone], offer);
      // the events below come after the message
      await app.database.query(
        `UPDATE campaign_recipients SET sent_at = sent_at - interval '5 minutes' WHERE campaign_id = $1`,
        [id],
      );
      const button = `STOP:${messages[0]?.callbackData}`;
      const say = (body: string, at: number) => deliver(typed(phone, body, { timestamp: String(at) }));
      await deliver(control(phone, 'stop', now - 90));
      await say('STOP', now - 80);
      await deliver(tapped(phone, button, { timestamp: String(now - 70) }));
      await deliver(
        envelope({
          statuses: [
            statusOf(messages[0] as LedgerMessage, 'failed', {
              timestamp: String(now - 65),
              errors: [{ code: 131050 }],
            }),
          ],
        }),
      );
      const active = async () =>
        (
          await app.database.query<{ source: string }[]>(
            `SELECT source FROM suppressions WHERE identity = '+5511987659999' AND NOT lifted ORDER BY source`,
          )
        ).map(({ source }) => source);
      expect(await active()).toEqual(['BUTTON', 'KEYWORD', 'REFUSED', 'WHATSAPP']);
      await deliver(control(phone, 'resume', now - 60));
      expect(await active()).toEqual(['BUTTON', 'KEYWORD']);
      await app.database.query(
        `INSERT INTO suppressions (business_id, phone, reason) VALUES ($1, $2, 'asked on the phone')`,
        [app.businessId, phone],
      );
      await say('Start', now - 50);
      expect(await active()).toEqual(['MANUAL']);
      expect(await excluded(phone)).toBe(true);
      const history = await app.database.query<{ change: string; source: string; at: Date }[]>(
        `SELECT change, source, at FROM suppression_changes WHERE identity = '+5511987659999' AND source <> 'MANUAL'
         ORDER BY at, source`,
      );
      const ago = (at: Date) => now - at.getTime() / 1000;
      expect(history.map(({ change, source, at }) => `${change} ${source} ${ago(at)}`)).toEqual([
        'OPTED_OUT WHATSAPP 90',
        'OPTED_OUT KEYWORD 80',
        'OPTED_OUT BUTTON 70',
        'OPTED_OUT REFUSED 65',
        'OPTED_IN REFUSED 60',
        'OPTED_IN WHATSAPP 60',
        'OPTED_IN BUTTON 50',
        'OPTED_IN KEYWORD 50',
      ]);
    });

    it('for the businesses that own the sender, and for no other', async () => {
      const phones = ['+919876600001', '+919876600002'];
      const [word, button] = phones as [string, string];
      const { id, messages } = await sentTo(phones, offer);
      const other = await createTenant(app);
      const [sender] = await app.database.query<{ phone_number_id: string }[]>(
        `SELECT phone_number_id FROM senders WHERE id = $1`,
        [other.senderId],
      );
      const metadata = { phone_number_id: sender?.phone_number_id };
      const from = (body: Loose) => {
        const [entry] = (body as { entry: { changes: { value: Loose }[] }[] }).entry;
        Object.assign(entry?.changes[0]?.value ?? {}, { metadata });
        return body;
      };
      const at = (phone: string) => messages.find(({ to }) => to === phone);
      await deliver(from(typed(word, 'stop', { context: { id: at(word)?.id } })));
      await deliver(from(tapped(button, `STOP:${at(button)?.callbackData}`)));
      expect(await Promise.all(phones.map(excluded))).toEqual([false, false]);
      expect(await optedOutCount(id)).toBe(0);
      const rows = await app.database.query<{ phone: string }[]>(
        `SELECT phone FROM suppressions WHERE business_id = $1`,
        [other.businessId],
      );
      expect(rows).toEqual([{ phone: word }]);
    });

    it('next to unknown elements, and without a phone number if the button identifies the recipient', async () => {
      const phones = ['+919876610001', '+919876610002'];
      const { id, messages } = await sentTo(phones, offer);
      const [a, b] = messages as [LedgerMessage, LedgerMessage];
      const odd = [null, 7, { from: {}, text: [] }, { from: phones[0], timestamp: { toString: 1 } }];
      const stop = {
        from: phones[0]?.slice(1),
        id: 'wamid.y',
        timestamp: String(seconds()),
        text: { body: 'stop' },
      };
      await deliver(
        envelope({ messages: [...odd, stop, ...odd], statuses: [...odd, statusOf(a, 'read'), ...odd] }),
      );
      const tap = { button: { payload: `STOP:${b.callbackData}` }, timestamp: String(seconds()) };
      await deliver(envelope({ metadata: undefined, messages: [tap] }));
      expect(await Promise.all(phones.map(excluded))).toEqual([true, true]);
      expect(await stats(app, id)).toMatchObject({ optedOutCount: 2, readCount: 1 });
    });
  });
});
