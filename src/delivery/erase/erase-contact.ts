import type { EntityManager } from 'typeorm';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { rows } from '../../infra/database';

/** A person to erase: one contact, and all other contacts of the business with the same WhatsApp number or BSUID. */
export interface ErasedPerson {
  businessId: string;
  contactId: string;
}

/** Whether a person was erased; if not, the campaign that is still sending to the person. */
export type Erased = { kind: 'erased' } | { kind: 'unknown' } | { kind: 'waiting'; campaignName: string };

interface Place {
  campaign_id: string;
  seq: number;
}

/**
 * Removes a person's name, phone, e-mail and BSUID from everything but the opt-outs: contacts, recipients, orders, and the
 * people named in campaigns. Rows that figures count stay, without the person; opt-outs stay whole, so that a later import
 * messages nobody who opted out. Recipients of an erased person have no identity, by which sending leaves them out.
 *
 * Locks in the usual order: contacts, orders, recipients by (campaign_id, seq), campaigns. Campaigns that
 * may still take their recipients from the contacts, at the start or by fixAudience, are locked first: until the commit
 * they cannot take the person.
 */
export async function eraseContact(transaction: EntityManager, person: ErasedPerson): Promise<Erased> {
  // orders are found by reading all of the business
  await rows(transaction, `SET LOCAL statement_timeout = '1min'`);
  await rows(
    transaction,
    `/* lockStarting */ SELECT FROM campaigns WHERE business_id = $1
       AND status IN ('DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED') AND materialised_at IS NULL ORDER BY id FOR NO KEY UPDATE`,
    [person.businessId],
  );
  const contacts = await lockContacts(transaction, person);
  if (contacts.length === 0) return { kind: 'unknown' };
  const ids = contacts.map(({ id }) => id);
  const identities = [...new Set(contacts.flatMap(({ identity }) => identity ?? []))];
  const places = await placesOf(transaction, person.businessId, identities, ids);
  await rows(
    transaction,
    `/* eraseIdentityChanges */ DELETE FROM identity_changes WHERE business_id = $1 AND (previous = ANY ($2::text[]) OR current = ANY ($2::text[]))`,
    [person.businessId, identities],
  );
  const columns = [places.map((place) => place.campaign_id), places.map((place) => place.seq)];
  await rows(
    transaction,
    `/* eraseOrders */ UPDATE conversions SET phone = NULL WHERE business_id = $1 AND phone IS NOT NULL
       AND (phone_identity(phone) = ANY ($2::text[]) OR (campaign_id, seq) IN (SELECT * FROM unnest($3::uuid[], $4::int[])))`,
    [person.businessId, identities, ...columns],
  );
  const [waiting] = await lockWaiting(transaction, columns);
  if (waiting) return { kind: 'waiting', campaignName: waiting.campaign_name };
  // also of phones that the person had before
  const former = await rows<{ identity: string }>(
    transaction,
    `/* identitiesOfRecipients */ SELECT DISTINCT identity FROM campaign_recipients
     WHERE (campaign_id, seq) IN (SELECT * FROM unnest($1::uuid[], $2::int[])) AND identity IS NOT NULL`,
    columns,
  );
  await rows(transaction, eraseRecipients, columns);
  await rows(transaction, eraseRetries, columns);
  await rows(
    transaction,
    `/* eraseMembers */ DELETE FROM segment_members WHERE contact_id = ANY ($1::uuid[])`,
    [ids],
  );
  await rows(transaction, eraseNamedPeople, [person.businessId, identities]);
  for (const table of ['conversation_windows', 'unreachable_failures'])
    await rows(
      transaction,
      `/* eraseIdentities */ DELETE FROM ${table} WHERE business_id = $1 AND identity = ANY ($2::text[])`,
      [person.businessId, [...identities, ...former.map(({ identity }) => identity)]],
    );
  for (const table of ['leads', 'customers'] as const)
    await rows(transaction, `/* eraseContacts */ DELETE FROM ${table} WHERE id = ANY ($1::uuid[])`, [ids]);
  return { kind: 'erased' };
}

/** The contact and those with the same number or BSUID; none if the contact is not there any more. */
async function lockContacts(
  transaction: EntityManager,
  { businessId, contactId }: ErasedPerson,
): Promise<{ id: string; identity: string | null }[]> {
  const found: { id: string; identity: string | null }[] = [];
  for (const table of ['leads', 'customers'] as const) {
    found.push(
      ...(await rows<{ id: string; identity: string | null }>(
        transaction,
        `/* contactsOfPerson */ WITH person AS (
           SELECT id, identity, bsuid FROM leads WHERE business_id = $1 AND id = $2
           UNION ALL SELECT id, identity, bsuid FROM customers WHERE business_id = $1 AND id = $2
         )
         SELECT c.id, c.identity FROM ${table} c WHERE c.business_id = $1 AND (c.id = (SELECT id FROM person)
           OR c.identity = (SELECT identity FROM person) OR c.bsuid = (SELECT bsuid FROM person))
         ORDER BY c.id FOR UPDATE`,
        [businessId, contactId],
      )),
    );
  }
  return found.some(({ id }) => id === contactId) ? found : [];
}

/** All recipients of the business that are the person: by the number, and by the contact, which may have had another. */
function placesOf(
  transaction: EntityManager,
  businessId: string,
  identities: readonly string[],
  contactIds: readonly string[],
): Promise<Place[]> {
  const recipients = 'SELECT campaign_id, seq FROM campaign_recipients r WHERE r.campaign_id = c.id';
  return rows(
    transaction,
    `/* placesOfPerson */ SELECT r.campaign_id, r.seq FROM campaigns c CROSS JOIN LATERAL (
       ${recipients} AND identity = ANY ($2::text[]) AND excluded_reason IS NULL
       UNION ${recipients} AND identity = ANY ($2::text[]) AND excluded_reason IS NOT NULL
       UNION ${recipients} AND contact_id = ANY ($3::uuid[])) r
     WHERE c.business_id = $1 AND (c.materialised_at IS NOT NULL OR c.audience_fixed_at IS NOT NULL)`,
    [businessId, identities, contactIds],
  );
}

/**
 * Locks the recipients, and returns the campaigns of those to whom a message is being sent or will be.
 * @param places as columns: the campaigns' ids, and the places in them
 */
function lockWaiting(
  transaction: EntityManager,
  places: readonly unknown[],
): Promise<{ campaign_name: string }[]> {
  const { QUEUED, SENDING, UNCONFIRMED } = RecipientStatus;
  return rows(
    transaction,
    `/* waitingRecipients */ WITH locked AS (
       SELECT r.campaign_id, r.seq, r.status FROM campaign_recipients r
       WHERE (r.campaign_id, r.seq) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))
       ORDER BY r.campaign_id, r.seq FOR UPDATE
     )
     SELECT c.campaign_name FROM locked l JOIN campaigns c ON c.id = l.campaign_id
     WHERE l.status = '${SENDING}' OR (c.status IN ('ACTIVE', 'PAUSED') AND (l.status = '${QUEUED}'
       OR (l.status = '${UNCONFIRMED}' AND EXISTS (
         SELECT FROM delivery_followups f WHERE f.campaign_id = l.campaign_id AND f.seq = l.seq))))
     ORDER BY c.created_at`,
    [...places],
  );
}

/**
 * WhatsApp's ids of messages and the texts of errors may contain the number. The id itself only says that there was a
 * message, which the figures are checked against.
 */
const eraseRecipients = `/* eraseRecipients */ UPDATE campaign_recipients r
  SET phone = 'erased ' || r.seq, identity = NULL, wa_id = NULL, user_id = NULL, name = '', email = NULL, contact_id = NULL,
    wamid = CASE WHEN r.wamid IS NOT NULL THEN 'erased' END,
    error_message = replace(replace(r.error_message, ltrim(r.phone, '+'), 'erased'), coalesce(r.wa_id, ltrim(r.phone, '+')), 'erased')
  FROM unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq) WHERE r.campaign_id = i.campaign_id AND r.seq = i.seq`;

/** The texts of errors of earlier attempts may contain the number, too. */
const eraseRetries = `/* eraseRetries */ UPDATE recipient_retries r SET error_text = NULL
  FROM unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq) WHERE r.campaign_id = i.campaign_id AND r.seq = i.seq`;

/**
 * In drafts an erased person becomes one without a phone, who is left out as INVALID_PHONE. The version of a draft rises,
 * so that a change that was prepared with the person in it is prepared anew.
 */
const eraseNamedPeople = `/* eraseNamedPeople */ WITH named AS (
    SELECT c.id FROM campaigns c WHERE c.business_id = $1 AND EXISTS (
      SELECT FROM jsonb_array_elements(c.custom_recipients) AS p WHERE phone_identity(p ->> 'phoneE164') = ANY ($2::text[]))
    ORDER BY c.id FOR NO KEY UPDATE
  )
  UPDATE campaigns c SET custom_recipients = (
    SELECT jsonb_agg(CASE WHEN phone_identity(p ->> 'phoneE164') = ANY ($2::text[])
      THEN '{"name": "", "phone": "", "phoneE164": null, "email": null}' ELSE p END ORDER BY place)
    FROM jsonb_array_elements(c.custom_recipients) WITH ORDINALITY AS people (p, place)),
    version = c.version + CASE WHEN c.status IN ('DRAFT', 'SCHEDULED') THEN 1 ELSE 0 END
  FROM named WHERE c.id = named.id`;
