import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';

/**
 * SQL of the people whom a business's numbers wrote to in the last 24 hours outside a window: each identity once. A person
 * counts unless they had written within the 24 hours before the message; of who wrote again since, only the last time is
 * known, and they count. Only campaigns that moved in these hours are read.
 * @param business the place of the business's id among the parameters
 */
export function reachedIdentities(business: string): string {
  return `SELECT DISTINCT r.identity FROM campaign_recipients r
     LEFT JOIN conversation_windows w ON w.business_id = ${business} AND w.identity = r.identity
       AND w.last_inbound_at BETWEEN r.sent_at - interval '24 hours' AND r.sent_at
   WHERE r.campaign_id = ANY (ARRAY(SELECT id FROM campaigns WHERE business_id = ${business}
       AND materialised_at IS NOT NULL AND updated_at > now() - interval '24 hours'))
     AND r.status IN ('SENT', 'DELIVERED', 'READ') AND r.sent_at > now() - interval '24 hours'
     AND r.identity IS NOT NULL AND w.identity IS NULL`;
}

/**
 * How many people these are. WhatsApp's limit is one of all numbers of a portfolio; what others send with it is not known.
 */
export async function peopleReached(sql: Sql, businessId: string): Promise<number> {
  const [found] = await rows<{ people: number }>(
    sql,
    `/* peopleReached */ SELECT count(*)::int AS people FROM (${reachedIdentities('$1')}) AS reached`,
    [businessId],
  );
  return found?.people ?? 0;
}
