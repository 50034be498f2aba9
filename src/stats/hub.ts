import { setTimeout as delay } from 'node:timers/promises';
import { In } from 'typeorm';
import type { DataSource } from 'typeorm';
import { Campaign } from '../campaigns/campaign.entity';
import { UserError } from '../infra/errors';
import type { Log } from '../infra/log';
import type { CampaignDelta } from '../campaigns/deltas';
import type { DeltaPubSub } from './pubsub';
import { applyDelta } from '../campaigns/figures';
import type { CampaignFigures } from '../campaigns/figures';
import { shownFigures } from './shown-figures';
import type { CampaignStats } from './stats.graphql';
import { Watchers } from './watchers';

export interface HubOptions {
  /** At most one event to a subscriber in this time. */
  eventIntervalMs?: number;
  /** A watched campaign without a delta for this long is read again, so a lost delta is corrected by then. */
  silenceMs?: number;
  /** How long to wait for a missing version before the row is read instead. */
  gapMs?: number;
}

/** How long a subscriber waits for Redis before it gets its first figures. */
const patienceMs = 1000;

/** One watched campaign: the figures that all its subscribers get. */
interface Watched {
  figures: CampaignFigures | undefined;
  watchers: Watchers<CampaignStats>;
  subscription: Promise<number>;
  /** Deltas that arrived before the version that they follow. */
  early: Map<number, CampaignDelta>;
  /** When the last delta came or the row was read for lack of one, in milliseconds since 1970. */
  lastHeard: number;
  gapTimer: NodeJS.Timeout | undefined;
  eventTimer: NodeJS.Timeout | undefined;
  /** No event before this time, in milliseconds since 1970. */
  nextEvent: number;
}

/**
 * The live figures of one API process: one state per watched campaign, however many watch it.
 *
 * A campaign is watched from the first subscriber to the last. First the channel is subscribed and acknowledged, then
 * the row is read, so that no delta is missed. Deltas are applied in version order. When one stays missing, or none
 * arrives for a while, the row is read again. Subscribers get only the latest figures, a few times a second, each through
 * `LatestValues` of its own, so that a slow socket delays nobody and uses no memory.
 */
export class StatsHub {
  private readonly watched = new Map<string, Watched>();
  private closed = false;
  private readonly silenceTimer: NodeJS.Timeout;
  private readonly eventIntervalMs: number;
  private readonly gapMs: number;

  constructor(
    private readonly database: DataSource,
    private readonly deltas: DeltaPubSub,
    private readonly log: Log,
    options: HubOptions = {},
  ) {
    this.eventIntervalMs = options.eventIntervalMs ?? 250;
    this.gapMs = options.gapMs ?? 100;
    const silenceMs = options.silenceMs ?? 3000;
    this.silenceTimer = setInterval(() => void this.readSilent(silenceMs), silenceMs / 2);
  }

  /** Snapshot first, then the latest state whenever it changes. Ends when the consumer returns, or the hub closes. */
  async watch(campaignId: string): Promise<AsyncIterableIterator<CampaignStats>> {
    // A request may arrive while the process stops and has no connection to Redis any more.
    if (this.closed) throw new UserError('SERVICE_UNAVAILABLE', 'The service is stopping; please try again');
    const watched = this.watched.get(campaignId) ?? this.open(campaignId);
    const { watchers } = watched;
    const latest = watchers.join();
    try {
      // While Redis is down the figures are read from the row every few seconds.
      await Promise.race([watched.subscription, delay(patienceMs, undefined, { ref: false })]);
      if (!watched.figures) await this.read([campaignId]);
      if (!watched.figures)
        throw new UserError('SERVICE_UNAVAILABLE', 'The figures cannot be read right now; please try again');
      watchers.start(latest, new Map([[campaignId, shownFigures(watched.figures)]]));
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

  private open(campaignId: string): Watched {
    const watched: Watched = {
      figures: undefined,
      watchers: new Watchers(() => this.forget(campaignId, watched)),
      subscription: this.deltas.subscribe(campaignId, (delta) => this.onDelta(watched, delta)),
      early: new Map(),
      lastHeard: Date.now(),
      gapTimer: undefined,
      eventTimer: undefined,
      nextEvent: 0,
    };
    this.watched.set(campaignId, watched);
    return watched;
  }

  private forget(campaignId: string, watched: Watched): void {
    if (this.watched.get(campaignId) !== watched) return;
    this.watched.delete(campaignId);
    clearTimeout(watched.gapTimer);
    clearTimeout(watched.eventTimer);
    watched.subscription.then(
      (id) => this.deltas.unsubscribe(id),
      () => undefined,
    );
  }

  private onDelta(watched: Watched, delta: CampaignDelta): void {
    watched.lastHeard = Date.now();
    if (watched.figures && delta.version <= watched.figures.version) return;
    watched.early.set(delta.version, delta);
    this.advance(watched, delta.campaignId);
  }

  /**
   * Applies the deltas that follow the present version; before the first figures are read none. After a short wait for a
   * missing one the row is read.
   */
  private advance(watched: Watched, campaignId: string): void {
    if (!watched.figures) return;
    const before = watched.figures.version;
    for (
      let next = watched.early.get(before + 1);
      next;
      next = watched.early.get(watched.figures.version + 1)
    ) {
      watched.figures = applyDelta(watched.figures, next);
    }
    for (const version of watched.early.keys())
      if (version <= watched.figures.version) watched.early.delete(version);
    const advanced = watched.figures.version !== before;
    if (advanced) this.notify(watched);
    if (advanced || watched.early.size === 0) {
      clearTimeout(watched.gapTimer);
      watched.gapTimer = undefined;
    }
    // Later deltas do not restart the timer: in a busy campaign it would never fire.
    if (watched.early.size > 0) {
      watched.gapTimer ??= setTimeout(() => {
        watched.gapTimer = undefined;
        void this.read([campaignId]);
      }, this.gapMs);
    }
  }

  /** Gives all subscribers the latest figures, at most once in the interval; the last ones always. */
  private notify(watched: Watched): void {
    watched.eventTimer ??= setTimeout(
      () => void this.tell(watched),
      Math.max(0, watched.nextEvent - Date.now()),
    );
  }

  private async tell(watched: Watched): Promise<void> {
    const { figures, watchers } = watched;
    if (!figures) return;
    const began = Date.now();
    await watchers.tell(new Map([[figures.id, shownFigures(figures)]]));
    // with very many watchers events become rarer, and half of the time remains for everything else
    watched.nextEvent = began + Math.max(this.eventIntervalMs, 2 * (Date.now() - began));
    watched.eventTimer = undefined;
    if (watched.figures !== figures && !watchers.isEmpty) this.notify(watched);
  }

  private async readSilent(silenceMs: number): Promise<void> {
    const now = Date.now();
    const silent = [...this.watched].filter(
      ([, { figures, lastHeard }]) => figures && now - lastHeard >= silenceMs,
    );
    for (const [, watched] of silent) watched.lastHeard = now;
    await this.read(silent.map(([id]) => id));
  }

  private async read(campaignIds: string[]): Promise<void> {
    if (campaignIds.length === 0) return;
    try {
      const campaigns = await this.database.getRepository(Campaign).findBy({ id: In(campaignIds) });
      for (const campaign of campaigns) {
        const watched = this.watched.get(campaign.id);
        if (!watched) continue;
        const fresh = !watched.figures || campaign.version > watched.figures.version;
        if (fresh) {
          const first = !watched.figures;
          watched.figures = campaign;
          if (!first) this.notify(watched);
        }
        this.advance(watched, campaign.id);
      }
    } catch (error) {
      this.log.warn({ err: error }, 'the live figures could not be read; they are read again shortly');
    }
  }
}
