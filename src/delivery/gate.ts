/** Times in rising order, and how many of them lie in the second before a moment. Old ones are let go. */
class Times {
  private times: number[] = [];
  private old = 0;
  private past = 0;

  push(at: number): void {
    this.times.push(at);
  }

  /** How many lie in (now − 1 s, now]; `now` never goes back. */
  lately(now: number): number {
    const { times } = this;
    while (this.past < times.length && (times[this.past] as number) <= now) this.past++;
    while (this.old < this.past && (times[this.old] as number) <= now - 1000) this.old++;
    if (this.old > 1024) {
      this.times = times.slice(this.old);
      this.past -= this.old;
      this.old = 0;
    }
    return this.past - this.old;
  }
}

/**
 * Holds back what would come in a bunch. The slots of a number are spread over all workers so that no second has more
 * of them than the limit; a worker that posts no more in any second than it had slots in that second cannot break the
 * limit, however late it was. The same is asked of the answers, since what WhatsApp sees is the arrival: after a stall
 * on the way the next posts wait. Times are in ms of one rising clock.
 */
export class Gate {
  private readonly granted = new Times();
  private readonly posts = new Times();
  private readonly answers = new Times();

  /** Slots of this process, in rising order and not before those it knows. */
  slots(times: readonly number[]): void {
    for (const at of times) this.granted.push(at);
  }

  posted(now: number): void {
    this.posts.push(now);
  }

  answered(now: number): void {
    this.answers.push(now);
  }

  /** How many may be posted now. */
  open(now: number): number {
    return this.granted.lately(now) - Math.max(this.posts.lately(now), this.answers.lately(now));
  }
}
