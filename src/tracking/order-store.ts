import type { EntityManager } from 'typeorm';
import { messagesOfPerson } from '../campaigns/person';
import { rows } from '../infra/database';
import { isUuid } from '../infra/input';
import type { Attribution, Candidate } from './attribution';
import type { Order } from './conversion-input';
import type { RecipientPlace } from './mark';
import type { PaidOrder } from './refunds';

/** An order, with what attribution needs to know of it. */
export interface PlacedOrder {
  order: Order;
  /** E.164; null if none was given, or one that cannot be read. */
  phone: string | null;
  occurredAt: Date;
}

/** What identifies an order of a business. */
export type OrderKey = Pick<Order, 'businessId' | 'orderId'>;

/** As the key of a map. */
export function keyOf({ businessId, orderId }: OrderKey): string {
  return `${businessId} ${orderId}`;
}

/** The clicks of people that orders name, by the id as given; only clicks of the order's business. */
export async function clicksOf(
  transaction: EntityManager,
  placed: readonly PlacedOrder[],
): Promise<(RecipientPlace | undefined)[]> {
  const ids = placed.map(({ order }) => (order.clickId && isUuid(order.clickId) ? order.clickId : null));
  if (!ids.some(Boolean)) return placed.map(() => undefined);
  const found = await rows<RecipientPlace & { i: number }>(
    transaction,
    `/* clicksOfOrders */ SELECT p.i::int, k.campaign_id AS "campaignId", k.seq
     FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS p (business_id, click_id, i)
     JOIN clicks k ON k.id = p.click_id AND k.business_id = p.business_id AND NOT k.bot`,
    [placed.map(({ order }) => order.businessId), ids],
  );
  const clicks: (RecipientPlace | undefined)[] = placed.map(() => undefined);
  for (const { i, campaignId, seq } of found) clicks[i - 1] = { campaignId, seq };
  return clicks;
}

/** The digits of a phone that is not valid as E.164: it may be the number in WhatsApp's own form. */
const digitsOf = `regexp_replace(p.raw_phone, '\\D', '', 'g')`;

/** Times are read in whole milliseconds, so the database looks a second further than the rule. */
const since = `p.occurred_at - make_interval(days => p.days, secs => 1)`;
const until = `p.occurred_at + interval '1 second'`;

/**
 * The messages to the phones of orders in the time in which they may be given the order, and the campaigns that held the
 * person out. A campaign's row changes whenever its recipients move, so one that has not changed in this time has sent
 * nothing in it. @returns by the place of the order
 */
export async function candidatesOf(
  transaction: EntityManager,
  placed: readonly PlacedOrder[],
): Promise<Candidate[][]> {
  const candidates: Candidate[][] = placed.map(() => []);
  if (!placed.some(({ order }) => order.phone)) return candidates;
  const found = await rows<Candidate & { i: number }>(
    transaction,
    `/* candidatesOfOrders */ SELECT p.i::int, m.campaign_id AS "campaignId", m.seq, m.at, m.arrived, m.held_out AS "heldOut"
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::int[])
       WITH ORDINALITY AS p (business_id, phone, raw_phone, occurred_at, days, i)
     JOIN campaigns c ON c.business_id = p.business_id AND c.started_at <= ${until} AND c.updated_at > ${since}
     CROSS JOIN LATERAL (
       SELECT r.campaign_id, r.seq, r.sent_at AS at, true AS arrived, false AS held_out
       FROM ${messagesOfPerson('c.id', '= phone_identity(p.phone)', `coalesce(ltrim(p.phone, '+'), ${digitsOf})`)} r
       WHERE r.status IN ('DELIVERED', 'READ') AND r.sent_at <= ${until} AND r.sent_at > ${since}
       UNION ALL
       SELECT h.campaign_id, h.seq, c.started_at, false, true FROM campaign_recipients h
       WHERE c.holdout_size > 0 AND c.started_at > ${since} AND h.campaign_id = c.id AND h.identity = phone_identity(p.phone)
         AND h.excluded_reason IS NOT NULL AND h.excluded_reason = 'HOLDOUT') m
     WHERE p.raw_phone IS NOT NULL`,
    [
      placed.map(({ order }) => order.businessId),
      placed.map(({ phone }) => phone),
      placed.map(({ order }) => order.phone ?? null),
      placed.map(({ occurredAt }) => occurredAt),
      placed.map(({ order }) => order.attributionDays),
    ],
  );
  for (const { i, ...candidate } of found) candidates[i - 1]?.push(candidate);
  return candidates;
}

/** What is written of an order or a refund. */
export interface OrderRow extends PlacedOrder {
  attribution: Attribution;
  /** Of a refund, what it gives back. */
  value: string | null;
  currency: string | null;
}

/**
 * Stores orders, those that were not known; sorted, so that two requests with the same orders wait in the same order.
 * @returns the keys of the new ones
 */
export async function insertOrders(
  transaction: EntityManager,
  list: readonly OrderRow[],
): Promise<Set<string>> {
  if (list.length === 0) return new Set();
  const stored = await rows<OrderKey>(
    transaction,
    `/* insertOrders */ INSERT INTO conversions (business_id, order_id, campaign_id, seq, click_id, phone, value, currency, occurred_at,
       refund_of, holdout_campaign_id, holdout_seq)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::numeric[], $8::text[],
       $9::timestamptz[], $10::text[], $11::uuid[], $12::int[]) AS o (business_id, order_id) ORDER BY business_id, order_id
     ON CONFLICT (business_id, order_id) DO NOTHING RETURNING business_id AS "businessId", order_id AS "orderId"`,
    [
      list.map(({ order }) => order.businessId),
      list.map(({ order }) => order.orderId),
      list.map(({ attribution }) => attribution.to?.campaignId ?? null),
      list.map(({ attribution }) => attribution.to?.seq ?? null),
      list.map(({ order, attribution }) => (attribution.by === 'CLICK' ? order.clickId : null)),
      list.map(({ order, phone }) => phone ?? order.phone ?? null),
      list.map(({ value }) => value),
      list.map(({ currency }) => currency),
      list.map(({ occurredAt }) => occurredAt),
      list.map(({ order }) => order.refundOf ?? null),
      list.map(({ attribution }) => attribution.heldOut?.campaignId ?? null),
      list.map(({ attribution }) => attribution.heldOut?.seq ?? null),
    ],
  );
  return new Set(stored.map(keyOf));
}

/** An order that refunds name. */
export type RefundedOrder = PaidOrder & { campaignId: string | null; seq: number | null };

/**
 * The orders that refunds name, by their key, and which of the refunds are known already. The orders stay locked, so that
 * several refunds of one order are decided about one after the other; the sums are read after that, in a statement of its own.
 */
export async function refundedOrders(
  transaction: EntityManager,
  refunds: readonly Order[],
): Promise<{ orders: Map<string, RefundedOrder>; known: Set<string> }> {
  const businessIds = refunds.map(({ businessId }) => businessId);
  const named = refunds.map(({ refundOf }) => refundOf ?? '');
  await rows(
    transaction,
    `/* lockRefunded */ SELECT FROM conversions WHERE (business_id, order_id) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))
     ORDER BY business_id, order_id FOR NO KEY UPDATE`,
    [businessIds, named],
  );
  const found = await rows<RefundedOrder & OrderKey>(
    transaction,
    `/* refundedOrders */ SELECT business_id AS "businessId", order_id AS "orderId", campaign_id AS "campaignId", seq, value, currency,
       refund_of IS NOT NULL AS "isRefund", coalesce((SELECT sum(r.value) FROM conversions r
         WHERE r.business_id = o.business_id AND r.refund_of = o.order_id), 0)::text AS refunded
     FROM conversions o WHERE (business_id, order_id) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
    [businessIds, named],
  );
  const known = await rows<OrderKey>(
    transaction,
    `/* knownRefunds */ SELECT business_id AS "businessId", order_id AS "orderId" FROM conversions
     WHERE (business_id, order_id) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
    [businessIds, refunds.map(({ orderId }) => orderId)],
  );
  return { orders: new Map(found.map((order) => [keyOf(order), order])), known: new Set(known.map(keyOf)) };
}

/** The campaigns to which stored orders are attributed, by the orders' keys. */
export async function campaignsOf(
  transaction: EntityManager,
  orders: readonly Order[],
): Promise<Map<string, string>> {
  const known = await rows<OrderKey & { campaignId: string }>(
    transaction,
    `/* campaignsOfOrders */ SELECT business_id AS "businessId", order_id AS "orderId", campaign_id AS "campaignId" FROM conversions
     JOIN unnest($1::uuid[], $2::text[]) AS o (business_id, order_id) USING (business_id, order_id)
     WHERE campaign_id IS NOT NULL`,
    [orders.map(({ businessId }) => businessId), orders.map(({ orderId }) => orderId)],
  );
  return new Map(known.map((row) => [keyOf(row), row.campaignId]));
}
