import type { DataSource, EntityManager } from 'typeorm';
import { rows, transact } from '../infra/database';
import type { PublishDeltas, CampaignDelta } from '../campaigns/deltas';
import { linkIdOf, openToken, testSeq, tokenIn } from '../campaigns/link';
import { markAllOnce } from './mark';
import type { RecipientPlace } from './mark';
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
   * Where a visit leads: the campaign's `linkUrl`, with `dakiya_click=<id>` for a person. A program, and
   * whoever taps a test message, gets the address alone and is not counted.
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
    }>(
      this.database,
      `/* openCampaign */ SELECT id, business_id, link_key, link_url FROM campaigns WHERE link_id = $1`,
      [linkId],
    );
    const seq = campaign && openToken(token, campaign.link_key);
    if (!campaign?.link_url || seq === undefined) return undefined;
    if (!isPerson(visit) || seq === testSeq) return targetOf(campaign.link_url);

    const places = [{ campaignId: campaign.id, seq }];
    const { clickId, deltas } = await transact(this.database, async (transaction) => {
      const [click] = await rows<{ id: string }>(
        transaction,
        `/* insertClick */ INSERT INTO clicks (business_id, campaign_id, seq) VALUES ($1, $2, $3) RETURNING id`,
        [campaign.business_id, campaign.id, seq],
      );
      const confirmed = await this.confirm(transaction, places);
      const marked = await markAllOnce(transaction, 'clicked', places);
      return { clickId: click?.id ?? '', deltas: [...confirmed, ...marked] };
    });
    void this.publish(deltas);
    return targetOf(campaign.link_url, clickId);
  }
}
