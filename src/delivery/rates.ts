import type Redis from 'ioredis';

/** Full seconds that a rate is taken over. */
const overSeconds = 5;

/** How fast campaigns really are: messages that WhatsApp accepted, by second, in Redis; forgotten within a minute. */
export class Rates {
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  async accepted(byCampaign: ReadonlyMap<string, number>): Promise<void> {
    if (byCampaign.size === 0) return;
    const second = await this.second();
    const pipeline = this.redis.pipeline();
    for (const [campaignId, count] of byCampaign) {
      const key = this.key(campaignId, second);
      pipeline.incrby(key, count).expire(key, 60);
    }
    await pipeline.exec();
  }

  /** Accepted messages per second over the last five full seconds. */
  async rate(campaignId: string): Promise<number> {
    const second = await this.second();
    const keys = Array.from({ length: overSeconds }, (_, i) => this.key(campaignId, second - 1 - i));
    const counts = await this.redis.mget(keys);
    return counts.reduce((sum, count) => sum + Number(count ?? 0), 0) / overSeconds;
  }

  /** Redis's, so that no process's own clock matters. */
  private async second(): Promise<number> {
    const [seconds] = await this.redis.time();
    return Number(seconds);
  }

  private key(campaignId: string, second: number): string {
    return `${this.prefix}:rate:${campaignId}:${second}`;
  }
}
