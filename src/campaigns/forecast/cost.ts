import type { MessageKind } from '../../audience/exclusions';
import { amountText, millionths } from './money';
import { countryOfNumber } from './number-country';
import type { Place } from './places';
import { priceOf } from './rate-card';
import type { RateCard } from './rate-card';

/** What the messages to one country cost; amounts as decimal text. */
export interface CountryCost {
  country: string;
  recipients: number;
  unitPrice: string;
  amount: string;
}

export interface Cost {
  amount: string;
  currency: string;
  perCountry: CountryCost[];
  rateCardDate: string;
}

/** For numbers that no country has: ISO 3166's code for what is in no country. */
const unknownCountry = 'ZZ';

/** The price of a message to a number in E.164. Pure. */
export function priceOfNumber(card: RateCard, number: string, kind: MessageKind): string {
  return priceOf(card, countryOfNumber(number) ?? unknownCountry, kind);
}

/** What it costs if every message is delivered; the largest amounts come first. Pure. */
export function costOf(card: RateCard, places: readonly Place[], kind: MessageKind): Cost {
  const byCountry = new Map<string, number>();
  for (const { example, people } of places) {
    const country = countryOfNumber(example) ?? unknownCountry;
    byCountry.set(country, (byCountry.get(country) ?? 0) + people);
  }
  const costs = [...byCountry].map(([country, recipients]) => {
    const unitPrice = priceOf(card, country, kind);
    return { country, recipients, unitPrice, cost: BigInt(recipients) * millionths(unitPrice) };
  });
  costs.sort((a, b) => Number(b.cost - a.cost) || (a.country < b.country ? -1 : 1));
  return {
    amount: amountText(costs.reduce((sum, { cost }) => sum + cost, 0n)),
    currency: card.currency,
    perCountry: costs.map(({ cost, ...rest }) => ({ ...rest, amount: amountText(cost) })),
    rateCardDate: card.date,
  };
}
