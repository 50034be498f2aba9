import { defaultTemplates } from './default-templates';
import type { AccountHealth, NumberHealth } from './health-change';
import { BusiestSecond, MessagingLimit, NumberLimit, PairLimit } from './limits';
import { shapeOf, type LibraryTemplate, type StoredTemplate } from './template-shape';

/** Meta's default throughput of a business phone number, in messages per second. */
const DEFAULT_MESSAGES_PER_SECOND = 80;
/** Account assigned to unregistered numbers while no other account exists. */
const DEFAULT_WABA_ID = '102290129340398';

/** A business phone number. */
export interface Sender {
  phoneNumberId: string;
  /** null: the number was never registered; it may use the templates of every account. */
  wabaId: string | null;
  /** Digits only, as in webhooks. */
  displayPhoneNumber: string;
  /** 0 means unlimited. */
  messagesPerSecond: number;
  limit: NumberLimit;
  pairs: PairLimit;
  people: MessagingLimit;
  busiest: BusiestSecond;
  health: NumberHealth;
}

/** A WhatsApp Business Account and its template library, by `name/language`. */
export interface Waba {
  id: string;
  health: AccountHealth;
  library: Map<string, LibraryTemplate>;
  /** `disable_marketing_messages_on_cloud_api`. */
  marketingOnly: boolean;
}

interface SenderRegistration {
  wabaId: string;
  phoneNumberIds: string[];
  displayPhoneNumber?: string | undefined;
  messagesPerSecond?: number | null | undefined;
}

const libraryKey = (name: string, language: string) => `${name}/${language}`;

/** A template without a name or a language is listed, but cannot be sent. */
const keyOf = ({ id, name, language }: StoredTemplate) =>
  name === undefined || language === undefined ? `#${id}` : libraryKey(name, language);

/**
 * The business accounts, their phone numbers and template libraries. Ids need no registration: the
 * first request that uses an id creates its record, so that any sender of a test or demo works.
 */
export class Accounts {
  readonly senders = new Map<string, Sender>();
  readonly #wabas = new Map<string, Waba>();
  readonly #templates = new Map<string, LibraryTemplate>();

  constructor(
    private readonly linkBase: string,
    private readonly onAccountCreated: (wabaId: string) => void,
  ) {}

  isWaba(id: string): boolean {
    return this.#wabas.has(id);
  }

  waba(id: string): Waba {
    let waba = this.#wabas.get(id);
    if (!waba) {
      waba = { id, health: {}, library: new Map(), marketingOnly: false };
      this.#wabas.set(id, waba);
      this.onAccountCreated(id);
      for (const template of defaultTemplates(id, this.linkBase)) this.putTemplate(id, template);
    }
    return waba;
  }

  sender(phoneNumberId: string): Sender {
    const found = this.senders.get(phoneNumberId);
    if (found) return found;
    const sender: Sender = {
      phoneNumberId,
      wabaId: null,
      displayPhoneNumber: `1555${phoneNumberId.slice(-7).padStart(7, '0')}`,
      messagesPerSecond: DEFAULT_MESSAGES_PER_SECOND,
      limit: new NumberLimit(),
      pairs: new PairLimit(),
      people: new MessagingLimit(),
      busiest: new BusiestSecond(),
      health: {},
    };
    this.senders.set(phoneNumberId, sender);
    return sender;
  }

  register(registration: SenderRegistration): Sender[] {
    this.waba(registration.wabaId);
    return registration.phoneNumberIds.map((id) => {
      const sender = this.sender(id);
      sender.wabaId = registration.wabaId;
      if (registration.displayPhoneNumber !== undefined) {
        sender.displayPhoneNumber = registration.displayPhoneNumber.replace(/\D/g, '');
      }
      if (registration.messagesPerSecond !== undefined) {
        sender.messagesPerSecond = registration.messagesPerSecond ?? 0;
      }
      return sender;
    });
  }

  sendersOf(wabaId: string): Sender[] {
    return [...this.senders.values()].filter((sender) => sender.wabaId === wabaId);
  }

  /** The account id in webhooks about this number. */
  wabaOf(sender: Sender): string {
    if (sender.wabaId !== null) return sender.wabaId;
    for (const id of this.#wabas.keys()) return id;
    return DEFAULT_WABA_ID;
  }

  /** Of the account that the number is in, as far as it is known. */
  healthOf(sender: Sender): AccountHealth {
    return this.#wabas.get(this.wabaOf(sender))?.health ?? {};
  }

  /** Whether the account takes marketing templates on `/marketing_messages` only. */
  marketingOnly(sender: Sender): boolean {
    return this.#wabas.get(this.wabaOf(sender))?.marketingOnly ?? false;
  }

  /** Finds the template for a send: in the number's own account, or in any account if the number is unregistered. */
  templateFor(sender: Sender, name: string, language: string): LibraryTemplate | null {
    const key = libraryKey(name, language);
    if (sender.wabaId !== null) return this.waba(sender.wabaId).library.get(key) ?? null;
    if (this.#wabas.size === 0) this.waba(DEFAULT_WABA_ID);
    let found: LibraryTemplate | null = null;
    for (const { library } of this.#wabas.values()) {
      const candidate = library.get(key);
      if (candidate?.template.status === 'APPROVED') return candidate;
      found ??= candidate ?? null;
    }
    return found;
  }

  template(id: string): LibraryTemplate | null {
    return this.#templates.get(id) ?? null;
  }

  allTemplates(): IterableIterator<LibraryTemplate> {
    return this.#templates.values();
  }

  findTemplate(wabaId: string, name: string, language: string): LibraryTemplate | null {
    return this.waba(wabaId).library.get(libraryKey(name, language)) ?? null;
  }

  /** Adds a template, or replaces the one with the same id. */
  putTemplate(wabaId: string, template: StoredTemplate): LibraryTemplate {
    const known = this.#templates.get(template.id);
    // Deleted only if the key changes, so that an edited template keeps its position in the list.
    if (known && keyOf(known.template) !== keyOf(template)) {
      this.waba(known.wabaId).library.delete(keyOf(known.template));
    }
    const entry: LibraryTemplate = known ?? { wabaId, template, shape: shapeOf(template) };
    entry.template = template;
    entry.shape = shapeOf(template);
    this.#templates.set(template.id, entry);
    this.waba(wabaId).library.set(keyOf(template), entry);
    return entry;
  }

  removeTemplate(entry: LibraryTemplate): void {
    this.#templates.delete(entry.template.id);
    this.waba(entry.wabaId).library.delete(keyOf(entry.template));
  }

  clear(): void {
    this.senders.clear();
    this.#wabas.clear();
    this.#templates.clear();
  }
}
