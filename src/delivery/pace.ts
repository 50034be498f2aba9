import { randomUUID } from 'node:crypto';
import type Redis from 'ioredis';
import type { ChainableCommander } from 'ioredis';
import { inOneGo } from '../infra/redis';

/** A number that wants to post up to `want` messages at this moment. */
export interface Wish {
  senderId: string;
  messagesPerSecond: number;
  want: number;
}

/** Leave to post some messages at this moment. */
export interface Permit {
  count: number;
  /** Where it stands in the number's log; lets it be dated later. */
  id: string;
}

/** None now; worth asking again after this wait. */
export interface Refused {
  count: 0;
  waitMs: number;
}

/** What the limiter is doing to a number. */
export interface PaceState {
  /** Share of the configured speed that is used now: 1, or less after WhatsApp called the number too fast. */
  factor: number;
  /** How long nothing leaves at all. */
  holdMs: number;
  /** Messages that left within the last second, all workers and campaigns together. */
  lately: number;
}

/** Of the limit: 3 % stay free, which in any second leaves room for messages that arrive up to 30 ms late. */
const share = 0.97;
const windowUs = 1_000_000 + 30_000;
/** What could not be used for longer than this is lost: no burst after an idle time. */
const toleranceUs = 60_000;

/**
 * The speed of a WhatsApp number, shared by every worker and campaign, in Redis and in Redis's time. Two rules, asked in
 * one call for many messages: the next free moment (GCRA) spreads them evenly; a log of what left within the last
 * second makes sure that no second gets more than the limit. A message that left or arrived late is dated later in
 * the log, so that a stall cannot make a second too full.
 *
 * When WhatsApp says "too fast" the number goes on at half its speed and recovers by two hundredths of the setting a
 * second. Losing the keys costs the memory of one second, and of what WhatsApp said.
 */
export class Pace {
  private readonly redis: PaceRedis;

  constructor(
    redis: Redis,
    private readonly prefix: string,
  ) {
    const scripts = {
      dakiyaTake: takeScript,
      dakiyaLate: lateScript,
      dakiyaHold: holdScript,
      dakiyaSlowDown: slowDownScript,
      dakiyaPace: stateScript,
    };
    for (const [name, lua] of Object.entries(scripts)) redis.defineCommand(name, { numberOfKeys: 2, lua });
    this.redis = redis as PaceRedis;
  }

  /** Leave for messages to be posted at once; an answer for each wish. */
  async take(wishes: readonly Wish[]): Promise<(Permit | Refused)[]> {
    const id = randomUUID();
    const pipeline = this.redis.pipeline() as TakePipeline;
    for (const { senderId, messagesPerSecond, want } of wishes)
      pipeline.dakiyaTake(...this.keys(senderId), messagesPerSecond, want, id);
    const answers = (await inOneGo(pipeline)) as [count: number, waitUs: number][];
    return answers.map(([count, waitUs]) =>
      count === 0 ? { count, waitMs: waitUs / 1000 } : { count, id: `${count}:${id}` },
    );
  }

  /** The messages of a permit left, or arrived, so much later than the permit was given. */
  async late(senderId: string, permit: Permit, ms: number): Promise<void> {
    await this.redis.dakiyaLate(...this.keys(senderId), Math.round(ms * 1000), permit.id);
  }

  /** Nothing leaves this number for a while: WhatsApp asked for it, or cannot be reached. */
  async hold(senderId: string, ms: number): Promise<void> {
    await this.redis.dakiyaHold(...this.keys(senderId), Math.round(ms * 1000));
  }

  /** WhatsApp said "too fast": half the speed from now on. Asked for again within a second, it counts once. */
  async slowDown(senderId: string): Promise<void> {
    await this.redis.dakiyaSlowDown(...this.keys(senderId));
  }

  async state(senderId: string): Promise<PaceState> {
    const [factor, holdUs, lately] = await this.redis.dakiyaPace(...this.keys(senderId));
    return { factor: Number(factor), holdMs: holdUs / 1000, lately };
  }

  private keys(senderId: string): [schedule: string, log: string] {
    const schedule = `${this.prefix}:pace:${senderId}`;
    return [schedule, `${schedule}:log`];
  }
}

interface TakePipeline extends ChainableCommander {
  dakiyaTake(schedule: string, log: string, perSecond: number, want: number, id: string): this;
}

type PaceRedis = Redis & {
  dakiyaLate(schedule: string, log: string, us: number, id: string): Promise<number>;
  dakiyaHold(schedule: string, log: string, us: number): Promise<number>;
  dakiyaSlowDown(schedule: string, log: string): Promise<number>;
  dakiyaPace(schedule: string, log: string): Promise<[factor: string, holdUs: number, lately: number]>;
};

/**
 * Times are in Redis's microseconds. The first key is a hash: `next` free moment; `hold` until when nothing leaves;
 * `factor`, the share of the speed, as it was `at` a time. The second is the log, a sorted set by time of permits
 * `<count>:<id>`. A clock that was set back must not stop a number for hours.
 */
const read = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local kept = redis.call('HMGET', KEYS[1], 'next', 'hold', 'factor', 'at')
local next, hold = tonumber(kept[1] or 0), tonumber(kept[2] or 0)
if next > now + 60000000 then next = 0 end
if hold > now + 3600000000 then hold = 0 end
local factor = 1
if kept[3] then factor = math.min(1, tonumber(kept[3]) + math.max(0, now - tonumber(kept[4])) / 1000000 * 0.02) end
local function text(number) return string.format('%.0f', number) end
local function keep(field, value)
  redis.call('HSET', KEYS[1], field, text(value))
  redis.call('PEXPIRE', KEYS[1], math.ceil(math.max(next - now, hold - now, 0) / 1000) + 120000)
end
local function lately(us)
  local sum = 0
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. text(now - us), '+inf')) do
    sum = sum + tonumber(string.match(member, '^%d+'))
  end
  return sum
end
`;

const takeScript = `${read}
if hold > now then return {0, hold - now} end
local perSecond = tonumber(ARGV[1]) * factor
local interval = 1000000 / (perSecond * ${share})
next = math.max(next, now - ${toleranceUs})
if next > now then return {0, math.ceil(next - now)} end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', text(now - ${windowUs}))
local room = math.max(1, math.floor(perSecond)) - lately(${windowUs})
local count = math.min(tonumber(ARGV[2]), math.floor((now - next) / interval) + 1, room)
if count < 1 then return {0, 1000} end
next = next + count * interval
keep('next', next)
redis.call('ZADD', KEYS[2], text(now), count .. ':' .. ARGV[3])
redis.call('PEXPIRE', KEYS[2], 5000)
return {count, 0}
`;

const lateScript = `
local at = redis.call('ZSCORE', KEYS[2], ARGV[2])
if at then redis.call('ZADD', KEYS[2], string.format('%.0f', at + ARGV[1]), ARGV[2]) end
return 1
`;

const holdScript = `${read}
hold = math.max(hold, now + math.min(tonumber(ARGV[1]), 3600000000))
keep('hold', hold)
return 1
`;

const slowDownScript = `${read}
if kept[4] and now - tonumber(kept[4]) < 1000000 then return 0 end
redis.call('HSET', KEYS[1], 'factor', string.format('%.4f', math.max(0.02, factor / 2)))
keep('at', now)
return 1
`;

const stateScript = `${read}
return {string.format('%.4f', factor), math.max(0, hold - now), lately(1000000)}
`;
