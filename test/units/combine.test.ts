import { combine } from '../../src/delivery/settle/move';
import type { Move } from '../../src/delivery/settle/move';
import { RecipientStatus } from '../../src/campaigns/recipient-status';

const { QUEUED, SENT, DELIVERED, READ, FAILED } = RecipientStatus;
const campaignId = '6a1f0c1e-0000-4000-8000-000000000001';

function report(to: RecipientStatus, more: Partial<Move> = {}): Move {
  return { campaignId, seq: 1, claimNo: 1, to, ...more };
}

/** Combines two reports in both orders, which must give the same result. */
function together(a: Move, b: Move): Move {
  const [one, ...rest] = combine([a, b]);
  const [other] = combine([b, a]);
  expect(rest).toEqual([]);
  expect(other).toMatchObject({ to: one?.to, claimNo: one?.claimNo });
  return one as Move;
}

test('reports about different recipients are not combined', () => {
  expect(
    combine([report(SENT), report(SENT, { seq: 2 }), report(SENT, { campaignId: 'other' })]),
  ).toHaveLength(3);
});

test('for one recipient the furthest status counts, with the times of all reports', () => {
  const [sentAt, deliveredAt, readAt] = [new Date(1000), new Date(2000), new Date(3000)];
  const [one, ...rest] = combine([
    report(READ, { readAt, wamid: 'w' }),
    report(SENT, { sentAt }),
    report(DELIVERED, { deliveredAt }),
    report(DELIVERED, { deliveredAt }),
  ]);
  expect(rest).toEqual([]);
  expect(one).toMatchObject({ to: READ, sentAt, deliveredAt, readAt, wamid: 'w' });
});

test('any report about a later message overrides a failure of an earlier one', () => {
  expect(together(report(FAILED, { claimNo: 1 }), report(SENT, { claimNo: 2 }))).toMatchObject({
    to: SENT,
    claimNo: 2,
  });
  expect(together(report(QUEUED, { claimNo: 1 }), report(SENT, { claimNo: 2 }))).toMatchObject({
    to: SENT,
    claimNo: 2,
  });
});

test('of two failures the one of the later message counts', () => {
  for (const to of [FAILED, QUEUED])
    expect(
      together(report(to, { claimNo: 1, errorCode: 1 }), report(to, { claimNo: 2, errorCode: 2 })),
    ).toMatchObject({
      to,
      claimNo: 2,
      errorCode: 2,
    });
  expect(together(report(FAILED, { claimNo: 1 }), report(QUEUED, { claimNo: 2 }))).toMatchObject({
    to: QUEUED,
    claimNo: 2,
  });
});

test('a temporary failure after "sent" is kept, with the time of "sent"', () => {
  const sentAt = new Date(1000);
  const dueInMs = 9000;
  expect(together(report(QUEUED, { dueInMs, attempts: 1 }), report(SENT, { sentAt }))).toMatchObject({
    to: QUEUED,
    attempts: 1,
    dueInMs,
    sentAt,
  });
});

test('"delivered" of an earlier message overrides a failure of a later one', () => {
  expect(together(report(FAILED, { claimNo: 2 }), report(DELIVERED, { claimNo: 1 }))).toMatchObject({
    to: DELIVERED,
  });
});
