/** The phones in a text: one a line, or apart by commas or semicolons; each once, in the order given. */
export function phonesIn(text: string): string[] {
  const phones = text.split(/[\n\r,;]+/).map((line) => line.trim());
  return [...new Set(phones.filter((line) => line !== ''))];
}

/** The most phones that the server takes at once. */
export const mostPhones = 10_000;
