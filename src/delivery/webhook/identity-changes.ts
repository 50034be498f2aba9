import type { DataSource, EntityManager } from 'typeorm';
import type { CampaignDelta, PublishDeltas } from '../../campaigns/deltas';
import { rows, transact } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { IdentityEvent } from '../../whatsapp/webhook-events';
import { moveRecipients } from './moved-recipients';
import { ownersOfNumber } from './owners-of-number';

/** A name that opt-outs are stored by, a phone or a BSUID, and the one that follows it. */
interface Succession {
  previous: string;
  current: string;
}

/**
 * People's new numbers and new ids: their contacts get them, campaigns that have not reached them send to them there, and
 * their opt-outs hold for the new ones too. The opt-outs of the old number are kept, because it is not known who has it now. An
 * opt-out that was lifted for the new number before the change holds again. Contacts are never merged: several of
 * one number are one person to a campaign. Can run twice.
 * @throws what the database threw
 */
export async function storeIdentityChanges(
  database: DataSource,
  events: readonly IdentityEvent[],
  publish: PublishDeltas,
): Promise<void> {
  for (const event of events) {
    const deltas = await transact(database, async (transaction) => {
      const changed: CampaignDelta[] = [];
      for (const id of await ownersOfNumber(transaction, event.phoneNumberId))
        changed.push(...(await storeChange(transaction, id, event)));
      return changed;
    });
    void publish(deltas);
  }
}

async function storeChange(
  transaction: EntityManager,
  businessId: string,
  event: IdentityEvent,
): Promise<CampaignDelta[]> {
  const { newPhone, userId } = event;
  const names: Succession[] = [];
  const follows = (previous: string | undefined, ...currents: (string | undefined)[]) => {
    for (const current of currents)
      if (previous && current && previous !== current) names.push({ previous, current });
  };
  follows(event.phone, newPhone ?? userId);
  follows(event.previousUserId, newPhone, userId);
  const deltas: CampaignDelta[] = [];
  if (names.length > 0 && (await isNew(transaction, businessId, names, event.at))) {
    const former = [newPhone && event.phone, event.previousUserId];
    for (const table of ['leads', 'customers'] as const)
      for (const { before, has_phone: hasPhone } of await moveContacts(transaction, businessId, table, event))
        if (newPhone) {
          follows(before, newPhone);
          former.push(before);
        } else if (!hasPhone) follows(before, userId);
    const current = newPhone ?? userId;
    if (current) deltas.push(...(await moveRecipients(transaction, businessId, former, current)));
  }
  await followOptOuts(transaction, businessId, names, event.at);
  return deltas;
}

/** Notes the change. @returns false if it was noted before: then its contacts have moved, and others may have the number */
async function isNew(
  transaction: EntityManager,
  businessId: string,
  names: readonly Succession[],
  at: Date,
): Promise<boolean> {
  const noted = await rows(
    transaction,
    `/* noteIdentityChange */ INSERT INTO identity_changes AS c (business_id, previous, current, at)
     SELECT DISTINCT $1::uuid, phone_identity(previous), phone_identity(current), $4::timestamptz
     FROM unnest($2::text[], $3::text[]) AS i (previous, current) ORDER BY 2, 3
     ON CONFLICT (business_id, previous, current) DO UPDATE SET at = excluded.at, noted_at = now() WHERE c.at < excluded.at
     RETURNING 1`,
    [businessId, names.map(({ previous }) => previous), names.map(({ current }) => current), at],
  );
  return noted.length > 0;
}

/** @returns the contacts that moved: their identity before, and whether they have a phone */
function moveContacts(
  transaction: EntityManager,
  businessId: string,
  table: 'leads' | 'customers',
  { phone, newPhone, userId, previousUserId }: IdentityEvent,
): Promise<{ before: string; has_phone: boolean }[]> {
  return rows(
    transaction,
    `/* moveContacts */ WITH old AS (
       SELECT id, identity AS before FROM ${table}
       WHERE business_id = $1 AND (identity = phone_identity($2) OR bsuid = $5) ORDER BY id FOR UPDATE
     )
     UPDATE ${table} c SET updated_at = now(), bsuid = coalesce($4, c.bsuid),
       phone = CASE WHEN c.phone_e164 IS NULL THEN c.phone ELSE coalesce($3, c.phone) END,
       phone_e164 = CASE WHEN c.phone_e164 IS NOT NULL THEN coalesce($3, c.phone_e164) END
     FROM old WHERE c.id = old.id
     RETURNING old.before, c.phone_e164 IS NOT NULL AS has_phone`,
    [businessId, phone ?? null, newPhone ?? null, userId ?? null, previousUserId ?? null],
  );
}

/** Opt-outs that hold for a name hold for the one that follows it, and for those that follow that, with their own times. */
async function followOptOuts(
  transaction: EntityManager,
  businessId: string,
  names: readonly Succession[],
  at: Date,
): Promise<void> {
  const pairs: Succession[] = [];
  for (const { previous, current } of names)
    for (const name of [current, ...(await laterNames(transaction, [businessId], [current], at))])
      pairs.push({ previous, current: name });
  if (pairs.length === 0) return;
  await rows(
    transaction,
    `/* followOptOuts */ INSERT INTO suppressions AS s (business_id, identity, phone, source, reason, changed_at, created_at)
     SELECT DISTINCT ON (phone_identity(i.current), o.source) o.business_id, phone_identity(i.current), i.current, o.source,
       'opted out as ' || o.phone || ': ' || o.reason, o.changed_at, o.created_at
     FROM unnest($2::text[], $3::text[]) AS i (previous, current)
     JOIN suppressions o ON o.business_id = $1 AND o.identity = phone_identity(i.previous) AND NOT o.lifted
     ORDER BY phone_identity(i.current), o.source, o.changed_at DESC
     ON CONFLICT (business_id, identity, source) DO UPDATE SET lifted = false, reason = excluded.reason,
       changed_at = greatest(s.changed_at, excluded.changed_at), created_at = excluded.created_at
     WHERE s.lifted AND s.changed_at <= $4`,
    [businessId, pairs.map(({ previous }) => previous), pairs.map(({ current }) => current), at],
  );
}

/** The names that followed these at a time or after it: what people said before under the old name counts for them. */
export async function laterNames(
  sql: Sql,
  businessIds: readonly string[],
  names: readonly string[],
  at: Date,
): Promise<string[]> {
  const found = await rows<{ name: string }>(
    sql,
    `/* laterNames */ WITH RECURSIVE later AS (
       SELECT c.business_id, c.current, c.at FROM identity_changes c JOIN unnest($2::text[]) AS i (name) ON c.previous = phone_identity(i.name)
       WHERE c.business_id = ANY ($1::uuid[]) AND c.at >= $3
       UNION SELECT c.business_id, c.current, c.at FROM later l
         JOIN identity_changes c ON c.business_id = l.business_id AND c.previous = l.current AND c.at >= l.at
     ) SELECT DISTINCT current AS name FROM later`,
    [businessIds, names, at],
  );
  return found.map(({ name }) => name);
}
