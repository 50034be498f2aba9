import { badInput } from './errors';

/** Whether a text is a UUID. Any other text given as an id names nothing, and PostgreSQL would refuse it. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/**
 * Checks a text field of an input and trims it.
 * @throws BAD_USER_INPUT naming the field: too short, too long, or with a NUL character, which PostgreSQL cannot store
 */
export function checkText(field: string, text: string, max: number, min = 1): string {
  const trimmed = text.trim();
  if (trimmed.length < min || text.length > max || text.includes('\0')) {
    throw badInput(field, `${min === 0 ? 'at most' : `${min} to`} ${max} characters without NUL`);
  }
  return trimmed;
}
