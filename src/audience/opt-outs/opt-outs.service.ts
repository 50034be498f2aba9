import type { DataSource, EntityManager } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Business } from '../../accounts/business.entity';
import type { Viewer } from '../../accounts/viewer';
import { rows, transact } from '../../infra/database';
import { badInput } from '../../infra/errors';
import { checkText } from '../../infra/input';
import { checkFirst, keyAfter, page } from '../../infra/pagination';
import { normalisePhone } from '../contacts/phone';
import type { OptOutConnection, OptOutHistoryEntry, OptOutPayload } from './opt-out.graphql';
import { countOptOuts, knownBsuids, listOptOuts, optOutHistory } from './opt-out.repository';
import type { OptOutKey } from './opt-out.repository';
import { enterOptIns, enterOptOuts } from './opt-outs';
import { OptOutSource } from './suppression.entity';

const maxPhones = 10_000;
/** Changes of one person that are told; nobody has more but by a program that runs wild. */
const maxHistory = 1000;

/** Which opt-outs are asked for. */
export interface OptOutsQuestion {
  businessId: string;
  search?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** Phones that a business opts out or in, and why. */
export interface EnteredPhones {
  businessId: string;
  phones: readonly string[];
  reason: string;
}

/** The opt-outs of a business, as its people see and enter them. What people do by themselves is in delivery/webhook/. */
export class OptOutsService {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
  ) {}

  /** A page of the opt-outs that count now, newest first. @throws NOT_FOUND for the business; BAD_USER_INPUT */
  async optOuts(viewer: Viewer, question: OptOutsQuestion): Promise<OptOutConnection> {
    const business = await this.accounts.business(viewer, question.businessId);
    const first = checkFirst(question.first);
    const search = checkText('search', question.search ?? '', 200, 0);
    const scope = ['optOuts', business.id, search];
    const after = keyAfter(scope, question.after) as OptOutKey | undefined;
    const list = { businessId: business.id, search, country: business.defaultCountry };
    const found = await listOptOuts(this.database, list, first + 1, after);
    const { edges, pageInfo } = page(found, first, scope, ({ key }) => key);
    const optOuts = edges.map(({ cursor, node }) => ({ cursor, node: node.optOut }));
    return {
      edges: optOuts,
      nodes: optOuts.map(({ node }) => node),
      pageInfo,
      count: () => countOptOuts(this.database, list),
    };
  }

  /** The changes of one person's opt-outs, the last first. @throws BAD_USER_INPUT if the phone cannot be read */
  async history(viewer: Viewer, businessId: string, phone: string): Promise<OptOutHistoryEntry[]> {
    const business = await this.accounts.business(viewer, businessId);
    const { numbers } = await this.read(business, [phone], { bsuids: true });
    const [number] = numbers;
    if (number === undefined) throw badInput('phone', 'a phone number');
    return optOutHistory(this.database, business.id, number, maxHistory);
  }

  /** Opts people out (MANUAL). A phone that cannot be read is returned; the others are entered. */
  async optOut(viewer: Viewer, entered: EnteredPhones): Promise<OptOutPayload> {
    const { business, reason } = await this.check(viewer, entered);
    const { numbers, invalid } = await this.read(business, entered.phones, { bsuids: false });
    const at = new Date();
    const source = OptOutSource.MANUAL;
    const people = numbers.map((phone) => ({ phone, reason }));
    const counted = await this.patiently((transaction) =>
      enterOptOuts(transaction, { businessId: business.id, source, people, at }),
    );
    return { ...counted, invalid };
  }

  /** Lifts all opt-outs of people. A phone that cannot be read is returned; the others are entered. */
  async optIn(viewer: Viewer, entered: EnteredPhones): Promise<OptOutPayload> {
    const { business, reason } = await this.check(viewer, entered);
    const { numbers, invalid } = await this.read(business, entered.phones, { bsuids: true });
    const at = new Date();
    const counted = await this.patiently((transaction) =>
      enterOptIns(transaction, { businessId: business.id, phones: numbers, reason, at }),
    );
    return { ...counted, invalid };
  }

  /** On a busy machine 10,000 people take longer than the statements of other requests may. */
  private patiently<T>(work: (transaction: EntityManager) => Promise<T>): Promise<T> {
    return transact(this.database, async (transaction) => {
      await rows(transaction, `SET LOCAL statement_timeout = '1min'`);
      return work(transaction);
    });
  }

  private async check(
    viewer: Viewer,
    { businessId, phones, reason }: EnteredPhones,
  ): Promise<{ business: Business; reason: string }> {
    const business = await this.accounts.business(viewer, businessId);
    if (phones.length < 1 || phones.length > maxPhones) throw badInput('phones', `1 to ${maxPhones} phones`);
    return { business, reason: checkText('reason', reason.toWellFormed(), 500) };
  }

  /** @param bsuids whether texts are also read as BSUIDs of people whose opt-outs are stored by it */
  private async read(
    { id, defaultCountry }: Business,
    phones: readonly string[],
    { bsuids }: { bsuids: boolean },
  ): Promise<{ numbers: string[]; invalid: string[] }> {
    const read = phones.map((phone) => ({ phone, number: normalisePhone(phone, defaultCountry) }));
    const unread = read.flatMap(({ phone, number }) =>
      number === null && !phone.includes('\0') ? [phone.trim()] : [],
    );
    const known = bsuids ? await knownBsuids(this.database, id, unread) : new Set<string>();
    const isInvalid = ({ phone, number }: (typeof read)[number]) =>
      number === null && !known.has(phone.trim());
    return {
      numbers: read.filter((one) => !isInvalid(one)).map(({ phone, number }) => number ?? phone.trim()),
      invalid: read.filter(isInvalid).map(({ phone }) => phone),
    };
  }
}
