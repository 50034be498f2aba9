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

/** Each kind has a time of its own: an earlier event of it that comes late changes nothing. */
const times: Readonly<Record<AccountChange['kind'], 'account_at' | 'quality_at' | 'limit_at'>> = {
  quality: 'quality_at',
  limit: 'limit_at',
  restricted: 'account_at',
  lifted: 'account_at',
  trouble: 'account_at',
  notice: 'account_at',
};

async function storeEvent(transaction: EntityManager, event: AccountEvent): Promise<Effect> {
  const { change, at } = event;
  const known = await lockSenders(transaction, event, times[change.kind]);
  const senderIds = known.map(({ id }) => id);
  if (known.length === 0) return { senderIds, lifted: [] };
  switch (change.kind) {
    case 'restricted':
      for (const { id, restrictions, now } of known)
        await storeRestrictions(transaction, id, restrictedBy(restrictions, change.restrictions, now), at);
      return { senderIds, lifted: [] };
    case 'lifted':
      for (const { id } of known) await storeRestrictions(transaction, id, [], at);
      return { senderIds, lifted: known.flatMap(({ restrictions }) => restrictions) };
    case 'limit':
      await storeLimit(transaction, senderIds, change.limit, at, 'limit_at');
      return { senderIds, lifted: [] };
    case 'quality':
      await storeQuality(transaction, known, event, change);
      return { senderIds, lifted: [] };
    case 'trouble':
    case 'notice': {
      const column = change.kind === 'trouble' ? 'account_error' : 'notice';
      await rows(
        transaction,
        `/* storeNews */ UPDATE senders SET ${column} = $2, account_at = $3 WHERE id = ANY ($1::uuid[])`,
        [ofNumber(known, event.number).map(({ id }) => id), change.text, at],
      );
      return { senderIds, lifted: [] };
    }
  }
}

/** Of all businesses that have the account. */
function lockSenders(
  transaction: EntityManager,
  { wabaId, at }: AccountEvent,
  time: string,
): Promise<KnownSender[]> {
  return rows<KnownSender>(
    transaction,
    `/* lockSendersOfAccount */ SELECT id, business_id, restrictions, clock_timestamp() AS now,
       ARRAY[whatsapp_number, regexp_replace(display_phone_number, '\\D', '', 'g')] AS numbers
     FROM senders WHERE waba_id = $1 AND (${time} IS NULL OR ${time} <= $2) ORDER BY id FOR NO KEY UPDATE`,
    [wabaId, at],
  );
}

async function storeRestrictions(
  transaction: EntityManager,
  id: string,
  restrictions: readonly Restriction[],
  at: Date,
): Promise<void> {
  await rows(
    transaction,
    `/* storeRestrictions */ UPDATE senders SET restrictions = $2, account_at = $3,
       notice = CASE WHEN $2::jsonb = '[]' AND restrictions <> '[]'
         THEN 'WhatsApp has lifted the restriction. Paused campaigns can be resumed.' ELSE notice END,
       account_error = CASE WHEN $2::jsonb = '[]' THEN NULL ELSE account_error END,
       send_error = CASE WHEN $2::jsonb = '[]' THEN NULL ELSE send_error END
     WHERE id = $1`,
    [id, JSON.stringify(restrictions), at],
  );
}

/** Low quality is told by the event itself; how good it is again afterwards is read. A new limit concerns the account. */
async function storeQuality(
  transaction: EntityManager,
  known: readonly KnownSender[],
  { number, at }: AccountEvent,
  change: Extract<AccountChange, { kind: 'quality' }>,
): Promise<void> {
  const { flagged, limit, highThroughput } = change;
  await rows(
    transaction,
    `/* storeQuality */ UPDATE senders SET quality_at = $2,
       status = CASE WHEN $3::boolean THEN 'FLAGGED' WHEN NOT $3 AND status = 'FLAGGED' THEN 'CONNECTED' ELSE status END,
       quality_rating = CASE WHEN $3 THEN 'RED' WHEN NOT $3 AND quality_rating = 'RED' THEN 'UNKNOWN' ELSE quality_rating END,
       health_due_at = CASE WHEN NOT $3 THEN now() ELSE health_due_at END,
       throughput = CASE WHEN $4 THEN 'HIGH' ELSE throughput END
     WHERE id = ANY ($1::uuid[])`,
    [ofNumber(known, number).map(({ id }) => id), at, flagged ?? null, highThroughput],
  );
  if (limit !== undefined)
    await storeLimit(
      transaction,
      known.map(({ id }) => id),
      limit,
      at,
      'quality_at',
    );
}

async function storeLimit(
  transaction: EntityManager,
  ids: readonly string[],
  text: string,
  at: Date,
  time: 'limit_at' | 'quality_at',
): Promise<void> {
  const limit = limitOf(text);
  if (limit === undefined) return;
  await rows(
    transaction,
    `/* storeLimit */ UPDATE senders SET messaging_limit = $2, messaging_limit_read_at = now(), ${time} = $3
     WHERE id = ANY ($1::uuid[])`,
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
