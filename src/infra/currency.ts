/**
 * Intl knows the codes of currencies that people pay with, as of its Unicode data (ICU), which differs between versions
 * of Node and keeps withdrawn codes for years. So the differences from ISO 4217 are listed here, with their dates: its
 * List One with amendments 1 to 180 (Bulgaria, in force since 2026-01-01). A new amendment is added here.
 */
const withdrawn = [
  'CUC', // 2021-06, Cuban convertible peso; CUP stays
  'HRK', // 2023-01, kuna; now EUR
  'SLL', // 2023-12, old leone; now SLE
  'ZWL', // 2024-09, Zimbabwe dollar; now ZWG
  'ANG', // 2025-03, Netherlands Antillean guilder; now XCG
  'BGN', // 2026-01, lev; now EUR
];

/** In force, but missing in ICU, or in the older ICU of a Node that we support. */
const added = [
  ...['SLE', 'VED', 'ZWG', 'XCG', 'XAD'], // since 2022-04, 2021-10, 2024-06, 2025-03, 2025-05
  // funds and units of account
  ...['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW', 'XDR', 'XSU', 'XUA'],
  ...['XBA', 'XBB', 'XBC', 'XBD'], // bond markets
  ...['XAG', 'XAU', 'XPD', 'XPT'], // precious metals
];

/** Codes that an amount can be in; `XTS` (for tests) and `XXX` (no currency) are not. */
const codes = new Set([...Intl.supportedValuesOf('currency'), ...added]);
for (const code of withdrawn) codes.delete(code);

/** The ISO 4217 code that a text spells, in whatever case and with blanks around it; undefined when there is none. */
export function currencyCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return codes.has(code) ? code : undefined;
}
