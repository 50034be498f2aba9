import type { App } from '../support/app';
import { accepted, recipients, stats } from '../support/campaigns';
import type { Accepted } from '../support/campaigns';
import { expectCountersAreRows, expectLegalMoves, statusesFor } from '../support/consistency';
import type { AuditedMove } from '../support/consistency';

/** The recipients of a campaign, counted in the simulator's ledger and in the table, never by the product's counters. */
export interface Census {
  recipients: number;
  /** Messages that WhatsApp accepted. */
  accepted: number;
  /** Those of them beyond the first for the same recipient. */
  duplicates: number;
  /** Recipients without an accepted message who are neither failed nor skipped (with a reason) nor unconfirmed. */
  lost: number;
  /** Recipients left unconfirmed. */
  unconfirmed: number;
  /** Each broken promise as a sentence. */
  problems: string[];
}

export interface CensusOptions {
  /** How many unconfirmed recipients the fault may leave; 0 by default. */
  unconfirmedAtMost?: number;
  /** Whether webhooks for all statuses have been delivered, so that rows must match the ledger. Default true. */
  statusesDelivered?: boolean;
  /** From `auditMoves`. */
  audited?: (campaignId: string) => Promise<AuditedMove[]>;
}

/** These recipients have a stated reason for not being sent to. */
const endedByReason = new Set(['FAILED', 'SKIPPED', 'UNCONFIRMED']);
const counted = new Set(['SENT', 'DELIVERED', 'READ']);

/** Checks the promises of a campaign that has ended, as docs/reliability.md lists them. */
export async function census(
  app: App,
  campaignId: string,
  { unconfirmedAtMost = 0, statusesDelivered = true, audited }: CensusOptions = {},
): Promise<Census> {
  const never = await cancelledBeforeMaterialise(app, campaignId);
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
  const wrongNumber = messages.filter(({ callbackData, to }) => {
    const seq = Number(callbackData.split(':')[1]);
    return rows.find((row) => row.seq === seq)?.phone !== to;
  });
  must(wrongNumber.length === 0, `sent to another number: ${wrongNumber.length}`);
  const neverAccepted = rows.filter((row) => counted.has(row.status) && of(row.seq).length === 0);
  must(neverAccepted.length === 0, `counted as sent, never accepted: ${list(neverAccepted)}`);
  const open = rows.filter((row) => row.status === 'QUEUED' || row.status === 'SENDING');
  must(open.length === 0, `still queued or being sent to: ${list(open)}`);
  const behind = statusesDelivered
    ? rows.filter((row) => of(row.seq).length > 0 && !statusesFor(of(row.seq)).includes(row.status))
    : [];
  must(behind.length === 0, `rows that differ from the ledger: ${list(behind)}`);
  await expectCountersAreRows(app, campaignId).catch((error: unknown) =>
    problems.push(`counters differ from the rows: ${(error as Error).message.slice(0, 400)}`),
  );
  if (audited) {
    const moves = await audited(campaignId);
    try {
      expectLegalMoves(moves);
    } catch (error) {
      problems.push(`transitions that are not allowed: ${(error as Error).message.slice(0, 400)}`);
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

/** A campaign that was cancelled before its audience was materialised has no rows: everybody is skipped. */
async function cancelledBeforeMaterialise(app: App, campaignId: string): Promise<Census | undefined> {
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
