/**
 * The life of a recipient, in one pure table. Everything that moves a status (a claim, an answer of WhatsApp, a
 * webhook, a policy, a person) goes through it; the SQL of settle.ts is made from it.
 *
 *   QUEUED → SENDING → SENT → DELIVERED → READ           the good way; a later step may come first
 *            SENDING → UNCONFIRMED                        no answer: it may have gone out or not
 *            SENDING → QUEUED                             refused for now; again later
 *            SENDING → SKIPPED                            opted out after the start
 *            … → FAILED                                   refused for good
 *   QUEUED → SKIPPED                                      cancelled, the deadline has passed, or the campaign has the person twice
 *   FAILED, SKIPPED → DELIVERED, READ                     the person has it, although WhatsApp or the API said otherwise
 */
export enum RecipientStatus {
  QUEUED = 'QUEUED',
  SENDING = 'SENDING',
  UNCONFIRMED = 'UNCONFIRMED',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  READ = 'READ',
  FAILED = 'FAILED',
  SKIPPED = 'SKIPPED',
  EXCLUDED = 'EXCLUDED',
}

/** Why a person of the audience was not sent to in the end. */
export enum SkippedReason {
  OPTED_OUT = 'OPTED_OUT',
  CANCELLED = 'CANCELLED',
  DEADLINE = 'DEADLINE',
  DUPLICATE_PHONE = 'DUPLICATE_PHONE',
}

const { QUEUED, SENDING, UNCONFIRMED, SENT, DELIVERED, READ, FAILED, SKIPPED, EXCLUDED } = RecipientStatus;

/** From each status, where a report may move it. Anything else is late, repeated or reordered, and is ignored. */
export const allowedMoves: Readonly<Record<RecipientStatus, readonly RecipientStatus[]>> = {
  [QUEUED]: [SENDING, SENT, DELIVERED, READ, SKIPPED],
  [SENDING]: [QUEUED, UNCONFIRMED, SENT, DELIVERED, READ, FAILED, SKIPPED],
  [UNCONFIRMED]: [QUEUED, SENT, DELIVERED, READ, FAILED],
  // back to QUEUED: WhatsApp accepted it and then reported a temporary error; a retry is a new message
  [SENT]: [QUEUED, DELIVERED, READ, FAILED],
  [DELIVERED]: [READ],
  [READ]: [],
  [FAILED]: [QUEUED, DELIVERED, READ],
  [SKIPPED]: [SENT, DELIVERED, READ],
  [EXCLUDED]: [],
};

/**
 * Moves that only the latest claim may cause: they take something back or end it, so a report about an earlier message
 * to the same person must not. SENT is one of them, since the earlier message may have failed after it; DELIVERED and
 * READ are true whichever message they speak of.
 */
export const fencedTargets: readonly RecipientStatus[] = [QUEUED, UNCONFIRMED, SENT, FAILED, SKIPPED];

/** The campaign's counters and the statuses they count: queued, unconfirmed, sent, failed and skipped add up to the total. */
export const counted = {
  queued: [QUEUED, SENDING],
  unconfirmed: [UNCONFIRMED],
  sent: [SENT, DELIVERED, READ],
  delivered: [DELIVERED, READ],
  read: [READ],
  failed: [FAILED],
  skipped: [SKIPPED],
} as const satisfies Record<string, readonly RecipientStatus[]>;

export type StatusCounter = keyof typeof counted;

/**
 * The order in which statuses follow each other, to choose between two reports about one message that arrive together. A
 * failure, temporary (back to QUEUED) or final, comes after "sent"; after "delivered" it does not count.
 */
const byProgress = [SENDING, UNCONFIRMED, SENT, QUEUED, FAILED, DELIVERED, READ];

/** The later of two statuses. */
export function laterOf(a: RecipientStatus, b: RecipientStatus): RecipientStatus {
  return byProgress.indexOf(a) >= byProgress.indexOf(b) ? a : b;
}
