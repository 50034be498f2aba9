import { setTimeout as delay } from 'node:timers/promises';
import { isBusy, isUnavailable } from './errors';

export interface BatcherOptions<Item> {
  /**
   * Writes a set, all of it or nothing. If the database is away, it waits for it by itself.
   * @throws what the database threw; then nothing of the set is written
   */
  commit: (items: Item[]) => Promise<void>;
  /** Called with items that could not be written: one by one, or all while the database is away for too long. */
  failed: (items: Item[], error: unknown) => void;
  /** What an item locks: the items of one key are written one set after the other. */
  keyOf: (item: Item) => string;
  /** How much of a set an item takes up; 1 unless given. */
  sizeOf?: (item: Item) => number;
  /** A set takes no more than this, unless one item alone does. */
  largestSet: number;
  /** A set begins no sooner than this after the one before, in ms. */
  everyMs: number;
  /** How long the items of a locked key are tried again, in ms. */
  patienceMs: number;
}

/** The items of one key that something else held locked. */
interface Lane<Item> {
  items: Item[];
  /** When the first of its tries failed, in ms of the process's clock. */
  since: number;
  /** A set of this lane takes no more; halved when a statement ran out of time. */
  largestSet: number;
}

/** Between two tries of a locked key; each try itself waits for the lock, as long as lock_timeout allows. */
const lockedRestMs = 200;
/** Lanes that write at once: each takes a connection of the pool for as long as it waits for its lock. */
const mostLanesAtOnce = 3;

/**
 * Puts items that come in together into sets, each written in one go. It only batches. States: idle, or writing a set; the
 * items that come in meanwhile form the next one, so that a busy process needs few transactions and a quiet one does not
 * wait.
 *
 * An item that cannot be written does not take the others with it: the set is halved until it stands alone. A set that
 * waited too long for a lock is divided by key, each key in a lane of its own beside the main line, until the lane is
 * empty; the keys that are not locked go on.
 */
export class Batcher<Item> {
  private waiting: Item[] = [];
  private writing = false;
  /** In ms of the process's clock. */
  private lastSetAt = 0;
  private readonly lanes = new Map<string, Lane<Item>>();
  /** Keys of the lanes whose next try is due, in order. */
  private readonly dueLanes: string[] = [];
  private lanesWriting = 0;
  private readonly onIdle: (() => void)[] = [];

  constructor(private readonly options: BatcherOptions<Item>) {}

  add(item: Item): void {
    const lane = this.lanes.get(this.options.keyOf(item));
    if (lane) {
      lane.items.push(item);
      return;
    }
    this.waiting.push(item);
    if (!this.writing) void this.writeWaiting();
  }

  /** Whether items of a key wait because something else holds it locked. */
  isLocked(key: string): boolean {
    return this.lanes.has(key);
  }

  /** Resolves when everything that was added is written, or has failed. */
  async idle(): Promise<void> {
    while (this.writing || this.lanes.size > 0)
      await new Promise<void>((resolve) => this.onIdle.push(resolve));
  }

  private async writeWaiting(): Promise<void> {
    const { largestSet, everyMs } = this.options;
    this.writing = true;
    while (this.waiting.length > 0) {
      // even without a wait, what is added in this turn of the event loop joins the set
      await delay(waitBeforeSet(this.lastSetAt, everyMs, performance.now()));
      this.lastSetAt = performance.now();
      const set = this.waiting.splice(0, this.endOf(this.waiting, largestSet));
      // a lane may have taken all of them meanwhile
      if (set.length > 0) await this.write(set);
    }
    this.writing = false;
    this.notifyIdle();
  }

  private async write(set: Item[]): Promise<void> {
    try {
      await this.options.commit(set);
    } catch (error) {
      await this.divide(set, error);
    }
  }

  private async divide(set: Item[], error: unknown): Promise<void> {
    if (isBusy(error)) return this.openLanes(set);
    if (set.length === 1 || isUnavailable(error)) return this.options.failed(set, error);
    const half = set.length >> 1;
    await this.write(set.slice(0, half));
    await this.write(set.slice(half));
  }

  /** Moves the items into the lanes of their keys, with those of the same keys that wait in the main line behind them. */
  private openLanes(set: readonly Item[]): void {
    const keys = new Set(set.map((item) => this.options.keyOf(item)));
    for (const key of keys) {
      if (this.lanes.has(key)) continue;
      this.lanes.set(key, { items: [], since: performance.now(), largestSet: this.options.largestSet });
      this.dueLanes.push(key);
    }
    const behind = this.waiting.filter((item) => keys.has(this.options.keyOf(item)));
    this.waiting = this.waiting.filter((item) => !keys.has(this.options.keyOf(item)));
    for (const item of [...set, ...behind]) this.lanes.get(this.options.keyOf(item))?.items.push(item);
    this.writeDueLanes();
  }

  private writeDueLanes(): void {
    while (this.lanesWriting < mostLanesAtOnce) {
      const key = this.dueLanes.shift();
      const lane = key === undefined ? undefined : this.lanes.get(key);
      if (key === undefined || !lane) return;
      this.lanesWriting++;
      void this.writeLane(lane).then((restMs) => {
        this.lanesWriting--;
        if (lane.items.length === 0) this.lanes.delete(key);
        else if (restMs === 0) this.dueLanes.push(key);
        else
          setTimeout(() => {
            this.dueLanes.push(key);
            this.writeDueLanes();
          }, restMs);
        this.writeDueLanes();
        this.notifyIdle();
      });
    }
  }

  /** Writes one set of a lane. @returns how long to rest before the next, in ms */
  private async writeLane(lane: Lane<Item>): Promise<number> {
    const set = lane.items.splice(0, this.endOf(lane.items, lane.largestSet));
    try {
      await this.options.commit(set);
      lane.since = performance.now();
      return 0;
    } catch (error) {
      if (!isBusy(error)) await this.divide(set, error);
      else if (performance.now() - lane.since > this.options.patienceMs) this.options.failed(set, error);
      else {
        lane.items.unshift(...set);
        lane.largestSet = Math.max(1, set.length >> 1);
        return lockedRestMs;
      }
      return 0;
    }
  }

  private endOf(items: readonly Item[], largestSet: number): number {
    const { sizeOf } = this.options;
    return sizeOf ? setEnd(items.map(sizeOf), largestSet) : Math.min(items.length, largestSet);
  }

  private notifyIdle(): void {
    this.onIdle.splice(0).forEach((resolve) => resolve());
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
