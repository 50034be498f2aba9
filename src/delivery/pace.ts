import type Redis from 'ioredis';
import { RedisClock } from './redis-clock';

/** Slots on a sender's schedule: message i may leave at `startAt + i × intervalMs`. */
export interface Grant {
  count: number;
  /** In this process's `performance.now()`. */
  startAt: number;
  intervalMs: number;
  /** Where the schedule stood after the grant, in Redis's microseconds; lets unused slots go back. */
  end: string;
}

/** No slots for now; ask again after this wait. */
export interface Full {
  count: 0;
  waitMs: number;
}

/** What the limiter is doing to a number. */
export interface PaceState {
  /** Share of the configured speed that is used now: 1, or less after WhatsApp called the number too fast. */
  factor: number;
  /** How long nothing leaves at all. */
  holdMs: number;
  /** How far the schedule is taken. */
  takenMs: number;
}

export interface Wish {
  senderId: string;
  messagesPerSecond: number;
  /** Slots, at most. */
  want: number;
  /** Only slots that begin within this time. */
  horizonMs: number;
  /** Worth having only if there are slots for this part of the horizon, 0 to 1. */
  leastShare?: number;
}

/** A grant begins this much ahead, so that the claim is committed before its first slot has passed. */
const leadMs = 30;

/** Of the limit: 2 % stay free, so that in no second a message that arrives up to 20 ms late is one too many. */
const share = 0.98;

/**
 * The speed of a WhatsApp number, shared by every worker and campaign: one schedule per number in Redis, kept in
 * Redis's time (GCRA: the next free slot, so that no burst ever goes above the limit). Many slots are taken in one
 * call. When WhatsApp says "too fast" the number goes on at half its speed and recovers by two hundredths of the
 * setting a second. Losing the key costs nothing but the place on the schedule.
 */
export class Pace {
  private readonly redis: PaceRedis;
  private readonly clock = new RedisClock();

  constructor(
    redis: Redis,
    private readonly prefix: string,
  ) {
    const scripts = {
      dakiyaReserve: reserveScript,
      dakiyaGiveBack: giveBackScript,
      dakiyaGiveUp: giveUpScript,
      dakiyaHold: holdScript,
      dakiyaSlowDown: slowDownScript,
      dakiyaPace: stateScript,
    };
    for (const [name, lua] of Object.entries(scripts)) redis.defineCommand(name, { numberOfKeys: 1, lua });
    this.redis = redis as PaceRedis;
  }

  /** Takes up to `want` slots; none when the schedule has no room yet. */
  async reserve({
    senderId,
    messagesPerSecond,
    want,
    horizonMs,
    leastShare = 0,
  }: Wish): Promise<Grant | Full> {
    const [count, waitUs, intervalUs, now, end] = await this.redis.dakiyaReserve(
      this.key(senderId),
      messagesPerSecond * share,
      want,
      Math.round(horizonMs * 1000),
      Math.round(horizonMs * 1000 * leastShare),
    );
    const here = this.clock.here(Number(now) / 1000);
    if (count === 0) return { count: 0, waitMs: waitUs / 1000 };
    return { count, startAt: here + waitUs / 1000, intervalMs: intervalUs / 1000, end };
  }

  /** Returns the last slots of a grant; when somebody has taken later ones already, they are lost. */
  async giveBack(senderId: string, grant: Grant, unused: number): Promise<void> {
    if (unused === 0) return;
    const us = Math.round(unused * grant.intervalMs * 1000);
    await this.redis.dakiyaGiveBack(this.key(senderId), grant.end, us);
  }

  /** WhatsApp got messages in a bunch: as much of the schedule to come is given up, so that no second gets both. */
  async giveUp(senderId: string, ms: number): Promise<void> {
    await this.redis.dakiyaGiveUp(this.key(senderId), Math.round(ms * 1000));
  }

  /** Nothing leaves this number for a while: WhatsApp asked for it, or cannot be reached. */
  async hold(senderId: string, ms: number): Promise<void> {
    await this.redis.dakiyaHold(this.key(senderId), Math.round(ms * 1000));
  }

  /** WhatsApp said "too fast": half the speed from now on. Asked for again within a second, it counts once. */
  async slowDown(senderId: string): Promise<void> {
    await this.redis.dakiyaSlowDown(this.key(senderId));
  }

  async state(senderId: string): Promise<PaceState> {
    const [factor, holdUs, takenUs] = await this.redis.dakiyaPace(this.key(senderId));
    return { factor: Number(factor), holdMs: holdUs / 1000, takenMs: takenUs / 1000 };
  }

  private key(senderId: string): string {
    return `${this.prefix}:pace:${senderId}`;
  }
}

type PaceRedis = Redis & {
  dakiyaReserve(
    key: string,
    perSecond: number,
    want: number,
    horizonUs: number,
    leastUs: number,
  ): Promise<[number, number, number, string, string]>;
  dakiyaGiveBack(key: string, end: string, us: number): Promise<number>;
  dakiyaGiveUp(key: string, us: number): Promise<number>;
  dakiyaHold(key: string, us: number): Promise<number>;
  dakiyaSlowDown(key: string): Promise<number>;
  dakiyaPace(key: string): Promise<[string, number, number]>;
};

/**
 * The key is a hash; times are in Redis's microseconds: `next` free slot; `hold` until when nothing leaves; `factor`,
 * the share of the speed, as it was `at` a time. A clock that was set back must not stop a number for hours.
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
local function keep(field, value)
  local text = string.format('%.0f', value)
  redis.call('HSET', KEYS[1], field, text)
  redis.call('PEXPIRE', KEYS[1], math.ceil(math.max(next - now, hold - now, 0) / 1000) + 120000)
  return text
end
`;

const reserveScript = `${read}
local want, horizon, least = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local interval = math.ceil(1000000 / (tonumber(ARGV[1]) * factor))
local wait = math.max(next, hold, now + ${leadMs * 1000}) - now
local worth = math.max(1, math.min(want, math.floor(least / interval)))
local count = math.min(want, math.ceil((horizon - wait) / interval))
if count < worth then
  return {0, math.max(wait + (worth - 1) * interval - horizon, 0) + 1000, interval, string.format('%.0f', now), ''}
end
next = now + wait + count * interval
return {count, wait, interval, string.format('%.0f', now), keep('next', next)}
`;

const giveBackScript = `${read}
if kept[1] ~= ARGV[1] then return 0 end
keep('next', tonumber(ARGV[1]) - tonumber(ARGV[2]))
return 1
`;

const giveUpScript = `${read}
next = math.max(next, now) + tonumber(ARGV[1])
keep('next', next)
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
return {string.format('%.4f', factor), math.max(0, hold - now), math.max(0, next - now)}
`;
