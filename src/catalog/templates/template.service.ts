import type { DataSource } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Sender } from '../../accounts/sender.entity';
import type { Viewer } from '../../accounts/viewer';
import { rows, transact } from '../../infra/database';
import { badInput, badInputs, notFound, UserError } from '../../infra/errors';
import { isUuid } from '../../infra/input';
import type { Credentials, WhatsAppClient } from '../../whatsapp/client';
import { WhatsAppError, WhatsAppUnreachable } from '../../whatsapp/client';
import { createTemplate, deleteTemplate } from '../../whatsapp/template-calls';
import type { NewTemplate } from '../../whatsapp/template-calls';
import type { CatalogService } from '../catalog.service';
import { inUpperCase } from './component';
import { withExamples } from './examples';
import { checkTemplateForm } from './form/template-form';
import type { FormProblem } from './form/problems';
import { lastRead, readSyncs } from './list-templates';
import { trackedUrl } from './part-shape';
import type { TemplateAccount } from './store-templates';
import { templateRefusal } from './template-refusal';
import { Template } from './template.entity';
import type { CreateTemplateInput, TemplateLibrary } from './template.graphql';

/** Makes and deletes templates at WhatsApp, together with the library's copies. Syncing is in catalog.service.ts. */
export class TemplateService {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly catalog: CatalogService,
    private readonly whatsapp: WhatsAppClient,
    private readonly publicUrl: string,
  ) {}

  /** @throws NOT_FOUND for an unknown id, and for a template of a business that the viewer may not see */
  async template(viewer: Viewer, id: string): Promise<Template> {
    const template = isUuid(id) ? await this.templateRows.findOneBy({ id }) : null;
    if (!template || !viewer.sees(template.businessId)) throw notFound('Template');
    template.syncedAt = lastRead(template, await readSyncs(this.database, template.businessId));
    return template;
  }

  /** The library as a whole. */
  async library(businessId: string): Promise<TemplateLibrary> {
    const syncs = [...(await readSyncs(this.database, businessId)).values()];
    const languages = await rows<{ language: string }>(
      this.database,
      `/* libraryLanguages */ SELECT DISTINCT language FROM templates WHERE business_id = $1 ORDER BY language`,
      [businessId],
    );
    return {
      syncedAt: syncs.reduce<Date | null>((first, at) => (first && first < at ? first : at), null),
      languages: languages.map(({ language }) => language),
      trackedUrl: trackedUrl(this.publicUrl),
    };
  }

  /** What WhatsApp would refuse in a new template. @throws NOT_FOUND for ids of another business */
  async check(viewer: Viewer, input: CreateTemplateInput): Promise<FormProblem[]> {
    const business = await this.accounts.business(viewer, input.businessId);
    if (input.senderId) await this.accounts.senderFor(business.id, input.senderId);
    return checkTemplateForm(draftOf(input));
  }

  /**
   * Hands a template in at WhatsApp for its review and adds it to the library, with the status that WhatsApp gives it.
   * @throws BAD_USER_INPUT with all problems of its form, or with what WhatsApp says against it; NOT_FOUND for ids of
   *   another business
   */
  async createTemplate(viewer: Viewer, input: CreateTemplateInput): Promise<Template> {
    const business = await this.accounts.business(viewer, input.businessId);
    const sender = await this.senderOf(business.id, input.senderId);
    const problems = checkTemplateForm(draftOf(input));
    if (problems.length > 0) throw badInputs(problems);
    const draft = draftOf(input);
    const credentials = this.accounts.credentials(sender);
    const template = await this.ask(async (): Promise<NewTemplate> => {
      const components = await withExamples(this.database, this.whatsapp, credentials, business.id, draft);
      const { name, language, category, parameterFormat } = draft;
      return {
        name,
        language,
        category,
        parameter_format: parameterFormat === 'NAMED' ? 'NAMED' : 'POSITIONAL',
        components,
      };
    });
    const askedAt = await this.databaseTime();
    const created = await this.ask(() => createTemplate(this.whatsapp, credentials, template));
    const account = { businessId: business.id, wabaId: sender.wabaId };
    const listed = [{ status: 'PENDING', ...template, ...created, quality_score: { score: 'UNKNOWN' } }];
    const [key] = await this.catalog.store(account, { askedAt, listed });
    const stored = key && (await this.templateRows.findOneBy({ ...account, ...key }));
    if (!stored) throw new Error(`template ${template.name} was not stored`);
    await this.readReview(account, credentials, stored.name);
    return this.template(viewer, stored.id);
  }

  /** A webhook about the review may have come before there was a row for it. A list without the new one says nothing. */
  private async readReview(account: TemplateAccount, credentials: Credentials, name: string): Promise<void> {
    const askedAt = await this.databaseTime();
    try {
      const listed = await this.whatsapp.templates(credentials, name);
      await this.catalog.store(account, { askedAt, listed });
    } catch (error) {
      if (!(error instanceof WhatsAppError || error instanceof WhatsAppUnreachable)) throw error;
    }
  }

  /**
   * Deletes one language of a template at WhatsApp; in the library it stays as DELETED, for the campaigns that used it.
   * Drafts with it need another template. A campaign that starts at this very moment pauses when WhatsApp reports the
   * deletion.
   * @throws CONFLICT naming the scheduled, active and paused campaigns that use it, or when WhatsApp refuses
   */
  async deleteTemplate(viewer: Viewer, id: string): Promise<Template> {
    const template = await this.template(viewer, id);
    if (template.status === 'DELETED') return template;
    await this.mustNotBeUsed(template);
    const { businessId, wabaId, whatsappId, name } = template;
    const sender = await this.accounts.senderOfAccount(businessId, wabaId);
    if (!sender)
      throw new UserError('CONFLICT', 'The business has no number of the WhatsApp account any more');
    try {
      const credentials = { ...this.accounts.credentials(sender), wabaId };
      await deleteTemplate(this.whatsapp, credentials, { id: whatsappId, name });
    } catch (error) {
      // somebody else may have deleted it at WhatsApp
      const gone =
        error instanceof WhatsAppError &&
        (await this.catalog.refreshTemplate(sender, id)).template.status === 'DELETED';
      if (!gone) throw deletionError(error, name);
    }
    await this.markDeleted(id);
    return this.template(viewer, id);
  }

  /** A sync that began before does not undo it; drafts say from then on that they need a template. */
  private markDeleted(id: string): Promise<void> {
    return transact(this.database, async (transaction) => {
      await rows(
        transaction,
        `/* markDeleted */ UPDATE templates SET status = 'DELETED', changed_at = clock_timestamp() WHERE id = $1`,
        [id],
      );
      await rows(
        transaction,
        `/* draftsOfDeleted */ UPDATE campaigns SET incomplete = true
         WHERE template_id = $1 AND status = 'DRAFT' AND NOT incomplete`,
        [id],
      );
    });
  }

  private async mustNotBeUsed({ id, businessId, name, language }: Template): Promise<void> {
    const users = await rows<{ name: string }>(
      this.database,
      `/* templateUsers */ SELECT campaign_name AS name FROM campaigns
       WHERE business_id = $1 AND template_id = $2 AND status IN ('SCHEDULED', 'ACTIVE', 'PAUSED')
       ORDER BY campaign_name, id`,
      [businessId, id],
    );
    if (users.length === 0) return;
    const named = users.slice(0, mostNamed).map((user) => `"${user.name}"`);
    const others = users.length > mostNamed ? ` and ${users.length - mostNamed} others` : '';
    throw new UserError(
      'CONFLICT',
      `The template ${name} (${language}) is used by ${named.join(', ')}${others}: cancel ${users.length === 1 ? 'this campaign' : 'these campaigns'} or wait until all messages are sent`,
    );
  }

  private async senderOf(businessId: string, senderId: string | null | undefined): Promise<Sender> {
    const sender = await this.accounts.senderFor(businessId, senderId);
    if (!senderId && (await this.accounts.hasOtherAccount(sender)))
      throw badInput(
        'input.senderId',
        'a number of the WhatsApp account that gets the template, because the business has several accounts',
      );
    return sender;
  }

  /** The clock that rows of the library are compared by. */
  private async databaseTime(): Promise<Date> {
    const [row] = await rows<{ now: Date }>(this.database, `/* databaseTime */ SELECT now()`);
    if (!row) throw new Error('SELECT now() gave no row');
    return row.now;
  }

  private async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof WhatsAppUnreachable)
        throw new UserError(
          'SERVICE_UNAVAILABLE',
          'WhatsApp gave no answer. The template may have been created: synchronise the templates before you try again',
        );
      throw error instanceof WhatsAppError ? templateRefusal(error.reported) : error;
    }
  }

  private get templateRows() {
    return this.database.getRepository(Template);
  }
}

/** Of the campaigns that keep a template from being deleted. */
const mostNamed = 5;

function draftOf({ name, language, category, parameterFormat, components }: CreateTemplateInput) {
  return {
    name,
    language,
    category,
    parameterFormat: parameterFormat ?? 'POSITIONAL',
    components: inUpperCase(components),
  };
}

function deletionError(error: unknown, name: string): unknown {
  if (error instanceof WhatsAppUnreachable)
    return new UserError('SERVICE_UNAVAILABLE', 'WhatsApp cannot be reached right now; please try again');
  if (!(error instanceof WhatsAppError)) return error;
  const { code, details } = error.reported;
  const said = details ? `: ${details.slice(0, 500).toWellFormed()}` : '';
  return new UserError('CONFLICT', `WhatsApp did not delete the template ${name}${said} (error ${code})`);
}
