import type { LedgerEntry } from './ledger';

/**
 * What a delivered message costs in US dollars from 2026-07-01, by the calling code of the number; other codes cost what
 * `others` says. Written down here and not read from the product's rate card, so that tests can compare the two.
 */
const PRICES: Readonly<Record<string, readonly [marketing: number, utility: number]>> = {
  '1': [0.025, 0.0034],
  '44': [0.0635, 0.022],
  '49': [0.1365, 0.055],
  '55': [0.0625, 0.0068],
  '62': [0.0411, 0.025],
  '91': [0.0118, 0.0014],
};
const OTHERS = [0.0604, 0.0077] as const;
/** Countries that share +1 and are no part of its market, by their area codes. */
const NOT_NORTH_AMERICA =
  /^1(242|246|264|268|284|340|345|441|473|649|658|664|670|671|684|721|758|767|784|787|809|829|849|868|869|876|939)/;

/** The price of a message; null until it is delivered or read, 0 if it is free. */
export function priceOf(entry: LedgerEntry): number | null {
  if (!entry.has('delivered') && !entry.has('read')) return null;
  if (entry.servicePricing !== 'regular' && entry.servicePricing !== 'none') return 0;
  const { digits } = entry.recipient;
  const code = NOT_NORTH_AMERICA.test(digits) ? '' : digits.startsWith('1') ? '1' : digits.slice(0, 2);
  const [marketing, utility] = PRICES[code] ?? OTHERS;
  return entry.template?.template.category === 'MARKETING' ? marketing : utility;
}
