import type { DataSource } from 'typeorm';
import { MarketingApi, onboarded } from '../../accounts/marketing-api';
import { rows } from '../../infra/database';
import type { Log } from '../../infra/log';
import { within } from '../../infra/within';
import type { Credentials, Route, WhatsAppClient } from '../../whatsapp/client';
import type { ReportedError } from '../../whatsapp/error-catalogue';
import { isPreparing, preparationMs, routeOf, routeRefusal } from './route';
import type { RouteFacts, RouteRefusal } from './route';

/** What of a campaign its way depends on. */
export interface RoutedCampaign extends Omit<RouteFacts, 'onboarded'> {
  id: string;
  senderId: string;
  credentials: Credentials;
  /** WhatsApp's word for the account, as it said last; null: unknown. */
  onboarding: string | null;
  /** How old that is, in ms; null: never asked. */
  onboardingAgeMs: number | null;
}

/** The way of a campaign's messages, as it was when the campaign was read. */
export interface CampaignRoute {
  path: Route;
  facts: RouteFacts;
  /** WhatsApp refused the way: who waits for being posted over it is not posted. */
  isStale: boolean;
}

/** A route, or how long until there is one, in ms. */
export type RouteState = { kind: 'ready'; route: CampaignRoute } | { kind: 'waiting'; ms: number };

/** Looked at again after this while WhatsApp is asked, or a refusal is being written down. */
const lookAgainMs = 50;
/** WhatsApp's word for an account is read again after this; a webhook tells of accepted terms at once. */
const goodForMs = 3_600_000;
/** WhatsApp is asked for at most this long; without an answer it is asked again after this. */
const patienceMs = 2000;
const troubleMs = 300_000;
const mostSenders = 1000;

/**
 * The ways of campaigns: /marketing_messages for marketing templates where the account has it, else /messages, and the
 * other one when WhatsApp refuses. No job waits: what has to be asked or written runs beside the jobs.
 *
 * A campaign's way becomes stale when WhatsApp refuses it; the refusal is written into the campaign, and the next read
 * gets the other way. Two refusals, one for each way, pause the campaign.
 */
export class CampaignRoutes {
  private readonly running = new Map<string, Promise<void>>();
  /** Senders whose account could not be asked, until when they are not asked again. */
  private readonly notBefore = new Map<string, number>();

  constructor(
    private readonly database: DataSource,
    private readonly whatsapp: WhatsAppClient,
    private readonly log: Log,
  ) {}

  /** The way now. Asks WhatsApp about the account if that is not known. */
  state(campaign: RoutedCampaign): RouteState {
    if (this.running.has(campaign.id)) return { kind: 'waiting', ms: lookAgainMs };
    const { choice, category, refused, preparingMs, onboarding, onboardingAgeMs: age } = campaign;
    if (choice === MarketingApi.AUTO && category === 'MARKETING' && (age === null || age > goodForMs)) {
      this.ask(campaign);
      if (age === null && this.running.has(campaign.senderId)) return { kind: 'waiting', ms: lookAgainMs };
    }
    const facts = { choice, category, refused, preparingMs, onboarded: onboarding === onboarded };
    const { path, waitMs } = routeOf(facts);
    return waitMs > 0
      ? { kind: 'waiting', ms: waitMs }
      : { kind: 'ready', route: { path, facts, isStale: false } };
  }

  /**
   * WhatsApp refused a message of a campaign. If it refused the way, the way is stale from now on.
   * @returns what the refusal says about the way; undefined when nothing
   */
  refused(campaignId: string, route: CampaignRoute, error: ReportedError): RouteRefusal | undefined {
    const refusal = routeRefusal(route.facts, route.path, error);
    if (refusal === undefined || route.isStale) return refusal;
    route.isStale = true;
    this.log.info({ campaignId, path: route.path, code: error.code, refusal }, 'WhatsApp refused the route');
    const write = isPreparing(error) ? this.writePreparing(campaignId) : this.write(campaignId, route.path);
    this.run(campaignId, write);
    return refusal;
  }

  /** Resolves when nothing is being asked or written. */
  async idle(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private ask({ senderId, credentials }: RoutedCampaign): void {
    if (this.running.has(senderId) || (this.notBefore.get(senderId) ?? 0) > performance.now()) return;
    if (this.notBefore.size >= mostSenders) this.notBefore.clear();
    this.notBefore.set(senderId, performance.now() + troubleMs);
    const asked = within(patienceMs, this.whatsapp.marketingOnboarding(credentials)).then(async (status) => {
      if (status === undefined) return;
      this.notBefore.delete(senderId);
      await rows(
        this.database,
        `/* writeOnboarding */ UPDATE senders SET marketing_onboarding = $2, marketing_onboarding_read_at = now() WHERE id = $1`,
        [senderId, status],
      );
    });
    this.run(senderId, asked);
  }

  private async write(campaignId: string, path: Route): Promise<void> {
    const column = path === 'messages' ? 'cloud_api_refused_at' : 'marketing_refused_at';
    await rows(
      this.database,
      `/* writeRefusedRoute */ UPDATE campaigns SET ${column} = clock_timestamp() WHERE id = $1`,
      [campaignId],
    );
  }

  private async writePreparing(campaignId: string): Promise<void> {
    await rows(
      this.database,
      `/* writePreparing */ UPDATE campaigns SET marketing_ready_at = clock_timestamp() + make_interval(secs => $2),
         notices = CASE WHEN $3 = ANY (notices) THEN notices ELSE notices || $3::text END
       WHERE id = $1`,
      [campaignId, preparationMs / 1000, preparing],
    );
  }

  private run(key: string, work: Promise<void>): void {
    const running = work
      .catch((err: unknown) => this.log.debug({ err, key }, 'a route could not be asked for, or not written'))
      .finally(() => {
        if (this.running.get(key) === running) this.running.delete(key);
      });
    this.running.set(key, running);
  }
}

const preparing =
  'WhatsApp was still preparing the template for marketing messages, which takes up to ten minutes. Until then the messages go over the Cloud API if the phone number is set to AUTO and WhatsApp allows it; otherwise they wait';
