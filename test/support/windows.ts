import { normalisePhone } from '../../src/audience/contacts/phone';
import type { App } from './app';

/**
 * Opens the 24-hour window of these people and of all contacts of a business, as if they had just written: without it
 * nobody gets a free-form message.
 */
export async function openWindows(
  app: Pick<App, 'database'>,
  businessId: string,
  people: readonly { phone: string }[] = [],
): Promise<void> {
  const phones = people.flatMap(({ phone }) => normalisePhone(phone, 'IN') ?? []);
  await app.database.query(
    `INSERT INTO conversation_windows (business_id, identity, last_inbound_at)
     SELECT $1, identity, now() FROM (
       SELECT phone_identity(phone) AS identity FROM unnest($2::text[]) AS phone
       UNION SELECT identity FROM leads WHERE business_id = $1 AND identity IS NOT NULL
       UNION SELECT identity FROM customers WHERE business_id = $1 AND identity IS NOT NULL) people
     ON CONFLICT (business_id, identity) DO UPDATE SET last_inbound_at = now()`,
    [businessId, phones],
  );
}
