import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import type { Schedule } from './schedule';

/**
 * Writes or removes the schedule of a campaign, whose row the caller holds.
 * @param due when the campaign is looked at next; null when it does not start by itself
 */
export async function writeSchedule(
  transaction: EntityManager,
  id: string,
  schedule: Schedule | null,
  due: Date | null,
): Promise<void> {
  await rows(
    transaction,
    `/* writeSchedule */ UPDATE campaigns SET schedule = $2::jsonb, due_at = $3, deadline_at = $4 WHERE id = $1`,
    [id, schedule && JSON.stringify(schedule), due, schedule?.deadline ?? null],
  );
}
