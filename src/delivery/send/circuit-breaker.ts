/** Looked at: a number's latest answers. */
const latest = 20;
/** Of those, the share of troubled ones that makes a storm; some are always lost. */
const share = 0.8;
const firstRestMs = 2000;
const longestRestMs = 60_000;

interface Sky {
  troubled: boolean[];
  /** CircuitBreaker one after the other without a calm between. */
  storms: number;
}

/**
 * Keeps a number from sending its audience into a storm: when most of its latest answers were 5xx or none at all, it
 * rests, longer with each storm that follows, and tries again with a few. What a rest saves would be unconfirmed or
 * out of tries. Of the answers that this process saw.
 */
export class CircuitBreaker {
  private readonly numbers = new Map<string, Sky>();

  /** Notes one answer; returns how long the number should rest, in ms, 0 for not at all. */
  note(senderId: string, troubled: boolean): number {
    const sky = this.numbers.get(senderId) ?? { troubled: [], storms: 0 };
    this.numbers.set(senderId, sky);
    sky.troubled.push(troubled);
    if (sky.troubled.length > latest) sky.troubled.shift();
    if (sky.troubled.length < latest) return 0;
    const bad = sky.troubled.filter(Boolean).length;
    if (bad === 0) sky.storms = 0;
    if (bad < share * latest) return 0;
    sky.troubled.length = 0;
    return Math.min(firstRestMs * 2 ** sky.storms++, longestRestMs);
  }
}
