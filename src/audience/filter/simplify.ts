import { ContactKind } from '../audience';
import { countConditions } from './count';
import type { ResolvedFilter } from './filter';

const foreign: Record<ContactKind, readonly (keyof ResolvedFilter)[]> = {
  LEAD: ['engagementScore', 'totalSpent', 'totalOrders', 'lastOrderDays'],
  CUSTOMER: ['status', 'quality', 'city', 'state', 'assignedUserId'],
};

/**
 * What a filter asks of contacts of one kind: branches of the other kind are decided already. True when everybody of the
 * kind matches, false when nobody does. Without this step the statement would have parameters that it does not use.
 */
export function simplify(filter: ResolvedFilter, kind: ContactKind): ResolvedFilter | boolean {
  const { kind: said, and, or, not, segment, ...flat } = filter;
  // a field of the other kind stands beside the object that says that kind
  if ((said && said !== kind) || foreign[kind].some((name) => filter[name] != null)) return false;
  const parts = (and ?? []).map((one) => simplify(one, kind));
  if (segment) parts.push(segment.kinds.includes(kind) && simplify(segment.filter, kind));
  if (not) parts.push(negated(simplify(not, kind)));
  if (or) parts.push(anyOf(or.map((one) => simplify(one, kind))));
  if (parts.includes(false)) return false;
  const needed = parts.filter((part) => typeof part !== 'boolean');
  if (needed.length === 0) return countConditions(flat) > 0 ? flat : true;
  return { ...flat, and: needed };
}

function negated(part: ResolvedFilter | boolean): ResolvedFilter | boolean {
  return typeof part === 'boolean' ? !part : { not: part };
}

function anyOf(parts: readonly (ResolvedFilter | boolean)[]): ResolvedFilter | boolean {
  if (parts.includes(true)) return true;
  const needed = parts.filter((part) => typeof part !== 'boolean');
  return needed.length > 0 && { or: needed };
}
