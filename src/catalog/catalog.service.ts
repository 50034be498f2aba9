import { In } from 'typeorm';
import type { AccountsService } from '../accounts/accounts.service';
import type { Sender } from '../accounts/sender.entity';
import type { Viewer } from '../accounts/viewer';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import { badInput, notFound, UserError } from '../infra/errors';
import { isUuid } from '../infra/input';
import type { WhatsAppClient } from '../whatsapp/client';
import { WhatsAppError, WhatsAppUnreachable } from '../whatsapp/client';
import { policyFor } from '../whatsapp/error-catalogue';
import type { UpdateTemplateInput } from './catalog.graphql';
import { Media } from './media/media.entity';
import { Product } from './products/product.entity';
import { listTemplates } from './templates/list-templates';
import type { TemplateFilter } from './templates/list-templates';
import { optOutChoice, quickReplies } from './templates/opt-out-buttons';
import { markMissing, noteSync, storeTemplates } from './templates/store-templates';
import type { Listing, ReadChange, TemplateAccount, TemplateKey } from './templates/store-templates';
import { buttonsOf } from './templates/template-shape';
import { Template } from './templates/template.entity';

/** How a campaign names its template: by its id in the library, or by name and language. */
export interface TemplateChoice {
  templateId?: string | null | undefined;
  whatsappTemplateName?: string | null | undefined;
  whatsappTemplateLanguage?: string | null | undefined;
}

/** A template read again at WhatsApp, or the library's copy where that was not possible. */
export interface RefreshedTemplate {
  template: Template;
  /** false: WhatsApp could not be asked, and the template may have changed there. */
  current: boolean;
}

/** A library copy that is younger is taken as it is when a campaign is created. */
const freshForMs = 60_000;

/**
 * The template library, and what campaigns name of products and media. `changed` gets what a read at WhatsApp changed of
 * templates, after it is stored, for the campaigns that use them.
 */
export class CatalogService {
  constructor(
    private readonly database: Sql,
    private readonly accounts: AccountsService,
    private readonly whatsapp: WhatsAppClient,
    private readonly changed: (changes: readonly ReadChange[]) => Promise<void>,
  ) {}

  /** The library, by name and language. @throws BAD_USER_INPUT naming the argument */
  templates(businessId: string, filter: TemplateFilter = {}): Promise<Template[]> {
    return listTemplates(this.database, businessId, filter);
  }

  /** A template as the library has it. @throws NOT_FOUND for one that is not the business's */
  async template(businessId: string, id: string): Promise<Template> {
    const template = isUuid(id) ? await this.templateRows.findOneBy({ id, businessId }) : null;
    if (!template) throw notFound('Template');
    return template;
  }

  /**
   * Brings the library up to what WhatsApp has for each account of the business. Templates that did not change are not
   * written; what is gone at WhatsApp is marked DELETED; what a webhook told meanwhile stays.
   */
  async syncTemplates(businessId: string, senders: readonly Sender[]): Promise<Template[]> {
    if (senders.length === 0)
      throw badInput('businessId', 'a business with a sender (createSender adds one)');
    const accounts = new Map(senders.map((sender) => [sender.wabaId, sender]));
    for (const sender of accounts.values()) {
      const account = { businessId, wabaId: sender.wabaId };
      const askedAt = await this.databaseTime();
      const listed = await this.ask(() => this.whatsapp.templates(this.accounts.credentials(sender)));
      const there = await this.store(account, { askedAt, listed }, false);
      await this.changed(await markMissing(this.database, account, askedAt, there));
      await noteSync(this.database, account, askedAt);
    }
    return this.templates(businessId);
  }

  /**
   * Stores what WhatsApp listed, with its consequences for campaigns.
   * @param touch whether templates that did not change are noted as read
   * @returns the templates that were listed
   */
  async store(account: TemplateAccount, listing: Listing, touch = true): Promise<TemplateKey[]> {
    const { there, changed } = await storeTemplates(this.database, account, listing, touch);
    await this.changed(changed);
    return there;
  }

  /**
   * Reads a template of the library again at WhatsApp, with all its languages, and stores what WhatsApp says: before a
   * start, and after a refusal that blames the template (132000, 132001, 132012 …). One that is gone becomes DELETED.
   * @throws NOT_FOUND for a template that is not of the sender's business
   */
  async refreshTemplate(sender: Sender, templateId: string): Promise<RefreshedTemplate> {
    const template = await this.template(sender.businessId, templateId);
    const current = await this.readTemplates(sender, template);
    return {
      template: current ? await this.template(sender.businessId, templateId) : template,
      current,
    };
  }

  /**
   * Reads all languages of a template at WhatsApp, also one that the library does not have, and stores what WhatsApp
   * says. The account may be another one than the sender's.
   * @returns false when WhatsApp could not be asked
   */
  async readTemplates(sender: Sender, { wabaId, name }: Pick<Template, 'wabaId' | 'name'>): Promise<boolean> {
    const account = { businessId: sender.businessId, wabaId };
    const askedAt = await this.databaseTime();
    let listed: readonly unknown[];
    try {
      listed = await this.whatsapp.templates({ ...this.accounts.credentials(sender), wabaId }, name);
    } catch (error) {
      if (error instanceof WhatsAppUnreachable || error instanceof WhatsAppError) return false;
      throw error;
    }
    const there = await this.store(account, { askedAt, listed });
    await this.changed(await markMissing(this.database, account, askedAt, there, name));
    return true;
  }

  /**
   * The template that a campaign names. It is read from WhatsApp now, unless the library read it within the last minute,
   * has it approved, and no campaign with it has stopped since. If WhatsApp cannot be asked, an approved copy is used.
   * @returns undefined when none is named
   * @throws BAD_USER_INPUT naming the field: not there, or not approved; NOT_FOUND for a foreign id
   */
  async chooseTemplate(sender: Sender, choice: TemplateChoice): Promise<Template | undefined> {
    const { templateId, whatsappTemplateName: name, whatsappTemplateLanguage: language } = choice;
    if (templateId) {
      if (name) throw badInput('input.whatsappTemplateName', 'no value, because templateId is given');
      if (language) throw badInput('input.whatsappTemplateLanguage', 'no value, because templateId is given');
      const template = await this.template(sender.businessId, templateId);
      if (template.wabaId !== sender.wabaId) {
        throw badInput('input.templateId', "a template of the sender's own WhatsApp account");
      }
      return mustBeApproved(await this.upToDate(sender, template), 'input.templateId');
    }
    if (!name) {
      if (language)
        throw badInput(
          'input.whatsappTemplateName',
          'the name of a template when whatsappTemplateLanguage is given',
        );
      return undefined;
    }
    if (!/^[a-z0-9_]{1,512}$/.test(name))
      throw badInput('input.whatsappTemplateName', 'lower-case letters, digits and _');
    if (language && !/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(language)) {
      throw badInput('input.whatsappTemplateLanguage', 'a language code of WhatsApp, e.g. en, en_US or hi');
    }
    if (!language)
      throw badInput('input.whatsappTemplateLanguage', 'the language of the template, e.g. en or hi');
    const known = await this.findTemplate(sender, name, language);
    const template =
      known?.status === 'APPROVED'
        ? await this.upToDate(sender, known)
        : await this.lookUp(sender, name, language);
    return mustBeApproved(template, 'input.whatsappTemplateName');
  }

  /**
   * Decides which quick replies opt people out; what is left out stays.
   * @throws NOT_FOUND for a template of a business that the viewer does not see; BAD_USER_INPUT naming the field
   */
  async updateTemplate(viewer: Viewer, id: string, input: UpdateTemplateInput): Promise<Template> {
    const template = isUuid(id) ? await this.templateRows.findOneBy({ id }) : null;
    if (!template || !viewer.sees(template.businessId)) throw notFound('Template');
    const { optOutButtons } = input;
    if (optOutButtons === undefined) return template;
    const buttons = buttonsOf(template.components);
    const places = quickReplies(buttons).map(({ index }) => index);
    optOutButtons?.forEach((index, i) => {
      if (places.includes(index)) return;
      const expected =
        places.length > 0
          ? `the index of a quick reply: ${places.join(' or ')}`
          : 'no values, because this template has no quick replies';
      throw badInput(`input.optOutButtons.${i}`, expected);
    });
    const choice = optOutButtons && optOutChoice(buttons, optOutButtons);
    // a statement of its own: a sync that runs meanwhile keeps what it writes
    await this.templateRows
      .createQueryBuilder()
      .update({ optOutChoice: choice })
      .where({ id: template.id })
      .execute();
    return { ...template, optOutChoice: choice };
  }

  /** The products and the media by the ids as they were given. @throws NOT_FOUND if one is not the business's */
  async named(
    businessId: string,
    ids: { products: readonly string[]; media: readonly string[] },
  ): Promise<{ products: Map<string, Product>; media: Map<string, Media> }> {
    const products = await this.productsById(businessId, ids.products);
    if (ids.media.length === 0) return { products, media: new Map() };
    const found = await this.database
      .getRepository(Media)
      .findBy({ id: In(ids.media.filter(isUuid)), businessId });
    const media = ids.media.map((id): [string, Media] => {
      const one = found.find((known) => known.id === id.toLowerCase());
      if (!one) throw notFound('Media');
      return [id, one];
    });
    return { products, media: new Map(media) };
  }

  private async productsById(businessId: string, ids: readonly string[]): Promise<Map<string, Product>> {
    if (ids.length === 0) return new Map();
    const found = await this.database
      .getRepository(Product)
      .findBy({ id: In(ids.filter(isUuid)), businessId });
    return new Map(
      ids.map((id) => {
        const product = found.find((one) => one.id === id.toLowerCase());
        if (!product) throw notFound('Product');
        return [id, product];
      }),
    );
  }

  private findTemplate(
    { businessId, wabaId }: Sender,
    name: string,
    language: string,
  ): Promise<Template | null> {
    return this.templateRows.findOneBy({ businessId, wabaId, name, language });
  }

  private async upToDate(sender: Sender, template: Template): Promise<Template> {
    const [found] = await rows<{ fresh: boolean }>(
      this.database,
      `/* isTemplateFresh */ SELECT read.at > now() - make_interval(secs => $4) AND NOT EXISTS (
         SELECT FROM campaigns WHERE business_id = $1 AND template_id = $2 AND updated_at > read.at
           AND status IN ('PAUSED', 'CANCELLED', 'FAILED')
       ) AS fresh
       FROM (SELECT greatest($3, (SELECT synced_at FROM template_syncs WHERE business_id = $1 AND waba_id = $5)) AS at) read`,
      [template.businessId, template.id, template.syncedAt, freshForMs / 1000, template.wabaId],
    );
    if (template.status === 'APPROVED' && found?.fresh) return template;
    return (await this.refreshTemplate(sender, template.id)).template;
  }

  private async lookUp(sender: Sender, name: string, language: string): Promise<Template> {
    const { businessId, wabaId } = sender;
    const askedAt = await this.databaseTime();
    const listed = await this.ask(() => this.whatsapp.templates(this.accounts.credentials(sender), name));
    const found = await this.store({ businessId, wabaId }, { askedAt, listed });
    const languages = found.filter((one) => one.name === name).map((one) => one.language);
    const template = languages.includes(language) ? await this.findTemplate(sender, name, language) : null;
    if (template) return template;
    const others = languages.join(', ');
    throw badInput(
      'input.whatsappTemplateName',
      `a template that WhatsApp knows in the language ${language}${others && `; it exists in ${others}`}`,
    );
  }

  /** The clock that rows of the library and of campaigns are compared by. */
  private async databaseTime(): Promise<Date> {
    const [row] = await rows<{ now: Date }>(this.database, `/* databaseTime */ SELECT now()`);
    if (!row) throw new Error('SELECT now() gave no row');
    return row.now;
  }

  /** Makes a call to WhatsApp and turns its failure into an error for the caller. */
  private async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof WhatsAppUnreachable) {
        throw new UserError('SERVICE_UNAVAILABLE', 'WhatsApp cannot be reached right now; please try again');
      }
      if (error instanceof WhatsAppError) {
        const { text } = policyFor(error.reported);
        throw new UserError('CONFLICT', `WhatsApp refused: ${text} (error ${error.reported.code})`);
      }
      throw error;
    }
  }

  private get templateRows() {
    return this.database.getRepository(Template);
  }
}

function mustBeApproved(template: Template, field: string): Template {
  if (template.status !== 'APPROVED') {
    throw badInput(
      field,
      `an approved template; ${template.name} (${template.language}) is ${template.status}`,
    );
  }
  return template;
}
