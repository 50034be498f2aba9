import type { DataSource } from 'typeorm';
import type { Viewer } from '../../accounts/viewer';
import { AudienceType } from '../../audience/audience';
import type { ContactKind } from '../../audience/audience';
import type { CustomRecipientInput } from '../../audience/audience.graphql';
import type { Segment } from '../../audience/segments/segment.entity';
import type { SegmentsService } from '../../audience/segments/segments.service';
import { binder } from '../../audience/source';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { badInput } from '../../infra/errors';
import type { Campaign } from '../campaign.entity';
import type { CreateCampaignInput } from '../campaign.graphql';
import { campaignRepository } from '../campaign.repository';
import type { CampaignService } from '../campaign.service';
import type { DraftService } from '../drafts/draft.service';
import { checkRecipientFilter, recipientConditions } from '../recipients/filter';
import type { RecipientFilter } from '../recipients/filter';
import { audienceOf } from './audience-of';
import type {
  CreateCampaignFromRecipientsInput,
  CreateSegmentFromRecipientsInput,
} from './follow-up.graphql';

/** Segments and drafts that are made from recipients of a campaign. */
export class FollowUpService {
  constructor(
    private readonly database: DataSource,
    private readonly campaigns: Pick<CampaignService, 'campaign'>,
    private readonly segments: Pick<SegmentsService, 'createFixedSegment'>,
    private readonly drafts: Pick<DraftService, 'createCampaign'>,
  ) {}

  /**
   * A segment of the contacts of these recipients, as they are now. People who were listed in the campaign are found by
   * their number; those who are no contacts are left out.
   * @throws BAD_USER_INPUT naming the field; CONFLICT when the name is taken, or when there is no contact
   */
  async createSegmentFromRecipients(
    viewer: Viewer,
    input: CreateSegmentFromRecipientsInput,
  ): Promise<Segment> {
    const campaign = await this.campaigns.campaign(viewer, input.campaignId);
    const filter = chosen(input);
    return this.segments.createFixedSegment(campaign.businessId, input.name, (sql, segmentId) =>
      addMembers(sql, segmentId, campaign, filter),
    );
  }

  /**
   * A draft to these recipients. They are selected at the start, as they are then; of a campaign to listed people the
   * list is made now.
   * @throws BAD_USER_INPUT naming the field; NOT_FOUND for ids of another business
   */
  async createCampaignFromRecipients(
    viewer: Viewer,
    input: CreateCampaignFromRecipientsInput,
  ): Promise<Campaign> {
    const parent = await this.campaigns.campaign(viewer, input.campaignId);
    const filter = chosen(input);
    const audience = await this.audience(parent, filter);
    const { campaignName, campaignType, senderId, templateId, templateValues, messageText, linkUrl } = input;
    const draft: CreateCampaignInput = {
      businessId: parent.businessId,
      campaignName,
      campaignType: campaignType ?? parent.campaignType,
      channel: parent.channel,
      senderId: senderId ?? parent.senderId,
      ...(templateId == null ? {} : { templateId }),
      ...(templateValues == null ? {} : { templateValues }),
      ...(messageText == null ? {} : { messageText }),
      ...(linkUrl == null ? {} : { linkUrl }),
      ...audience,
      incomplete: true,
    };
    return this.drafts.createCampaign(viewer, draft, parent.id);
  }

  /** The campaigns that were made from recipients of this one, newest first. */
  children({ id }: Campaign): Promise<Campaign[]> {
    return campaignRepository(this.database).find({
      where: { parentCampaignId: id },
      order: { createdAt: 'DESC', id: 'ASC' },
      take: 100,
    });
  }

  private async audience(
    parent: Campaign,
    filter: RecipientFilter,
  ): Promise<Pick<CreateCampaignInput, 'audienceType' | 'audienceFilter' | 'customRecipients'>> {
    const { audienceType } = parent;
    if (audienceType === AudienceType.CUSTOM)
      return { audienceType, customRecipients: await listedPeople(this.database, parent.id, filter) };
    return {
      audienceType: audienceType === AudienceType.SEGMENT ? AudienceType.ALL : audienceType,
      audienceFilter: audienceOf(parent.id, filter),
    };
  }
}

/** @throws BAD_USER_INPUT naming the field, also when none of the three is given */
function chosen(input: RecipientFilter): RecipientFilter {
  const filter = checkRecipientFilter(input, 'input.');
  if (Object.keys(filter).length === 0)
    throw badInput('input.outcome', 'at least one of outcome, status and errorCode');
  return filter;
}

async function addMembers(
  sql: Sql,
  segmentId: string,
  { id, businessId }: Campaign,
  filter: RecipientFilter,
): Promise<ContactKind[]> {
  await rows(sql, `SET LOCAL statement_timeout = '2min'`);
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const business = `${bind(businessId)}::uuid`;
  const conditions = [`r.campaign_id = ${bind(id)}`, ...recipientConditions(filter, bind)].join(' AND ');
  const found = await rows<{ kind: ContactKind }>(
    sql,
    `/* addMembers */ WITH people AS MATERIALIZED (
       SELECT r.contact_kind AS kind, r.contact_id AS id, r.identity FROM campaign_recipients r WHERE ${conditions}
     ), added AS (
       INSERT INTO segment_members (segment_id, contact_kind, contact_id)
       SELECT ${bind(segmentId)}::uuid, kind, id FROM people WHERE id IS NOT NULL
       UNION SELECT ${bind(segmentId)}::uuid, contact.kind, contact.id FROM people CROSS JOIN LATERAL (
         SELECT * FROM (
           SELECT 'CUSTOMER' AS kind, c.id, c.created_at FROM customers c WHERE c.business_id = ${business} AND c.identity = people.identity
           UNION ALL SELECT 'LEAD', c.id, c.created_at FROM leads c WHERE c.business_id = ${business} AND c.identity = people.identity) of_person
         ORDER BY kind, created_at LIMIT 1) contact WHERE people.id IS NULL
       ON CONFLICT DO NOTHING RETURNING contact_kind
     )
     SELECT DISTINCT contact_kind AS kind FROM added`,
    parameters,
  );
  return found.map(({ kind }) => kind);
}

/** Recipients of a campaign to listed people, as a list; people who were erased are no more in it. */
function listedPeople(
  sql: Sql,
  campaignId: string,
  filter: RecipientFilter,
): Promise<CustomRecipientInput[]> {
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const conditions = [`r.campaign_id = ${bind(campaignId)}`, ...recipientConditions(filter, bind)];
  return rows<CustomRecipientInput>(
    sql,
    `/* listedRecipients */ SELECT r.name, r.phone, r.email FROM campaign_recipients r
     WHERE ${conditions.join(' AND ')} AND r.phone NOT LIKE 'erased %' ORDER BY r.seq`,
    parameters,
  );
}
