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
    const second = Math.floor(Date.now() / 1000);
    const pipeline = this.redis.pipeline();
    for (const [campaignId, count] of byCampaign) {
      const key = this.key(campaignId, second);
      pipeline.incrby(key, count).expire(key, 60);
    }
    await pipeline.exec();
  }

  /** Accepted messages per second over the last five full seconds. */
  async rate(campaignId: string): Promise<number> {
    const second = Math.floor(Date.now() / 1000);
    const keys = Array.from({ length: overSeconds }, (_, i) => this.key(campaignId, second - 1 - i));
    const counts = await this.redis.mget(keys);
    return counts.reduce((sum, count) => sum + Number(count ?? 0), 0) / overSeconds;
  }

  private key(campaignId: string, second: number): string {
    return `${this.prefix}:rate:${campaignId}:${second}`;
  }
}
