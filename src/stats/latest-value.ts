/**
 * The values for one subscriber, of which only the latest is kept: a new value replaces an unread one. A slow subscriber
 * misses values in between, and its memory does not grow. Either side ends it by `return`.
 */
export class LatestValue<T> implements AsyncIterableIterator<T> {
  private unread: T | undefined;
  private reader: ((result: IteratorResult<T>) => void) | undefined;
  private ended = false;

  constructor(private readonly onEnd: () => void) {}

  put(value: T): void {
    if (this.ended) return;
    if (!this.reader) {
      this.unread = value;
      return;
    }
    const reader = this.reader;
    this.reader = undefined;
    reader({ value, done: false });
  }

  next(): Promise<IteratorResult<T>> {
    if (this.unread !== undefined) {
      const value = this.unread;
      this.unread = undefined;
      return Promise.resolve({ value, done: false });
    }
    if (this.ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => (this.reader = resolve));
  }

  return(): Promise<IteratorResult<T>> {
    if (!this.ended) {
      this.ended = true;
      this.unread = undefined;
      this.reader?.({ value: undefined, done: true });
      this.onEnd();
    }
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
