import { badInput } from '../infra/errors';

/** The most that can be held out, in percent: what is left must be worth sending. */
const mostPercent = 90;

/** @throws BAD_USER_INPUT naming the field */
export function checkHoldout(field: string, given: number | null | undefined): number {
  const percent = given ?? 0;
  const hundredths = Math.round(percent * 100);
  if (!(percent >= 0 && percent <= mostPercent) || Math.abs(percent * 100 - hundredths) > 1e-6)
    throw badInput(field, `a percentage from 0 to ${mostPercent} with at most two decimals`);
  return hundredths / 100;
}

/**
 * How many of so many people are held out: the percentage, rounded, and never everybody. In whole numbers, so that this and
 * {@link heldOutSql} come to the same.
 */
export function heldOut(people: number, percent: number): number {
  return Math.max(0, Math.min(people - 1, Math.floor((people * Math.round(percent * 100) + 5000) / 10_000)));
}

/** {@link heldOut} as SQL. */
export function heldOutSql(people: string, percent: number): string {
  return `least(${people} - 1, (${people} * ${Math.round(percent * 100)} + 5000) / 10000)`;
}
