import type { WebhookEnvelope } from './wire';
import type { ReportedError } from './error-catalogue';

/** A status of one of our messages. */
export interface StatusEvent {
  kind: 'sent' | 'delivered' | 'read' | 'failed';
  wamid: string;
  callbackData: string | undefined;
  at: Date;
  error: ReportedError | undefined;
}

/** Somebody asked for no more messages (or for messages again), by WhatsApp's own control, a button or a word. */
export interface PreferenceEvent {
  kind: 'stop' | 'resume';
  phoneNumberId: string;
  /** E.164. */
  phone: string;
  /** The payload of the button that was tapped: our callback data behind `STOP:`. */
  payload: string | undefined;
  reason: string;
}

export interface WebhookEvents {
  statuses: StatusEvent[];
  preferences: PreferenceEvent[];
  /** Elements that are none of ours, or not understood: acknowledged and counted. */
  ignored: number;
}

const statusKinds = new Set(['sent', 'delivered', 'read', 'failed']);
/** Whole messages, trimmed and case-folded, that mean "stop" (Meta leaves these words to us). */
const stopWords = new Set([
  'stop',
  'unsubscribe',
  'cancel',
  'रोकें',
  'बंद करें',
  'band karo',
  'parar',
  'sair',
  'baja',
  'alto',
]);

/**
 * Reads a webhook body. Tolerates unknown fields, kinds and shapes, since Meta adds some all the time.
 * @returns undefined when the body is not a webhook at all (no JSON, or not this object).
 */
export function parseWebhook(body: Buffer): WebhookEvents | undefined {
  const envelope = parseEnvelope(body);
  if (!envelope) return undefined;
  const events: WebhookEvents = { statuses: [], preferences: [], ignored: 0 };
  for (const entry of list(envelope.entry)) {
    for (const change of list(object(entry).changes)) readChange(object(change), events);
  }
  return events;
}

type Loose = Record<string, unknown>;

function parseEnvelope(body: Buffer): WebhookEnvelope | undefined {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as WebhookEnvelope | null;
    return parsed?.object === 'whatsapp_business_account' && Array.isArray(parsed.entry) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function readChange(change: Loose, events: WebhookEvents): void {
  const value = object(change.value);
  const phoneNumberId = text(object(value.metadata).phone_number_id) ?? '';
  if (change.field === 'messages') {
    for (const status of list(value.statuses)) readStatus(object(status), events);
    for (const message of list(value.messages)) readMessage(object(message), phoneNumberId, events);
  } else if (change.field === 'user_preferences') {
    for (const preference of list(value.user_preferences))
      readPreference(object(preference), phoneNumberId, events);
  } else {
    events.ignored++;
  }
}

function readStatus(status: Loose, events: WebhookEvents): void {
  const kind = text(status.status);
  const wamid = text(status.id);
  if (!kind || !wamid || !statusKinds.has(kind)) {
    events.ignored++;
    return;
  }
  const error = object(list(status.errors)[0]);
  events.statuses.push({
    kind: kind as StatusEvent['kind'],
    wamid,
    callbackData: text(status.biz_opaque_callback_data),
    at: timestamp(status.timestamp),
    error:
      kind === 'failed'
        ? {
            code: errorCode(error.code),
            details: text(object(error.error_data).details) ?? text(error.title),
          }
        : undefined,
  });
}

function readMessage(message: Loose, phoneNumberId: string, events: WebhookEvents): void {
  const phone = e164(message.from);
  const payload = text(object(message.button).payload);
  const word = text(object(message.text).body)?.trim().toLowerCase();
  if (phone && payload?.startsWith('STOP')) {
    events.preferences.push({
      kind: 'stop',
      phoneNumberId,
      phone,
      payload,
      reason: 'tapped the stop button',
    });
  } else if (phone && word && stopWords.has(word)) {
    events.preferences.push({
      kind: 'stop',
      phoneNumberId,
      phone,
      payload: undefined,
      reason: `wrote "${word}"`,
    });
  } else {
    events.ignored++;
  }
}

function readPreference(preference: Loose, phoneNumberId: string, events: WebhookEvents): void {
  const phone = e164(preference.wa_id);
  const value = text(preference.value);
  if (!phone || (value !== 'stop' && value !== 'resume')) {
    events.ignored++;
    return;
  }
  events.preferences.push({
    kind: value,
    phoneNumberId,
    phone,
    payload: undefined,
    reason: 'stopped marketing messages in WhatsApp',
  });
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function object(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

/** Without NUL, which PostgreSQL's text has no place for. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.replaceAll('\0', '') : undefined;
}

/** 131000 (something went wrong) for what is no code. */
function errorCode(value: unknown): number {
  const code = Number(value ?? 131000);
  return Number.isInteger(code) && Math.abs(code) < 2 ** 31 ? code : 131000;
}

function e164(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{6,15}$/.test(value) ? `+${value}` : undefined;
}

/** Meta's time is a string of unix seconds; one out of reason is replaced by now. */
function timestamp(value: unknown): Date {
  const seconds = Number(value);
  const now = Date.now();
  return Number.isFinite(seconds) && seconds > 1e9 && seconds * 1000 < now + 86_400_000
    ? new Date(seconds * 1000)
    : new Date(now);
}
