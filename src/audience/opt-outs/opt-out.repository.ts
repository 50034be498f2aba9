import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { anyOf, phoneConditions, startsWith } from '../contacts/search';
import type { Bind } from '../filter/filter';
import type { OptOutHistoryEntry, OptOutType } from './opt-out.graphql';

/** Which opt-outs are listed. */
export interface OptOutList {
  businessId: string;
  /** The first digits of a phone or a phone in any spelling; any other text is the start of a contact's name. */
  search: string;
  /** Of the business, for phones without a country code. */
  country: string;
}

/** An opt-out's place in the list: the time as text, with its microseconds. */
export type OptOutKey = readonly [createdAt: string, identity: string, source: string];

/** Up to `limit` opt-outs after a place, newest first, with their places. */
export async function listOptOuts(
  sql: Sql,
  list: OptOutList,
  limit: number,
  after: OptOutKey | undefined,
): Promise<{ optOut: OptOutType; key: OptOutKey }[]> {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const where = listed(list, bind);
  if (after) {
    const [at, identity, source] = after.map(bind);
    where.push(`(s.created_at, s.identity, s.source) < (${at}::timestamptz, ${identity}, ${source})`);
  }
  const found = await rows<OptOutType & { at: string; identity: string }>(
    sql,
    `/* optOuts */ SELECT s.phone, s.source, s.reason, s.created_at AS "createdAt", s.created_at::text AS at, s.identity
     FROM suppressions s WHERE ${where.join(' AND ')}
     ORDER BY s.created_at DESC, s.identity DESC, s.source DESC LIMIT ${bind(limit)}`,
    parameters,
  );
  return found.map(({ at, identity, ...optOut }) => ({ optOut, key: [at, identity, optOut.source] }));
}

export async function countOptOuts(sql: Sql, list: OptOutList): Promise<number> {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const [found] = await rows<{ count: number }>(
    sql,
    `/* countOptOuts */ SELECT count(*)::int AS count FROM suppressions s WHERE ${listed(list, bind).join(' AND ')}`,
    parameters,
  );
  return found?.count ?? 0;
}

function listed({ businessId, search, country }: OptOutList, bind: Bind): string[] {
  const business = bind(businessId);
  const counting = [`s.business_id = ${business}`, 'NOT s.lifted'];
  if (search === '') return counting;
  const phones = phoneConditions('s.identity', search, country, bind);
  if (phones.length > 0) return [...counting, anyOf(phones)];
  const start = startsWith(search, bind);
  const named = (['leads', 'customers'] as const).map(
    (table) =>
      `SELECT c.identity FROM ${table} c WHERE c.business_id = ${business} AND lower(c.name) LIKE ${start}`,
  );
  return [...counting, `s.identity IN (${named.join(' UNION ALL ')})`];
}

/** The latest changes of one person's opt-outs, the last first, by the time of the event. */
export function optOutHistory(
  sql: Sql,
  businessId: string,
  identity: string,
  limit: number,
): Promise<OptOutHistoryEntry[]> {
  return rows(
    sql,
    `/* optOutHistory */ SELECT at, change, source, reason FROM suppression_changes
     WHERE business_id = $1 AND identity = phone_identity($2) ORDER BY at DESC, recorded_at DESC, id LIMIT $3`,
    [businessId, identity, limit],
  );
}

/** Of some texts that are no phones those by which opt-outs of people without a phone are stored. */
export async function knownBsuids(
  sql: Sql,
  businessId: string,
  texts: readonly string[],
): Promise<Set<string>> {
  if (texts.length === 0) return new Set();
  const found = await rows<{ identity: string }>(
    sql,
    `/* knownBsuids */ SELECT DISTINCT identity FROM suppressions
     WHERE business_id = $1 AND identity = ANY ($2::text[]) AND NOT identity ^@ '+'`,
    [businessId, texts],
  );
  return new Set(found.map(({ identity }) => identity));
}
