import {
  counted,
  fencedTargets,
  further,
  moves,
  RecipientStatus,
} from '../../src/campaigns/recipient-status';

const all = Object.values(RecipientStatus);
const { QUEUED, SENDING, UNCONFIRMED, SENT, DELIVERED, READ, FAILED, SKIPPED, EXCLUDED } = RecipientStatus;

test('no move leaves READ or EXCLUDED, and nothing becomes EXCLUDED', () => {
  expect(moves[READ]).toEqual([]);
  expect(moves[EXCLUDED]).toEqual([]);
  expect(all.filter((from) => moves[from].includes(EXCLUDED))).toEqual([]);
});

test('ranks only rise, except where the table says so', () => {
  const rising = [QUEUED, SENDING, UNCONFIRMED, SENT, DELIVERED, READ];
  const falling = all.flatMap((from) =>
    moves[from]
      .filter(
        (to) => rising.includes(from) && rising.includes(to) && rising.indexOf(to) <= rising.indexOf(from),
      )
      .map((to) => `${from} → ${to}`),
  );
  // taken back only by whoever holds the claim: refused for now, sent again after silence, failed in passing
  expect(falling).toEqual(['SENDING → QUEUED', 'UNCONFIRMED → QUEUED', 'SENT → QUEUED']);
  expect(fencedTargets).toEqual(expect.arrayContaining([QUEUED, UNCONFIRMED, FAILED]));
});

test('an end is left only by news that a person has the message, or by another try', () => {
  expect(moves[FAILED]).toEqual([QUEUED, DELIVERED, READ]);
  expect(moves[SKIPPED]).toEqual([SENT, DELIVERED, READ]);
  expect(moves[DELIVERED]).toEqual([READ]);
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
  // a passing failure after "sent" is as much news as a final one
  [QUEUED, SENT, QUEUED],
  [QUEUED, DELIVERED, DELIVERED],
])('of %s and %s about one message, %s tells more', (a, b, expected) => {
  expect(further(a, b)).toBe(expected);
  expect(further(b, a)).toBe(expected);
});
