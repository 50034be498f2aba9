/** Requests that wait for their commit, at most. At 3,000 a second the last of them is answered after 3 seconds. */
const mostRequests = 10_000;
/** Bytes of their bodies, at most: 70,000 statuses. What is made of a body is a few times as large. */
const mostBytes = 32_000_000;

/**
 * Bounds the requests that are signed and not committed yet; unsigned ones do not count, or anybody could fill it. More is
 * refused at once: WhatsApp delivers it again later, while a request that waits longer than WhatsApp does is delivered
 * again too and makes the flood worse.
 */
export class Backlog {
  private requests = 0;
  private bytes = 0;

  get isFull(): boolean {
    return this.requests >= mostRequests || this.bytes >= mostBytes;
  }

  begin(bytes: number): void {
    this.requests++;
    this.bytes += bytes;
  }

  end(bytes: number): void {
    this.requests--;
    this.bytes -= bytes;
  }
}
