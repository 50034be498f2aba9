import { readAccountChange } from './account-events';
import type { AccountEvent } from './account-events';
import { policyFor, refusalText } from './error-catalogue';
import type { ReportedError } from './error-catalogue';
import { readPricing } from './pricing';
import type { MessagePricing } from './pricing';
import { intentOf } from './opt-out-words';
import { readTemplateChange } from './template-events';
import type { TemplateEvent } from './template-events';
import { e164, errorCode, idText, list, object, text, timestamp } from './webhook-values';
import type { Loose } from './webhook-values';
import type { WebhookEnvelope } from './wire';

/** A status of one of our messages. */
export interface StatusEvent {
  kind: 'sent' | 'delivered' | 'read' | 'failed';
  wamid: string;
  /** Our own text on the message; WhatsApp leaves it out at times. */
  callbackData: string | undefined;
  /** The WhatsApp number that sent the message; empty when the webhook does not say. */
  phoneNumberId: string;
  /** E.164, in WhatsApp's own form of the number; people with a user name may have none. */
  recipientPhone: string | undefined;
  /** The person's BSUID, if the webhook says it. */
  recipientUserId: string | undefined;
  at: Date;
  pricing: MessagePricing | undefined;
  error: ReportedError | undefined;
}

/** A person opts out of messages (`stop`) or in again (`resume`): KEYWORD by a typed word, WHATSAPP by WhatsApp's own control. */
export interface PreferenceEvent {
  kind: 'stop' | 'resume';
  source: 'KEYWORD' | 'WHATSAPP';
  /** The WhatsApp number that it is about; empty when the webhook does not say. */
  phoneNumberId: string;
  /** E.164, in WhatsApp's own form of the number; people with a user name may have none. */
  phone: string | undefined;
  /** WhatsApp's id of the person for the business (BSUID). */
  userId: string | undefined;
  /** Id of the message that this one answers. */
  answers: string | undefined;
  /** In words. */
  reason: string;
  /** By WhatsApp's clock; never in the future. */
  at: Date;
}

/** A person tapped a quick reply of one of our messages: the message arrived, and the tap may be an opt-out. */
export interface TapEvent {
  /** The WhatsApp number that it is about; empty when the webhook does not say. */
  phoneNumberId: string;
  /** E.164, in WhatsApp's own form of the number; people with a user name may have none. */
  phone: string | undefined;
  /** WhatsApp's id of the person for the business (BSUID). */
  userId: string | undefined;
  /** Ours, of the message. */
  callbackData: string;
  /** Whether the button was an opt-out button when the message was sent. */
  saidStop: boolean;
  /** The text on the button. */
  label: string | undefined;
  /** By WhatsApp's clock; never in the future. */
  at: Date;
}

/** A person wrote to a number of ours, whatever it was: a text, a tap, a picture. */
export interface InboundEvent {
  phoneNumberId: string;
  /** E.164, in WhatsApp's own form of the number; people with a user name may have none. */
  phone: string | undefined;
  /** The person's BSUID, if the webhook says it. */
  userId: string | undefined;
  /** Id of the message that this one answers or reacts to. */
  answers: string | undefined;
  at: Date;
}

/** WhatsApp says that a person has another number or another BSUID now. */
export interface IdentityEvent {
  phoneNumberId: string;
  /** The number until now, E.164. */
  phone: string | undefined;
  /** E.164; undefined when the number stays. */
  newPhone: string | undefined;
  /** The BSUID from now on. */
  userId: string | undefined;
  previousUserId: string | undefined;
  at: Date;
}

export interface WebhookEvents {
  statuses: StatusEvent[];
  preferences: PreferenceEvent[];
  taps: TapEvent[];
  /** Also of messages that are among the preferences and taps, or ignored otherwise. */
  inbound: InboundEvent[];
  identities: IdentityEvent[];
  /** Changes of templates, in the order of the webhook. */
  templates: TemplateEvent[];
  /** Changes of accounts and numbers, in the order of the webhook. */
  accounts: AccountEvent[];
  /** Ids of the WhatsApp numbers that any part of it is about. */
  numbers: Set<string>;
  /** Accounts that accepted the terms of the Marketing Messages API, by id. */
  marketingTerms: string[];
  /** Elements that do not concern us or are not understood: acknowledged and counted. */
  ignored: number;
}

const statusKinds = new Set(['sent', 'delivered', 'read', 'failed']);

/**
 * Reads a webhook body. Meta adds fields, kinds and shapes at any time: each element is read by itself, and one that is
 * not understood is ignored without its neighbours.
 * @returns undefined when the body is not a webhook at all; one of another object than a WhatsApp account has no events
 */
export function parseWebhook(body: Buffer): WebhookEvents | undefined {
  const envelope = parseEnvelope(body);
  if (!envelope) return undefined;
  const events: WebhookEvents = {
    statuses: [],
    preferences: [],
    taps: [],
    inbound: [],
    identities: [],
    templates: [],
    accounts: [],
    numbers: new Set(),
    marketingTerms: [],
    ignored: 0,
  };
  for (const entry of list(envelope.entry)) {
    const { id, time, changes } = object(entry);
    const account = { wabaId: idText(id) ?? '', at: timestamp(time) };
    for (const change of list(changes)) readChange(object(change), account, events);
  }
  return events;
}

const ourObject = 'whatsapp_business_account';

function parseEnvelope(body: Buffer): WebhookEnvelope | undefined {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as WebhookEnvelope | null;
    if (typeof parsed?.object !== 'string' || !Array.isArray(parsed.entry)) return undefined;
    // An app can subscribe to other objects at the same address. Meta repeats for days what is not answered with 200.
    return parsed.object === ourObject ? parsed : { object: parsed.object, entry: [] };
  } catch {
    return undefined;
  }
}

function readChange(
  change: Loose,
  account: Pick<TemplateEvent, 'wabaId' | 'at'>,
  events: WebhookEvents,
): void {
  const value = object(change.value);
  const phoneNumberId = idText(object(value.metadata).phone_number_id) ?? '';
  const contacts = list(value.contacts).map(object);
  if (phoneNumberId) events.numbers.add(phoneNumberId);
  if (change.field === 'messages') {
    for (const status of list(value.statuses)) readStatus(object(status), phoneNumberId, events);
    for (const error of list(value.errors)) readAccountError(object(error), value, account, events);
    // clicks that Meta counts for marketing messages name no person and no message: our own links count them
    events.ignored += list(value.user_actions).length;
    const messages = list(value.messages).map(object);
    for (const message of messages) {
      if (message.type === 'system') {
        readIdentity(message, phoneNumberId, events);
        continue;
      }
      const userId = idText(message.from_user_id);
      const phone = e164(message.from) ?? phoneOf(userId, contacts, messages.length);
      readMessage(message, { phoneNumberId, phone, userId }, events);
      readInbound(message, { phoneNumberId, phone, userId }, events);
    }
  } else if (change.field === 'user_preferences') {
    const preferences = list(value.user_preferences).map(object);
    for (const preference of preferences) {
      const userId = idText(preference.user_id);
      const phone = e164(preference.wa_id) ?? phoneOf(userId, contacts, preferences.length);
      readPreference(preference, { phoneNumberId, phone, userId }, events);
    }
  } else {
    const template = readTemplateChange(change, account);
    const ofAccount = template ? undefined : readAccountChange(change, account);
    if (change.field === 'account_update' && value.event === 'MM_LITE_TERMS_SIGNED')
      events.marketingTerms.push(account.wabaId);
    if (template) events.templates.push(template);
    else if (ofAccount) events.accounts.push(ofAccount);
    else events.ignored++;
  }
}

function readStatus(status: Loose, phoneNumberId: string, events: WebhookEvents): void {
  const kind = text(status.status);
  const wamid = idText(status.id);
  if (!kind || !wamid || !statusKinds.has(kind)) {
    events.ignored++;
    return;
  }
  const error = object(list(status.errors)[0]);
  events.statuses.push({
    kind: kind as StatusEvent['kind'],
    wamid,
    callbackData: text(status.biz_opaque_callback_data),
    phoneNumberId,
    recipientPhone: e164(status.recipient_id),
    recipientUserId: idText(status.recipient_user_id),
    at: timestamp(status.timestamp),
    pricing: readPricing(status.pricing),
    error:
      kind === 'failed'
        ? {
            code: errorCode(error.code),
            details: text(object(error.error_data).details) ?? text(error.title),
          }
        : undefined,
  });
}

/** An error that concerns no message: reported if its reason is the number or its account, else ignored. */
function readAccountError(
  error: Loose,
  value: Loose,
  account: Pick<AccountEvent, 'wabaId' | 'at'>,
  events: WebhookEvents,
): void {
  const reported = { code: errorCode(error.code) };
  if (!account.wabaId || policyFor(reported).class !== 'sender') {
    events.ignored++;
    return;
  }
  const number = idText(object(value.metadata).display_phone_number)?.replace(/\D/g, '') ?? '';
  const change = { kind: 'trouble' as const, topic: 'SENDING' as const, text: refusalText(reported) };
  events.accounts.push({ ...account, number, change });
}

/** Which WhatsApp number an event is about, and whose it is. */
type Parties = Pick<PreferenceEvent, 'phoneNumberId' | 'phone' | 'userId'>;

function readMessage(message: Loose, parties: Parties, events: WebhookEvents): void {
  const button = object(message.button);
  const { button_reply: buttonReply, list_reply: listReply } = object(message.interactive);
  const reply = object(buttonReply ?? listReply);
  const payload = text(button.payload) ?? text(reply.id);
  const [, verb, callbackData] = /^(STOP|REPLY):([0-9a-f-]{36}:\d+:\d+)$/.exec(payload ?? '') ?? [];
  const word = text(object(message.text).body)?.trim();
  const intent = word ? intentOf(word) : undefined;
  const at = timestamp(message.timestamp);
  if (callbackData) {
    const label = text(button.text) ?? text(reply.title);
    events.taps.push({ ...parties, callbackData, saidStop: verb === 'STOP', label, at });
  } else if (intent) {
    events.preferences.push({
      ...parties,
      kind: intent === 'stop' ? 'stop' : 'resume',
      source: 'KEYWORD',
      answers: idText(object(message.context).id),
      reason: `wrote "${word}"`,
      at,
    });
  } else {
    events.ignored++;
  }
}

/** Notices of WhatsApp itself (`system`): they are not written by the person. */
function readIdentity(message: Loose, phoneNumberId: string, events: WebhookEvents): void {
  const system = object(message.system);
  const isNumber = system.type === 'user_changed_number';
  const newPhone = isNumber ? e164(system.wa_id) : undefined;
  const userId = idText(system.user_id);
  if (!(isNumber || system.type === 'user_changed_user_id') || !(newPhone ?? userId)) {
    events.ignored++;
    return;
  }
  events.identities.push({
    phoneNumberId,
    phone: e164(message.from),
    newPhone,
    userId,
    previousUserId: idText(system.previous_user_id),
    at: timestamp(message.timestamp),
  });
}

function readInbound(message: Loose, parties: Parties, events: WebhookEvents): void {
  events.inbound.push({
    ...parties,
    answers: idText(object(message.context).id) ?? idText(object(message.reaction).message_id),
    at: timestamp(message.timestamp),
  });
}

function readPreference(preference: Loose, parties: Parties, events: WebhookEvents): void {
  const kind = text(preference.value);
  if (!(parties.phone ?? parties.userId) || (kind !== 'stop' && kind !== 'resume')) {
    events.ignored++;
    return;
  }
  events.preferences.push({
    kind,
    source: 'WHATSAPP',
    ...parties,
    answers: undefined,
    reason:
      kind === 'stop' ? 'stopped marketing messages in WhatsApp' : 'resumed marketing messages in WhatsApp',
    at: timestamp(preference.timestamp),
  });
}

/**
 * The phone of a person whom an element names by a user id only: the contacts beside it may tell it. Only contacts of
 * this user id count, or the one contact beside the one element.
 */
function phoneOf(
  userId: string | undefined,
  contacts: readonly Loose[],
  elements: number,
): string | undefined {
  const [only] = contacts.length === 1 && elements === 1 ? contacts : [];
  const contact =
    contacts.find((one) => userId !== undefined && one.user_id === userId) ??
    (userId === undefined || only?.user_id === undefined ? only : undefined);
  return e164(contact?.wa_id);
}
