import type { Hold, Ledger, LedgerEntry } from './ledger';
import { render, type RenderedMessage } from './render';
import { matcher } from './selection';
import type { World } from './world';

const DEFAULT_LIMIT = 1_000;
const LARGEST_LIMIT = 10_000;

/** A message of the ledger as `GET /_simulator/messages` shows it. Times are ISO 8601 or null. */
interface LedgerMessage extends RenderedMessage {
  index: number;
  id: string;
  phoneNumberId: string;
  to: string;
  /** WhatsApp's form of the number, as the answer to the send told it. */
  waId: string;
  template: { name: string | undefined; language: string | undefined } | null;
  callbackData: string | null;
  acceptedAt: string;
  /** Unix milliseconds with a fraction. */
  acceptedAtMs: number;
  responded: boolean;
  hold: Hold;
  statuses: { status: string; at: string; code?: number }[];
  previewFetched: boolean;
  clickedAt: string | null;
  clickId: string | null;
  convertedAt: string | null;
  orderId: string | null;
}

interface MessagePage {
  /** All that match, on every page. */
  total: number;
  messages: Partial<LedgerMessage>[];
  /** `after` of the next page; null on the last. */
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

const RENDERED = ['type', 'text', 'header', 'mediaUrl', 'buttons'];

/** Rendering is what costs: left out when no asked field needs it. */
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
    hold: entry.hold,
    statuses: entry.statuses().map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
    previewFetched: engagement?.previewFetched ?? false,
    clickedAt: isoOrNull(engagement?.clickedAt),
    clickId: engagement?.clickId ?? null,
    convertedAt: isoOrNull(engagement?.convertedAt),
    orderId: engagement?.orderId ?? null,
  };
  if (!fields) return message;
  return Object.fromEntries(Object.entries(message).filter(([field]) => fields.includes(field)));
}

const isoOrNull = (at: number | null | undefined) => (at ? new Date(at).toISOString() : null);

interface Summary {
  accepted: number;
  uniqueRecipients: number;
  /** Accepted messages beyond the first of the same `campaign:sequence` in the callback data. */
  duplicates: number;
  /** Every POST of a message, refused ones too. */
  attempts: number;
  /** By Meta's code, or by the fault's name where no code was told. */
  refusedByCode: Record<string, number>;
  statuses: Ledger['statuses'];
  clicked: number;
  converted: number;
  pendingEvents: number;
  pendingWebhooks: number;
  /** By phone-number-id: the most accepted in any sliding second. */
  maxPerSecond: Record<string, number>;
}

export function summarise(
  { ledger, accounts }: World,
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
