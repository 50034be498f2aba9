/** Somebody who was named in a list. */
interface NamedPerson {
  phone: string;
  name: string;
}

/** The most people that the API takes in a list. */
export const mostNumbers = 10_000;

/**
 * The people of a typed or pasted list, one in each line: a phone number, and perhaps a name before or after it, with a
 * comma, a semicolon or a tab between them.
 */
export function peopleIn(text: string): NamedPerson[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const parts = line
      .split(/[,;\t]/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
    const [first = ''] = parts;
    if (first === '') return [];
    const phone = parts.reduce((most, part) => (digitsIn(part) > digitsIn(most) ? part : most), first);
    return [{ phone, name: parts.filter((part) => part !== phone).join(' ') }];
  });
}

/** The same people as such a list. */
export function listOf(people: readonly { phone: string; name?: string | null }[]): string {
  return people.map(({ phone, name }) => (name ? `${phone}, ${name}` : phone)).join('\n');
}

function digitsIn(text: string): number {
  return text.replaceAll(/\D/g, '').length;
}
