import { object, text } from './webhook-values';

/** What a status says of the price of its message. */
export interface MessagePricing {
  /** `marketing`, `utility`, `service` and so on, in lower case. */
  category: string;
  /** WhatsApp charges nothing for it. */
  isFree: boolean;
  /** The charge itself, where WhatsApp names it: messages with a max price cost that or less. Decimal text. */
  charge: { amount: string; currency: string } | undefined;
}

/**
 * Reads `pricing` of a status. `billable` is due to be dropped, so that it is free follows from the type too. The names of
 * the fields with the charge of a max price are not documented in one place: `amount` and `price` are read, with `currency`.
 * @returns undefined if the status says nothing of it
 */
export function readPricing(value: unknown): MessagePricing | undefined {
  const pricing = object(value);
  const category = text(pricing.category)?.toLowerCase();
  if (!category) return undefined;
  const type = text(pricing.type) ?? '';
  const isFree =
    type.startsWith('free_') ||
    pricing.subtype === 'paid_exempt' ||
    (type === '' && pricing.billable === false) ||
    category === 'referral_conversion';
  return { category, isFree, charge: chargeIn(pricing) };
}

function chargeIn(pricing: Record<string, unknown>): MessagePricing['charge'] {
  const given = pricing.amount ?? pricing.price;
  const amount = typeof given === 'number' ? String(given) : text(given);
  const currency = text(pricing.currency);
  if (amount === undefined || !/^\d{1,9}(\.\d{1,6})?$/.test(amount) || !currency) return undefined;
  return { amount, currency };
}
