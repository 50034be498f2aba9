import type { ImportKind } from '../generated/graphql';

/** What a file can hold, as it stands in addresses. */
export const kinds = ['leads', 'customers', 'optouts'] as const;
export type Kind = (typeof kinds)[number];

export function isKind(value: unknown): value is Kind {
  return kinds.some((kind) => kind === value);
}

/** The kind of an import of the API as it stands in addresses. */
export function kindInAddress(kind: ImportKind): Kind {
  return kind === 'OPTOUTS' ? 'optouts' : kind === 'CUSTOMERS' ? 'customers' : 'leads';
}

/** The search of the screen of contacts that shows what came of an import; leads are what it shows without one. */
export function contactsShown(kind: ImportKind): { kind?: 'customers' } {
  return kind === 'CUSTOMERS' ? { kind: 'customers' } : {};
}

const ofPeople = ['phone', 'name', 'firstName', 'lastName', 'email', 'tags', 'externalId', 'bsuid'] as const;

/** What a column can become, in the order in which it is offered. The same list as the server's. */
export const fieldsOf = {
  leads: [...ofPeople, 'status', 'quality', 'city', 'state', 'assignedUserId'],
  customers: [...ofPeople, 'totalSpent', 'totalOrders', 'lastOrderAt', 'lastOrderDays', 'engagementScore'],
  optouts: ['phone', 'reason'],
} as const satisfies Record<Kind, readonly string[]>;
