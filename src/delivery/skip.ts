import type { EntityManager } from 'typeorm';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import type { StatsDelta } from '../stats/delta';
import { settle } from './settle';
import { RecipientStatus } from './status';

/** People skipped in one transaction, so that webhooks of the campaign get their turn. */
const largestSet = 5000;

/** Cancelled campaigns in which somebody is still queued, or goes back to the queue from the air. */
export async function cancelledWithQueue(sql: Sql): Promise<string[]> {
  const found = await rows<{ id: string }>(
    sql,
    `/* cancelledWithQueue */ SELECT id FROM campaigns WHERE status = 'CANCELLED' AND queued_count > 0 ORDER BY id LIMIT 100`,
  );
  return found.map(({ id }) => id);
}

/**
 * Turns the next of a cancelled campaign's queued people into SKIPPED. Whoever is queued waits for a retry or lies
 * ahead of the feed, which moves on with them; people in the air are left to their answers. A campaign that was
 * cancelled before it had recipients skips its whole count.
 *
 * @returns what to publish; nothing when all that is left is in the air
 */
export async function skipQueued(transaction: EntityManager, campaignId: string): Promise<StatsDelta[]> {
  const [feed] = await rows<{ next_seq: number }>(
    transaction,
    `/* skipQueued */ SELECT next_seq FROM campaign_feeds WHERE campaign_id = $1 FOR NO KEY UPDATE`,
    [campaignId],
  );
  if (!feed) return skipUnmaterialised(transaction, campaignId);
  const queued = await rows<{ seq: number; claim_no: number }>(
    transaction,
    `/* skipQueued */ SELECT seq, claim_no FROM campaign_recipients WHERE campaign_id = $1 AND status = 'QUEUED'
       AND seq = ANY (ARRAY(SELECT generate_series($2::int, $2::int + $3::int - 1) UNION ALL
         (SELECT seq FROM delivery_followups WHERE campaign_id = $1 AND kind = 'RETRY' LIMIT $3)))`,
    [campaignId, feed.next_seq, largestSet],
  );
  await rows(
    transaction,
    `/* skipQueued */ UPDATE campaign_feeds f SET next_seq = greatest(f.next_seq, least(f.next_seq + $2::int, c.total_recipients + 1))
     FROM campaigns c WHERE c.id = $1 AND f.campaign_id = $1`,
    [campaignId, largestSet],
  );
  return settle(
    transaction,
    queued.map(({ seq, claim_no }) => ({
      campaignId,
      seq,
      claimNo: claim_no,
      to: RecipientStatus.SKIPPED,
      errorMessage: 'The campaign was cancelled',
    })),
  );
}

async function skipUnmaterialised(transaction: EntityManager, campaignId: string): Promise<StatsDelta[]> {
  const changed = await rows<{ version: number; updated_at: Date; skipped: number }>(
    transaction,
    `/* skipUnmaterialised */ UPDATE campaigns c
     SET skipped_count = c.skipped_count + old.queued_count, queued_count = 0, version = c.version + 1, updated_at = now()
     FROM (SELECT id, queued_count FROM campaigns WHERE id = $1 AND status = 'CANCELLED' AND materialised_at IS NULL
       AND queued_count > 0 FOR NO KEY UPDATE) old
     WHERE c.id = old.id RETURNING c.version, c.updated_at, old.queued_count AS skipped`,
    [campaignId],
  );
  return changed.map(({ version, updated_at, skipped }) => ({
    campaignId,
    version,
    at: updated_at.toISOString(),
    deltas: { queued: -skipped, skipped },
  }));
}
