/** Looked at: a campaign's latest answers. */
const latest = 50;
/** Not before so many answers: a small test is not stopped by one odd person. */
const atLeast = 20;
/** Of those, the share with one and the same error that stops the campaign. */
const share = 0.5;
/** Campaigns kept in mind; the oldest is forgotten first. */
const mostCampaigns = 1000;

/**
 * What WhatsApp answered lately, campaign by campaign. Stops one whose messages fail one after the other with an error
 * that nobody knows, or that seemed to be each person's own: what everybody has is not the recipient's fault. A share
 * of the latest answers as this process saw them; one that starts anew starts counting anew, which costs some dozens
 * of people at most.
 */
export class ErrorRateGuard {
  private readonly answers = new Map<string, (number | undefined)[]>();

  /** @param isTheRecipients whether an error is known to be one person's own, however many have it */
  constructor(private readonly isTheRecipients: (code: number) => boolean) {}

  /** Whether somebody was accepted among the latest. */
  acceptedLately(campaignId: string): boolean {
    return this.answers.get(campaignId)?.includes(undefined) ?? false;
  }

  /**
   * Notes one answer: accepted, or the code of the error.
   * @returns why the campaign should pause, in words
   */
  note(campaignId: string, code: number | undefined): string | undefined {
    const seen = this.answers.get(campaignId) ?? [];
    seen.push(code);
    if (seen.length > latest) seen.shift();
    if (!this.answers.has(campaignId)) this.remember(campaignId, seen);
    if (code === undefined || this.isTheRecipients(code)) return undefined;
    const alike = seen.filter((one) => one === code).length;
    if (seen.length < atLeast || alike < share * seen.length) return undefined;
    this.answers.delete(campaignId);
    return `WhatsApp refused ${alike} of the last ${seen.length} messages with error ${code}; the rest waits until the cause is found`;
  }

  private remember(campaignId: string, seen: (number | undefined)[]): void {
    this.answers.set(campaignId, seen);
    if (this.answers.size > mostCampaigns) this.answers.delete(this.answers.keys().next().value as string);
  }
}
