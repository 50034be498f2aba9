import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import type { Log } from '../infra/log';

/** Anybody can post to the address: at most one refused request in this time is parsed and noted. */
const restMs = 5000;

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
  /** By performance.now(). */
  private readonly latest = { signature: -Infinity, verification: -Infinity };

  constructor(
    private readonly database: Sql,
    private readonly log: Log,
  ) {}

  /** A webhook came with a wrong signature. @param read what it is about; called only if it will be noted */
  async noteSignature(read: () => RefusedSubjects): Promise<void> {
    if (!this.isDue('signature')) return;
    const { phoneNumberIds, wabaIds } = read();
    if (phoneNumberIds.length + wabaIds.length === 0) return;
    await this.write(
      `/* noteRefusedWebhook */ UPDATE senders SET webhook_refused_at = now()
       WHERE phone_number_id = ANY ($1::text[]) OR waba_id = ANY ($2::text[])`,
      [phoneNumberIds, wabaIds],
    );
  }

  /** Meta's verification request names no number: it concerns those that have not had a webhook yet. */
  async noteVerification(): Promise<void> {
    if (!this.isDue('verification')) return;
    await this.write(
      `/* noteRefusedVerification */ UPDATE senders SET verification_refused_at = now() WHERE webhook_heard_at IS NULL`,
    );
  }

  /** The verify word was right. */
  async forgetVerification(): Promise<void> {
    this.latest.verification = -Infinity;
    await this.write(
      `/* forgetRefusedVerification */ UPDATE senders SET verification_refused_at = NULL
       WHERE verification_refused_at IS NOT NULL`,
    );
  }

  private async write(sql: string, parameters: unknown[] = []): Promise<void> {
    await rows(this.database, sql, parameters).catch((err: unknown) =>
      this.log.debug({ err }, 'a refused webhook was not noted'),
    );
  }

  private isDue(what: 'signature' | 'verification'): boolean {
    const now = performance.now();
    if (now - this.latest[what] < restMs) return false;
    this.latest[what] = now;
    return true;
  }
}
