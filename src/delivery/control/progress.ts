import type { DataSource } from 'typeorm';
import { CampaignStatus } from '../../campaigns/campaign';
import { rows } from '../../infra/database';
import type { RateLimiter, RateState } from '../send/rate-limiter';
import type { Throughput } from './throughput';

/** What keeps an active campaign from being faster. */
export enum DeliveryLimit {
  PREPARING = 'PREPARING',
  SENDER_SPEED = 'SENDER_SPEED',
  WHATSAPP = 'WHATSAPP',
  CANARY = 'CANARY',
  RETRIES = 'RETRIES',
  WORKERS = 'WORKERS',
}

/** How the sending of a campaign goes, now. */
export interface Progress {
  rate: number;
  allowedRate: number;
  limitedBy: DeliveryLimit | null;
  inFlight: number;
  eta: Date | null;
}

interface Row {
  status: CampaignStatus;
  materialised: boolean;
  queued: number;
  in_flight: number;
  sender_id: string;
  messages_per_second: number;
  /** Somebody can be claimed now. */
  due: boolean;
  canary: boolean;
}

/** Of its limit, what a number sends when its speed is what limits it. */
const full = 0.75;

/** Reads how campaigns are getting on; writes nothing. */
export class ProgressReader {
  constructor(
    private readonly database: DataSource,
    private readonly rateLimiter: RateLimiter,
    private readonly rates: Throughput,
  ) {}

  async progress(campaignId: string): Promise<Progress> {
    const [row] = await rows<Row>(
      this.database,
      `/* progress */ SELECT c.status, c.materialised_at IS NOT NULL AS materialised, c.queued_count AS queued, c.sender_id,
         s.messages_per_second, c.canary_state = 'WAITING' AND f.next_seq > f.open_until AS canary,
         coalesce(f.next_seq <= f.open_until, false) OR EXISTS (SELECT FROM delivery_followups u
           WHERE u.campaign_id = c.id AND u.kind = 'RETRY' AND u.due_at <= now()) AS due,
         (SELECT count(*)::int FROM delivery_claims d CROSS JOIN unnest(d.seqs) AS held (seq)
            JOIN campaign_recipients r ON r.campaign_id = d.campaign_id AND r.seq = held.seq AND r.status = 'SENDING'
          WHERE d.campaign_id = c.id) AS in_flight
       FROM campaigns c JOIN senders s ON s.id = c.sender_id LEFT JOIN campaign_feeds f ON f.campaign_id = c.id
       WHERE c.id = $1`,
      [campaignId],
    );
    if (!row) throw new Error(`Campaign ${campaignId} is gone`);
    const [rate, rateState] = await Promise.all([
      this.rates.rate(campaignId),
      this.rateLimiter.state(row.sender_id),
    ]);
    return progressOf(row, rate, rateState, new Date());
  }
}

function progressOf(row: Row, rate: number, rateState: RateState, now: Date): Progress {
  const allowedRate = row.messages_per_second * rateState.factor;
  const limitedBy = limitOf(row, rateState, rate);
  const seconds = secondsLeft(row, limitedBy, rate, rateState, allowedRate);
  return {
    rate,
    allowedRate: Math.round(allowedRate * 10) / 10,
    limitedBy,
    inFlight: row.in_flight,
    eta: seconds === undefined ? null : new Date(now.getTime() + seconds * 1000),
  };
}

/** By the speed that limits it, else by how fast it was; undefined where neither tells. */
function secondsLeft(
  row: Row,
  limitedBy: DeliveryLimit | null,
  rate: number,
  rateState: RateState,
  allowedRate: number,
): number | undefined {
  if (limitedBy === DeliveryLimit.SENDER_SPEED) return row.queued / allowedRate;
  const known = limitedBy === DeliveryLimit.WORKERS || limitedBy === DeliveryLimit.WHATSAPP;
  return known && rate > 0 && rateState.holdMs === 0 ? row.queued / rate : undefined;
}

function limitOf(row: Row, rateState: RateState, rate: number): DeliveryLimit | null {
  if (row.status !== CampaignStatus.ACTIVE) return null;
  if (!row.materialised) return DeliveryLimit.PREPARING;
  if (row.queued === 0) return null;
  if (!row.due && row.in_flight === 0) return row.canary ? DeliveryLimit.CANARY : DeliveryLimit.RETRIES;
  if (rateState.factor < 1 || rateState.holdMs > 0) return DeliveryLimit.WHATSAPP;
  if (Math.max(rateState.lately, rate) >= row.messages_per_second * full) return DeliveryLimit.SENDER_SPEED;
  // with nobody left to claim it is the answers that are awaited
  return row.due ? DeliveryLimit.WORKERS : DeliveryLimit.WHATSAPP;
}
