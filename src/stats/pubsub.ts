import { RedisPubSub } from 'graphql-redis-subscriptions';
import type Redis from 'ioredis';
import type { CampaignDelta } from '../campaigns/deltas';

export interface DeltaPubSubOptions {
  /** For PUBLISH. */
  publisher: Redis;
  /** For SUBSCRIBE; a process that only publishes gives the publisher again. */
  subscriber: Redis;
  /** Prefix of the channels; the same as of all keys in Redis. */
  prefix: string;
  /** Called for deltas that could not be published. */
  onError: (error: unknown) => void;
}

/** Campaign deltas over Redis pub/sub, one channel a campaign: workers and api processes publish, the hub subscribes. */
export class DeltaPubSub {
  private readonly engine: RedisPubSub;

  constructor(private readonly options: DeltaPubSubOptions) {
    this.engine = new RedisPubSub(options);
  }

  /** Publishes to every API process, after the commit. Never rejects: a hub that misses a delta reads the row again. */
  readonly publish = async (deltas: readonly CampaignDelta[]): Promise<void> => {
    const published = await Promise.allSettled(
      deltas.map((delta) => this.engine.publish(this.channel(delta.campaignId), delta)),
    );
    for (const result of published) if (result.status === 'rejected') this.options.onError(result.reason);
  };

  /** Resolves once Redis has acknowledged: every later delta arrives. @returns what `unsubscribe` takes */
  subscribe(campaignId: string, onDelta: (delta: CampaignDelta) => void): Promise<number> {
    return this.engine.subscribe(this.channel(campaignId), onDelta);
  }

  unsubscribe(subscription: number): void {
    this.engine.unsubscribe(subscription);
  }

  private channel(campaignId: string): string {
    return `${this.options.prefix}:stats:${campaignId}`;
  }
}
