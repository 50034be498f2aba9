import type { DataSource, EntityManager } from 'typeorm';
import { normalisePhone } from '../audience/contacts/phone';
import { databaseNow, transact } from '../infra/database';
import type { PublishDeltas, CampaignDelta } from '../campaigns/deltas';
import { amountText, millionths } from '../campaigns/forecast/money';
import { isBusy, isUnavailable } from '../infra/errors';
import type { Log } from '../infra/log';
import { attribute } from './attribution';
import type { Attribution } from './attribution';
import type { ConfirmArrival } from './clicks';
import type { Order } from './conversion-input';
import { markConverted } from './mark';
import { campaignsOf, candidatesOf, clicksOf, insertOrders, keyOf, refundedOrders } from './order-store';
import type { OrderRow, PlacedOrder } from './order-store';
import { decideRefund } from './refunds';
import type { RefusedRefund } from './refunds';

/**
 * What became of an order. `new`: stored; `duplicate`: the business has reported it before; `refused`: a refund that does
 * not fit its order; `failed`: PostgreSQL refused it. `campaignId` is null when it was not attributed; for a new one
 * `unattributed` says why.
 */
export type Recorded =
  | { result: 'new'; campaignId: string | null; unattributed?: string }
  | { result: 'duplicate'; campaignId: string | null }
  | ({ result: 'refused' } & RefusedRefund)
  | { result: 'failed'; error: unknown };

/** ISO 4217's code for no currency: what an order without one is counted in. */
const noCurrency = 'XXX';

/** Records orders and refunds, and attributes them to campaigns. An order counts once, and a recipient converts once. */
export class Conversions {
  constructor(
    private readonly database: DataSource,
    private readonly publish: PublishDeltas,
    private readonly confirm: ConfirmArrival,
    private readonly log: Log,
  ) {}

  /**
   * Records orders, in one transaction; the refunds among them after the orders, wherever they stand. An order that
   * PostgreSQL refuses fails alone: the set is halved until the others are stored.
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
      const isFirst = first.get(keyOf(order)) === order;
      if (isFirst || one.result === 'failed' || one.result === 'refused') return one;
      return { result: 'duplicate', campaignId: one.campaignId };
    });
  }

  private async recordDistinct(orders: readonly Order[], recorded: Map<string, Recorded>): Promise<void> {
    if (orders.length === 0) return;
    try {
      const { results, deltas } = await transact(this.database, (transaction) =>
        this.store(transaction, orders),
      );
      results.forEach((result, key) => recorded.set(key, result));
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

  /** Orders first, sorted, then refunds; then recipients and campaigns in the order of settle. */
  private async store(
    transaction: EntityManager,
    orders: readonly Order[],
  ): Promise<{ results: Map<string, Recorded>; deltas: CampaignDelta[] }> {
    const now = await databaseNow(transaction);
    const placed = orders.map((order) => ({
      order,
      phone: order.phone ? normalisePhone(order.phone, order.defaultCountry) : null,
      occurredAt: order.occurredAt ?? now,
    }));
    const results = new Map<string, Recorded>();
    const paid = await storePaid(
      transaction,
      placed.filter(({ order }) => !order.refundOf),
      results,
    );
    const refunds = await storeRefunds(
      transaction,
      placed.filter(({ order }) => order.refundOf),
      results,
    );
    const converted = paid.flatMap(({ attribution: { to } }) => (to ? [to] : []));
    const heldOut = paid.flatMap((row) => (row.attribution.heldOut ? [row.attribution.heldOut] : []));
    const confirmed = await this.confirm(transaction, converted);
    const revenue = [...paid.flatMap((row) => earned(row)), ...refunds.flatMap((row) => earned(row, '-'))];
    const marked = await markConverted(transaction, { converted, heldOut, revenue });
    await addDuplicates(transaction, orders, results);
    return { results, deltas: [...confirmed, ...marked] };
  }
}

/** @returns the orders that were not known, as they are stored */
async function storePaid(
  transaction: EntityManager,
  placed: readonly PlacedOrder[],
  results: Map<string, Recorded>,
): Promise<OrderRow[]> {
  if (placed.length === 0) return [];
  const clicks = await clicksOf(transaction, placed);
  const candidates = await candidatesOf(transaction, placed);
  const list = placed.map((one, i): OrderRow => {
    const { attributionDays, value = null, currency = null } = one.order;
    const { occurredAt } = one;
    const attribution = attribute({ occurredAt, attributionDays }, clicks[i], candidates[i] ?? []);
    return { ...one, attribution, value, currency };
  });
  const added = await insertOrders(transaction, list);
  const stored = list.filter(({ order }) => added.has(keyOf(order)));
  for (const row of stored) results.set(keyOf(row.order), newOrder(row));
  return stored;
}

/** @returns the refunds that were accepted, as they are stored; the results say why others were not */
async function storeRefunds(
  transaction: EntityManager,
  placed: readonly PlacedOrder[],
  results: Map<string, Recorded>,
): Promise<OrderRow[]> {
  if (placed.length === 0) return [];
  const { orders, known } = await refundedOrders(
    transaction,
    placed.map(({ order }) => order),
  );
  const accepted: OrderRow[] = [];
  for (const one of placed) {
    const { businessId, refundOf } = one.order;
    if (known.has(keyOf(one.order))) continue;
    const order = orders.get(keyOf({ businessId, orderId: refundOf ?? '' }));
    const decided = decideRefund(order, one.order);
    if ('field' in decided) {
      results.set(keyOf(one.order), { result: 'refused', ...decided });
      continue;
    }
    const { campaignId = null, seq = null } = order ?? {};
    const attribution: Attribution = campaignId !== null && seq !== null ? { to: { campaignId, seq } } : {};
    accepted.push({ ...one, ...decided, attribution });
    // the next refund of the order in this set finds less of it left
    if (order) order.refunded = amountText(millionths(order.refunded) + millionths(decided.value ?? '0'));
  }
  const added = await insertOrders(transaction, accepted);
  const stored = accepted.filter(({ order }) => added.has(keyOf(order)));
  for (const { order, attribution } of stored) {
    const campaignId = attribution.to?.campaignId ?? null;
    const unattributed = 'refundOf: the order belongs to no campaign';
    results.set(keyOf(order), { result: 'new', campaignId, ...(campaignId ? {} : { unattributed }) });
  }
  return stored;
}

/** What is neither stored nor refused was reported before. */
async function addDuplicates(
  transaction: EntityManager,
  orders: readonly Order[],
  results: Map<string, Recorded>,
): Promise<void> {
  const duplicates = orders.filter((order) => !results.has(keyOf(order)));
  if (duplicates.length === 0) return;
  const known = await campaignsOf(transaction, duplicates);
  for (const order of duplicates)
    results.set(keyOf(order), { result: 'duplicate', campaignId: known.get(keyOf(order)) ?? null });
}

/** What an order brings its campaign, or a refund (`-`) takes from it. */
function earned({ attribution: { to }, value, currency }: OrderRow, sign = '') {
  if (!to || value === null) return [];
  return [{ campaignId: to.campaignId, currency: currency ?? noCurrency, amount: sign + value }];
}

function newOrder({ order, phone, attribution }: OrderRow): Recorded {
  if (attribution.to) return { result: 'new', campaignId: attribution.to.campaignId };
  const { clickId, phone: given, attributionDays: days } = order;
  const byPhone = attribution.heldOut
    ? 'phone: the person is held out of the campaign to which the order would belong'
    : `phone: no message of a campaign that was sent in the ${days} days before the order was delivered to this number`;
  const reasons = [
    clickId ? 'clickId: no click of this business has this id' : '',
    given && (phone || attribution.heldOut) ? byPhone : '',
    given && !phone ? 'phone: not a valid phone number' : '',
  ].filter(Boolean);
  const unattributed = reasons.length > 0 ? reasons.join('; ') : 'neither clickId nor phone was given';
  return { result: 'new', campaignId: null, unattributed };
}
