import type Redis from 'ioredis';
import type { CampaignStatus } from '../campaigns/campaign.types';

/** The figures of a campaign that move. */
export type Figure =
  | 'queued'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'skipped'
  | 'unconfirmed'
  | 'clicked'
  | 'converted'
  | 'optedOut';

/** What changed with one version of a campaign's row. Published after the commit; may be lost or overtaken. */
export interface StatsDelta {
  campaignId: string;
  version: number;
  /** ISO 8601; the row's updated_at. */
  at: string;
  /** By how much each figure moved; absent means not at all. */
  deltas: Partial<Record<Figure, number>>;
  /** New values of what is not a figure. */
  set?: {
    status: CampaignStatus;
    startedAt: string | null;
    completedAt: string | null;
    totalRecipients: number;
    excludedCount: number;
  };
}

export function statsChannel(prefix: string, campaignId: string): string {
  return `${prefix}:stats:${campaignId}`;
}

/** Tells every API process. Never rejects. The hub re-reads the row when a delta does not come, so a failure costs seconds, not truth. */
export type PublishDeltas = (deltas: readonly StatsDelta[]) => Promise<void>;

/** One command for deltas of many campaigns. No keys: a channel belongs to no slot of a cluster. */
const publishScript = `for i = 1, #ARGV, 2 do redis.call('PUBLISH', ARGV[i], ARGV[i + 1]) end`;

type PublishingRedis = Redis & { dakiyaPublish(...channelsAndMessages: string[]): Promise<void> };

export function createPublisher(
  redis: Redis,
  prefix: string,
  onError: (error: unknown) => void,
): PublishDeltas {
  redis.defineCommand('dakiyaPublish', { numberOfKeys: 0, lua: publishScript });
  const publishing = redis as PublishingRedis;
  return async (deltas) => {
    if (deltas.length === 0) return;
    try {
      await publishing.dakiyaPublish(
        ...deltas.flatMap((delta) => [statsChannel(prefix, delta.campaignId), JSON.stringify(delta)]),
      );
    } catch (error) {
      onError(error);
    }
  };
}
