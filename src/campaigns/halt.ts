import type { EntityManager } from 'typeorm';
import type { StatsDelta } from '../stats/delta';
import { after } from './state';
import { lockCampaign, writeStatus } from './transition';

/** Pauses an active campaign for a reason in words; nothing when it is not active. Returns what to publish. */
export async function pauseCampaign(
  transaction: EntityManager,
  id: string,
  reason: string,
): Promise<StatsDelta[]> {
  const campaign = await lockCampaign(transaction, id);
  const status = campaign && after('pause', campaign.status);
  return status ? [await writeStatus(transaction, id, { status, statusReason: reason })] : [];
}
