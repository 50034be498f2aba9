import type { DataSource, EntityManager, Repository } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Viewer } from '../../accounts/viewer';
import { transact } from '../../infra/database';
import { badInput, notFound, UserError } from '../../infra/errors';
import { checkText, isUuid } from '../../infra/input';
import { checkFirst, keyAfter, page } from '../../infra/pagination';
import { ContactKind } from '../audience';
import type { AudienceFilter } from '../filter/filter';
import { useFilter } from '../segments/segment-filters';
import { Customer, Lead } from './contact.entity';
import type {
  ContactConnection,
  ContactType,
  CreateContactInput,
  UpdateContactInput,
} from './contact.graphql';
import {
  checkAttributes,
  checkContact,
  checkReachable,
  checkTags,
  maxTags,
  mergeAttributes,
} from './contact-input';
import {
  changeTags,
  contactOf,
  contactsById,
  countContacts,
  listContacts,
  tableOf,
} from './contact.repository';
import type { ContactKey } from './contact.repository';

/** Which contacts are asked for. */
export interface ContactsQuestion {
  businessId: string;
  kind: ContactKind;
  filter?: AudienceFilter | null | undefined;
  search?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

const kinds = Object.values(ContactKind);
const maxTagged = 1000;

/** Leads and customers, one by one. Every look-up by id checks that the viewer sees the business. */
export class ContactService {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
  ) {}

  /** A page of contacts, newest first. @throws NOT_FOUND for the business; BAD_USER_INPUT naming the argument */
  async contacts(viewer: Viewer, question: ContactsQuestion): Promise<ContactConnection> {
    const { businessId, kind } = question;
    const business = await this.accounts.business(viewer, businessId);
    const first = checkFirst(question.first);
    const search = checkText('search', question.search ?? '', 200, 0);
    const { filter, resolved } = await useFilter(
      this.database,
      business.id,
      question.filter ?? {},
      [kind],
      'filter',
    );
    const scope = ['contacts', business.id, kind, filter, search];
    const after = keyAfter(scope, question.after) as ContactKey | undefined;
    const list = {
      businessId: business.id,
      kind,
      filter: resolved,
      search,
      country: business.defaultCountry,
    };
    const found = await listContacts(this.database, list, first + 1, after);
    const { edges, pageInfo } = page(found, first, scope, ({ key }) => key);
    const contacts = edges.map(({ cursor, node }) => ({ cursor, node: node.contact }));
    return {
      edges: contacts,
      nodes: contacts.map(({ node }) => node),
      pageInfo,
      count: () => countContacts(this.database, list),
    };
  }

  /** @throws NOT_FOUND for an unknown id, and for a contact of a business that the viewer may not see */
  async contact(viewer: Viewer, id: string): Promise<ContactType> {
    const [contact] = await this.contactsOf(viewer, [id]);
    if (!contact) throw notFound('Contact');
    return contact;
  }

  /** @throws BAD_USER_INPUT naming the field; CONFLICT for an externalId that the kind has already */
  async createContact(viewer: Viewer, input: CreateContactInput): Promise<ContactType> {
    const { kind } = input;
    const business = await this.accounts.business(viewer, input.businessId);
    const columns = checkContact(kind, input, business.defaultCountry);
    checkReachable({ phone: columns.phone ?? '', bsuid: columns.bsuid ?? null });
    const attributes = mergeAttributes({}, checkAttributes(input.attributes));
    const saved = await whereExternalIdIsFree(kind, () => {
      const contact = { ...columns, attributes, businessId: business.id };
      return rowsOf(this.database.manager, kind).save(contact);
    });
    return this.contact(viewer, saved.id);
  }

  /**
   * Changes a contact; what is left out stays. Changes at once are made one after the other.
   * @throws NOT_FOUND; BAD_USER_INPUT naming the field; CONFLICT for an externalId that the kind has already
   */
  async updateContact(viewer: Viewer, id: string, input: UpdateContactInput): Promise<ContactType> {
    const { kind, businessId } = await this.contact(viewer, id);
    const { defaultCountry } = await this.accounts.business(viewer, businessId);
    const columns = checkContact(kind, input, defaultCountry);
    const attributes = checkAttributes(input.attributes);
    await whereExternalIdIsFree(kind, () =>
      transact(this.database, async (transaction) => {
        const contact = await lockContact(transaction, kind, id);
        Object.assign(contact, columns, {
          attributes: mergeAttributes(contact.attributes, attributes),
        });
        checkReachable(contact);
        await rowsOf(transaction, kind).save(contact);
      }),
    );
    return this.contact(viewer, id);
  }

  /**
   * Deletes a contact. Campaigns that it is in keep what they need to send and to report: see eraseContact.
   * @returns the contact as it was @throws NOT_FOUND
   */
  async deleteContact(viewer: Viewer, id: string): Promise<ContactType> {
    const { kind } = await this.contact(viewer, id);
    return transact(this.database, async (transaction) => {
      const contact = await lockContact(transaction, kind, id);
      await rowsOf(transaction, kind).delete({ id });
      return contactOf(contact);
    });
  }

  /**
   * Adds and removes tags of up to 1000 contacts: of all, or of none.
   * @returns the contacts, each once @throws NOT_FOUND if one of them is; BAD_USER_INPUT naming the argument
   */
  async tagContacts(
    viewer: Viewer,
    ids: readonly string[],
    add: readonly string[],
    remove: readonly string[],
  ): Promise<ContactType[]> {
    if (ids.length < 1 || ids.length > maxTagged) throw badInput('ids', `1 to ${maxTagged} ids of contacts`);
    const added = checkTags('add', add);
    const removed = checkTags('remove', remove);
    if (added.length + removed.length === 0) throw badInput('add', 'at least one tag to add or to remove');
    const both = removed.findIndex((tag) => added.includes(tag));
    if (both >= 0) throw badInput(`remove.${both}`, 'no tag that is also added');
    const contacts = await this.contactsOf(viewer, ids);
    if (contacts.length < new Set(ids.map((id) => id.toLowerCase())).size) throw notFound('Contact');
    await transact(this.database, async (transaction) => {
      for (const kind of kinds) {
        const ofKind = contacts.filter((contact) => contact.kind === kind).map(({ id }) => id);
        const most = await changeTags(transaction, kind, ofKind, added, removed);
        if (most > maxTags) throw badInput('add', `tags with which no contact has more than ${maxTags}`);
      }
    });
    return this.contactsOf(viewer, ids);
  }

  /** The contacts with these ids that the viewer sees, each once, in the order given. */
  private async contactsOf(viewer: Viewer, ids: readonly string[]): Promise<ContactType[]> {
    const wanted = [...new Set(ids.map((id) => id.toLowerCase()))].filter(isUuid);
    const found = await Promise.all(kinds.map((kind) => contactsById(this.database, kind, wanted)));
    return wanted.flatMap((id) => {
      const contact = found.map((ofKind) => ofKind.get(id)).find((one) => one !== undefined);
      return contact && viewer.sees(contact.businessId) ? [contact] : [];
    });
  }
}

function rowsOf(sql: EntityManager, kind: ContactKind): Repository<Lead | Customer> {
  return sql.getRepository<Lead | Customer>(kind === ContactKind.LEAD ? Lead : Customer);
}

/** @throws NOT_FOUND if it was deleted since */
async function lockContact(
  transaction: EntityManager,
  kind: ContactKind,
  id: string,
): Promise<Lead | Customer> {
  const contact = await rowsOf(transaction, kind).findOne({
    where: { id },
    lock: { mode: 'pessimistic_write' },
  });
  if (!contact) throw notFound('Contact');
  return contact;
}

/** @throws CONFLICT if another contact of the kind has the externalId that `work` writes */
async function whereExternalIdIsFree<T>(kind: ContactKind, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { constraint?: unknown }).constraint !== `${tableOf[kind]}_business_external_id`)
      throw error;
    throw new UserError(
      'CONFLICT',
      `Another ${kind.toLowerCase()} of the business has this externalId`,
      'input.externalId',
    );
  }
}
