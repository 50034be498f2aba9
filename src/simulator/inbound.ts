import { z } from 'zod';
import type { InboundMessage, WebhookChange } from '../whatsapp/wire';
import { phoneDigits } from './check-message';
import { metadataOf, type Update } from './webhook-body';
import { now, recipientOf, type World } from './world';

/** What a person does towards the business: `POST /_simulator/inbound`. */

const common = {
  from: z
    .string()
    .refine((value) => phoneDigits(value) !== null, 'expected a phone number with country code'),
  phoneNumberId: z.string().regex(/^\d+$/, 'expected digits'),
  /** The person's profile name. */
  name: z.string().optional(),
  /** wamid of the message of ours that is answered. */
  contextId: z.string().optional(),
};

export const inboundSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('text'), body: z.string().min(1) }),
  z.strictObject({ ...common, type: z.literal('button'), payload: z.string(), body: z.string().optional() }),
  z.strictObject({
    ...common,
    type: z.literal('reaction'),
    contextId: z.string(),
    body: z.string().optional(),
  }),
  z.strictObject({ ...common, type: z.literal('user_preferences'), value: z.enum(['stop', 'resume']) }),
]);
type Inbound = z.infer<typeof inboundSchema>;

/** The webhook of it, after the simulator's own side has changed: an open service window, a stop. */
export function inboundChange(world: World, inbound: Inbound): { update: Update; id: string | null } {
  const digits = phoneDigits(inbound.from) ?? '';
  const sender = world.accounts.sender(inbound.phoneNumberId);
  const recipient = recipientOf(world, digits);
  const base = {
    messaging_product: 'whatsapp' as const,
    metadata: metadataOf(sender),
    contacts: [{ profile: { name: inbound.name ?? 'Simulated person' }, wa_id: digits }],
  };
  const update = (change: WebhookChange): Update => ({
    kind: 'change',
    wabaId: world.accounts.wabaOf(sender),
    change,
  });

  if (inbound.type === 'user_preferences') {
    const stop = inbound.value === 'stop';
    recipient.stoppedMarketing = stop;
    const preference = {
      wa_id: digits,
      detail: `User requested to ${stop ? 'stop' : 'resume'} marketing messages`,
      category: 'marketing_messages',
      value: inbound.value,
      timestamp: Math.floor(now() / 1000),
    };
    return {
      update: update({ field: 'user_preferences', value: { ...base, user_preferences: [preference] } }),
      id: null,
    };
  }

  recipient.lastWroteAt = now();
  const message = messageOf(inbound, world.newWamid(digits, 'inbound'), digits, sender.displayPhoneNumber);
  return { update: update({ field: 'messages', value: { ...base, messages: [message] } }), id: message.id };
}

function messageOf(
  inbound: Exclude<Inbound, { type: 'user_preferences' }>,
  id: string,
  from: string,
  businessNumber: string,
): InboundMessage {
  const head = {
    ...(inbound.contextId !== undefined &&
      inbound.type !== 'reaction' && { context: { from: businessNumber, id: inbound.contextId } }),
    from,
    id,
    timestamp: String(Math.floor(now() / 1000)),
  };
  switch (inbound.type) {
    case 'text':
      return { ...head, type: 'text', text: { body: inbound.body } };
    case 'button':
      return {
        ...head,
        type: 'button',
        button: { payload: inbound.payload, text: inbound.body ?? inbound.payload },
      };
    case 'reaction':
      return {
        ...head,
        type: 'reaction',
        reaction: {
          message_id: inbound.contextId,
          ...(inbound.body !== undefined && { emoji: inbound.body }),
        },
      };
  }
}
