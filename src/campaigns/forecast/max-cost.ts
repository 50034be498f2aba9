import { badInput } from '../../infra/errors';
import { decimalText } from './money';

/** The most that a campaign may cost, as it is stored; null for no limit. @throws BAD_USER_INPUT naming the field */
export function checkMaxCost(field: string, given: string | null): string | null {
  if (given === null) return null;
  if (!(Number(given) > 0)) throw badInput(field, 'an amount above 0');
  return decimalText(given);
}
