import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  PHONE,
  startReceiver,
  startTestSimulator,
  text,
  until,
  WABA,
  weekendSale,
  type Receiver,
  type TestSimulator,
} from './support';

/** Commands for accepted messages: statuses, repeated webhooks, held messages, arbitrary webhooks. */

let simulator: TestSimulator;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  simulator = await startTestSimulator({ webhook: receiver.webhook });
});
afterEach(async () => {
  await simulator.close();
  await receiver.close();
});

const TO = '+919812345678';
const OTHER = '+919812345679';

async function command(name: string, body: object): Promise<{ sent?: number; changed?: number }> {
  const answer = await simulator.call<{ sent?: number; changed?: number }>(
    'POST',
    `/_simulator/${name}`,
    body,
  );
  expect(answer).toMatchObject({ http: 200 });
  return answer.body;
}

async function send(to: string, callbackData = `c1:${to.slice(-1)}:1`): Promise<string> {
  const { body } = await simulator.send(weekendSale(to, 'abc', { biz_opaque_callback_data: callbackData }));
  return body.messages[0]?.id ?? '';
}

const codes = () => receiver.statuses().map((each) => each.errors?.[0]?.code ?? each.status);

describe('POST statuses', () => {
  it('reports a failure of a selected message, and repeats it byte for byte', async () => {
    await send(TO);
    const messageId = await send(OTHER);
    await simulator.settled();
    receiver.posts = [];
    expect(await command('statuses', { messageId, status: 'failed', code: 131042 })).toEqual({ sent: 1 });
    await simulator.settled();
    expect(receiver.statuses()).toMatchObject([
      { id: messageId, status: 'failed', biz_opaque_callback_data: 'c1:9:1', errors: [{ code: 131042 }] },
    ]);
    await command('redeliver', { messageId, statuses: ['failed'], times: 2 });
    await simulator.settled();
    expect(receiver.statuses()).toHaveLength(3);
    expect(new Set(receiver.statuses().map((each) => JSON.stringify(each))).size).toBe(1);
    expect((await simulator.summary()).statuses.failed).toBe(1);
  });

  it('reports an undocumented status for a whole campaign, without callback data and phone numbers', async () => {
    await send(TO, 'c7:1:1');
    await send(OTHER, 'c7:2:1');
    await simulator.settled();
    receiver.posts = [];
    const status = {
      status: 'unknown_status',
      timestamp: 978_307_200,
      withoutCallbackData: true,
      withoutPhone: true,
    };
    expect(await command('statuses', { callbackData: 'c7:*', ...status })).toEqual({ sent: 2 });
    await simulator.settled();
    const statuses = receiver.statuses();
    expect(statuses).toHaveLength(2);
    for (const each of statuses) {
      expect(each).toMatchObject({ status: 'unknown_status', timestamp: '978307200' });
      expect(each).not.toHaveProperty('biz_opaque_callback_data');
      expect(each).not.toHaveProperty('recipient_id');
    }
  });

  it('records the status in the ledger, and no status follows a failure', async () => {
    await simulator.behave({ sentDelayMs: { min: 60_000, max: 60_000 } });
    const messageId = await send(TO);
    await command('statuses', { messageId, status: 'failed', code: 131053 });
    await until(() => receiver.statuses().length === 1);
    expect((await simulator.messages())[0]?.statuses).toMatchObject([{ status: 'failed', code: 131053 }]);
  });

  it.each<[string, object, string]>([
    ['statuses', { status: 'read' }, 'messageId'],
    ['statuses', { status: 'failed', to: TO }, 'code'],
    ['statuses', { status: 'read', to: '+10000000' }, 'messageId'],
    ['redeliver', {}, 'messageId'],
    ['redeliver', { to: TO, statuses: ['failed'] }, 'messageId'],
    ['held', { action: 'forget' }, 'action'],
    ['webhooks', { field: 'security' }, 'value'],
  ])('%s rejects %j and names the invalid field', async (name, body, field) => {
    await send(TO);
    const answer = await simulator.call('POST', `/_simulator/${name}`, body);
    expect(answer).toMatchObject({ http: 400, body: { error: { field } } });
  });
});

describe('settings per number', () => {
  it('withoutCallbackData removes the callback data from statuses', async () => {
    await simulator.behave({ perNumber: { [TO]: { withoutCallbackData: true } } });
    await send(TO);
    await send(OTHER);
    await simulator.settled();
    const data = (to: string) =>
      receiver
        .statuses()
        .filter((each) => each.recipient_id === to.slice(1))
        .map((each) => each.biz_opaque_callback_data);
    expect(data(TO)).toEqual([undefined, undefined, undefined]);
    expect(data(OTHER)).toEqual(['c1:9:1', 'c1:9:1', 'c1:9:1']);
  });

  it('statusTimestamp sets a time in the past or the future, and the ledger keeps the actual time', async () => {
    await simulator.behave({
      statusTimestamp: 4_102_444_800,
      perNumber: { [TO]: { statusTimestamp: 978_307_200 } },
    });
    await send(TO);
    await send(OTHER);
    await simulator.settled();
    const times = receiver.statuses().map((each) => `${each.recipient_id} ${each.timestamp}`);
    expect(new Set(times)).toEqual(new Set(['919812345678 978307200', '919812345679 4102444800']));
    const rows = await simulator.messages();
    const recorded = rows.flatMap((row) => row.statuses.map(({ at }) => Date.parse(at)));
    expect(recorded).toHaveLength(6);
    for (const at of recorded) expect(Math.abs(at - Date.now())).toBeLessThan(60_000);
  });

  it.each([131042, 131050, 131053, 131026, 132005, 131065, 199_999])(
    'fail reports the error code %d',
    async (fail) => {
      await simulator.behave({ perNumber: { [TO]: { fail } }, failAfterSentShare: 0 });
      await send(TO);
      await send(OTHER);
      await simulator.settled();
      expect(codes().sort()).toEqual([fail, 'delivered', 'read', 'sent'].sort());
    },
  );

  it('failTimes limits the number of failures', async () => {
    await simulator.behave({ perNumber: { [TO]: { fail: 131026, failTimes: 2 } }, failAfterSentShare: 0 });
    for (let i = 0; i < 3; i++) await send(TO, `c${i}:1:1`);
    expect((await simulator.settled()).statuses).toEqual({ sent: 1, delivered: 1, read: 1, failed: 2 });
  });
});

it('withoutCallbackDataShare removes the callback data from a share of all statuses', async () => {
  await simulator.behave({ webhooks: { withoutCallbackDataShare: 0.5 }, messagesPerSecond: 0 });
  await Promise.all(
    Array.from({ length: 100 }, (_, i) => send(`+9198${String(i).padStart(8, '0')}`, `c1:${i}:1`)),
  );
  await simulator.settled();
  const without = receiver.statuses().filter((each) => each.biz_opaque_callback_data === undefined);
  expect(receiver.statuses()).toHaveLength(300);
  expect(without.length).toBeGreaterThan(100);
  expect(without.length).toBeLessThan(200);
});

describe('held messages', () => {
  it('are answered as held, and have no status until they are released or dropped', async () => {
    await simulator.behave({ heldShare: 1 });
    const first = await simulator.send(weekendSale(TO, 'abc'));
    const second = await simulator.send(weekendSale(OTHER, 'abc'));
    expect([first, second].map(({ body }) => body.messages[0]?.message_status)).toEqual([
      'held_for_quality_assessment',
      'held_for_quality_assessment',
    ]);
    expect((await simulator.settled()).statuses).toMatchObject({ sent: 0, failed: 0 });
    expect(await command('held', { action: 'release', to: TO })).toEqual({ changed: 1 });
    expect((await simulator.settled()).statuses).toMatchObject({ read: 1, failed: 0 });
    expect(await command('held', { action: 'drop', code: 135000 })).toEqual({ changed: 1 });
    expect((await simulator.settled()).statuses).toMatchObject({ read: 1, failed: 1 });
    expect(codes()).toEqual(['sent', 'delivered', 'read', 135000]);
    expect(await command('held', { action: 'release' })).toEqual({ changed: 0 });
    expect(await simulator.messages()).toMatchObject([{ hold: 'released' }, { hold: 'dropped' }]);
  });

  it('are dropped with 132015 by default', async () => {
    await simulator.behave({ perNumber: { [TO]: { held: true } } });
    await send(TO);
    await send(OTHER);
    await command('held', { action: 'drop' });
    await simulator.settled();
    expect(codes().sort()).toEqual([132015, 'delivered', 'read', 'sent']);
  });

  it('are the configured share of template messages', async () => {
    await simulator.behave({ heldShare: 0.3, messagesPerSecond: 0 });
    expect((await simulator.send(text(TO))).body.messages[0]).not.toHaveProperty('message_status');
    const numbers = Array.from({ length: 200 }, (_, i) => `+9197${String(i).padStart(8, '0')}`);
    await Promise.all(numbers.map((to) => send(to)));
    const held = (await command('held', { action: 'release' })).changed ?? 0;
    expect(held).toBeGreaterThan(35);
    expect(held).toBeLessThan(85);
  });

  it('remain held, released or dropped after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    const stateFile = join(folder, 'state.jsonl');
    const first = await startTestSimulator({ stateFile, webhook: receiver.webhook });
    await first.behave({ heldShare: 1 });
    for (const to of [TO, OTHER, '+919812345670']) await first.send(weekendSale(to, 'abc'));
    receiver.reply = () => 503; // unacknowledged statuses must be sent again after the restart
    await first.call('POST', '/_simulator/held', { action: 'drop', to: TO });
    await first.call('POST', '/_simulator/held', { action: 'release', to: OTHER });
    await first.close();
    receiver.reply = () => 200;
    receiver.posts = [];
    const second = await startTestSimulator({ stateFile, webhook: receiver.webhook });
    await second.settled();
    const sent = receiver.statuses().map((each) => `${each.recipient_id} ${each.status}`);
    expect(new Set(sent)).toEqual(
      new Set([
        '919812345678 failed',
        ...['sent', 'delivered', 'read'].map((each) => `919812345679 ${each}`),
      ]),
    );
    expect((await second.messages()).map((row) => row.hold)).toEqual(['dropped', 'released', 'held']);
    await second.close();
    rmSync(folder, { recursive: true });
  });
});

it('POST webhooks sends an arbitrary webhook, once or several times', async () => {
  const value = { event: 'ACCOUNT_RESTRICTION', restriction_info: [{ restriction_type: 'RESTRICTED_X' }] };
  await command('webhooks', { wabaId: WABA, field: 'account_update', value, times: 2 });
  await command('webhooks', { phoneNumberId: PHONE, field: 'undocumented_update', value: { a: 1 } });
  await until(() => receiver.changes().length === 3);
  expect(receiver.changes()).toEqual([
    { field: 'account_update', value },
    { field: 'account_update', value },
    { field: 'undocumented_update', value: { a: 1 } },
  ]);
  expect(receiver.posts.every((post) => post.signatureIsRight)).toBe(true);
});
