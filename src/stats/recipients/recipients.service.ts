import type { DataSource } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Viewer } from '../../accounts/viewer';
import type { Campaign } from '../../campaigns/campaign.entity';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { checkRecipientFilter, countable } from '../../campaigns/recipients/filter';
import type { RecipientFilter } from '../../campaigns/recipients/filter';
import { rows } from '../../infra/database';
import { notFound } from '../../infra/errors';
import { checkText } from '../../infra/input';
import { checkFirst, keyAfter, page } from '../../infra/pagination';
import { FewRecipients } from './few-recipients';
import { countRecipients, listRecipients } from './read-recipients';
import type { RecipientList } from './read-recipients';
import type { RecipientFields } from './recipient';
import type { Recipient, RecipientConnection, RecipientsArgs } from './recipient.graphql';
import { storyOf } from './story';
import type { Retry, StoryEvent } from './story';

/** The recipients of campaigns, to page through. */
export class RecipientsService {
  private readonly few: FewRecipients;

  constructor(
    private readonly database: DataSource,
    private readonly accounts: Pick<AccountsService, 'business'>,
  ) {
    this.few = new FewRecipients(database);
  }

  /** A page, in order of the places. @throws BAD_USER_INPUT naming the argument */
  async recipients(viewer: Viewer, campaign: Campaign, args: RecipientsArgs): Promise<RecipientConnection> {
    const first = checkFirst(args.first);
    const filter = checkRecipientFilter(args);
    const search = checkText('search', args.search ?? '', 200, 0);
    const scope = ['recipients', campaign.id, filter, search];
    const [after] = (keyAfter(scope, args.after) as [number] | undefined) ?? [0];
    const { defaultCountry: country } = await this.accounts.business(viewer, campaign.businessId);
    const list: RecipientList = { campaign, size: storedRecipients(campaign), filter, search, country };
    const found =
      (await this.few.page(list, first + 1, after)) ??
      (await listRecipients(this.database, list, first + 1, after));
    const recipientOf = this.withStories(campaign.id, found.slice(0, first));
    const { edges, pageInfo } = page(found, first, scope, ({ seq }) => [seq]);
    const withStories = edges.map(({ cursor, node }) => ({ cursor, node: recipientOf(node) }));
    return {
      edges: withStories,
      nodes: withStories.map(({ node }) => node),
      pageInfo,
      count: () => this.count(campaign, list),
    };
  }

  /** One person of a campaign. @throws NOT_FOUND if the campaign has nobody with this id */
  async recipient(campaign: Campaign, id: string): Promise<Recipient> {
    const place = id.startsWith(`${campaign.id}:`) ? id.slice(campaign.id.length + 1) : '';
    const seq = /^[1-9]\d{0,8}$/.test(place) ? Number(place) : 0;
    const list = { campaign, size: storedRecipients(campaign), filter: {}, search: '', country: '' };
    const found = seq === 0 ? [] : await listRecipients(this.database, list, 1, seq - 1);
    const [person] = found;
    if (person?.seq !== seq) throw notFound('Recipient');
    return this.withStories(campaign.id, found)(person);
  }

  /** The counters tell it for most filters; else the recipients are counted. */
  private async count(campaign: Campaign, list: RecipientList): Promise<number> {
    if (list.size === 0) return 0;
    if (list.search !== '') return countRecipients(this.database, list);
    if (isEmpty(list.filter)) return list.size;
    const known = countable(list.filter);
    if (!known) return countRecipients(this.database, list);
    if ('codes' in known) return this.failed(campaign.id, known.codes);
    if ('reaction' in known) {
      const reacted = campaign[`${known.reaction}Count`];
      // whoever clicked or ordered has the message, so they are among those sent to
      return known.missing ? campaign.sentCount - reacted : reacted;
    }
    const sending = known.statuses.some((one) => waiting.includes(one)) ? await this.sending(campaign.id) : 0;
    const byStatus = countsByStatus(campaign, sending);
    return known.statuses.reduce((sum, status) => sum + byStatus[status], 0);
  }

  private async failed(campaignId: string, codes: readonly number[]): Promise<number> {
    const [row] = await rows<{ count: number }>(
      this.database,
      `/* failedWith */ SELECT coalesce(sum(count), 0)::int AS count FROM campaign_failures
       WHERE campaign_id = $1 AND code = ANY ($2::int[])`,
      [campaignId, codes],
    );
    return row?.count ?? 0;
  }

  /** The counter of the queued counts those who are being sent to as well; they are in the claims. */
  private async sending(campaignId: string): Promise<number> {
    const [row] = await rows<{ count: number }>(
      this.database,
      `/* sendingNow */ SELECT count(*)::int AS count FROM delivery_claims d CROSS JOIN unnest(d.seqs) AS held (seq)
         JOIN campaign_recipients r ON r.campaign_id = d.campaign_id AND r.seq = held.seq AND r.status = 'SENDING'
       WHERE d.campaign_id = $1`,
      [campaignId],
    );
    return row?.count ?? 0;
  }

  /** Gives the recipients of a page their ids, and their stories if those are asked for. */
  private withStories(
    campaignId: string,
    found: readonly RecipientFields[],
  ): (person: RecipientFields) => Recipient {
    const stories = this.stories(campaignId, found);
    return (person) => ({ ...person, id: `${campaignId}:${person.seq}`, story: () => stories(person) });
  }

  /** The stories of a page, read together when the first of them is asked for. */
  private stories(
    campaignId: string,
    recipients: readonly RecipientFields[],
  ): (recipient: RecipientFields) => Promise<StoryEvent[]> {
    let reading: Promise<Retry[]> | undefined;
    return async (recipient) => {
      reading ??= rows<Retry>(
        this.database,
        `/* retriesOf */ SELECT seq, at, failed_at AS "failedAt", error_text AS "errorText" FROM recipient_retries
         WHERE campaign_id = $1 AND seq = ANY ($2::int[])`,
        [campaignId, recipients.map(({ seq }) => seq)],
      );
      const retries = await reading;
      return storyOf(
        recipient,
        retries.filter(({ seq }) => seq === recipient.seq),
      );
    };
  }
}

const { QUEUED, SENDING, UNCONFIRMED, SENT, DELIVERED, READ, FAILED, SKIPPED, EXCLUDED } = RecipientStatus;
const waiting: readonly RecipientStatus[] = [QUEUED, SENDING];

function isEmpty({ status, outcome, errorCode }: RecipientFilter): boolean {
  return !status && !outcome && !errorCode;
}

/** Before the recipients are stored there are none, whatever the counters expect. */
export function storedRecipients(
  campaign: Pick<Campaign, 'materialisedAt' | 'audienceFixedAt' | 'totalRecipients' | 'excludedCount'>,
): number {
  const stored = campaign.materialisedAt ?? campaign.audienceFixedAt;
  return stored ? campaign.totalRecipients + campaign.excludedCount : 0;
}

function countsByStatus(campaign: Campaign, sending: number): Record<RecipientStatus, number> {
  return {
    [QUEUED]: Math.max(0, campaign.queuedCount - sending),
    [SENDING]: sending,
    [UNCONFIRMED]: campaign.unconfirmedCount,
    [SENT]: campaign.sentCount - campaign.deliveredCount,
    [DELIVERED]: campaign.deliveredCount - campaign.readCount,
    [READ]: campaign.readCount,
    [FAILED]: campaign.failedCount,
    [SKIPPED]: campaign.skippedCount,
    [EXCLUDED]: campaign.excludedCount,
  };
}
