/**
 * For `JSON.parse`: replaces half an emoji (a lone surrogate) by U+FFFD, in texts and in names of fields. PostgreSQL
 * refuses such a text inside JSON, and UTF-8 cannot carry it.
 */
export function wellFormedJson(_name: string, value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (Object.keys(value).every((name) => name.isWellFormed())) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.toWellFormed(), inner as unknown]),
  );
}

/** Deeper than any answer of a service that means well; PostgreSQL's own limit depends on its stack. */
const deepest = 32;

/**
 * Any JSON value as PostgreSQL can store it in a jsonb column: texts and names well-formed and without NUL, what is
 * nested too deep replaced by null.
 */
export function storableJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return null;
  if (Array.isArray(value)) return value.map((inner) => storableJson(inner, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [storableText(name), storableJson(inner, depth + 1)]),
  );
}

/** A text as PostgreSQL can store it. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
