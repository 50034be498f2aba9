import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { recordRefusals } from '../../audience/opt-outs/opt-outs';
import type { RefusedMessage } from '../../audience/opt-outs/opt-outs';
import { CampaignStatus } from '../../campaigns/campaign';
import type { PublishDeltas } from '../../campaigns/deltas';
import type { RateCard } from '../../campaigns/forecast/rate-card';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { Batcher } from '../../infra/batcher';
import { persistently, rows, transact } from '../../infra/database';
import { isUnavailable } from '../../infra/errors';
import { heldAndDropped } from '../../whatsapp/error-catalogue';
import type { Log } from '../../infra/log';
import type { Metrics } from '../../infra/metrics';
import type { StatusEvent, WebhookEvents } from '../../whatsapp/webhook-events';
import { parseCallbackData } from '../send/callback-data';
import type { CallbackData } from '../send/callback-data';
import { refusal } from '../send/outcome';
import type { RetryPolicy } from '../send/outcome';
import type { Consequences, SettledOutcome } from '../settle/consequences';
import { settle } from '../settle/settle';
import type { Move } from '../settle/move';
import type { Settled } from '../settle/settle';
import type { AccountChanges } from './account-changes';
import { chargeOf } from './charge';
import { storeConversationWindows } from './conversation-windows';
import { isBefore } from './event-time';
import { HeardNumbers } from './heard';
import { storeIdentityChanges } from './identity-changes';
import { storePreferences, storeTaps } from './inbound';
import { storeMarketingTerms } from './marketing-terms';
import { findByWamid } from './message-by-wamid';
import { storeReplies } from './replies';
import type { TemplateChanges } from './template-changes';

/** A status of one of our messages. */
type OurStatus = CallbackData & { event: StatusEvent };

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
    this.heard = new HeardNumbers(database);
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
    const moves = statuses.map((status) => moveOf(status, this.chargesOf(status, noPhones)));
    return { outcomes: [], settled: await persistently(() => settle(this.database, moves)) };
  }

  private async store(
    transaction: EntityManager,
    statuses: readonly OurStatus[],
  ): Promise<{ outcomes: SettledOutcome[]; settled: Settled }> {
    const failures = statuses.filter(({ event }) => event.kind === 'failed');
    const phones = await phonesOf(transaction, statuses.filter(isCharged));
    const progress = statuses
      .filter(({ event }) => event.kind !== 'failed')
      .map((status) => moveOf(status, this.chargesOf(status, phones)));
    const outcomes = await this.decideFailures(transaction, failures);
    const settled = await settle(transaction, [...progress, ...outcomes.map(({ outcome }) => outcome.move)]);
    return { outcomes, settled };
  }

  /** Of a message that arrived, by its claim; undefined when the status says nothing of it, or it is free. */
  private chargesOf(status: OurStatus, phones: ReadonlyMap<string, string>): Move['charges'] {
    const { event, campaignId, seq, claimNo } = status;
    if (!isCharged(status) || !event.pricing) return undefined;
    const phone = event.recipientPhone ?? phones.get(`${campaignId}:${seq}`);
    if (!phone) return undefined;
    const charge = chargeOf(this.card, event.pricing, phone);
    return charge && { [claimNo]: charge };
  }

  /** What a `failed` status means depends on the attempts used and on whether the campaign has ended. */
  private async decideFailures(
    transaction: EntityManager,
    failures: readonly OurStatus[],
  ): Promise<SettledOutcome[]> {
    if (failures.length === 0) return [];
    const known = await rows<{
      campaign_id: string;
      seq: number;
      attempts: number;
      pair_tries: number;
      since: Date | null;
      claim_no: number;
      status: CampaignStatus;
      sender_id: string;
    }>(
      transaction,
      `/* decideFailures */ SELECT r.campaign_id, r.seq, r.attempts, r.pair_tries, r.sent_at AS since, r.claim_no, c.status, c.sender_id
       FROM unnest($1::uuid[], $2::int[]) AS i (campaign_id, seq)
       JOIN campaign_recipients r USING (campaign_id, seq) JOIN campaigns c ON c.id = r.campaign_id`,
      [failures.map((failure) => failure.campaignId), failures.map((failure) => failure.seq)],
    );
    const byPlace = new Map(known.map((row) => [`${row.campaign_id}:${row.seq}`, row]));
    const outcomes: SettledOutcome[] = [];
    const refused: RefusedMessage[] = [];
    for (const { event, ...place } of failures) {
      const row = byPlace.get(`${place.campaignId}:${place.seq}`);
      if (!row) continue;
      const error = event.error ?? { code: 131000 };
      const outcome = refusal(
        { ...place, attempts: row.attempts, pairTries: row.pair_tries },
        error,
        this.policy,
      );
      const goesOn = row.status === CampaignStatus.ACTIVE || row.status === CampaignStatus.PAUSED;
      const move: Move = { ...outcome.move, wamid: event.wamid };
      const failed: Move = { ...move, to: RecipientStatus.FAILED, dueInMs: undefined };
      // a message that was held and dropped pauses the campaign, and is sent again only on request
      const isDropped = heldAndDropped.includes(error.code);
      outcomes.push({
        outcome: goesOn
          ? { ...outcome, move: isDropped ? failed : move }
          : { move: failed, ...(outcome.senderError ? { senderError: outcome.senderError } : {}) },
        senderId: row.sender_id,
        // a message whose answer is not settled yet has no time; its failure cannot be later than now
        since: row.since ?? new Date(Math.min(event.at.getTime(), Date.now())),
        postedAt: undefined,
        ended: !goesOn,
      });
      if (error.code === 131050) {
        // the time of an earlier message cannot be compared with that of the latest
        const impossible = place.claimNo === row.claim_no && isBefore(event.at, row.since);
        refused.push({ ...place, at: impossible ? new Date() : event.at });
      }
    }
    if (refused.length > 0) await recordRefusals(transaction, refused);
    return outcomes;
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

const noPhones: ReadonlyMap<string, string> = new Map();

/** Whether more than its move must be read or written for a status. */
function needsMore(status: OurStatus): boolean {
  return status.event.kind === 'failed' || (isCharged(status) && status.event.recipientPhone === undefined);
}

/** WhatsApp charges for what is delivered; `sent` says the price too, of a message that may never arrive. */
function isCharged({ event: { kind, pricing } }: OurStatus): boolean {
  return (kind === 'delivered' || kind === 'read') && pricing !== undefined && !pricing.isFree;
}

/** The phones of people whom their statuses name by a user id only, by their places. */
async function phonesOf(
  transaction: EntityManager,
  statuses: readonly OurStatus[],
): Promise<Map<string, string>> {
  const hidden = statuses.filter(({ event }) => event.recipientPhone === undefined);
  if (hidden.length === 0) return new Map();
  const found = await rows<{ campaign_id: string; seq: number; phone: string }>(
    transaction,
    `/* phonesOfCharged */ SELECT r.campaign_id, r.seq, r.phone FROM campaign_recipients r
     WHERE (r.campaign_id, r.seq) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))`,
    [hidden.map(({ campaignId }) => campaignId), hidden.map(({ seq }) => seq)],
  );
  return new Map(found.map(({ campaign_id: campaignId, seq, phone }) => [`${campaignId}:${seq}`, phone]));
}

/** For `sent`, `delivered` and `read`. Written out: copying a status by spreading it took longer than all else here. */
function moveOf({ event, campaignId, seq, claimNo }: OurStatus, charges: Move['charges']): Move {
  const { kind, at, wamid } = event;
  if (kind === 'delivered')
    return { campaignId, seq, claimNo, wamid, to: RecipientStatus.DELIVERED, deliveredAt: at, charges };
  if (kind === 'read')
    return { campaignId, seq, claimNo, wamid, to: RecipientStatus.READ, readAt: at, charges };
  return { campaignId, seq, claimNo, wamid, to: RecipientStatus.SENT, sentAt: at };
}
