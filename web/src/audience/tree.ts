import type { AudienceFilterInput, RecipientOutcome } from '../generated/graphql';

/** What a condition is about. */
export type FieldName =
  | 'kind'
  | 'status'
  | 'quality'
  | 'city'
  | 'state'
  | 'assignedUserId'
  | 'engagementScore'
  | 'totalSpent'
  | 'totalOrders'
  | 'lastOrderDays'
  | 'tags'
  | 'createdDays'
  | 'hasEmail'
  | 'attribute'
  | 'segment'
  | 'campaign';

/** An end of a range, or two, by their names in the API. */
export type RangeOperator = 'eq' | 'gte' | 'gt' | 'lte' | 'lt' | 'gte lte' | 'gte lt' | 'gt lte' | 'gt lt';

export type Operator =
  RangeOperator | 'in' | 'not in' | 'all' | 'not eq' | 'contains' | 'not contains' | 'exists' | 'missing';

export type Scalar = string | number | boolean;

/** One row of the builder. What its operator does not use is empty. */
export interface Condition {
  type: 'condition';
  id: string;
  /** Empty until one is chosen. */
  field: FieldName | '';
  operator: Operator;
  /** The list, the one value, or the ends of a range from below; an id for a segment or campaign. */
  values: readonly Scalar[];
  /** What is typed into a list and not yet one of its values: it counts as one. */
  pending: string;
  /** Of an attribute. */
  name: string;
  /** Of a campaign; empty means whatever became of the message. */
  outcomes: readonly RecipientOutcome[];
}

export type GroupMode = 'all' | 'any' | 'none';

/** Rows of which all must match, at least one, or none. */
export interface Group {
  type: 'group';
  id: string;
  mode: GroupMode;
  rows: readonly Row[];
}

/** A part of a filter that the builder has no row for: it is said, and kept as it is. */
export interface Kept {
  type: 'kept';
  id: string;
  filter: AudienceFilterInput;
}

export type Row = Condition | Group | Kept;

/** What the builder shows: who is meant, and who of them is left out (`none` of whose rows may match). */
export interface Audience {
  include: Group;
  leaveOut: Group;
}

/** Rows may be kept over a reload, so that ids go on from there. */
let lastId = Date.now();
const newId = () => `row${(lastId += 1)}`;

export function condition(values: Partial<Omit<Condition, 'type' | 'id'>> = {}): Condition {
  return {
    type: 'condition',
    id: newId(),
    field: '',
    operator: 'in',
    values: [],
    pending: '',
    name: '',
    outcomes: [],
    ...values,
  };
}

export function group(mode: GroupMode, rows: readonly Row[] = []): Group {
  return { type: 'group', id: newId(), mode, rows };
}

export function kept(filter: AudienceFilterInput): Kept {
  return { type: 'kept', id: newId(), filter };
}

/** The group with another row in the place of the one with this id, or without it. */
export function replaceRow(within: Group, id: string, next?: Row): Group {
  return { ...within, rows: within.rows.flatMap((row) => (row.id === id ? (next ?? []) : row)) };
}
