/** Seeded random numbers: the same seed gives the same choices in the same order. */
export class Chance {
  constructor(private state: number) {}

  /** In [0, 1); mulberry32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  whole(min: number, max: number): number {
    return Math.floor(this.between(min, max + 1));
  }

  pick<T>(from: readonly T[]): T {
    const chosen = from[Math.floor(this.next() * from.length)];
    if (chosen === undefined) throw new Error('Nothing to pick from');
    return chosen;
  }

  /** The same things in another order. */
  shuffled<T>(from: readonly T[]): T[] {
    return from
      .map((one) => ({ one, place: this.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ one }) => one);
  }

  /** A seed for another generator, such as the simulator's. */
  seed(): number {
    return Math.floor(this.next() * 2 ** 31);
  }
}
