import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Selection } from '../../audience/exclusions';
import { lockSegments } from '../../audience/segments/segment-use';
import type { Campaign } from '../campaign.entity';
import { campaignRepository } from '../campaign.repository';
import { allowLongStatements, removeRecipients } from './fixed-audience';
import type { AudienceSize, InsertRecipients } from './fixed-audience';

/** What becomes of the people of a draft: they were counted, and the start selects them; or they are fixed now. */
export type People = { kind: 'counted'; size: AudienceSize } | { kind: 'fixed'; selection: Selection };

/** What is written of a draft in one transaction. */
export interface DraftWrite {
  columns: Partial<Campaign>;
  /** Must not be deleted meanwhile. */
  segmentIds: readonly string[];
  /** Undefined: as they are. */
  people: People | undefined;
}

/**
 * Writes a draft, in the caller's transaction, which holds its row unless it is new. Recipients of an audience that was
 * fixed before are replaced or removed.
 */
export async function writeDraft(
  transaction: EntityManager,
  draft: Campaign,
  { columns, segmentIds, people }: DraftWrite,
  insertRecipients: InsertRecipients,
): Promise<Campaign> {
  const campaigns = campaignRepository(transaction);
  await lockSegments(transaction, segmentIds);
  Object.assign(draft, columns);
  if (people && draft.audienceFixedAt) await removeRecipients(transaction, draft.id);
  if (people?.kind === 'counted')
    Object.assign(draft, { ...sizeColumns(people.size), audienceFixedAt: null });
  if (people?.kind === 'fixed') {
    await allowLongStatements(transaction);
    draft.id ??= randomUUID();
    const size = await insertRecipients(transaction, draft.id, people.selection);
    Object.assign(draft, { ...sizeColumns(size), audienceFixedAt: new Date() });
  }
  // only once: afterwards TypeORM has null in columns that were not read, and a second time would write it
  return campaigns.save(draft);
}

/** As the counters of a campaign that has not started: everybody is queued. */
function sizeColumns({ total, excluded, holdout }: AudienceSize): Partial<Campaign> {
  return { totalRecipients: total, queuedCount: total, excludedCount: excluded, holdoutSize: holdout };
}
