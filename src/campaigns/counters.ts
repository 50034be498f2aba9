import type { StatusCounter } from './recipient-status';

/** What is counted once a person, beside the status: people who clicked, who converted, who opted out, who answered. */
export type ReactionCounter = 'clicked' | 'converted' | 'optedOut' | 'replied';

/**
 * What settling moves: the counts by status, and `held`, the people sent to whose message WhatsApp holds back at this
 * moment.
 */
export type SettledCounter = StatusCounter | 'held';

/** The counters of a campaign that move; each is a count of its recipients' rows. */
export type Counter = SettledCounter | ReactionCounter;

/** Visits of tracked links, each counted: those of people, and those of previews and other programs. */
export type HitCounter = 'clicks' | 'botClicks';

/** Sums of money by currency (ISO 4217), as decimal text: `{ INR: '499.50' }`. */
export type Amounts = Readonly<Record<string, string>>;

/** The counters as the campaign's row and its figures spell them: `sentCount` and so on, with the two totals. */
export type CounterFields = Record<`${Counter}Count`, number> &
  Record<HitCounter, number> & {
    /** People to be sent to. */
    totalRecipients: number;
    /** People left out beforehand, outside the total. */
    excludedCount: number;
    /** Orders less refunds. */
    revenue: Amounts;
    /** What WhatsApp charges for the messages. */
    cost: Amounts;
  };
