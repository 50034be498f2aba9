import { z } from 'zod';
import { phoneDigits } from './check-message';
import type { Problem } from './control-body';
import { inboundMessage } from './inbound-message';
import type { LedgerEntry } from './ledger';
import { hidesPhone, spellingsOf, userIdOf, waIdOf } from './wa-id';
import { metadataOf, type Update } from './webhook-body';
import { now, recipientOf, type World } from './world';

/** What a person does towards the business: `POST /_simulator/inbound`. */

const common = {
  /** The person's number; may be left out where `messageId` says who it is. */
  from: z
    .string()
    .refine((value) => phoneDigits(value) !== null, 'expected a phone number with country code')
    .optional(),
  phoneNumberId: z.string().regex(/^\d+$/, 'expected digits').optional(),
  /** wamid of an accepted message: its recipient writes, to its sender, and answers it unless `contextId` is given. */
  messageId: z.string().optional(),
  /** wamid of the message of ours that is answered; null: an answer to nothing, although `messageId` is given. */
  contextId: z.string().nullable().optional(),
  /** WhatsApp's form of the number as told, whatever the behaviour makes of it. */
  waId: z
    .string()
    .regex(/^\d{7,15}$/, 'expected digits')
    .optional(),
  /** Leaves the number out of the webhook: `from_user_id` and `user_id` alone say who it is. */
  withoutPhone: z.boolean().optional(),
  /** The person's user id; without it, one that belongs to the number, and only where the number is left out. */
  userId: z.string().min(1).optional(),
  /** The person's profile name. */
  name: z.string().optional(),
  username: z.string().optional(),
  /** Unix seconds; now unless given. */
  timestamp: z.number().int().min(0).optional(),
  /** The message's id; a new one unless given. The id of an earlier message makes it a repeated delivery. */
  id: z.string().min(1).optional(),
  /** How often the same webhook is sent. */
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
      /** Without it, those of the `button`-th button of the message, counted from 0. */
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
    /** Any message: the object is laid over `from`, `id`, `timestamp` and `context`. */
    z.strictObject({ ...common, type: z.literal('raw'), message: z.looseObject({ type: z.string() }) }),
    z.strictObject({
      ...common,
      type: z.literal('user_preferences'),
      value: z.enum(['stop', 'resume', 'signup']),
      category: z.string().optional(),
    }),
  ])
  .refine((body) => body.messageId !== undefined || body.from !== undefined, {
    path: ['from'],
    message: 'expected a phone number, or the messageId of an accepted message',
  })
  .refine((body) => body.messageId !== undefined || body.phoneNumberId !== undefined, {
    path: ['phoneNumberId'],
    message: 'expected digits, or the messageId of an accepted message',
  });
export type Inbound = z.infer<typeof inboundSchema>;

interface InboundEvent {
  update: Update;
  /** null for `user_preferences`, which are no message. */
  id: string | null;
}

/** The webhook of it, after the simulator's own side has changed: an open service window, a stop. */
export function inboundEvent(world: World, inbound: Inbound): InboundEvent | Problem {
  const answered =
    inbound.messageId === undefined
      ? null
      : (world.ledger.entries.find(({ id }) => id === inbound.messageId) ?? null);
  if (inbound.messageId !== undefined && !answered) {
    return { field: 'messageId', expected: 'an accepted message' };
  }
  const digits = phoneDigits(inbound.from ?? answered?.recipient.digits ?? '') ?? '';
  const recipients = spellingsOf(digits).map((each) => recipientOf(world, each));
  const sender =
    inbound.phoneNumberId === undefined && answered
      ? answered.sender
      : world.accounts.sender(inbound.phoneNumberId ?? '');
  const timestamp = inbound.timestamp ?? Math.floor(now() / 1000);
  const withoutPhone = inbound.withoutPhone ?? recipients.some((each) => hidesPhone(world, each));
  const userId = inbound.userId ?? (withoutPhone ? userIdOf(digits) : undefined);
  const waId = withoutPhone ? undefined : (inbound.waId ?? waIdOf(world, digits));

  const profile = {
    name: inbound.name ?? 'Simulated person',
    ...(inbound.username !== undefined && { username: inbound.username }),
  };
  const contacts = [{ profile, ...(waId && { wa_id: waId }), ...(userId && { user_id: userId }) }];
  const value = {
    messaging_product: 'whatsapp',
    metadata: metadataOf(sender),
    // A changed identity comes without contacts.
    ...(inbound.type !== 'system' && { contacts }),
  };
  const update = (field: string, more: object): Update => ({
    kind: 'change',
    wabaId: world.accounts.wabaOf(sender),
    change: { field, value: { ...value, ...more } },
  });

  if (inbound.type === 'user_preferences') {
    const { value: wish, category = 'marketing_messages' } = inbound;
    for (const each of recipients.filter(({ preferenceAt }) => preferenceAt <= timestamp)) {
      each.preferenceAt = timestamp;
      each.stoppedMarketing = wish === 'stop';
    }
    const preference = {
      ...(waId && { wa_id: waId }),
      ...(userId && { user_id: userId }),
      detail: `User requested to ${wish} marketing messages`,
      category,
      value: wish,
      timestamp,
    };
    return { update: update('user_preferences', { user_preferences: [preference] }), id: null };
  }

  const message = inboundMessage(inbound, answered, {
    ...contextOf(inbound, answered, sender.displayPhoneNumber),
    ...(waId && { from: waId }),
    ...(userId && { from_user_id: userId }),
    id: inbound.id ?? world.newWamid(digits, 'inbound'),
    timestamp: String(timestamp),
  });
  if ('expected' in message) return message;
  for (const each of recipients) each.lastWroteAt = now();
  return { update: update('messages', { messages: [message] }), id: message.id };
}

/** A reaction names its message in a place of its own, a system message answers nothing. */
function contextOf(inbound: Inbound, answered: LedgerEntry | null, businessNumber: string): object {
  if (inbound.type === 'reaction' || inbound.type === 'system') return {};
  const id = inbound.contextId === undefined ? answered?.id : inbound.contextId;
  return id ? { context: { from: businessNumber, id } } : {};
}
