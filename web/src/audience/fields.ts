import type { ContactKind } from '../generated/graphql';
import type { FieldName, Operator } from './tree';

/** Which control takes the value of a condition. */
type ValueType =
  'options' | 'texts' | 'text' | 'whole' | 'amount' | 'attribute' | 'segment' | 'campaign' | 'none';

interface FieldDefinition {
  /** Undefined: leads and customers have it. */
  of?: ContactKind;
  value: ValueType;
  /** The first one is chosen at first. */
  operators: readonly Operator[];
  /** The values of `options`. */
  options?: readonly string[];
}

const list: readonly Operator[] = ['in', 'not in'];
const range: readonly Operator[] = ['gte', 'gt', 'lte', 'lt', 'eq', 'gte lte'];
/** Ranges that only the API writes; they are offered where a filter has one. */
export const rareOperators: readonly Operator[] = ['gte lt', 'gt lte', 'gt lt'];
const days: readonly Operator[] = ['lte', 'lt', 'gte', 'gt', 'eq', 'gte lte'];

/** The fields in the order in which they are offered. */
export const fields: Readonly<Record<FieldName, FieldDefinition>> = {
  status: {
    of: 'LEAD',
    value: 'options',
    operators: list,
    options: ['NEW', 'CONTACTED', 'QUALIFIED', 'CONVERTED', 'LOST'],
  },
  quality: { of: 'LEAD', value: 'options', operators: list, options: ['HOT', 'WARM', 'COLD'] },
  city: { of: 'LEAD', value: 'texts', operators: list },
  state: { of: 'LEAD', value: 'texts', operators: list },
  assignedUserId: { of: 'LEAD', value: 'text', operators: ['eq', 'not eq'] },
  totalSpent: { of: 'CUSTOMER', value: 'amount', operators: range },
  totalOrders: { of: 'CUSTOMER', value: 'whole', operators: range },
  lastOrderDays: { of: 'CUSTOMER', value: 'whole', operators: days },
  engagementScore: { of: 'CUSTOMER', value: 'whole', operators: range },
  tags: { value: 'texts', operators: ['in', 'all', 'not in'] },
  createdDays: { value: 'whole', operators: days },
  hasEmail: { value: 'none', operators: ['exists', 'missing'] },
  attribute: {
    value: 'attribute',
    operators: [
      'eq',
      'not eq',
      'in',
      'not in',
      'contains',
      'not contains',
      ...range.filter((end) => end !== 'eq'),
      'exists',
      'missing',
    ],
  },
  segment: { value: 'segment', operators: list },
  campaign: { value: 'campaign', operators: list },
  kind: { value: 'options', operators: ['eq'], options: ['LEAD', 'CUSTOMER'] },
};

export const fieldNames = Object.keys(fields) as FieldName[];

/** Days have these bounds in the API; other whole numbers are 32 bits wide. */
export const isDays = (field: FieldName) => field === 'lastOrderDays' || field === 'createdDays';

/** How many values an operator takes; `many` is a list. */
export function valuesOf(operator: Operator): 'none' | 'one' | 'two' | 'many' {
  if (operator === 'exists' || operator === 'missing') return 'none';
  if (operator === 'in' || operator === 'not in' || operator === 'all') return 'many';
  return operator.includes(' ') && !operator.startsWith('not ') ? 'two' : 'one';
}
