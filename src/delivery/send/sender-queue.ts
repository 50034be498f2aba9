import type { ClaimedBatch } from './claimed-batch';

/** The next recipients of a batch. */
export interface Slice {
  batch: ClaimedBatch;
  count: number;
}

/** The recipients of one sender who wait to be posted; its campaigns take turns, message by message. */
export class SenderQueue {
  private readonly byCampaign = new Map<string, ClaimedBatch[]>();

  add(batch: ClaimedBatch): void {
    const { id } = batch.campaign;
    this.byCampaign.set(id, [...(this.byCampaign.get(id) ?? []), batch]);
  }

  batches(): ClaimedBatch[] {
    return [...this.byCampaign.values()].flat();
  }

  /** Recipients of all campaigns. */
  waiting(): number {
    return waitingIn(this.batches());
  }

  waitingOf(campaignId: string): number {
    return waitingIn(this.byCampaign.get(campaignId) ?? []);
  }

  /** How many campaigns have somebody waiting. */
  get campaigns(): number {
    return this.byCampaign.size;
  }

  /** The next `count` recipients: equally many of each campaign, from its oldest batches. Removes nobody. */
  next(count: number): Slice[] {
    const shares = fairShares(
      [...this.byCampaign.keys()].map((id) => this.waitingOf(id)),
      count,
    );
    return [...this.byCampaign.values()].flatMap((batches, i) => slicesOf(batches, shares[i] ?? 0));
  }

  /** Removes the batches in which nobody waits any more, and moves the first campaign to the end. */
  rotate(): void {
    for (const [id, batches] of [...this.byCampaign]) {
      this.byCampaign.delete(id);
      const left = batches.filter((batch) => batch.waiting > 0);
      if (left.length > 0) this.byCampaign.set(id, left);
    }
    const [first] = this.byCampaign;
    if (!first) return;
    // with one message in each step, a campaign that always came first would be the only one to send
    this.byCampaign.delete(first[0]);
    this.byCampaign.set(...first);
  }

  remove(batch: ClaimedBatch): void {
    const { id } = batch.campaign;
    const left = (this.byCampaign.get(id) ?? []).filter((other) => other !== batch);
    if (left.length > 0) this.byCampaign.set(id, left);
    else this.byCampaign.delete(id);
  }
}

function waitingIn(batches: readonly ClaimedBatch[]): number {
  return batches.reduce((sum, batch) => sum + batch.waiting, 0);
}

function slicesOf(batches: readonly ClaimedBatch[], share: number): Slice[] {
  const slices: Slice[] = [];
  for (const batch of batches) {
    const count = Math.min(batch.waiting, share);
    if (count > 0) slices.push({ batch, count });
    share -= count;
  }
  return slices;
}

/** Divides `count` equally among those who want so many each, nobody getting more than wanted; a remainder goes to the first. */
export function fairShares(wants: readonly number[], count: number): number[] {
  const shares = wants.map(() => 0);
  let left = count;
  for (;;) {
    const open = wants.flatMap((want, i) => (want > (shares[i] ?? 0) ? [i] : []));
    if (left <= 0 || open.length === 0) return shares;
    const each = Math.max(1, Math.floor(left / open.length));
    for (const i of open) {
      const more = Math.min(each, (wants[i] ?? 0) - (shares[i] ?? 0), left);
      shares[i] = (shares[i] ?? 0) + more;
      left -= more;
    }
  }
}
