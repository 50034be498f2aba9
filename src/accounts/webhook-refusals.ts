import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import type { Log } from '../infra/log';

/** Anybody can post to the address: at most one refused request in this time is noted with numbers. */
const restMs = 5000;
/** And at most one in this time is parsed. What names no number of ours must not hide for longer what does. */
const parseEveryMs = 100;
/** Ids of one refused webhook that are looked for: WhatsApp's name one. */
const mostIds = 20;

/** What a refused webhook claims to be about, by WhatsApp's ids. Without a right signature anybody may have made it up. */
export interface RefusedSubjects {
  phoneNumberIds: readonly string[];
  wabaIds: readonly string[];
}

/**
 * Notes with the numbers when webhooks or Meta's verification request were refused, so that `testSender` can tell a wrong
 * app secret or verify word from webhooks that never came. Each process has one. If the database cannot be reached, the
 * refusal is not noted.
 */
export class WebhookRefusals {
  /** When the next one may be looked at, by performance.now(). */
  private readonly next = { signature: -Infinity, verification: -Infinity };

  constructor(
    private readonly database: Sql,
    private readonly log: Log,
  ) {}

  /** A webhook came with a wrong signature. @param read what it is about; not called for every one */
  async noteSignature(read: () => RefusedSubjects): Promise<void> {
    if (!this.isDue('signature', parseEveryMs)) return;
    const { phoneNumberIds, wabaIds } = read();
    if (phoneNumberIds.length + wabaIds.length === 0) return;
    const few = (ids: readonly string[]) => [...new Set(ids)].slice(0, mostIds);
    const noted = await this.write(
      `/* noteRefusedWebhook */ UPDATE senders SET webhook_refused_at = now()
       WHERE phone_number_id = ANY ($1::text[]) OR waba_id = ANY ($2::text[]) RETURNING id`,
      [few(phoneNumberIds), few(wabaIds)],
    );
    if (noted.length > 0) this.next.signature = performance.now() + restMs;
  }

  /** Meta's verification request names no number: it concerns those that have not had a webhook yet. */
  async noteVerification(): Promise<void> {
    if (!this.isDue('verification', restMs)) return;
    await this.write(
      `/* noteRefusedVerification */ UPDATE senders SET verification_refused_at = now() WHERE webhook_heard_at IS NULL`,
    );
  }

  /** The verify word was right. */
  async forgetVerification(): Promise<void> {
    this.next.verification = -Infinity;
    await this.write(
      `/* forgetRefusedVerification */ UPDATE senders SET verification_refused_at = NULL
       WHERE verification_refused_at IS NOT NULL`,
    );
  }

  private write(sql: string, parameters: unknown[] = []): Promise<unknown[]> {
    return rows(this.database, sql, parameters).catch((err: unknown) => {
      this.log.debug({ err }, 'a refused webhook was not noted');
      return [];
    });
  }

  private isDue(what: 'signature' | 'verification', everyMs: number): boolean {
    const now = performance.now();
    if (now < this.next[what]) return false;
    this.next[what] = now + everyMs;
    return true;
  }
}
