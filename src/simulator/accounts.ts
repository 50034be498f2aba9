import { defaultTemplates } from './default-templates';
import { BusiestSecond, NumberLimit, PairLimit } from './limits';
import { shapeOf, type LibraryTemplate, type StoredTemplate } from './template-shape';

/** Meta's default throughput of a number (fact sheet, section 6.1). */
const DEFAULT_MESSAGES_PER_SECOND = 80;
/** The account of numbers that were never registered, while no other account is known. */
const DEFAULT_WABA_ID = '102290129340398';

/** A business phone number. */
export interface Sender {
  phoneNumberId: string;
  /** null: adopted on first sight; uses the templates of every account. */
  wabaId: string | null;
  /** Digits only, as in webhooks. */
  displayPhoneNumber: string;
  /** 0 is unlimited. */
  messagesPerSecond: number;
  limit: NumberLimit;
  pairs: PairLimit;
  busiest: BusiestSecond;
}

/** A WhatsApp Business Account and its template library, by `name/language`. */
interface Waba {
  id: string;
  library: Map<string, LibraryTemplate>;
}

interface SenderRegistration {
  wabaId: string;
  phoneNumberIds: string[];
  displayPhoneNumber?: string | undefined;
  messagesPerSecond?: number | null | undefined;
}

const libraryKey = (name: string, language: string) => `${name}/${language}`;

/** A template without a name or a language is listed, but no send can name it. */
const keyOf = ({ id, name, language }: StoredTemplate) =>
  name === undefined || language === undefined ? `#${id}` : libraryKey(name, language);

/**
 * Everything that belongs to the business's side. Ids need no registration: the first call that names
 * one makes it known, so that whatever sender a test or a demo sets up just works.
 */
export class Accounts {
  readonly senders = new Map<string, Sender>();
  readonly #wabas = new Map<string, Waba>();
  readonly #templates = new Map<string, LibraryTemplate>();

  constructor(
    private readonly linkBase: string,
    private readonly onAdopted: (wabaId: string) => void,
  ) {}

  isWaba(id: string): boolean {
    return this.#wabas.has(id);
  }

  waba(id: string): Waba {
    let waba = this.#wabas.get(id);
    if (!waba) {
      waba = { id, library: new Map() };
      this.#wabas.set(id, waba);
      this.onAdopted(id);
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
      busiest: new BusiestSecond(),
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

  /** The account that webhooks about this number name. */
  wabaOf(sender: Sender): string {
    if (sender.wabaId !== null) return sender.wabaId;
    for (const id of this.#wabas.keys()) return id;
    return DEFAULT_WABA_ID;
  }

  /** The template a send means: of the number's own account, or an approved one of any account if it was never registered. */
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

  /** Adds a template, or replaces the one of that id. */
  putTemplate(wabaId: string, template: StoredTemplate): LibraryTemplate {
    const known = this.#templates.get(template.id);
    // Only when it changes: a template keeps its place in the list.
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
