import type { EntityManager } from 'typeorm';
import type { MessageKind } from '../audience/exclusions';
import { CampaignStatus } from '../campaigns/campaign';
import type { Campaign } from '../campaigns/campaign.entity';
import type { CampaignDelta } from '../campaigns/deltas';
import { allowLongStatements } from '../campaigns/drafts/fixed-audience';
import { priceOfNumber } from '../campaigns/forecast/cost';
import { decimalText, millionths } from '../campaigns/forecast/money';
import { placesOfCampaign } from '../campaigns/forecast/places';
import type { RateCard } from '../campaigns/forecast/rate-card';
import { pauseCampaign } from '../campaigns/lifecycle';
import { zoneDigits } from '../campaigns/schedule/number-zone';
import { rows } from '../infra/database';
import { UserError } from '../infra/errors';

/**
 * maxCost is kept by the feed: when the recipients are stored, and again when a paused campaign is resumed, the prices of
 * the recipients are added up in the order in which they are sent to, and the feed ends before the first whom maxCost does
 * not cover. So claims look at nothing more than before, and several workers cannot exceed it together. Everybody whom a
 * worker has claimed counts first; only at a resume, what failed or was skipped (and so costs nothing) is free again.
 */

/** The price of every recipient of a campaign, as a CTE `price`; its three parameters follow `$1`, the campaign. */
const pricedRecipients = `price AS (SELECT * FROM unnest($2::text[], $3::numeric[]) AS p (digits, amount))`;
const amountOf = `coalesce(p.amount, $4::numeric)`;
const priceJoin = `LEFT JOIN price p ON p.digits = left(r.identity, ${zoneDigits})`;

/** Ends the feed before the first recipient whom maxCost does not cover. The caller holds the campaign's row. */
export async function limitFeed(
  transaction: EntityManager,
  campaignId: string,
  card: RateCard,
): Promise<void> {
  const [found] = await rows<{ max_cost: string | null; limited: boolean; kind: MessageKind }>(
    transaction,
    `/* maxCost */ SELECT c.max_cost, f.affordable_until IS NOT NULL AS limited, ${kindOf} AS kind
     FROM campaigns c JOIN campaign_feeds f ON f.campaign_id = c.id LEFT JOIN templates t ON t.id = c.template_id
     WHERE c.id = $1`,
    [campaignId],
  );
  if (!found || (found.max_cost === null && !found.limited)) return;
  let until: number | null = null;
  if (found.max_cost !== null) {
    await allowLongStatements(transaction);
    const prices = await pricesOf(transaction, campaignId, card, found.kind);
    const [affordable] = await rows<{ until: number }>(
      transaction,
      `/* affordable */ WITH ${pricedRecipients}, spent AS (
         SELECT r.seq, r.claim_no = 0 AS waits, sum(CASE WHEN r.status IN ('FAILED', 'SKIPPED') THEN 0 ELSE ${amountOf} END)
           OVER (ORDER BY r.claim_no = 0, r.seq) AS cost
         FROM campaign_recipients r ${priceJoin} WHERE r.campaign_id = $1 AND r.status <> 'EXCLUDED')
       SELECT coalesce(min(seq) FILTER (WHERE waits AND cost > $5::numeric) - 1, max(seq), 0)::int AS until FROM spent`,
      [campaignId, ...prices, found.max_cost],
    );
    until = affordable?.until ?? 0;
  }
  if (until !== null) await takeBack(transaction, campaignId, until);
  await rows(
    transaction,
    `/* limitFeed */ UPDATE campaign_feeds f SET affordable_until = $2::int, open_until = greatest(f.next_seq - 1,
       least(CASE WHEN c.canary_state IN ('WAITING', 'STOPPED') THEN c.canary_size ELSE c.total_recipients END, $2::int))
     FROM campaigns c WHERE f.campaign_id = $1 AND c.id = $1`,
    [campaignId, until],
  );
}

/**
 * With RECIPIENT the feed has handed out everybody at once, with the hour of each: takes back those behind the limit whom
 * no worker has claimed. They are handed out again when the limit is raised.
 */
async function takeBack(transaction: EntityManager, campaignId: string, until: number): Promise<void> {
  await rows(
    transaction,
    `/* takeBack */ WITH taken AS (
       DELETE FROM delivery_followups u USING campaign_recipients r
       WHERE u.campaign_id = $1 AND u.kind = 'RETRY' AND u.seq > $2 AND r.campaign_id = u.campaign_id AND r.seq = u.seq AND r.claim_no = 0
       RETURNING u.seq)
     UPDATE campaign_feeds SET next_seq = least(next_seq, $2 + 1) WHERE campaign_id = $1 AND EXISTS (SELECT FROM taken)`,
    [campaignId, until],
  );
}

/** Writes another limit of a campaign; null: none. */
export async function writeMaxCost(
  transaction: EntityManager,
  campaignId: string,
  maxCost: string | null,
): Promise<void> {
  await rows(transaction, `/* writeMaxCost */ UPDATE campaigns SET max_cost = $2 WHERE id = $1`, [
    campaignId,
    maxCost,
  ]);
}

/** Pauses the campaigns whose feed ended because of maxCost, when everybody before has been sent to. */
export async function pauseBeforeMaxCost(transaction: EntityManager): Promise<CampaignDelta[]> {
  const ended = await rows<{ id: string; now: Date; left: number; max_cost: string }>(
    transaction,
    `/* feedsEndedByMaxCost */ SELECT c.id, now() AS now, c.queued_count AS left, c.max_cost
     FROM campaigns c JOIN campaign_feeds f ON f.campaign_id = c.id
     WHERE c.status = 'ACTIVE' AND f.affordable_until < c.total_recipients AND f.next_seq > f.affordable_until
       AND (c.canary_state IS DISTINCT FROM 'WAITING' OR f.affordable_until < c.canary_size) AND c.queued_count > 0
       AND c.queued_count <= c.total_recipients - f.affordable_until
       AND NOT EXISTS (SELECT FROM delivery_followups u WHERE u.campaign_id = c.id AND u.kind = 'RETRY')
       AND NOT EXISTS (SELECT FROM delivery_claims d WHERE d.campaign_id = c.id) ORDER BY c.id`,
  );
  const deltas: CampaignDelta[] = [];
  for (const { id, now, left, max_cost: maxCost } of ended) {
    const reason = `Another message could cost more than maxCost (${decimalText(maxCost)}); ${left} recipients are left. Resume with a higher maxCost to send to them`;
    deltas.push(...(await pauseCampaign(transaction, id, reason, now)));
  }
  return deltas;
}

/** Before failed messages are sent again. @throws CONFLICT when together with all others they could exceed maxCost */
export async function mustAffordAgain(
  transaction: EntityManager,
  { id, status, maxCost, templateId }: Campaign,
  card: RateCard,
): Promise<void> {
  if (maxCost === null) return;
  await allowLongStatements(transaction);
  const [template] = await rows<{ kind: MessageKind }>(
    transaction,
    `/* kindOfTemplate */ SELECT ${kindOf} AS kind FROM (SELECT $1::uuid AS id) c LEFT JOIN templates t ON t.id = c.id`,
    [templateId],
  );
  const prices = await pricesOf(transaction, id, card, template?.kind ?? 'MARKETING');
  const [spent] = await rows<{ most: string }>(
    transaction,
    `/* spentWithFailed */ WITH ${pricedRecipients}
     SELECT coalesce(sum(${amountOf}), 0)::text AS most FROM campaign_recipients r ${priceJoin}
       JOIN campaign_feeds f ON f.campaign_id = r.campaign_id
     WHERE r.campaign_id = $1 AND (r.claim_no > 0 OR r.seq <= greatest(f.affordable_until, f.next_seq - 1)) AND r.status NOT IN ('EXCLUDED', 'SKIPPED')`,
    [id, ...prices],
  );
  if (millionths(spent?.most ?? '0') > millionths(maxCost))
    throw new UserError(
      'CONFLICT',
      `With the failed messages the campaign could cost more than maxCost (${maxCost}). ${
        status === CampaignStatus.COMPLETED
          ? 'Write to them with a follow-up campaign instead'
          : 'Pause it and resume it with a higher maxCost first'
      }`,
    );
}

/** The kind of message by its template, as SQL. */
const kindOf = `CASE WHEN t.id IS NULL THEN 'FREE_FORM' WHEN t.category = 'UTILITY' THEN 'UTILITY' ELSE 'MARKETING' END`;

/** The parameters of {@link pricedRecipients}: beginnings of numbers, their prices, and the highest for unknown ones. */
async function pricesOf(
  transaction: EntityManager,
  campaignId: string,
  card: RateCard,
  kind: MessageKind,
): Promise<[string[], string[], string]> {
  const places = await placesOfCampaign(transaction, campaignId);
  const prices = places.map(({ example }) => priceOfNumber(card, example, kind));
  const highest = prices.reduce((a, b) => (Number(b) > Number(a) ? b : a), '0');
  return [places.map(({ digits }) => digits), prices, highest];
}
