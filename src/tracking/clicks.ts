import type { DataSource, EntityManager } from 'typeorm';
import { rows, transact } from '../infra/database';
import type { PublishDeltas, CampaignDelta } from '../campaigns/deltas';
import { linkIdOf, openToken } from '../campaigns/link';
import { markOnce } from './mark';

/** Programs that fetch a link to show a preview, or to check it; nobody clicked. */
const fetchers =
  /facebookexternalhit|facebookcatalog|meta-externalagent|WhatsApp\/|bot\b|crawler|spider|preview|Slackbot|TelegramBot|Twitterbot|LinkedInBot|Discordbot|SkypeUriPreview|HeadlessChrome|curl\/|Wget\/|python-requests|Go-http-client/i;

export interface Visit {
  token: string;
  method: string;
  userAgent: string | undefined;
  /** `Purpose`, `X-Purpose` or `Sec-Purpose`: set when a browser fetches ahead. */
  purpose: string | undefined;
}

/** What a click says of the delivery, written in the caller's transaction. */
export type ConfirmByClick = (
  transaction: EntityManager,
  campaignId: string,
  seq: number,
) => Promise<CampaignDelta[]>;

/** Follows tracked links. */
export class Clicks {
  constructor(
    private readonly database: DataSource,
    private readonly publish: PublishDeltas,
    private readonly confirm: ConfirmByClick,
  ) {}

  /**
   * Where a visit leads: the campaign's own target, with `dakiya_click=<id>` for a person. A preview gets the bare
   * target and is not counted.
   * @returns undefined when the token is not one of ours
   */
  async follow(visit: Visit): Promise<string | undefined> {
    const linkId = linkIdOf(visit.token);
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
    const seq = campaign && openToken(visit.token, campaign.link_key);
    if (!campaign?.link_url || seq === undefined) return undefined;
    if (!isPerson(visit)) return campaign.link_url;

    const { clickId, deltas } = await transact(this.database, async (transaction) => {
      const [click] = await rows<{ id: string }>(
        transaction,
        `/* insertClick */ INSERT INTO clicks (business_id, campaign_id, seq) VALUES ($1, $2, $3) RETURNING id`,
        [campaign.business_id, campaign.id, seq],
      );
      const confirmed = await this.confirm(transaction, campaign.id, seq);
      const marked = await markOnce(transaction, 'clicked', campaign.id, seq);
      return { clickId: click?.id ?? '', deltas: [...confirmed, ...marked] };
    });
    void this.publish(deltas);
    const target = new URL(campaign.link_url);
    target.searchParams.set('dakiya_click', clickId);
    return target.href;
  }
}

function isPerson({ method, userAgent, purpose }: Visit): boolean {
  return (
    method === 'GET' && !!userAgent && !fetchers.test(userAgent) && !/prefetch|preview/i.test(purpose ?? '')
  );
}
