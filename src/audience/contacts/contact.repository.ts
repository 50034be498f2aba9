import { In } from 'typeorm';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { ContactKind } from '../audience';
import { filterCondition } from '../filter/compile';
import type { Bind, ResolvedFilter } from '../filter/filter';
import { Customer, Lead } from './contact.entity';
import type { ContactType } from './contact.graphql';
import { searchCondition } from './search';

/** Which contacts are listed. */
export interface ContactList {
  businessId: string;
  kind: ContactKind;
  /** Checked. */
  filter: ResolvedFilter;
  /** What the person searching typed; blank lists all. */
  search: string;
  /** Of the business, for phones without a country code. */
  country: string;
}

/** A contact's place in a list: the time as text, with its microseconds. */
export type ContactKey = readonly [createdAt: string, id: string];

export const tableOf: Record<ContactKind, 'leads' | 'customers'> = { LEAD: 'leads', CUSTOMER: 'customers' };

/**
 * Up to `limit` contacts after a place, newest first, with their places. The planner chooses between the newest first
 * until enough match, and all that the search finds: with a million contacts of a business a search takes 1 to 30 ms.
 */
export async function listContacts(
  sql: Sql,
  list: ContactList,
  limit: number,
  after: ContactKey | undefined,
): Promise<{ contact: ContactType; key: ContactKey }[]> {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const where = listed(list, bind);
  if (after) where.push(`(c.created_at, c.id) < (${bind(after[0])}::timestamptz, ${bind(after[1])}::uuid)`);
  const found = await rows<{ id: string; at: string }>(
    sql,
    `/* contacts */ SELECT c.id, c.created_at::text AS at FROM ${tableOf[list.kind]} c WHERE ${where.join(' AND ')}
     ORDER BY c.created_at DESC, c.id DESC LIMIT ${bind(limit)}`,
    parameters,
  );
  const contacts = await contactsById(
    sql,
    list.kind,
    found.map(({ id }) => id),
  );
  return found.flatMap(({ id, at }) => {
    // deleted since
    const contact = contacts.get(id);
    return contact ? [{ contact, key: [at, id] as const }] : [];
  });
}

/** All contacts of a list: without a search it reads each contact of the business. */
export async function countContacts(sql: Sql, list: ContactList): Promise<number> {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const [found] = await rows<{ count: number }>(
    sql,
    `/* countContacts */ SELECT count(*)::int AS count FROM ${tableOf[list.kind]} c
     WHERE ${listed(list, bind).join(' AND ')}`,
    parameters,
  );
  return found?.count ?? 0;
}

function listed({ businessId, kind, filter, search, country }: ContactList, bind: Bind): string[] {
  const wanted = searchCondition(search, country, bind);
  return [
    `c.business_id = ${bind(businessId)}`,
    filterCondition(filter, kind, businessId, bind),
    ...(wanted === undefined ? [] : [wanted]),
  ];
}

/** Contacts of one kind by id; unknown ids are missing. */
export async function contactsById(
  sql: Sql,
  kind: ContactKind,
  ids: readonly string[],
): Promise<Map<string, ContactType>> {
  if (ids.length === 0) return new Map();
  const found =
    kind === ContactKind.LEAD
      ? await sql.getRepository(Lead).findBy({ id: In([...ids]) })
      : await sql.getRepository(Customer).findBy({ id: In([...ids]) });
  return new Map(found.map((contact) => [contact.id, contactOf(contact)]));
}

/** A contact in the form of the API. */
export function contactOf(contact: Lead | Customer): ContactType {
  const { id, businessId, name, phone, phoneE164, bsuid, email, tags, attributes, externalId } = contact;
  const { createdAt, updatedAt, identity } = contact;
  const common = { id, businessId, name, phone: phone || null, phoneE164, bsuid, email, tags, attributes };
  const lead = contact instanceof Lead ? contact : undefined;
  const customer = contact instanceof Customer ? contact : undefined;
  return {
    ...common,
    kind: lead ? ContactKind.LEAD : ContactKind.CUSTOMER,
    externalId,
    createdAt,
    updatedAt,
    identity,
    status: (lead?.status as ContactType['status'] | undefined) ?? null,
    quality: (lead?.quality as ContactType['quality'] | undefined) ?? null,
    city: lead?.city ?? null,
    state: lead?.state ?? null,
    assignedUserId: lead?.assignedUserId ?? null,
    engagementScore: customer?.engagementScore ?? null,
    totalSpent: customer?.totalSpent ?? null,
    totalOrders: customer?.totalOrders ?? null,
    lastOrderAt: customer?.lastOrderAt ?? null,
  };
}

/**
 * Adds and removes tags of contacts, in order of their ids, so that two changes at once cannot deadlock. Tags that a
 * contact has keep their places.
 * @returns the most tags that one of them has now
 */
export async function changeTags(
  sql: Sql,
  kind: ContactKind,
  ids: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): Promise<number> {
  const [most] = await rows<{ tags: number | null }>(
    sql,
    `/* tagContacts */ WITH locked AS (
       SELECT c.id FROM ${tableOf[kind]} c WHERE c.id = ANY ($1::uuid[]) ORDER BY c.id FOR NO KEY UPDATE
     ), tagged AS (
       UPDATE ${tableOf[kind]} c SET updated_at = now(), tags = ARRAY(
         SELECT tag FROM unnest(c.tags) WITH ORDINALITY AS had (tag, place) WHERE tag <> ALL ($3::text[]) ORDER BY place
       ) || ARRAY(
         SELECT tag FROM unnest($2::text[]) WITH ORDINALITY AS added (tag, place) WHERE tag <> ALL (c.tags) ORDER BY place)
       FROM locked WHERE c.id = locked.id RETURNING cardinality(c.tags) AS tags
     ) SELECT max(tags)::int AS tags FROM tagged`,
    [ids, add, remove],
  );
  return most?.tags ?? 0;
}
