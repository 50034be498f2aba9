import type { DataSource } from 'typeorm';
import { rows, transact } from '../infra/database';
import type { Log } from '../infra/log';
import { within } from '../infra/within';
import { WhatsAppError, WhatsAppUnreachable } from '../whatsapp/client';
import type { WhatsAppClient } from '../whatsapp/client';
import { refusalText } from '../whatsapp/error-catalogue';
import type { ReportedError } from '../whatsapp/error-catalogue';
import { readNumber, subscribe } from '../whatsapp/numbers';
import type { NumberAtWhatsApp } from '../whatsapp/numbers';
import type { AccountsService } from './accounts.service';
import { limitOf } from './messaging-limit';
import { numberBanned, restrictedBy, restrictionSentence } from './restrictions';
import type { Restriction } from './restrictions';
import { Sender } from './sender.entity';
import { QualityRating, SenderStatus, SenderThroughput, wordOf } from './sender-words';

/** What came of reading a number: what WhatsApp has, or its refusal, or that it could not be asked. */
export type Reading =
  | { kind: 'read'; number: NumberAtWhatsApp }
  | { kind: 'refused'; error: ReportedError }
  | { kind: 'unreachable' };

/** WhatsApp's news come by webhook; what got lost on the way is seen after this at the latest. */
const readAgainMinutes = 60;
/** After a refusal, and after a call that got no answer. */
const refusedMinutes = 10;
const unreachableMinutes = 1;
/** How long the answer to a person waits for WhatsApp. */
const patienceMs = 3000;

/** Reads from WhatsApp how the numbers are, and keeps it with the senders. */
export class SenderHealth {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Pick<AccountsService, 'credentials'>,
    private readonly whatsapp: WhatsAppClient,
    private readonly log: Log,
  ) {}

  /** Reads a number and stores what is said. Rejects only for the database. */
  async refresh(sender: Sender): Promise<Reading> {
    try {
      const number = await readNumber(this.whatsapp, this.accounts.credentials(sender));
      await store(this.database, sender.id, number);
      return { kind: 'read', number };
    } catch (err) {
      if (err instanceof WhatsAppError) {
        const { reported: error } = err;
        await storeFailure(this.database, sender.id, refusalText(error), refusedMinutes);
        return { kind: 'refused', error };
      }
      if (!(err instanceof WhatsAppUnreachable)) throw err;
      this.log.debug({ err, senderId: sender.id }, 'a number could not be read');
      await storeFailure(this.database, sender.id, null, unreachableMinutes);
      return { kind: 'unreachable' };
    }
  }

  /** {@link refresh} for a person who waits, but not for long. @returns the sender as it is then */
  async refreshSoon(sender: Sender): Promise<Sender> {
    await within(patienceMs, this.refresh(sender));
    return this.database.getRepository(Sender).findOneByOrFail({ id: sender.id });
  }

  /**
   * For a new number or token: lets the token's app get the account's webhooks. Not asked before: an app that has them
   * already may be another one, and at Meta a second subscription changes nothing. That it did not work is seen by testSender.
   */
  async subscribeSoon(sender: Sender): Promise<void> {
    await within(patienceMs, subscribe(this.whatsapp, this.accounts.credentials(sender))).catch(
      (err: unknown) =>
        this.log.debug({ err, senderId: sender.id }, 'the webhooks of an account could not be subscribed to'),
    );
  }
}

/** The words that a number needs to take part at all; WhatsApp restricts some of them. */
const connected: readonly SenderStatus[] = [
  SenderStatus.CONNECTED,
  SenderStatus.FLAGGED,
  SenderStatus.RATE_LIMITED,
  SenderStatus.RESTRICTED,
];

/** The status with what the account forbids. Pure. */
export function statusOf({ status, restrictions }: Pick<Sender, 'status' | 'restrictions'>): SenderStatus {
  if (status === SenderStatus.DELETED || status === SenderStatus.BANNED) return status;
  const types = restrictions.map(({ type }) => type);
  if (types.includes('ACCOUNT_DELETED')) return SenderStatus.DELETED;
  if (types.includes('ACCOUNT_DISABLED')) return SenderStatus.BANNED;
  return types.length > 0 ? SenderStatus.RESTRICTED : status;
}

/** What is wrong at present, with its cure: the restrictions come first. Pure. */
export function lastErrorOf({
  restrictions,
  readError,
  sendError,
  accountError,
}: Pick<Sender, 'restrictions' | 'readError' | 'sendError' | 'accountError'>): string | null {
  const sentences = restrictions.map(restrictionSentence);
  return sentences.length > 0 ? sentences.join(' ') : (readError ?? sendError ?? accountError);
}

async function store(database: DataSource, id: string, number: NumberAtWhatsApp): Promise<void> {
  const limit = limitOf(number.messagingLimit);
  const status = wordOf(SenderStatus, number.status);
  await transact(database, async (transaction) => {
    const [row] = await rows<{ restrictions: Restriction[]; now: Date }>(
      transaction,
      `/* lockSender */ SELECT restrictions, clock_timestamp() AS now FROM senders WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    if (!row) return;
    await rows(
      transaction,
      `/* storeHealth */ UPDATE senders SET status = $2, quality_rating = $3, throughput = $4,
         whatsapp_number = coalesce(nullif($5, ''), whatsapp_number), restrictions = $6,
         verified_name = coalesce(nullif($11, ''), verified_name),
         connected_at = CASE WHEN $7::boolean THEN coalesce(connected_at, now()) END,
         messaging_limit = CASE WHEN $8::boolean THEN $9::int ELSE messaging_limit END,
         -- the forecast asks by itself the first time, and counts on this for an hour
         messaging_limit_read_at = CASE WHEN $8 AND messaging_limit_read_at IS NOT NULL THEN now()
           ELSE messaging_limit_read_at END,
         read_error = NULL, health_read_at = now(), health_due_at = now() + make_interval(mins => $10)
       WHERE id = $1`,
      [
        id,
        status,
        wordOf(QualityRating, number.qualityRating),
        wordOf(SenderThroughput, number.throughput),
        number.number,
        JSON.stringify(withBan(row.restrictions, status === SenderStatus.BANNED, row.now)),
        connected.includes(status),
        limit !== undefined,
        limit ?? null,
        readAgainMinutes,
        number.name,
      ],
    );
  });
}

/** A ban that is over ends now; the sweep tells it to the campaigns. */
function withBan(restrictions: readonly Restriction[], banned: boolean, now: Date): Restriction[] {
  if (banned) return restrictedBy(restrictions, [{ type: numberBanned, until: null }], now);
  return restrictions.map((one) => (one.type === numberBanned ? { ...one, until: now.toISOString() } : one));
}

async function storeFailure(
  database: DataSource,
  id: string,
  error: string | null,
  minutes: number,
): Promise<void> {
  await rows(
    database,
    `/* storeUnread */ UPDATE senders SET read_error = coalesce($2, read_error),
       health_due_at = now() + make_interval(mins => $3) WHERE id = $1`,
    [id, error, minutes],
  );
}
