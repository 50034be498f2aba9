import type { CampaignInFlight } from './campaign-in-flight';
import type { Claim, ClaimedRecipient } from './claim';
import type { Grant } from './pace';

/**
 * A claimed batch that is leaving: people in order, each in a slot. Slots that were missed are gone, and others are
 * asked for.
 *
 *   slotted → (missed → asking → slotted) → begun, person by person → empty
 */
export class Line {
  /** People who have left. */
  private left = 0;
  /** The first person that the grant is for; those before had slots of an earlier one. */
  private first = 0;
  asking = false;

  constructor(
    readonly campaign: CampaignInFlight,
    readonly claim: Claim,
    private grant: Grant,
    /** When it was claimed, in ms of the process's clock. */
    readonly since: number,
  ) {}

  /** The slots of the people still here. */
  slots(): number[] {
    const { startAt, intervalMs } = this.grant;
    const count = Math.min(this.grant.count, this.waiting);
    return Array.from({ length: count }, (_, i) => startAt + (this.left - this.first + i) * intervalMs);
  }

  /** People whose slot has come. */
  due(now: number): number {
    if (this.asking || now < this.grant.startAt) return 0;
    const slots = Math.floor((now - this.grant.startAt) / this.grant.intervalMs) + 1;
    return Math.max(0, this.first + Math.min(slots, this.grant.count) - this.left);
  }

  /** Whether new slots are needed: the next person's was missed by more than this, or there is none. */
  missed(now: number, byMs: number): boolean {
    const place = this.left - this.first;
    return place >= this.grant.count || now - (this.grant.startAt + place * this.grant.intervalMs) > byMs;
  }

  /** Others for those who are still here. */
  reslot(grant: Grant): void {
    this.grant = grant;
    this.first = this.left;
    this.asking = false;
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

  get waiting(): number {
    return this.claim.recipients.length - this.left;
  }
}
