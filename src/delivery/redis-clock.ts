/** Redis's clock as seen from this process, so that the slots of all workers lie on one line. */
const windowMs = 20_000;
const jumpMs = 1000;

/**
 * A reply comes some time after Redis wrote the time into it, and later still when this process was busy. The least
 * delayed of the latest replies tells the difference of the clocks best. Pure but for the clock it is given.
 */
export class RedisClock {
  private least = Number.POSITIVE_INFINITY;
  private leastBefore = Number.POSITIVE_INFINITY;
  private since = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** When it was `redisMs` by Redis's clock, in this process's; call it as soon as the reply is here. */
  here(redisMs: number): number {
    const now = this.now();
    const difference = now - redisMs;
    // Redis's clock was set: what was known is wrong
    if (Math.abs(difference - Math.min(this.least, this.leastBefore)) > jumpMs) this.forget(now);
    if (now - this.since > windowMs) {
      this.leastBefore = this.least;
      this.least = Number.POSITIVE_INFINITY;
      this.since = now;
    }
    this.least = Math.min(this.least, difference);
    return redisMs + Math.min(this.least, this.leastBefore);
  }

  private forget(now: number): void {
    this.least = Number.POSITIVE_INFINITY;
    this.leastBefore = Number.POSITIVE_INFINITY;
    this.since = now;
  }
}
