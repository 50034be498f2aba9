import { badInput } from '../infra/errors';
import type { Canary } from './campaign';
import type { CanaryInput } from './canary.graphql';

const defaults: Canary = {
  percent: 1,
  minimum: 50,
  waitMinutes: 15,
  maxFailurePercent: 10,
  maxOptOutPercent: 2,
};

/** Fills in the defaults and checks the values. @throws BAD_USER_INPUT naming the field */
export function checkCanary(input: CanaryInput): Canary {
  const canary = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, input[name as keyof Canary] ?? value]),
  ) as unknown as Canary;
  if (!(canary.percent > 0 && canary.percent <= 100))
    throw badInput('input.canary.percent', 'a number above 0, at most 100');
  between(canary, 'minimum', 1, 100_000);
  between(canary, 'waitMinutes', 0, 1440);
  between(canary, 'maxFailurePercent', 0, 100);
  between(canary, 'maxOptOutPercent', 0, 100);
  return canary;
}

function between(canary: Canary, name: keyof Canary, least: number, most: number): void {
  if (!(canary[name] >= least && canary[name] <= most))
    throw badInput(`input.canary.${name}`, `a number from ${least} to ${most}`);
}
