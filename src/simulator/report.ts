import type { Hold, Ledger, LedgerEntry } from './ledger';
import { render, type RenderedMessage } from './render';
import { matcher } from './selection';
import type { SimulatorState } from './state';
import { priceOf } from './pricing';

const DEFAULT_LIMIT = 1_000;
const LARGEST_LIMIT = 10_000;

/** A row of `GET /_simulator/messages`. Times are ISO 8601 or null. */
interface LedgerMessage extends RenderedMessage {
  index: number;
  id: string;
  phoneNumberId: string;
  to: string;
  /** The `wa_id` of the send response. */
  waId: string;
  template: { name: string | undefined; language: string | undefined } | null;
  callbackData: string | null;
  acceptedAt: string;
  /** Unix milliseconds with a fraction. */
  acceptedAtMs: number;
  responded: boolean;
  endpoint: 'messages' | 'marketing_messages';
  hold: Hold;
  statuses: { status: string; at: string; code?: number }[];
  previewFetched: boolean;
  clickedAt: string | null;
  clickId: string | null;
  convertedAt: string | null;
  orderId: string | null;
  /** In US dollars; null until it is delivered or read. */
  price: number | null;
}

interface MessagePage {
  /** Number of matching messages on all pages. */
  total: number;
  messages: Partial<LedgerMessage>[];
  /** `after` for the next page; null on the last page. */
  next: number | null;
}

export function listMessages(
  ledger: Ledger,
  query: URLSearchParams,
): MessagePage | { field: string; expected: string } {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  const after = Number(query.get('after') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT) {
    return { field: 'limit', expected: `an integer from 1 to ${LARGEST_LIMIT}` };
  }
  if (!Number.isInteger(after) || after < 0) return { field: 'after', expected: "a page's next" };
  const read = (field: string) => query.get(field) ?? undefined;
  const matches = matcher({
    messageId: read('messageId'),
    to: read('to'),
    phoneNumberId: read('phoneNumberId'),
    callbackData: read('callbackData'),
  });
  const fields = query.get('fields')?.split(',') ?? null;
  const messages: Partial<LedgerMessage>[] = [];
  let next: number | null = null;
  let total = 0;
  for (const entry of ledger.entries) {
    if (!matches(entry)) continue;
    total++;
    if (entry.index < after || next !== null) continue;
    if (messages.length === limit) next = entry.index;
    else messages.push(show(entry, fields));
  }
  return { total, messages, next };
}

const RENDERED = [
  'type',
  'text',
  'header',
  'mediaUrl',
  'headerType',
  'fileName',
  'location',
  'product',
  'buttons',
  'footer',
  'offer',
  'cards',
];

/** Renders the message only if a requested field needs it, because rendering is expensive. */
function show(entry: LedgerEntry, fields: string[] | null): Partial<LedgerMessage> {
  const rendered = !fields || fields.some((field) => RENDERED.includes(field)) ? render(entry) : {};
  const { engagement, template } = entry;
  const message: Partial<LedgerMessage> = {
    index: entry.index,
    id: entry.id,
    phoneNumberId: entry.sender.phoneNumberId,
    to: entry.to,
    waId: entry.waId,
    template: template ? { name: template.template.name, language: template.template.language } : null,
    ...rendered,
    callbackData: entry.callbackData,
    acceptedAt: new Date(entry.acceptedAt).toISOString(),
    acceptedAtMs: entry.acceptedAt,
    responded: entry.responded,
    endpoint: entry.marketing ? 'marketing_messages' : 'messages',
    hold: entry.hold,
    statuses: entry.statuses().map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
    previewFetched: engagement?.previewFetched ?? false,
    clickedAt: isoOrNull(engagement?.clickedAt),
    clickId: engagement?.clickId ?? null,
    convertedAt: isoOrNull(engagement?.convertedAt),
    orderId: engagement?.orderId ?? null,
    price: priceOf(entry),
  };
  if (!fields) return message;
  return Object.fromEntries(Object.entries(message).filter(([field]) => fields.includes(field)));
}

const isoOrNull = (at: number | null | undefined) => (at ? new Date(at).toISOString() : null);

interface Summary {
  accepted: number;
  uniqueRecipients: number;
  /** Accepted messages whose `campaign:sequence` in the callback data was accepted before. */
  duplicates: number;
  /** All send requests, including refused ones. */
  attempts: number;
  /** By error code, or by the name of the injected fault. */
  refusedByCode: Record<string, number>;
  statuses: Ledger['statuses'];
  clicked: number;
  converted: number;
  pendingEvents: number;
  pendingWebhooks: number;
  /** By phone-number-id: the highest number of accepted messages in any sliding second. */
  maxPerSecond: Record<string, number>;
}

export function summarise(
  { ledger, accounts }: SimulatorState,
  pendingEvents: number,
  pendingWebhooks: number,
): Summary {
  return {
    accepted: ledger.entries.length,
    uniqueRecipients: ledger.uniqueRecipients,
    duplicates: ledger.duplicates,
    attempts: ledger.attempts,
    refusedByCode: Object.fromEntries(ledger.refused),
    statuses: ledger.statuses,
    clicked: ledger.clicked,
    converted: ledger.converted,
    pendingEvents,
    pendingWebhooks,
    maxPerSecond: Object.fromEntries(
      [...accounts.senders.values()].map((sender) => [sender.phoneNumberId, sender.busiest.max]),
    ),
  };
}
