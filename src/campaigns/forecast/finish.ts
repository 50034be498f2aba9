/** Times are in ms since 1970; an opening is the time between two of them. */
export interface Opening {
  opensAt: number;
  closesAt: number;
}

/** Recipients who are due at the same time and have the same window. */
export interface Part {
  count: number;
  dueAt: number;
  /** The opening of the window at a moment, or the next; undefined: always open. */
  openingAt?: ((at: number) => Opening) | undefined;
}

/** What a campaign still has to send. */
export interface Load {
  parts: readonly Part[];
  /** After the first `size` recipients nothing is sent for so long. */
  canary?: { size: number; waitMs: number } | undefined;
  /** After this time no message is sent. */
  deadline?: number | undefined;
}

export interface Finish {
  /** When the last message is sent, or the deadline comes. */
  at: number;
  /** Recipients who are left when the deadline comes. */
  late: number;
}

/** So much is left of a part that is over, for the rounding of fractions of messages. */
const nothing = 1e-6;
/** More changes than any real campaign makes before it is over. */
const mostSteps = 20_000;

interface Sending {
  left: number[];
  load: Load;
  canaryLeft: number | undefined;
  restsUntil: number;
}

/** What a campaign does at a moment: the part it sends, if any, and until when that stays so. */
interface Doing {
  part: number | undefined;
  until: number;
}

/**
 * When a campaign is over, if its number sends so many messages per second, which it shares evenly with the other campaigns
 * that are sending at the time. Goes from change to change: a window opens or closes, a part or a canary is over.
 * Undefined when it is never over, as far as can be seen. Pure.
 */
export function finishOf(
  own: Load,
  others: readonly Load[],
  perSecond: number,
  now: number,
): Finish | undefined {
  const all = [own, ...others].map(begin);
  const [mine] = all;
  let at = now;
  for (let step = 0; mine && step < mostSteps; step++) {
    if (isOver(mine)) return { at, late: 0 };
    const { deadline = Infinity } = mine.load;
    if (at >= deadline) return { at: deadline, late: Math.round(sum(mine.left)) };
    const doings = all.map((one) => doingAt(one, at));
    const speed = perSecond / 1000 / doings.filter(({ part }) => part !== undefined).length;
    const lasts = doings.map(({ part, until }, i) => {
      const left = part === undefined ? Infinity : nextOf(all[i] as Sending, part) / speed;
      return Math.min(until - at, left);
    });
    const ms = Math.min(...lasts);
    if (ms === Infinity) return undefined;
    at += ms;
    doings.forEach(({ part }, i) => part !== undefined && send(all[i] as Sending, part, ms * speed, at));
  }
  return undefined;
}

function begin(load: Load): Sending {
  const left = load.parts.map(({ count }) => count);
  const canary = load.canary && load.canary.size < sum(left) ? load.canary.size : undefined;
  return { load, left, canaryLeft: canary, restsUntil: 0 };
}

function isOver({ left }: Sending): boolean {
  return left.every((count) => count <= nothing);
}

/** Those who are due first come first. */
function doingAt(sending: Sending, at: number): Doing {
  const { load, left, restsUntil } = sending;
  const { deadline = Infinity, parts } = load;
  if (at >= deadline || isOver(sending)) return { part: undefined, until: Infinity };
  if (at < restsUntil) return { part: undefined, until: Math.min(restsUntil, deadline) };
  let first: Doing & { dueAt: number } = { part: undefined, until: deadline, dueAt: Infinity };
  for (const [i, { dueAt, openingAt }] of parts.entries()) {
    if ((left[i] ?? 0) <= nothing) continue;
    const opening = openingAt?.(Math.max(at, dueAt));
    const from = Math.max(dueAt, opening?.opensAt ?? 0);
    if (from > at) first.until = Math.min(first.until, from);
    else if (dueAt < first.dueAt) {
      const until = Math.min(first.until, opening?.closesAt ?? Infinity);
      first = { part: i, until, dueAt };
    }
  }
  return first;
}

/** How many messages go out before something changes. */
function nextOf({ left, canaryLeft = Infinity }: Sending, part: number): number {
  return Math.min(left[part] ?? 0, canaryLeft);
}

function send(sending: Sending, part: number, count: number, at: number): void {
  sending.left[part] = (sending.left[part] ?? 0) - count;
  if (sending.canaryLeft === undefined) return;
  sending.canaryLeft -= count;
  if (sending.canaryLeft > nothing) return;
  sending.canaryLeft = undefined;
  sending.restsUntil = at + (sending.load.canary?.waitMs ?? 0);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}
