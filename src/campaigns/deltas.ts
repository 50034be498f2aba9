import type { CampaignStatus } from './campaign';
import type { Counter } from './counters';

/** What changed with one version of a campaign's row. Published after the commit; may be lost or arrive out of order. */
export interface CampaignDelta {
  campaignId: string;
  version: number;
  /** ISO 8601; the row's updated_at. */
  at: string;
  /** By how much each counter changed; a missing counter did not change. */
  deltas: Partial<Record<Counter, number>>;
  /** New values of columns that are not counters. */
  set?: {
    status: CampaignStatus;
    startedAt: string | null;
    completedAt: string | null;
    totalRecipients: number;
    excludedCount: number;
  };
}

/**
 * Publishes to every API process what changed, after the commit. Never rejects: the hub reads the row again when a delta
 * is missing, so a failure delays figures by seconds and makes none wrong.
 */
export type PublishDeltas = (deltas: readonly CampaignDelta[]) => Promise<void>;
