import type { SendRequest, StatusName } from '../whatsapp/wire';
import type { Sender } from './accounts';
import type { LibraryTemplate, TemplateShape } from './template-shape';

/** The one type that may be left out of a request. */
type TextRequest = Extract<SendRequest, { type: 'text' }>;

/** The statuses a message can be in; each is reached at most once. */
export type LedgerStatus = Extract<StatusName, 'sent' | 'delivered' | 'read' | 'failed'>;

export const LEDGER_STATUSES: LedgerStatus[] = ['sent', 'delivered', 'read', 'failed'];
const NOT_YET = -1;

/** What will happen next to a message; `done` when nothing more will. Moved by delivery.ts alone. */
export type NextStep = LedgerStatus | 'preview' | 'click' | 'conversion' | 'done';

/**
 * Meta's quality assessment of a template message: `held` until a command releases it, after which it
 * is delivered like any other, or drops it, after which it fails. null: never held.
 */
export type Hold = 'held' | 'released' | 'dropped' | null;

/** What the person did with the tracked link. */
export interface Engagement {
  previewFetched: boolean;
  clickedAt: number | null;
  clickId: string | null;
  convertedAt: number | null;
  orderId: string | null;
}

/**
 * One accepted message. Kept small, since a benchmark puts a million of them here: the request stays
 * the text it arrived as, and what people read (rendered text, buttons) is made when they read it.
 */
export class LedgerEntry {
  next: NextStep = 'sent';
  /** Milliseconds from acceptance to each status, NOT_YET before it; four small integers take a tenth of the memory of a list. */
  #sent = NOT_YET;
  #delivered = NOT_YET;
  #read = NOT_YET;
  #failed = NOT_YET;
  engagement: Engagement | null = null;
  /** Whether the 200 was written to the caller; false after a fault that followed acceptance. */
  responded = false;
  /** The failure that will be, or was, reported by webhook. */
  failCode: number | null = null;
  hold: Hold = null;

  constructor(
    readonly index: number,
    readonly id: string,
    readonly sender: Sender,
    /** As sent. */
    readonly to: string,
    /** WhatsApp's own form, digits only. */
    readonly waId: string,
    readonly request: string,
    readonly template: LibraryTemplate | null,
    /** The template's shape at that time; an edit must not change what was sent. */
    readonly shape: TemplateShape | null,
    readonly callbackData: string | null,
    /** Unix milliseconds with a fraction. */
    readonly acceptedAt: number,
    /** How many messages to this person were accepted before. */
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

  /** Unix milliseconds with a fraction, of a status that was reached. */
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

  /** What was reached, in that order; `at` is Unix milliseconds. */
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

/** Somebody with a phone number. */
export interface Recipient {
  digits: string;
  /** The hash from which every outcome is drawn. */
  chance: number;
  attempts: number;
  accepted: number;
  /** Used WhatsApp's own "stop marketing messages". */
  stoppedMarketing: boolean;
  /** Unix seconds of the person's latest stop or resume; an older one that arrives later changes nothing. */
  preferenceAt: number;
  /** Opens the 24-hour service window. */
  lastWroteAt: number | null;
}

/** The truth of a run: every accepted message, and what became of it. */
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
 * The part of the callback data that names one recipient of one campaign: its first two fields
 * (`campaign:sequence`, then whatever else, an attempt for example). Two accepted messages with the
 * same key are a duplicate.
 */
function messageKey(callbackData: string | null): string | null {
  if (callbackData === null) return null;
  const first = callbackData.indexOf(':');
  const second = first < 0 ? -1 : callbackData.indexOf(':', first + 1);
  return second < 0 ? callbackData : callbackData.slice(0, second);
}
