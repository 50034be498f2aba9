import type { EntityManager } from 'typeorm';
import { rows } from '../infra/database';
import { CampaignStatus } from '../campaigns/campaign.types';
import { writeStatus } from '../campaigns/transition';
import type { StatsDelta } from '../stats/delta';

/**
 * Ends the active campaigns in which nobody is queued, being sent, or unconfirmed with time left. Returns what to
 * publish. The row lock makes the look and the end one step.
 */
export async function completeIfDone(
  transaction: EntityManager,
  campaignIds: readonly string[],
): Promise<StatsDelta[]> {
  const done = await rows<{ id: string }>(
    transaction,
    `/* completeIfDone */ SELECT id FROM campaigns c
     WHERE id = ANY ($1::uuid[]) AND status = 'ACTIVE' AND materialised_at IS NOT NULL AND queued_count = 0
       AND (unconfirmed_count = 0 OR NOT EXISTS (
         SELECT FROM delivery_followups f WHERE f.campaign_id = c.id AND f.kind = 'UNCONFIRMED'))
     ORDER BY id FOR NO KEY UPDATE`,
    [campaignIds],
  );
  const deltas: StatsDelta[] = [];
  for (const { id } of done) {
    deltas.push(await writeStatus(transaction, id, { status: CampaignStatus.COMPLETED, statusReason: null }));
  }
  return deltas;
}
