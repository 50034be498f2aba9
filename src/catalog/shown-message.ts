import type {
  ButtonParameter,
  MediaObject,
  SendRequest,
  TemplateObject,
  TemplateParameter,
  TemplateSendComponent,
} from '../whatsapp/wire';
import type { ButtonShape } from './templates/buttons';
import type { PartShape } from './templates/part-shape';
import { shapeOf } from './templates/template-shape';
import { fillVariables } from './templates/variables';

export interface ShownButton {
  type: string;
  text: string | null;
  url: string | null;
  phoneNumber: string | null;
  couponCode: string | null;
  /** The token of a flow; null without one. */
  flow: string | null;
  /** Products of a multi-product button by their ids in the catalogue. */
  sections: { title: string; retailerIds: string[] }[];
  /** The product whose picture a catalogue or multi-product button shows. */
  thumbnailRetailerId: string | null;
}

export interface ShownPart {
  /** A text, or the address of the media. */
  header: string | null;
  /** What the header is besides a text: IMAGE, VIDEO, GIF, DOCUMENT, LOCATION or PRODUCT. */
  headerType: string | null;
  fileName: string | null;
  location: { latitude: number; longitude: number; name: string; address: string } | null;
  /** Of a product in the header. */
  retailerId: string | null;
  body: string | null;
  buttons: ShownButton[];
}

/** A message as its recipient sees it. */
export interface ShownMessage extends ShownPart {
  footer: string | null;
  offer: { text: string | null; expiresAt: Date | null } | null;
  cards: ShownPart[];
}

/** Of a message that cannot be rendered. */
export const nothingShown: ShownMessage = {
  header: null,
  headerType: null,
  fileName: null,
  location: null,
  retailerId: null,
  body: null,
  buttons: [],
  footer: null,
  offer: null,
  cards: [],
};

/**
 * What a recipient will see, read from the request that is posted to WhatsApp, so that a preview cannot differ from it.
 * @param components of the template; not used for a message without one
 */
export function shownMessage(request: SendRequest, components: unknown, publicUrl: string): ShownMessage {
  switch (request.type) {
    case 'template':
      return shownTemplate(request.template, components, publicUrl);
    case 'text':
      return { ...nothingShown, body: request.text.body };
    case 'image':
      return { ...nothingShown, ...shownMedia('IMAGE', request.image), body: request.image.caption ?? null };
    case 'video':
      return { ...nothingShown, ...shownMedia('VIDEO', request.video), body: request.video.caption ?? null };
    case 'document':
      return {
        ...nothingShown,
        ...shownMedia('DOCUMENT', request.document),
        body: request.document.caption ?? null,
      };
  }
}

function shownTemplate(
  { components: sent = [] }: TemplateObject,
  components: unknown,
  publicUrl: string,
): ShownMessage {
  const shape = shapeOf(components, publicUrl);
  const ends = parametersOf(sent, 'limited_time_offer').find((one) => 'limited_time_offer' in one);
  const carousel = sent.find((one) => one.type === 'carousel');
  return {
    ...nothingShown,
    ...shownPart(shape, sent),
    footer: shape.footerText ?? null,
    offer:
      shape.offerText === undefined
        ? null
        : {
            text: shape.offerText,
            expiresAt: ends ? new Date(ends.limited_time_offer.expiration_time_ms) : null,
          },
    cards: shape.cards.map((card, i) => shownPart(card, carousel?.cards[i]?.components ?? [])),
  };
}

function shownPart(part: PartShape, sent: readonly TemplateSendComponent[]): ShownPart {
  const { headerText, bodyText, buttons } = part;
  const header = parametersOf(sent, 'header');
  return {
    ...nothingShown,
    ...(headerText === undefined ? shownHeader(header[0]) : { header: filled(headerText, header) }),
    body: bodyText === undefined ? null : filled(bodyText, parametersOf(sent, 'body')),
    buttons: buttons.map((button) =>
      shownButton(
        button,
        sent.find((one) => one.type === 'button' && Number(one.index) === button.index),
      ),
    ),
  };
}

function parametersOf(
  sent: readonly TemplateSendComponent[],
  type: 'header' | 'body' | 'limited_time_offer',
): readonly TemplateParameter[] {
  const component = sent.find((one) => one.type === type);
  return component?.type === type ? component.parameters : [];
}

/** Parameters without a name stand in the order of the numbers, which begin at 1. */
function filled(text: string, parameters: readonly TemplateParameter[]): string {
  return fillVariables(text, (name) => {
    const found =
      parameters.find((one) => 'parameter_name' in one && one.parameter_name === name) ??
      parameters[Number(name) - 1];
    return found?.type === 'text' ? found.text : undefined;
  });
}

function shownHeader(parameter: TemplateParameter | undefined): Partial<ShownPart> {
  if (!parameter) return {};
  if ('image' in parameter) return shownMedia('IMAGE', parameter.image);
  if ('video' in parameter) return shownMedia('VIDEO', parameter.video);
  if ('gif' in parameter) return shownMedia('GIF', parameter.gif);
  if ('document' in parameter) return shownMedia('DOCUMENT', parameter.document);
  if ('product' in parameter)
    return { headerType: 'PRODUCT', retailerId: parameter.product.product_retailer_id };
  if (!('location' in parameter)) return {};
  const { latitude, longitude, name = '', address = '' } = parameter.location;
  const location = { latitude: Number(latitude), longitude: Number(longitude), name, address };
  return { headerType: 'LOCATION', location };
}

function shownMedia(headerType: string, { link, id, filename }: MediaObject): Partial<ShownPart> {
  return { headerType, header: link ?? id ?? null, fileName: filename ?? null };
}

function shownButton(
  { type, text, url, phoneNumber }: ButtonShape,
  sent: TemplateSendComponent | undefined,
): ShownButton {
  const parameter: ButtonParameter | undefined = sent?.type === 'button' ? sent.parameters?.[0] : undefined;
  const action = parameter?.type === 'action' ? parameter.action : undefined;
  return {
    type,
    text: text ?? null,
    url:
      url === undefined
        ? null
        : fillVariables(url, () => (parameter?.type === 'text' ? parameter.text : undefined)),
    phoneNumber: phoneNumber ?? null,
    couponCode: parameter?.type === 'coupon_code' ? parameter.coupon_code : null,
    flow: action?.flow_token ?? null,
    sections: (action?.sections ?? []).map(({ title, product_items: items }) => ({
      title,
      retailerIds: items.map((item) => item.product_retailer_id),
    })),
    thumbnailRetailerId: action?.thumbnail_product_retailer_id ?? null,
  };
}
