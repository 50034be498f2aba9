import { createHmac } from 'node:crypto';
import type { StatusObject, StatusPricing, WebhookMetadata } from '../whatsapp/wire';
import type { Sender } from './accounts';
import { webhookError } from './errors';
import type { LedgerEntry } from './ledger';
import { hidesPhone, userIdOf } from './wa-id';
import type { World } from './world';

/** One thing to tell: a status of a message, or any other change, whole. */
export type Update =
  | ({ kind: 'status'; entry: LedgerEntry; status: string; at: number; code?: number } & StatusVariation)
  | { kind: 'change'; wabaId: string; change: OutgoingChange };

/** How a status differs from what the message and the behaviour would make of it. */
export interface StatusVariation {
  /** Unix seconds. */
  timestamp?: number;
  withoutCallbackData?: boolean;
  withoutPhone?: boolean;
}

/** Looser than `WebhookChange`: some of what is sent is odd on purpose. */
export interface OutgoingChange {
  field: string;
  value: object;
}

interface OutgoingEnvelope {
  object: 'whatsapp_business_account';
  entry: { id: string; time?: number; changes: OutgoingChange[] }[];
}

type OutgoingStatus = Omit<StatusObject, 'status'> & { status: string };
type StatusUpdate = Extract<Update, { kind: 'status' }>;

/** Statuses of one number share a change, everything of one account shares an entry, as Meta batches. */
export function envelopeOf(world: World, updates: Update[]): OutgoingEnvelope {
  const entries = new Map<string, OutgoingChange[]>();
  const changesOf = (wabaId: string): OutgoingChange[] => {
    const changes = entries.get(wabaId) ?? [];
    entries.set(wabaId, changes);
    return changes;
  };
  const statusesBySender = new Map<Sender, OutgoingStatus[]>();
  for (const update of updates) {
    if (update.kind === 'change') {
      changesOf(update.wabaId).push(update.change);
      continue;
    }
    const { sender } = update.entry;
    let statuses = statusesBySender.get(sender);
    if (!statuses) {
      statuses = [];
      statusesBySender.set(sender, statuses);
      const value = { messaging_product: 'whatsapp' as const, metadata: metadataOf(sender), statuses };
      changesOf(world.accounts.wabaOf(sender)).push({ field: 'messages', value });
    }
    statuses.push(statusObject(world, update));
  }
  return {
    object: 'whatsapp_business_account',
    entry: [...entries].map(([id, changes]) =>
      changes.some((change) => change.field !== 'messages')
        ? { id, time: Math.floor(Date.now() / 1000), changes }
        : { id, changes },
    ),
  };
}

export function metadataOf(sender: Sender): WebhookMetadata {
  return { display_phone_number: sender.displayPhoneNumber, phone_number_id: sender.phoneNumberId };
}

function statusObject(world: World, update: StatusUpdate): OutgoingStatus {
  const { entry, status, at, code } = update;
  const override = world.overrides.get(entry.recipient.digits);
  const timestamp = update.timestamp ?? override?.statusTimestamp ?? world.behaviour.statusTimestamp;
  const object: OutgoingStatus = {
    id: entry.id,
    status,
    timestamp: String(timestamp ?? Math.floor(at / 1000)),
  };
  if (!(update.withoutPhone ?? hidesPhone(world, entry.recipient))) object.recipient_id = entry.waId;
  else if (status !== 'failed') object.recipient_user_id = userIdOf(entry.recipient.digits);
  const withoutCallbackData = update.withoutCallbackData ?? override?.withoutCallbackData ?? false;
  if (entry.callbackData !== null && !withoutCallbackData) {
    object.biz_opaque_callback_data = entry.callbackData;
  }
  const pricing = pricingOf(entry, status);
  if (pricing) object.pricing = pricing;
  if (code !== undefined) object.errors = [webhookError(code)];
  return object;
}

/** With `sent` and with one of delivered and read (fact sheet, section 3.4). */
function pricingOf(entry: LedgerEntry, status: string): StatusPricing | null {
  const priced =
    status === 'sent' || status === 'delivered' || (status === 'read' && !entry.has('delivered'));
  if (!priced) return null;
  const category = entry.template?.template.category?.toLowerCase() ?? 'service';
  return { billable: true, pricing_model: 'PMP', type: 'regular', category };
}

const ESCAPED = /[/\u007f-\uffff]/g;

/**
 * JSON as Meta writes it: non-ASCII as lower-case `\uXXXX`, a slash as `\/`. The signature covers these
 * bytes, so a receiver that verifies a re-serialised body fails here as it would fail at Meta.
 */
export function escapeLikeMeta(json: string): string {
  return json.replace(ESCAPED, (char) =>
    char === '/' ? '\\/' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The value of `X-Hub-Signature-256` for a body that is ASCII only. */
export function sign(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body, 'latin1').digest('hex')}`;
}
