/** How many of a campaign's latest results are looked at. */
const latest = 50;
/** No decision before this many: a small test is not stopped by one odd recipient. */
const atLeast = 20;
/** The share of those results with one and the same error that pauses the campaign. */
const share = 0.5;
/** Campaigns remembered; the one noted first is forgotten first. */
const mostCampaigns = 1000;

/** One result: whom it is about, and the error's code; no code when the message was accepted or delivered. */
export interface NotedResult {
  campaignId: string;
  seq: number;
  claimNo: number;
  code: number | undefined;
}

/** The campaign should pause. */
export interface Tripped {
  reason: string;
  /** The recipients who met the error, of those looked at: it was not their fault, and they can be queued again. */
  blameless: readonly NotedResult[];
}

/**
 * Pauses a campaign of which most of the latest messages met the same error, where that error is unknown or can be the
 * campaign's own (a text too long, media that cannot be fetched). States of a campaign: unknown → watched → tripped,
 * which is unknown again.
 *
 * It looks at what this process saw; a process that starts anew starts counting anew, which costs some dozens of
 * recipients at most. Only moves that were really made are noted.
 */
export class ErrorRateGuard {
  private readonly results = new Map<string, NotedResult[]>();

  /** @param isRecipientsOwn whether an error is the recipient's own, however many have it */
  constructor(private readonly isRecipientsOwn: (code: number) => boolean) {}

  /** Whether somebody of the campaign was accepted among the latest results. */
  acceptedLately(campaignId: string): boolean {
    return this.results.get(campaignId)?.some(({ code }) => code === undefined) ?? false;
  }

  /** Notes one result. @returns why the campaign should pause, when it should */
  note(result: NotedResult): Tripped | undefined {
    const { campaignId, code } = result;
    const seen = this.results.get(campaignId) ?? [];
    seen.push(result);
    if (seen.length > latest) seen.shift();
    if (!this.results.has(campaignId)) this.remember(campaignId, seen);
    if (code === undefined || this.isRecipientsOwn(code) || seen.length < atLeast) return undefined;
    const blameless = seen.filter((one) => one.code === code);
    if (blameless.length < share * seen.length) return undefined;
    this.results.delete(campaignId);
    return {
      reason: `WhatsApp refused ${blameless.length} of the last ${seen.length} messages with error ${code}. Find the cause before you resume; these recipients are queued again`,
      blameless,
    };
  }

  private remember(campaignId: string, seen: NotedResult[]): void {
    this.results.set(campaignId, seen);
    if (this.results.size > mostCampaigns) this.results.delete(this.results.keys().next().value as string);
  }
}
