/** Whether a text is an amount of money that the API takes: above 0, with a point before what is less than one. */
export function isAmount(text: string): boolean {
  return /^\d{1,12}(\.\d{1,6})?$/.test(text.trim()) && Number(text) > 0;
}

/** An amount of the API as people write it: 500 for 500.000000. */
export function typedAmount(amount: string): string {
  return amount.replace(/\.(\d*?)0+$/, (_, digits: string) => (digits === '' ? '' : `.${digits}`));
}
