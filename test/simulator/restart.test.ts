import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaInfo, TemplateList } from '../../src/whatsapp/wire';
import {
  body,
  imageHeader,
  PHONE,
  startReceiver,
  startTestSimulator,
  template,
  text,
  until,
  WABA,
  weekendSale,
  type Receiver,
} from './support';

/** Media, and the state that is preserved across restarts. */

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0x0d, 0x0a, 0x0d, 0x0a, 0x2d, 0x2d, 0x00]);

function multipart(
  parts: Record<string, string>,
  file: Buffer,
  type = 'image/jpeg',
): [Buffer, Record<string, string>] {
  const fields = Object.entries(parts).map(
    ([name, value]) => `--b0undary\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--b0undary\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: ${type}\r\n\r\n`;
  const content = Buffer.concat([
    Buffer.from(fields.join('') + head),
    file,
    Buffer.from('\r\n--b0undary--\r\n'),
  ]);
  return [content, { 'content-type': 'multipart/form-data; boundary=b0undary' }];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('media', () => {
  it('is uploaded, used, read, downloaded and deleted', async () => {
    const simulator = await startTestSimulator();
    const [content, headers] = multipart({ messaging_product: 'whatsapp' }, JPEG);
    const upload = await simulator.call<{ id: string }>('POST', `/v25.0/${PHONE}/media`, content, headers);
    expect(upload.http).toBe(200);
    const { id } = upload.body;
    const header = { type: 'header', parameters: [{ type: 'image', image: { id } }] };
    const message = template('+919812345678', 'vip_diwali_sale', [header, body('a', 'b', 'c')]);
    expect((await simulator.send(message)).http).toBe(200);
    expect((await simulator.messages())[0]?.mediaUrl).toBe(id);

    const info = (await simulator.call<MediaInfo>('GET', `/v25.0/${id}?phone_number_id=${PHONE}`)).body;
    expect(info).toMatchObject({
      id,
      mime_type: 'image/jpeg',
      file_size: JPEG.length,
      messaging_product: 'whatsapp',
    });
    const path = info.url.slice(simulator.url.length);
    const download = await fetch(info.url, { headers: { authorization: 'Bearer t' } });
    expect(Buffer.from(await download.arrayBuffer())).toEqual(JPEG);
    expect((await simulator.call('GET', path, undefined, { authorization: '' })).http).toBe(401);
    expect((await simulator.call('GET', path.replace(/hash=./, 'hash='))).http).toBe(404);

    expect((await simulator.call('DELETE', `/v25.0/${id}`)).body).toEqual({ success: true });
    expect((await simulator.send(message)).body.error.code).toBe(100);
    await simulator.close();
  });

  it('can only be used by its own account', async () => {
    const simulator = await startTestSimulator();
    await simulator.call('PUT', '/_simulator/accounts', [
      { wabaId: WABA, phoneNumberIds: [PHONE] },
      { wabaId: '999', phoneNumberIds: ['4242'] },
    ]);
    const [content, headers] = multipart({ messaging_product: 'whatsapp' }, JPEG);
    const { body: media } = await simulator.call<{ id: string }>(
      'POST',
      `/v25.0/${PHONE}/media`,
      content,
      headers,
    );
    const image = {
      messaging_product: 'whatsapp',
      to: '+919812345678',
      type: 'image',
      image: { id: media.id },
    };
    expect((await simulator.send(image)).http).toBe(200);
    expect((await simulator.send(image, '/v25.0/4242/messages')).body.error.code).toBe(100);
    await simulator.close();
  });

  it('is refused if the upload is invalid', async () => {
    const simulator = await startTestSimulator();
    const upload = async (parts: Record<string, string>, file: Buffer, type?: string) => {
      const [content, headers] = multipart(parts, file, type);
      const answer = await simulator.call<{ error: { code: number; message: string } }>(
        'POST',
        `/v25.0/${PHONE}/media`,
        content,
        headers,
      );
      return answer.body.error;
    };
    expect(await upload({}, JPEG)).toMatchObject({
      code: 100,
      message: '(#100) The parameter messaging_product is required.',
    });
    expect(await upload({ messaging_product: 'whatsapp' }, JPEG, 'image/gif')).toMatchObject({ code: 100 });
    expect(await upload({ messaging_product: 'whatsapp' }, Buffer.alloc(5 * 1024 ** 2 + 1))).toMatchObject({
      code: 131053,
    });
    await simulator.close();
  });
});

describe('with a state file', () => {
  let receiver: Receiver;
  const start = () =>
    startTestSimulator({ stateFile: join(folder, 'state.jsonl'), webhook: receiver.webhook });
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.close());

  it('accounts, templates, media and the ledger are preserved across a restart', async () => {
    const first = await start();
    await first.call('PUT', '/_simulator/accounts', {
      wabaId: WABA,
      phoneNumberIds: [PHONE],
      displayPhoneNumber: '+15550783881',
      messagesPerSecond: 7,
    });
    const draft = {
      name: 'kept',
      language: 'en',
      category: 'MARKETING',
      components: [
        { type: 'BODY', text: 'Hi {{1}}, our new shop is open.', example: { body_text: [['Asha']] } },
      ],
    };
    await first.call('POST', `/v25.0/${WABA}/message_templates`, draft);
    await first.call('DELETE', `/v25.0/${WABA}/message_templates?name=weekend_sale`);
    const [content, headers] = multipart({ messaging_product: 'whatsapp' }, JPEG);
    const { body: media } = await first.call<{ id: string }>(
      'POST',
      `/v25.0/${PHONE}/media`,
      content,
      headers,
    );
    await first.send(
      template('+919812345678', 'kept', [body('Asha')], { biz_opaque_callback_data: 'c1:1:1' }),
    );
    await first.send(template('+919812345679', 'vip_diwali_sale', [imageHeader(), body('a', 'b', 'c')]));
    await first.settled();
    const before = { rows: await first.messages(), summary: await first.summary() };
    await first.close();

    const second = await start();
    expect(await second.messages()).toEqual(before.rows);
    const { attempts, refusedByCode, maxPerSecond, ...kept } = before.summary;
    expect(await second.summary()).toMatchObject(kept);
    expect([attempts, refusedByCode, Object.keys(maxPerSecond)]).toEqual([2, {}, [PHONE]]);
    expect((await second.call('GET', '/_simulator/accounts')).body).toEqual([
      { phoneNumberId: PHONE, wabaId: WABA, displayPhoneNumber: '15550783881', messagesPerSecond: 7 },
    ]);
    expect((await second.call<MediaInfo>('GET', `/v25.0/${media.id}`)).body.file_size).toBe(JPEG.length);
    const library = (await second.call<TemplateList>('GET', `/v25.0/${WABA}/message_templates?limit=100`))
      .body.data;
    expect(library.map((each) => each.name)).toContain('kept');
    expect(library.map((each) => each.name)).not.toContain('weekend_sale');
    // The same recipient of the same campaign counts as a duplicate across the restart.
    await second.send(
      template('+919812345678', 'kept', [body('Asha')], { biz_opaque_callback_data: 'c1:1:2' }),
    );
    expect((await second.summary()).duplicates).toBe(1);
    await second.close();
  });

  it('pending and unacknowledged statuses are sent after the restart', async () => {
    const first = await start();
    await first.behave({ deliveredDelayMs: { min: 60_000, max: 60_000 } });
    await first.send(text('+919800000001'));
    await until(() => receiver.statuses().length === 1);
    receiver.reply = () => 503;
    await first.send(text('+919800000002'));
    await until(() => receiver.posts.some((post) => post.http === 503));
    await first.close();
    expect(receiver.statuses().map((each) => each.recipient_id)).toEqual(['919800000001']);

    receiver.reply = () => 200;
    const second = await start();
    await second.settled();
    const told = receiver.statuses().map((each) => `${each.recipient_id} ${each.status}`);
    expect(told.slice(1).sort()).toEqual([
      '919800000001 delivered',
      '919800000001 read',
      '919800000002 delivered',
      '919800000002 read',
      '919800000002 sent',
    ]);
    await second.close();
  });

  it('a message that WhatsApp dropped without a word stays dropped', async () => {
    const first = await start();
    const [contact] = (await first.send({ ...text('+919800000003'), to: 'IN.1234567890123' })).body.contacts;
    expect(contact).toMatchObject({ user_id: 'IN.1234567890123' });
    await first.close();
    const second = await start();
    await second.send(text('+919800000004'));
    await second.settled();
    expect((await second.summary()).accepted).toBe(2);
    expect(new Set(receiver.statuses().map((each) => each.recipient_id))).toEqual(new Set(['919800000004']));
    await second.close();
  });

  it('a free message stays free', async () => {
    const first = await start();
    await first.behave({
      serviceWindowPricing: 'free_customer_service',
      deliveredDelayMs: { min: 60_000, max: 60_000 },
    });
    await first.call('POST', '/_simulator/inbound', {
      from: '+919800000005',
      phoneNumberId: PHONE,
      type: 'text',
      body: 'Hi',
    });
    await first.send(text('+919800000005'));
    await until(() => receiver.statuses().length === 1);
    await first.close();
    const second = await start();
    await second.settled();
    const delivered = receiver.statuses().find(({ status }) => status === 'delivered');
    expect(delivered?.pricing).toMatchObject({ billable: false, type: 'free_customer_service' });
    expect((await second.messages())[0]?.price).toBe(0);
    await second.close();
  });

  it('an incomplete last line is truncated', async () => {
    const first = await start();
    await first.send(weekendSale('+919812345678', 'a'));
    await first.close();
    appendFileSync(join(folder, 'state.jsonl'), '{"kind":"message","id":"wamid.to');
    const second = await start();
    expect((await second.summary()).accepted).toBe(1);
    await second.send(weekendSale('+919812345679', 'b'));
    await second.close();
    const third = await start();
    expect((await third.summary()).accepted).toBe(2);
    await third.close();
  });

  it('a reset is preserved', async () => {
    const first = await start();
    await first.send(text('+919812345678'));
    await first.call('POST', '/_simulator/reset');
    await first.close();
    const second = await start();
    expect((await second.summary()).accepted).toBe(0);
    await second.close();
  });
});
