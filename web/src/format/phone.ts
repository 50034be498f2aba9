/** Country codes of one and two digits; all others have three. Source: ITU E.164. */
const short = /^\+(?:1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** "+91 98765 43210" of "+919876543210": the country code apart and the rest in groups; other text stays as it is. */
export function phone(value: string): string {
  const e164 = value.replace(/[\s().-]/g, '');
  if (!/^\+\d{7,15}$/.test(e164)) return value;
  const code = short.exec(e164)?.[0] ?? e164.slice(0, 4);
  const rest = e164.slice(code.length);
  return `${code} ${grouped(code, rest)}`;
}

/** A number of one's own: in the groups in which it was entered, and without any as other phones are spelled. */
export function ownPhone(value: string): string {
  return /\d\s+\d/.test(value) ? value : phone(value);
}

function grouped(code: string, rest: string): string {
  if (code === '+91' && rest.length === 10) return `${rest.slice(0, 5)} ${rest.slice(5)}`;
  if (code === '+1' && rest.length === 10) return `${rest.slice(0, 3)} ${rest.slice(3, 6)} ${rest.slice(6)}`;
  // Groups of three from the left; the last one has two to four digits.
  return rest.replace(/(\d{3})(?=\d{2})/g, '$1 ');
}
