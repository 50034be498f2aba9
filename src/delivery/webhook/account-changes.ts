import type { DataSource, EntityManager } from 'typeorm';
import { limitOf } from '../../accounts/messaging-limit';
import { restrictedBy } from '../../accounts/restrictions';
import type { Restriction } from '../../accounts/restrictions';
import { rows, transact } from '../../infra/database';
import type { AccountChange, AccountEvent } from '../../whatsapp/account-events';
import type { RestrictedCampaigns } from './restricted-campaigns';

/** A sender of an account, locked. */
interface KnownSender {
  id: string;
  business_id: string;
  numbers: string[];
  restrictions: Restriction[];
  account_at: Date | null;
  now: Date;
}

/** What an event changed. */
interface Effect {
  senderIds: string[];
  lifted: Restriction[];
}

/**
 * Keeps with the senders what WhatsApp reports about accounts and numbers, and pauses what may not go on. Repeated and late
 * events change nothing. If the process dies between the two, WhatsApp delivers the event again, and the sweep looks too.
 */
export class AccountChanges {
  constructor(
    private readonly database: DataSource,
    private readonly campaigns: RestrictedCampaigns,
  ) {}

  /** Resolves after the commits. @throws what the database threw */
  async take(events: readonly AccountEvent[]): Promise<void> {
    for (const event of events) {
      const { senderIds, lifted } = await transact(this.database, (transaction) =>
        storeEvent(transaction, event),
      );
      if (event.change.kind === 'restricted') await this.campaigns.pauseForbidden(senderIds);
      await this.campaigns.tellLifted(senderIds, lifted);
    }
  }
}

/** An earlier event that comes late changes nothing, compared with the latest of its own kind: a notice is no restriction. */
async function storeEvent(transaction: EntityManager, event: AccountEvent): Promise<Effect> {
  const { change, at } = event;
  const known = await lockSenders(transaction, event);
  const senderIds = known.map(({ id }) => id);
  const nothing: Effect = { senderIds: [], lifted: [] };
  if (known.length === 0) return nothing;
  switch (change.kind) {
    case 'restricted': {
      const told = known.filter((sender) => isNewsTo(sender, at));
      for (const { id, restrictions, now } of told)
        await storeRestrictions(transaction, id, restrictedBy(restrictions, change.restrictions, now), at);
      return { senderIds: told.map(({ id }) => id), lifted: [] };
    }
    case 'lifted': {
      const told = known.filter((sender) => isNewsTo(sender, at));
      for (const { id } of told) await storeRestrictions(transaction, id, [], at);
      return {
        senderIds: told.map(({ id }) => id),
        lifted: told.flatMap(({ restrictions }) => restrictions),
      };
    }
    case 'limit':
      await storeLimit(transaction, senderIds, change.limit, at);
      return nothing;
    case 'quality':
      await storeQuality(transaction, known, event, change);
      return nothing;
    case 'trouble':
      await rows(
        transaction,
        `/* storeTrouble */ UPDATE senders SET account_error = $2, account_error_topic = $4, trouble_at = $3
         WHERE id = ANY ($1::uuid[]) AND (trouble_at IS NULL OR trouble_at <= $3)`,
        [ofNumber(known, event.number).map(({ id }) => id), change.text, at, change.topic],
      );
      return nothing;
    case 'notice':
      await storeNotice(
        transaction,
        ofNumber(known, event.number).map(({ id }) => id),
        change,
        at,
      );
      return nothing;
  }
}

async function storeNotice(
  transaction: EntityManager,
  ids: readonly string[],
  { text, ends }: Extract<AccountChange, { kind: 'notice' }>,
  at: Date,
): Promise<void> {
  await rows(
    transaction,
    `/* storeNotice */ UPDATE senders SET notice = $2, notice_at = $3
     WHERE id = ANY ($1::uuid[]) AND (notice_at IS NULL OR notice_at <= $3)`,
    [ids, text, at],
  );
  if (ends)
    await rows(
      transaction,
      // also where there is none: an earlier trouble that comes late is over
      `/* endTrouble */ UPDATE senders SET trouble_at = $3,
         account_error = CASE WHEN account_error_topic = $2 THEN NULL ELSE account_error END
       WHERE id = ANY ($1::uuid[]) AND (trouble_at IS NULL OR trouble_at <= $3)`,
      [ids, ends, at],
    );
}

/** Whether no later restriction, and no later end of one, is stored. */
function isNewsTo({ account_at: latest }: KnownSender, at: Date): boolean {
  return latest === null || latest <= at;
}

/** Of all businesses that have the account. */
function lockSenders(transaction: EntityManager, { wabaId }: AccountEvent): Promise<KnownSender[]> {
  return rows<KnownSender>(
    transaction,
    `/* lockSendersOfAccount */ SELECT id, business_id, restrictions, account_at, clock_timestamp() AS now,
       ARRAY[whatsapp_number, regexp_replace(display_phone_number, '\\D', '', 'g')] AS numbers
     FROM senders WHERE waba_id = $1 ORDER BY id FOR NO KEY UPDATE`,
    [wabaId],
  );
}

/** The end of all restrictions is news of the other kinds too, and ends the troubles that were told before it. */
async function storeRestrictions(
  transaction: EntityManager,
  id: string,
  restrictions: readonly Restriction[],
  at: Date,
): Promise<void> {
  await rows(
    transaction,
    `/* storeRestrictions */ UPDATE senders SET restrictions = $2, account_at = $3,
       notice = CASE WHEN free AND restrictions <> '[]' AND (notice_at IS NULL OR notice_at <= $3)
         THEN 'WhatsApp has lifted the restriction. Paused campaigns can be resumed.' ELSE notice END,
       notice_at = CASE WHEN free AND restrictions <> '[]' THEN greatest(notice_at, $3) ELSE notice_at END,
       account_error = CASE WHEN free AND (restrictions <> '[]' OR account_error_topic = 'DISABLING')
         AND (trouble_at IS NULL OR trouble_at <= $3) THEN NULL ELSE account_error END,
       trouble_at = CASE WHEN free THEN greatest(trouble_at, $3) ELSE trouble_at END,
       send_error = CASE WHEN free AND restrictions <> '[]' THEN NULL ELSE send_error END
     FROM (SELECT $2::jsonb = '[]' AS free) AS told WHERE id = $1`,
    [id, JSON.stringify(restrictions), at],
  );
}

/**
 * Low quality is told by the event itself; how good it is again afterwards is read. An event that says nothing of the quality
 * does not make one that does late. A new limit concerns the account.
 */
async function storeQuality(
  transaction: EntityManager,
  known: readonly KnownSender[],
  { number, at }: AccountEvent,
  { flagged, limit, highThroughput }: Extract<AccountChange, { kind: 'quality' }>,
): Promise<void> {
  const ids = ofNumber(known, number).map(({ id }) => id);
  if (flagged !== undefined)
    await rows(
      transaction,
      `/* storeQuality */ UPDATE senders SET quality_at = $2,
         status = CASE WHEN $3::boolean THEN 'FLAGGED' WHEN status = 'FLAGGED' THEN 'CONNECTED' ELSE status END,
         quality_rating = CASE WHEN $3 THEN 'RED' WHEN quality_rating = 'RED' THEN 'UNKNOWN' ELSE quality_rating END,
         health_due_at = CASE WHEN $3 THEN health_due_at ELSE now() END
       WHERE id = ANY ($1::uuid[]) AND (quality_at IS NULL OR quality_at <= $2)`,
      [ids, at, flagged],
    );
  // no webhook tells of a lower speed
  if (highThroughput)
    await rows(
      transaction,
      `/* storeThroughput */ UPDATE senders SET throughput = 'HIGH' WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
  if (limit !== undefined)
    await storeLimit(
      transaction,
      known.map(({ id }) => id),
      limit,
      at,
    );
}

/** One time for both webhooks that tell the limit: the later one holds. */
async function storeLimit(
  transaction: EntityManager,
  ids: readonly string[],
  text: string,
  at: Date,
): Promise<void> {
  const limit = limitOf(text);
  if (limit === undefined) return;
  await rows(
    transaction,
    `/* storeLimit */ UPDATE senders SET messaging_limit = $2, messaging_limit_read_at = now(), limit_at = $3
     WHERE id = ANY ($1::uuid[]) AND (limit_at IS NULL OR limit_at <= $3)`,
    [ids, limit, at],
  );
}

/**
 * The senders of this number; all of them if it is not said. The number that a person typed for a sender may be another
 * spelling: the only sender of a business in the account is meant too.
 */
function ofNumber(known: readonly KnownSender[], number: string): KnownSender[] {
  if (!number) return [...known];
  return known.filter(
    (sender) =>
      sender.numbers.includes(number) ||
      known.filter((one) => one.business_id === sender.business_id).length === 1,
  );
}
