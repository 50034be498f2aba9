import { createReadStream, existsSync, truncateSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { ServicePricing } from './behaviour';
import type { HealthChange } from './health-change';
import type { Engagement, Hold, LedgerStatus } from './ledger';
import type { StoredTemplate } from './template-shape';

/**
 * The journal file that preserves state across restarts, one JSON object per line. A status is written
 * when its webhook is acknowledged, not when it is sent, so that unacknowledged statuses are reported
 * again after a restart.
 */
export type JournalRecord =
  | { kind: 'waba'; wabaId: string }
  | {
      kind: 'sender';
      phoneNumberId: string;
      wabaId: string;
      displayPhoneNumber: string;
      messagesPerSecond: number;
    }
  | { kind: 'health'; change: HealthChange & { wabaId: string } }
  | { kind: 'marketingOnly'; wabaId: string; off: boolean }
  | { kind: 'template'; wabaId: string; template: StoredTemplate }
  | { kind: 'templateRemoved'; id: string }
  | { kind: 'media'; id: string; phoneNumberId: string; mimeType: string; uploadedAt: number; base64: string }
  | { kind: 'mediaRemoved'; id: string }
  | {
      kind: 'message';
      id: string;
      phoneNumberId: string;
      waId: string;
      templateId: string | null;
      acceptedAt: number;
      counter: number;
      responded: boolean;
      request: string;
      hold?: Hold;
      marketing?: boolean;
      lost?: boolean;
      servicePricing?: ServicePricing;
    }
  | { kind: 'status'; index: number; status: LedgerStatus; at: number; code?: number | undefined }
  | ({ kind: 'engagement'; index: number } & Engagement)
  /** The held message was released, or dropped with this error code. */
  | { kind: 'hold'; index: number; hold: Hold; code: number | null }
  | { kind: 'reset' };

const FLUSH_MS = 100;

export interface Journal {
  write(record: JournalRecord): void;
  close(): Promise<void>;
}

export const NO_JOURNAL: Journal = { write: () => undefined, close: () => Promise.resolve() };

/** Lines are buffered and appended every 100 ms; a crash loses at most those of the last 100 ms. */
export function openJournal(file: string, log: (line: string) => void): Journal {
  let lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  let failed = false;

  function flush(): void {
    timer = undefined;
    const text = lines.join('');
    lines = [];
    writing = writing
      .then(() => appendFile(file, text, { mode: 0o600 }))
      .catch((error: unknown) => {
        if (!failed) log(`state file ${file} cannot be written: ${String(error)}`);
        failed = true;
      });
  }

  return {
    write(record) {
      lines.push(JSON.stringify(record) + '\n');
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    async close() {
      clearTimeout(timer);
      if (lines.length > 0) flush();
      await writing;
    },
  };
}

/** Reads a journal. An incomplete last line is truncated, so that the next record starts on its own line. */
export async function readJournal(file: string, take: (record: JournalRecord) => void): Promise<void> {
  if (!existsSync(file)) return;
  let length = 0;
  const stream = createReadStream(file);
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    let record: JournalRecord;
    try {
      record = JSON.parse(line) as JournalRecord;
    } catch {
      truncateSync(file, length);
      break;
    }
    length += Buffer.byteLength(line) + 1;
    take(record);
  }
  stream.destroy();
}
