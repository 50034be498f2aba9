/** Placeholders such as `{{name}}` in template parameters and free text: compiled once for a campaign, filled for each person. */

/** The person a message is rendered for. */
export interface Person {
  name: string;
  phone: string;
  email: string | null;
}

/** Fields of a person, and `link`, which only free text may use. */
const fields = ['name', 'firstName', 'phone', 'email', 'link'] as const;
type Field = (typeof fields)[number];

type Part = string | { field: Field; fallback: string };

/** A text with placeholders, compiled. */
export type Pattern = readonly Part[];

/** No two parts of it can match the same characters, so that matching takes linear time. */
const placeholder = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/g;

/**
 * Compiles a text.
 * @throws UnknownPlaceholder for a name that is no field, or for `{{link}}` where there is no link.
 */
export function compilePattern(text: string, allow: { link: boolean }): Pattern {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    const name = (match[1] ?? '').trim();
    const field = fields.find((known) => known === name);
    if (!field || (field === 'link' && !allow.link)) throw new UnknownPlaceholder(match[0], allow.link);
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ field, fallback: match[2]?.trim() ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/**
 * The text for one person. A field that is empty gives its fallback.
 * @param escape prepares what a field gives for the place where it is put
 */
export function fillPattern(
  pattern: Pattern,
  person: Person,
  link = '',
  escape?: (text: string) => string,
): string {
  let text = '';
  for (const part of pattern) {
    if (typeof part === 'string') text += part;
    else {
      const value = fieldOf(part.field, person, link) || part.fallback;
      text += escape ? escape(value) : value;
    }
  }
  return text;
}

/** The text when it is the same for everybody; undefined when it has placeholders. */
export function literalOf(pattern: Pattern): string | undefined {
  return pattern.every((part) => typeof part === 'string') ? pattern.join('') : undefined;
}

/** Characters that the text has for everybody; what placeholders give comes on top. */
export function fixedLengthOf(pattern: Pattern): number {
  return pattern.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
}

export function uses(pattern: Pattern, field: Field): boolean {
  return pattern.some((part) => typeof part !== 'string' && part.field === field);
}

export class UnknownPlaceholder extends Error {
  constructor(found: string, link: boolean) {
    const known = fields.filter((field) => link || field !== 'link').map((field) => `{{${field}}}`);
    super(
      `one of the placeholders ${known.join(' ')}, optionally with a fallback as in {{firstName|there}}, not ${found.slice(0, 60)}`,
    );
  }
}

function fieldOf(field: Field, person: Person, link: string): string {
  switch (field) {
    case 'name':
      return person.name.trim();
    case 'firstName':
      return person.name.trim().split(/\s+/, 1)[0] ?? '';
    case 'phone':
      return person.phone;
    case 'email':
      return person.email ?? '';
    case 'link':
      return link;
  }
}
