/**
 * WhatsApp's two throughput limits, both as generic cell rate algorithm (GCRA): a token bucket whose
 * whole state is one number, the theoretical arrival time.
 */

/** Messages from one number to one person: one per 6 s, with bursts of up to 45. */
const PAIR_INTERVAL_MS = 6_000;
const PAIR_BURST = 45;
/** Above this size, expired pairs are removed, so that memory does not grow with the number of recipients. */
const PAIRS_BEFORE_SWEEP = 100_000;

export class NumberLimit {
  #arrival = 0;

  /** Takes one token; false if none is left. `perSecond` is both the rate and the burst size. */
  take(now: number, perSecond: number): boolean {
    const interval = 1000 / perSecond;
    const arrival = Math.max(now, this.#arrival);
    if (arrival - now > Math.max(0, 1000 - interval) + 1e-6) return false;
    this.#arrival = arrival + interval;
    return true;
  }
}

export class PairLimit {
  #arrivals = new Map<string, number>();

  take(now: number, recipient: string): boolean {
    const arrival = Math.max(now, this.#arrivals.get(recipient) ?? 0);
    if (arrival - now > (PAIR_BURST - 1) * PAIR_INTERVAL_MS) return false;
    this.#arrivals.set(recipient, arrival + PAIR_INTERVAL_MS);
    if (this.#arrivals.size > PAIRS_BEFORE_SWEEP) this.#removeExpired(now);
    return true;
  }

  #removeExpired(now: number): void {
    for (const [recipient, arrival] of this.#arrivals) {
      if (arrival <= now) this.#arrivals.delete(recipient);
    }
  }
}

const DAY_MS = 24 * 3_600_000;

/** `TIER_250`, `TIER_2K` … as a number of people; anything else is unlimited. */
export function peopleOf(messagingLimit: string): number {
  const [, number, thousands] = /^TIER_(\d+)(K?)$/.exec(messagingLimit) ?? [];
  return number === undefined ? Infinity : Number(number) * (thousands ? 1000 : 1);
}

/** The people whom a number wrote to in the last 24 hours. */
export class MessagingLimit {
  /** When each was written to last, the longest ago first. */
  #people = new Map<string, number>();

  /** Counts a person; false if there were `most` others already. */
  take(now: number, person: string, most: number): boolean {
    for (const [each, at] of this.#people) {
      if (at > now - DAY_MS) break;
      this.#people.delete(each);
    }
    if (!this.#people.delete(person) && this.#people.size >= most) return false;
    this.#people.set(person, now);
    return true;
  }
}

/** The highest number of accepted messages in any sliding one-second window. */
export class BusiestSecond {
  #times: number[] = [];
  #head = 0;
  max = 0;

  add(at: number): void {
    this.#times.push(at);
    while ((this.#times[this.#head] ?? at) <= at - 1000) this.#head++;
    this.max = Math.max(this.max, this.#times.length - this.#head);
    if (this.#head > 10_000) {
      this.#times = this.#times.slice(this.#head);
      this.#head = 0;
    }
  }
}
