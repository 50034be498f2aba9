import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { WebhookEvents } from '../../whatsapp/webhook-events';

/** A number is looked up again after this: a sender may have been added meanwhile. */
const askAgainMs = 5000;
/** Ids that are remembered; a flood of made-up ones must not fill the memory. */
const mostIds = 10_000;

/** Notes when the first webhook about each number came, and clears what was noted of refused ones. */
export class HeardNumbers {
  /** Ids of numbers and accounts, and when they were looked up, by performance.now(). */
  private readonly asked = new Map<string, number>();

  constructor(private readonly database: Sql) {}

  /** @throws what the database threw */
  async note({ numbers, templates, accounts }: WebhookEvents): Promise<void> {
    const now = performance.now();
    const isNew = (id: string) => now - (this.asked.get(id) ?? -Infinity) > askAgainMs;
    const numberIds = [...numbers].filter(isNew);
    const accountIds = [...new Set([...templates, ...accounts].map(({ wabaId }) => wabaId))].filter(isNew);
    if (numberIds.length + accountIds.length === 0) return;
    await rows(
      this.database,
      `/* noteHeard */ UPDATE senders SET webhook_heard_at = coalesce(webhook_heard_at, now()), webhook_refused_at = NULL,
         verification_refused_at = NULL
       WHERE (phone_number_id = ANY ($1::text[]) OR waba_id = ANY ($2::text[]))
         AND (webhook_heard_at IS NULL OR coalesce(webhook_refused_at, verification_refused_at) IS NOT NULL)`,
      [numberIds, accountIds],
    );
    if (this.asked.size > mostIds) this.asked.clear();
    for (const id of [...numberIds, ...accountIds]) this.asked.set(id, now);
  }
}
