import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { InboundEvent } from '../../whatsapp/webhook-events';

/** The sender's number is WhatsApp's form of it: the identity may be known only by messages that went to this wa_id. */
const identities = `SELECT phone_identity(i.phone) AS identity WHERE i.phone IS NOT NULL
  UNION SELECT r.identity FROM campaign_recipients r JOIN campaigns k ON k.id = r.campaign_id
    WHERE r.wa_id = ltrim(i.phone, '+') AND k.business_id = s.business_id AND r.identity IS NOT NULL
  UNION SELECT r.identity FROM campaign_recipients r JOIN campaigns k ON k.id = r.campaign_id
    WHERE r.user_id = i.user_id AND k.business_id = s.business_id AND r.identity IS NOT NULL
  UNION SELECT l.identity FROM leads l WHERE l.business_id = s.business_id AND l.bsuid = i.user_id AND l.identity IS NOT NULL
  UNION SELECT u.identity FROM customers u WHERE u.business_id = s.business_id AND u.bsuid = i.user_id AND u.identity IS NOT NULL`;

/**
 * Keeps when people last wrote, for each business that owns the WhatsApp number: free-form messages reach them for 24 hours
 * from then. People whose webhook names no phone are found by their BSUID. One statement for the whole set; can run twice,
 * and a late event moves nothing back.
 */
export async function storeConversationWindows(sql: Sql, inbound: readonly InboundEvent[]): Promise<void> {
  const known = inbound.filter(({ phoneNumberId, phone, userId }) => phoneNumberId && (phone ?? userId));
  if (known.length === 0) return;
  await rows(
    sql,
    `/* storeConversationWindows */ INSERT INTO conversation_windows AS w (business_id, identity, last_inbound_at)
     SELECT s.business_id, p.identity, max(i.at)
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS i (phone_number_id, phone, user_id, at)
     JOIN senders s USING (phone_number_id) CROSS JOIN LATERAL (${identities}) p
     GROUP BY 1, 2 ORDER BY 1, 2
     ON CONFLICT (business_id, identity) DO UPDATE SET last_inbound_at = excluded.last_inbound_at
       WHERE w.last_inbound_at < excluded.last_inbound_at`,
    [
      known.map(({ phoneNumberId }) => phoneNumberId),
      known.map(({ phone }) => phone ?? null),
      known.map(({ userId }) => userId ?? null),
      known.map(({ at }) => at),
    ],
  );
}
