/** Whether a text is an address that the API takes for a link or a picture. */
export function isAddress(text: string): boolean {
  const trimmed = text.trim();
  return /^https?:\/\/[^\s/]/i.test(trimmed) && trimmed.length <= 2000 && URL.canParse(trimmed);
}
