import type { CampaignStatus } from './campaign';
import type { Amounts, Counter, HitCounter } from './counters';

/** What changed with one version of a campaign's row. Published after the commit; may be lost or arrive out of order. */
export interface CampaignDelta {
  campaignId: string;
  /** Whose campaign it is, for who watches all of a business's; processes of an earlier version do not say it. */
  businessId?: string;
  version: number;
  /** ISO 8601; the row's updated_at. */
  at: string;
  /** By how much each counter changed; a missing counter did not change. */
  deltas: Partial<Record<Counter | HitCounter, number>>;
  /** New values of columns that are not counters. */
  set?: {
    status: CampaignStatus;
    startedAt: string | null;
    completedAt: string | null;
    totalRecipients: number;
    excludedCount: number;
  };
  /** New sums of money; a missing one did not change. Sums and not differences: decimals are added up by the database. */
  amounts?: { revenue?: Amounts; cost?: Amounts };
}

/**
 * Publishes to every API process what changed, after the commit. Never rejects: the hub reads the row again when a delta
 * is missing, so a failure delays figures by seconds and makes none wrong.
 */
export type PublishDeltas = (deltas: readonly CampaignDelta[]) => Promise<void>;
