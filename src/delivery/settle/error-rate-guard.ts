/** How many of a campaign's latest results are looked at. */
const latest = 50;
/** No decision before this many results: one odd recipient must not stop a small test. */
const atLeast = 20;
/** From this share of results with one and the same error on, the campaign pauses. */
const pausesAt = 0.5;
/** Campaigns remembered; the one noted first is forgotten first. */
const mostCampaigns = 1000;

/** One recipient's failure. */
export interface Failure {
  campaignId: string;
  seq: number;
  claimNo: number;
  code: number;
  /** When the message was prepared or sent, by the database's clock. */
  since: Date;
}

/** The campaign should pause, or has just been paused for the same error. */
export interface Tripped {
  /** Why it should pause, in words; undefined when it is being paused already. */
  reason: string | undefined;
  /** The recipients who got the error, of those looked at: it was not their fault, and they can be queued again. */
  blameless: readonly Failure[];
}

interface Watched {
  /** The latest results, oldest first; undefined is a message that was accepted or delivered. */
  results: (Failure | undefined)[];
  /** The error that the campaign was paused for, and when; failures of messages prepared before belong to that pause. */
  pausedFor?: { code: number; at: Date | undefined };
}

/**
 * Pauses a campaign when most of its latest messages got the same error, if the error is unknown or can be the
 * campaign's own (a text too long, media that cannot be fetched). States of a campaign: unknown → watched → tripped, after
 * which counting starts anew.
 *
 * It looks at what this process saw. A restarted process starts counting anew, so at most some dozens of further
 * recipients fail. Only moves that were really made are noted.
 */
export class ErrorRateGuard {
  private readonly campaigns = new Map<string, Watched>();

  /** @param isRecipientsOwn whether an error is the recipient's own, however many have it */
  constructor(private readonly isRecipientsOwn: (code: number) => boolean) {}

  /** Whether a message of the campaign was accepted, among the latest results. */
  acceptedLately(campaignId: string): boolean {
    return this.campaigns.get(campaignId)?.results.includes(undefined) ?? false;
  }

  /** Notes a message that was accepted or delivered. */
  noteSuccess(campaignId: string): void {
    this.push(this.watched(campaignId), undefined);
  }

  /** Notes a failure. @returns that the campaign should pause, when it should */
  noteFailure(failure: Failure): Tripped | undefined {
    const watched = this.watched(failure.campaignId);
    const { pausedFor } = watched;
    if (pausedFor?.code === failure.code && (!pausedFor.at || failure.since < pausedFor.at))
      return { reason: undefined, blameless: [failure] };
    this.push(watched, failure);
    const { results } = watched;
    if (this.isRecipientsOwn(failure.code) || results.length < atLeast) return undefined;
    const blameless = results.filter((one) => one?.code === failure.code) as Failure[];
    if (blameless.length < pausesAt * results.length) return undefined;
    watched.results = [];
    watched.pausedFor = { code: failure.code, at: undefined };
    return {
      reason: `WhatsApp refused ${blameless.length} of the last ${results.length} messages with error ${failure.code}; the rest waits. Find the cause before you resume; these recipients are queued again`,
      blameless,
    };
  }

  /**
   * Nobody of a campaign waits any more: one with too few recipients for a share is judged by all of them. If every one
   * failed at the first try with the same error, the error is the campaign's.
   * @returns that the campaign should pause, when it should
   */
  judgeSmall(campaignId: string): Tripped | undefined {
    const watched = this.campaigns.get(campaignId);
    const [first] = watched?.results ?? [];
    if (!watched || !first || this.isRecipientsOwn(first.code)) return undefined;
    const { results } = watched;
    const alike = results.every((one) => one?.code === first.code && one.claimNo === 1);
    if (!alike || results.length < 2 || results.length >= atLeast) return undefined;
    watched.results = [];
    watched.pausedFor = { code: first.code, at: undefined };
    return {
      reason: `WhatsApp refused all ${results.length} messages with error ${first.code}. Find the cause before you resume; the recipients are queued again`,
      blameless: results as Failure[],
    };
  }

  /** The campaign that tripped was paused, or could not be paused. @param at when it was paused, by the database's clock */
  paused(campaignId: string, at: Date | undefined): void {
    const watched = this.campaigns.get(campaignId);
    if (watched?.pausedFor && at) watched.pausedFor.at = at;
    else if (watched) delete watched.pausedFor;
  }

  private watched(campaignId: string): Watched {
    const known = this.campaigns.get(campaignId);
    if (known) return known;
    const watched: Watched = { results: [] };
    this.campaigns.set(campaignId, watched);
    if (this.campaigns.size > mostCampaigns)
      this.campaigns.delete(this.campaigns.keys().next().value as string);
    return watched;
  }

  private push({ results }: Watched, result: Failure | undefined): void {
    results.push(result);
    if (results.length > latest) results.shift();
  }
}
