import { isRecipientsOwn, judgeTogether, outcomeOf, refusal } from '../../src/delivery/send/outcome';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import type { SendResult } from '../../src/whatsapp/client';

const { QUEUED, UNCONFIRMED, SENT, FAILED } = RecipientStatus;
const policy = { attempts: 4, backoffMs: 2000, unconfirmedAfterMs: 900_000 };
const attempt = {
  campaignId: '6a1f0c1e-0000-4000-8000-000000000001',
  seq: 7,
  claimNo: 3,
  attempts: 0,
  pairTries: 0,
};

const following = (result: SendResult, attempts = 0) => outcomeOf({ ...attempt, attempts }, result, policy);
const refused = (
  code: number,
  attempts = 0,
  more: { details?: string; retryAfterMs?: number; httpStatus?: number } = {},
) => following({ kind: 'refused', error: { code, ...more }, retryAfterMs: more.retryAfterMs }, attempts);
const waitOf = ({ move }: { move: { dueInMs?: number | undefined } }) => move.dueInMs;

test('accepted: SENT with the wamid and the number of the claim', () => {
  expect(following({ kind: 'accepted', wamid: 'w' }).move).toMatchObject({
    seq: 7,
    claimNo: 3,
    to: SENT,
    wamid: 'w',
  });
});

test('ambiguous: UNCONFIRMED, no attempt is used up, campaign and sender continue', () => {
  const after = following({ kind: 'unknown', reason: 'ECONNRESET' });
  expect(after.move).toMatchObject({ to: UNCONFIRMED });
  expect(after.move.attempts ?? 0).toBe(0);
  expect(waitOf(after)).toBe(900_000);
  expect(after).not.toHaveProperty('stopCampaign');
});

test('unreachable: recipients and sender wait, no attempt is used up', () => {
  const after = following({ kind: 'unreachable', reason: 'ECONNREFUSED' }, 3);
  expect(after.move).toMatchObject({ to: QUEUED });
  expect(after.move.attempts ?? 0).toBe(0);
  expect(after.restSenderMs).toBeGreaterThan(0);
});

test('temporary errors: retries after 2 s, 4 s, 8 s, then FAILED with code and reason', () => {
  for (const code of [1, 2, 131000, 131016]) {
    expect([0, 1, 2].map((attempts) => waitOf(refused(code, attempts)))).toEqual([2000, 4000, 8000]);
    expect(refused(code, 0).move).toMatchObject({ to: QUEUED, attempts: 1 });
    expect(refused(code, 3).move).toMatchObject({ to: FAILED, attempts: 1, errorCode: code });
    expect(refused(code, 3).move.errorMessage).toMatch(/[a-z]/i);
  }
});

test('Retry-After makes a wait longer, never shorter', () => {
  expect(waitOf(refused(131016, 0, { retryAfterMs: 10_000 }))).toBe(10_000);
  expect(waitOf(refused(131016, 2, { retryAfterMs: 1000 }))).toBe(8000);
  expect(refused(130429, 0, { retryAfterMs: 5000 }).restSenderMs).toBe(5000);
});

test.each([4, 80007, 130429, 131057])('throttle %i: the sender waits, no attempt is used up', (code) => {
  const after = refused(code, 3);
  expect(after.move).toMatchObject({ to: QUEUED });
  expect(after.move.attempts ?? 0).toBe(0);
  expect(after.restSenderMs).toBeGreaterThan(0);
});

test('131056: waits of 4, 16, 64 … seconds, not counting earlier throttles and outages', () => {
  const after = (pairTries: number) =>
    outcomeOf({ ...attempt, claimNo: 9, pairTries }, { kind: 'refused', error: { code: 131056 } }, policy);
  expect([0, 1, 2].map((tries) => waitOf(after(tries)))).toEqual([4000, 16_000, 64_000]);
  expect(after(4).move).toMatchObject({ to: QUEUED });
  expect(after(5).move).toMatchObject({ to: FAILED });
});

test('131056: only this recipient waits', () => {
  const after = refused(131056, 3);
  expect(after.move).toMatchObject({ to: QUEUED });
  expect(after.move.attempts ?? 0).toBe(0);
  expect(after).not.toHaveProperty('restSenderMs');
});

test.each([130472, 131021, 131026, 131047, 131049, 131050])(
  'recipient error %i: FAILED at once, the campaign continues',
  (code) => {
    const after = refused(code);
    expect(after.move).toMatchObject({ to: FAILED, errorCode: code });
    expect(after).not.toHaveProperty('stopCampaign');
  },
);

test('131009 is a recipient error if it is about the phone number, otherwise an error of the campaign', () => {
  const details = 'The phone number is malformed: Please use the format: +1234567890.';
  expect(refused(131009, 0, { details }).move.to).toBe(FAILED);
  expect(refused(131009, 0, { details: 'One or more parameter values are invalid.' })).toHaveProperty(
    'stopCampaign',
  );
});

test.each([131042, 132000, 132001, 132015, 132016, 0, 10, 190, 368, 133010])(
  'campaign or sender error %i: the campaign pauses with the reason, the recipient stays queued without an attempt',
  (code) => {
    const after = refused(code);
    expect(after.move).toMatchObject({ to: QUEUED, errorCode: code });
    expect(after.move.attempts ?? 0).toBe(0);
    expect(after.stopCampaign).toContain(`error ${code}`);
  },
);

test('an error about the message format pauses the campaign once; a recipient who gets it again fails', () => {
  expect(refused(100)).toMatchObject({ move: { to: QUEUED, attempts: 1 } });
  expect(refused(100).stopCampaign).toContain('error 100');
  expect(refused(100, 1).move).toMatchObject({ to: FAILED });
  expect(refused(100, 1).stopCampaign).toBeUndefined();
});

test('if others of the batch were accepted, an error about the message format fails only the recipient', () => {
  const accepted = outcomeOf(attempt, { kind: 'accepted', wamid: 'wamid.1' }, policy);
  const [, judged] = judgeTogether([accepted, refused(100)]);
  expect(judged).toMatchObject({ move: { to: FAILED, errorCode: 100 } });
  expect(judged?.stopCampaign).toBeUndefined();
  expect(judgeTogether([refused(100), refused(100)]).every((one) => one.stopCampaign)).toBe(true);
  expect(judgeTogether([accepted, refused(132015)])[1]?.stopCampaign).toContain('132015');
});

test.each([131053, 132005, 132018])(
  '%i can concern a recipient or the campaign: the recipient fails, only a high share of failures pauses the campaign',
  (code) => {
    expect(refused(code).move).toMatchObject({ to: FAILED, errorCode: code });
    expect(refused(code).stopCampaign).toBeUndefined();
    expect(isRecipientsOwn(code)).toBe(false);
  },
);

test('an error in a webhook has the same outcome', () => {
  expect(refusal(attempt, { code: 131026 }, policy)).toEqual(refused(131026));
});
