import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import { UserError } from '../../infra/errors';

/** @throws CONFLICT naming a segment or an open campaign whose filter names this campaign */
export async function mustNotBeUsed(
  transaction: EntityManager,
  { id, businessId }: { id: string; businessId: string },
): Promise<void> {
  const [user] = await rows<{ type: string; name: string }>(
    transaction,
    `/* campaignUsers */ SELECT 'campaign' AS type, campaign_name AS name FROM campaigns
     WHERE business_id = $1 AND id <> $2 AND status IN ('DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED')
       AND (audience_filter @? $3::jsonpath OR exclude_filter @? $3::jsonpath)
     UNION ALL SELECT 'segment', name FROM segments WHERE business_id = $1 AND audience_filter @? $3::jsonpath
     ORDER BY type, name LIMIT 1`,
    // the filter keeps an id in the case in which it was given
    [businessId, id, `$.**.campaign.campaignId ? (@ like_regex "^${id}$" flag "i")`],
  );
  if (user)
    throw new UserError('CONFLICT', `The filter of the ${user.type} "${user.name}" names this campaign`);
}
