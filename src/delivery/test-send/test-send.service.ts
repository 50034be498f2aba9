import type { DataSource } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Sender } from '../../accounts/sender.entity';
import type { Viewer } from '../../accounts/viewer';
import type { ContactType } from '../../audience/contacts/contact.graphql';
import type { ContactService } from '../../audience/contacts/contact.service';
import { normalisePhone, phoneIdentity } from '../../audience/contacts/phone';
import type { Campaign } from '../../campaigns/campaign.entity';
import type { CampaignService } from '../../campaigns/campaign.service';
import { linkTokens, testSeq } from '../../campaigns/link';
import { prepareMessage, sourcesOf } from '../../catalog/message';
import type { MediaSource, UploadedMedia } from '../../catalog/media/source';
import type { MediaUploads } from '../../catalog/media/uploads';
import type { Renderer } from '../../catalog/renderer';
import { Template } from '../../catalog/templates/template.entity';
import { badInput, notFound, UserError } from '../../infra/errors';
import type { Log } from '../../infra/log';
import type { SendResult, WhatsAppClient } from '../../whatsapp/client';
import type { SendRequest } from '../../whatsapp/wire';
import { onboarded } from '../../accounts/marketing-api';
import { routeOf, routeRefusal } from '../send/route';
import type { RateLimiter } from '../send/rate-limiter';
import {
  atLimit,
  longestWaitMs,
  optedOutPhones,
  permitted,
  phoneOptedOut,
  recordResult,
  refused,
} from './posting';
import type { Result } from './posting';
import type { SendTestInput, TestMessage } from './test-send.graphql';

const mostPhones = 10;
const madeUp = { name: 'Asha Rao', email: 'asha@example.com' };

/** What the messages of one request have in common. */
interface TestSend {
  campaign: Campaign;
  sender: Sender;
  render: Renderer;
  /** Of the template. */
  category: string | undefined;
  contact: ContactType | undefined;
  /** Of performance.now(). */
  deadline: number;
}

/** Posts a campaign's message to a few phones, apart from its recipients: nothing of it is stored or counted. */
export class TestSendService {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly campaigns: CampaignService,
    private readonly contacts: ContactService,
    private readonly whatsapp: WhatsAppClient,
    private readonly rateLimiter: RateLimiter,
    private readonly options: { publicUrl: string; log: Log; uploads: MediaUploads },
  ) {}

  /**
   * @throws NOT_FOUND for a campaign that the viewer does not see, and for a contact of another business; BAD_USER_INPUT for
   *   a phone that cannot be read; CONFLICT when the message is not complete, or the template cannot be sent as WhatsApp
   *   has it now
   */
  async sendTest(viewer: Viewer, input: SendTestInput): Promise<TestMessage[]> {
    const campaign = await this.campaigns.campaign(viewer, input.campaignId);
    const { businessId } = campaign;
    const { defaultCountry } = await this.accounts.business(viewer, businessId);
    const contact = input.asContactId ? await this.contacts.contact(viewer, input.asContactId) : undefined;
    if (contact && contact.businessId !== businessId) throw notFound('Contact');
    const phones = checkPhones(input.phones, defaultCountry);
    await this.campaigns.messageMustBeComplete(campaign);
    const problem = await this.campaigns.templateProblem(campaign);
    if (problem) throw new UserError('CONFLICT', problem);
    const template = await this.templateOf(campaign);
    const sender = await this.accounts.senderFor(businessId, campaign.senderId);
    const content = { ...campaign, template };
    const uploaded = await this.uploaded(sender, sourcesOf(content));
    const render = prepareMessage(content, this.options.publicUrl, uploaded);
    const optedOut = await optedOutPhones(this.database, businessId, phones, template?.category);
    const deadline = performance.now() + longestWaitMs;
    const results: TestMessage[] = [];
    for (const [i, phone] of phones.entries()) {
      const result = optedOut.has(phone)
        ? phoneOptedOut
        : await this.post(phone, {
            campaign,
            sender,
            render,
            category: template?.category,
            contact,
            deadline,
          });
      results.push({ phone: input.phones[i] ?? phone, ...result });
    }
    const accepted = results.filter((one) => one.accepted).length;
    this.options.log.info(
      { campaignId: campaign.id, by: viewer.subject, accepted },
      'test messages were posted',
    );
    return results;
  }

  private async post(
    phone: string,
    { campaign, sender, render, category, contact, deadline }: TestSend,
  ): Promise<Result> {
    const { name, email } = contact ?? madeUp;
    // the text shows the contact's own phone, if it has one
    const person = { name, email, phone: contact?.phoneE164 ?? phone };
    const tokenOf = linkTokens(campaign);
    const stamp = {
      callbackData: `test:${campaign.id}`,
      linkToken: (link: number) => tokenOf(testSeq, link),
    };
    const rendered = render(person, stamp);
    if ('problem' in rendered) return refused(rendered.problem);
    if (!(await permitted(this.rateLimiter, sender, deadline))) return atLimit;
    const message = { ...rendered.message, to: phone };
    return recordResult(this.database, sender.id, await this.send(sender, category, message));
  }

  /** Over the way that a campaign would take; once over the other one if WhatsApp refuses it. */
  private async send(
    sender: Sender,
    category: string | undefined,
    message: SendRequest,
  ): Promise<SendResult> {
    const credentials = this.accounts.credentials(sender);
    const facts = {
      choice: sender.marketingApi,
      category,
      onboarded: sender.marketingOnboarding === onboarded,
      refused: { messages: false, marketing_messages: false },
      preparingMs: 0,
    };
    const { path } = routeOf(facts);
    const result = await this.whatsapp.send(credentials, message, path);
    if (result.kind !== 'refused' || routeRefusal(facts, path, result.error) !== 'switch') return result;
    const other = path === 'messages' ? 'marketing_messages' : 'messages';
    return this.whatsapp.send(credentials, message, other);
  }

  /** Media kept here is uploaded; what has an address goes by link. */
  private async uploaded(sender: Sender, sources: readonly MediaSource[]): Promise<UploadedMedia> {
    const ids = new Map<string, string>();
    const uploading = { senderId: sender.id, credentials: this.accounts.credentials(sender) };
    for (const { mediaId } of sources) {
      if (!mediaId || ids.has(mediaId)) continue;
      const result = await this.options.uploads.upload(uploading, mediaId);
      if (result.kind === 'refused') throw new UserError('CONFLICT', result.reason);
      if (result.kind === 'wait')
        throw new UserError('SERVICE_UNAVAILABLE', 'The media is not at WhatsApp yet; please try again');
      ids.set(mediaId, result.whatsappId);
    }
    return ids;
  }

  private async templateOf({ templateId }: Campaign): Promise<Template | undefined> {
    if (!templateId) return undefined;
    return this.database.getRepository(Template).findOneByOrFail({ id: templateId });
  }
}

function checkPhones(phones: readonly string[], country: string): string[] {
  if (phones.length === 0 || phones.length > mostPhones)
    throw badInput('input.phones', `1 to ${mostPhones} phones`);
  const read = phones.map((phone, i) => {
    const e164 = phone.length > 200 ? null : normalisePhone(phone, country);
    if (!e164) throw badInput(`input.phones.${i}`, 'a phone number, e.g. +919876543210');
    return e164;
  });
  const people = read.map(phoneIdentity);
  people.forEach((person, i) => {
    if (people.indexOf(person) < i)
      throw badInput(`input.phones.${i}`, 'each phone once, in whichever spelling');
  });
  return read;
}
