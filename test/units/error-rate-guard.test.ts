import { ErrorRateGuard } from '../../src/delivery/send/error-rate-guard';

const recent = () => new ErrorRateGuard((code) => code === 131026);
const times = <T>(count: number, what: () => T) => Array.from({ length: count }, what);

test('half of the latest answers with one unknown error stop the campaign, in words', () => {
  const answers = recent();
  times(10, () => answers.note('a', undefined));
  const reasons = times(10, () => answers.note('a', 999_999));
  expect(reasons.slice(0, 9)).toEqual(times(9, () => undefined));
  expect(reasons[9]).toMatch(/10 of the last 20 messages with error 999999/);
});

test('errors of the recipients never do, however many', () => {
  const answers = recent();
  expect(times(100, () => answers.note('a', 131026)).every((reason) => reason === undefined)).toBe(true);
});

test('a share, not a number: one in ten of many goes on', () => {
  const answers = recent();
  const reasons = Array.from({ length: 1000 }, (_, i) =>
    answers.note('a', i % 10 === 0 ? 999_999 : undefined),
  );
  expect(reasons.every((reason) => reason === undefined)).toBe(true);
});

test('only the latest count, and each campaign by itself', () => {
  const answers = recent();
  times(1000, () => answers.note('a', undefined));
  times(24, () => answers.note('a', 999_999));
  expect(answers.note('b', 999_999)).toBeUndefined();
  expect(answers.note('a', 999_999)).toBeDefined();
});

test('knows whether somebody was accepted lately', () => {
  const answers = recent();
  expect(answers.acceptedLately('a')).toBe(false);
  answers.note('a', undefined);
  expect(answers.acceptedLately('a')).toBe(true);
  times(50, () => answers.note('a', 131026));
  expect(answers.acceptedLately('a')).toBe(false);
});
