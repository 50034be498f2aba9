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
  /** Called with what Redis answered to a command that failed. */
  onError: (error: unknown) => void;
}

/** Campaign deltas over Redis pub/sub, one channel a campaign and one a business: workers and api processes publish, the hubs subscribe. */
export class DeltaPubSub {
  private readonly engine: RedisPubSub;

  constructor(private readonly options: DeltaPubSubOptions) {
    const { publisher, subscriber, onError } = options;
    this.engine = new RedisPubSub({ publisher, subscriber: withHandledErrors(subscriber, onError) });
  }

  /** Publishes to every API process, after the commit. Never rejects: a hub that misses a delta reads the row again. */
  readonly publish = async (deltas: readonly CampaignDelta[]): Promise<void> => {
    // one write to the socket: a set of webhooks changes many campaigns, and a write costs more than what it carries
    const pipeline = this.options.publisher.pipeline();
    for (const delta of deltas) {
      const text = JSON.stringify(delta);
      for (const channel of this.channelsOf(delta)) pipeline.publish(channel, text);
    }
    try {
      for (const [error] of (await pipeline.exec()) ?? []) if (error) this.options.onError(error);
    } catch (error) {
      this.options.onError(error);
    }
  };

  /** Resolves once Redis has acknowledged: every later delta arrives. @returns what `unsubscribe` takes */
  subscribe(campaignId: string, onDelta: (delta: CampaignDelta) => void): Promise<number> {
    return this.engine.subscribe(this.channel(campaignId), onDelta);
  }

  /** As {@link subscribe}, for all campaigns of a business. */
  subscribeBusiness(businessId: string, onDelta: (delta: CampaignDelta) => void): Promise<number> {
    return this.engine.subscribe(this.businessChannel(businessId), onDelta);
  }

  unsubscribe(subscription: number): void {
    this.engine.unsubscribe(subscription);
  }

  private channelsOf({ campaignId, businessId }: CampaignDelta): string[] {
    return [this.channel(campaignId), ...(businessId ? [this.businessChannel(businessId)] : [])];
  }

  private businessChannel(businessId: string): string {
    return `${this.options.prefix}:stats:business:${businessId}`;
  }

  private channel(campaignId: string): string {
    return `${this.options.prefix}:stats:${campaignId}`;
  }
}

/**
 * A subscriber whose failed commands reject nothing: the library leaves such rejections unhandled, which would end the
 * process. A channel that could not be subscribed stays without an acknowledgement.
 */
function withHandledErrors(subscriber: Redis, onError: (error: unknown) => void): Redis {
  const commands: Partial<Record<string | symbol, unknown>> = {
    subscribe: (channel: string, done: (error: null, count: unknown) => void) => {
      subscriber
        .subscribe(channel, (error, count) => (error ? onError(error) : done(null, count)))
        .catch(ignore);
    },
    unsubscribe: (channel: string) => void subscriber.unsubscribe(channel).catch(onError),
    punsubscribe: (channel: string) => void subscriber.punsubscribe(channel).catch(onError),
  };
  return new Proxy(subscriber, {
    get: (target, name) => {
      const value: unknown = commands[name] ?? Reflect.get(target, name);
      return typeof value === 'function' && !(name in commands) ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The callback has been told already. */
function ignore(): void {}
