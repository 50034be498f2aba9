import {
  counted,
  fencedTargets,
  laterOf,
  allowedMoves,
  RecipientStatus,
} from '../../src/campaigns/recipient-status';

const all = Object.values(RecipientStatus);
const { QUEUED, SENDING, UNCONFIRMED, SENT, DELIVERED, READ, FAILED, SKIPPED, EXCLUDED } = RecipientStatus;

test('no transition leaves READ or EXCLUDED, and none leads to EXCLUDED', () => {
  expect(allowedMoves[READ]).toEqual([]);
  expect(allowedMoves[EXCLUDED]).toEqual([]);
  expect(all.filter((from) => allowedMoves[from].includes(EXCLUDED))).toEqual([]);
});

test('ranks only rise, except for transitions that the table marks', () => {
  const rising = [QUEUED, SENDING, UNCONFIRMED, SENT, DELIVERED, READ];
  const falling = all.flatMap((from) =>
    allowedMoves[from]
      .filter(
        (to) => rising.includes(from) && rising.includes(to) && rising.indexOf(to) <= rising.indexOf(from),
      )
      .map((to) => `${from} → ${to}`),
  );
  // only by the holder of the claim: refused for now, resent when unconfirmed, failed temporarily
  expect(falling).toEqual(['SENDING → QUEUED', 'UNCONFIRMED → QUEUED', 'SENT → QUEUED']);
  expect(fencedTargets).toEqual(expect.arrayContaining([QUEUED, UNCONFIRMED, FAILED]));
});

test('a final status is left only when the recipient got the message, or for a retry', () => {
  expect(allowedMoves[FAILED]).toEqual([QUEUED, DELIVERED, READ]);
  expect(allowedMoves[SKIPPED]).toEqual([SENT, DELIVERED, READ]);
  expect(allowedMoves[DELIVERED]).toEqual([READ]);
});

test('every status counts in exactly one of the counters that add up to the total', () => {
  const parts = ['queued', 'unconfirmed', 'sent', 'failed', 'skipped'] as const;
  for (const status of all) {
    const holding = parts.filter((part) => (counted[part] as readonly RecipientStatus[]).includes(status));
    expect([status, holding.length]).toEqual([status, status === EXCLUDED ? 0 : 1]);
  }
  expect(counted.sent).toEqual(expect.arrayContaining([...counted.delivered]));
  expect(counted.delivered).toEqual(expect.arrayContaining([...counted.read]));
});

test.each([
  [SENT, DELIVERED, DELIVERED],
  [READ, DELIVERED, READ],
  [FAILED, SENT, FAILED],
  [FAILED, DELIVERED, DELIVERED],
  [FAILED, READ, READ],
  // a temporary failure after "sent" ranks like a final one
  [QUEUED, SENT, QUEUED],
  [QUEUED, DELIVERED, DELIVERED],
])('of %s and %s about one message, %s counts', (a, b, expected) => {
  expect(laterOf(a, b)).toBe(expected);
  expect(laterOf(b, a)).toBe(expected);
});
