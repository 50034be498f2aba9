import { Mailbox } from '../../src/stats/mailbox';

test('a slow reader gets the latest only', async () => {
  const mailbox = new Mailbox<number>(() => undefined);
  for (let i = 1; i <= 1000; i++) mailbox.put(i);
  expect(await mailbox.next()).toEqual({ value: 1000, done: false });
});

test('a waiting reader gets the next letter at once', async () => {
  const mailbox = new Mailbox<number>(() => undefined);
  const waiting = mailbox.next();
  mailbox.put(1);
  mailbox.put(2);
  expect([await waiting, await mailbox.next()]).toEqual([
    { value: 1, done: false },
    { value: 2, done: false },
  ]);
});

test('the end reaches a waiting reader, is told once, and nothing comes after it', async () => {
  let ends = 0;
  const mailbox = new Mailbox<number>(() => ends++);
  const waiting = mailbox.next();
  await mailbox.return();
  await mailbox.return();
  expect(await waiting).toEqual({ value: undefined, done: true });
  mailbox.put(5);
  expect(await mailbox.next()).toEqual({ value: undefined, done: true });
  expect(ends).toBe(1);
});

test('an unread letter is dropped at the end, and a for loop ends by break', async () => {
  let ends = 0;
  const mailbox = new Mailbox<number>(() => ends++);
  mailbox.put(1);
  for await (const letter of mailbox) {
    expect(letter).toBe(1);
    mailbox.put(2);
    break;
  }
  expect(await mailbox.next()).toEqual({ value: undefined, done: true });
  expect(ends).toBe(1);
});
