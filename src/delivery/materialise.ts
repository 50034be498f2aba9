import type { DataSource, EntityManager } from 'typeorm';
import type { AudienceService } from '../audience/audience.service';
import { ExclusionReason } from '../audience/audience';
import { exclusions } from '../audience/exclusions';
import type { Selection } from '../audience/exclusions';
import { heldOutSql } from '../audience/holdout';
import { audienceSource, binder } from '../audience/source';
import { CampaignStatus } from '../campaigns/campaign';
import type { Campaign } from '../campaigns/campaign.entity';
import { campaignRepository } from '../campaigns/campaign.repository';
import type { RateCard } from '../campaigns/forecast/rate-card';
import { completeIfDone, writeStatus } from '../campaigns/lifecycle';
import { RecipientStatus, SkippedReason } from '../campaigns/recipient-status';
import { newBlocks } from '../campaigns/recipients/blocks';
import { gateOf } from '../campaigns/schedule/gate';
import { databaseNow, rows, transact } from '../infra/database';
import type { CampaignDelta, PublishDeltas } from '../campaigns/deltas';
import { handOutByHour } from './hand-out';
import { limitFeed } from './spending';
import { settle } from './settle/settle';
import { canarySize } from './sweep/canary';
import type { DeliveryQueue } from './queue';

/** After this many new rows the table's statistics are renewed. */
const manyRows = 1000;

/**
 * Turns the audience of an active campaign, or of a paused one whose deadline has passed, into recipients, once, and lets
 * sending begin. The recipients of a fixed audience are stored already; who of them opted out since is skipped by the claim.
 */
export class Materialiser {
  constructor(
    private readonly database: DataSource,
    private readonly audiences: AudienceService,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly card: RateCard,
  ) {}

  async materialise(campaignId: string): Promise<void> {
    let added = 0;
    const deltas = await transact(this.database, async (transaction) => {
      const campaign = await campaignRepository(transaction).lockById(campaignId);
      if (!campaign || campaign.materialisedAt) return [];
      const now = await databaseNow(transaction);
      if (campaign.status !== CampaignStatus.ACTIVE && !endsPaused(campaign, now)) return [];
      await rows(transaction, `SET LOCAL statement_timeout = '10min'`);
      const fixed = campaign.audienceFixedAt
        ? {
            total: campaign.totalRecipients,
            excluded: campaign.excludedCount,
            holdout: campaign.holdoutSize,
          }
        : await insertRecipients(transaction, campaignId, await this.audiences.stored(campaign));
      added = fixed.total + fixed.excluded;
      const slice = campaign.canary ? canarySize(campaign.canary, fixed.total) : undefined;
      const { opensAt, closesAt } = gateOf(campaign.schedule, now);
      await rows(
        transaction,
        `/* materialised */ WITH feed AS (INSERT INTO campaign_feeds (campaign_id, open_until, opens_at, closes_at)
           VALUES ($1, $2, $4, $5))
         UPDATE campaigns SET materialised_at = now(), canary_size = $3::int, holdout_size = $6,
           canary_state = CASE WHEN $3::int IS NOT NULL THEN 'WAITING' END WHERE id = $1`,
        [campaignId, slice ?? fixed.total, slice ?? null, opensAt, closesAt, fixed.holdout],
      );
      // Contacts may have changed since sendCampaign counted them; with nobody left the campaign is complete.
      const { status, statusReason } =
        fixed.total === 0 ? { status: CampaignStatus.COMPLETED, statusReason: null } : campaign;
      const stored = await writeStatus(transaction, campaignId, { status, statusReason, audience: fixed });
      const skipped = await skipReplaced(transaction, campaign);
      await limitFeed(transaction, campaignId, this.card);
      await handOutByHour(transaction, campaignId);
      return [stored, ...skipped];
    });
    await this.publish(deltas);
    // with the statistics of a small table, plans would scan the whole of a large one
    if (added >= manyRows) await rows(this.database, `ANALYZE (SKIP_LOCKED) campaign_recipients`);
    await this.queue.send(campaignId);
  }
}

/**
 * Whether a campaign was paused before its recipients were stored and its deadline has passed meanwhile: then they are
 * stored, so that the sweep can skip them and each person's story says why nothing was sent.
 */
function endsPaused({ status, startedAt, deadlineAt }: Campaign, now: Date): boolean {
  return status === CampaignStatus.PAUSED && startedAt !== null && deadlineAt !== null && deadlineAt <= now;
}

/**
 * In a fixed audience: skips a person's row under a former number when there is one under the present number too. The
 * change became known after the audience was fixed, and nobody is skipped before the start. A change that is stored at the
 * same moment is missed. Locks recipients after the campaign's row, against the usual order: a deadlock is run again.
 */
async function skipReplaced(transaction: EntityManager, campaign: Campaign): Promise<CampaignDelta[]> {
  if (!campaign.audienceFixedAt) return [];
  const replaced = await rows<{ seq: number; claim_no: number }>(
    transaction,
    `/* replacedRecipients */ WITH RECURSIVE known AS (
       SELECT previous, current, at FROM identity_changes WHERE business_id = $2 AND noted_at >= $3
     ), followed AS (
       SELECT previous AS name, current, at FROM known
       UNION SELECT f.name, k.current, k.at FROM followed f JOIN known k ON k.previous = f.current AND k.at >= f.at
     ), latest AS (SELECT DISTINCT ON (name) name, current FROM followed ORDER BY name, at DESC, current = name DESC)
     SELECT r.seq, r.claim_no FROM latest l
       JOIN campaign_recipients r ON r.campaign_id = $1 AND r.identity = l.name AND r.status = 'QUEUED'
       JOIN campaign_recipients o ON o.campaign_id = $1 AND o.identity = l.current AND o.excluded_reason IS NULL
     WHERE l.current <> l.name ORDER BY r.seq`,
    [campaign.id, campaign.businessId, campaign.audienceFixedAt],
  );
  const { deltas, drained } = await settle(
    transaction,
    replaced.map((one) => ({
      campaignId: campaign.id,
      seq: one.seq,
      claimNo: one.claim_no,
      from: RecipientStatus.QUEUED,
      to: RecipientStatus.SKIPPED,
      skippedReason: SkippedReason.DUPLICATE_PHONE,
    })),
  );
  return [...deltas, ...(await completeIfDone(transaction, drained))];
}

/**
 * Before a campaign that never started is cancelled: if its audience was fixed, its recipients are there, and the sweep
 * skips them in sets as it does those of a campaign that had started.
 */
export async function handOverFixed(transaction: EntityManager, campaign: Campaign): Promise<void> {
  if (!campaign.audienceFixedAt || campaign.materialisedAt) return;
  await rows(
    transaction,
    `/* handOverFixed */ WITH feed AS (INSERT INTO campaign_feeds (campaign_id, open_until) VALUES ($1, $2))
     UPDATE campaigns SET materialised_at = now() WHERE id = $1`,
    [campaign.id, campaign.totalRecipients],
  );
}

/** How many recipients are to be sent to, and how many are excluded, once a campaign's recipients are stored. */
export interface Materialised {
  total: number;
  excluded: number;
  /** Of the excluded, those held out by chance. */
  holdout: number;
}

/**
 * Stores the recipients of a campaign: one row per contact, in one statement. Of several contacts of one person (the same
 * WhatsApp number in any spelling) the first in rank is sent to; the others, invalid phones and people whom the policy
 * leaves out become EXCLUDED rows outside the total. Recipients to send to get the places 1…total, the excluded the
 * places after them. One sort by identity serves both the choice among duplicates and the numbering.
 *
 * Who is held out is decided by a hash of campaign and person: as good as chance, and the same each time it is computed.
 *
 * Runs in the caller's transaction, which holds the campaign's row; only once per campaign.
 */
export async function insertRecipients(
  transaction: EntityManager,
  campaignId: string,
  selection: Selection,
): Promise<Materialised> {
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const source = audienceSource(selection.audience, selection.businessId, bind, selection.policy.needsPhone);
  const { joins, reason } = exclusions(selection, 'audience', bind);
  const campaign = bind(campaignId);
  const [counts] = await rows<Materialised>(
    transaction,
    `/* materialise */ WITH audience AS (${source}), ranked AS (
       SELECT p.*, CASE
         WHEN p.identity IS NULL THEN '${ExclusionReason.INVALID_PHONE}'
         WHEN row_number() OVER (PARTITION BY p.identity ORDER BY p.rank, p.age_order, p.contact_id) > 1 THEN '${ExclusionReason.DUPLICATE_PHONE}'
         ELSE ${reason}
       END AS reason
       FROM audience p ${joins}
     ), held AS (${heldOutOf(selection, campaign)}), numbered AS (
       SELECT r.*, count(*) FILTER (WHERE reason IS NULL) OVER () AS total,
         count(*) FILTER (WHERE reason IS NULL) OVER running AS included_no,
         count(*) FILTER (WHERE reason IS NOT NULL) OVER running AS excluded_no
       FROM held r
       WINDOW running AS (ORDER BY identity, rank, age_order, contact_id ROWS UNBOUNDED PRECEDING)
     ), inserted AS (
       INSERT INTO campaign_recipients
         (campaign_id, seq, phone, identity, name, email, contact_kind, contact_id, excluded_reason, status)
       SELECT ${campaign}, CASE WHEN reason IS NULL THEN included_no ELSE total + excluded_no END,
         coalesce(phone_e164, phone), identity, name, email, kind, contact_id, reason,
         CASE WHEN reason IS NULL THEN 'QUEUED' ELSE 'EXCLUDED' END
       FROM numbered
       RETURNING excluded_reason
     )
     SELECT count(*) FILTER (WHERE excluded_reason IS NULL)::int AS total,
       count(*) FILTER (WHERE excluded_reason IS NOT NULL)::int AS excluded,
       count(*) FILTER (WHERE excluded_reason = '${ExclusionReason.HOLDOUT}')::int AS holdout FROM inserted`,
    parameters,
  );
  const { total, excluded, holdout } = counts ?? { total: 0, excluded: 0, holdout: 0 };
  await rows(transaction, `/* newBlocks */ ${newBlocks('$1::uuid', '$2::int', '$3::int')}`, [
    campaignId,
    total,
    total + excluded,
  ]);
  return { total, excluded, holdout };
}

/** SQL: `ranked` with the reason HOLDOUT for the people whose hashes come first. Without a holdout nothing is sorted. */
function heldOutOf({ holdoutPercent = 0 }: Selection, campaign: string): string {
  if (holdoutPercent === 0) return 'SELECT * FROM ranked';
  return `SELECT kind, contact_id, name, phone, phone_e164, identity, email, rank, age_order,
      CASE WHEN reason IS NULL AND place <= ${heldOutSql('people', holdoutPercent)} THEN '${ExclusionReason.HOLDOUT}' ELSE reason END AS reason
    FROM (SELECT r.*, count(*) FILTER (WHERE reason IS NULL) OVER () AS people,
      row_number() OVER (PARTITION BY reason IS NULL
        ORDER BY hashtextextended(identity, hashtextextended(${campaign}::uuid::text, 0)), identity) AS place
      FROM ranked r) AS drawn`;
}
