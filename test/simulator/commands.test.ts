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

/** What WhatsApp does on command: statuses, repeated webhooks, held messages, any other webhook. */

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

async function command(name: string, body: object): Promise<{ told?: number; changed?: number }> {
  const answer = await simulator.call<{ told?: number; changed?: number }>(
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

describe('a status on command', () => {
  it('can be any failure of chosen people, later and again', async () => {
    await send(TO);
    const messageId = await send(OTHER);
    await simulator.settled();
    receiver.posts = [];
    expect(await command('statuses', { messageId, status: 'failed', code: 131042 })).toEqual({ told: 1 });
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

  it('can be of a whole campaign, unknown to everybody, without what a reader would look for', async () => {
    await send(TO, 'c7:1:1');
    await send(OTHER, 'c7:2:1');
    await simulator.settled();
    receiver.posts = [];
    const status = {
      status: 'levitating',
      timestamp: 978_307_200,
      withoutCallbackData: true,
      withoutPhone: true,
    };
    expect(await command('statuses', { callbackData: 'c7:*', ...status })).toEqual({ told: 2 });
    await simulator.settled();
    const statuses = receiver.statuses();
    expect(statuses).toHaveLength(2);
    for (const each of statuses) {
      expect(each).toMatchObject({ status: 'levitating', timestamp: '978307200' });
      expect(each).not.toHaveProperty('biz_opaque_callback_data');
      expect(each).not.toHaveProperty('recipient_id');
    }
  });

  it('counts in the ledger, and a failure ends the message', async () => {
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
  ])('%s refuses %j and says where', async (name, body, field) => {
    await send(TO);
    const answer = await simulator.call('POST', `/_simulator/${name}`, body);
    expect(answer).toMatchObject({ http: 400, body: { error: { field } } });
  });
});

describe('statuses of chosen people', () => {
  it('come without callback data', async () => {
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

  it('come with a time of the past or the future', async () => {
    await simulator.behave({
      statusTimestamp: 4_102_444_800,
      perNumber: { [TO]: { statusTimestamp: 978_307_200 } },
    });
    await send(TO);
    await send(OTHER);
    await simulator.settled();
    const times = receiver.statuses().map((each) => `${each.recipient_id} ${each.timestamp}`);
    expect(new Set(times)).toEqual(new Set(['919812345678 978307200', '919812345679 4102444800']));
    const years = (await simulator.messages()).flatMap((row) => row.statuses.map(({ at }) => at.slice(0, 2)));
    expect(new Set(years)).toEqual(new Set(['20'])); // the ledger keeps the true times
    expect((await simulator.messages())[0]?.statuses[0]?.at.slice(0, 4)).not.toBe('2001');
  });

  it.each([131042, 131050, 131053, 131026, 132005, 131065, 199_999])('fail with %d', async (fail) => {
    await simulator.behave({ perNumber: { [TO]: { fail } }, failAfterSentShare: 0 });
    await send(TO);
    await send(OTHER);
    await simulator.settled();
    expect(codes().sort()).toEqual([fail, 'delivered', 'read', 'sent'].sort());
  });

  it('fail as often as failTimes says', async () => {
    await simulator.behave({ perNumber: { [TO]: { fail: 131026, failTimes: 2 } }, failAfterSentShare: 0 });
    for (let i = 0; i < 3; i++) await send(TO, `c${i}:1:1`);
    expect((await simulator.settled()).statuses).toEqual({ sent: 1, delivered: 1, read: 1, failed: 2 });
  });
});

it('a share of all statuses comes without callback data', async () => {
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
  it('are accepted as held, and nothing follows until they are released or dropped', async () => {
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

  it('are dropped with 132015 unless told otherwise', async () => {
    await simulator.behave({ perNumber: { [TO]: { held: true } } });
    await send(TO);
    await send(OTHER);
    await command('held', { action: 'drop' });
    await simulator.settled();
    expect(codes().sort()).toEqual([132015, 'delivered', 'read', 'sent']);
  });

  it('are templates only, at the share asked for', async () => {
    await simulator.behave({ heldShare: 0.3, messagesPerSecond: 0 });
    expect((await simulator.send(text(TO))).body.messages[0]).not.toHaveProperty('message_status');
    const numbers = Array.from({ length: 200 }, (_, i) => `+9197${String(i).padStart(8, '0')}`);
    await Promise.all(numbers.map((to) => send(to)));
    const held = (await command('held', { action: 'release' })).changed ?? 0;
    expect(held).toBeGreaterThan(35);
    expect(held).toBeLessThan(85);
  });

  it('stay held, released or dropped over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    const stateFile = join(folder, 'state.jsonl');
    const first = await startTestSimulator({ stateFile, webhook: receiver.webhook });
    await first.behave({ heldShare: 1 });
    for (const to of [TO, OTHER, '+919812345670']) await first.send(weekendSale(to, 'abc'));
    receiver.reply = () => 503; // what was told on command must come again after the restart
    await first.call('POST', '/_simulator/held', { action: 'drop', to: TO });
    await first.call('POST', '/_simulator/held', { action: 'release', to: OTHER });
    await first.close();
    receiver.reply = () => 200;
    receiver.posts = [];
    const second = await startTestSimulator({ stateFile, webhook: receiver.webhook });
    await second.settled();
    const told = receiver.statuses().map((each) => `${each.recipient_id} ${each.status}`);
    expect(new Set(told)).toEqual(
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

it('any webhook can be sent, as often as wanted', async () => {
  const value = { event: 'ACCOUNT_RESTRICTION', restriction_info: [{ restriction_type: 'RESTRICTED_X' }] };
  await command('webhooks', { wabaId: WABA, field: 'account_update', value, times: 2 });
  await command('webhooks', { phoneNumberId: PHONE, field: 'moon_phase_update', value: { phase: 'full' } });
  await until(() => receiver.changes().length === 3);
  expect(receiver.changes()).toEqual([
    { field: 'account_update', value },
    { field: 'account_update', value },
    { field: 'moon_phase_update', value: { phase: 'full' } },
  ]);
  expect(receiver.posts.every((post) => post.signatureIsRight)).toBe(true);
});
