import type { AttributeConditionInput, AudienceFilterInput, ContactKind } from '../generated/graphql';
import { fields } from './fields';
import { kindsWithin, problemOf } from './problem';
import { condition, group, kept } from './tree';
import type { Audience, Condition, FieldName, Operator, Row, Scalar } from './tree';

type Kinds = readonly ContactKind[];
type Entry = [keyof AudienceFilterInput, unknown];

/** The rows that show a filter: `toFilter` of them means the same people. */
export function fromFilter(filter: AudienceFilterInput | null | undefined, kinds: Kinds): Audience {
  const { not, ...included } = filter ?? {};
  const entries = entriesOf(included);
  const single = singleCondition(included, entries, kinds);
  const within = single ? scopeOfRow(single, kinds) : scopeOf(included, kinds);
  const include =
    included.or && entries.length === 1
      ? group(
          'any',
          included.or.map((one) => rowOf(one, kinds)),
        )
      : group('all', single ? [single] : rowsOf(included, within));
  return { include, leaveOut: group('none', leftOut(not, within)) };
}

function scopeOfRow(row: Row, kinds: Kinds): Kinds {
  return kindsWithin(group('all', [row]), kinds);
}

function leftOut(not: AudienceFilterInput | null | undefined, kinds: Kinds): Row[] {
  if (!not) return [];
  const any = not.or && entriesOf(not).length === 1 ? not.or : [not];
  return any.map((one) => rowOf(one, kinds));
}

function entriesOf(filter: AudienceFilterInput): Entry[] {
  return (Object.entries(filter) as Entry[]).filter(([, value]) => value !== null && value !== undefined);
}

/** The kind that a filter says of its contacts, in itself or in a branch of `and` with nothing else. */
function scopeOf(filter: AudienceFilterInput, outer: Kinds): Kinds {
  const said = filter.kind ?? filter.and?.find((one) => one.kind && entriesOf(one).length === 1)?.kind;
  return said ? [said] : outer;
}

function rowOf(filter: AudienceFilterInput, kinds: Kinds): Row {
  const entries = entriesOf(filter);
  const single = singleCondition(filter, entries, kinds);
  if (single) return single;
  if (entries.length === 0) return kept({});
  const [key] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (key === 'or')
    return group(
      'any',
      filter.or?.map((one) => rowOf(one, kinds)),
    );
  if (key === 'not' && filter.not) return negationOf(filter.not, kinds);
  const rows = rowsOf(filter, scopeOf(filter, kinds));
  const [only] = rows;
  return rows.length === 1 && only && key !== 'and' ? only : group('all', rows);
}

function negationOf(not: AudienceFilterInput, kinds: Kinds): Row {
  const entries = entriesOf(not);
  if (entries.length === 1 && not.or)
    return group(
      'none',
      not.or.map((one) => rowOf(one, kinds)),
    );
  const single = singleCondition(not, entries, kinds);
  const negated =
    single?.type === 'condition' && single.field !== '' && (`not ${single.operator}` as Operator);
  if (negated && fields[single.field as FieldName].operators.includes(negated))
    return { ...single, operator: negated };
  return group('none', [single ?? rowOf(not, kinds)]);
}

/** A filter that is one condition; where both kinds are meant, also one on a field of one kind beside this kind. */
function singleCondition(
  filter: AudienceFilterInput,
  entries: readonly Entry[],
  kinds: Kinds,
): Row | undefined {
  if (entries.some(([key]) => key === 'and' || key === 'or' || key === 'not')) return undefined;
  const [only] = entries;
  if (entries.length === 1 && only) {
    const rows = conditionRows(only, kinds);
    return rows.length === 1 ? rows[0] : undefined;
  }
  if (entries.length !== 2 || !filter.kind || kinds.length < 2) return undefined;
  const beside = entries.find(([key]) => key !== 'kind');
  const rows = beside ? conditionRows(beside, [filter.kind]) : [];
  const [row] = rows;
  const ofKind = row?.type === 'condition' && row.field !== '' && fields[row.field].of === filter.kind;
  return rows.length === 1 && ofKind ? row : undefined;
}

/** All fields of an object, each of which must match. */
function rowsOf(filter: AudienceFilterInput, kinds: Kinds): Row[] {
  return entriesOf(filter).flatMap((entry) => {
    const [key] = entry;
    if (key === 'and') return filter.and?.map((one) => rowOf(one, kinds)) ?? [];
    if (key === 'or')
      return [
        group(
          'any',
          filter.or?.map((one) => rowOf(one, kinds)),
        ),
      ];
    if (key === 'not') return filter.not ? [negationOf(filter.not, kinds)] : [];
    return conditionRows(entry, kinds);
  });
}

/** The rows of one field: several for attributes. What has no row, or not just this meaning, is kept. */
function conditionRows([key, value]: Entry, kinds: Kinds): Row[] {
  if (key === 'attributes' && Array.isArray(value) && value.length > 0)
    return (value as AttributeConditionInput[]).map((one) => {
      const row = attributeRow(one);
      return row && !problemOf(row, kinds) ? row : kept({ attributes: [one] });
    });
  const row = conditionRow(key, value);
  return [row && !problemOf(row, kinds) ? row : kept({ [key]: value })];
}

function conditionRow(key: keyof AudienceFilterInput, value: unknown): Condition | undefined {
  switch (key) {
    case 'hasEmail':
      return condition({ field: 'hasEmail', operator: value === true ? 'exists' : 'missing' });
    case 'kind':
    case 'assignedUserId':
      return condition({ field: key, operator: 'eq', values: [String(value)] });
    case 'segmentId':
      return condition({ field: 'segment', operator: 'in', values: [String(value)] });
    case 'campaign': {
      const { campaignId, outcome, ...others } = value as NonNullable<AudienceFilterInput['campaign']>;
      if (Object.values(others).some((one) => one != null) || outcome?.length === 0) return undefined;
      return condition({ field: 'campaign', operator: 'in', values: [campaignId], outcomes: outcome ?? [] });
    }
    case 'tagsAll':
      return condition({ field: 'tags', operator: 'all', values: value as string[] });
    case 'status':
    case 'quality':
    case 'city':
    case 'state':
    case 'tags':
      return condition({ field: key, operator: 'in', values: value as string[] });
    case 'totalSpent':
    case 'totalOrders':
    case 'engagementScore':
    case 'lastOrderDays':
    case 'createdDays':
      return rangeRow(condition({ field: key }), value as Record<string, unknown>);
    case 'and':
    case 'or':
    case 'not':
    case 'attributes':
    default:
      return undefined; // also a field that a later version of the API has
  }
}

const ends = ['gte', 'gt', 'lte', 'lt', 'eq'];

/** @param range of the ends alone */
function rangeRow(row: Condition, range: Record<string, unknown>): Condition | undefined {
  const given = Object.entries(range).filter(([, value]) => value !== null && value !== undefined);
  if (given.length === 0 || given.some(([end]) => !ends.includes(end))) return undefined;
  given.sort(([a], [b]) => ends.indexOf(a) - ends.indexOf(b));
  const operator = given.map(([end]) => end).join(' ');
  if (!['eq', 'gte', 'gt', 'lte', 'lt', 'gte lte', 'gte lt', 'gt lte', 'gt lt'].includes(operator))
    return undefined;
  return { ...row, operator: operator as Operator, values: given.map(([, value]) => value as Scalar) };
}

function attributeRow({ name, ...others }: AttributeConditionInput): Condition | undefined {
  const given = Object.entries(others).filter(([, value]) => value !== null && value !== undefined);
  const [key, value] = given[0] ?? [];
  const row = condition({ field: 'attribute', name });
  if (given.length === 1 && key === 'exists')
    return { ...row, operator: value === true ? 'exists' : 'missing' };
  if (given.length === 1 && key === 'in') return { ...row, operator: 'in', values: value as Scalar[] };
  if (given.length === 1 && key === 'contains')
    return { ...row, operator: 'contains', values: [value as string] };
  return rangeRow(row, others);
}
