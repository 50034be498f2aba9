import { badInput } from '../../infra/errors';
import { ContactKind } from '../audience';

export enum LeadStatus {
  NEW = 'NEW',
  CONTACTED = 'CONTACTED',
  QUALIFIED = 'QUALIFIED',
  CONVERTED = 'CONVERTED',
  LOST = 'LOST',
}

export enum LeadQuality {
  HOT = 'HOT',
  WARM = 'WARM',
  COLD = 'COLD',
}

/** Inclusive at both ends; at least one of them. */
export interface Range<T> {
  gte?: T | null | undefined;
  lte?: T | null | undefined;
}

/** The flat filter. All conditions must hold; a list means any of; null or absent means not filtered. */
export interface AudienceFilter {
  status?: LeadStatus[] | null | undefined;
  quality?: LeadQuality[] | null | undefined;
  city?: string[] | null | undefined;
  state?: string[] | null | undefined;
  assignedUserId?: string | null | undefined;
  engagementScore?: Range<number> | null | undefined;
  /** Decimal strings. */
  totalSpent?: Range<string> | null | undefined;
  totalOrders?: Range<number> | null | undefined;
  /** Whole days since the last order; customers without an order do not match. */
  lastOrderDays?: Range<number> | null | undefined;
  tags?: string[] | null | undefined;
}

type FilterField = keyof AudienceFilter;

const fieldsOf: Record<ContactKind, readonly FilterField[]> = {
  LEAD: ['status', 'quality', 'city', 'state', 'assignedUserId', 'tags'],
  CUSTOMER: ['engagementScore', 'totalSpent', 'totalOrders', 'lastOrderDays', 'tags'],
};

/** Adds a value to the parameters of a statement and returns its placeholder, `$n`. */
export type Bind = (value: unknown) => string;

/**
 * Checks a filter against the kinds it is for and drops what is null.
 * @param path the input path of the filter, for the errors
 * @throws BAD_USER_INPUT naming the field
 */
export function checkFilter(
  filter: AudienceFilter,
  kinds: readonly ContactKind[],
  path: string,
): AudienceFilter {
  const checked: Partial<Record<FilterField, unknown>> = {};
  for (const [name, value] of Object.entries(filter) as [FilterField, AudienceFilter[FilterField]][]) {
    if (value === null || value === undefined) continue;
    const field = `${path}.${name}`;
    if (!kinds.every((kind) => fieldsOf[kind].includes(name))) {
      throw badInput(
        field,
        `a filter field of ${kinds.map((kind) => `${kind.toLowerCase()}s`).join(' and ')} (${commonFields(kinds).join(', ')})`,
      );
    }
    if (Array.isArray(value)) checkList(field, value);
    else if (typeof value === 'object') checkRange(field, value);
    else if (value.length === 0 || value.length > 200 || value.includes('\0'))
      throw badInput(field, '1 to 200 characters');
    checked[name] = value;
  }
  return checked as AudienceFilter;
}

/** The conditions on `leads` (alias c) or `customers` (alias c), to be joined by AND. All values are bound. */
export function conditions(filter: AudienceFilter, bind: Bind): string[] {
  const found: string[] = [];
  if (filter.status) found.push(`c.status = ANY(${bind(filter.status)}::text[])`);
  if (filter.quality) found.push(`c.quality = ANY(${bind(filter.quality)}::text[])`);
  if (filter.city) found.push(anyCase('c.city', filter.city, bind));
  if (filter.state) found.push(anyCase('c.state', filter.state, bind));
  if (filter.assignedUserId) found.push(`c.assigned_user_id = ${bind(filter.assignedUserId)}`);
  if (filter.tags) found.push(`c.tags && ${bind(filter.tags)}::text[]`);
  found.push(...range('c.engagement_score', 'integer', filter.engagementScore, bind));
  found.push(...range('c.total_spent', 'numeric', filter.totalSpent, bind));
  found.push(...range('c.total_orders', 'integer', filter.totalOrders, bind));
  if (filter.lastOrderDays) {
    // n whole days have passed since t  ⇔  n·24h ≤ now − t < (n+1)·24h; written on the bare column
    const { gte, lte } = filter.lastOrderDays;
    if (gte != null)
      found.push(`c.last_order_at <= now() - make_interval(hours => 24 * ${bind(gte)}::integer)`);
    if (lte != null)
      found.push(`c.last_order_at > now() - make_interval(hours => 24 * (${bind(lte)}::integer + 1))`);
  }
  return found;
}

function range(
  column: string,
  type: string,
  value: Range<number | string> | null | undefined,
  bind: Bind,
): string[] {
  const found: string[] = [];
  if (value?.gte != null) found.push(`${column} >= ${bind(value.gte)}::${type}`);
  if (value?.lte != null) found.push(`${column} <= ${bind(value.lte)}::${type}`);
  return found;
}

function commonFields(kinds: readonly ContactKind[]): FilterField[] {
  return [...new Set(kinds.flatMap((kind) => fieldsOf[kind]))].filter((name) =>
    kinds.every((kind) => fieldsOf[kind].includes(name)),
  );
}

function checkList(field: string, list: readonly string[]): void {
  if (list.length === 0) throw badInput(field, 'at least one value (leave the field out for no filter)');
  if (list.length > 1000) throw badInput(field, 'at most 1000 values');
  if (list.some((item) => item.trim() === '' || item.length > 200 || item.includes('\0'))) {
    throw badInput(field, 'values of 1 to 200 characters');
  }
}

function checkRange(field: string, { gte, lte }: Range<number | string>): void {
  if (gte == null && lte == null) throw badInput(field, 'gte, lte or both');
  if (gte != null && lte != null && millionths(gte) > millionths(lte))
    throw badInput(field, 'gte not above lte');
  if (field.endsWith('lastOrderDays')) {
    for (const days of [gte, lte]) {
      if (days != null && (Number(days) < 0 || Number(days) > 36_500))
        throw badInput(field, 'days from 0 to 36500');
    }
  }
}

/** A number with up to six decimals, exactly: with 12 digits before the point it does not fit into a double. */
function millionths(value: number | string): bigint {
  const [whole = '', decimals = ''] = String(value).split('.');
  return BigInt(whole + decimals.padEnd(6, '0'));
}

/** One of the values, whatever the case; the database folds both sides, so that both are folded alike. */
function anyCase(column: string, values: readonly string[], bind: Bind): string {
  const given = bind(values.map((value) => value.trim()));
  return `lower(btrim(${column})) IN (SELECT lower(value) FROM unnest(${given}::text[]) AS value)`;
}
