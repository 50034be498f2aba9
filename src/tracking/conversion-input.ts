import { z } from 'zod';
import { currencyCode } from '../infra/currency';

/** Shops that fill in a template post empty fields for what they do not know. */
function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? null : value),
    schema.nullish(),
  );
}

/**
 * Text without blanks around it, or a whole number written as text. Two ids must never become the same text: JSON keeps
 * no more than 2^53 of a number, and 7.10 as a number is 7.1; and what stood where U+FFFD stands now is lost, because
 * it was half an emoji or no UTF-8.
 */
function text(expected: string, maxLength: number) {
  return z
    .union([z.string(), z.number()], expected)
    .refine(
      (value) => typeof value === 'string' || Number.isSafeInteger(value),
      `expected text, or a whole number of at most ${Number.MAX_SAFE_INTEGER}: JSON loses digits of other numbers, so send it as text`,
    )
    .transform((value) => String(value).trim())
    .pipe(
      z
        .string()
        .min(1, expected)
        .max(maxLength, `expected at most ${maxLength} characters`)
        .refine((value) => !value.includes('\0'), 'expected no NUL character')
        .refine(
          (value) => value.isWellFormed() && !value.includes('\ufffd'),
          'expected whole characters: no half of an emoji, and no U+FFFD, which stands where a character was lost',
        ),
    );
}

const dayMs = 86_400_000;

function isRecent(time: string): boolean {
  const at = Date.parse(time);
  return at >= Date.UTC(2000) && at <= Date.now() + dayMs;
}

/** A shop's order, as it is posted. Lenient in spelling, strict where a guess could be wrong. */
export const conversionInput = z.object(
  {
    businessId: z.string('expected the id of a business').trim(),
    clickId: optional(text('expected the dakiya_click of the visit', 100)),
    phone: optional(text('expected a phone number', 40)),
    orderId: text('expected the id of the order', 200),
    refundOf: optional(text('expected the id of the order that is refunded', 200)),
    value: optional(
      z
        .union([z.string(), z.number()], 'expected an amount, e.g. 499 or "499.50"')
        .transform((amount) => String(amount).trim())
        .refine(
          (amount) => /^\d{1,12}(\.\d{1,2}0{0,10})?$/.test(amount),
          // no separators: "1,499" is 1499 to one shop and 1.499 to another
          'expected an amount of at most 12 digits and two decimals, not negative, without separators or symbol, e.g. "1499.50"',
        ),
    ),
    currency: optional(
      z
        .string('expected an ISO 4217 code, e.g. INR')
        .transform(currencyCode)
        .pipe(z.string('expected an ISO 4217 code, e.g. INR')),
    ),
    occurredAt: optional(
      z
        .string('expected a time as in 2026-11-22T10:00:00Z')
        .trim()
        .pipe(z.iso.datetime({ offset: true, error: 'expected a time as in 2026-11-22T10:00:00Z' }))
        .refine(isRecent, 'expected a time from the year 2000 on, at most 24 hours ahead')
        .transform((time) => new Date(time)),
    ),
  },
  'expected an object',
);

export type ConversionInput = z.infer<typeof conversionInput>;

/** An order, or a refund of one, to be recorded for a business that the caller may see. */
export interface Order extends ConversionInput {
  /** Country of the business, for phones without a country code. */
  defaultCountry: string;
  /** How long after a message the business still gives it orders. */
  attributionDays: number;
}

/** What is wrong with an input: its field, and what was expected of it. */
export function problemOf(error: z.ZodError): { field: string; expected: string } {
  const [issue] = error.issues;
  return { field: issue?.path.join('.') ?? '', expected: issue?.message ?? 'expected something else' };
}
