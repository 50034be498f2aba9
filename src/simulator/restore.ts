import type { Delivery } from './delivery';
import { setHealth } from './health';
import { readJournal, type JournalRecord } from './journal';
import { Ledger, LedgerEntry } from './ledger';
import { isUserId, personOf } from './wa-id';
import { recipientOf, type SimulatorState } from './state';

/** Restores the state of an earlier run from its journal and continues the pending deliveries. */
export async function restore(state: SimulatorState, delivery: Delivery, file: string): Promise<void> {
  await readJournal(file, (record) => apply(state, record));
  for (const entry of state.ledger.entries) delivery.resume(entry);
}

function apply(state: SimulatorState, record: JournalRecord): void {
  const { accounts, ledger, media } = state;
  switch (record.kind) {
    case 'waba':
      accounts.waba(record.wabaId);
      break;
    case 'sender':
      accounts.register({ ...record, phoneNumberIds: [record.phoneNumberId] });
      break;
    case 'health': {
      const { wabaId, phoneNumberId } = record.change;
      const sender = phoneNumberId === undefined ? undefined : accounts.sender(phoneNumberId);
      setHealth(accounts.waba(wabaId), sender, record.change);
      break;
    }
    case 'marketingOnly':
      accounts.waba(record.wabaId).marketingOnly = record.off;
      break;
    case 'template':
      accounts.putTemplate(record.wabaId, record.template);
      break;
    case 'templateRemoved': {
      const entry = accounts.template(record.id);
      if (entry) accounts.removeTemplate(entry);
      break;
    }
    case 'media':
      media.put({ ...record, content: Buffer.from(record.base64, 'base64') });
      break;
    case 'mediaRemoved':
      media.remove(record.id);
      break;
    case 'message':
      addMessage(state, record);
      break;
    case 'status': {
      const entry = ledger.entries[record.index];
      if (!entry) break;
      ledger.addStatus(entry, record.status, record.at);
      if (record.code !== undefined) entry.failCode = record.code;
      break;
    }
    case 'engagement': {
      const entry = ledger.entries[record.index];
      if (entry) {
        const { previewFetched, clickedAt, clickId, convertedAt, orderId } = record;
        ledger.addEngagement(entry, { previewFetched, clickedAt, clickId, convertedAt, orderId });
      }
      break;
    }
    case 'hold': {
      const entry = ledger.entries[record.index];
      if (!entry) break;
      entry.hold = record.hold;
      entry.failCode = record.code;
      break;
    }
    case 'reset':
      state.ledger = new Ledger();
      accounts.clear();
      break;
  }
}

function addMessage(state: SimulatorState, record: Extract<JournalRecord, { kind: 'message' }>): void {
  const { recipient: userId = '', ...request } = JSON.parse(record.request) as {
    to?: string;
    recipient?: string;
    biz_opaque_callback_data?: string;
  };
  const { to = userId, biz_opaque_callback_data: callbackData } = request;
  const recipient = recipientOf(state, isUserId(to) ? personOf(state, to) : to.replace(/\D/g, ''));
  const template = record.templateId === null ? null : state.accounts.template(record.templateId);
  const entry = new LedgerEntry(
    state.ledger.entries.length,
    record.id,
    state.accounts.sender(record.phoneNumberId),
    to,
    record.waId,
    record.request,
    template,
    template?.shape ?? null,
    callbackData ?? null,
    record.acceptedAt,
    record.counter,
    recipient,
  );
  entry.responded = record.responded;
  entry.hold = record.hold ?? null;
  entry.marketing = record.marketing ?? false;
  entry.lost = record.lost ?? false;
  entry.servicePricing = record.servicePricing ?? 'regular';
  recipient.attempts++;
  state.ledger.attempts++;
  state.ledger.add(entry);
}
