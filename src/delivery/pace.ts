import type Redis from 'ioredis';

/** Slots on a sender's schedule: message i may leave `startMs + i × intervalMs` from now. */
export interface Grant {
  count: number;
  startMs: number;
  intervalMs: number;
  /** Where the schedule stood after the grant, in Redis's microseconds; lets unused slots go back. */
  end: string;
}

/** A grant begins this much ahead, so that the claim is committed before its first slot has passed. */
const leadMs = 30;

/** Of the limit: 2 % stay free, so that in no second a message that leaves up to 20 ms late is one too many. */
const share = 0.98;

/**
 * The speed limit of a WhatsApp number, shared by every worker and campaign: one schedule per number in Redis, kept
 * in Redis's time (GCRA: the next free slot, so that no burst ever goes above the limit). Many slots are taken in
 * one call. Losing the key costs nothing but the place on the schedule.
 */
export class Pace {
  private readonly redis: PaceRedis;

  constructor(
    redis: Redis,
    private readonly prefix: string,
  ) {
    redis.defineCommand('dakiyaReserve', { numberOfKeys: 1, lua: reserveScript });
    redis.defineCommand('dakiyaGiveBack', { numberOfKeys: 1, lua: giveBackScript });
    redis.defineCommand('dakiyaGiveUp', { numberOfKeys: 1, lua: giveUpScript });
    redis.defineCommand('dakiyaHold', { numberOfKeys: 1, lua: holdScript });
    this.redis = redis as PaceRedis;
  }

  /**
   * Takes up to `want` slots that begin within the next `horizonMs`.
   * @returns a grant; `count` 0 when the schedule is full, then `startMs` is when it has room again
   */
  async reserve(
    senderId: string,
    messagesPerSecond: number,
    want: number,
    horizonMs: number,
  ): Promise<Grant> {
    const intervalUs = Math.ceil(1_000_000 / (messagesPerSecond * share));
    const [count, startUs, end] = await this.redis.dakiyaReserve(
      this.key(senderId),
      intervalUs,
      want,
      Math.round(horizonMs * 1000),
      leadMs * 1000,
    );
    return { count, startMs: startUs / 1000, intervalMs: intervalUs / 1000, end };
  }

  /** Returns the last slots of a grant; when somebody has taken later ones already, they are lost. */
  async giveBack(senderId: string, grant: Grant, unused: number): Promise<void> {
    if (unused === 0) return;
    await this.redis.dakiyaGiveBack(
      this.key(senderId),
      grant.end,
      Math.round(unused * grant.intervalMs * 1000),
    );
  }

  /**
   * Slots were missed and their messages leave late, in a bunch: as much of the schedule to come is given up, so that
   * no second gets both.
   */
  async giveUp(senderId: string, ms: number): Promise<void> {
    await this.redis.dakiyaGiveUp(this.key(senderId), Math.round(ms * 1000));
  }

  /** Nothing leaves this number for a while: WhatsApp asked for it, or cannot be reached. */
  async hold(senderId: string, ms: number): Promise<void> {
    await this.redis.dakiyaHold(this.key(senderId), Math.round(ms * 1000));
  }

  private key(senderId: string): string {
    return `${this.prefix}:pace:${senderId}`;
  }
}

type PaceRedis = Redis & {
  dakiyaReserve(
    key: string,
    intervalUs: number,
    want: number,
    horizonUs: number,
    leadUs: number,
  ): Promise<[number, number, string]>;
  dakiyaGiveBack(key: string, end: string, us: number): Promise<number>;
  dakiyaGiveUp(key: string, us: number): Promise<number>;
  dakiyaHold(key: string, us: number): Promise<number>;
};

/** The key holds the time of the next free slot, in microseconds. */
const clock = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local function keep(next)
  local text = string.format('%.0f', next)
  redis.call('SET', KEYS[1], text, 'PX', math.ceil(math.max(next - now, 0) / 1000) + 60000)
  return text
end
`;

const reserveScript = `${clock}
local interval, want, horizon = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now + tonumber(ARGV[4]))
local wait = free - now
local count = math.min(want, math.ceil((horizon - wait) / interval))
if count < 1 then return {0, wait, ''} end
return {count, wait, keep(free + count * interval)}
`;

const giveBackScript = `${clock}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
keep(tonumber(ARGV[1]) - tonumber(ARGV[2]))
return 1
`;

const giveUpScript = `${clock}
keep(math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + tonumber(ARGV[1]))
return 1
`;

const holdScript = `${clock}
keep(math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now + tonumber(ARGV[1])))
return 1
`;
