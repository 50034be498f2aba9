import { isBusy, isUnavailable } from './errors';
import type { Log } from './log';

interface RoundsOptions {
  everyMs: number;
  work: () => Promise<void>;
  /** What is logged when a round fails: because a service is away or rows are locked, or for any other reason. */
  messages: { waits: string; failed: string };
  log: Log;
}

/**
 * Repeats work by a timer, one round at a time: what comes due while a round still runs is left out, so that rounds do
 * not pile up while the database is away. A round that fails is logged, and the next one runs as usual.
 */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly options: RoundsOptions) {}

  /** The first round runs after one interval. */
  start(): void {
    this.timer = setInterval(() => this.run(), this.options.everyMs);
  }

  /** Runs a round now, unless one is running. */
  run(): void {
    const { work, messages, log } = this.options;
    this.running ??= work()
      .catch((err: unknown) => {
        if (isUnavailable(err) || isBusy(err)) log.warn({ err }, messages.waits);
        else log.error({ err }, messages.failed);
      })
      .finally(() => (this.running = undefined));
  }

  /** Resolves when the round that is running has ended; no other begins. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
