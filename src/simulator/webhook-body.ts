import { createHmac } from 'node:crypto';
import type {
  StatusName,
  StatusObject,
  StatusPricing,
  WebhookChange,
  WebhookEnvelope,
  WebhookMetadata,
} from '../whatsapp/wire';
import type { Accounts, Sender } from './accounts';
import { webhookError } from './errors';
import type { LedgerEntry } from './ledger';

/** One thing to tell: a status of a message, or any other change, whole. */
export type Update =
  | { kind: 'status'; entry: LedgerEntry; status: StatusName; at: number; code?: number }
  | { kind: 'change'; wabaId: string; change: WebhookChange };

/** Statuses of one number share a change, everything of one account shares an entry, as Meta batches. */
export function envelopeOf(accounts: Accounts, updates: Update[]): WebhookEnvelope {
  const entries = new Map<string, WebhookChange[]>();
  const changesOf = (wabaId: string): WebhookChange[] => {
    const changes = entries.get(wabaId) ?? [];
    entries.set(wabaId, changes);
    return changes;
  };
  const statusesBySender = new Map<Sender, StatusObject[]>();
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
      changesOf(accounts.wabaOf(sender)).push({ field: 'messages', value });
    }
    statuses.push(statusObject(update.entry, update.status, update.at, update.code));
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

function statusObject(entry: LedgerEntry, status: StatusName, at: number, code?: number): StatusObject {
  const object: StatusObject = {
    id: entry.id,
    status,
    timestamp: String(Math.floor(at / 1000)),
    recipient_id: entry.waId,
  };
  if (entry.callbackData !== null) object.biz_opaque_callback_data = entry.callbackData;
  const pricing = pricingOf(entry, status);
  if (pricing) object.pricing = pricing;
  if (code !== undefined) object.errors = [webhookError(code)];
  return object;
}

/** With `sent` and with one of delivered and read (fact sheet, section 3.4). */
function pricingOf(entry: LedgerEntry, status: StatusName): StatusPricing | null {
  const priced =
    status === 'sent' || status === 'delivered' || (status === 'read' && !entry.has('delivered'));
  if (!priced) return null;
  const category = entry.template?.template.category.toLowerCase() ?? 'service';
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
