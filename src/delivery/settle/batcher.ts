import { setTimeout as delay } from 'node:timers/promises';
import { isBusy, isUnavailable } from '../../infra/errors';

export interface BatcherOptions<Item> {
  /**
   * Writes a set down, all of it or nothing. It waits by itself for a database that is away, as long as it likes.
   * @throws what the database threw; then nothing of the set is written
   */
  commit: (items: Item[]) => Promise<void>;
  /** Hears of items that could not be written, one by one or because the database was away too long. */
  failed: (items: Item[], error: unknown) => void;
  /** What an item locks: items of one key wait together while something else holds it. */
  keyOf: (item: Item) => string;
  /** How much of a set an item takes up; 1 unless given. */
  sizeOf?: (item: Item) => number;
  /** A set takes no more than this, unless one item alone does. */
  largestSet: number;
  /** A set begins no sooner than this after the one before, in ms. */
  everyMs: number;
  /** How long a key that something else holds locked is tried again, in ms. */
  patienceMs: number;
}

/** Between two tries of a key that is locked; each try waits for the lock itself, as long as lock_timeout allows. */
const lockedRestMs = 200;

/**
 * Puts items that come in together into sets, each written in one go. It only batches. Two states: idle, or writing; items
 * that come in meanwhile form the next set, so that a busy process needs few transactions and a quiet one does not wait.
 *
 * An item that cannot be written does not take the others with it: the set is divided until it stands alone. A set that
 * waited too long for a lock is divided by key; the keys then go on each by itself, and the rest is not held up.
 */
export class Batcher<Item> {
  private readonly waiting: Item[] = [];
  private writing: Promise<void> | undefined;
  /** In ms of the process's clock. */
  private lastSetAt = 0;
  /** Keys that something else held locked, with the items that wait for them. */
  private readonly locked = new Map<string, Item[]>();
  private readonly lockedTries = new Set<Promise<void>>();

  constructor(private readonly options: BatcherOptions<Item>) {}

  add(item: Item): void {
    const behind = this.locked.get(this.options.keyOf(item));
    if (behind) {
      behind.push(item);
      return;
    }
    this.waiting.push(item);
    this.writing ??= this.writeAll();
  }

  /** Resolves when everything that was added is written, or has failed. */
  async idle(): Promise<void> {
    while (this.writing || this.lockedTries.size > 0) await Promise.all([this.writing, ...this.lockedTries]);
  }

  private async writeAll(): Promise<void> {
    const { sizeOf = () => 1, largestSet, everyMs } = this.options;
    while (this.waiting.length > 0) {
      // even without a wait, what is added in this turn of the event loop joins the set
      await delay(waitBeforeSet(this.lastSetAt, everyMs, performance.now()));
      this.lastSetAt = performance.now();
      await this.write(this.waiting.splice(0, setEnd(this.waiting.map(sizeOf), largestSet)));
    }
    this.writing = undefined;
  }

  private async write(set: Item[]): Promise<void> {
    try {
      await this.options.commit(set);
    } catch (error) {
      if (isBusy(error)) return this.divideByKey(set);
      if (set.length === 1 || isUnavailable(error)) return this.options.failed(set, error);
      const half = set.length >> 1;
      await this.write(set.slice(0, half));
      await this.write(set.slice(half));
    }
  }

  private divideByKey(set: readonly Item[]): void {
    for (const item of set) {
      const key = this.options.keyOf(item);
      const behind = this.locked.get(key);
      if (behind) behind.push(item);
      else this.locked.set(key, [item]);
    }
    for (const key of new Set(set.map((item) => this.options.keyOf(item)))) {
      const trying = this.tryLocked(key).finally(() => this.lockedTries.delete(trying));
      this.lockedTries.add(trying);
    }
  }

  /** Writes what waits for a key until nothing does any more, or patience ends. */
  private async tryLocked(key: string): Promise<void> {
    const deadline = performance.now() + this.options.patienceMs;
    for (let items = this.locked.get(key) ?? []; items.length > 0; items = this.locked.get(key) ?? []) {
      const set = items.splice(0, this.options.largestSet);
      try {
        await this.options.commit(set);
      } catch (error) {
        if (isBusy(error) && performance.now() < deadline) {
          items.unshift(...set);
          await delay(lockedRestMs);
        } else if (isBusy(error)) this.options.failed(set, error);
        else await this.write(set);
      }
    }
    this.locked.delete(key);
  }
}

/** How long to wait before the next set begins, in ms. Pure. */
export function waitBeforeSet(lastSetAt: number, everyMs: number, now: number): number {
  return Math.max(0, lastSetAt + everyMs - now);
}

/** How many of the waiting items, by their sizes, make the next set: at least one, else as many as fit. Pure. */
export function setEnd(sizes: readonly number[], largestSet: number): number {
  let sum = 0;
  const end = sizes.findIndex((size, i) => (sum += size) > largestSet && i > 0);
  return end === -1 ? sizes.length : end;
}
