import type { DataSource, EntityManager } from 'typeorm';
import { normalisePhone } from '../audience/contacts/phone';
import { rows, transact } from '../infra/database';
import type { PublishDeltas, CampaignDelta } from '../campaigns/deltas';
import { messagesOfPerson } from '../campaigns/person';
import { isBusy, isUnavailable } from '../infra/errors';
import { isUuid } from '../infra/input';
import type { Log } from '../infra/log';
import type { ConfirmArrival } from './clicks';
import type { ConversionInput } from './conversion-input';
import { markAllOnce } from './mark';

/** An order to be recorded for a business that the caller may see. */
export interface Order extends ConversionInput {
  /** Country of the business, for phones without a country code. */
  defaultCountry: string;
}

/**
 * What became of an order. `new`: stored; `duplicate`: the business has reported it before; `failed`: PostgreSQL
 * refused it. `campaignId` is null when it was not attributed; for a new one `unattributed` says why.
 */
export type Recorded =
  | { result: 'new'; campaignId: string | null; unattributed?: string }
  | { result: 'duplicate'; campaignId: string | null }
  | { result: 'failed'; error: unknown };

/** The digits of a phone that is not valid as E.164: it may be the number in WhatsApp's own form. */
const digitsOf = `regexp_replace(o.raw_phone, '\\D', '', 'g')`;

/** Records orders and attributes them to campaigns. An order counts once, and a recipient converts once. */
export class Conversions {
  constructor(
    private readonly database: DataSource,
    private readonly publish: PublishDeltas,
    private readonly confirm: ConfirmArrival,
    private readonly log: Log,
  ) {}

  /**
   * Records orders, in one transaction. An order that PostgreSQL refuses fails alone: the set is halved until the
   * others are stored.
   * @returns what became of each, in the order given
   * @throws when the database is not available; some of the orders may be stored then, and posting all again is safe
   */
  async record(orders: readonly Order[]): Promise<Recorded[]> {
    const first = new Map<string, Order>();
    for (const order of orders) if (!first.has(keyOf(order))) first.set(keyOf(order), order);
    const recorded = new Map<string, Recorded>();
    await this.recordDistinct([...first.values()], recorded);
    return orders.map((order) => {
      const one = recorded.get(keyOf(order)) ?? { result: 'failed', error: new Error('not recorded') };
      if (first.get(keyOf(order)) === order || one.result === 'failed') return one;
      return { result: 'duplicate', campaignId: one.campaignId };
    });
  }

  private async recordDistinct(orders: readonly Order[], recorded: Map<string, Recorded>): Promise<void> {
    if (orders.length === 0) return;
    try {
      const { results, deltas } = await transact(this.database, (transaction) =>
        this.store(transaction, orders),
      );
      orders.forEach((order, i) => recorded.set(keyOf(order), results[i] as Recorded));
      void this.publish(deltas);
    } catch (error) {
      // nothing is wrong with the orders: posting them again later is safe
      if (isUnavailable(error) || isBusy(error)) throw error;
      if (orders.length > 1) {
        const half = orders.length >> 1;
        await this.recordDistinct(orders.slice(0, half), recorded);
        await this.recordDistinct(orders.slice(half), recorded);
        return;
      }
      this.log.error({ err: error }, 'an order could not be stored');
      for (const order of orders) recorded.set(keyOf(order), { result: 'failed', error });
    }
  }

  /** Orders first, sorted; then recipients and campaigns in the order of settle. */
  private async store(
    transaction: EntityManager,
    orders: readonly Order[],
  ): Promise<{ results: Recorded[]; deltas: CampaignDelta[] }> {
    const phones = orders.map((order) =>
      order.phone ? normalisePhone(order.phone, order.defaultCountry) : null,
    );
    const stored = await rows<{
      i: number;
      campaign_id: string | null;
      seq: number | null;
      attribution_days: number;
      is_new: boolean;
    }>(transaction, storeStatement, [
      orders.map((_, i) => i),
      orders.map((order) => order.businessId),
      orders.map((order) => order.orderId),
      orders.map((order) => (order.clickId && isUuid(order.clickId) ? order.clickId : null)),
      phones,
      orders.map((order) => order.phone ?? null),
      orders.map((order) => order.value ?? null),
      orders.map((order) => order.currency ?? null),
      orders.map((order) => order.occurredAt ?? null),
    ]);
    const added = stored.filter((row) => row.is_new);
    const places = added.flatMap(({ campaign_id: campaignId, seq }) =>
      campaignId !== null && seq !== null ? [{ campaignId, seq }] : [],
    );
    const confirmed = await this.confirm(transaction, places);
    const marked = await markAllOnce(transaction, 'converted', places);
    const known =
      added.length < orders.length ? await this.campaignsOf(transaction, orders) : new Map<string, string>();
    const results: Recorded[] = orders.map((order) => ({
      result: 'duplicate',
      campaignId: known.get(keyOf(order)) ?? null,
    }));
    for (const { i, campaign_id: campaignId, attribution_days: days } of added) {
      const unattributed = whyUnattributed(orders[i] as Order, phones[i] ?? null, days);
      results[i] = { result: 'new', campaignId, ...(campaignId === null ? { unattributed } : {}) };
    }
    return { results, deltas: [...confirmed, ...marked] };
  }

  /** The campaigns to which stored orders are attributed. */
  private async campaignsOf(
    transaction: EntityManager,
    orders: readonly Order[],
  ): Promise<Map<string, string>> {
    const known = await rows<{ business_id: string; order_id: string; campaign_id: string }>(
      transaction,
      `/* campaignsOfOrders */ SELECT business_id, order_id, campaign_id FROM conversions
       JOIN unnest($1::uuid[], $2::text[]) AS o (business_id, order_id) USING (business_id, order_id)
       WHERE campaign_id IS NOT NULL`,
      [orders.map((order) => order.businessId), orders.map((order) => order.orderId)],
    );
    return new Map(
      known.map((row) => [keyOf({ businessId: row.business_id, orderId: row.order_id }), row.campaign_id]),
    );
  }
}

function keyOf({ businessId, orderId }: Pick<Order, 'businessId' | 'orderId'>): string {
  return `${businessId} ${orderId}`;
}

function whyUnattributed({ clickId, phone: given }: Order, phone: string | null, days: number): string {
  const reasons = [
    clickId ? 'clickId: no click of this business has this id' : '',
    given && phone
      ? `phone: no message of a campaign that was sent in the ${days} days before the order was delivered to this number`
      : '',
    given && !phone ? 'phone: not a valid phone number' : '',
  ].filter(Boolean);
  return reasons.length > 0 ? reasons.join('; ') : 'neither clickId nor phone was given';
}

/**
 * posted      the orders, each once
 * attributed  by the click, if it is one of the business's; else to the latest message that was delivered to the phone
 *             and sent before the order, at most as many days as the business says. A campaign's row changes whenever its recipients move, so one that has not
 *             changed in the attribution time has sent nothing in it.
 * stored      those that were not known; sorted, so that two requests with the same orders wait in the same order
 */
const storeStatement = `/* storeConversions */ WITH posted AS (
  SELECT i, business_id, order_id, click_id, phone, raw_phone, value, currency, coalesce(occurred_at, now()) AS occurred_at,
    b.attribution_days
  FROM unnest($1::int[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::numeric[], $8::text[], $9::timestamptz[])
    AS p (i, business_id, order_id, click_id, phone, raw_phone, value, currency, occurred_at)
  JOIN businesses b ON b.id = p.business_id
), attributed AS (
  SELECT o.*, k.id AS click, coalesce(k.campaign_id, m.campaign_id) AS campaign_id, coalesce(k.seq, m.seq) AS seq
  FROM posted o
  LEFT JOIN clicks k ON k.id = o.click_id AND k.business_id = o.business_id
  LEFT JOIN LATERAL (
    SELECT r.campaign_id, r.seq FROM campaigns c
    JOIN LATERAL ${messagesOfPerson('c.id', '= phone_identity(o.phone)', `coalesce(ltrim(o.phone, '+'), ${digitsOf})`)} r ON true
    WHERE k.id IS NULL AND c.business_id = o.business_id
      AND c.started_at <= o.occurred_at AND c.updated_at > o.occurred_at - make_interval(days => o.attribution_days)
      AND r.status IN ('DELIVERED', 'READ')
      AND r.sent_at <= o.occurred_at AND r.sent_at > o.occurred_at - make_interval(days => o.attribution_days)
    ORDER BY r.sent_at DESC LIMIT 1
  ) m ON true
), stored AS (
  INSERT INTO conversions (business_id, order_id, campaign_id, seq, click_id, phone, value, currency, occurred_at)
  SELECT business_id, order_id, campaign_id, seq, click, coalesce(phone, raw_phone), value, currency, occurred_at
  FROM attributed ORDER BY business_id, order_id
  ON CONFLICT (business_id, order_id) DO NOTHING RETURNING business_id, order_id
)
SELECT a.i, a.campaign_id, a.seq, a.attribution_days, s.order_id IS NOT NULL AS is_new
FROM attributed a LEFT JOIN stored s ON s.business_id = a.business_id AND s.order_id = a.order_id`;
