/** How many of a sender's latest results are looked at. */
const latest = 20;
/** The share of bad results from which on the breaker opens; a few lost requests are normal. */
const opensAt = 0.8;
const firstRestMs = 2000;
const longestRestMs = 60_000;

interface BreakerState {
  /** The latest results, oldest first: whether each was a 5xx or no answer. */
  troubled: boolean[];
  /** How often the breaker opened since the latest results were all good. */
  openings: number;
  /** When it last opened: results of messages posted before it count no more. In ms of the process's clock. */
  openedAt: number;
}

/**
 * Stops a sender while most of its latest requests end with a 5xx or without an answer: messages sent then would become
 * unconfirmed or use up their attempts. States of a sender: closed (sends) → open (rests, twice as long with each
 * opening) → half open (a few messages are tried) → closed or open. It looks at the results of this process.
 */
export class CircuitBreaker {
  private readonly states = new Map<string, BreakerState>();

  /**
   * Notes one result.
   * @param postedAt when the message was posted, in ms of the process's clock
   * @param now the time by the same clock
   * @returns how long the sender should rest, in ms; 0 for not at all
   */
  note(senderId: string, troubled: boolean, postedAt: number, now: number): number {
    const state = this.states.get(senderId) ?? { troubled: [], openings: 0, openedAt: -Infinity };
    if (postedAt <= state.openedAt) return 0;
    this.states.set(senderId, state);
    state.troubled.push(troubled);
    if (state.troubled.length > latest) state.troubled.shift();
    if (state.troubled.length < latest) return 0;
    const count = state.troubled.filter(Boolean).length;
    if (count === 0) state.openings = 0;
    if (count < opensAt * latest) return 0;
    state.troubled.length = 0;
    state.openedAt = now;
    return Math.min(firstRestMs * 2 ** state.openings++, longestRestMs);
  }
}
