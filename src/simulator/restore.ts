import type { Delivery } from './delivery';
import { readJournal, type JournalRecord } from './journal';
import { Ledger, LedgerEntry } from './ledger';
import { recipientOf, type World } from './world';

/** Rebuilds the state of an earlier run from its journal, and goes on with what was pending. */
export async function restore(world: World, delivery: Delivery, file: string): Promise<void> {
  await readJournal(file, (record) => apply(world, record));
  for (const entry of world.ledger.entries) delivery.resume(entry);
}

function apply(world: World, record: JournalRecord): void {
  const { accounts, ledger, media } = world;
  switch (record.kind) {
    case 'waba':
      accounts.waba(record.wabaId);
      break;
    case 'sender':
      accounts.register({ ...record, phoneNumberIds: [record.phoneNumberId] });
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
      addMessage(world, record);
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
      world.ledger = new Ledger();
      accounts.clear();
      break;
  }
}

function addMessage(world: World, record: Extract<JournalRecord, { kind: 'message' }>): void {
  const { to, biz_opaque_callback_data: callbackData } = JSON.parse(record.request) as {
    to: string;
    biz_opaque_callback_data?: string;
  };
  const recipient = recipientOf(world, to.replace(/\D/g, ''));
  const template = record.templateId === null ? null : world.accounts.template(record.templateId);
  const entry = new LedgerEntry(
    world.ledger.entries.length,
    record.id,
    world.accounts.sender(record.phoneNumberId),
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
  recipient.attempts++;
  world.ledger.attempts++;
  world.ledger.add(entry);
}
