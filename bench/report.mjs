// Prints tables, and compares figures with their bounds.

export const round = (number) => Math.round(number).toLocaleString('en');

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The number that a share of the others, such as 0.99, does not exceed; NaN if there are none. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** The first column is text, the others are numbers. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const row of rows) {
    console.log(
      `  ${row.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]))).join('   ')}`,
    );
  }
  console.log();
}

export const atLeast = (name, value, bound) => ({
  name,
  value,
  bound,
  kind: 'at least',
  holds: value >= bound,
});
export const atMost = (name, value, bound) => ({
  name,
  value,
  bound,
  kind: 'at most',
  holds: value <= bound,
});

/** Prints whether each bound holds; one that does not is reported and does not fail the benchmark. */
export function tableOfBounds(bounds) {
  table([
    ['bound', 'measured', '', ''],
    ...bounds.map(({ name, value, bound, kind, holds }) => [
      name,
      Number.isInteger(value) ? value : value.toPrecision(3),
      `${kind} ${bound}`,
      holds ? 'holds' : 'does not hold',
    ]),
  ]);
}
