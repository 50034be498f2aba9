import type Redis from 'ioredis';

/** Full seconds that a rate is taken over. */
const overSeconds = 5;
/** Of a campaign, so many seconds are kept: the one that is running and more than a rate wants. */
const places = 16;
const keptMs = 60_000;

/** How fast campaigns really are: messages that WhatsApp accepted, by second, in Redis; forgotten within a minute. */
export class Throughput {
  private readonly redis: ThroughputRedis;

  constructor(
    redis: Redis,
    private readonly prefix: string,
  ) {
    redis.defineCommand('dakiyaAccepted', { lua: acceptedScript });
    redis.defineCommand('dakiyaRate', { numberOfKeys: 1, lua: rateScript });
    this.redis = redis as ThroughputRedis;
  }

  /** One command, however many campaigns. */
  async accepted(byCampaign: ReadonlyMap<string, number>): Promise<void> {
    if (byCampaign.size === 0) return;
    const keys = [...byCampaign.keys()].map((campaignId) => this.key(campaignId));
    await this.redis.dakiyaAccepted(keys.length, ...keys, ...byCampaign.values());
  }

  /** Accepted messages per second over the last five full seconds. */
  async rate(campaignId: string): Promise<number> {
    return (await this.redis.dakiyaRate(this.key(campaignId))) / overSeconds;
  }

  private key(campaignId: string): string {
    return `${this.prefix}:rate:${campaignId}`;
  }
}

type ThroughputRedis = Redis & {
  dakiyaAccepted(keys: number, ...rest: (string | number)[]): Promise<number>;
  dakiyaRate(key: string): Promise<number>;
};

/** Redis's time, so that no process's own clock matters. A hash of a campaign: place → `<second>:<messages>`. */
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

const rateScript = `${common}
local sum = 0
for second = now - ${overSeconds}, now - 1 do
  sum = sum + messages(redis.call('HGET', KEYS[1], second % ${places}), second)
end
return sum
`;
