/** The codes in use, as far as this Node's Unicode data (ICU) knows them; withdrawn ones and placeholders are not. */
const codes = new Set(Intl.supportedValuesOf('currency'));

/** The ISO 4217 code that a text spells, in whatever case and with blanks around it; undefined when there is none. */
export function currencyCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return codes.has(code) ? code : undefined;
}
