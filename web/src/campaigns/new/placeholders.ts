/** Placeholders of a value, as the API fills them for each person: `{{firstName}}`, `{{firstName|there}}`. */

/** What a placeholder can take from a contact. */
export const contactFields = ['firstName', 'name', 'phone', 'email'] as const;
export type ContactField = (typeof contactFields)[number];

export interface Person {
  name: string;
  phone: string;
  email: string | null;
}

const placeholder = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/g;

/** The text for one person: a field that is empty gives its fallback. */
export function fill(text: string, person: Person): string {
  return text.replaceAll(placeholder, (whole: string, name: string, fallback?: string) => {
    const field = fieldNamed(name);
    return field ? fieldOf(field, person) || (fallback?.trim() ?? '') : whole;
  });
}

/** The first placeholder that names no field of a contact, nor one of `others`: the API refuses it. */
export function unknownPlaceholder(text: string, others: readonly string[] = []): string | undefined {
  for (const [whole, name = ''] of text.matchAll(placeholder))
    if (!fieldNamed(name) && !others.includes(name.trim())) return whole;
  return undefined;
}

/** Whether the text has a tracked link: `{{link}}`, in a message without a template only. */
export function hasLink(text: string): boolean {
  return /\{\{\s*link\s*\}\}/.test(text);
}

/** A placeholder for a field, with what stands in its place where the contact does not have it. */
export function placeholderOf(field: ContactField, fallback: string): string {
  return fallback.trim() === '' ? `{{${field}}}` : `{{${field}|${fallback.trim()}}}`;
}

function fieldNamed(name: string): ContactField | undefined {
  return contactFields.find((field) => field === name.trim());
}

function fieldOf(field: ContactField, { name, phone, email }: Person): string {
  switch (field) {
    case 'name':
      return name.trim();
    case 'firstName':
      return name.trim().split(/\s+/, 1)[0] ?? '';
    case 'phone':
      return phone;
    case 'email':
      return email ?? '';
  }
}
