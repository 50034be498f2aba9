/**
 * The name of the file at an address, as people get to see it: the end of its path; without one WhatsApp shows "Untitled".
 * @returns `document` for an address without a path, and without an address
 */
export function fileNameOf(url: string | null | undefined): string {
  if (!url) return 'document';
  const last = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '';
  return cleanFileName(decoded(last)) || 'document';
}

/** A name without what is not allowed in names of files; empty when nothing is left. */
export function cleanFileName(name: string): string {
  return name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '')
    .trim()
    .slice(0, 240)
    .toWellFormed();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
