import { ClaimedBatch } from '../../src/delivery/send/claimed-batch';
import { HeldClaims } from '../../src/delivery/send/held-claims';
import { fairShares, SenderQueue } from '../../src/delivery/send/sender-queue';
import type { SendableCampaign } from '../../src/delivery/send/sendable-campaign';

function batch(campaignId: string, size: number): ClaimedBatch {
  const recipients = Array.from({ length: size }, (_, i) => ({
    seq: i + 1,
    phone: `+9198200${String(i).padStart(5, '0')}`,
    name: '',
    email: null,
    claim_no: 1,
    attempts: 0,
    pair_tries: 0,
    opted_out: false,
  }));
  return new ClaimedBatch(
    { id: campaignId } as SendableCampaign,
    { id: `${campaignId}-${size}`, recipients },
    0,
  );
}

test('shares are equal as far as each campaign can use them, and add up', () => {
  expect(fairShares([100, 100], 10)).toEqual([5, 5]);
  expect(fairShares([1_000_000, 3], 10)).toEqual([7, 3]);
  expect(fairShares([5, 5, 5], 1)).toEqual([1, 0, 0]);
  expect(fairShares([2, 2], 10)).toEqual([2, 2]);
  expect(fairShares([], 10)).toEqual([]);
});

test('recipients are posted in order, and the count of begun sends starts at the first', () => {
  const one = batch('a', 5);
  expect(one.begunAfter(2)).toBe(2);
  expect(one.take(2).map(({ seq }) => seq)).toEqual([1, 2]);
  expect(one.begunAfter(2)).toBe(4);
  expect(one.take(10).map(({ seq }) => seq)).toEqual([3, 4, 5]);
  expect(one.waiting).toBe(0);
});

test('with one message at a time the campaigns of a sender take turns', () => {
  const queue = new SenderQueue();
  queue.add(batch('large', 1000));
  queue.add(batch('small', 3));
  const left: string[] = [];
  for (let i = 0; i < 8; i++) {
    for (const { batch: next, count } of queue.next(1)) {
      next.take(count);
      left.push(next.campaign.id);
    }
    queue.rotate();
  }
  expect(left).toEqual(['large', 'small', 'large', 'small', 'large', 'small', 'large', 'large']);
});

test('the oldest claim of a campaign is posted first', () => {
  const queue = new SenderQueue();
  const [first, second] = [batch('a', 2), batch('a', 5)];
  queue.add(first);
  queue.add(second);
  expect(queue.next(4)).toEqual([
    { batch: first, count: 2 },
    { batch: second, count: 2 },
  ]);
  queue.remove(first);
  expect(queue.waiting()).toBe(5);
});

describe('held claims', () => {
  test('a claim ends with the last of its recipients, in whatever order the answers arrive', () => {
    const held = new HeldClaims();
    const [two, one] = [batch('a', 2), batch('b', 1)];
    held.hold(two);
    held.hold(one);
    expect(held.unsettled).toBe(3);
    expect(held.endedBy([two, one])).toEqual([one.claim.id]);
    held.settled([two, one]);
    expect(held.ids).toEqual([two.claim.id]);
    expect(held.endedBy([two])).toEqual([two.claim.id]);
    held.settled([two]);
    expect([held.ids, held.unsettled]).toEqual([[], 0]);
  });

  test('a claim that was given up is not released by later answers, and nothing waits for it', async () => {
    const held = new HeldClaims();
    const lost = batch('a', 3);
    held.hold(lost);
    let free = false;
    const waiting = held.below(1).then(() => (free = true));
    held.settled([lost]);
    held.forget([lost, lost]);
    await waiting;
    expect([free, held.unsettled, held.endedBy([lost, lost])]).toEqual([true, 0, []]);
    held.settled([lost]);
    expect(held.unsettled).toBe(0);
  });
});
