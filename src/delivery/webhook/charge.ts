import type { MessageKind } from '../../audience/exclusions';
import { priceOfNumber } from '../../campaigns/forecast/cost';
import type { RateCard } from '../../campaigns/forecast/rate-card';
import { currencyCode } from '../../infra/currency';
import type { MessagePricing } from '../../whatsapp/pricing';

/** What a message costs; the amount as decimal text. */
export type Charge = readonly [amount: string, currency: string];

/** The kind of price by WhatsApp's category; group and lite categories cost as what they are variants of. */
function kindOf(category: string): MessageKind | undefined {
  if (category.includes('marketing')) return 'MARKETING';
  if (category.includes('utility') || category.includes('authentication')) return 'UTILITY';
  if (category.includes('service')) return 'FREE_FORM';
  return undefined;
}

/**
 * What WhatsApp charges for a message that arrived: what it says itself, else the price of the rate card for the category
 * that it names. Undefined if it is free, or of a category that has no price. Pure.
 * @param phone E.164
 */
export function chargeOf(card: RateCard, pricing: MessagePricing, phone: string): Charge | undefined {
  if (pricing.isFree) return undefined;
  const currency = pricing.charge && currencyCode(pricing.charge.currency);
  if (pricing.charge && currency) return [pricing.charge.amount, currency];
  const kind = kindOf(pricing.category);
  return kind && [priceOfNumber(card, phone, kind), card.currency];
}
