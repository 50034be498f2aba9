/** A new template as it is typed. Pure. */

export type HeaderKind = 'NONE' | 'TEXT' | MediaHeader | 'LOCATION';
type MediaHeader = 'IMAGE' | 'VIDEO' | 'GIF' | 'DOCUMENT';
export type ButtonKind = 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER' | 'COPY_CODE' | 'VOICE_CALL';
export type CardHeader = 'IMAGE' | 'VIDEO';
export type TemplateKind =
  'MESSAGE' | 'CARDS' | 'OFFER' | 'FLOW' | 'CATALOG' | 'PRODUCTS' | 'PRODUCT' | 'PRODUCT_CARDS';

interface KindRules {
  headers: readonly HeaderKind[];
  hasFooter: boolean;
  /** The kinds of buttons that people choose from. */
  buttons: readonly ButtonKind[];
  /** The one button of the kind, with WhatsApp's own words for it. */
  only?: { type: string; text: string };
}

/** What WhatsApp lets each kind of template have. */
export const rulesOf: Readonly<Record<TemplateKind, KindRules>> = {
  MESSAGE: {
    headers: ['NONE', 'TEXT', 'IMAGE', 'VIDEO', 'GIF', 'DOCUMENT', 'LOCATION'],
    hasFooter: true,
    buttons: ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE', 'VOICE_CALL'],
  },
  CARDS: { headers: [], hasFooter: false, buttons: ['URL', 'QUICK_REPLY', 'PHONE_NUMBER'] },
  OFFER: { headers: ['NONE', 'IMAGE', 'VIDEO'], hasFooter: false, buttons: ['COPY_CODE', 'URL'] },
  FLOW: {
    headers: ['NONE', 'TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT'],
    hasFooter: true,
    buttons: [],
    only: { type: 'FLOW', text: '' },
  },
  CATALOG: { headers: [], hasFooter: true, buttons: [], only: { type: 'CATALOG', text: 'View catalog' } },
  PRODUCTS: {
    headers: ['NONE', 'TEXT'],
    hasFooter: true,
    buttons: [],
    only: { type: 'MPM', text: 'View items' },
  },
  PRODUCT: { headers: [], hasFooter: true, buttons: [], only: { type: 'SPM', text: 'View' } },
  PRODUCT_CARDS: { headers: [], hasFooter: false, buttons: [], only: { type: 'SPM', text: 'View' } },
};
export const templateKinds = Object.keys(rulesOf) as TemplateKind[];

/** WhatsApp's most of each kind; ten of all together. */
export const mostOfKind: Readonly<Record<ButtonKind, number>> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  VOICE_CALL: 1,
};
export const mostButtons = 10;
export const fewestCards = 2;
export const mostCards = 10;
export const mostCardButtons = 2;

export interface NewButton {
  /** Stays when others are removed. */
  key: number;
  kind: ButtonKind;
  text: string;
  /** An address, a phone number, or a code. */
  value: string;
  /** Of an address that ends in {{1}}: the whole of it. */
  example: string;
}

interface WithFile {
  /** The picture, video or document that shows WhatsApp what the header looks like. */
  mediaId: string;
  fileName: string;
  /** The files of other kinds of header that were chosen before. */
  otherFiles: Readonly<Partial<Record<HeaderKind, { mediaId: string; fileName: string }>>>;
}

/** A card of a carousel. All have the same header and the same kinds of buttons. */
export interface NewCard extends WithFile {
  /** Stays when others are removed. */
  key: number;
  /** Empty on all cards, or on none. */
  body: string;
  buttons: readonly NewButton[];
}

export interface NewTemplate extends WithFile {
  kind: TemplateKind;
  name: string;
  language: string;
  category: 'MARKETING' | 'UTILITY';
  header: HeaderKind;
  headerText: string;
  body: string;
  footer: string;
  buttons: readonly NewButton[];
  /** Of a limited-time offer: its heading, and whether it has an end that each campaign says. */
  offer: string;
  expires: boolean;
  /** The id of a form at WhatsApp. */
  flowId: string;
  /** The text of the only button, of kinds that have one. */
  label: string;
  /** The texts of the only buttons of other kinds. */
  otherLabels: Readonly<Partial<Record<TemplateKind, string>>>;
  cardHeader: CardHeader;
  cards: readonly NewCard[];
  /** How many products a carousel of products shows. */
  productCards: number;
  /** By variable: `body.1`, or `card.3.body.1` with the key of a card. */
  examples: Readonly<Record<string, string>>;
}

const noFile: WithFile = { mediaId: '', fileName: '', otherFiles: {} };

const emptyCard = (key: number): NewCard => ({
  key,
  ...noFile,
  body: '',
  buttons: [emptyButton(1, 'URL')],
});

export const emptyTemplate: NewTemplate = {
  kind: 'MESSAGE',
  name: '',
  language: 'en',
  category: 'MARKETING',
  header: 'NONE',
  headerText: '',
  ...noFile,
  body: '',
  footer: '',
  buttons: [],
  offer: '',
  expires: true,
  flowId: '',
  label: '',
  otherLabels: {},
  cardHeader: 'IMAGE',
  cards: [emptyCard(1), emptyCard(2)],
  productCards: fewestCards,
  examples: {},
};

function emptyButton(key: number, kind: ButtonKind): NewButton {
  return { key, kind, text: '', value: '', example: '' };
}

/** Changes the kind, with the button that it needs. What was typed for other kinds stays, in case somebody returns to one. */
export function ofKind(template: NewTemplate, kind: TemplateKind): Partial<NewTemplate> {
  const { buttons } = template;
  const labels = { ...template.otherLabels, [template.kind]: template.label };
  const hasCode = buttons.some((one) => one.kind === 'COPY_CODE');
  return {
    kind,
    label: labels[kind] ?? rulesOf[kind].only?.text ?? '',
    otherLabels: labels,
    ...(kind === 'OFFER' && !hasCode && { buttons: withButton(template, 'COPY_CODE') }),
  };
}

/** Changes the kind of header. Its file stays, in case somebody returns to it. */
export function ofHeader(template: NewTemplate, header: HeaderKind): Partial<NewTemplate> {
  return { header, ...withFileOf(template, template.header, header) };
}

/** Changes what all cards show; their files stay likewise. */
export function ofCardHeader(
  { cards, ...template }: NewTemplate,
  cardHeader: CardHeader,
): Partial<NewTemplate> {
  return {
    cardHeader,
    cards: cards.map((card) => ({ ...card, ...withFileOf(card, template.cardHeader, cardHeader) })),
  };
}

function withFileOf(
  { mediaId, fileName, otherFiles }: WithFile,
  before: HeaderKind,
  now: HeaderKind,
): WithFile {
  const files = { ...otherFiles, [before]: { mediaId, fileName } };
  return { ...noFile, ...files[now], otherFiles: files };
}

/** The header, as far as the kind has one. */
export function headerOf({ kind, header }: NewTemplate): HeaderKind {
  return rulesOf[kind].headers.includes(header) ? header : 'NONE';
}

/** The buttons of the kind; an offer's code comes first. */
export function buttonsOf({ kind, buttons }: NewTemplate): NewButton[] {
  const allowed = buttons.filter((one) => rulesOf[kind].buttons.includes(one.kind));
  if (kind !== 'OFFER') return kind === 'MESSAGE' ? allowed : [];
  return [...allowed].sort((a, b) => Number(b.kind === 'COPY_CODE') - Number(a.kind === 'COPY_CODE'));
}

export function isMediaHeader(header: HeaderKind): header is MediaHeader {
  return header === 'IMAGE' || header === 'VIDEO' || header === 'GIF' || header === 'DOCUMENT';
}

/** Changes a part of one card or button. */
export function withPart<T extends { key: number }>(all: readonly T[], key: number, part: Partial<T>): T[] {
  return all.map((one) => (one.key === key ? { ...one, ...part } : one));
}

/** Adds a card, with buttons like those of the others. */
export function withCard({ cards }: NewTemplate): NewCard[] {
  const card = emptyCard(Math.max(...cards.map((one) => one.key)) + 1);
  const buttons = cards[0]?.buttons.map(({ key, kind, text }) => ({ ...emptyButton(key, kind), text }));
  return [...cards, { ...card, buttons: buttons ?? card.buttons }];
}

/** The kind of a button on all cards; undefined takes it away. What is typed there stays when the kind does. */
export function withCardButton(
  { cards }: NewTemplate,
  place: number,
  kind: ButtonKind | undefined,
): NewCard[] {
  return cards.map((card) => {
    const others = card.buttons.filter((_one, i) => i !== place);
    return { ...card, buttons: kind ? others.toSpliced(place, 0, emptyButton(place + 1, kind)) : others };
  });
}

/** The names of the variables in a text, each once, in the order in which they come. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? ''))];
}

/** The variable that a button "Add variable" adds: the next number, or the next name. */
export function nextVariable(text: string): string {
  const names = variablesIn(text);
  const numbers = names.map(Number).filter((number) => Number.isInteger(number));
  if (numbers.length === 0 && names.length > 0) return `{{name_${names.length + 1}}}`;
  return `{{${Math.max(0, ...numbers) + 1}}}`;
}

/** Adds a button; quick replies stand together, before the others, as WhatsApp wants them. */
export function withButton({ buttons }: NewTemplate, kind: ButtonKind): NewButton[] {
  const key = Math.max(0, ...buttons.map((one) => one.key)) + 1;
  const added = emptyButton(key, kind);
  const replies = buttons.filter((one) => one.kind === 'QUICK_REPLY');
  const others = buttons.filter((one) => one.kind !== 'QUICK_REPLY');
  return kind === 'QUICK_REPLY' ? [...replies, added, ...others] : [...replies, ...others, added];
}

export function isDynamic({ kind, value }: NewButton): boolean {
  return kind === 'URL' && variablesIn(value).length > 0;
}

/** POSITIONAL while all variables are numbers. */
export function formatOf(template: NewTemplate): 'POSITIONAL' | 'NAMED' {
  const { kind, headerText, body, cards } = template;
  const texts = [
    headerOf(template) === 'TEXT' ? headerText : '',
    body,
    ...(kind === 'CARDS' ? cards.map((card) => card.body) : []),
  ];
  const names = texts.flatMap(variablesIn);
  return names.every((name) => /^\d+$/.test(name)) ? 'POSITIONAL' : 'NAMED';
}
