import type {
  ButtonParameter,
  CarouselCard,
  MediaObject,
  SendRequest,
  TemplateObject,
  TemplateParameter,
  TemplateSendComponent,
} from '../whatsapp/wire';
import type { LedgerEntry } from './ledger';
import { fillVariables, type ButtonShape, type TemplateShape } from './template-shape';

interface RenderedButton {
  type: string;
  text: string;
  url?: string;
  payload?: string;
  couponCode?: string;
  flowToken?: string;
  /** Retailer ids: of the thumbnail of a catalogue or multi-product button, and of the products by section. */
  thumbnail?: string;
  sections?: { title: string; products: string[] }[];
}

interface RenderedLocation {
  latitude: number | string;
  longitude: number | string;
  name: string | null;
  address: string | null;
}

/** What a message and a card of a carousel have in common. */
interface RenderedPart {
  text: string;
  /** Rendered text, or the link or id of the media. */
  header: string | null;
  mediaUrl: string | null;
  /** IMAGE, VIDEO, GIF, DOCUMENT, LOCATION or PRODUCT, as it was sent; null for a text and without a header. */
  headerType: string | null;
  /** Of a document; null shows as "Untitled". */
  fileName: string | null;
  location: RenderedLocation | null;
  product: { catalogId: string; retailerId: string } | null;
  buttons: RenderedButton[];
}

/** A message as shown to the recipient. */
export interface RenderedMessage extends RenderedPart {
  type: SendRequest['type'];
  footer: string | null;
  /** A limited-time offer; `expiresAt` in Unix milliseconds, null without an expiration. */
  offer: { text: string; expiresAt: number | null } | null;
  /** The cards of a carousel in their order; empty without one. */
  cards: RenderedPart[];
}

const NO_HEADER = {
  header: null,
  mediaUrl: null,
  headerType: null,
  fileName: null,
  location: null,
  product: null,
};
const NOTHING_ELSE = { footer: null, offer: null, cards: [], buttons: [] };

export function render(entry: LedgerEntry): RenderedMessage {
  const message = entry.parsed();
  switch (message.type) {
    case 'template':
      return entry.shape
        ? renderTemplate(entry.shape, message.template)
        : { type: 'template', text: '', ...NO_HEADER, ...NOTHING_ELSE };
    case 'text':
      return { type: 'text', text: message.text.body, ...NO_HEADER, ...NOTHING_ELSE };
    case 'image':
    case 'video':
    case 'document': {
      const media = mediaOf(message);
      return {
        ...NOTHING_ELSE,
        ...NO_HEADER,
        type: message.type,
        text: media?.caption ?? '',
        header: source(media),
        mediaUrl: source(media),
        headerType: message.type.toUpperCase(),
        fileName: media?.filename ?? null,
      };
    }
  }
}

const source = (media: MediaObject | null) => media?.link ?? media?.id ?? null;

function mediaOf(message: SendRequest | TemplateParameter): MediaObject | null {
  if ('image' in message) return message.image;
  if ('video' in message) return message.video;
  if ('gif' in message) return message.gif;
  if ('document' in message) return message.document;
  return null;
}

/** Component types are accepted in upper and lower case, as in the validation. */
const isOfType = (component: TemplateSendComponent, type: string) => component.type.toLowerCase() === type;

function renderTemplate(shape: TemplateShape, template: TemplateObject): RenderedMessage {
  const given = template.components ?? [];
  const parameters = parametersOf(given, 'limited_time_offer')[0];
  const expiresAt =
    parameters && 'limited_time_offer' in parameters
      ? parameters.limited_time_offer.expiration_time_ms
      : null;
  const carousel = given.find((each) => isOfType(each, 'carousel')) as { cards: CarouselCard[] } | undefined;
  return {
    type: 'template',
    ...renderPart(shape, given),
    footer: shape.footer,
    offer: shape.offer === null ? null : { text: shape.offer, expiresAt },
    cards: (shape.cards ?? []).map((card, index) =>
      renderPart(card, carousel?.cards.find((each) => each.card_index === index)?.components ?? []),
    ),
  };
}

function parametersOf(given: TemplateSendComponent[], type: string): TemplateParameter[] {
  const component = given.find((each) => isOfType(each, type));
  return component && 'parameters' in component ? (component.parameters as TemplateParameter[]) : [];
}

function renderPart(shape: TemplateShape, given: TemplateSendComponent[]): RenderedPart {
  const header = parametersOf(given, 'header');
  return {
    text: fillVariables(shape.body.text, parametersOf(given, 'body'), shape.named),
    ...NO_HEADER,
    ...(shape.header?.format === 'TEXT'
      ? { header: fillVariables(shape.header.text, header, shape.named) }
      : renderHeader(header[0])),
    buttons: shape.buttons.map((button, index) =>
      renderButton(
        button,
        given.find((each) => 'index' in each && Number(each.index) === index),
      ),
    ),
  };
}

function renderHeader(parameter: TemplateParameter | undefined): Partial<RenderedPart> {
  if (!parameter) return {};
  const headerType = parameter.type.toUpperCase();
  if ('location' in parameter) {
    const { latitude, longitude, name, address } = parameter.location;
    return { headerType, location: { latitude, longitude, name: name ?? null, address: address ?? null } };
  }
  if ('product' in parameter) {
    const { catalog_id: catalogId, product_retailer_id: retailerId } = parameter.product;
    return { headerType, product: { catalogId, retailerId } };
  }
  const media = mediaOf(parameter);
  const url = source(media);
  return { headerType, header: url, mediaUrl: url, fileName: media?.filename ?? null };
}

function renderButton(
  { type, text, url }: ButtonShape,
  sent: TemplateSendComponent | undefined,
): RenderedButton {
  const [parameter] =
    (sent && 'parameters' in sent ? (sent.parameters as ButtonParameter[]) : undefined) ?? [];
  const shown: RenderedButton = { type, text };
  if (type === 'URL') {
    const suffix = parameter && 'text' in parameter ? parameter.text : '';
    shown.url = url.replace(/\{\{[^}]*\}\}/, () => suffix);
  }
  if (!parameter) return shown;
  if ('payload' in parameter) shown.payload = parameter.payload;
  if ('coupon_code' in parameter) shown.couponCode = parameter.coupon_code;
  if ('action' in parameter) {
    const { flow_token: flowToken, thumbnail_product_retailer_id: thumbnail, sections } = parameter.action;
    if (flowToken !== undefined) shown.flowToken = flowToken;
    if (thumbnail !== undefined) shown.thumbnail = thumbnail;
    if (sections)
      shown.sections = sections.map(({ title, product_items: items }) => ({
        title,
        products: items.map((item) => item.product_retailer_id),
      }));
  }
  return shown;
}

/** The first tracked link of the message, in a URL button or in the text; null if there is none. */
export function trackedLink(entry: LedgerEntry, linkBase: string): string | null {
  const { text, buttons, cards } = render(entry);
  const prefix = `${linkBase}/r/`;
  const button = [...buttons, ...cards.flatMap((card) => card.buttons)].find(({ url }) =>
    url?.startsWith(prefix),
  );
  if (button?.url) return button.url;
  const start = text.indexOf(prefix);
  if (start < 0) return null;
  const end = /[\s"'<>)\]]|$/.exec(text.slice(start))?.index ?? 0;
  return text.slice(start, start + end).replace(/[.,;:!?]+$/, '');
}
