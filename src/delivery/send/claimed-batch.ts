import type { Claim, ClaimedRecipient } from './claim';
import type { SendableCampaign } from './sendable-campaign';

/**
 * A claim that this worker holds: its recipients are posted in the order of the claim, and settled in any order. Each goes
 * waiting → posted → settled; the claim is released with the last one settled.
 */
export class ClaimedBatch {
  private posted = 0;
  private settled = 0;

  constructor(
    readonly campaign: SendableCampaign,
    readonly claim: Claim,
    /** When it was claimed, in ms of the process's clock. */
    readonly claimedAt: number,
  ) {}

  /** Recipients not posted yet. */
  get waiting(): number {
    return this.claim.recipients.length - this.posted;
  }

  /** Recipients whose outcome is not written down yet. */
  get unsettled(): number {
    return this.claim.recipients.length - this.settled;
  }

  /** How many may have been posted once `count` more are. */
  begunAfter(count: number): number {
    return this.posted + count;
  }

  /** Takes the next recipients to post. */
  take(count: number): ClaimedRecipient[] {
    const recipients = this.claim.recipients.slice(this.posted, this.posted + count);
    this.posted += recipients.length;
    return recipients;
  }

  /** The outcomes of so many recipients are written down. */
  settle(count: number): void {
    this.settled += count;
  }
}
