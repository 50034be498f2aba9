import type { ContactKind } from '../generated/graphql';
import { fields, isDays, valuesOf } from './fields';
import type { Condition, Group, Scalar } from './tree';

/** What a condition lacks: it is left out of the filter until it is mended. */
export type Problem =
  | 'field'
  | 'name'
  | 'value'
  | 'segment'
  | 'campaign'
  | 'long'
  | 'many'
  | 'whole'
  | 'days'
  | 'amount'
  | 'order'
  | 'LEAD'
  | 'CUSTOMER';

const mostValues = 1000;

/** @param kinds whom the rows beside the condition can mean */
export function problemOf(condition: Condition, kinds: readonly ContactKind[]): Problem | undefined {
  const { field, operator, name } = condition;
  if (field === '') return 'field';
  const { of, value, options } = fields[field];
  if (of !== undefined && !kinds.includes(of)) return of;
  if (value === 'attribute' && name.trim() === '') return 'name';
  const needed = valuesOf(operator);
  if (needed === 'none') return undefined;
  const values = valuesIn(condition);
  if (values.length < (needed === 'two' ? 2 : 1) || values.some((one) => String(one).trim() === ''))
    return value === 'segment' || value === 'campaign' ? value : 'value';
  if (options && values.some((one) => !options.includes(String(one)))) return 'value';
  if (values.length > mostValues) return 'many';
  if (values.some((one) => String(one).length > (value === 'attribute' ? 1000 : 200))) return 'long';
  const wrong = wrongNumber(condition, values);
  return wrong ?? (needed === 'two' && disordered(condition, values) ? 'order' : undefined);
}

/** The values of a condition, with what is typed and not yet among them. */
export function valuesIn({ operator, values, pending }: Condition): readonly Scalar[] {
  const typed = pending.trim();
  if (valuesOf(operator) !== 'many' || typed === '' || values.includes(typed)) return values;
  return [...values, typed];
}

function wrongNumber({ field }: Condition, values: readonly Scalar[]): Problem | undefined {
  if (field === '') return undefined;
  const { value } = fields[field];
  if (value === 'amount') return values.some((one) => numberIn(one) === undefined) ? 'amount' : undefined;
  if (value !== 'whole') return undefined;
  const numbers = values.map(numberIn);
  if (isDays(field))
    return numbers.some((one) => one === undefined || !/^\d+$/.test(one) || Number(one) > 36_500)
      ? 'days'
      : undefined;
  return numbers.some(
    (one) => one === undefined || !/^-?\d+$/.test(one) || Math.abs(Number(one)) > 2_147_483_647,
  )
    ? 'whole'
    : undefined;
}

/** Whether a range cannot be met, which the API refuses. */
function disordered({ operator }: Condition, values: readonly Scalar[]): boolean {
  const [from, to] = values.map(numberIn);
  const strict = operator !== 'gte lte';
  if (from !== undefined && to !== undefined)
    return Number(from) > Number(to) || (strict && Number(from) === Number(to));
  // Texts are compared by the server; a number and a text have no order.
  return (from === undefined) !== (to === undefined);
}

/** "1,000.50" or "1,00,000" as the API writes it, "1000.50"; undefined if it is no number. */
export function numberIn(value: Scalar): string | undefined {
  const text = String(value).trim();
  const plain = /^-?\d{1,3}(?:,\d{2,3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  return /^-?\d{1,12}(?:\.\d{1,6})?$/.test(plain) ? plain : undefined;
}

/**
 * Whom the rows of a group can mean: one kind if one of them says so, else those of the group itself. In a group that
 * can mean both, a condition on a field of one kind means contacts of this kind.
 */
export function kindsWithin({ mode, rows }: Group, outer: readonly ContactKind[]): readonly ContactKind[] {
  if (mode !== 'all') return outer;
  for (const row of rows)
    if (row.type === 'condition' && row.field === 'kind' && problemOf(row, outer) === undefined)
      return [row.values[0] as ContactKind];
  return outer;
}

/** How many conditions are not complete, and so not in the filter. */
export function incompleteIn(group: Group, outer: readonly ContactKind[]): number {
  const kinds = kindsWithin(group, outer);
  return group.rows.reduce((count, row) => {
    if (row.type === 'condition') return count + Number(problemOf(row, kinds) !== undefined);
    return row.type === 'group' ? count + incompleteIn(row, kinds) : count;
  }, 0);
}
