import { CampaignStatus } from '../campaigns/campaign';
import { moneyOf } from '../campaigns/figures';
import { counted, RecipientStatus } from '../campaigns/recipient-status';
import type { Amounts, Counter, HitCounter } from '../campaigns/counters';
import type { StatusCounter } from '../campaigns/recipient-status';

/** The counters of a campaign's row and its two totals. */
export type Checked = Counter | 'total' | 'excluded' | 'holdoutSize' | 'holdoutConverted';

/** What is counted or summed up beside the people. */
export type Earned = Record<HitCounter, number> & Record<'revenue' | 'cost', Amounts>;

/** What campaign_stats_minutes counts by the minute. */
export const timed = ['sent', 'delivered', 'read', 'failed', 'clicked', 'converted', 'replied'] as const;

/** The recipients of one status, counted. */
export interface StatusFacts {
  status: RecipientStatus;
  people: number;
  clicked: number;
  converted: number;
  replied: number;
  optedOut: number;
  heldOut: number;
  holdoutConverted: number;
  /** The lowest and the highest seq. */
  first: number;
  last: number;
  neverClaimed: number;
  withoutMessageId: number;
  /** With a message that WhatsApp holds back. */
  held: number;
  /** Claimed, although the feed has not reached their seq. */
  claimedEarly: number;
  /** SENDING, and in no claim with their claim_no. */
  notHeld: number;
  /** QUEUED after an earlier claim, and without a follow-up that sends them again. */
  forgotten: number;
}

/** A campaign as the tables show it in one snapshot. */
export interface CampaignFacts {
  status: CampaignStatus;
  counters: Record<Checked, number>;
  earned: Earned;
  /** Undefined before the recipients are stored: there are no rows yet. */
  recipients:
    | {
        byStatus: StatusFacts[];
        /** Rows too many: recipients of the total whose phone another row has too. */
        repeatedPhones: number;
        timeline: Record<(typeof timed)[number], number>;
        /** The same as `earned` of the campaign: by the clicks, the orders and the charges. */
        earned: Earned;
        /** Clicks of all its links together, those of people and of programs. */
        linkClicks: number;
        /** Nobody with this seq or a higher one was claimed yet; null when the campaign has no feed. */
        nextSeq: number | null;
      }
    | undefined;
}

/** One invariant, and whether it holds. */
export interface Check {
  /** Stable, e.g. COUNTER_SENT. */
  name: string;
  holds: boolean;
  /** Where the invariant is about a number: what it should be, and what it is. */
  expected?: number;
  found?: number;
  /** In words, with the numbers. */
  detail: string;
}

/** Checks every invariant of a campaign; before the recipients are stored only the sums. Pure. */
export function checksOf({ status, counters, earned, recipients }: CampaignFacts): Check[] {
  const sums = sumsAddUp(counters);
  if (!recipients) return [sums];
  const { byStatus, repeatedPhones, timeline, nextSeq } = recipients;
  const byRows = countRows(byStatus);
  const all = (fact: NumericFact, of?: readonly RecipientStatus[]) => total(byStatus, fact, of);
  return [
    sums,
    ...names(counters).map((name) =>
      equal(`COUNTER_${upper(name)}`, byRows[name], counters[name], 'in the counter'),
    ),
    ...timed.map((name) =>
      equal(`TIMELINE_${upper(name)}`, byRows[name], timeline[name], 'over the minutes'),
    ),
    equal('CLICKS', recipients.earned.clicks, earned.clicks, 'in the counter'),
    equal('BOT_CLICKS', recipients.earned.botClicks, earned.botClicks, 'in the counter'),
    equal('LINK_CLICKS', earned.clicks + earned.botClicks, recipients.linkClicks, 'of the links'),
    sameAmounts('REVENUE', recipients.earned.revenue, earned.revenue, 'the orders and refunds'),
    sameAmounts('COST', recipients.earned.cost, earned.cost, 'the charges'),
    placesDense(byStatus, byRows.total),
    nobody('PHONES_ONCE', repeatedPhones, 'in it with a phone that another has too'),
    status === CampaignStatus.COMPLETED
      ? nobody('COMPLETED_IS_DONE', byRows.queued, 'queued or being sent to though the campaign is COMPLETED')
      : { name: 'COMPLETED_IS_DONE', holds: true, detail: `The campaign is ${status}` },
    nobody(
      'SENT_WAS_CLAIMED',
      all('neverClaimed', counted.sent),
      'counted as sent without ever having been claimed',
    ),
    nobody(
      'SENT_HAS_MESSAGE_ID',
      all('withoutMessageId', counted.sent),
      "sent without WhatsApp's id or a click that proves it",
    ),
    nobody('HELD_IS_SENT', all('held') - byRows.held, 'with a held message though it is not SENT'),
    nobody('SENDING_IS_HELD', all('notHeld'), 'being sent to outside of any claim'),
    feedInOrder(nextSeq, byRows.total, all('claimedEarly')),
    nobody('NOBODY_FORGOTTEN', all('forgotten'), 'handed out, yet queued without a RETRY follow-up'),
  ];
}

type NumericFact = Exclude<keyof StatusFacts, 'status'>;

/** The counters as the rows give them. */
function countRows(byStatus: StatusFacts[]): Record<Checked, number> {
  const people = (of: readonly RecipientStatus[]) => total(byStatus, 'people', of);
  const byStatusCounter = Object.fromEntries(
    Object.entries(counted).map(([name, statuses]) => [name, people(statuses)]),
  ) as Record<StatusCounter, number>;
  const excluded = people([RecipientStatus.EXCLUDED]);
  return {
    ...byStatusCounter,
    total: total(byStatus, 'people') - excluded,
    excluded,
    clicked: total(byStatus, 'clicked'),
    converted: total(byStatus, 'converted'),
    replied: total(byStatus, 'replied'),
    optedOut: total(byStatus, 'optedOut'),
    held: total(byStatus, 'held', [RecipientStatus.SENT]),
    holdoutSize: total(byStatus, 'heldOut'),
    holdoutConverted: total(byStatus, 'holdoutConverted'),
  };
}

function total(byStatus: StatusFacts[], fact: NumericFact, of?: readonly RecipientStatus[]): number {
  return byStatus.reduce((sum, row) => sum + (of && !of.includes(row.status) ? 0 : row[fact]), 0);
}

function sumsAddUp(counters: Record<Checked, number>): Check {
  const { queued, unconfirmed, sent, failed, skipped } = counters;
  const sum = queued + unconfirmed + sent + failed + skipped;
  return {
    name: 'SUMS_ADD_UP',
    holds: sum === counters.total,
    expected: counters.total,
    found: sum,
    detail: `${queued} queued + ${unconfirmed} unconfirmed + ${sent} sent + ${failed} failed + ${skipped} skipped = ${sum}, of ${counters.total}`,
  };
}

/** Recipients to send to have seq 1…total, the excluded follow. Two cannot share a seq: it is the key. */
function placesDense(byStatus: StatusFacts[], people: number): Check {
  const excluded = byStatus.filter((row) => row.status === RecipientStatus.EXCLUDED);
  const included = byStatus.filter((row) => row.status !== RecipientStatus.EXCLUDED);
  const left = total(excluded, 'people');
  const ranges = [range(included), range(excluded)];
  const should = [shouldRange(1, people), shouldRange(people + 1, left)];
  return {
    name: 'PLACES_DENSE',
    holds: ranges.join() === should.join(),
    detail: `${people} people stand at ${ranges[0]}, ${left} excluded at ${ranges[1]}; expected ${should[0]} and ${should[1]}`,
  };
}

function range(rows: StatusFacts[]): string {
  if (rows.length === 0) return 'none';
  return `${Math.min(...rows.map((row) => row.first))}…${Math.max(...rows.map((row) => row.last))}`;
}

function shouldRange(from: number, count: number): string {
  return count === 0 ? 'none' : `${from}…${from + count - 1}`;
}

function feedInOrder(nextSeq: number | null, people: number, claimedEarly: number): Check {
  const name = 'FEED_IN_ORDER';
  if (nextSeq === null) {
    return { name, holds: false, detail: 'Nothing says how far it was handed out: nobody is any more' };
  }
  if (nextSeq < 1 || nextSeq > people + 1) {
    return {
      name,
      holds: false,
      detail: `Handed out up to place ${nextSeq - 1}, which is none of 0…${people}`,
    };
  }
  return nobody(name, claimedEarly, `claimed beyond place ${nextSeq - 1}, up to which it was handed out`);
}

function equal(name: string, expected: number, found: number, where: string): Check {
  return {
    name,
    holds: found === expected,
    expected,
    found,
    detail: `${found} ${where}, ${expected} by the rows`,
  };
}

function sameAmounts(name: string, expected: Amounts, found: Amounts, by: string): Check {
  const [should, is] = [inWords(expected), inWords(found)];
  return { name, holds: should === is, detail: `${is} in the sums, ${should} by ${by}` };
}

/** A sum of 0 is the same as none. */
function inWords(amounts: Amounts): string {
  const sums = moneyOf(amounts).filter(({ amount }) => Number(amount) !== 0);
  return sums.map(({ amount, currency }) => `${amount} ${currency}`).join(', ') || 'nothing';
}

function nobody(name: string, found: number, what: string): Check {
  const who = found === 0 ? 'Nobody is' : found === 1 ? '1 person is' : `${found} people are`;
  return { name, holds: found === 0, expected: 0, found, detail: `${who} ${what}` };
}

function names(counters: Record<Checked, number>): Checked[] {
  return Object.keys(counters) as Checked[];
}

function upper(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}
