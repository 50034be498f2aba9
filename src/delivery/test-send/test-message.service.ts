import type { AccountsService } from '../../accounts/accounts.service';
import type { Sender } from '../../accounts/sender.entity';
import type { Viewer } from '../../accounts/viewer';
import { normalisePhone } from '../../audience/contacts/phone';
import type { CatalogService } from '../../catalog/catalog.service';
import type { Template } from '../../catalog/templates/template.entity';
import { shapeOf } from '../../catalog/templates/template-shape';
import type { Sql } from '../../infra/database';
import { badInput, UserError } from '../../infra/errors';
import type { Log } from '../../infra/log';
import type { WhatsAppClient } from '../../whatsapp/client';
import type { RateLimiter } from '../send/rate-limiter';
import { atLimit, longestWaitMs, optedOutPhones, permitted, phoneOptedOut, recordResult } from './posting';
import type { SendTestMessageInput, TestMessagePayload } from './test-send.graphql';

/** Sends one message from a number without a campaign, to see that it works. Nothing of it is stored or counted. */
export class TestMessageService {
  constructor(
    private readonly database: Sql,
    private readonly accounts: AccountsService,
    private readonly catalog: CatalogService,
    private readonly whatsapp: WhatsAppClient,
    private readonly rateLimiter: RateLimiter,
    private readonly options: { publicUrl: string; log: Log },
  ) {}

  /**
   * @throws NOT_FOUND for a sender that the viewer does not see; BAD_USER_INPUT for a phone that cannot be read; CONFLICT
   *   when the account has no approved template that needs no values, or WhatsApp refuses to list them
   */
  async sendTestMessage(viewer: Viewer, input: SendTestMessageInput): Promise<TestMessagePayload> {
    const sender = await this.accounts.sender(viewer, input.senderId);
    const { defaultCountry } = await this.accounts.business(viewer, sender.businessId);
    const phone = input.phone.length > 200 ? null : normalisePhone(input.phone, defaultCountry);
    if (!phone) throw badInput('input.phone', 'a phone number, e.g. +919876543210');
    const template = await this.plainTemplate(sender);
    const { name, language } = template;
    const result = await this.post(sender, template, phone);
    this.options.log.info(
      { senderId: sender.id, by: viewer.subject, accepted: result.accepted },
      'a test message was posted',
    );
    return { ...result, templateName: name, templateLanguage: language };
  }

  private async post(sender: Sender, template: Template, phone: string) {
    const optedOut = await optedOutPhones(this.database, sender.businessId, [phone], template.category);
    if (optedOut.has(phone)) return phoneOptedOut;
    if (!(await permitted(this.rateLimiter, sender, performance.now() + longestWaitMs))) return atLimit;
    const { name, language } = template;
    const sent = await this.whatsapp.send(this.accounts.credentials(sender), {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: phone,
      type: 'template',
      template: { name, language: { code: language } },
      biz_opaque_callback_data: `test:${sender.id}`,
    });
    return recordResult(this.database, sender.id, sent);
  }

  /** Of the library; when it has none, WhatsApp's list is read first, since a new account was never read. */
  private async plainTemplate(sender: Sender): Promise<Template> {
    const { businessId, wabaId } = sender;
    const find = (templates: readonly Template[]) => {
      const plain = templates.filter(
        (template) => template.wabaId === wabaId && isPlain(template, this.options.publicUrl),
      );
      // Meta's own sample, which every new account has, comes first
      return plain.find(({ name }) => name === 'hello_world') ?? plain[0];
    };
    const template =
      find(await this.catalog.templates(businessId)) ??
      find(await this.catalog.syncTemplates(businessId, [sender]));
    if (template) return template;
    throw new UserError(
      'CONFLICT',
      'A test message needs an approved template without variables and media, such as hello_world, and this account has none. Create one in WhatsApp Manager, wait for its approval, and try again',
    );
  }
}

/** Whether a template can be sent as it is. */
function isPlain({ status, category, components }: Template, publicUrl: string): boolean {
  if (status !== 'APPROVED' || category === 'AUTHENTICATION') return false;
  const { variables, problem, cards, trackedButtons } = shapeOf(components, publicUrl);
  return !problem && variables.length === 0 && cards.length === 0 && trackedButtons.length === 0;
}
