import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Campaign } from '../campaigns/campaign.entity';
import type { CampaignDelta } from '../campaigns/deltas';
import { applyDelta } from '../campaigns/figures';
import type { CampaignFigures } from '../campaigns/figures';
import { UserError } from '../infra/errors';
import type { Log } from '../infra/log';
import type { HubOptions } from './hub';
import type { DeltaPubSub } from './pubsub';
import { shownFigures } from './shown-figures';
import type { CampaignStats } from './stats.graphql';
import { Watchers } from './watchers';

/** How long a subscriber waits for Redis before it gets its first figures. */
const patienceMs = 1000;
/**
 * How far back each look goes: further than the last look, since `updated_at` is when a transaction began, and it may
 * commit seconds later.
 */
const overlap = `interval '10 seconds'`;
/** What a subscriber gets first: campaigns that are active, or changed in this time. */
const recently = `interval '24 hours'`;

/** One watched business: the figures of its campaigns, as far as they are needed. */
interface Watched {
  figures: Map<string, CampaignFigures>;
  watchers: Watchers<CampaignStats>;
  subscription: Promise<number>;
  /** Campaigns whose figures the subscribers do not have yet. */
  changed: Set<string>;
  /** Campaigns of which a delta did not follow what is known: their rows are read before the next events. */
  stale: Set<string>;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The live figures of whole businesses, on the deltas of the {@link StatsHub}: one channel and one state a business, however
 * many watch it. A delta that follows the known version is applied; of any other campaign the row is read, with all others
 * that wait. Rows that changed are also read every few seconds, so that a lost delta is corrected by then. A subscriber gets
 * only the latest figures of each campaign, a few times a second.
 */
export class BusinessHub {
  private readonly watched = new Map<string, Watched>();
  private closed = false;
  private readonly silenceTimer: NodeJS.Timeout;
  private readonly eventIntervalMs: number;

  constructor(
    private readonly database: DataSource,
    private readonly deltas: DeltaPubSub,
    private readonly log: Log,
    options: HubOptions = {},
  ) {
    this.eventIntervalMs = options.eventIntervalMs ?? 250;
    this.silenceTimer = setInterval(() => void this.readChanged(), options.silenceMs ?? 3000);
  }

  /** One event for each campaign that is active or changed within 24 hours, then the figures of whichever changes. */
  async watch(businessId: string): Promise<AsyncIterableIterator<CampaignStats>> {
    if (this.closed) throw new UserError('SERVICE_UNAVAILABLE', 'The service is stopping; please try again');
    const watched = this.watched.get(businessId) ?? this.open(businessId);
    const latest = watched.watchers.join();
    try {
      await Promise.race([watched.subscription, delay(patienceMs, undefined, { ref: false })]);
      const recent = await this.read(
        `c.business_id = :businessId AND (c.status = 'ACTIVE' OR c.updated_at > now() - ${recently})`,
        { businessId },
      );
      // the other subscribers get what is newer than the known figures now: its deltas will be ignored as old
      const newer = recent.filter((campaign) => this.keep(watched, campaign));
      void watched.watchers.tell(shownOf(watched, new Set(newer.map(({ id }) => id))));
      watched.watchers.start(latest, shownOf(watched, new Set(recent.map(({ id }) => id))));
      return latest;
    } catch (error) {
      await latest.return();
      throw error;
    }
  }

  close(): void {
    this.closed = true;
    clearInterval(this.silenceTimer);
    for (const { watchers } of this.watched.values()) watchers.end();
  }

  private open(businessId: string): Watched {
    const watched: Watched = {
      figures: new Map(),
      watchers: new Watchers(() => this.forget(businessId, watched)),
      subscription: this.deltas.subscribeBusiness(businessId, (delta) => this.onDelta(watched, delta)),
      changed: new Set(),
      stale: new Set(),
      timer: undefined,
    };
    this.watched.set(businessId, watched);
    return watched;
  }

  private forget(businessId: string, watched: Watched): void {
    if (this.watched.get(businessId) !== watched) return;
    this.watched.delete(businessId);
    clearTimeout(watched.timer);
    watched.subscription.then(
      (id) => this.deltas.unsubscribe(id),
      () => undefined,
    );
  }

  private onDelta(watched: Watched, delta: CampaignDelta): void {
    const known = watched.figures.get(delta.campaignId);
    if (known && delta.version <= known.version) return;
    if (known && delta.version === known.version + 1)
      watched.figures.set(delta.campaignId, applyDelta(known, delta));
    else watched.stale.add(delta.campaignId);
    watched.changed.add(delta.campaignId);
    this.schedule(watched);
  }

  /** Newer figures replace those that are known. */
  private keep(watched: Watched, campaign: CampaignFigures): boolean {
    const known = watched.figures.get(campaign.id);
    if (known && known.version >= campaign.version) return false;
    watched.figures.set(campaign.id, campaign);
    return true;
  }

  private schedule(watched: Watched): void {
    watched.timer ??= setTimeout(() => void this.tell(watched), this.eventIntervalMs);
  }

  /** Gives all subscribers what changed. Rows that cannot be read now are read at the next look. */
  private async tell(watched: Watched): Promise<void> {
    // what changes while rows are read belongs to the next look
    const { stale, changed } = watched;
    watched.stale = new Set();
    watched.changed = new Set();
    try {
      if (stale.size > 0) {
        for (const campaign of await this.read('c.id IN (:...stale)', { stale: [...stale] }))
          this.keep(watched, campaign);
      }
      await watched.watchers.tell(shownOf(watched, changed));
    } catch (error) {
      for (const id of stale) watched.stale.add(id);
      for (const id of changed) watched.changed.add(id);
      this.log.warn(
        { err: error },
        'the live figures of a business could not be read; they are read again shortly',
      );
    } finally {
      watched.timer = undefined;
      const waiting = watched.stale.size > 0 || watched.changed.size > 0;
      if (waiting && !watched.watchers.isEmpty) this.schedule(watched);
    }
  }

  private async readChanged(): Promise<void> {
    const businessIds = [...this.watched.keys()];
    if (businessIds.length === 0) return;
    try {
      const campaigns = await this.read(
        `c.business_id IN (:...businessIds) AND c.updated_at > now() - ${overlap}`,
        { businessIds },
      );
      for (const campaign of campaigns) {
        const watched = this.watched.get(campaign.businessId);
        if (!watched || !this.keep(watched, campaign)) continue;
        watched.changed.add(campaign.id);
        this.schedule(watched);
      }
    } catch (error) {
      this.log.warn({ err: error }, 'the live figures could not be read; they are read again shortly');
    }
  }

  private read(condition: string, parameters: Record<string, unknown>): Promise<Campaign[]> {
    return this.database
      .getRepository(Campaign)
      .createQueryBuilder('c')
      .where(condition, parameters)
      .orderBy('c.updated_at')
      .getMany();
  }
}

function shownOf({ figures }: Watched, ids: ReadonlySet<string>): Map<string, CampaignStats> {
  const shown = new Map<string, CampaignStats>();
  for (const id of ids) {
    const known = figures.get(id);
    if (known) shown.set(id, shownFigures(known));
  }
  return shown;
}
