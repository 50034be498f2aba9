import { randomUUID } from 'node:crypto';
import type Redis from 'ioredis';

/** A number asks to post up to `want` messages now. */
export interface PermitRequest {
  senderId: string;
  messagesPerSecond: number;
  want: number;
}

/** A permission to post some messages now. */
export interface Permit {
  count: number;
  /** Its entry in the number's log, by which it can be moved to a later time. */
  id: string;
}

/** Messages that were posted, or arrived, later than their permit was given. */
export interface LateSend {
  senderId: string;
  permit: Permit;
  ms: number;
}

/** No permit now; worth asking again after this wait. */
export interface Denied {
  count: 0;
  waitMs: number;
}

/** How a number is limited now. */
export interface RateState {
  /** Share of the configured speed that is used now: 1, or less after WhatsApp called the number too fast. */
  factor: number;
  /** How long the number sends nothing at all. */
  holdMs: number;
  /** Messages permitted within the last second, of all workers and campaigns together. */
  lately: number;
}

/** The share of the limit that is used. 3 % stay free: in any second that leaves room for messages that arrive up to 30 ms late. */
const share = 0.97;
const windowUs = 1_000_000 + 30_000;
/** Permits unused for longer than this are lost, so that no burst follows an idle time. */
const toleranceUs = 60_000;

/**
 * Limits the speed of a WhatsApp number, for all workers and campaigns together, in Redis and by Redis's clock. Two rules
 * apply, in one call for many messages: the next free moment (GCRA) spreads messages evenly; a log of the last second's
 * permits makes sure that no second gets more than the limit. The permit of a message that was posted or arrived late is
 * moved in the log, so that a stall cannot make a second too full.
 *
 * When WhatsApp says "too fast" the number goes on at half its speed and recovers by two hundredths of the setting a
 * second. Losing the keys costs the memory of one second, and of what WhatsApp said.
 */
export class RateLimiter {
  private readonly redis: RateLimiterRedis;

  constructor(
    redis: Redis,
    private readonly prefix: string,
  ) {
    const scripts = {
      dakiyaTake: takeScript,
      dakiyaLate: lateScript,
      dakiyaHold: holdScript,
      dakiyaSlowDown: slowDownScript,
      dakiyaRateState: stateScript,
    };
    for (const [name, lua] of Object.entries(scripts)) redis.defineCommand(name, { lua });
    this.redis = redis as RateLimiterRedis;
  }

  /** Permits for messages that are posted at once; an answer for each request. One command, however many numbers. */
  async take(requests: readonly PermitRequest[]): Promise<(Permit | Denied)[]> {
    const id = randomUUID();
    const answers = await this.redis.dakiyaTake(
      requests.length * 2,
      ...requests.flatMap(({ senderId }) => this.keys(senderId)),
      id,
      ...requests.flatMap(({ messagesPerSecond, want }) => [messagesPerSecond, want]),
    );
    return answers.map(([count, waitUs]) =>
      count === 0 ? { count, waitMs: waitUs / 1000 } : { count, id: `${count}:${id}` },
    );
  }

  /** Moves permits in the log to when their messages were really posted. */
  async late(all: readonly LateSend[]): Promise<void> {
    await this.redis.dakiyaLate(
      all.length,
      ...all.map(({ senderId }) => this.keys(senderId)[1]),
      ...all.flatMap(({ permit, ms }) => [Math.round(ms * 1000), permit.id]),
    );
  }

  /** The number sends nothing for a while: WhatsApp asked for it, or cannot be reached. */
  async hold(senderId: string, ms: number): Promise<void> {
    await this.redis.dakiyaHold(2, ...this.keys(senderId), Math.round(ms * 1000));
  }

  /** WhatsApp said "too fast": half the speed from now on. Asked for again within a second, it counts once. */
  async slowDown(senderId: string): Promise<void> {
    await this.redis.dakiyaSlowDown(2, ...this.keys(senderId));
  }

  async state(senderId: string): Promise<RateState> {
    const [factor, holdUs, lately] = await this.redis.dakiyaRateState(2, ...this.keys(senderId));
    return { factor: Number(factor), holdMs: holdUs / 1000, lately };
  }

  private keys(senderId: string): [schedule: string, log: string] {
    const schedule = `${this.prefix}:rate-limit:${senderId}`;
    return [schedule, `${schedule}:log`];
  }
}

type Arguments = (string | number)[];

type RateLimiterRedis = Redis & {
  dakiyaTake(keys: number, ...rest: Arguments): Promise<[count: number, waitUs: number][]>;
  dakiyaLate(keys: number, ...rest: Arguments): Promise<number>;
  dakiyaHold(keys: number, ...rest: Arguments): Promise<number>;
  dakiyaSlowDown(keys: number, ...rest: Arguments): Promise<number>;
  dakiyaRateState(
    keys: number,
    ...rest: Arguments
  ): Promise<[factor: string, holdUs: number, lately: number]>;
};

/**
 * Times are in Redis's microseconds. A number has two keys. The first is a hash: `next` free moment; `hold` until when
 * nothing leaves; `factor`, the share of the speed, as it was `at` a time. The second is the log, a sorted set by time of
 * permits `<count>:<id>`. A clock that was set back must not stop a number for hours.
 */
const common = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local function text(number) return string.format('%.0f', number) end
local function read(key)
  local kept = redis.call('HMGET', key, 'next', 'hold', 'factor', 'at')
  local number = {key = key, next = tonumber(kept[1] or 0), hold = tonumber(kept[2] or 0), factor = 1, at = tonumber(kept[4])}
  if number.next > now + 60000000 then number.next = 0 end
  if number.hold > now + 3600000000 then number.hold = 0 end
  if kept[3] then number.factor = math.min(1, tonumber(kept[3]) + math.max(0, now - number.at) / 1000000 * 0.02) end
  return number
end
local function keep(number, field)
  redis.call('HSET', number.key, field, text(number[field]))
  redis.call('PEXPIRE', number.key, math.ceil(math.max(number.next - now, number.hold - now, 0) / 1000) + 120000)
end
local function lately(log, us)
  local sum = 0
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', log, '(' .. text(now - us), '+inf')) do
    sum = sum + tonumber(string.match(member, '^%d+'))
  end
  return sum
end
`;

const takeScript = `${common}
local function take(number, log, perSecond, want)
  if number.hold > now then return {0, number.hold - now} end
  perSecond = perSecond * number.factor
  local interval = 1000000 / (perSecond * ${share})
  number.next = math.max(number.next, now - ${toleranceUs})
  if number.next > now then return {0, math.ceil(number.next - now)} end
  redis.call('ZREMRANGEBYSCORE', log, '-inf', text(now - ${windowUs}))
  local room = math.max(1, math.floor(perSecond)) - lately(log, ${windowUs})
  local count = math.min(want, math.floor((now - number.next) / interval) + 1, room)
  if count < 1 then return {0, 1000} end
  number.next = number.next + count * interval
  keep(number, 'next')
  redis.call('ZADD', log, text(now), count .. ':' .. ARGV[1])
  redis.call('PEXPIRE', log, 5000)
  return {count, 0}
end
local answers = {}
for i = 1, #KEYS, 2 do
  answers[#answers + 1] = take(read(KEYS[i]), KEYS[i + 1], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]))
end
return answers
`;

const lateScript = `
for i, log in ipairs(KEYS) do
  local at = redis.call('ZSCORE', log, ARGV[i * 2])
  if at then redis.call('ZADD', log, string.format('%.0f', at + ARGV[i * 2 - 1]), ARGV[i * 2]) end
end
return 1
`;

const holdScript = `${common}
local number = read(KEYS[1])
number.hold = math.max(number.hold, now + math.min(tonumber(ARGV[1]), 3600000000))
keep(number, 'hold')
return 1
`;

const slowDownScript = `${common}
local number = read(KEYS[1])
if number.at and now - number.at < 1000000 then return 0 end
redis.call('HSET', number.key, 'factor', string.format('%.4f', math.max(0.02, number.factor / 2)))
number.at = now
keep(number, 'at')
return 1
`;

const stateScript = `${common}
local number = read(KEYS[1])
return {string.format('%.4f', number.factor), math.max(0, number.hold - now), lately(KEYS[2], 1000000)}
`;
