import { compilePattern, UnknownPlaceholder } from '../catalog/placeholders';
import type { Pattern } from '../catalog/placeholders';
import { badInput } from '../infra/errors';

/** Compiles a text of an input. @throws BAD_USER_INPUT naming the field, for a placeholder that is unknown */
export function checkPattern(field: string, text: string, allow: { link: boolean }): Pattern {
  if (text.includes('\0')) throw badInput(field, 'no NUL character');
  try {
    return compilePattern(text, allow);
  } catch (error) {
    if (error instanceof UnknownPlaceholder) throw badInput(field, error.message);
    throw error;
  }
}
