import type { ClaimedBatch } from './claimed-batch';

/**
 * The claims that this worker holds, from the claim to the last settled recipient: the one place that knows them. Their
 * leases are renewed for as long as they are here. The lease of a forgotten claim runs out, and the sweep closes it.
 */
export class HeldClaims {
  private readonly batches = new Map<string, ClaimedBatch>();
  private readonly onProgress: (() => void)[] = [];
  /** Recipients of all held claims who are not settled. */
  unsettled = 0;

  get ids(): string[] {
    return [...this.batches.keys()];
  }

  hold(batch: ClaimedBatch): void {
    this.batches.set(batch.claim.id, batch);
    this.unsettled += batch.unsettled;
  }

  /** The claims whose last outcomes are among these, given by the batch of each: they can be released with them. */
  endedBy(batches: readonly ClaimedBatch[]): string[] {
    const counts = new Map<ClaimedBatch, number>();
    for (const batch of batches) counts.set(batch, (counts.get(batch) ?? 0) + 1);
    return [...counts]
      .filter(([batch, count]) => this.batches.has(batch.claim.id) && count >= batch.unsettled)
      .map(([batch]) => batch.claim.id);
  }

  /** The outcome of one recipient of each of these batches is written down. */
  settled(batches: readonly ClaimedBatch[]): void {
    for (const batch of batches) {
      if (!this.batches.has(batch.claim.id)) continue;
      batch.settle(1);
      this.unsettled--;
      if (batch.unsettled === 0) this.batches.delete(batch.claim.id);
    }
    this.notify();
  }

  /** Outcomes of these batches could not be written down: the sweep finds their recipients when the lease has run out. */
  forget(batches: readonly ClaimedBatch[]): void {
    for (const batch of batches) {
      if (!this.batches.delete(batch.claim.id)) continue;
      this.unsettled -= batch.unsettled;
    }
    this.notify();
  }

  /** Resolves when fewer than `limit` recipients are unsettled. */
  async below(limit: number): Promise<void> {
    while (this.unsettled >= limit) await new Promise<void>((resolve) => this.onProgress.push(resolve));
  }

  private notify(): void {
    this.onProgress.splice(0).forEach((resolve) => resolve());
  }
}
