import type { App } from '../support/app';
import { accepted, recipients, stats } from '../support/campaigns';
import type { Accepted } from '../support/campaigns';
import { expectCountersAreRows, expectLegalMoves, statusesFor } from '../support/consistency';
import type { AuditedMove } from '../support/consistency';

/** Everybody of a campaign, counted in the simulator's ledger and in the rows, never in the program's counters. */
export interface Census {
  recipients: number;
  /** Messages that WhatsApp accepted. */
  accepted: number;
  /** Of them, beyond the first for the same person. */
  duplicates: number;
  /** People whom WhatsApp never accepted, and who neither ended for a stated reason nor count as unconfirmed. */
  lost: number;
  /** People left unconfirmed. */
  unconfirmed: number;
  /** What breaks a promise, in words. */
  problems: string[];
}

export interface CensusOptions {
  /** Unconfirmed people that the fault may leave: 0 unless given. */
  unconfirmedAtMost?: number;
  /** Whether every status of the ledger has been told, so that rows must say the same. Default true. */
  told?: boolean;
  /** From `auditMoves`. */
  audited?: (campaignId: string) => Promise<AuditedMove[]>;
}

/** Whoever ended thus did so for a reason that is told. */
const endedByReason = new Set(['FAILED', 'SKIPPED', 'UNCONFIRMED']);
const counted = new Set(['SENT', 'DELIVERED', 'READ']);

/** The promises of a campaign that has come to its end, as the table of docs/reliability.md names them. */
export async function census(
  app: App,
  campaignId: string,
  { unconfirmedAtMost = 0, told = true, audited }: CensusOptions = {},
): Promise<Census> {
  const never = await neverBegun(app, campaignId);
  if (never) return never;
  const messages = await accepted(app, campaignId, ['to', 'callbackData', 'statuses']);
  const rows = (await recipients(app, campaignId)).filter((row) => row.status !== 'EXCLUDED');
  const byPerson = new Map<number, Accepted[]>();
  for (const message of messages) {
    const seq = Number(message.callbackData.split(':')[1]);
    byPerson.set(seq, [...(byPerson.get(seq) ?? []), message]);
  }
  const of = (seq: number) => byPerson.get(seq) ?? [];
  const list = (some: { seq: number; status: string }[]) =>
    `${some.length} (${some
      .slice(0, 5)
      .map((row) => `${row.seq} ${row.status}`)
      .join(', ')})`;

  const twice = rows.filter((row) => of(row.seq).length > 1);
  const lost = rows.filter((row) => of(row.seq).length === 0 && !endedByReason.has(row.status));
  const unconfirmed = rows.filter((row) => row.status === 'UNCONFIRMED');
  const problems: string[] = [];
  const must = (holds: boolean, otherwise: string) => holds || problems.push(otherwise);

  must(twice.length === 0, `accepted more than once: ${list(twice)}`);
  must(lost.length === 0, `lost: ${list(lost)}`);
  must(
    unconfirmed.length <= unconfirmedAtMost,
    `unconfirmed: ${list(unconfirmed)}, at most ${unconfirmedAtMost}`,
  );
  const stranger = messages.filter(({ callbackData, to }) => {
    const seq = Number(callbackData.split(':')[1]);
    return rows.find((row) => row.seq === seq)?.phone !== to;
  });
  must(stranger.length === 0, `sent to somebody else: ${stranger.length}`);
  const invented = rows.filter((row) => counted.has(row.status) && of(row.seq).length === 0);
  must(invented.length === 0, `counted as sent, never accepted: ${list(invented)}`);
  const open = rows.filter((row) => row.status === 'QUEUED' || row.status === 'SENDING');
  must(open.length === 0, `not at an end: ${list(open)}`);
  const behind = told
    ? rows.filter((row) => of(row.seq).length > 0 && !statusesFor(of(row.seq)).includes(row.status))
    : [];
  must(behind.length === 0, `rows that do not say what the ledger says: ${list(behind)}`);
  await expectCountersAreRows(app, campaignId).catch((error: unknown) =>
    problems.push(`counters are not the rows: ${(error as Error).message.slice(0, 400)}`),
  );
  if (audited) {
    const moves = await audited(campaignId);
    try {
      expectLegalMoves(moves);
    } catch (error) {
      problems.push(`moves that are not allowed: ${(error as Error).message.slice(0, 400)}`);
    }
  }
  return {
    recipients: rows.length,
    accepted: messages.length,
    duplicates: messages.length - byPerson.size,
    lost: lost.length,
    unconfirmed: unconfirmed.length,
    problems: problems.map((problem) => `${campaignId}: ${problem}`),
  };
}

/** A campaign that was cancelled before its audience was fixed has no rows: everybody is skipped. */
async function neverBegun(app: App, campaignId: string): Promise<Census | undefined> {
  const [row] = await app.database.query<{ begun: boolean; status: string }[]>(
    `SELECT materialised_at IS NOT NULL AS begun, status FROM campaigns WHERE id = $1`,
    [campaignId],
  );
  if (!row || row.begun || row.status !== 'CANCELLED') return undefined;
  const { totalRecipients, skippedCount } = await stats(app, campaignId);
  const messages = (await accepted(app, campaignId, ['to'])).length;
  const problems: string[] = [];
  if (messages > 0) problems.push(`${campaignId}: ${messages} accepted without an audience`);
  if (skippedCount !== totalRecipients)
    problems.push(`${campaignId}: ${skippedCount} of ${totalRecipients} skipped`);
  return {
    recipients: totalRecipients,
    accepted: messages,
    duplicates: 0,
    lost: 0,
    unconfirmed: 0,
    problems,
  };
}
