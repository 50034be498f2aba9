import { isObject, type JsonObject } from './json';
import { refuse, type Refusal } from './errors';

/** The components of a send request by type. Their parameters are objects, not validated further. */
export interface SentComponents {
  header: JsonObject[] | null;
  body: JsonObject[] | null;
  offer: JsonObject[] | null;
  cards: JsonObject[] | null;
  buttons: Map<number, { subType: string; parameters: JsonObject[] }>;
}

export function groupComponents(components: unknown): SentComponents | Refusal {
  const given: SentComponents = { header: null, body: null, offer: null, cards: null, buttons: new Map() };
  if (components === undefined) return given;
  if (!Array.isArray(components)) return refuse(100, "Param template['components'] must be an array.");
  for (const [place, component] of components.entries()) {
    const where = `template['components'][${place}]`;
    if (!isObject(component)) return refuse(100, `Param ${where} must be a JSON object.`);
    const parameters: unknown = component.parameters ?? [];
    if (!Array.isArray(parameters) || !parameters.every(isObject)) {
      return refuse(100, `Param ${where}['parameters'] must be an array of objects.`);
    }
    switch (String(component.type).toLowerCase()) {
      case 'header':
        given.header = parameters;
        break;
      case 'body':
        given.body = parameters;
        break;
      case 'button': {
        // Meta's samples use strings and numbers for the index, and upper and lower case for sub_type.
        const index = Number(component.index ?? NaN);
        if (!Number.isInteger(index)) return refuse(131008, `Param ${where}['index'] is missing`);
        given.buttons.set(index, { subType: String(component.sub_type).toLowerCase(), parameters });
        break;
      }
      case 'limited_time_offer':
        given.offer = parameters;
        break;
      case 'carousel': {
        const { cards } = component;
        if (!Array.isArray(cards) || !cards.every(isObject)) {
          return refuse(100, `Param ${where}['cards'] must be an array of objects.`);
        }
        given.cards = cards;
        break;
      }
      default:
        return refuse(
          100,
          `Param ${where}['type'] must be one of {HEADER, BODY, BUTTON, LIMITED_TIME_OFFER, CAROUSEL}.`,
        );
    }
  }
  return given;
}
