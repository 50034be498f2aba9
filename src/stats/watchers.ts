import { setImmediate as othersTurn } from 'node:timers/promises';
import { LatestValues } from './latest-values';

/** Watchers who get their values in one turn of the event loop, which takes some milliseconds of encoding and writing. */
const slice = 50;

/**
 * Those who watch one campaign or one business in this process. All get the same objects: the GraphQL answer to an object,
 * and its JSON, are then made once for all of them (infra/http/shared-execution.ts).
 */
export class Watchers<T> {
  private readonly present = new Set<LatestValues<T>>();
  /** Those who have their first values. The others get newer ones with these, so nobody gets an older value after a newer one. */
  private readonly started = new Set<LatestValues<T>>();
  private telling: Promise<void> = Promise.resolve();

  constructor(private readonly onLastLeft: () => void) {}

  get isEmpty(): boolean {
    return this.present.size === 0;
  }

  /** A new watcher, who gets nothing before {@link start}. */
  join(): LatestValues<T> {
    const one = new LatestValues<T>(() => {
      this.started.delete(one);
      if (this.present.delete(one) && this.isEmpty) this.onLastLeft();
    });
    this.present.add(one);
    return one;
  }

  /** The first values of a watcher, by their keys; later ones follow by {@link tell}. */
  start(one: LatestValues<T>, values: ReadonlyMap<string, T>): void {
    for (const [key, value] of values) one.put(key, value);
    if (this.present.has(one)) this.started.add(one);
  }

  /** Gives these values to everybody, after those of earlier calls; resolves after the last. Requests are answered between slices. */
  tell(values: ReadonlyMap<string, T>): Promise<void> {
    // who starts after this has newer values already
    const all = [...this.started];
    this.telling = this.telling.then(() => tellInSlices(all, values));
    return this.telling;
  }

  end(): void {
    for (const one of [...this.present]) void one.return();
  }
}

async function tellInSlices<T>(
  all: readonly LatestValues<T>[],
  values: ReadonlyMap<string, T>,
): Promise<void> {
  for (const [i, one] of all.entries()) {
    if (i % slice === slice - 1) await othersTurn();
    for (const [key, value] of values) one.put(key, value);
  }
}
