import type { DataSource, EntityManager } from 'typeorm';
import type { CampaignStatus } from '../campaigns/campaign';
import { rows } from '../infra/database';
import { checksOf } from './invariants';
import type { CampaignFacts, Check, Checked, Earned, StatusFacts } from './invariants';

/** The result of checking a campaign against its rows. */
export interface Verification {
  campaignId: string;
  status: CampaignStatus;
  /** The time of the snapshot, by the database's clock. */
  checkedAt: Date;
  checks: Check[];
}

export interface VerifyOptions {
  /** Allows a statement ten minutes, instead of the data source's limit. */
  patient?: boolean;
}

/**
 * Checks the invariants of a campaign ({@link checksOf}) against its rows, in one read-only snapshot: a campaign can be
 * checked while it is being sent. Reads each row twice: two to three seconds for a million.
 * @returns undefined when there is no such campaign
 */
export function verifyCampaign(
  database: DataSource,
  campaignId: string,
  { patient = false }: VerifyOptions = {},
): Promise<Verification | undefined> {
  return database.transaction('REPEATABLE READ', async (transaction) => {
    await rows(transaction, `SET TRANSACTION READ ONLY`);
    if (patient) await rows(transaction, `SET LOCAL statement_timeout = '10min'`);
    const campaign = await readCampaign(transaction, campaignId);
    if (!campaign) return undefined;
    const { id, status, checkedAt, materialised, nextSeq, earned, ...counters } = campaign;
    const recipients = materialised ? await readRecipients(transaction, id, nextSeq) : undefined;
    return { campaignId: id, status, checkedAt, checks: checksOf({ status, counters, earned, recipients }) };
  });
}

type CampaignRow = Record<Checked, number> & {
  id: string;
  status: CampaignStatus;
  checkedAt: Date;
  materialised: boolean;
  nextSeq: number | null;
  earned: Earned;
};

async function readCampaign(transaction: EntityManager, id: string): Promise<CampaignRow | undefined> {
  const [campaign] = await rows<CampaignRow>(
    transaction,
    `/* verify campaign */ SELECT c.id, c.status, now() AS "checkedAt", c.materialised_at IS NOT NULL AS materialised,
       f.next_seq AS "nextSeq", c.total_recipients AS total, c.queued_count AS queued, c.unconfirmed_count AS unconfirmed,
       c.sent_count AS sent, c.delivered_count AS delivered, c.read_count AS read, c.failed_count AS failed,
       c.skipped_count AS skipped, c.excluded_count AS excluded, c.clicked_count AS clicked,
       c.converted_count AS converted, c.replied_count AS replied, c.opted_out_count AS "optedOut", c.held_count AS held,
       c.holdout_size AS "holdoutSize", c.holdout_converted AS "holdoutConverted",
       jsonb_build_object('clicks', c.clicks, 'botClicks', c.bot_clicks, 'revenue', c.revenue, 'cost', c.cost) AS earned
     FROM campaigns c LEFT JOIN campaign_feeds f ON f.campaign_id = c.id WHERE c.id = $1`,
    [id],
  );
  return campaign;
}

type RecipientFacts = NonNullable<CampaignFacts['recipients']>;

async function readRecipients(
  transaction: EntityManager,
  campaignId: string,
  nextSeq: number | null,
): Promise<RecipientFacts> {
  const byStatus = await rows<StatusFacts>(transaction, recipientsStatement, [campaignId, nextSeq ?? 1]);
  // a statement of its own: it needs the phones in order; from the phone, so that a wrong identity hides nothing
  const [phones] = await rows<{ repeated: number }>(
    transaction,
    `/* verify phones */ SELECT (count(*) - count(DISTINCT phone_identity(phone)))::int AS repeated
     FROM campaign_recipients WHERE campaign_id = $1 AND excluded_reason IS NULL`,
    [campaignId],
  );
  const [timeline] = await rows<RecipientFacts['timeline']>(
    transaction,
    `/* verify timeline */ SELECT coalesce(sum(sent), 0)::int AS sent, coalesce(sum(delivered), 0)::int AS delivered,
       coalesce(sum(read), 0)::int AS read, coalesce(sum(failed), 0)::int AS failed,
       coalesce(sum(clicked), 0)::int AS clicked, coalesce(sum(converted), 0)::int AS converted,
       coalesce(sum(replied), 0)::int AS replied
     FROM campaign_stats_minutes WHERE campaign_id = $1`,
    [campaignId],
  );
  const [found] = await rows<{ earned: Earned; linkClicks: number }>(transaction, earnedStatement, [
    campaignId,
  ]);
  if (!phones || !timeline || !found) throw new Error('An aggregate without GROUP BY has one row');
  return { byStatus, repeatedPhones: phones.repeated, timeline, nextSeq, ...found };
}

/** Refunds are positive values that are taken off; an amount without a currency counts as XXX. */
const earnedStatement = `/* verify earned */ SELECT (SELECT coalesce(sum(clicks + bot_clicks), 0)::int FROM campaign_link_clicks
    WHERE campaign_id = $1) AS "linkClicks",
  jsonb_build_object(
    'clicks', (SELECT count(*) FROM clicks WHERE campaign_id = $1 AND NOT bot),
    'botClicks', (SELECT count(*) FROM clicks WHERE campaign_id = $1 AND bot),
    'revenue', (SELECT coalesce(jsonb_object_agg(currency, amount::text), '{}') FROM (
      SELECT coalesce(currency, 'XXX') AS currency, sum(CASE WHEN refund_of IS NULL THEN value ELSE -value END) AS amount
      FROM conversions WHERE campaign_id = $1 AND value IS NOT NULL GROUP BY 1) AS orders),
    'cost', (SELECT coalesce(jsonb_object_agg(currency, amount::text), '{}') FROM (
      SELECT charge.value->>1 AS currency, sum((charge.value->>0)::numeric) AS amount
      FROM campaign_recipients r, jsonb_each(r.charges) AS charge WHERE r.campaign_id = $1 GROUP BY 1) AS charges)
  ) AS earned`;

/**
 * Everything about the rows in one pass. Other tables are read only for recipients that are SENDING (few; hashed once)
 * and for QUEUED ones that were claimed before. The kind of a follow-up is compared outside the subquery: inside, a
 * planner with old statistics takes the index by kind and due time, and reads the whole campaign for each recipient.
 */
const recipientsStatement = `/* verify recipients */ SELECT status, count(*)::int AS people,
  count(clicked_at)::int AS clicked, count(converted_at)::int AS converted, count(replied_at)::int AS replied,
  count(opted_out_at)::int AS "optedOut", count(message_status)::int AS held,
  count(*) FILTER (WHERE excluded_reason = 'HOLDOUT')::int AS "heldOut",
  count(holdout_converted_at)::int AS "holdoutConverted", min(seq) AS first, max(seq) AS last,
  count(*) FILTER (WHERE claim_no = 0)::int AS "neverClaimed",
  count(*) FILTER (WHERE wamid IS NULL AND clicked_at IS NULL)::int AS "withoutMessageId",
  count(*) FILTER (WHERE seq >= $2 AND claim_no > 0)::int AS "claimedEarly",
  count(*) FILTER (WHERE status = 'SENDING' AND ((seq, claim_no) IN (
    SELECT held.seq, held.claim_no FROM delivery_claims c, unnest(c.seqs, c.claim_nos) AS held (seq, claim_no)
    WHERE c.campaign_id = $1)) IS NOT TRUE)::int AS "notHeld",
  count(*) FILTER (WHERE status = 'QUEUED' AND seq < $2 AND (
    SELECT f.kind FROM delivery_followups f WHERE f.campaign_id = r.campaign_id AND f.seq = r.seq
  ) IS DISTINCT FROM 'RETRY')::int AS forgotten
FROM campaign_recipients r WHERE campaign_id = $1 GROUP BY status`;
