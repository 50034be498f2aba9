import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { MessageKind } from '../../audience/exclusions';
import { currencyCode } from '../../infra/currency';

const price = z.string().regex(/^\d{1,6}(\.\d{1,6})?$/, 'a price as text, e.g. "0.0118"');
const prices = z.strictObject({ marketing: price, utility: price, service: price });
const rateCard = z.strictObject({
  date: z.iso.date('a date, e.g. "2026-10-01"'),
  currency: z.string().refine((code) => currencyCode(code) === code, 'a currency of ISO 4217'),
  prices: z.record(z.string().regex(/^[A-Z]{2}$/, 'countries as ISO 3166 alpha-2'), prices),
  others: prices,
});

/** What WhatsApp charges for a delivered message, as of a date; its form is described in rate-cards/README.md. */
export type RateCard = z.infer<typeof rateCard>;

/** The rate cards that come with the product. */
const folder = path.resolve(__dirname, '../../../rate-cards');

/**
 * Reads and checks a rate card.
 * @param file undefined: the latest of the product's that is in force
 * @throws Error that says what is wrong with the file
 */
export function readRateCard(file: string | undefined): RateCard {
  const name = file ?? path.join(folder, latestInForce(new Date().toISOString().slice(0, 10)));
  try {
    const parsed = rateCard.safeParse(JSON.parse(readFileSync(name, 'utf8')));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.')}: expected ${issue?.message}`);
  } catch (error) {
    throw new Error(`The rate card ${name} cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

function latestInForce(today: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const inForce = files.filter((file) => file <= `${today}.json`).sort();
  return inForce.at(-1) ?? files.sort()[0] ?? '';
}

/** The price of one delivered message to a country. */
export function priceOf({ prices, others }: RateCard, country: string, kind: MessageKind): string {
  const of = prices[country] ?? others;
  return { MARKETING: of.marketing, UTILITY: of.utility, FREE_FORM: of.service }[kind];
}
