import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { Batcher } from '../infra/batcher';
import { persistently, prepared, rows, transact } from '../infra/database';
import type { PublishDeltas, CampaignDelta } from '../campaigns/deltas';
import { linkIdOf, openToken, testSeq, tokenIn } from '../campaigns/link';
import type { Utm } from '../campaigns/utm';
import type { RecipientPlace } from './mark';
import { recordClicks, recordDeliveredClicks } from './record-clicks';
import type { Click } from './record-clicks';
import { targetOf } from './target';
import { isPerson } from './visitor';
import type { Visitor } from './visitor';

/** A request for a tracked link. */
export interface Visit extends Visitor {
  /** What follows `/r/`: the token, perhaps with the punctuation of the sentence that the link was part of. */
  path: string;
}

/** That the messages of recipients arrived, written in the caller's transaction. */
export type ConfirmArrival = (
  transaction: EntityManager,
  places: readonly RecipientPlace[],
) => Promise<CampaignDelta[]>;

/** A click and what becomes of its visit. */
interface Waiting extends Click {
  stored: () => void;
  failed: (error: unknown) => void;
}

/** Clicks in one transaction. */
const largestSet = 500;
const fewClicks = 10;
/** A set begins no sooner than this after the last, so that a burst is few sets and few versions of its campaign. */
const setEveryMs = 5;
/** A visitor waits no longer for a campaign that something else holds locked, in ms. */
const patienceMs = 4000;

/**
 * Follows tracked links. A visit is answered after its click is committed, so that no click that was answered is lost,
 * however the process ends. Clicks of a campaign that come in together are committed together: each changes the row of
 * the campaign, and one after the other they would wait for each other's commit.
 */
export class Clicks {
  /** Of the campaigns that are being clicked at this moment. */
  private readonly batchers = new Map<string, Batcher<Waiting>>();

  constructor(
    private readonly database: DataSource,
    private readonly publish: PublishDeltas,
    private readonly confirm: ConfirmArrival,
  ) {}

  /**
   * Where a visit leads: the campaign's `linkUrl`, for a person with the campaign's `utm_` parameters and
   * `dakiya_click=<id>`. A program gets the address alone and is counted apart; whoever taps a test message gets it too,
   * and is not counted at all.
   * @returns undefined when the path holds no token of ours
   */
  async follow(visit: Visit): Promise<string | undefined> {
    const token = tokenIn(visit.path);
    const linkId = token && linkIdOf(token);
    if (!linkId) return undefined;
    const [campaign] = await rows<{
      id: string;
      business_id: string;
      link_key: Buffer;
      link_url: string | null;
      utm: Utm | null;
    }>(this.database, campaignStatement, [linkId]);
    const opened = campaign && openToken(token, campaign.link_key);
    if (!campaign?.link_url || !opened) return undefined;
    const { id: campaignId, business_id: businessId, link_url: linkUrl, utm } = campaign;
    if (opened.seq === testSeq) return targetOf(linkUrl);

    const bot = !isPerson(visit);
    const id = randomUUID();
    await new Promise<void>((stored, failed) =>
      this.add({ id, businessId, campaignId, ...opened, bot, stored, failed }),
    );
    return bot ? targetOf(linkUrl) : targetOf(linkUrl, id, utm);
  }

  private add(click: Waiting): void {
    const { campaignId } = click;
    const known = this.batchers.get(campaignId);
    if (known) {
      known.add(click);
      return;
    }
    const batcher = new Batcher<Waiting>({
      commit: (clicks) => this.commit(clicks),
      failed: (clicks, error) => clicks.forEach(({ failed }) => failed(error)),
      keyOf: () => campaignId,
      largestSet,
      everyMs: setEveryMs,
      patienceMs,
    });
    this.batchers.set(campaignId, batcher);
    batcher.add(click);
    void batcher.idle().then(() => this.batchers.delete(campaignId));
  }

  private async commit(clicks: readonly Waiting[]): Promise<void> {
    // One statement instead of a transaction. It stores nothing if the delivery of one of them is not known yet, which is
    // nearly always so among many clicks.
    const atOnce =
      clicks.length <= fewClicks
        ? await persistently(() => recordDeliveredClicks(this.database, clicks))
        : undefined;
    void this.publish(atOnce ?? (await this.commitConfirmed(clicks)));
    clicks.forEach(({ stored }) => stored());
  }

  /** A person who opens a link has the message: that is written with the click. */
  private commitConfirmed(clicks: readonly Waiting[]): Promise<CampaignDelta[]> {
    const ofPeople = clicks.filter(({ bot }) => !bot);
    return transact(this.database, async (transaction) => {
      const confirmed = ofPeople.length > 0 ? await this.confirm(transaction, ofPeople) : [];
      return [...confirmed, ...(await recordClicks(transaction, clicks))];
    });
  }
}

const campaignStatement = prepared(
  `/* openCampaign */ SELECT id, business_id, link_key, link_url, utm FROM campaigns WHERE link_id = $1`,
);
