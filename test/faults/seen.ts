import type { Stats } from '../support/campaigns';

/** What a subscriber gets of a campaign, as far as it is compared. */
export type Figures = Pick<Stats, 'id' | 'status' | 'version' | (typeof counters)[number]>;

/** People in these never leave them, so no later event may show fewer. */
const neverFall = [
  'deliveredCount',
  'readCount',
  'clickedCount',
  'convertedCount',
  'repliedCount',
  'optedOutCount',
  'clicks',
  'botClicks',
] as const;
const counters = [
  'totalRecipients',
  'queuedCount',
  'sentCount',
  'failedCount',
  'skippedCount',
  'unconfirmedCount',
  ...neverFall,
] as const;

export const figuresFields = ['id', 'status', 'version', ...counters].join(' ');

/** The figures that one subscriber has been shown, and each promise about their order that was broken. */
export class Seen {
  private readonly latest = new Map<string, Figures>();
  readonly problems: string[] = [];

  /** Takes the events of all its campaigns, in the order in which they came, also across reconnections. */
  see(next: Figures): void {
    const known = this.latest.get(next.id);
    this.latest.set(next.id, next);
    if (!known) return;
    const change = `version ${next.version} after ${known.version}`;
    if (next.version < known.version) this.problems.push(`${next.id}: ${change}`);
    const lower = neverFall.filter((name) => next[name] < known[name]);
    if (lower.length > 0) this.problems.push(`${next.id}: lower figures in ${change}: ${lower.join()}`);
    if (next.version === known.version && !sameFigures(known, next))
      this.problems.push(`${next.id}: version ${next.version} shown with different figures`);
  }

  /** Whether the latest event of a campaign shows these figures. */
  shows(figures: Figures): boolean {
    const known = this.latest.get(figures.id);
    return known !== undefined && sameFigures(known, figures);
  }

  versionOf(campaignId: string): number {
    return this.latest.get(campaignId)?.version ?? -1;
  }
}

function sameFigures(one: Figures, other: Figures): boolean {
  return one.status === other.status && counters.every((name) => one[name] === other[name]);
}
