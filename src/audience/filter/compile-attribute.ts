import { decimalIn } from './check-attribute';
import type { AttributeCondition, Bind, Scalar } from './filter';

const comparisons = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * The condition on an attribute of the contact (alias c). Names and values are bound. Texts compare without case and outer
 * blanks. Numbers compare as numbers, also those that an import stored as text; so do texts that write a number.
 */
export function attributeCondition(condition: AttributeCondition, bind: Bind): string {
  const name = bind(condition.name);
  const value = `(c.attributes -> ${name}::text)`;
  const text = `(c.attributes ->> ${name}::text)`;
  if (condition.exists != null)
    return `coalesce(jsonb_typeof(${value}), 'null') ${condition.exists ? '<>' : '='} 'null'`;
  if (condition.contains != null) return `strpos(fold(${text}), fold(${bind(condition.contains)}::text)) > 0`;
  if (condition.in != null) return equalsAny(value, text, condition.in as Scalar[], bind);
  if (condition.eq != null) return equalsAny(value, text, [condition.eq as Scalar], bind);
  const ends = (Object.keys(comparisons) as (keyof typeof comparisons)[]).flatMap((end) => {
    const given = condition[end] as Scalar | null | undefined;
    return given == null ? [] : [`${compared(value, text, given, bind, comparisons[end])}`];
  });
  return `(${ends.join(' AND ')})`;
}

function compared(value: string, text: string, given: Scalar, bind: Bind, operator: string): string {
  const number = decimalIn(given);
  if (number !== undefined) return `number_of(${value}) ${operator} ${bind(number)}::numeric`;
  // by code point, so that dates of ISO 8601 follow each other
  const folded = `fold(btrim(${bind(String(given))}::text)) COLLATE "C"`;
  return `(jsonb_typeof(${value}) = 'string' AND fold(btrim(${text})) COLLATE "C" ${operator} ${folded})`;
}

function equalsAny(value: string, text: string, given: readonly Scalar[], bind: Bind): string {
  const numbers = given.flatMap((one) => decimalIn(one) ?? []);
  const texts = given.filter((one) => typeof one !== 'number').map((one) => String(one));
  const parts: string[] = [];
  if (numbers.length > 0) parts.push(`number_of(${value}) = ANY (${bind(numbers)}::numeric[])`);
  if (texts.length > 0) parts.push(`fold(btrim(${text})) = ANY (fold_all(${bind(texts)}::text[]))`);
  return `(${parts.join(' OR ')})`;
}
