import type { DataSource, EntityManager } from 'typeorm';
import { transact } from '../infra/database';
import { notFound } from '../infra/errors';
import type { Campaign } from './campaign.entity';
import { campaignRepository } from './campaign.repository';
import type { CampaignDelta, PublishDeltas } from './deltas';

/**
 * A change of a campaign with its row locked, published after the commit. `work` may run twice.
 * @returns whether anything changed
 */
export async function changeCampaign(
  database: DataSource,
  publish: PublishDeltas,
  id: string,
  work: (transaction: EntityManager, campaign: Campaign) => Promise<CampaignDelta[]>,
): Promise<boolean> {
  const deltas = await transact(database, async (transaction) => {
    const campaign = await campaignRepository(transaction).lockById(id);
    if (!campaign) throw notFound('Campaign');
    return work(transaction, campaign);
  });
  await publish(deltas);
  return deltas.length > 0;
}
