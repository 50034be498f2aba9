import { startReceiver, startTestSimulator, text, until, type Receiver, type TestSimulator } from './support';

/** The transport of webhooks: batches, signatures, retries, duplicates, order, over real HTTP. */

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
const people = (count: number) =>
  Array.from({ length: count }, (_, i) => `+9198${String(i).padStart(8, '0')}`);

async function sendAll(numbers: string[]): Promise<void> {
  await simulator.behave({ messagesPerSecond: 0 });
  await Promise.all(
    numbers.map((to, i) => simulator.send(text(to, { biz_opaque_callback_data: `c1:${i}:1` }))),
  );
}

it('one POST contains at most batchSize statuses', async () => {
  await simulator.behave({ webhooks: { batchSize: 20, flushMs: 50 } });
  await sendAll(people(100));
  await simulator.settled();
  const sizes = receiver.posts.map((post) => JSON.stringify(post.envelope).match(/"status":/g)?.length ?? 0);
  expect(Math.max(...sizes)).toBe(20);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(300);
});

it('the signature covers the exact bytes, with non-ASCII characters and slashes escaped', async () => {
  await simulator.send(text(TO, { biz_opaque_callback_data: 'दिवाली/😀' }));
  await simulator.settled();
  const [post] = receiver.posts;
  expect(post?.signatureIsRight).toBe(true);
  expect(post?.raw).toContain('\\u0926\\u093f');
  expect(post?.raw).toContain('\\/\\ud83d\\ude00');
  expect(receiver.statuses()[0]?.biz_opaque_callback_data).toBe('दिवाली/😀');
});

it('a POST that is not answered with 200 is retried with increasing delays', async () => {
  const times: number[] = [];
  receiver.reply = () => (times.push(performance.now()) <= 4 ? 503 : 200);
  await simulator.behave({ deliveredShare: 0, webhooks: { retryFirstMs: 20, retryMaxMs: 80 } });
  await simulator.send(text(TO));
  await simulator.settled();
  expect(receiver.statuses()).toHaveLength(1);
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  const least = [20, 40, 80, 80];
  expect(gaps).toHaveLength(4);
  gaps.forEach((gap, i) => expect(gap).toBeGreaterThanOrEqual((least[i] ?? 0) - 2));
  expect(new Set(receiver.posts.map((post) => post.raw)).size).toBe(1);
});

it('retries end after giveUpAfterMs', async () => {
  receiver.reply = () => 500;
  await simulator.behave({ deliveredShare: 0, webhooks: { giveUpAfterMs: 60 } });
  await simulator.send(text(TO));
  await simulator.settled();
  expect(receiver.posts.length).toBeGreaterThan(1);
  expect(receiver.statuses()).toHaveLength(0);
});

it('duplicateShare sends updates again', async () => {
  await simulator.behave({ webhooks: { duplicateShare: 1, duplicateTimes: 2 } });
  await sendAll(people(10));
  await simulator.settled();
  expect(receiver.statuses()).toHaveLength(90);
});

it('pauseUntilResumed holds updates back, and shuffle changes their order', async () => {
  await simulator.behave({
    webhooks: {
      pauseUntilResumed: true,
      shuffle: true,
      // no delay: all updates are in the queue when it is shuffled
      shuffleWindowMs: 0,
      batchSize: 10,
      connections: 1,
    },
  });
  await sendAll(people(50));
  await until(async () => {
    const { pendingEvents, pendingWebhooks } = await simulator.summary();
    return pendingEvents === 0 && pendingWebhooks === 150;
  });
  expect(receiver.posts).toHaveLength(0);
  await simulator.behave({ webhooks: { pauseUntilResumed: false } });
  await simulator.settled();
  const statuses = receiver.statuses();
  expect(statuses).toHaveLength(150);
  const places = (id: string) =>
    ['sent', 'read'].map((name) => statuses.findIndex((each) => each.id === id && each.status === name));
  const outOfOrder = statuses.map(({ id }) => places(id)).filter(([sent = 0, read = 0]) => read < sent);
  expect(outOfOrder.length).toBeGreaterThan(0);
});

it('raceShare sends the webhook before the response to the send', async () => {
  await simulator.behave({ webhooks: { raceShare: 1 } });
  for (const to of people(10)) {
    const { body } = await simulator.send(text(to));
    expect(receiver.statuses().map((each) => each.id)).toContain(body.messages[0]?.id);
  }
});

it('the send is answered although the webhook before it is not acknowledged', async () => {
  receiver.reply = () => 500;
  await simulator.behave({ webhooks: { raceShare: 1 } });
  expect((await simulator.send(text(TO))).http).toBe(200);
});

it('POSTs with a wrong signature or without one are repeated with the right one', async () => {
  await simulator.behave({ webhooks: { badSignatureShare: 0.5, unsignedShare: 0.5, batchSize: 1 } });
  await sendAll(people(20));
  await simulator.settled();
  const turnedDown = receiver.posts.filter((post) => post.http === 401);
  expect(turnedDown).toHaveLength(60);
  const unsigned = turnedDown.filter((post) => post.signature === undefined).length;
  expect(unsigned).toBeGreaterThan(10);
  expect(unsigned).toBeLessThan(50);
  expect(receiver.statuses()).toHaveLength(60);
});

it('unknownStatusShare adds an undocumented status', async () => {
  await simulator.behave({ webhooks: { unknownStatusShare: 1 } });
  await simulator.send(text(TO));
  await simulator.settled();
  expect(receiver.statuses().filter((each) => each.status === 'warning')).toHaveLength(3);
  expect((await simulator.messages())[0]?.statuses).toHaveLength(3);
});

it('without webhooks the ledger still records statuses', async () => {
  await simulator.behave({ webhooks: { enabled: false } });
  await simulator.send(text(TO));
  expect((await simulator.settled()).statuses).toMatchObject({ sent: 1, delivered: 1, read: 1 });
  expect(receiver.posts).toHaveLength(0);
});
