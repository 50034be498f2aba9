import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import type { PublishDeltas } from '../../campaigns/deltas';
import type { RateCard } from '../../campaigns/forecast/rate-card';
import { Batcher } from '../../infra/batcher';
import { persistently, rows, transact } from '../../infra/database';
import { isUnavailable } from '../../infra/errors';
import type { Log } from '../../infra/log';
import type { Metrics } from '../../infra/metrics';
import type { StatusEvent, WebhookEvents } from '../../whatsapp/webhook-events';
import { parseCallbackData } from '../send/callback-data';
import type { RetryPolicy } from '../send/outcome';
import type { Consequences, SettledOutcome } from '../settle/consequences';
import { settle } from '../settle/settle';
import type { Settled } from '../settle/settle';
import type { AccountChanges } from './account-changes';
import { storeConversationWindows } from './conversation-windows';
import { HeardNumbers } from './heard';
import { storeIdentityChanges } from './identity-changes';
import { storePreferences, storeTaps } from './inbound';
import { storeMarketingTerms } from './marketing-terms';
import { findByWamid } from './message-by-wamid';
import { storeReplies } from './replies';
import { decideFailures, needsMore, phonesOfCharged, progressOf } from './status-moves';
import type { OurStatus } from './status-moves';
import type { TemplateChanges } from './template-changes';
import { noteTestFailures } from './test-failures';

/** The statuses of one campaign in one request, and the callbacks of the request that waits for their commit. */
interface CampaignStatuses {
  campaignId: string;
  statuses: OurStatus[];
  committed: () => void;
  failed: (error: unknown) => void;
}

/** Statuses in one transaction, at most. */
const largestSet = 2000;
/**
 * A set begins no sooner than this after the last: each costs PostgreSQL 2 ms whatever it has, and at 3,000 requests a
 * second 60 share it. A status that comes alone is stored at once.
 */
const setEveryMs = 20;
/** WhatsApp gives up on an answer that takes longer and delivers again. */
const patienceMs = 10_000;
/** The message of a status that was not found is looked for again after this, unless the status is too old. */
const lookupRetryMs = 1500;
const tooOldMs = 60_000;

/**
 * Takes in the statuses and opt-outs of webhooks. Requests that come in together share a transaction; a request is answered
 * only after everything in it is committed. If something of it fails, the request fails, and WhatsApp delivers it again:
 * what was committed already changes nothing the second time.
 */
export class WebhookIntake {
  private readonly batcher: Batcher<CampaignStatuses>;
  private readonly heard: HeardNumbers;

  constructor(
    private readonly database: DataSource,
    private readonly consequences: Consequences,
    private readonly publish: PublishDeltas,
    private readonly templates: TemplateChanges,
    private readonly accounts: AccountChanges,
    private readonly card: RateCard,
    private readonly policy: RetryPolicy,
    private readonly metrics: Metrics,
    log: Log,
  ) {
    this.heard = new HeardNumbers(database, log);
    this.batcher = new Batcher<CampaignStatuses>({
      commit: (sets) => this.commit(sets),
      failed: (sets, err) => {
        if (!isUnavailable(err)) log.error({ err }, 'statuses of a webhook could not be stored');
        sets.forEach(({ failed }) => failed(err));
      },
      keyOf: ({ campaignId }) => campaignId,
      sizeOf: ({ statuses }) => statuses.length,
      largestSet,
      everyMs: setEveryMs,
      patienceMs,
    });
  }

  /** Resolves after the commit, and after the pauses and ends that follow. @throws what the database threw */
  async take(events: WebhookEvents): Promise<void> {
    const labelled: OurStatus[] = [];
    const unlabelled: StatusEvent[] = [];
    for (const event of events.statuses) {
      const place = parseCallbackData(event.callbackData);
      if (!place) unlabelled.push(event);
      else labelled.push({ campaignId: place.campaignId, seq: place.seq, claimNo: place.claimNo, event });
    }
    this.count(events.statuses);
    await Promise.all([
      this.takeStatuses(labelled),
      this.heard.note(events),
      unlabelled.length > 0 && this.takeUnlabelled(unlabelled),
      hasMore(events) && this.takeOthers(events),
    ]);
    if (events.inbound.length === 0 && events.identities.length === 0) return;
    // after what people said under their old names
    await storeIdentityChanges(this.database, events.identities, this.publish);
    // last: a tap can have proved only now that the message which it answers was sent
    await storeReplies(this.database, events.inbound, this.publish);
  }

  private count(statuses: readonly StatusEvent[]): void {
    const counts = new Map<StatusEvent['kind'], number>();
    for (const { kind } of statuses) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const [status, by] of counts) this.metrics.statuses.inc({ status }, by);
  }

  private async takeOthers(events: WebhookEvents): Promise<void> {
    await Promise.all([
      // not with the statuses: each event is a transaction of its own
      storePreferences(this.database, events.preferences, this.publish),
      storeTaps(this.database, events.taps, this.publish),
      storeConversationWindows(this.database, events.inbound),
      this.templates.take(events.templates),
      this.accounts.take(events.accounts),
      storeMarketingTerms(this.database, events.marketingTerms),
    ]);
  }

  private async takeStatuses(statuses: readonly OurStatus[]): Promise<void> {
    await Promise.all(
      byCampaign(statuses).map(
        ([campaignId, ofCampaign]) =>
          new Promise<void>((committed, failed) =>
            this.batcher.add({ campaignId, statuses: ofCampaign, committed, failed }),
          ),
      ),
    );
  }

  /**
   * Without our callback data the message is found by WhatsApp's id. A status that comes before the answer to the post is
   * settled is looked up once more. Whatever is not found then is not about one of our messages, and is ignored.
   */
  private async takeUnlabelled(events: readonly StatusEvent[]): Promise<void> {
    await noteTestFailures(this.database, events);
    let missing = events.filter(({ phoneNumberId }) => phoneNumberId);
    for (const again of [false, true]) {
      // a number that no business owns sends nothing for us
      if (again) missing = await ofOurNumbers(this.database, missing);
      if (missing.length === 0) return;
      if (again) await delay(lookupRetryMs);
      const found = await findByWamid(
        this.database,
        missing.map(({ wamid, phoneNumberId, recipientPhone: phone, recipientUserId: userId }) => ({
          ...{ wamid, phoneNumberId, phone, userId },
        })),
      );
      const placeOf = ({ wamid }: StatusEvent) => found.get(wamid);
      await this.takeStatuses(
        missing.flatMap((event) => {
          const place = placeOf(event);
          return place ? [{ ...place, event }] : [];
        }),
      );
      missing = missing.filter((event) => !placeOf(event) && Date.now() - event.at.getTime() < tooOldMs);
    }
  }

  private async commit(sets: readonly CampaignStatuses[]): Promise<void> {
    const statuses = sets.flatMap((set) => set.statuses);
    const { outcomes, settled } = statuses.some(needsMore)
      ? await transact(this.database, (transaction) => this.store(transaction, statuses))
      : await this.storeProgress(statuses);
    for (const { event, campaignId } of statuses)
      if (event.kind === 'delivered') this.consequences.noteDelivered(campaignId);
    // the answers to WhatsApp wait for the consequences, the next set does not
    void this.consequences.apply(outcomes, settled).then(() => sets.forEach(({ committed }) => committed()));
  }

  /** One statement and so one round trip to the server, without a transaction around it. */
  private async storeProgress(
    statuses: readonly OurStatus[],
  ): Promise<{ outcomes: SettledOutcome[]; settled: Settled }> {
    const moves = statuses.map((status) => progressOf(status, this.card));
    return { outcomes: [], settled: await persistently(() => settle(this.database, moves)) };
  }

  private async store(
    transaction: EntityManager,
    statuses: readonly OurStatus[],
  ): Promise<{ outcomes: SettledOutcome[]; settled: Settled }> {
    const failures = statuses.filter(({ event }) => event.kind === 'failed');
    const phones = await phonesOfCharged(transaction, statuses);
    const progress = statuses
      .filter(({ event }) => event.kind !== 'failed')
      .map((status) => progressOf(status, this.card, phones));
    const outcomes = await decideFailures(transaction, failures, this.policy);
    const settled = await settle(transaction, [...progress, ...outcomes.map(({ outcome }) => outcome.move)]);
    return { outcomes, settled };
  }
}

/** Whether there is anything beside statuses, which is all that most webhooks have. */
function hasMore({
  preferences,
  taps,
  inbound,
  templates,
  accounts,
  marketingTerms,
}: WebhookEvents): boolean {
  return [preferences, taps, inbound, templates, accounts, marketingTerms].some((list) => list.length > 0);
}

async function ofOurNumbers(database: DataSource, events: readonly StatusEvent[]): Promise<StatusEvent[]> {
  if (events.length === 0) return [];
  const ours = await rows<{ phone_number_id: string }>(
    database,
    `/* ourNumbers */ SELECT DISTINCT phone_number_id FROM senders WHERE phone_number_id = ANY ($1::text[])`,
    [events.map(({ phoneNumberId }) => phoneNumberId)],
  );
  return events.filter((event) =>
    ours.some(({ phone_number_id: phoneNumberId }) => phoneNumberId === event.phoneNumberId),
  );
}

function byCampaign(statuses: readonly OurStatus[]): [campaignId: string, statuses: OurStatus[]][] {
  const sets = new Map<string, OurStatus[]>();
  for (const status of statuses) {
    const set = sets.get(status.campaignId) ?? [];
    set.push(status);
    sets.set(status.campaignId, set);
  }
  return [...sets];
}
