import type { SendRequest, StatusName } from '../whatsapp/wire';
import type { Sender } from './accounts';
import type { ServicePricing } from './behaviour';
import type { LibraryTemplate, TemplateShape } from './template-shape';

/** Requests without a `type` are text messages. */
type TextRequest = Extract<SendRequest, { type: 'text' }>;

/** Statuses recorded in the ledger, each at most once per message. */
export type LedgerStatus = Extract<StatusName, 'sent' | 'delivered' | 'read' | 'failed'>;

export const LEDGER_STATUSES: LedgerStatus[] = ['sent', 'delivered', 'read', 'failed'];
const NOT_YET = -1;

/** The next step of a message; `done` if there is none. Changed only by delivery.ts. */
export type NextStep = LedgerStatus | 'preview' | 'click' | 'conversion' | 'done';

/**
 * Meta's quality assessment of a template message. `held`: no status until a command releases the
 * message, which is then delivered, or drops it, which then fails. null: the message was never held.
 */
export type Hold = 'held' | 'released' | 'dropped' | null;

/** Preview, click and conversion of the tracked link. */
export interface Engagement {
  previewFetched: boolean;
  clickedAt: number | null;
  clickId: string | null;
  convertedAt: number | null;
  orderId: string | null;
}

/**
 * One accepted message. Benchmarks create a million of them, so entries are small: the request is kept
 * as received, and text and buttons are rendered only when they are read.
 */
export class LedgerEntry {
  next: NextStep = 'sent';
  /** Milliseconds from acceptance to each status. Four small integers use a tenth of the memory of a list. */
  #sent = NOT_YET;
  #delivered = NOT_YET;
  #read = NOT_YET;
  #failed = NOT_YET;
  engagement: Engagement | null = null;
  /** Whether the caller got the 200 response; false after an `AfterAccept` fault. */
  responded = false;
  /** Error code of the failure that will be, or was, reported by webhook. */
  failCode: number | null = null;
  hold: Hold = null;
  /** Accepted, but WhatsApp dropped it without a word. */
  lost = false;
  /** What statuses say of its price, as a free-form message within the service window. */
  servicePricing: ServicePricing = 'regular';
  /** Sent over `/marketing_messages`. */
  marketing = false;
  /** The answer called the held message `paused`. */
  holdPaused = false;

  constructor(
    readonly index: number,
    readonly id: string,
    readonly sender: Sender,
    /** `to` as received. */
    readonly to: string,
    /** WhatsApp's own form, digits only. */
    readonly waId: string,
    readonly request: string,
    readonly template: LibraryTemplate | null,
    /** The template's structure at the time of the send; later edits must not change what was sent. */
    readonly shape: TemplateShape | null,
    readonly callbackData: string | null,
    /** Unix milliseconds with a fraction. */
    readonly acceptedAt: number,
    /** Number of messages to this recipient accepted before this one. */
    readonly counter: number,
    readonly recipient: Recipient,
  ) {}

  parsed(): SendRequest {
    const request = JSON.parse(this.request) as SendRequest | Omit<TextRequest, 'type'>;
    return 'type' in request ? request : { ...request, type: 'text' };
  }

  has(status: LedgerStatus): boolean {
    return this.#after(status) !== NOT_YET;
  }

  /** Time of a recorded status, in Unix milliseconds with a fraction. */
  statusAt(status: LedgerStatus): number {
    return this.acceptedAt + this.#after(status);
  }

  setStatus(status: LedgerStatus, at: number): void {
    const after = Math.max(0, Math.round(at - this.acceptedAt));
    switch (status) {
      case 'sent':
        this.#sent = after;
        break;
      case 'delivered':
        this.#delivered = after;
        break;
      case 'read':
        this.#read = after;
        break;
      case 'failed':
        this.#failed = after;
        break;
    }
  }

  /** The recorded statuses in the order sent, delivered, read, failed; `at` is in Unix milliseconds. */
  statuses(): { status: LedgerStatus; at: number; code?: number }[] {
    return LEDGER_STATUSES.filter((status) => this.has(status)).map((status) => {
      const at = this.statusAt(status);
      return status === 'failed' && this.failCode !== null
        ? { status, at, code: this.failCode }
        : { status, at };
    });
  }

  #after(status: LedgerStatus): number {
    switch (status) {
      case 'sent':
        return this.#sent;
      case 'delivered':
        return this.#delivered;
      case 'read':
        return this.#read;
      case 'failed':
        return this.#failed;
    }
  }
}

/** Length of WhatsApp's customer service window, which starts with each message from the person. */
const SERVICE_WINDOW_MS = 24 * 3_600_000;

/** Whether a message accepted at this time, in Unix milliseconds, may be free-form. */
export function isInServiceWindow({ lastWroteAt }: Recipient, at: number): boolean {
  return lastWroteAt !== null && at - lastWroteAt <= SERVICE_WINDOW_MS;
}

/** A person, identified by phone number. */
export interface Recipient {
  digits: string;
  /** Hash of seed and phone number; input of every random decision about this person. */
  randomBase: number;
  attempts: number;
  accepted: number;
  /** The person chose "stop marketing messages" in WhatsApp. */
  stoppedMarketing: boolean;
  /** Unix seconds of the latest stop or resume; older ones that arrive later are ignored. */
  preferenceAt: number;
  /** Start of the 24-hour service window. */
  lastWroteAt: number | null;
}

/** All accepted messages and their outcomes. */
export class Ledger {
  entries: LedgerEntry[] = [];
  recipients = new Map<string, Recipient>();
  attempts = 0;
  uniqueRecipients = 0;
  duplicates = 0;
  refused = new Map<string, number>();
  statuses: Record<LedgerStatus, number> = { sent: 0, delivered: 0, read: 0, failed: 0 };
  clicked = 0;
  converted = 0;
  #messageKeys = new Set<string>();

  add(entry: LedgerEntry): void {
    this.entries.push(entry);
    if (entry.recipient.accepted++ === 0) this.uniqueRecipients++;
    entry.sender.busiest.add(entry.acceptedAt);
    const key = messageKey(entry.callbackData);
    if (key === null) return;
    if (this.#messageKeys.has(key)) this.duplicates++;
    else this.#messageKeys.add(key);
  }

  addStatus(entry: LedgerEntry, status: LedgerStatus, at: number): void {
    if (entry.has(status)) return;
    entry.setStatus(status, at);
    this.statuses[status]++;
  }

  addEngagement(entry: LedgerEntry, engagement: Engagement): void {
    if (engagement.clickedAt !== null && !entry.engagement?.clickedAt) this.clicked++;
    if (engagement.convertedAt !== null && !entry.engagement?.convertedAt) this.converted++;
    entry.engagement = engagement;
  }

  countRefusal(code: string): void {
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
  }
}

/**
 * The first two fields of the callback data (`campaign:sequence`), which identify one recipient of one
 * campaign; further fields, such as the attempt, are ignored. Two accepted messages with the same key
 * are duplicates.
 */
function messageKey(callbackData: string | null): string | null {
  if (callbackData === null) return null;
  const first = callbackData.indexOf(':');
  const second = first < 0 ? -1 : callbackData.indexOf(':', first + 1);
  return second < 0 ? callbackData : callbackData.slice(0, second);
}
