import type { DataSource } from 'typeorm';
import type { Viewer } from '../../accounts/viewer';
import type { ContactService } from '../../audience/contacts/contact.service';
import { transact } from '../../infra/database';
import { notFound, UserError } from '../../infra/errors';
import type { Log } from '../../infra/log';
import { eraseContact } from './erase-contact';

/** Erases people at their request. */
export class EraseService {
  constructor(
    private readonly database: DataSource,
    private readonly contacts: ContactService,
    private readonly log: Log,
  ) {}

  /** @throws NOT_FOUND; CONFLICT while a campaign is sending to the person */
  async eraseContact(viewer: Viewer, id: string): Promise<void> {
    const { businessId, id: contactId } = await this.contacts.contact(viewer, id);
    await transact(this.database, async (transaction) => {
      const erased = await eraseContact(transaction, { businessId, contactId });
      if (erased.kind === 'unknown') throw notFound('Contact');
      if (erased.kind === 'waiting') {
        throw new UserError(
          'CONFLICT',
          `The campaign "${erased.campaignName}" still sends to this person: wait until it has sent, or cancel it`,
        );
      }
    });
    this.log.info({ contactId, by: viewer.subject }, 'a contact was erased');
  }
}
