import type { StatusCounter } from './recipient-status';

/** What is counted once a person, beside the status: people who clicked, who converted, who answered, who opted out. */
export type ReactionCounter = 'clicked' | 'converted' | 'replied' | 'optedOut';

/**
 * What settling moves: the counts by status, and `held`, the people sent to whose message WhatsApp holds back at this
 * moment.
 */
export type SettledCounter = StatusCounter | 'held';

/** The counters of a campaign that move; each is a count of its recipients' rows. */
export type Counter = SettledCounter | ReactionCounter;

/** The counters as the campaign's row and its figures spell them: `sentCount` and so on, with the two totals. */
export type CounterFields = Record<`${Counter}Count`, number> & {
  /** People to be sent to. */
  totalRecipients: number;
  /** People left out beforehand, outside the total. */
  excludedCount: number;
};
