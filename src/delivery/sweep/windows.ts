import type { EntityManager } from 'typeorm';
import type { CampaignDelta } from '../../campaigns/deltas';
import { gateOf } from '../../campaigns/schedule/gate';
import { ScheduleTimeZone } from '../../campaigns/schedule/schedule';
import type { Schedule } from '../../campaigns/schedule/schedule';
import { rows } from '../../infra/database';
import { postponeClosed } from '../hand-out';

/** Writes the next opening of windows that have closed. Until then nobody is claimed, whether or not a sweep ran. */
export async function moveWindows(transaction: EntityManager): Promise<CampaignDelta[]> {
  const closed = await rows<{ id: string; schedule: Schedule; now: Date }>(
    transaction,
    `/* closedWindows */ SELECT c.id, c.schedule, now() AS now FROM campaigns c JOIN campaign_feeds f ON f.campaign_id = c.id
     WHERE c.status = 'ACTIVE' AND c.schedule IS NOT NULL AND f.closes_at <= now()
       AND (c.deadline_at IS NULL OR c.deadline_at > now()) ORDER BY c.id`,
  );
  for (const { id, schedule, now } of closed) {
    const { opensAt, closesAt } = gateOf(schedule, now);
    await rows(
      transaction,
      `/* moveWindow */ UPDATE campaign_feeds SET opens_at = $2, closes_at = $3 WHERE campaign_id = $1`,
      [id, opensAt, closesAt],
    );
  }
  return [];
}

/** Moves recipients in whose zone the window has just closed to its next opening, so that they are not claimed in vain. */
export async function postponeRecipients(transaction: EntityManager): Promise<CampaignDelta[]> {
  const campaigns = await rows<{ id: string; schedule: Schedule; now: Date }>(
    transaction,
    `/* zonedWindows */ SELECT id, schedule, now() AS now FROM campaigns
     WHERE status = 'ACTIVE' AND materialised_at IS NOT NULL AND queued_count > 0
       AND schedule->>'timeZone' = '${ScheduleTimeZone.RECIPIENT}' AND schedule->'window' <> 'null' ORDER BY id`,
  );
  for (const { id, schedule, now } of campaigns) await postponeClosed(transaction, id, schedule, now);
  return [];
}
