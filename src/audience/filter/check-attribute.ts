import { badInput } from '../../infra/errors';
import { checkRange } from './check-values';
import type { AttributeCondition, Range, Scalar } from './filter';

const longestName = 100;
const longestText = 1000;
const longestList = 1000;
const operators = ['eq', 'in', 'contains', 'exists'] as const;
const ends = ['gt', 'gte', 'lt', 'lte'] as const;

/**
 * Checks a condition on an attribute.
 * @returns it with its operator or range alone
 * @throws BAD_USER_INPUT naming the field
 */
export function checkAttribute(field: string, condition: AttributeCondition): AttributeCondition {
  const name = condition.name.trim();
  if (name === '' || name.length > longestName || name.includes('\0'))
    throw badInput(`${field}.name`, `the name of an attribute, 1 to ${longestName} characters`);
  const given = operators.filter((operator) => condition[operator] != null);
  const range = ends.filter((end) => condition[end] != null);
  const [operator] = given;
  if (given.length + Number(range.length > 0) !== 1)
    throw badInput(field, 'exactly one of eq, in, contains, exists and a range of gt, gte, lt, lte');
  if (!operator) return { name, ...checkEnds(field, condition, range) };
  checkOperand(`${field}.${operator}`, operator, condition[operator]);
  return { name, [operator]: condition[operator] };
}

function checkOperand(field: string, operator: (typeof operators)[number], value: unknown): void {
  if (operator === 'eq') checkScalar(field, value);
  else if (operator === 'contains') checkContained(field, value as string);
  else if (operator === 'in') {
    const list = value as unknown[];
    if (list.length === 0) throw badInput(field, 'at least one value');
    if (list.length > longestList) throw badInput(field, `at most ${longestList} values`);
    list.forEach((item, i) => checkScalar(`${field}.${i}`, item));
  }
}

function checkEnds(
  field: string,
  condition: AttributeCondition,
  given: readonly (typeof ends)[number][],
): Range<Scalar> {
  const range: Partial<Record<(typeof ends)[number], Scalar>> = {};
  for (const end of given) {
    const value = checkScalar(`${field}.${end}`, condition[end]);
    if (typeof value === 'boolean') throw badInput(`${field}.${end}`, 'a number or a text');
    range[end] = value;
  }
  const numbers = Object.values(range).filter((value) => decimalIn(value) !== undefined).length;
  if (numbers > 0 && numbers < given.length) throw badInput(field, 'both ends numbers, or both texts');
  // of texts the database knows the order
  return checkRange<Scalar>(field, range, (a, b) => (numbers > 0 ? Number(a) - Number(b) : -1));
}

function checkScalar(field: string, value: unknown): Scalar {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') throw badInput(field, 'a text, a number, true or false');
  if (value.length > longestText || value.includes('\0'))
    throw badInput(field, `a text of at most ${longestText} characters`);
  return value;
}

function checkContained(field: string, text: string): void {
  if (text === '' || text.length > longestText || text.includes('\0'))
    throw badInput(field, `1 to ${longestText} characters`);
}

/**
 * The decimal number that a value is, or that its text writes out ("42", " -3.5 "), as text and so exactly. The database
 * reads the texts of attributes alike (`number_of`).
 */
export function decimalIn(value: Scalar): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return undefined;
  return /^[ \t\r\n]*([+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?)[ \t\r\n]*$/.exec(value)?.[1];
}
