import { amountText, millionths } from '../campaigns/forecast/money';

/** An order that money is given back for, as it is stored. Amounts are decimal text. */
export interface PaidOrder {
  value: string | null;
  currency: string | null;
  /** Of what was refunded before, the sum. */
  refunded: string;
  /** It is a refund itself. */
  isRefund: boolean;
}

/** Why a refund is not accepted: the field, and what was expected of it. */
export interface RefusedRefund {
  field: 'refundOf' | 'value' | 'currency';
  expected: string;
}

/** What is given back; null if the order has no value. */
export interface AcceptedRefund {
  value: string | null;
  currency: string | null;
}

/**
 * Whether a refund fits its order, and how much it gives back: its value, or all that is left. Pure.
 * @param order undefined if it is not known: a refund that arrives before its order is refused, and can be posted again
 */
export function decideRefund(
  order: PaidOrder | undefined,
  { value, currency }: { value?: string | null | undefined; currency?: string | null | undefined },
): AcceptedRefund | RefusedRefund {
  if (!order)
    return {
      field: 'refundOf',
      expected: 'expected the id of an order that was reported before; post the order first',
    };
  if (order.isRefund)
    return { field: 'refundOf', expected: 'expected the id of an order, and this is a refund' };
  if (currency && currency !== order.currency)
    return {
      field: 'currency',
      expected: `expected ${order.currency ?? 'no currency'}, as the order has`,
    };
  const left = millionths(order.value ?? '0') - millionths(order.refunded);
  if (value == null) {
    if (order.value !== null && millionths(order.value) > 0n && left === 0n)
      return { field: 'refundOf', expected: 'expected an order of which something is left; all is refunded' };
    return { value: order.value === null ? null : amountText(left), currency: order.currency };
  }
  if (millionths(value) === 0n)
    return { field: 'value', expected: 'expected more than 0; leave it out to refund all that is left' };
  if (millionths(value) > left)
    return { field: 'value', expected: `expected at most ${amountText(left)}, which is left of the order` };
  return { value, currency: order.currency };
}
