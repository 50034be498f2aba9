import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { Log } from '../../infra/log';
import type { WebhookEvents } from '../../whatsapp/webhook-events';

/** A number is looked up again after this: a sender may have been added, or a webhook refused, meanwhile. */
const askAgainMs = 5000;
/** Ids that are remembered; a flood of made-up ones must not fill the memory. */
const mostIds = 10_000;

/** Notes when the first webhook about each number came, and clears what was noted of refused ones before the latest. */
export class HeardNumbers {
  /** Ids of numbers and accounts, and when they were looked up, by performance.now(). */
  private readonly asked = new Map<string, number>();
  /** When the latest webhook came about ids that were looked up a short time ago: they are looked up once more. */
  private readonly waiting = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Sql,
    private readonly log: Log,
  ) {}

  /** @throws what the database threw */
  async note({ numbers, templates, accounts }: WebhookEvents): Promise<void> {
    const now = performance.now();
    const due = new Map<string, number>();
    for (const id of [...numbers, ...[...templates, ...accounts].map(({ wabaId }) => wabaId)])
      (now - (this.asked.get(id) ?? -Infinity) > askAgainMs ? due : this.waiting).set(id, now);
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => void this.noteWaiting(), askAgainMs).unref();
    await this.store(due, now);
  }

  private async noteWaiting(): Promise<void> {
    this.timer = undefined;
    const heard = new Map(this.waiting);
    this.waiting.clear();
    await this.store(heard, performance.now()).catch((err: unknown) =>
      // while the database is away webhooks are not accepted, and WhatsApp delivers them again
      this.log.debug({ err }, 'webhooks were not noted with their numbers'),
    );
  }

  /** @param heard when the latest webhook about each id came */
  private async store(heard: ReadonlyMap<string, number>, now: number): Promise<void> {
    if (heard.size === 0) return;
    await rows(
      this.database,
      `/* noteHeard */ WITH heard AS (
         SELECT id, now() - make_interval(secs => ago) AS at FROM unnest($1::text[], $2::float8[]) AS h (id, ago)
       ), latest AS (
         SELECT s.id, max(heard.at) AS at FROM senders s JOIN heard ON heard.id IN (s.phone_number_id, s.waba_id)
         WHERE (s.phone_number_id = ANY ($1::text[]) OR s.waba_id = ANY ($1::text[]))
           AND (s.webhook_heard_at IS NULL OR coalesce(s.webhook_refused_at, s.verification_refused_at) IS NOT NULL)
         GROUP BY s.id
       )
       UPDATE senders s SET webhook_heard_at = coalesce(s.webhook_heard_at, now()),
         webhook_refused_at = CASE WHEN s.webhook_refused_at > latest.at THEN s.webhook_refused_at END,
         verification_refused_at = CASE WHEN s.verification_refused_at > latest.at THEN s.verification_refused_at END
       FROM latest WHERE s.id = latest.id`,
      [[...heard.keys()], [...heard.values()].map((at) => (now - at) / 1000)],
    );
    if (this.asked.size > mostIds) this.asked.clear();
    for (const id of heard.keys()) this.asked.set(id, now);
  }
}
