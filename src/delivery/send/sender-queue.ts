import type { SendableCampaign } from './sendable-campaign';
import type { Claim, ClaimedRecipient } from './claim';

/** A claimed batch that is leaving, in the order of the claim: waiting → begun → posted, person by person. */
export class ClaimedBatch {
  private left = 0;

  constructor(
    readonly campaign: SendableCampaign,
    readonly claim: Claim,
    /** When it was claimed, in ms of the process's clock. */
    readonly since: number,
  ) {}

  get waiting(): number {
    return this.claim.recipients.length - this.left;
  }

  /** How many will have begun once `count` more leave. */
  begunAfter(count: number): number {
    return this.left + count;
  }

  take(count: number): ClaimedRecipient[] {
    const people = this.claim.recipients.slice(this.left, this.left + count);
    this.left += people.length;
    return people;
  }
}

/** The first people of a line. */
export interface Slice {
  line: ClaimedBatch;
  count: number;
}

/** The lines of one WhatsApp number; its campaigns take turns, person by person. */
export class SenderQueue {
  private readonly byCampaign = new Map<string, ClaimedBatch[]>();

  add(line: ClaimedBatch): void {
    const { id } = line.campaign;
    this.byCampaign.set(id, [...(this.byCampaign.get(id) ?? []), line]);
  }

  all(): ClaimedBatch[] {
    return [...this.byCampaign.values()].flat();
  }

  waiting(): number {
    return this.all().reduce((sum, line) => sum + line.waiting, 0);
  }

  waitingOf(campaignId: string): number {
    return (this.byCampaign.get(campaignId) ?? []).reduce((sum, line) => sum + line.waiting, 0);
  }

  campaigns(): number {
    return this.byCampaign.size;
  }

  /** Who leaves next, `count` people in all: of each campaign as many, the oldest claims first. Takes nobody away. */
  slices(count: number): Slice[] {
    const shares = fairShares(
      [...this.byCampaign.keys()].map((id) => this.waitingOf(id)),
      count,
    );
    return [...this.byCampaign.values()].flatMap((lines, i) => headsOf(lines, shares[i] ?? 0));
  }

  /** Forgets the lines in which nobody waits any more. The campaign that was first goes to the end of the row. */
  sweep(): void {
    for (const [id, lines] of [...this.byCampaign]) {
      this.byCampaign.delete(id);
      const left = lines.filter((line) => line.waiting > 0);
      if (left.length > 0) this.byCampaign.set(id, left);
    }
    const [first] = this.byCampaign;
    if (!first) return;
    // whoever was first is last the next time: one message at a time goes round
    this.byCampaign.delete(first[0]);
    this.byCampaign.set(...first);
  }

  remove(line: ClaimedBatch): void {
    const { id } = line.campaign;
    const left = (this.byCampaign.get(id) ?? []).filter((other) => other !== line);
    if (left.length > 0) this.byCampaign.set(id, left);
    else this.byCampaign.delete(id);
  }
}

function headsOf(lines: readonly ClaimedBatch[], share: number): Slice[] {
  const slices: Slice[] = [];
  for (const line of lines) {
    const count = Math.min(line.waiting, share);
    if (count > 0) slices.push({ line, count });
    share -= count;
  }
  return slices;
}

/** Deals out `count` among those who want so many each: alike as far as they can use it; what is left over from the first on. */
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
