import { z } from 'zod';

/** The command that changes how WhatsApp sees numbers and accounts, and what is kept of it. */

const digits = z.string().regex(/^\d+$/, 'expected digits');
const unixSeconds = z.number().int().min(0).max(253_402_300_799);

/** Only what is given changes; each change sends the webhook that Meta would send. */
export const healthSchema = z
  .strictObject({
    wabaId: digits.optional(),
    phoneNumberId: digits.optional(),
    /** Words of the number: any text, also one that Meta does not document. */
    status: z.string().min(1).optional(),
    quality: z.string().min(1).optional(),
    throughput: z.string().min(1).optional(),
    verification: z.string().min(1).optional(),
    platform: z.string().min(1).optional(),
    /** TIER_250 … TIER_UNLIMITED, instead of the behaviour's `messagingLimit`. */
    messagingLimit: z.string().min(1).optional(),
    /** Replaces the restrictions of the account; [] lifts them. Sends that they forbid get 368. */
    restrictions: z
      .array(z.strictObject({ type: z.string().min(1), expiration: unixSeconds.optional() }))
      .optional(),
    /** DISABLE: all sends get 131031. */
    ban: z.enum(['SCHEDULE_FOR_DISABLE', 'DISABLE', 'REINSTATE']).optional(),
    banDate: z.string().optional(),
    review: z.string().min(1).optional(),
    /** false: the account has no payment method. There is no webhook for it. */
    payment: z.boolean().optional(),
    /** false: no app gets the account's webhooks. There is no webhook for it. */
    subscribed: z.boolean().optional(),
    /** true: another app than the token's gets the account's webhooks, too. */
    otherApp: z.boolean().optional(),
    /** Where WhatsApp says that webhooks go, instead of where they go; '' is nowhere. */
    webhookUrl: z.string().optional(),
    /** false: no webhook is sent; the change is visible only when it is read. */
    webhook: z.boolean().optional(),
  })
  .refine(({ wabaId, phoneNumberId }) => wabaId ?? phoneNumberId, {
    path: ['wabaId'],
    message: 'expected a wabaId for the account, a phoneNumberId for the number, or both',
  });

export type HealthChange = z.infer<typeof healthSchema>;

/** Of a number; what is undefined is as usual. */
export type NumberHealth = Partial<
  Pick<
    HealthChange,
    'status' | 'quality' | 'throughput' | 'verification' | 'platform' | 'messagingLimit' | 'webhookUrl'
  >
>;

/** Of an account; what is undefined is as usual. */
export type AccountHealth = Partial<
  Pick<HealthChange, 'restrictions' | 'ban' | 'review' | 'payment' | 'subscribed' | 'otherApp'>
>;
