import { z } from 'zod';
import type { Ledger, LedgerEntry } from './ledger';

/** Which messages of the ledger a reader or a command means; what is left out matches every message. */
export interface Selection {
  /** The wamid. */
  messageId?: string | undefined;
  /** The number as it was sent to. */
  to?: string | undefined;
  phoneNumberId?: string | undefined;
  /** Exact, or a prefix with `*` behind it: `c42:*` finds every message of a campaign. */
  callbackData?: string | undefined;
}

export const selectionFields = {
  messageId: z.string().optional(),
  to: z.string().optional(),
  phoneNumberId: z.string().optional(),
  callbackData: z.string().optional(),
};

export function matcher({
  messageId,
  to,
  phoneNumberId,
  callbackData,
}: Selection): (entry: LedgerEntry) => boolean {
  const digits = to?.replace(/\D/g, '');
  const prefix = callbackData?.endsWith('*') ? callbackData.slice(0, -1) : null;
  return (entry) =>
    (messageId === undefined || entry.id === messageId) &&
    (digits === undefined || entry.recipient.digits === digits) &&
    (phoneNumberId === undefined || entry.sender.phoneNumberId === phoneNumberId) &&
    (callbackData === undefined ||
      (prefix === null
        ? entry.callbackData === callbackData
        : (entry.callbackData?.startsWith(prefix) ?? false)));
}

export function select(ledger: Ledger, selection: Selection): LedgerEntry[] {
  return ledger.entries.filter(matcher(selection));
}
