import { ContactKind } from './audience';
import type { CustomRecipient } from './audience';
import { filterCondition } from './filter/compile';
import type { Bind, ResolvedFilter } from './filter/filter';
import { marketingOnly } from './opt-outs/suppression.entity';

/** A checked audience: kinds of contact with a filter, or people named one by one. */
export type Audience =
  { kinds: readonly ContactKind[]; filter: ResolvedFilter } | { people: readonly CustomRecipient[] };

/**
 * SQL: the identity of a contact (alias c) that can be sent to. A person without a phone is sent to by the BSUID, unless
 * the message needs a phone.
 */
function contactIdentity(needsPhone: boolean): string {
  return needsPhone ? `CASE WHEN c.identity ^@ '+' THEN c.identity END` : 'c.identity';
}

/**
 * The contacts of an audience as a SELECT with the columns `kind contact_id name phone phone_e164 identity email rank
 * age_order`, the same for preview and materialise, so that what was counted is what is sent. `identity` is null when
 * there is nothing to send to; `phone_e164` is the BSUID of a person without a phone. `rank` and `age_order` decide which of several contacts of one person is kept: customers before leads,
 * then the oldest.
 */
export function audienceSource(
  audience: Audience,
  businessId: string,
  bind: Bind,
  needsPhone = false,
): string {
  if ('people' in audience) {
    return `SELECT 'CUSTOM' AS kind, NULL::uuid AS contact_id, coalesce(p.name, '') AS name, p.phone, p."phoneE164" AS phone_e164,
      phone_identity(p."phoneE164") AS identity, p.email, 0 AS rank, p.place AS age_order
      FROM ROWS FROM (jsonb_to_recordset(${bind(JSON.stringify(audience.people))}::jsonb)
        AS (name text, phone text, "phoneE164" text, email text)) WITH ORDINALITY AS p (name, phone, "phoneE164", email, place)`;
  }
  const business = bind(businessId);
  return audience.kinds
    .map((kind) => {
      const condition = filterCondition(audience.filter, kind, businessId, bind);
      const [table, rank] = kind === ContactKind.LEAD ? ['leads', 2] : ['customers', 1];
      return `SELECT '${kind}' AS kind, c.id AS contact_id, c.name, c.phone, coalesce(c.phone_e164, c.bsuid) AS phone_e164, ${contactIdentity(needsPhone)} AS identity, c.email, ${rank} AS rank,
      extract(epoch FROM c.created_at)::bigint AS age_order FROM ${table} c WHERE c.business_id = ${business} AND ${condition}`;
    })
    .join(' UNION ALL ');
}

/** The `identity` of each contact of an audience, and nothing else: counting then needs no more than an index has. */
export function audienceIdentities(
  audience: Audience,
  businessId: string,
  bind: Bind,
  needsPhone = false,
): string {
  if ('people' in audience)
    return `SELECT phone_identity(p."phoneE164") AS identity
      FROM jsonb_to_recordset(${bind(JSON.stringify(audience.people))}::jsonb) AS p ("phoneE164" text)`;
  const business = bind(businessId);
  return audience.kinds
    .map((kind) => {
      const condition = filterCondition(audience.filter, kind, businessId, bind);
      const table = kind === ContactKind.LEAD ? 'leads' : 'customers';
      return `SELECT ${contactIdentity(needsPhone)} AS identity FROM ${table} c WHERE c.business_id = ${business} AND ${condition}`;
    })
    .join(' UNION ALL ');
}

/** Collects the parameters of a statement that is being put together. */
export function binder(parameters: unknown[]): Bind {
  return (value) => `$${parameters.push(value)}`;
}

/**
 * The identities that a business must not send to, as a SELECT with the column `identity`.
 * @param marketing whether the message is a marketing template; others still go to people who stopped marketing in
 *   WhatsApp
 */
export function optedOut(business: string, marketing: boolean): string {
  return `SELECT DISTINCT identity FROM suppressions WHERE business_id = ${business} AND NOT lifted${
    marketing ? '' : ` AND source NOT IN (${marketingOnly})`
  }`;
}
