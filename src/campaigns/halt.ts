import type { EntityManager } from 'typeorm';
import type { StatsDelta } from '../stats/delta';
import { after } from './state';
import { lockCampaign, writeStatus } from './transition';

/**
 * Pauses an active campaign for a reason in words; nothing when it is not active, or was resumed after the message
 * that gives the reason was prepared: who resumes has dealt with the reason. Returns what to publish.
 * @param since when the message was prepared, by the database's clock
 */
export async function pauseCampaign(
  transaction: EntityManager,
  id: string,
  reason: string,
  since: Date,
): Promise<StatsDelta[]> {
  const campaign = await lockCampaign(transaction, id);
  if (campaign?.resumed_at && campaign.resumed_at >= since) return [];
  const status = campaign && after('pause', campaign.status);
  return status ? [await writeStatus(transaction, id, { status, statusReason: reason })] : [];
}
