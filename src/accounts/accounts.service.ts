import type { Repository } from 'typeorm';
import { In, Not } from 'typeorm';
import { badInput, notFound, UserError } from '../infra/errors';
import type { Sql } from '../infra/database';
import type { Credentials } from '../whatsapp/client';
import type {
  CreateBusinessInput,
  CreateSenderInput,
  UpdateBusinessInput,
  UpdateSenderInput,
} from './accounts.graphql';
import { Business } from './business.entity';
import { checkCountry, checkSettings, checkTimezone } from './business-settings';
import { decryptSecret, encryptSecret } from './secrets';
import { Sender } from './sender.entity';
import type { Viewer } from './viewer';
import { checkText, isUuid } from '../infra/input';

/** Businesses and their WhatsApp numbers. Every look-up by id checks that the viewer sees the business. */
export class AccountsService {
  constructor(
    private readonly database: Sql,
    private readonly encryptionKey: Buffer,
  ) {}

  businesses(viewer: Viewer): Promise<Business[]> {
    const ids = viewer.visibleBusinesses;
    return this.businessRows.find({
      where: ids ? { id: In(ids) } : {},
      order: { createdAt: 'ASC', id: 'ASC' },
      take: 1000,
    });
  }

  /** @throws NOT_FOUND for a business that is not there or not the viewer's. */
  async business(viewer: Viewer, id: string): Promise<Business> {
    viewer.mustSee(id);
    const business = await this.businessRows.findOneBy({ id });
    if (!business) throw notFound('Business');
    return business;
  }

  /** The IANA zone of a business that is known to be there. */
  async timezoneOf(id: string): Promise<string> {
    const { timezone } = await this.businessRows.findOneByOrFail({ id });
    return timezone;
  }

  async createBusiness(input: CreateBusinessInput): Promise<Business> {
    const defaultCountry = checkCountry('input.defaultCountry', input.defaultCountry);
    const timezone = checkTimezone('input.timezone', input.timezone);
    const name = checkText('input.name', input.name, 200);
    return this.businessRows.save(this.businessRows.create({ name, timezone, defaultCountry }));
  }

  /**
   * Changes settings; what is left out stays. Two changes at once of different settings both hold.
   * @throws NOT_FOUND for a business that is not there or not the viewer's; BAD_USER_INPUT naming the field
   */
  async updateBusiness(viewer: Viewer, id: string, input: UpdateBusinessInput): Promise<Business> {
    const business = await this.business(viewer, id);
    const settings = checkSettings(input);
    if (Object.keys(settings).length > 0) await this.businessRows.update(business.id, settings);
    return this.business(viewer, id);
  }

  async senders(viewer: Viewer, businessId: string): Promise<Sender[]> {
    await this.business(viewer, businessId);
    return this.senderRows.find({ where: { businessId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /**
   * The sender with this id, or the business's first one.
   * @throws NOT_FOUND for an id that is not the business's; BAD_USER_INPUT when the business has no sender
   */
  async senderFor(businessId: string, senderId: string | null | undefined): Promise<Sender> {
    if (senderId) {
      const sender = isUuid(senderId) ? await this.senderRows.findOneBy({ id: senderId, businessId }) : null;
      if (!sender) throw notFound('Sender');
      return sender;
    }
    const [first] = await this.senderRows.find({
      where: { businessId },
      order: { createdAt: 'ASC', id: 'ASC' },
      take: 1,
    });
    if (!first)
      throw badInput('input.senderId', 'a sender: this business has none yet (createSender adds one)');
    return first;
  }

  /** A sender of the business in a WhatsApp account, the first one; null if there is none. */
  senderOfAccount(businessId: string, wabaId: string): Promise<Sender | null> {
    return this.senderRows.findOne({ where: { businessId, wabaId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Whether the business has numbers of another WhatsApp account than this one's. */
  hasOtherAccount({ businessId, wabaId }: Sender): Promise<boolean> {
    return this.senderRows.existsBy({ businessId, wabaId: Not(wabaId) });
  }

  async createSender(viewer: Viewer, input: CreateSenderInput): Promise<Sender> {
    await this.business(viewer, input.businessId);
    for (const field of ['phoneNumberId', 'wabaId'] as const) {
      if (!/^\d{1,32}$/.test(input[field])) throw badInput(`input.${field}`, "Meta's id of digits");
    }
    const checked = this.checkSender({ ...input, messagesPerSecond: input.messagesPerSecond ?? 10 });
    const { businessId, phoneNumberId, wabaId } = input;
    if (await this.senderRows.existsBy({ businessId, phoneNumberId })) {
      throw new UserError('CONFLICT', 'This business already has a sender with this phoneNumberId');
    }
    return this.senderRows.save(this.senderRows.create({ businessId, phoneNumberId, wabaId, ...checked }));
  }

  /** @throws NOT_FOUND for a sender that is not there or of a business that the viewer does not see */
  async sender(viewer: Viewer, id: string): Promise<Sender> {
    const sender = isUuid(id) ? await this.senderRows.findOneBy({ id }) : null;
    if (!sender || !viewer.sees(sender.businessId)) throw notFound('Sender');
    return sender;
  }

  /**
   * Changes a sender; what is left out, or null, stays. Workers read the token for every batch, so that a resumed
   * campaign sends with the new one.
   * @throws NOT_FOUND for a sender that is not there or of a business that the viewer does not see
   */
  async updateSender(viewer: Viewer, id: string, input: UpdateSenderInput): Promise<Sender> {
    const sender = await this.sender(viewer, id);
    return this.senderRows.save(this.senderRows.merge(sender, this.checkSender(input)));
  }

  /** The fields that are given, checked and as they are stored. @throws BAD_USER_INPUT naming the field */
  private checkSender(input: UpdateSenderInput): Partial<Sender> {
    const { displayPhoneNumber, accessToken, messagesPerSecond } = input;
    const checked: Partial<Sender> = {};
    if (typeof messagesPerSecond === 'number') {
      if (messagesPerSecond < 1 || messagesPerSecond > 1000)
        throw badInput('input.messagesPerSecond', 'a whole number from 1 to 1000');
      checked.messagesPerSecond = messagesPerSecond;
    }
    if (input.marketingApi) checked.marketingApi = input.marketingApi;
    if (typeof accessToken === 'string') {
      // copied from a page or a file, a token comes with blanks or a line break around it
      const token = accessToken.trim();
      if (!/^[\x21-\x7e]{1,4096}$/.test(token))
        throw badInput(
          'input.accessToken',
          'a token of 1 to 4096 printable ASCII characters without blanks in it',
        );
      checked.accessTokenEncrypted = encryptSecret(token, this.encryptionKey);
      // may be over with the new token; if not, the next refused message is noted again
      checked.sendError = null;
      checked.sendErrorAt = null;
    }
    if (typeof displayPhoneNumber === 'string')
      checked.displayPhoneNumber = checkText('input.displayPhoneNumber', displayPhoneNumber, 40);
    return checked;
  }

  credentials(sender: Pick<Sender, 'phoneNumberId' | 'wabaId' | 'accessTokenEncrypted'>): Credentials {
    return {
      phoneNumberId: sender.phoneNumberId,
      wabaId: sender.wabaId,
      accessToken: decryptSecret(sender.accessTokenEncrypted, this.encryptionKey),
    };
  }

  private get businessRows(): Repository<Business> {
    return this.database.getRepository(Business);
  }

  private get senderRows(): Repository<Sender> {
    return this.database.getRepository(Sender);
  }
}
