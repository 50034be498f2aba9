/**
 * The values for one subscriber, of which only the latest of each key is kept, in the order in which the keys became unread: a
 * slow subscriber misses values in between, and its memory does not grow with time. Either side ends it by `return`.
 */
export class LatestValues<T> implements AsyncIterableIterator<T> {
  private readonly unread = new Map<string, T>();
  private reader: ((result: IteratorResult<T>) => void) | undefined;
  private ended = false;

  constructor(private readonly onEnd: () => void) {}

  put(key: string, value: T): void {
    if (this.ended) return;
    if (!this.reader) {
      this.unread.set(key, value);
      return;
    }
    const reader = this.reader;
    this.reader = undefined;
    reader({ value, done: false });
  }

  next(): Promise<IteratorResult<T>> {
    for (const [key, value] of this.unread) {
      this.unread.delete(key);
      return Promise.resolve({ value, done: false });
    }
    if (this.ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => (this.reader = resolve));
  }

  return(): Promise<IteratorResult<T>> {
    if (!this.ended) {
      this.ended = true;
      this.unread.clear();
      this.reader?.({ value: undefined, done: true });
      this.onEnd();
    }
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
