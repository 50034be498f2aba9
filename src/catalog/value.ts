/** Cleans the values of a template for WhatsApp: they come from people's data, in which anything may be typed or pasted. */

/** Nearly all values: at most spaces to remove. */
const plain = /^[\x20-\x7e]*$/;
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * Control characters, soft hyphens, zero-width spaces, marks of direction and the like. Not the joiners U+200C and
 * U+200D and not tags: words of Hindi and Persian, and emoji, are made with them.
 */
const invisible =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** What is left of a text that shows nothing: blanks, joiners, variation selectors, fillers. */
const nothingVisible = /^(?:\s|\u200c|\u200d|[\ufe00-\ufe0f]|\u2800|\u3164|\u115f|\u1160|\uffa0)*$/;

/**
 * Replaces line breaks, tabs and long runs of spaces, which WhatsApp refuses in a value (132018), by a few spaces, and
 * removes invisible characters.
 */
export function cleanValue(text: string): string {
  if (plain.test(text)) return (text.includes('     ') ? text.replace(/ {5,}/g, '    ') : text).trim();
  const visible = text.toWellFormed().replace(lineBreaks, ' ').replace(invisible, '');
  const trimmed = visible.replace(/\p{Zs}{5,}/gu, '    ').trim();
  return isBlank(trimmed) ? '' : trimmed;
}

/** Whether a text shows nothing at all. */
export function isBlank(text: string): boolean {
  return nothingVisible.test(text.replace(invisible, ''));
}

/** A {@link cleanValue} as the end of a URL: characters not allowed in a URL are percent-encoded. */
export function cleanSuffix(text: string): string {
  return cleanValue(text).replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

/** A person's own text inside a URL: encoded completely, so that it cannot change the rest of the URL. */
export function encodeInAddress(text: string): string {
  return encodeURIComponent(cleanValue(text));
}
