import type { DataSource, EntityManager } from 'typeorm';
import { transact } from '../infra/database';
import { isBusy, notFound } from '../infra/errors';
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
  const deltas = await inTurn(() =>
    transact(database, async (transaction) => {
      const campaign = await campaignRepository(transaction).lockById(id);
      if (!campaign) throw notFound('Campaign');
      return work(transaction, campaign);
    }),
  );
  await publish(deltas);
  return deltas.length > 0;
}

/** How often a change waits for its turn, each time for as long as a lock is waited for. */
const turns = 3;

/** When many people change one campaign at the same moment, none of them is told to try again: they take turns. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || turn === turns) throw error;
    }
  }
}
