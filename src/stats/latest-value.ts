/**
 * A subscriber's letter box with one place: a new letter replaces an unread one. Whoever reads slowly gets the latest
 * and misses the ones between; nothing piles up. Ends by `return`, from either side.
 */
export class LatestValue<T> implements AsyncIterableIterator<T> {
  private letter: T | undefined;
  private reader: ((result: IteratorResult<T>) => void) | undefined;
  private ended = false;

  constructor(private readonly onEnd: () => void) {}

  put(letter: T): void {
    if (this.ended) return;
    if (!this.reader) {
      this.letter = letter;
      return;
    }
    const reader = this.reader;
    this.reader = undefined;
    reader({ value: letter, done: false });
  }

  next(): Promise<IteratorResult<T>> {
    if (this.letter !== undefined) {
      const value = this.letter;
      this.letter = undefined;
      return Promise.resolve({ value, done: false });
    }
    if (this.ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => (this.reader = resolve));
  }

  return(): Promise<IteratorResult<T>> {
    if (!this.ended) {
      this.ended = true;
      this.letter = undefined;
      this.reader?.({ value: undefined, done: true });
      this.onEnd();
    }
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
