/**
 * WhatsApp's two throughput limits, each kept as a single number: the "theoretical arrival time" of
 * the generic cell rate algorithm, which is a token bucket without a timer.
 */

/** Messages to one person from one number: one per 6 s, a burst of 45 that borrows from the time after it (fact sheet, section 6.2). */
const PAIR_INTERVAL_MS = 6_000;
const PAIR_BURST = 45;
/** Above this size the map of pairs is freed of those whose debt is paid; keeps a million recipients out of memory. */
const PAIRS_BEFORE_SWEEP = 100_000;

export class NumberLimit {
  #arrival = 0;

  /** Takes one of `perSecond` messages a second (a full second's worth may come at once); false when none is left. */
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
    if (this.#arrivals.size > PAIRS_BEFORE_SWEEP) this.#forgetPaid(now);
    return true;
  }

  #forgetPaid(now: number): void {
    for (const [recipient, arrival] of this.#arrivals) {
      if (arrival <= now) this.#arrivals.delete(recipient);
    }
  }
}

/** The largest number of accepted messages in any sliding second: what a pacing test asserts on. */
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
