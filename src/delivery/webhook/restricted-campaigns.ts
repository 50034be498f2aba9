import type { DataSource } from 'typeorm';
import { expired, forbids, restrictionSentence, restrictionText } from '../../accounts/restrictions';
import type { RestrictedKind, Restriction } from '../../accounts/restrictions';
import { CampaignStatus } from '../../campaigns/campaign';
import type { PublishDeltas } from '../../campaigns/deltas';
import { pauseCampaign, writeStatus } from '../../campaigns/lifecycle';
import { rows, transact } from '../../infra/database';
import type { Log } from '../../infra/log';
import { withWaiting } from './waiting';

/** A sender that WhatsApp forbids something. */
interface RestrictedSender {
  id: string;
  restrictions: Restriction[];
  now: Date;
}

const next = 'Nobody is lost: {waiting}. Resume when WhatsApp allows it again';
const liftedReason =
  'WhatsApp has lifted the restriction of this account. {waiting}. Resume the campaign to go on';

/**
 * Pauses the campaigns that WhatsApp's restrictions forbid, and tells those that wait when a restriction is over. A
 * campaign that was started or resumed after its restriction was known goes on: WhatsApp refuses what it does not send,
 * and that pauses it again. Nothing resumes by itself.
 */
export class RestrictedCampaigns {
  constructor(
    private readonly database: DataSource,
    private readonly publish: PublishDeltas,
    private readonly log: Log,
  ) {}

  /** Of these senders, or of all. Repeated calls change nothing. */
  async pauseForbidden(senderIds?: readonly string[]): Promise<void> {
    for (const sender of await restrictedSenders(this.database, senderIds)) {
      for (const restriction of sender.restrictions) await this.pause(sender.id, restriction);
    }
  }

  /** Ends the restrictions whose time is over. */
  async liftExpired(): Promise<void> {
    for (const { id, restrictions, now } of await restrictedSenders(this.database)) {
      const over = expired(restrictions, now);
      if (over.length === 0) continue;
      await rows(
        this.database,
        `/* liftExpired */ UPDATE senders SET restrictions = (SELECT coalesce(jsonb_agg(r), '[]') FROM jsonb_array_elements(restrictions) AS r
             WHERE r->>'until' IS NULL OR (r->>'until')::timestamptz > $2),
           notice = 'WhatsApp has lifted the restriction. Paused campaigns can be resumed.'
         WHERE id = $1`,
        [id, now],
      );
      await this.tellLifted([id], over);
    }
  }

  /** The campaigns that these restrictions had paused say now that they may be resumed. */
  async tellLifted(senderIds: readonly string[], lifted: readonly Restriction[]): Promise<void> {
    if (lifted.length === 0) return;
    const paused = await rows<{ id: string }>(
      this.database,
      `/* pausedByRestriction */ SELECT id FROM campaigns c
       WHERE sender_id = ANY ($1::uuid[]) AND status = 'PAUSED'
         AND EXISTS (SELECT FROM unnest($2::text[]) AS t (text) WHERE starts_with(c.status_reason, t.text)) ORDER BY id`,
      [senderIds, lifted.map(restrictionText)],
    );
    for (const { id } of paused) {
      const deltas = await transact(this.database, async (transaction) => {
        const statusReason = await withWaiting(transaction, id, liftedReason);
        const [row] = await rows<{ status: CampaignStatus }>(
          transaction,
          `/* isStillPaused */ SELECT status FROM campaigns WHERE id = $1`,
          [id],
        );
        if (row?.status !== CampaignStatus.PAUSED) return [];
        return [await writeStatus(transaction, id, { status: row.status, statusReason })];
      });
      void this.publish(deltas);
    }
  }

  private async pause(senderId: string, restriction: Restriction): Promise<void> {
    const kinds = forbids(restriction);
    if (kinds.length === 0) return;
    const reason = `${restrictionSentence(restriction)} ${next}`;
    for (const id of await activeCampaigns(this.database, senderId, kinds)) {
      const deltas = await transact(this.database, async (transaction) =>
        pauseCampaign(
          transaction,
          id,
          await withWaiting(transaction, id, reason),
          new Date(restriction.since),
        ),
      );
      void this.publish(deltas);
      if (deltas.length > 0) this.log.warn({ campaignId: id, reason }, 'a campaign was paused');
    }
  }
}

function restrictedSenders(database: DataSource, ids?: readonly string[]): Promise<RestrictedSender[]> {
  return rows<RestrictedSender>(
    database,
    `/* restrictedSenders */ SELECT id, restrictions, clock_timestamp() AS now FROM senders
     WHERE restrictions <> '[]' AND ($1::uuid[] IS NULL OR id = ANY ($1)) ORDER BY id`,
    [ids ?? null],
  );
}

async function activeCampaigns(
  database: DataSource,
  senderId: string,
  kinds: readonly RestrictedKind[],
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    database,
    `/* campaignsOfKind */ SELECT c.id FROM campaigns c LEFT JOIN templates t ON t.id = c.template_id
     WHERE c.status = 'ACTIVE' AND c.sender_id = $1
       AND CASE WHEN c.template_id IS NULL THEN 'FREE_FORM' ELSE t.category END = ANY ($2::text[]) ORDER BY c.id`,
    [senderId, kinds],
  );
  return found.map(({ id }) => id);
}
