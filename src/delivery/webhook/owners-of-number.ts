import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';

/** The businesses that have a WhatsApp number, in the order in which they are locked. */
export async function ownersOfNumber(sql: Sql, phoneNumberId: string): Promise<string[]> {
  const owners = await rows<{ id: string }>(
    sql,
    `/* ownersOfNumber */ SELECT DISTINCT business_id AS id FROM senders WHERE phone_number_id = $1 ORDER BY 1`,
    [phoneNumberId],
  );
  return owners.map(({ id }) => id);
}
