import { createHmac } from 'node:crypto';
import type { StatusObject, StatusPricing, WebhookMetadata } from '../whatsapp/wire';
import type { Sender } from './accounts';
import { webhookError } from './errors';
import type { LedgerEntry } from './ledger';
import { hidesPhone, userIdOf } from './wa-id';
import type { SimulatorState } from './state';

/** An update to send: a status of a message, or any other complete change. */
export type Update =
  | ({ kind: 'status'; entry: LedgerEntry; status: string; at: number; code?: number } & StatusVariation)
  | { kind: 'change'; wabaId: string; change: OutgoingChange };

/** Deviations of a single status from the configured behaviour. */
export interface StatusVariation {
  /** Unix seconds. */
  timestamp?: number;
  withoutCallbackData?: boolean;
  withoutPhone?: boolean;
}

/** Less strict than `WebhookChange`, because some webhooks are undocumented on purpose. */
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

/** Batches updates as Meta does: one entry per account, and one change for all statuses of a number. */
export function envelopeOf(state: SimulatorState, updates: Update[]): OutgoingEnvelope {
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
      changesOf(state.accounts.wabaOf(sender)).push({ field: 'messages', value });
    }
    statuses.push(statusObject(state, update));
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

function statusObject(state: SimulatorState, update: StatusUpdate): OutgoingStatus {
  const { entry, status, at, code } = update;
  const override = state.overrides.get(entry.recipient.digits);
  const timestamp = update.timestamp ?? override?.statusTimestamp ?? state.behaviour.statusTimestamp;
  const object: OutgoingStatus = {
    id: entry.id,
    status,
    timestamp: String(timestamp ?? Math.floor(at / 1000)),
  };
  if (!(update.withoutPhone ?? hidesPhone(state, entry.recipient))) object.recipient_id = entry.waId;
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

/** Pricing is part of `sent` and of the first of `delivered` and `read`. */
function pricingOf(entry: LedgerEntry, status: string): StatusPricing | null {
  const priced =
    status === 'sent' || status === 'delivered' || (status === 'read' && !entry.has('delivered'));
  if (!priced) return null;
  const category = entry.marketing
    ? 'marketing_lite'
    : (entry.template?.template.category?.toLowerCase() ?? 'service');
  switch (entry.servicePricing) {
    case 'regular':
      return { billable: true, pricing_model: 'PMP', type: 'regular', category };
    case 'free_customer_service':
    case 'free_entry_point':
      return { billable: false, pricing_model: 'PMP', type: entry.servicePricing, category };
    case 'paid_exempt':
      return { billable: false, pricing_model: 'PMP', type: 'regular', subtype: 'paid_exempt', category };
    case 'withoutBillable':
      return { pricing_model: 'PMP', type: 'free_customer_service', category };
    case 'none':
      return null;
  }
}

const ESCAPED = /[/\u007f-\uffff]/g;

/**
 * Escapes JSON like Meta: non-ASCII characters as lower-case `\uXXXX`, slashes as `\/`. The signature
 * covers these bytes, so that a receiver that verifies a re-serialised body fails here as with Meta.
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
