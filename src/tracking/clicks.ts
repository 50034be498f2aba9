import type { DataSource, EntityManager } from 'typeorm';
import { rows, transact } from '../infra/database';
import type { PublishDeltas, CampaignDelta } from '../campaigns/deltas';
import { linkIdOf, openToken, testSeq, tokenIn } from '../campaigns/link';
import type { Utm } from '../campaigns/utm';
import type { RecipientPlace } from './mark';
import { recordClick } from './record-click';
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

/** Follows tracked links. */
export class Clicks {
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
    }>(
      this.database,
      `/* openCampaign */ SELECT id, business_id, link_key, link_url, utm FROM campaigns WHERE link_id = $1`,
      [linkId],
    );
    const opened = campaign && openToken(token, campaign.link_key);
    if (!campaign?.link_url || !opened) return undefined;
    const { id: campaignId, business_id: businessId, link_url: linkUrl, utm } = campaign;
    if (opened.seq === testSeq) return targetOf(linkUrl);

    const click = { businessId, campaignId, ...opened };
    if (!isPerson(visit)) {
      const { delta } = await transact(this.database, (transaction) =>
        recordClick(transaction, { ...click, bot: true }),
      );
      void this.publish([delta]);
      return targetOf(linkUrl);
    }
    const { clickId, deltas } = await transact(this.database, async (transaction) => {
      const confirmed = await this.confirm(transaction, [click]);
      const recorded = await recordClick(transaction, { ...click, bot: false });
      return { clickId: recorded.clickId, deltas: [...confirmed, recorded.delta] };
    });
    void this.publish(deltas);
    return targetOf(linkUrl, clickId, utm);
  }
}
