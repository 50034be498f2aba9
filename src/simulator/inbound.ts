import { phoneDigits } from './check-message';
import type { Problem } from './control-body';
import { inboundMessage } from './inbound-message';
import type { Inbound } from './inbound-schema';
import type { LedgerEntry } from './ledger';
import { hidesPhone, personOf, spellingsOf, userIdOf, waIdOf } from './wa-id';
import { metadataOf, type Update } from './webhook-body';
import { now, recipientOf, type SimulatorState } from './state';

/** `POST /_simulator/inbound`: sends a webhook about something that a person did. */

interface InboundEvent {
  update: Update;
  /** null for `user_preferences`, which have no message id. */
  id: string | null;
}

/** Builds the webhook and updates the person's state: the service window and the marketing opt-out. */
export function inboundEvent(state: SimulatorState, inbound: Inbound): InboundEvent | Problem {
  const answered =
    inbound.messageId === undefined
      ? null
      : (state.ledger.entries.find(({ id }) => id === inbound.messageId) ?? null);
  if (inbound.messageId !== undefined && !answered) {
    return { field: 'messageId', expected: 'an accepted message' };
  }
  const named = inbound.from === undefined ? answered?.recipient.digits : phoneDigits(inbound.from);
  const digits = named ?? (inbound.userId ? personOf(state, inbound.userId) : '');
  const recipients = spellingsOf(digits).map((each) => recipientOf(state, each));
  const sender =
    inbound.phoneNumberId === undefined && answered
      ? answered.sender
      : state.accounts.sender(inbound.phoneNumberId ?? '');
  const timestamp = inbound.timestamp ?? Math.floor(now() / 1000);
  const withoutPhone = inbound.withoutPhone ?? recipients.some((each) => hidesPhone(state, each));
  const userId = inbound.userId ?? (withoutPhone ? userIdOf(digits) : undefined);
  const waId = withoutPhone ? undefined : (inbound.waId ?? waIdOf(state, digits));

  const profile = {
    name: inbound.name ?? 'Simulated person',
    ...(inbound.username !== undefined && { username: inbound.username }),
  };
  const contacts = [{ profile, ...(waId && { wa_id: waId }), ...(userId && { user_id: userId }) }];
  const value = {
    messaging_product: 'whatsapp',
    metadata: metadataOf(sender),
    // Meta sends system messages without contacts.
    ...(inbound.type !== 'system' && { contacts }),
  };
  const update = (field: string, more: object): Update => ({
    kind: 'change',
    wabaId: state.accounts.wabaOf(sender),
    change: { field, value: { ...value, ...more } },
  });

  if (inbound.type === 'user_preferences') {
    const { value: choice, category = 'marketing_messages' } = inbound;
    for (const each of recipients.filter(({ preferenceAt }) => preferenceAt <= timestamp)) {
      each.preferenceAt = timestamp;
      each.stoppedMarketing = choice === 'stop';
    }
    const preference = {
      ...(waId && { wa_id: waId }),
      ...(userId && { user_id: userId }),
      detail: `User requested to ${choice} marketing messages`,
      category,
      value: choice,
      timestamp,
    };
    return { update: update('user_preferences', { user_preferences: [preference] }), id: null };
  }

  const message = inboundMessage(inbound, answered, {
    ...contextOf(inbound, answered, sender.displayPhoneNumber),
    ...(waId && { from: waId }),
    ...(userId && { from_user_id: userId }),
    id: inbound.id ?? state.newWamid(digits, 'inbound'),
    timestamp: String(timestamp),
  });
  if ('expected' in message) return message;
  for (const each of recipients) each.lastWroteAt = now();
  return { update: update('messages', { messages: [message] }), id: message.id };
}

/** Reactions name their message in `reaction.message_id`; system messages have no context. */
function contextOf(inbound: Inbound, answered: LedgerEntry | null, businessNumber: string): object {
  if (inbound.type === 'reaction' || inbound.type === 'system') return {};
  const id = inbound.contextId === undefined ? answered?.id : inbound.contextId;
  return id ? { context: { from: businessNumber, id } } : {};
}
