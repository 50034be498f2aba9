import type { DataSource } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { CatalogService } from '../../catalog/catalog.service';
import { TemplateQuality } from '../../catalog/templates/template.entity';
import { rows } from '../../infra/database';
import type { Log } from '../../infra/log';
import type { TemplateEvent } from '../../whatsapp/template-events';
import type { TemplatePauses } from './template-pauses';
import { pauseReason } from './template-reasons';

/** A template that an event is about, after the event. */
interface ChangedTemplate {
  id: string;
  business_id: string;
  category_before: string;
  /** When the event was stored first: a campaign that was resumed after this time is not paused for it again. */
  changed_at: Date;
}

/** A template that the library does not have is read at WhatsApp once in this time, however many events come. */
const readNewEveryMs = 5000;

/**
 * Brings the library up to what WhatsApp reports about templates, and pauses the active campaigns that may not go on.
 * Repeated and late events change nothing. If the process dies between the two, WhatsApp delivers the event again.
 */
export class TemplateChanges {
  /** When templates that the library did not have were read last, by business, account, name and language. */
  private readonly newReadAt = new Map<string, number>();

  constructor(
    private readonly database: DataSource,
    private readonly catalog: CatalogService,
    private readonly accounts: AccountsService,
    private readonly pauses: TemplatePauses,
    private readonly log: Log,
  ) {}

  /** Resolves after the commits. @throws what the database threw */
  async take(events: readonly TemplateEvent[]): Promise<void> {
    for (const event of events) {
      const changed = await storeChange(this.database, event);
      for (const template of changed) {
        const reason = pauseReason(event.change, template.category_before);
        if (reason) await this.pauses.pause(template.id, reason, template.changed_at);
        if (event.change.kind === 'components') await this.readAgain(template);
      }
      if (event.change.kind !== 'status' || event.change.status !== 'DELETED') await this.readNew(event);
    }
  }

  /** The event has the texts only: the rest of the template is read at WhatsApp. */
  private async readAgain({ id, business_id: businessId }: ChangedTemplate): Promise<void> {
    const { wabaId } = await this.catalog.template(businessId, id);
    const sender = await this.accounts.senderOfAccount(businessId, wabaId);
    const read = sender && (await this.catalog.refreshTemplate(sender, id));
    if (!read?.current)
      this.log.warn({ templateId: id }, 'a changed template could not be read; a sync will');
  }

  /** An event says too little to add a template to the library: it is read at WhatsApp, with all its languages. */
  private async readNew(event: TemplateEvent): Promise<void> {
    const { wabaId, name, language } = event;
    for (const { business_id: businessId } of await withoutTemplate(this.database, event)) {
      const key = [businessId, wabaId, name, language].join('/');
      if (!this.mayRead(key)) continue;
      const sender = await this.accounts.senderOfAccount(businessId, wabaId);
      if (!sender) continue;
      try {
        if (await this.catalog.readTemplates(sender, { wabaId, name })) continue;
      } catch (error) {
        // WhatsApp delivers the event again
        this.newReadAt.delete(key);
        throw error;
      }
      this.log.warn({ businessId, name, language }, 'a new template could not be read; a sync will');
    }
  }

  private mayRead(key: string): boolean {
    const now = Date.now();
    for (const [read, at] of this.newReadAt) {
      if (now - at < readNewEveryMs) break;
      this.newReadAt.delete(read);
    }
    if (this.newReadAt.has(key)) return false;
    this.newReadAt.set(key, now);
    return true;
  }
}

/**
 * The businesses with the account of an event whose library does not have the template: it was made in WhatsApp
 * Manager, or made again after a deletion and so has another id.
 */
function withoutTemplate(
  database: DataSource,
  { wabaId, whatsappId, name, language }: TemplateEvent,
): Promise<{ business_id: string }[]> {
  return rows<{ business_id: string }>(
    database,
    `/* businessesWithoutTemplate */ SELECT DISTINCT business_id FROM senders s
     WHERE waba_id = $1 AND NOT EXISTS (
       SELECT FROM templates t WHERE t.business_id = s.business_id AND t.waba_id = $1
         AND t.name = $2 AND t.language = $3 AND ($4 = '' OR t.whatsapp_id = $4))
     ORDER BY business_id`,
    [wabaId, name, language, whatsappId],
  );
}

/**
 * Writes an event into the library of each business with the account, unless a later event of its kind is there.
 * `changed_at` stays when the same event comes again.
 */
function storeChange(database: DataSource, event: TemplateEvent): Promise<ChangedTemplate[]> {
  const { wabaId, whatsappId, name, language, at, change } = event;
  const time = `${change.kind}_at`;
  return rows<ChangedTemplate>(
    database,
    `/* storeTemplateChange */ WITH old AS (
       SELECT id, category, changed_at, ${time} IS NOT DISTINCT FROM $5
         AND status = coalesce($6, status) AND category = coalesce($9, category) AS repeated
       FROM templates WHERE waba_id = $1 AND name = $2 AND language = $3 AND ($4 = '' OR whatsapp_id = $4)
         AND (${time} IS NULL OR ${time} <= $5)
       ORDER BY id FOR NO KEY UPDATE
     )
     UPDATE templates t SET
       ${time} = $5,
       changed_at = CASE WHEN old.repeated THEN t.changed_at ELSE clock_timestamp() END,
       status = coalesce($6, t.status),
       rejected_reason = CASE WHEN $6::text IS NULL THEN t.rejected_reason WHEN $6 = 'REJECTED' THEN $7 END,
       quality = coalesce($8, t.quality),
       category = coalesce($9, t.category)
     FROM old WHERE t.id = old.id
     RETURNING t.id, t.business_id, old.category AS category_before, t.changed_at`,
    [
      wabaId,
      name,
      language,
      whatsappId,
      at,
      change.kind === 'status' ? change.status : null,
      change.kind === 'status' ? change.reason : null,
      change.kind === 'quality'
        ? (Object.values<string>(TemplateQuality).find((one) => one === change.quality) ?? null)
        : null,
      change.kind === 'category' ? change.category : null,
    ],
  );
}
