import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import type { Context } from '../../accounts/context';
import { CampaignStatus } from '../../campaigns/campaign';
import { rows } from '../../infra/database';
import { notFound } from '../../infra/errors';
import type { Log } from '../../infra/log';
import { isDue, isOpen } from '../send/due';
import type { RateLimiter, RateState } from '../send/rate-limiter';
import type { Throughput } from '../send/throughput';

/** What keeps an active campaign from being faster. */
export enum DeliveryLimit {
  PREPARING = 'PREPARING',
  SENDER_SPEED = 'SENDER_SPEED',
  WHATSAPP = 'WHATSAPP',
  CANARY = 'CANARY',
  WINDOW = 'WINDOW',
  RETRIES = 'RETRIES',
  WORKERS = 'WORKERS',
}

/** How the sending of a campaign goes, now. */
export interface Progress {
  /** Accepted messages per second. */
  rate: number;
  allowedRate: number;
  limitedBy: DeliveryLimit | null;
  inFlight: number;
  eta: Date | null;
}

/** The context of a request, with the progress of all campaigns that it asks for read together. */
export interface DeliveryContext extends Context {
  progress: DataLoader<string, Progress>;
}

interface Row {
  id: string;
  status: CampaignStatus;
  materialised: boolean;
  queued: number;
  in_flight: number;
  sender_id: string;
  messages_per_second: number;
  /** Somebody can be claimed now. */
  due: boolean;
  /** The window is closed, or the next person's hour has not come. */
  waits: boolean;
  canary: boolean;
  /** Accepted messages per second over the present minute and the one before. */
  recent_rate: number;
}

/** What Redis knows of a campaign at this moment. */
interface LiveState {
  rate: number;
  rateState: RateState;
}

/** From this share of its limit on, the sender's speed setting is called the cause. */
const saturatedFrom = 0.75;

/** How long an answer waits for Redis before it goes without. */
const redisPatienceMs = 400;

/** Reads how the sending of campaigns goes; writes nothing. */
export class ProgressReader {
  constructor(
    private readonly database: DataSource,
    private readonly rateLimiter: RateLimiter,
    private readonly throughput: Throughput,
    private readonly log: Log,
  ) {}

  /** For one request: however many campaigns it asks for, one statement and one round trip to Redis. */
  loader(): DataLoader<string, Progress> {
    // a subscription is one long request, so nothing may be remembered
    return new DataLoader((ids: readonly string[]) => this.progress(ids), { cache: false });
  }

  /** In the order of the ids. Without Redis it tells what PostgreSQL knows. */
  private async progress(campaignIds: readonly string[]): Promise<(Progress | Error)[]> {
    const found = await rows<Row>(this.database, progressStatement, [[...new Set(campaignIds)]]);
    const live = await this.readLive(found);
    const now = new Date();
    const byId = new Map(found.map((row) => [row.id, progressOf(row, live.get(row.id), now)]));
    return campaignIds.map((id) => byId.get(id) ?? notFound('Campaign'));
  }

  /** By campaign; empty when Redis is away or does not answer in time. */
  private async readLive(campaigns: readonly Row[]): Promise<Map<string, LiveState>> {
    const senders = [...new Set(campaigns.map((row) => row.sender_id))];
    try {
      // sent together, so that they share one round trip
      const [rates, states] = await inTime(
        Promise.all([
          this.throughput.perSecond(campaigns.map((row) => row.id)),
          Promise.all(senders.map((senderId) => this.rateLimiter.state(senderId))),
        ]),
        redisPatienceMs,
      );
      const stateOf = new Map(senders.map((senderId, i) => [senderId, states[i]]));
      return new Map(
        campaigns.flatMap((row, i) => {
          const [rate, rateState] = [rates[i], stateOf.get(row.sender_id)];
          return rate === undefined || !rateState ? [] : [[row.id, { rate, rateState }]];
        }),
      );
    } catch (err) {
      this.log.debug({ err }, 'progress is told without Redis');
      return new Map();
    }
  }
}

const progressStatement = `/* progress */ SELECT c.id, c.status, c.materialised_at IS NOT NULL AS materialised,
  c.queued_count AS queued, c.sender_id, s.messages_per_second, ${isDue('c', 'f')} AS due,
  coalesce(NOT ${isOpen('f')} OR (c.schedule->>'timeZone' = 'RECIPIENT' AND coalesce((
    -- whoever waits for another attempt has the error of the last one
    SELECT r.error_message IS NULL FROM delivery_followups u JOIN campaign_recipients r ON r.campaign_id = u.campaign_id AND r.seq = u.seq
    WHERE u.campaign_id = c.id AND u.kind = 'RETRY' AND r.status = 'QUEUED' ORDER BY u.due_at LIMIT 1), false)), false) AS waits,
  coalesce(c.canary_state = 'WAITING' AND f.next_seq > f.open_until, false) AS canary,
  (SELECT count(*)::int FROM delivery_claims d CROSS JOIN unnest(d.seqs) AS held (seq)
     JOIN campaign_recipients r ON r.campaign_id = d.campaign_id AND r.seq = held.seq AND r.status = 'SENDING'
   WHERE d.campaign_id = c.id) AS in_flight,
  (SELECT greatest(coalesce(sum(m.sent), 0), 0)::float8 / (60 + extract(epoch FROM now() - date_trunc('minute', now())))::float8
   FROM campaign_stats_minutes m
   WHERE m.campaign_id = c.id AND m.minute >= date_trunc('minute', now()) - interval '1 minute') AS recent_rate
FROM campaigns c JOIN senders s ON s.id = c.sender_id LEFT JOIN campaign_feeds f ON f.campaign_id = c.id
WHERE c.id = ANY ($1::uuid[])`;

/** @throws when `work` takes longer */
async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function progressOf(row: Row, live: LiveState | undefined, now: Date): Progress {
  const factor = live?.rateState.speedFactor ?? 1;
  const rate = live?.rate ?? (row.status === CampaignStatus.ACTIVE ? tenths(row.recent_rate) : 0);
  const allowedRate = row.messages_per_second * factor;
  const limitedBy = limitOf(row, live);
  const seconds = live && secondsLeft(row, limitedBy, live, allowedRate);
  return {
    rate,
    allowedRate: tenths(allowedRate),
    limitedBy,
    inFlight: row.in_flight,
    eta: seconds === undefined ? null : new Date(now.getTime() + seconds * 1000),
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** By the speed that limits it, else by the speed so far; undefined if unknown. */
function secondsLeft(
  row: Row,
  limitedBy: DeliveryLimit | null,
  { rate, rateState }: LiveState,
  allowedRate: number,
): number | undefined {
  if (limitedBy === DeliveryLimit.SENDER_SPEED) return row.queued / allowedRate;
  const known = limitedBy === DeliveryLimit.WORKERS || limitedBy === DeliveryLimit.WHATSAPP;
  return known && rate > 0 && rateState.restMs === 0 ? row.queued / rate : undefined;
}

/** Null when nothing is to be sent, or when only Redis knows and it is away. */
function limitOf(row: Row, live: LiveState | undefined): DeliveryLimit | null {
  if (row.status !== CampaignStatus.ACTIVE) return null;
  if (!row.materialised) return DeliveryLimit.PREPARING;
  if (row.queued === 0) return null;
  if (!row.due && row.in_flight === 0) {
    if (row.waits) return DeliveryLimit.WINDOW;
    return row.canary ? DeliveryLimit.CANARY : DeliveryLimit.RETRIES;
  }
  if (!live) return null;
  const { rate, rateState } = live;
  if (rateState.speedFactor < 1 || rateState.restMs > 0) return DeliveryLimit.WHATSAPP;
  if (Math.max(rateState.inLastSecond, rate) >= row.messages_per_second * saturatedFrom)
    return DeliveryLimit.SENDER_SPEED;
  // nobody is left to claim: WhatsApp's answers are awaited
  return row.due ? DeliveryLimit.WORKERS : DeliveryLimit.WHATSAPP;
}
