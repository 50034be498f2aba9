/**
 * Places where a test may make a process die, fail or stall, so that what follows can be seen:
 * `FAILPOINT=after_http:exit@0.05,before_enqueue:throw`. Unarmed, which is always so in production, a place costs one
 * look at a boolean. States: unarmed → armed, by compose at the start of a role.
 */
export const failpointNames = [
  /** A batch is claimed and committed, nothing is posted. */
  'after_claim',
  /** A message is about to be posted. */
  'before_http',
  /** WhatsApp has answered, or the client has given up; nothing of it is stored. */
  'after_http',
  /** A batch is settled and committed; its deltas are not published, its job is not finished. */
  'after_settle',
  /** A change is committed; the job that reminds of it is not in the queue. */
  'before_enqueue',
  /** A scheduled campaign is taken because it is due, and not started yet. */
  'after_take_due',
  /** A set of recipients is put back into the queue and committed, by retryFailed or resendUnconfirmed. */
  'after_requeue',
  /** A set of rows of an import is committed. */
  'after_import_set',
] as const;
export type FailpointName = (typeof failpointNames)[number];

/** exit: the process kills itself, SIGKILL, at once. delay: it stands still as a whole, timers and sockets included. */
type Action = { kind: 'exit' } | { kind: 'throw' } | { kind: 'delay'; ms: number };

export interface Failpoint {
  name: FailpointName;
  action: Action;
  /** Of the times that the place is passed, from above 0 to 1. */
  share: number;
}

export interface Failpoints {
  readonly points: readonly Failpoint[];
  /** The same seed draws the same shares. */
  readonly seed: number;
}

let armed = false;
let byName = new Map<FailpointName, Failpoint[]>();
let draw: () => number = Math.random;

/** What the process does from now on at its failpoints; undefined is nothing. */
export function armFailpoints(failpoints: Failpoints | undefined): void {
  byName = new Map();
  for (const point of failpoints?.points ?? [])
    byName.set(point.name, [...(byName.get(point.name) ?? []), point]);
  draw = seeded(failpoints?.seed ?? 0);
  armed = byName.size > 0;
}

/**
 * A place that can be made to fail.
 * @throws FailpointError when it is armed with `throw`
 */
export function failpoint(name: FailpointName): void {
  if (armed) pass(name);
}

class FailpointError extends Error {
  constructor(name: FailpointName) {
    super(`The failpoint ${name} was told to fail`);
  }
}

function pass(name: FailpointName): void {
  for (const { action, share } of byName.get(name) ?? []) {
    if (draw() >= share) continue;
    switch (action.kind) {
      case 'exit':
        process.kill(process.pid, 'SIGKILL');
        break;
      case 'throw':
        throw new FailpointError(name);
      case 'delay':
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, action.ms);
        break;
    }
  }
}

const form = /^(\w+):(?:(exit|throw)|delay\((\d{1,7})\))(?:@(\d*\.?\d+))?$/;

/**
 * Reads `name:action@share`, several separated by commas.
 * @returns the failpoints, or what is expected instead
 */
export function parseFailpoints(text: string): Failpoint[] | string {
  const points: Failpoint[] = [];
  for (const part of text.split(',').map((one) => one.trim())) {
    const [, name, kind, ms, share = '1'] = form.exec(part) ?? [];
    const known = failpointNames.find((one) => one === name);
    if (!known || !(Number(share) > 0 && Number(share) <= 1)) return expected;
    points.push({
      name: known,
      action:
        ms === undefined ? { kind: kind === 'exit' ? 'exit' : 'throw' } : { kind: 'delay', ms: Number(ms) },
      share: Number(share),
    });
  }
  return points;
}

const expected = `name:action@share with a name of ${failpointNames.join(', ')}, an action of exit, throw, delay(ms) and, if not always, a share above 0 up to 1; several separated by commas`;

/** mulberry32: numbers in [0, 1) that a seed repeats. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
