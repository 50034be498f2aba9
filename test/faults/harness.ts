import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Chance } from '../support/chance';
import type { Census } from './census';

/**
 * The fault tests. Each fault is described once and runs in one of two forms: short, with few recipients, in `npm test`;
 * long, in `npm run test:faults`, which runs all of them and writes the table of docs/reliability.md.
 */
const long = process.env.FAULTS === 'long';

/** The folder for results, a file for each fault; scripts/faults.mjs reads them. */
const results = path.resolve('.cache/faults');

/** Random, unless FAULT_SEED repeats an earlier run. */
const seed = Number(process.env.FAULT_SEED ?? randomInt(1, 2 ** 31));

export type Numbers = Record<string, number>;

export interface Fault<N extends Numbers> {
  /** The row of the table in docs/reliability.md. */
  id: string;
  what: string;
  /** Without it the fault does not run in `npm test`. */
  short?: N;
  long: N;
  /** Time limit of the long form, in seconds. */
  withinSeconds?: number;
  run(numbers: N, chance: Chance): Promise<Outcome>;
}

/** The result of a fault. Figures of sending come from the simulator's ledger and the rows, see {@link Census}. */
export interface Outcome extends Census {
  /** How often the fault was caused. */
  tries: number;
  /** What was observed, in a few words. */
  note?: string;
}

/** Adds up the results of several campaigns or rounds of one fault. */
export function together(outcomes: readonly Outcome[]): Outcome {
  const sum = (of: (one: Outcome) => number) => outcomes.reduce((total, one) => total + of(one), 0);
  return {
    tries: sum((one) => one.tries),
    recipients: sum((one) => one.recipients),
    accepted: sum((one) => one.accepted),
    duplicates: sum((one) => one.duplicates),
    lost: sum((one) => one.lost),
    unconfirmed: sum((one) => one.unconfirmed),
    problems: outcomes.flatMap((one) => one.problems),
    note: outcomes.flatMap((one) => one.note ?? []).join('; '),
  };
}

/** Runs a fault as a test, records its figures, and fails if it found problems. */
export function testFault<N extends Numbers>(fault: Fault<N>): void {
  const numbers = long ? fault.long : fault.short;
  const title = `${fault.id}: ${fault.what}`;
  if (!numbers) {
    test.skip(title, () => undefined);
    return;
  }
  running.add(fault.id);
  test(
    title,
    async () => {
      process.stderr.write(`${fault.id}: FAULT_SEED=${seed} repeats it\n`);
      const started = performance.now();
      let outcome: Outcome | undefined;
      let problems: string[] = [];
      try {
        outcome = await fault.run(numbers, new Chance(hash(`${seed}:${fault.id}`)));
        problems = outcome.problems;
      } catch (error) {
        problems = [describeError(error)];
        throw error;
      } finally {
        record(fault, numbers, outcome, problems, (performance.now() - started) / 1000);
      }
      expect(problems).toEqual([]);
    },
    // only against hanging: starting processes is slow on a busy machine
    1000 * (long ? (fault.withinSeconds ?? 240) : 240),
  );
}

const running = new Set<string>();

/**
 * The negative control of a fault: with the safeguard off, the checks must find a problem. Runs whenever its fault runs,
 * which must be declared before it.
 */
export function testControl(
  id: string,
  withoutSafeguard: string,
  run: (chance: Chance) => Promise<unknown>,
): void {
  (running.has(id) ? test : test.skip)(
    `${id}, control: ${withoutSafeguard}`,
    () => run(new Chance(hash(`${seed}:${id}:control`))).then(() => undefined),
    240_000,
  );
}

function record(
  { id, what }: { id: string; what: string },
  numbers: Numbers,
  outcome: Outcome | undefined,
  problems: string[],
  seconds: number,
): void {
  const figures = {
    id,
    what,
    numbers,
    long,
    seed,
    seconds,
    ...outcome,
    problems,
    holds: problems.length === 0,
  };
  mkdirSync(results, { recursive: true });
  writeFileSync(path.join(results, `${id}.json`), JSON.stringify(figures));
}

function describeError(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message.slice(0, 300)}` : String(message);
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
