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
    ['half a second of the rate if nobody waits', {}, 40],
    ['at least one at the lowest rate', { perSecond: 1 }, 1],
    ['the rest of half a second, if less than half of that waits', { waitingOfCampaign: 15 }, 25],
    ['nobody while more than half of that waits', { waitingOfCampaign: 21 }, 0],
    ['an equal share for each campaign of the sender', { campaigns: 4 }, 10],
    ['less while the sender is slowed down', { perSecond: 20 }, 10],
    ['nobody while half of the connections await answers', { sender: { ...idle.sender, posting: 200 } }, 0],
    [
      'nobody while the sender holds two seconds of its rate',
      { sender: { ...idle.sender, waiting: 161 } },
      0,
    ],
  ])('%s', (_, change, expected) => {
    expect(claimSize({ ...idle, ...change })).toBe(expected);
  });

  test.each([
    [0, 80, false],
    [20, 80, false],
    [21, 80, true],
    [1, 1, true],
  ])('with %i waiting at %i a second, holding enough recipients is: %s', (waiting, perSecond, expected) => {
    expect(isStocked(waiting, perSecond)).toBe(expected);
  });
});

describe('how many permits to request, and for which senders', () => {
  const now = 10_000;
  const busy: PermitCandidate = {
    messagesPerSecond: 1000,
    waiting: 500,
    posting: 0,
    askedAt: now - 15,
    askAt: 0,
  };
  test.each<[string, PermitCandidate[], number, number[]]>([
    ['as many as the rate allows since the last request, and one', [busy], 0, [16]],
    ['after a long time only as many as in 60 ms', [{ ...busy, askedAt: 0 }], 0, [61]],
    ['but three messages of a slow sender', [{ ...busy, messagesPerSecond: 5, askedAt: 0 }], 0, [4]],
    ['no more than are waiting', [{ ...busy, waiting: 3 }], 0, [3]],
    ['none before the time that the limiter gave', [{ ...busy, askAt: now + 1 }], 0, [0]],
    ['none without a free connection', [busy], 400, [0]],
    ['as many as there are free connections', [busy], 395, [5]],
    [
      'a sender whose answers are slow leaves other senders their share',
      [{ ...busy, posting: 200 }, busy],
      200,
      [0, 16],
    ],
    ['a sender alone may use all connections', [{ ...busy, askedAt: 0, posting: 350 }], 350, [50]],
    [
      'each sender gets some while there are free connections',
      [busy, busy, { ...busy, waiting: 1 }],
      0,
      [16, 16, 1],
    ],
  ])('%s', (_, candidates, posting, expected) => {
    expect(permitRequests(candidates, 400, posting, now)).toEqual(expected);
  });
});

test('a batch waits at most five seconds for permits', () => {
  expect([isTooLate(0, 5000), isTooLate(0, 5001)]).toEqual([false, true]);
});
