import { allowedMoves } from '../../campaigns/recipient-status';
import type { RecipientStatus } from '../../campaigns/recipient-status';
import type { Amounts, SettledCounter } from '../../campaigns/counters';
import type { CampaignDelta } from '../../campaigns/deltas';

/* What the two statements of settling have in common. */

/** A campaign that a statement changed, as it returns it: without what the statement never changes. */
export type ChangedCampaign = {
  id: string;
  business_id: string;
  version: number;
  at: Date;
  /** Nobody is queued or being sent any more. */
  drained: boolean;
  reopened?: CampaignDelta['set'] | null;
  /** All that the campaign costs; null when nothing was added. */
  cost: Amounts | null;
  /** Seq and claim number of those who had a setback, by their new status; null when nobody had. */
  setbacks?: Record<string, [seq: number, claimNo: number][]> | null;
} & Partial<Record<SettledCounter, number>>;

/** SQL: a list of statuses for IN. */
export const quoted = (statuses: readonly RecipientStatus[]): string =>
  statuses.map((status) => `'${status}'`).join(', ');

const allowed = Object.entries(allowedMoves)
  .flatMap(([from, targets]) => targets.map((to) => `"${from} ${to}"`))
  .join(', ');

/** SQL: whether the table of moves has a move. One list of texts: PostgreSQL looks a move up in it by its hash. */
export const isAllowed = (from: string, to: string): string =>
  `${from} || ' ' || ${to} = ANY ('{${allowed}}')`;

/**
 * SQL: a reported time, or now if it cannot be right: before the message was sent or in the future, by more than a minute
 * (so much the clocks may differ).
 * @param since SQL: when the message was sent, or the campaign started
 */
export const plausible = (time: string, since: string): string =>
  `CASE WHEN ${time} < ${since} - interval '1 minute' OR ${time} > now() + interval '1 minute' THEN now() ELSE ${time} END`;
