import type {
  AttributeConditionInput,
  AudienceFilterInput,
  ContactKind,
  RecipientOutcome,
} from '../generated/graphql';
import { fields, valuesOf } from './fields';
import { kindsWithin, numberIn, problemOf, valuesIn } from './problem';
import type { Audience, Condition, Group, Row, Scalar } from './tree';

type Kinds = readonly ContactKind[];

/** What the API takes. */
export const deepest = 6;
export const mostConditions = 100;

/**
 * The filter that an audience means. Rows that are not complete, and groups without rows, are left out of it.
 *
 * Rows keep their order: each is an object in `and` or `or`. Where that nests deeper than the API allows, the fields
 * of a group stand in one object instead, which saves levels but not the order.
 */
export function toFilter(audience: Audience, kinds: Kinds): AudienceFilterInput {
  const filter = ordered(audience, kinds);
  return depthOf(filter) > deepest ? compact(audience, kinds) : filter;
}

function ordered({ include, leaveOut }: Audience, kinds: Kinds): AudienceFilterInput {
  const within = kindsWithin(include, kinds);
  const left = groupFilter(leaveOut, within);
  return { ...rootFilter(include, within), ...left };
}

/** One condition stands by itself, others in a list. `not` of the root is what is left out. */
function rootFilter({ mode, rows }: Group, kinds: Kinds): AudienceFilterInput {
  const complete = rows.flatMap((row) => {
    const filter = rowFilter(row, kinds);
    return filter ? [{ row, filter }] : [];
  });
  const filters = complete.map(({ filter }) => filter);
  const [first, second] = complete;
  if (!first) return {};
  if (mode === 'any') return { or: filters };
  const alone = second === undefined && first.row.type === 'condition' && !first.filter.not;
  return alone ? first.filter : { and: filters };
}

function rowFilter(row: Row, kinds: Kinds): AudienceFilterInput | undefined {
  if (row.type === 'kept') return row.filter;
  return row.type === 'group' ? groupFilter(row, kinds) : conditionFilter(row, kinds);
}

function groupFilter(group: Group, outer: Kinds): AudienceFilterInput | undefined {
  const kinds = kindsWithin(group, outer);
  const filters = group.rows.flatMap((row) => rowFilter(row, kinds) ?? []);
  if (filters.length === 0) return undefined;
  if (group.mode === 'none') return { not: { or: filters } };
  return group.mode === 'any' ? { or: filters } : { and: filters };
}

/** With its kind where both are meant: a field that only one kind has needs it. */
function conditionFilter(condition: Condition, kinds: Kinds): AudienceFilterInput | undefined {
  if (condition.field === '' || problemOf(condition, kinds)) return undefined;
  const { of } = fields[condition.field];
  const leaf = { ...(of !== undefined && kinds.length > 1 && { kind: of }), ...leafOf(condition) };
  return condition.operator.startsWith('not ') ? { not: leaf } : leaf;
}

function leafOf(condition: Condition): AudienceFilterInput {
  const { field, operator } = condition;
  const values = valuesIn(condition);
  const [value] = values;
  switch (field) {
    case 'attribute':
      return { attributes: [attributeOf(condition, values)] };
    case 'hasEmail':
      return { hasEmail: operator === 'exists' };
    case 'segment':
      return { segmentId: String(value) };
    case 'campaign': {
      const outcome = condition.outcomes as RecipientOutcome[];
      return {
        campaign: { campaignId: String(value), ...(outcome.length > 0 && { outcome: [...outcome] }) },
      };
    }
    case 'kind':
    case 'assignedUserId':
      return { [field]: value };
    case 'tags':
      return operator === 'all' ? { tagsAll: values as string[] } : { tags: values as string[] };
    case 'totalSpent':
      return { totalSpent: ends(operator, values.map(numberIn)) };
    case 'totalOrders':
    case 'engagementScore':
    case 'lastOrderDays':
    case 'createdDays':
      return {
        [field]: ends(
          operator,
          values.map((one) => Number(numberIn(one))),
        ),
      };
    case 'status':
    case 'quality':
    case 'city':
    case 'state':
    case '':
      return { [field]: values };
  }
}

function attributeOf({ name, operator }: Condition, values: readonly Scalar[]): AttributeConditionInput {
  const plain = operator.replace('not ', '');
  if (valuesOf(operator) === 'none') return { name: name.trim(), exists: operator === 'exists' };
  if (plain === 'in') return { name: name.trim(), in: [...values] };
  if (plain === 'contains') return { name: name.trim(), contains: String(values[0]) };
  return { name: name.trim(), ...ends(plain, values) };
}

/** `{ gte: 1, lte: 2 }` of "gte lte" and its two values. */
function ends(operator: string, values: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(operator.split(' ').map((end, i) => [end, values[i]]));
}

function compact({ include, leaveOut }: Audience, kinds: Kinds): AudienceFilterInput {
  const within = kindsWithin(include, kinds);
  return merged([leaveOut, ...(include.mode === 'all' ? include.rows : [include])], within) ?? {};
}

/** The rows in one object, as far as no field is needed twice; the others in its `and`. */
function merged(rows: readonly Row[], kinds: Kinds): AudienceFilterInput | undefined {
  const filters = rows.flatMap((row) => {
    const filter = compactRow(row, kinds);
    return filter ? [{ filter, whole: (row.type === 'group' && row.mode === 'all') || 'and' in filter }] : [];
  });
  if (filters.length === 0) return undefined;
  // Of two that need the same field, the deeper one stands in the object itself.
  filters.sort((a, b) => depthOf(b.filter) - depthOf(a.filter));
  const object: Record<string, unknown> = {};
  const and: AudienceFilterInput[] = [];
  for (const { filter, whole } of filters) {
    const fits = Object.entries(filter).every(([key, value]) => !(key in object) || object[key] === value);
    const { attributes, ...others } = filter;
    if (whole) and.push(filter);
    else if (fits) Object.assign(object, filter);
    else if (attributes && Array.isArray(object.attributes) && Object.keys(others).length === 0)
      object.attributes = [...(object.attributes as unknown[]), ...attributes];
    else and.push(filter);
  }
  return { ...object, ...(and.length > 0 && { and }) };
}

function compactRow(row: Row, outer: Kinds): AudienceFilterInput | undefined {
  if (row.type !== 'group') return rowFilter(row, outer);
  const kinds = kindsWithin(row, outer);
  if (row.mode === 'all') return merged(row.rows, kinds);
  const or = row.rows.flatMap((one) => compactRow(one, kinds) ?? []);
  const [only, second] = or;
  if (only === undefined) return undefined;
  if (row.mode === 'any') return { or };
  return { not: second === undefined ? only : { or } };
}

/** How many objects of a filter stand within each other; the API takes 6. */
export function depthOf(filter: AudienceFilterInput): number {
  const within = [...(filter.and ?? []), ...(filter.or ?? []), ...(filter.not ? [filter.not] : [])];
  return 1 + Math.max(0, ...within.map(depthOf));
}

/** As the API counts them: each field is one, and each element of `attributes`. */
export function conditionCount(filter: AudienceFilterInput): number {
  let count = 0;
  for (const [key, value] of Object.entries(filter)) {
    if (value === null || value === undefined) continue;
    if (key === 'and' || key === 'or')
      for (const branch of value as AudienceFilterInput[]) count += conditionCount(branch);
    else if (key === 'not') count += conditionCount(value as AudienceFilterInput);
    else count += key === 'attributes' ? (value as unknown[]).length : 1;
  }
  return count;
}
