import { z } from 'zod';
import type { Ledger, LedgerEntry } from './ledger';

/** Filter for messages of the ledger; absent fields match all messages. */
export interface Selection {
  /** The wamid. */
  messageId?: string | undefined;
  /** The recipient's number as in the send request. */
  to?: string | undefined;
  phoneNumberId?: string | undefined;
  /** Exact value, or a prefix followed by `*`: `c42:*` selects all messages of a campaign. */
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
    (digits === undefined || entry.recipient.digits === digits || entry.to === to) &&
    (phoneNumberId === undefined || entry.sender.phoneNumberId === phoneNumberId) &&
    (callbackData === undefined ||
      (prefix === null
        ? entry.callbackData === callbackData
        : (entry.callbackData?.startsWith(prefix) ?? false)));
}

export function select(ledger: Ledger, selection: Selection): LedgerEntry[] {
  return ledger.entries.filter(matcher(selection));
}
