import type { CampaignStatus } from './campaign';
import type { Counter } from './counters';

/** What changed with one version of a campaign's row. Published after the commit; may be lost or overtaken. */
export interface CampaignDelta {
  campaignId: string;
  version: number;
  /** ISO 8601; the row's updated_at. */
  at: string;
  /** By how much each counter moved; absent means not at all. */
  deltas: Partial<Record<Counter, number>>;
  /** New values of what is no counter. */
  set?: {
    status: CampaignStatus;
    startedAt: string | null;
    completedAt: string | null;
    totalRecipients: number;
    excludedCount: number;
  };
}

/**
 * Tells every API process what changed, after the commit. Never rejects: the live view reads the row again when a delta
 * is missing, so a failure costs seconds, not truth.
 */
export type PublishDeltas = (deltas: readonly CampaignDelta[]) => Promise<void>;
