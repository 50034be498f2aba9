/** What people see of a template, or of a card of its carousel, read from the components as WhatsApp gave them. */
export interface TemplateParts {
  /** TEXT, IMAGE, VIDEO, DOCUMENT, …; undefined without a header. */
  headerFormat: string | undefined;
  headerText: string | undefined;
  /** What a limited-time offer says. */
  offer: string | undefined;
  body: string;
  footer: string | undefined;
  buttons: readonly { type: string; text: string }[];
  cards: readonly TemplateParts[];
}

/** A variable inside a text of a template. */
export const templateVariable = /\{\{\s*(\w+)\s*\}\}/g;

export function partsOf(components: unknown): TemplateParts {
  const list = objectsIn(components);
  const part = (type: string) => list.find((one) => textIn(one, 'type')?.toUpperCase() === type);
  const header = part('HEADER');
  return {
    headerFormat: header && textIn(header, 'format')?.toUpperCase(),
    headerText: textIn(header, 'text'),
    offer: textIn(objectsIn([part('LIMITED_TIME_OFFER')?.limited_time_offer])[0], 'text'),
    body: textIn(part('BODY'), 'text') ?? '',
    footer: textIn(part('FOOTER'), 'text'),
    buttons: objectsIn(part('BUTTONS')?.buttons).map((button) => ({
      type: textIn(button, 'type')?.toUpperCase() ?? '',
      text: textIn(button, 'text') ?? '',
    })),
    cards: objectsIn(part('CAROUSEL')?.cards).map((card) => partsOf(card.components)),
  };
}

type Loose = Record<string, unknown>;

function objectsIn(value: unknown): Loose[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.filter((one): one is Loose => typeof one === 'object' && one !== null);
}

function textIn(object: Loose | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === 'string' ? value : undefined;
}
