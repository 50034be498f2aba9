import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { normalisePhone } from '../audience/contacts/phone';
import { rows, transact } from '../infra/database';
import type { PublishDeltas, CampaignDelta } from '../campaigns/deltas';
import { isUuid } from '../infra/input';
import { markOnce } from './mark';

/** A shop's order, as it is posted. */
export const conversionInput = z.object(
  {
    businessId: z.string('expected the id of a business'),
    clickId: z
      .string('expected the dakiya_click of the visit')
      .max(100, 'expected at most 100 characters')
      .nullish(),
    phone: z
      .string('expected a phone number')
      .max(40, 'expected at most 40 characters')
      .refine((text) => !text.includes('\0'), 'expected no NUL character')
      .nullish(),
    orderId: z
      .string('expected the id of the order')
      .trim()
      .min(1, 'expected the id of the order')
      .max(200, 'expected at most 200 characters')
      .refine((text) => !text.includes('\0'), 'expected no NUL character'),
    value: z
      .union([z.number(), z.string()], 'expected an amount, e.g. 499 or "499.50"')
      .transform(String)
      .refine(
        (text) => /^\d{1,12}(\.\d{1,2})?$/.test(text),
        'expected an amount of at most 12 digits and two decimals, not negative',
      )
      .nullish(),
    currency: z
      .string('expected an ISO 4217 code')
      .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code, e.g. INR')
      .nullish(),
    occurredAt: z.iso
      .datetime({ offset: true, error: 'expected a time as in 2026-11-22T10:00:00Z' })
      .refine(isRecent, 'expected a time from the year 2000 on, at most a day ahead')
      .transform((text) => new Date(text))
      .nullish(),
  },
  'expected an object',
);

function isRecent(text: string): boolean {
  const at = Date.parse(text);
  return at >= Date.UTC(2000) && at <= Date.now() + 86_400_000;
}

export type ConversionInput = z.infer<typeof conversionInput>;

/** `new`: stored; `duplicate`: the order was known. `campaignId` when it was put down to a campaign. */
export interface Recorded {
  result: 'new' | 'duplicate';
  campaignId: string | null;
}

/** A conversion named only by phone is put down to the last campaign sent to that person in this time. */
const attributionDays = 7;

/** Takes in orders and puts them down to campaigns. An order counts once, a person converts once. */
export class Conversions {
  constructor(
    private readonly database: DataSource,
    private readonly publish: PublishDeltas,
  ) {}

  async record(input: ConversionInput, defaultCountry: string): Promise<Recorded> {
    const phone = input.phone ? normalisePhone(input.phone, defaultCountry) : null;
    const { recorded, deltas } = await transact(this.database, async (transaction) => {
      const place = await this.attribute(transaction, input.businessId, input.clickId, phone);
      const [stored] = await rows<{ id: string }>(
        transaction,
        `/* insertConversion */ INSERT INTO conversions
           (business_id, order_id, campaign_id, seq, click_id, phone, value, currency, occurred_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, now()))
         ON CONFLICT (business_id, order_id) DO NOTHING RETURNING id`,
        [
          input.businessId,
          input.orderId,
          place?.campaign_id ?? null,
          place?.seq ?? null,
          place?.click_id ?? null,
          phone ?? input.phone ?? null,
          input.value ?? null,
          input.currency ?? null,
          input.occurredAt ?? null,
        ],
      );
      const result: Recorded = {
        result: stored ? 'new' : 'duplicate',
        campaignId: place?.campaign_id ?? null,
      };
      const moved: CampaignDelta[] =
        stored && place ? await markOnce(transaction, 'converted', place.campaign_id, place.seq) : [];
      return { recorded: result, deltas: moved };
    });
    void this.publish(deltas);
    return recorded;
  }

  /** By the click if it is one of the business's; else by the phone. */
  private async attribute(
    transaction: EntityManager,
    businessId: string,
    clickId: string | null | undefined,
    phone: string | null,
  ): Promise<{ campaign_id: string; seq: number; click_id: string | null } | undefined> {
    if (clickId && isUuid(clickId)) {
      const [click] = await rows<{ campaign_id: string; seq: number; click_id: string }>(
        transaction,
        `/* clickById */ SELECT campaign_id, seq, id AS click_id FROM clicks WHERE id = $1 AND business_id = $2`,
        [clickId, businessId],
      );
      if (click) return click;
    }
    if (!phone) return undefined;
    const [recipient] = await rows<{ campaign_id: string; seq: number; click_id: null }>(
      transaction,
      `/* recipientByPhone */ SELECT r.campaign_id, r.seq, NULL AS click_id FROM campaigns c
       JOIN campaign_recipients r ON r.campaign_id = c.id AND r.phone = $2 AND r.excluded_reason IS NULL
       WHERE c.business_id = $1 AND c.started_at > now() - make_interval(days => ${attributionDays})
         AND r.status IN ('SENT', 'DELIVERED', 'READ')
       ORDER BY r.sent_at DESC LIMIT 1`,
      [businessId, phone],
    );
    return recipient;
  }
}
