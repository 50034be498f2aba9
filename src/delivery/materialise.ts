import type { DataSource, EntityManager } from 'typeorm';
import type { AudienceService } from '../audience/audience.service';
import type { Audience } from '../audience/source';
import { audienceSource, binder } from '../audience/source';
import { CampaignStatus } from '../campaigns/campaign';
import { campaignRepository } from '../campaigns/campaign.repository';
import { writeStatus } from '../campaigns/lifecycle';
import { rows, transact } from '../infra/database';
import type { PublishDeltas } from '../campaigns/deltas';
import { canarySize } from './sweep/canary';
import type { DeliveryQueue } from './queue';

/** Rows that change what PostgreSQL should plan with. */
const manyRows = 1000;

/** Turns an active campaign's audience into recipients, once, and lets the sending begin. */
export class Materialiser {
  constructor(
    private readonly database: DataSource,
    private readonly audiences: AudienceService,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
  ) {}

  async materialise(campaignId: string): Promise<void> {
    let added = 0;
    const deltas = await transact(this.database, async (transaction) => {
      const campaign = await campaignRepository(transaction).lockById(campaignId);
      if (campaign?.status !== CampaignStatus.ACTIVE || campaign.materialisedAt) return [];
      await rows(transaction, `SET LOCAL statement_timeout = '10min'`);
      const audience = await this.audiences.stored(campaign);
      const fixed = await insertRecipients(transaction, campaignId, campaign.businessId, audience);
      added = fixed.total + fixed.excluded;
      const slice = campaign.canary ? canarySize(campaign.canary, fixed.total) : undefined;
      await rows(
        transaction,
        `/* materialised */ WITH feed AS (INSERT INTO campaign_feeds (campaign_id, open_until) VALUES ($1, $2))
         UPDATE campaigns SET materialised_at = now(), canary_size = $3::int,
           canary_state = CASE WHEN $3::int IS NOT NULL THEN 'WAITING' END WHERE id = $1`,
        [campaignId, slice ?? fixed.total, slice ?? null],
      );
      // Contacts may have changed since the start was counted; nobody left means the end.
      const status = fixed.total === 0 ? CampaignStatus.COMPLETED : CampaignStatus.ACTIVE;
      return [await writeStatus(transaction, campaignId, { status, statusReason: null, audience: fixed })];
    });
    await this.publish(deltas);
    // plans that were made for a small table read a large one from end to end, until statistics are new
    if (added >= manyRows) await rows(this.database, `ANALYZE (SKIP_LOCKED) campaign_recipients`);
    await this.queue.send(campaignId);
  }
}

/** Who is to be sent to, and who was left out, once a campaign's audience is fixed. */
export interface Materialised {
  total: number;
  excluded: number;
}

/**
 * Fixes the audience of a campaign: one row per contact, in one statement. Of several contacts with one phone the
 * first in rank is sent to; the others, the invalid and the opted-out become EXCLUDED rows outside the total.
 * People to send to get the places 1…total, the excluded the places after them. One sort by phone serves the
 * choice among duplicates and the numbering.
 *
 * Runs in the caller's transaction, which holds the campaign's row; only once per campaign.
 */
export async function insertRecipients(
  transaction: EntityManager,
  campaignId: string,
  businessId: string,
  audience: Audience,
): Promise<Materialised> {
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const source = audienceSource(audience, businessId, bind);
  const business = bind(businessId);
  const campaign = bind(campaignId);
  const [counts] = await rows<Materialised>(
    transaction,
    `/* materialise */ WITH ranked AS (
       SELECT c.*, CASE
         WHEN c.phone_e164 IS NULL THEN 'INVALID_PHONE'
         WHEN row_number() OVER (PARTITION BY c.phone_e164 ORDER BY c.rank, c.born, c.contact_id) > 1 THEN 'DUPLICATE_PHONE'
         WHEN s.phone IS NOT NULL THEN 'OPTED_OUT'
       END AS reason
       FROM (${source}) c LEFT JOIN suppressions s ON s.business_id = ${business} AND s.phone = c.phone_e164
     ), numbered AS (
       SELECT r.*, count(*) FILTER (WHERE reason IS NULL) OVER () AS total,
         count(*) FILTER (WHERE reason IS NULL) OVER running AS included_no,
         count(*) FILTER (WHERE reason IS NOT NULL) OVER running AS excluded_no
       FROM ranked r
       WINDOW running AS (ORDER BY phone_e164, rank, born, contact_id ROWS UNBOUNDED PRECEDING)
     ), inserted AS (
       INSERT INTO campaign_recipients
         (campaign_id, seq, phone, name, email, contact_kind, contact_id, excluded_reason, status)
       SELECT ${campaign}, CASE WHEN reason IS NULL THEN included_no ELSE total + excluded_no END,
         coalesce(phone_e164, phone), name, email, kind, contact_id, reason,
         CASE WHEN reason IS NULL THEN 'QUEUED' ELSE 'EXCLUDED' END
       FROM numbered
       RETURNING excluded_reason
     )
     SELECT count(*) FILTER (WHERE excluded_reason IS NULL)::int AS total,
       count(*) FILTER (WHERE excluded_reason IS NOT NULL)::int AS excluded FROM inserted`,
    parameters,
  );
  return counts ?? { total: 0, excluded: 0 };
}
