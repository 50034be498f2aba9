import type { EntityManager } from 'typeorm';
import { ExclusionReason } from '../../audience/audience';
import type { AudienceCount } from '../../audience/audience.repository';
import type { AudienceService } from '../../audience/audience.service';
import type { Selection } from '../../audience/exclusions';
import { rows } from '../../infra/database';
import type { Campaign } from '../campaign.entity';

/** How many people are sent to, and how many are left out. */
export interface AudienceSize {
  total: number;
  excluded: number;
  /** Of the excluded, those held out by chance. */
  holdout: number;
}

/** Stores the recipients of a campaign; see delivery/materialise.ts. */
export type InsertRecipients = (
  transaction: EntityManager,
  campaignId: string,
  selection: Selection,
) => Promise<AudienceSize>;

/** For statements that write or delete a row for each person: a million takes longer than a request otherwise may. */
export async function allowLongStatements(transaction: EntityManager): Promise<void> {
  await rows(transaction, `SET LOCAL statement_timeout = '2min'`);
}

/** Removes the recipients of a draft whose audience was fixed. The caller holds the campaign's row. */
export async function removeRecipients(transaction: EntityManager, campaignId: string): Promise<void> {
  await allowLongStatements(transaction);
  await rows(
    transaction,
    `/* removeRecipients */ WITH blocks AS (DELETE FROM campaign_recipient_blocks WHERE campaign_id = $1)
     DELETE FROM campaign_recipients WHERE campaign_id = $1`,
    [campaignId],
  );
}

/** What is stored of a count. */
export function sizeOf({ count, matched, excluded }: AudienceCount): AudienceSize {
  const holdout = excluded.find(({ reason }) => reason === ExclusionReason.HOLDOUT)?.count ?? 0;
  return { total: count, excluded: matched - count, holdout };
}

/** How large an audience is at a start: one that is fixed stays as it is, any other is counted. */
export async function audienceSize(
  transaction: EntityManager,
  audiences: AudienceService,
  campaign: Pick<Campaign, 'audienceFixedAt' | 'totalRecipients' | 'excludedCount' | 'holdoutSize'>,
  selection: Selection,
): Promise<AudienceSize> {
  const { totalRecipients: total, excludedCount: excluded, holdoutSize: holdout } = campaign;
  if (campaign.audienceFixedAt) return { total, excluded, holdout };
  return sizeOf(await audiences.count(selection, transaction));
}
