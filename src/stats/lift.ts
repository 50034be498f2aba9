import { percent } from '../campaigns/figures';

/** What a campaign earned beyond what people would have ordered without it. */
export interface Lift {
  holdoutSize: number;
  holdoutConverted: number;
  sentTo: number;
  converted: number;
  convertedRate: number | null;
  holdoutRate: number | null;
  incremental: number | null;
  low: number | null;
  high: number | null;
  confidence: number;
  method: string;
  sentence: string;
}

/** The quantile of the normal distribution for 95 %. */
const z = 1.959963984540054;

/**
 * Compares the people sent to with those held out. The interval is Newcombe's for the difference of two proportions (his
 * method 10, of Wilson's score intervals; R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890): it holds for small
 * groups and for rates near 0 too, which those of orders are. Pure.
 */
export function liftOf(
  sent: { people: number; converted: number },
  held: { people: number; converted: number },
): Lift {
  const interval = differenceInterval(sent, held);
  const orders = (difference: number | undefined) =>
    difference === undefined ? null : rounded(difference * sent.people);
  const [incremental, low, high] = [
    orders(interval?.difference),
    orders(interval?.low),
    orders(interval?.high),
  ];
  return {
    holdoutSize: held.people,
    holdoutConverted: held.converted,
    sentTo: sent.people,
    converted: sent.converted,
    convertedRate: percent(sent.converted, sent.people),
    holdoutRate: percent(held.converted, held.people),
    incremental,
    low,
    high,
    confidence: 95,
    method: "Newcombe's interval for the difference of two proportions, from Wilson's score intervals",
    sentence: sentenceOf(incremental, low, high),
  };
}

/** The difference of two proportions with its interval; undefined while one of the groups is empty. */
export function differenceInterval(
  a: { people: number; converted: number },
  b: { people: number; converted: number },
): { difference: number; low: number; high: number } | undefined {
  if (a.people === 0 || b.people === 0) return undefined;
  const [first, second] = [wilson(a.converted, a.people), wilson(b.converted, b.people)];
  const difference = first.rate - second.rate;
  return {
    difference,
    low: difference - Math.hypot(first.rate - first.low, second.high - second.rate),
    high: difference + Math.hypot(first.high - first.rate, second.rate - second.low),
  };
}

function wilson(part: number, whole: number): { rate: number; low: number; high: number } {
  const rate = Math.min(part / whole, 1);
  const centre = rate + (z * z) / (2 * whole);
  const half = z * Math.sqrt((rate * (1 - rate)) / whole + (z * z) / (4 * whole * whole));
  const scale = 1 + (z * z) / whole;
  return { rate, low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

function sentenceOf(incremental: number | null, low: number | null, high: number | null): string {
  if (incremental === null || low === null || high === null)
    return 'Nothing can be said before people were sent to.';
  const range = `with 95 % confidence between ${low} and ${high}`;
  if (low > 0)
    return `The campaign brought about ${incremental} orders that would not have come without it, ${range}.`;
  if (high < 0) return `With the campaign about ${-incremental} orders fewer came than without it, ${range}.`;
  return `The difference of ${incremental} orders may be chance: it is ${range}. More people, or a larger holdout, make it clearer.`;
}

/** Two decimals, and no negative zero. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
