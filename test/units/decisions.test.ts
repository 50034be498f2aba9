import { claimSize, isStocked, isTooLate, permitRequests } from '../../src/delivery/send/decisions';
import type { ClaimQuestion, PermitCandidate } from '../../src/delivery/send/decisions';

describe('how many recipients to claim', () => {
  const idle: ClaimQuestion = {
    perSecond: 80,
    waitingOfCampaign: 0,
    sender: { messagesPerSecond: 80, waiting: 0, posting: 0 },
    campaigns: 1,
    connections: 400,
  };
  test.each([
    ['half a second of the speed when nobody waits', {}, 40],
    ['at least one at the lowest speed', { perSecond: 1 }, 1],
    ['what is missing, once less than half of it waits', { waitingOfCampaign: 15 }, 25],
    ['nobody while more than half of it waits', { waitingOfCampaign: 21 }, 0],
    ['an equal part of it when campaigns share the number', { campaigns: 4 }, 10],
    ['less while WhatsApp has slowed the number', { perSecond: 20 }, 10],
    ['nobody while half of the connections await answers', { sender: { ...idle.sender, posting: 200 } }, 0],
    ['nobody while two seconds of the speed wait', { sender: { ...idle.sender, waiting: 161 } }, 0],
  ])('%s', (_, change, expected) => {
    expect(claimSize({ ...idle, ...change })).toBe(expected);
  });

  test.each([
    [0, 80, false],
    [20, 80, false],
    [21, 80, true],
    [1, 1, true],
  ])('%i waiting at %i a second: another batch is not worth it: %s', (waiting, perSecond, expected) => {
    expect(isStocked(waiting, perSecond)).toBe(expected);
  });
});

describe('how many permits to ask for, and who waits', () => {
  const now = 10_000;
  const busy: PermitCandidate = {
    messagesPerSecond: 1000,
    waiting: 500,
    posting: 0,
    askedAt: now - 15,
    askAt: 0,
  };
  test.each<[string, PermitCandidate[], number, number[]]>([
    ['what the speed brought since the last time, and one', [busy], 0, [16]],
    ['of a long time only 60 ms', [{ ...busy, askedAt: 0 }], 0, [61]],
    ['no more than wait', [{ ...busy, waiting: 3 }], 0, [3]],
    ['nothing before the limiter has something', [{ ...busy, askAt: now + 1 }], 0, [0]],
    ['nothing without a free connection', [busy], 400, [0]],
    ['what is free', [busy], 395, [5]],
    [
      'a number whose answers hang leaves the others their part',
      [{ ...busy, posting: 200 }, busy],
      200,
      [0, 16],
    ],
    ['one alone may use all connections', [{ ...busy, askedAt: 0, posting: 350 }], 350, [50]],
    ['each gets something while connections last', [busy, busy, { ...busy, waiting: 1 }], 0, [16, 16, 1]],
  ])('%s', (_, candidates, posting, expected) => {
    expect(permitRequests(candidates, 400, posting, now)).toEqual(expected);
  });
});

test('a batch waits five seconds at most', () => {
  expect([isTooLate(0, 5000), isTooLate(0, 5001)]).toEqual([false, true]);
});
