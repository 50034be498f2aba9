/**
 * A line of a CSV file by RFC 4180, with its line end. An apostrophe goes before text that a spreadsheet would take for a
 * formula; imports take it off again.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** One cell of {@link csvLine}. */
export function csvCell(text: string): string {
  const safe = formula.test(text) && !phone.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const formula = /^[=+\-@\t\r]/;
/** A phone keeps its plus. */
const phone = /^\+\d[\d\s().-]*$/;
const needsQuotes = /[",;\t|\r\n]|^\s|\s$/;
