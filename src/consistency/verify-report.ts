import type { Verification } from './verify';

/** A verification as text: a line for each check, and a sentence at the end. */
export function reportOf({ campaignId, status, checkedAt, checks }: Verification): string[] {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const violated = checks.filter(({ holds }) => !holds).length;
  return [
    `Campaign ${campaignId}, ${status}, as it was at ${checkedAt.toISOString()}`,
    '',
    ...checks.map(
      ({ name, holds, detail }) => `${holds ? 'ok      ' : 'VIOLATED'}  ${name.padEnd(width)}  ${detail}`,
    ),
    '',
    violated > 0
      ? `${violated} of ${checks.length} checks found something wrong.`
      : checks.length === 1
        ? 'The sums add up; there is more to check once the audience is fixed.'
        : `All ${checks.length} checks hold.`,
  ];
}
