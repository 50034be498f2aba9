import { z } from 'zod';
import { phoneDigits } from './check-message';

/** What `POST /_simulator/inbound` takes: who does what, and how the webhook tells of it. */

const common = {
  /** The person's phone number; not needed with `messageId`. */
  from: z
    .string()
    .refine((value) => phoneDigits(value) !== null, 'expected a phone number with country code')
    .optional(),
  phoneNumberId: z.string().regex(/^\d+$/, 'expected digits').optional(),
  /** wamid of an accepted message: its recipient writes to its sender, as an answer to it unless `contextId` is given. */
  messageId: z.string().optional(),
  /** wamid of the message that is answered; null for no context although `messageId` is given. */
  contextId: z.string().nullable().optional(),
  /** `from` and `wa_id` of the webhook; overrides the behaviour's `rewriteWaId`. */
  waId: z
    .string()
    .regex(/^\d{7,15}$/, 'expected digits')
    .optional(),
  /** Omits the phone number; only `from_user_id` and `user_id` identify the person. */
  withoutPhone: z.boolean().optional(),
  /** The person's user id. By default one is derived from the number and sent only without the number. */
  userId: z.string().min(1).optional(),
  /** The person's profile name. */
  name: z.string().optional(),
  username: z.string().optional(),
  /** Unix seconds; defaults to the current time. */
  timestamp: z.number().int().min(0).optional(),
  /** Id of the inbound message; a new one by default. Use an earlier id to repeat a delivery. */
  id: z.string().min(1).optional(),
  /** How many times the same webhook is sent. */
  times: z.number().int().min(1).max(100).optional(),
};

const media = <Type extends string>(type: Type) =>
  z.strictObject({
    ...common,
    type: z.literal(type),
    body: z.string().optional(),
    filename: z.string().optional(),
    mimeType: z.string().optional(),
  });

export const inboundSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ ...common, type: z.literal('text'), body: z.string() }),
    z.strictObject({
      ...common,
      type: z.literal('button'),
      /** Payload and text default to those of the answered message's button at index `button`. */
      payload: z.string().optional(),
      body: z.string().optional(),
      button: z.number().int().min(0).optional(),
    }),
    z.strictObject({
      ...common,
      type: z.literal('interactive'),
      kind: z.enum(['button_reply', 'list_reply']).optional(),
      replyId: z.string(),
      title: z.string(),
      description: z.string().optional(),
    }),
    z.strictObject({ ...common, type: z.literal('reaction'), body: z.string().optional() }),
    media('image'),
    media('video'),
    media('document'),
    media('audio'),
    media('sticker'),
    z.strictObject({ ...common, type: z.literal('unsupported'), body: z.string().optional() }),
    z.strictObject({
      ...common,
      type: z.literal('system'),
      change: z.enum(['user_changed_number', 'user_changed_user_id']),
      newNumber: z.string().optional(),
      newUserId: z.string().optional(),
      previousUserId: z.string().optional(),
      body: z.string().optional(),
    }),
    /** An arbitrary message; its fields override `from`, `id`, `timestamp` and `context`. */
    z.strictObject({ ...common, type: z.literal('raw'), message: z.looseObject({ type: z.string() }) }),
    z.strictObject({
      ...common,
      type: z.literal('user_preferences'),
      value: z.enum(['stop', 'resume', 'signup']),
      category: z.string().optional(),
    }),
  ])
  .refine((body) => body.messageId !== undefined || (body.from ?? body.userId) !== undefined, {
    path: ['from'],
    message: 'expected a phone number, a userId, or the messageId of an accepted message',
  })
  .refine((body) => body.messageId !== undefined || body.phoneNumberId !== undefined, {
    path: ['phoneNumberId'],
    message: 'expected digits, or the messageId of an accepted message',
  });
export type Inbound = z.infer<typeof inboundSchema>;
