/** Amounts are computed in millionths of the currency, as whole numbers, so that sums are exact. */
const decimals = 6;

/** @param text a decimal number with at most 6 decimals */
export function millionths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
}

/** A decimal number with at most 6 decimals in the spelling of {@link amountText}. */
export function decimalText(text: string): string {
  return amountText(millionths(text));
}

/** As text with at least two decimals and no zeros that say nothing: "12.50", "0.0118". */
export function amountText(amount: bigint): string {
  const digits = amount.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0{1,4}$/, '');
  return `${digits.slice(0, -decimals)}.${fraction}`;
}
