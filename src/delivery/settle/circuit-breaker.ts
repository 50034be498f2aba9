/** How many of a number's latest results are looked at. */
const latest = 20;
/** The share of troubled results that opens the breaker; single requests are always lost. */
const share = 0.8;
const firstRestMs = 2000;
const longestRestMs = 60_000;

interface NumberState {
  /** The latest results, oldest first: whether each was in trouble. */
  troubled: boolean[];
  /** How often the breaker opened since a row of results without any trouble. */
  openings: number;
  /** When it last opened: results of messages posted before say nothing new. In ms of the process's clock. */
  openedAt: number;
}

/**
 * Stops a WhatsApp number from sending while most of its latest requests end with a 5xx or without an answer: messages
 * sent then would be unconfirmed or use up their tries. States of a number: closed (sends) → open (rests, twice as long
 * with each opening) → half open (a few messages are tried) → closed or open. It looks at the results of this process.
 */
export class CircuitBreaker {
  private readonly numbers = new Map<string, NumberState>();

  /**
   * Notes one result.
   * @param postedAt when the message was posted, in ms of the process's clock
   * @param now the time by the same clock
   * @returns how long the number should rest, in ms; 0 for not at all
   */
  note(senderId: string, troubled: boolean, postedAt: number, now: number): number {
    const state = this.numbers.get(senderId) ?? { troubled: [], openings: 0, openedAt: -Infinity };
    if (postedAt <= state.openedAt) return 0;
    this.numbers.set(senderId, state);
    state.troubled.push(troubled);
    if (state.troubled.length > latest) state.troubled.shift();
    if (state.troubled.length < latest) return 0;
    const count = state.troubled.filter(Boolean).length;
    if (count === 0) state.openings = 0;
    if (count < share * latest) return 0;
    state.troubled.length = 0;
    state.openedAt = now;
    return Math.min(firstRestMs * 2 ** state.openings++, longestRestMs);
  }
}
