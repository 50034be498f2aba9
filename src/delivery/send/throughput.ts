import type Redis from 'ioredis';

/** Full seconds that a throughput is averaged over. */
const overSeconds = 5;
/** Seconds kept of a campaign: the current one, and more than the average needs. */
const places = 16;
const keptMs = 60_000;

/** Messages that WhatsApp accepted, by campaign and second, in Redis; forgotten within a minute. */
export class Throughput {
  private readonly redis: ThroughputRedis;

  constructor(
    redis: Redis,
    private readonly prefix: string,
  ) {
    redis.defineCommand('dakiyaAccepted', { lua: acceptedScript });
    redis.defineCommand('dakiyaThroughput', { lua: throughputScript });
    this.redis = redis as ThroughputRedis;
  }

  /** Counts accepted messages. One command, however many campaigns. */
  async accepted(byCampaign: ReadonlyMap<string, number>): Promise<void> {
    if (byCampaign.size === 0) return;
    await this.redis.dakiyaAccepted(
      byCampaign.size,
      ...[...byCampaign.keys()].map((campaignId) => this.key(campaignId)),
      ...byCampaign.values(),
    );
  }

  /** Accepted messages per second over the last five full seconds, for each campaign in the order given. One command. */
  async perSecond(campaignIds: readonly string[]): Promise<number[]> {
    if (campaignIds.length === 0) return [];
    const sums = await this.redis.dakiyaThroughput(
      campaignIds.length,
      ...campaignIds.map((campaignId) => this.key(campaignId)),
    );
    return sums.map((sum) => sum / overSeconds);
  }

  private key(campaignId: string): string {
    return `${this.prefix}:throughput:${campaignId}`;
  }
}

type ThroughputRedis = Redis & {
  dakiyaAccepted(keys: number, ...rest: (string | number)[]): Promise<number>;
  dakiyaThroughput(keys: number, ...rest: string[]): Promise<number[]>;
};

/** In Redis's time, so that no process's clock matters. A campaign is a hash: place → `<second>:<messages>`. */
const common = `
local now = tonumber(redis.call('TIME')[1])
local function messages(kept, second)
  local of, count = string.match(kept or '', '^(%d+):(%d+)$')
  return tonumber(of) == second and tonumber(count) or 0
end
`;

const acceptedScript = `${common}
local place = now % ${places}
for i, key in ipairs(KEYS) do
  local count = messages(redis.call('HGET', key, place), now) + ARGV[i]
  redis.call('HSET', key, place, string.format('%d:%d', now, count))
  redis.call('PEXPIRE', key, ${keptMs})
end
return 1
`;

const throughputScript = `${common}
local sums = {}
for i, key in ipairs(KEYS) do
  local sum = 0
  for second = now - ${overSeconds}, now - 1 do
    sum = sum + messages(redis.call('HGET', key, second % ${places}), second)
  end
  sums[i] = sum
end
return sums
`;
