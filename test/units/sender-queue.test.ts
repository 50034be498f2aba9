import { fairShares, ClaimedBatch, SenderQueue } from '../../src/delivery/send/sender-queue';
import type { SendableCampaign } from '../../src/delivery/send/sendable-campaign';

function line(campaignId: string, people: number): ClaimedBatch {
  const recipients = Array.from({ length: people }, (_, i) => ({
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
    { id: `${campaignId}-${people}`, recipients },
    0,
  );
}

test('shares are alike, as far as each can use them, and add up', () => {
  expect(fairShares([100, 100], 10)).toEqual([5, 5]);
  expect(fairShares([1_000_000, 3], 10)).toEqual([7, 3]);
  expect(fairShares([5, 5, 5], 1)).toEqual([1, 0, 0]);
  expect(fairShares([2, 2], 10)).toEqual([2, 2]);
  expect(fairShares([], 10)).toEqual([]);
});

test('people leave in order, and who has begun is counted from the first', () => {
  const one = line('a', 5);
  expect(one.begunAfter(2)).toBe(2);
  expect(one.take(2).map(({ seq }) => seq)).toEqual([1, 2]);
  expect(one.begunAfter(2)).toBe(4);
  expect(one.take(10).map(({ seq }) => seq)).toEqual([3, 4, 5]);
  expect(one.waiting).toBe(0);
});

test('with one message at a time the campaigns of a number go round', () => {
  const lines = new SenderQueue();
  lines.add(line('large', 1000));
  lines.add(line('small', 3));
  const left: string[] = [];
  for (let i = 0; i < 8; i++) {
    for (const { line: next, count } of lines.slices(1)) {
      next.take(count);
      left.push(next.campaign.id);
    }
    lines.sweep();
  }
  expect(left).toEqual(['large', 'small', 'large', 'small', 'large', 'small', 'large', 'large']);
});

test('the oldest claim of a campaign leaves first', () => {
  const lines = new SenderQueue();
  const [first, second] = [line('a', 2), line('a', 5)];
  lines.add(first);
  lines.add(second);
  expect(lines.slices(4)).toEqual([
    { line: first, count: 2 },
    { line: second, count: 2 },
  ]);
  lines.remove(first);
  expect(lines.waiting()).toBe(5);
});
