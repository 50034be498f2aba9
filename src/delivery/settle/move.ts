import { fencedTargets, laterOf } from '../../campaigns/recipient-status';
import type { RecipientStatus, SkippedReason } from '../../campaigns/recipient-status';
import type { Charge } from '../webhook/charge';

/** A report about one recipient: where to move it, and what is known now. Several about one recipient are merged first. */
export interface Move {
  campaignId: string;
  seq: number;
  to: RecipientStatus;
  /** Only from this status: for decisions made on what was read before, which may have changed since. */
  from?: RecipientStatus;
  /** The claim that the report speaks of; fences moves that end or take back. */
  claimNo: number;
  /** Attempts used up by this report: 1 for a temporary or final refusal, 0 for what was not the message's fault. */
  attempts?: number;
  wamid?: string | undefined;
  /** The recipient's number as WhatsApp spells it, digits only, where that differs from the phone. */
  waId?: string | undefined;
  /** Of SENT by an answer: what WhatsApp said of a message that it holds back; a SENT without it ends the holding. */
  messageStatus?: string | undefined;
  /** WhatsApp's id of the person for the business (BSUID), where the message went to a phone. */
  userId?: string | undefined;
  errorCode?: number | undefined;
  errorMessage?: string | undefined;
  /** Of SKIPPED. */
  skippedReason?: SkippedReason | undefined;
  /** When WhatsApp accepted it; for SENT without a time, the moment of the settling. */
  sentAt?: Date | undefined;
  deliveredAt?: Date | undefined;
  readAt?: Date | undefined;
  /** What WhatsApp charges for messages to the recipient, by the claims that sent them. Each is counted once. */
  charges?: Readonly<Record<number, Charge>> | undefined;
  /**
   * How long after this move to look again: for QUEUED, to send; for UNCONFIRMED, to let the campaign's policy decide. A
   * duration and not a time: the database adds it to its own clock, since this process's clock may be wrong.
   */
  dueInMs?: number | undefined;
}

/**
 * Merges the reports to one per recipient, in the order of the locks: the latest status, with the times of all. A report
 * about a later message wins over a failure of an earlier one.
 */
export function combine(reports: readonly Move[]): Move[] {
  const combined: Move[] = [];
  for (const report of [...reports].sort(byPlace)) {
    const last = combined.at(-1);
    if (last && byPlace(last, report) === 0) combined[combined.length - 1] = merge(last, report);
    else combined.push(report);
  }
  return combined;
}

function byPlace(a: Move, b: Move): number {
  if (a.campaignId === b.campaignId) return a.seq - b.seq;
  return a.campaignId < b.campaignId ? -1 : 1;
}

function merge(a: Move, b: Move): Move {
  const stale = (one: Move, other: Move) => fencedTargets.includes(one.to) && one.claimNo < other.claimNo;
  const aWins = stale(b, a) || (!stale(a, b) && laterOf(a.to, b.to) === a.to);
  const [winner, loser] = aWins ? [a, b] : [b, a];
  return {
    ...winner,
    wamid: winner.wamid ?? loser.wamid,
    sentAt: winner.sentAt ?? loser.sentAt,
    deliveredAt: winner.deliveredAt ?? loser.deliveredAt,
    readAt: winner.readAt ?? loser.readAt,
    ...(winner.charges || loser.charges ? { charges: { ...loser.charges, ...winner.charges } } : {}),
  };
}
