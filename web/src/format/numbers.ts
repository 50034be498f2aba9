import { once } from './once';

const counts = once((locale: string) => new Intl.NumberFormat(locale));
const percents = once(
  (locale: string) => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
);

/** 1,523; in Hindi 1,15,190 */
export function count(value: number, locale = 'en-GB'): string {
  return counts(locale).format(value);
}

/** "99.34 %", or a dash when there is no rate. */
export function percent(rate: number | null, locale = 'en-GB'): string {
  if (rate === null) return '–';
  return `${percents(locale).format(rate)}\u00a0%`;
}

/** A percentage that the API has no field for, rounded as the API rounds its rates. Null if `whole` is 0. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 100;
}

/** "₹ 18,400.50": an amount of the API (decimal text) in its currency; without minor units when they are zero. */
export function money(amount: string, currency: string, locale = 'en-GB'): string {
  return inCurrency(amount, currency, locale, { trailingZeroDisplay: 'stripIfInteger' });
}

/** "₹ 0.8631": the price of one message, which has more digits than an amount. */
export function unitPrice(amount: string, currency: string, locale = 'en-GB'): string {
  return inCurrency(amount, currency, locale, { maximumFractionDigits: 6 });
}

function inCurrency(
  amount: string,
  currency: string,
  locale: string,
  digits: Intl.NumberFormatOptions,
): string {
  try {
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      ...digits,
    }).format(Number(amount));
  } catch {
    return `${amount} ${currency}`; // not a currency that the browser knows
  }
}
