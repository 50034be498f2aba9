import { badInput } from '../../infra/errors';
import type { Range } from './filter';

const longestText = 200;
const longestList = 1000;
const mostDays = 36_500;

/** @throws BAD_USER_INPUT naming the field */
export function checkValue(field: string, text: string): void {
  if (text.trim() === '' || text.length > longestText || text.includes('\0'))
    throw badInput(field, `1 to ${longestText} characters`);
}

/** @throws BAD_USER_INPUT naming the field */
export function checkList(field: string, list: readonly unknown[]): void {
  if (list.length === 0) throw badInput(field, 'at least one value (leave the field out for no filter)');
  if (list.length > longestList) throw badInput(field, `at most ${longestList} values`);
  if (list.some((item) => typeof item === 'string' && !isValue(item)))
    throw badInput(field, `values of 1 to ${longestText} characters`);
}

function isValue(text: string): boolean {
  return text.trim() !== '' && text.length <= longestText && !text.includes('\0');
}

/**
 * Checks that a range has `eq` alone, or at most one lower and one upper end in their order.
 * @param compare negative when the first is the smaller
 * @returns the range without what is null
 * @throws BAD_USER_INPUT naming the field
 */
export function checkRange<T>(field: string, range: Range<T>, compare: (a: T, b: T) => number): Range<T> {
  const { eq, gt, gte, lt, lte } = range;
  if (eq != null) {
    if ([gt, gte, lt, lte].some((end) => end != null))
      throw badInput(field, 'eq without gt, gte, lt and lte');
    return { eq };
  }
  if (gt != null && gte != null) throw badInput(field, 'gt or gte, not both');
  if (lt != null && lte != null) throw badInput(field, 'lt or lte, not both');
  const [lower, upper] = [gt ?? gte, lt ?? lte];
  if (lower == null && upper == null)
    throw badInput(field, 'gte, lte or both (gt and lt leave the end out), or eq');
  if (lower != null && upper != null) {
    const order = compare(lower, upper);
    const names = [gt == null ? 'gte' : 'gt', lt == null ? 'lte' : 'lt'] as const;
    if (order > 0) throw badInput(field, `${names[0]} not above ${names[1]}`);
    if (order === 0 && (gt != null || lt != null)) throw badInput(field, `${names[0]} below ${names[1]}`);
  }
  return Object.fromEntries(Object.entries({ gt, gte, lt, lte }).filter(([, end]) => end != null));
}

/** @throws BAD_USER_INPUT naming the field unless all ends are days that a calendar has */
export function checkDays(field: string, range: Range<number>): void {
  const ends = Object.values(range) as number[];
  if (ends.some((days) => days < 0 || days > mostDays)) throw badInput(field, `days from 0 to ${mostDays}`);
}

/** Compares decimal numbers exactly: with 12 digits before the point they do not fit into a double. */
export function compareDecimals(a: number | string, b: number | string): number {
  const [left, right] = [millionths(a), millionths(b)];
  return left < right ? -1 : Number(left > right);
}

/** A number with up to six decimals. */
function millionths(value: number | string): bigint {
  const [whole = '', decimals = ''] = String(value).split('.');
  return BigInt(whole + decimals.padEnd(6, '0'));
}
