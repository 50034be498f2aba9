import type { AccountsService } from '../accounts/accounts.service';
import type { Sender } from '../accounts/sender.entity';
import { checkText, isUuid } from '../infra/input';
import type { Sql } from '../infra/database';
import { currencyCode } from '../infra/currency';
import { badInput, notFound, UserError } from '../infra/errors';
import type { WhatsAppClient } from '../whatsapp/client';
import { WhatsAppError, WhatsAppUnreachable } from '../whatsapp/client';
import { policyFor } from '../whatsapp/error-catalogue';
import type { MessageTemplate } from '../whatsapp/wire';
import type { CreateProductInput } from './catalog.graphql';
import { Product } from './products/product.entity';
import { Template } from './templates/template.entity';

/** How a campaign names its template: by id in the library, or by name and language. */
export interface TemplateChoice {
  templateId?: string | null | undefined;
  whatsappTemplateName?: string | null | undefined;
  whatsappTemplateLanguage?: string | null | undefined;
}

/** Products and the template library. */
export class CatalogService {
  constructor(
    private readonly database: Sql,
    private readonly accounts: AccountsService,
    private readonly whatsapp: WhatsAppClient,
  ) {}

  templates(businessId: string): Promise<Template[]> {
    return this.templateRows.find({ where: { businessId }, order: { name: 'ASC', language: 'ASC' } });
  }

  /** Brings the library up to what WhatsApp has for each account of the business; what is gone there is marked DELETED. */
  async syncTemplates(businessId: string, senders: readonly Sender[]): Promise<Template[]> {
    if (senders.length === 0)
      throw badInput('businessId', 'a business with a sender (createSender adds one)');
    const accounts = new Map(senders.map((sender) => [sender.wabaId, sender]));
    for (const sender of accounts.values()) {
      const found = await this.ask(() => this.whatsapp.templates(this.accounts.credentials(sender)));
      await this.store(businessId, sender.wabaId, found);
      await this.templateRows
        .createQueryBuilder()
        .update({ status: 'DELETED' })
        .where('business_id = :businessId AND waba_id = :wabaId', { businessId, wabaId: sender.wabaId })
        .andWhere('whatsapp_id <> ALL (:known)', { known: found.map((template) => template.id) })
        .execute();
    }
    return this.templates(businessId);
  }

  /**
   * The template a campaign names; looked up at WhatsApp on the spot when the library does not have it approved.
   * @returns undefined when none is named
   * @throws BAD_USER_INPUT naming the field: not there, or not approved; NOT_FOUND for a foreign id
   */
  async chooseTemplate(sender: Sender, choice: TemplateChoice): Promise<Template | undefined> {
    const { templateId, whatsappTemplateName: name, whatsappTemplateLanguage: language } = choice;
    if (templateId) {
      if (name) throw badInput('input.whatsappTemplateName', 'none when templateId is given');
      if (language) throw badInput('input.whatsappTemplateLanguage', 'none when templateId is given');
      const template = isUuid(templateId)
        ? await this.templateRows.findOneBy({ id: templateId, businessId: sender.businessId })
        : null;
      if (!template) throw notFound('Template');
      if (template.wabaId !== sender.wabaId) {
        throw badInput('input.templateId', "a template of the sender's own WhatsApp account");
      }
      return mustBeApproved(template, 'input.templateId');
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
    if (known?.status === 'APPROVED') return known;
    const found = await this.ask(() => this.whatsapp.templates(this.accounts.credentials(sender), name));
    await this.store(sender.businessId, sender.wabaId, found);
    const template = await this.findTemplate(sender, name, language);
    if (!template || !found.some((one) => one.language === language)) {
      const others = found.map((one) => one.language).sort();
      const hint = others.length > 0 ? `; it exists in ${others.join(', ')}` : '';
      throw badInput(
        'input.whatsappTemplateName',
        `a template that WhatsApp knows in the language ${language}${hint}`,
      );
    }
    return mustBeApproved(template, 'input.whatsappTemplateName');
  }

  products(businessId: string): Promise<Product[]> {
    return this.database
      .getRepository(Product)
      .find({ where: { businessId }, order: { name: 'ASC', id: 'ASC' }, take: 1000 });
  }

  /** @throws NOT_FOUND for one that is not the business's */
  async product(businessId: string, id: string): Promise<Product> {
    const product = isUuid(id)
      ? await this.database.getRepository(Product).findOneBy({ id, businessId })
      : null;
    if (!product) throw notFound('Product');
    return product;
  }

  async createProduct(input: CreateProductInput): Promise<Product> {
    const { businessId, imageUrl, price } = input;
    const currency = input.currency ? currencyCode(input.currency) : null;
    if (currency === undefined) throw badInput('input.currency', 'an ISO 4217 code, e.g. INR');
    if (price && !/^\d+(\.\d{1,2})?$/.test(price))
      throw badInput('input.price', 'an amount with at most two decimals, not negative');
    const products = this.database.getRepository(Product);
    const { id } = await products.save(
      products.create({
        businessId,
        name: checkText('input.name', input.name, 200),
        imageUrl: imageUrl ?? null,
        price: price ?? null,
        currency,
      }),
    );
    // read back, so that the answer shows the price as it is kept
    return products.findOneByOrFail({ id });
  }

  private findTemplate(
    { businessId, wabaId }: Sender,
    name: string,
    language: string,
  ): Promise<Template | null> {
    return this.templateRows.findOneBy({ businessId, wabaId, name, language });
  }

  private async store(businessId: string, wabaId: string, found: readonly MessageTemplate[]): Promise<void> {
    if (found.length === 0) return;
    await this.templateRows.upsert(
      found.map((template) => ({
        businessId,
        wabaId,
        whatsappId: template.id,
        name: template.name,
        language: template.language,
        category: template.category,
        status: template.status,
        parameterFormat: template.parameter_format ?? 'POSITIONAL',
        components: template.components,
        syncedAt: new Date(),
      })),
      ['businessId', 'wabaId', 'name', 'language'],
    );
  }

  /** A call to WhatsApp whose failure the caller should hear of in words. */
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
