import { randomUUID } from 'node:crypto';
import type Redis from 'ioredis';

/** A sender asks to post up to `want` messages now. */
export interface PermitRequest {
  senderId: string;
  messagesPerSecond: number;
  want: number;
}

/** Leave to post some messages now. */
export interface Permit {
  count: number;
  /** Its entry in the sender's log, by which it can be moved to a later time. */
  id: string;
}

/** Messages that were posted, or arrived, later than their permit was given. */
export interface LateSend {
  senderId: string;
  permit: Permit;
  ms: number;
}

/** No permit now; ask again after this wait. */
export interface Denied {
  count: 0;
  waitMs: number;
}

/** How a sender is limited now. */
export interface RateState {
  /** Share of the configured speed that is used now: 1, or less after {@link RateLimiter.slowDown}. */
  speedFactor: number;
  /** How long the sender still rests, sending nothing at all. */
  restMs: number;
  /** Messages permitted within the last second, of all workers and campaigns together. */
  inLastSecond: number;
}

/**
 * The share of the limit that is used: in the 1.03 s that the log covers, 97 % of the limit are no more messages than the
 * limit allows in one second. So messages that arrive up to 30 ms late make no second too full.
 */
const usedShare = 0.97;
const windowUs = 1_000_000 + 30_000;
/**
 * Permits unused for longer than this are lost, so that no burst follows an idle time: 60 ms, and at least the time of
 * three messages, up to a second. Otherwise a slow number, whose permits are 100 ms apart, would lose one whenever the
 * worker is late by more than a step; the log keeps the limit in any case.
 */
const toleranceUs = 60_000;
const toleratedMessages = 3;
const mostToleranceUs = 1_000_000;

/**
 * Limits the speed of a sender, for all workers and campaigns together, in Redis and by Redis's clock. Two rules apply, in
 * one call for many messages: the next free moment (GCRA) spreads messages evenly; a log of the permits of the last 1.03 s
 * makes sure that no second gets more than the limit. The permit of a message that was posted or arrived late is moved in
 * the log, so that a stall cannot make a second too full.
 *
 * After `slowDown` the sender continues at half its speed and recovers by 2 % of the setting per second. If Redis loses
 * the keys, only the log of the last second, a rest and a slower speed are forgotten.
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
      dakiyaRest: restScript,
      dakiyaSlowDown: slowDownScript,
      dakiyaRateState: stateScript,
    };
    for (const [name, lua] of Object.entries(scripts)) redis.defineCommand(name, { lua });
    this.redis = redis as RateLimiterRedis;
  }

  /** Permits for messages that are posted at once; an answer for each request. One command, however many senders. */
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

  /**
   * The sender sends nothing for a while: WhatsApp said "too fast", asked it to wait or cannot be reached, or the circuit
   * breaker opened.
   */
  async rest(senderId: string, ms: number): Promise<void> {
    await this.redis.dakiyaRest(2, ...this.keys(senderId), Math.round(ms * 1000));
  }

  /**
   * Half the speed from now on: WhatsApp said "too fast", or the circuit breaker opened. A second call within a second
   * changes nothing.
   */
  async slowDown(senderId: string): Promise<void> {
    await this.redis.dakiyaSlowDown(2, ...this.keys(senderId));
  }

  async state(senderId: string): Promise<RateState> {
    const [factor, restUs, inLastSecond] = await this.redis.dakiyaRateState(2, ...this.keys(senderId));
    return { speedFactor: Number(factor), restMs: restUs / 1000, inLastSecond };
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
  dakiyaRest(keys: number, ...rest: Arguments): Promise<number>;
  dakiyaSlowDown(keys: number, ...rest: Arguments): Promise<number>;
  dakiyaRateState(
    keys: number,
    ...rest: Arguments
  ): Promise<[factor: string, restUs: number, inLastSecond: number]>;
};

/**
 * Times are in Redis's microseconds. A sender has two keys. The first is a hash: `next`, the next free moment; `hold`, until
 * when it rests; `factor`, its speed factor, as it was at the time `at`. The second is the log: a sorted set, by time, of
 * permits `<count>:<id>`. A clock that was set back must not stop a sender for hours.
 */
const common = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local function text(number) return string.format('%.0f', number) end
local function read(key)
  local kept = redis.call('HMGET', key, 'next', 'hold', 'factor', 'at')
  local sender = {key = key, next = tonumber(kept[1] or 0), hold = tonumber(kept[2] or 0), factor = 1, at = tonumber(kept[4])}
  if sender.next > now + 60000000 then sender.next = 0 end
  if sender.hold > now + 3600000000 then sender.hold = 0 end
  if kept[3] then sender.factor = math.min(1, tonumber(kept[3]) + math.max(0, now - sender.at) / 1000000 * 0.02) end
  return sender
end
local function keep(sender, field)
  redis.call('HSET', sender.key, field, text(sender[field]))
  redis.call('PEXPIRE', sender.key, math.ceil(math.max(sender.next - now, sender.hold - now, 0) / 1000) + 120000)
end
local function countSince(log, us)
  local sum = 0
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', log, '(' .. text(now - us), '+inf')) do
    sum = sum + tonumber(string.match(member, '^%d+'))
  end
  return sum
end
`;

const takeScript = `${common}
local function take(sender, log, perSecond, want)
  if sender.hold > now then return {0, sender.hold - now} end
  perSecond = perSecond * sender.factor
  local interval = 1000000 / (perSecond * ${usedShare})
  local tolerance = math.max(${toleranceUs}, math.min(${toleratedMessages} * interval, ${mostToleranceUs}))
  sender.next = math.max(sender.next, now - tolerance)
  if sender.next > now then return {0, math.ceil(sender.next - now)} end
  redis.call('ZREMRANGEBYSCORE', log, '-inf', text(now - ${windowUs}))
  local room = math.max(1, math.floor(perSecond)) - countSince(log, ${windowUs})
  local count = math.min(want, math.floor((now - sender.next) / interval) + 1, room)
  if count < 1 then return {0, 1000} end
  sender.next = sender.next + count * interval
  keep(sender, 'next')
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

const restScript = `${common}
local sender = read(KEYS[1])
sender.hold = math.max(sender.hold, now + math.min(tonumber(ARGV[1]), 3600000000))
keep(sender, 'hold')
return 1
`;

const slowDownScript = `${common}
local sender = read(KEYS[1])
if sender.at and now - sender.at < 1000000 then return 0 end
redis.call('HSET', sender.key, 'factor', string.format('%.4f', math.max(0.02, sender.factor / 2)))
sender.at = now
keep(sender, 'at')
return 1
`;

const stateScript = `${common}
local sender = read(KEYS[1])
return {string.format('%.4f', sender.factor), math.max(0, sender.hold - now), countSince(KEYS[2], 1000000)}
`;
