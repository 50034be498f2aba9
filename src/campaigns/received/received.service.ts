import type { DataSource } from 'typeorm';
import { rows } from '../../infra/database';
import { checkFirst, keyAfter, page } from '../../infra/pagination';
import type { ContactCampaign, ContactCampaignConnection } from './received.graphql';

/** The person whose campaigns are asked for. */
export interface Receiver {
  contactId: string;
  businessId: string;
  /** Of the person's WhatsApp number; null without a valid phone. */
  identity: string | null;
}

type Key = readonly [createdAt: string, campaignId: string];

/** The campaigns of a contact, with what became of the message in each. */
export class ReceivedService {
  constructor(private readonly database: DataSource) {}

  /** A page, newest first. @throws BAD_USER_INPUT naming the argument */
  async campaigns(
    receiver: Receiver,
    given: { first?: number | null | undefined; after?: string | null | undefined },
  ): Promise<ContactCampaignConnection> {
    const first = checkFirst(given.first);
    const scope = ['campaigns of', receiver.contactId];
    const after = keyAfter(scope, given.after) as Key | undefined;
    const found = await rows<ContactCampaign & { at: string }>(this.database, statement, [
      receiver.businessId,
      receiver.identity,
      receiver.contactId,
      after?.[0] ?? null,
      after?.[1] ?? null,
      first + 1,
    ]);
    const { edges, pageInfo } = page(found, first, scope, ({ at, campaignId }) => [at, campaignId]);
    return { edges, nodes: edges.map(({ node }) => node), pageInfo };
  }
}

const recipients = 'SELECT * FROM campaign_recipients r WHERE r.campaign_id = c.id';

/**
 * Walks the campaigns of the business, three index lookups each: 10,000 campaigns without a hit take a tenth of a second.
 * A campaign that the person is in several times is listed once: what was sent before what was excluded.
 */
const statement = `/* campaignsOfContact */ SELECT c.id AS "campaignId", c.campaign_name AS "campaignName",
    c.created_at::text AS at, r.status, r.excluded_reason AS "excludedReason", r.error_code AS "errorCode",
    r.error_message AS "errorText", r.sent_at AS "sentAt", r.delivered_at AS "deliveredAt", r.read_at AS "readAt",
    r.failed_at AS "failedAt", r.clicked_at AS "clickedAt", r.converted_at AS "convertedAt", r.opted_out_at AS "optedOutAt"
  FROM campaigns c CROSS JOIN LATERAL (
    SELECT * FROM (
      ${recipients} AND r.identity = $2 AND r.excluded_reason IS NULL
      UNION ALL ${recipients} AND r.identity = $2 AND r.excluded_reason IS NOT NULL
      UNION ALL ${recipients} AND r.contact_id = $3) of_person
    ORDER BY excluded_reason IS NOT NULL, contact_id IS DISTINCT FROM $3, seq LIMIT 1) r
  WHERE c.business_id = $1 AND c.materialised_at IS NOT NULL
    AND ($4::timestamptz IS NULL OR c.created_at < $4 OR (c.created_at = $4 AND c.id > $5::uuid))
  ORDER BY c.created_at DESC, c.id LIMIT $6`;
