import type { Sender } from './accounts';
import { checkMediaObject } from './check-message';
import { refuse, type Refusal } from './errors';
import { isObject, type JsonObject } from './json';
import type { SimulatorState } from './state';

/** Checks what a header parameter contains; its type was compared with the approved format before. */
export function checkHeader(
  state: SimulatorState,
  sender: Sender,
  parameter: JsonObject | undefined,
): Refusal | null {
  if (typeof parameter?.type !== 'string') return null;
  const type = parameter.type.toLowerCase();
  const value = parameter[type];
  if (!isObject(value)) return null;
  switch (type) {
    case 'image':
    case 'video':
    case 'gif':
    case 'document':
      for (const field of ['caption', ...(type === 'document' ? [] : ['filename'])])
        if (value[field] !== undefined) return refuse(100, `Unexpected key "${field}" on param "${type}".`);
      if (value.filename !== undefined && typeof value.filename !== 'string')
        return refuse(100, "Param document['filename'] must be a string.");
      return checkMediaObject(state, sender, type, value);
    case 'location':
      return checkLocation(value);
    case 'product':
      return checkTexts('product', value, ['catalog_id', 'product_retailer_id']);
    default:
      return null;
  }
}

/** WhatsApp takes degrees as numbers and as texts. */
function checkLocation(location: JsonObject): Refusal | null {
  for (const [field, most] of [
    ['latitude', 90],
    ['longitude', 180],
  ] as const) {
    const given = location[field];
    if (given === undefined || given === '') return refuse(131008, `header: location ${field} is missing`);
    const degrees = typeof given === 'number' || typeof given === 'string' ? Number(given) : NaN;
    if (!(Math.abs(degrees) <= most)) return refuse(131009, `header: location ${field} is invalid`);
  }
  return checkTexts('location', location, ['name', 'address']);
}

function checkTexts(what: string, object: JsonObject, fields: string[]): Refusal | null {
  const missing = fields.find((field) => typeof object[field] !== 'string' || object[field].trim() === '');
  return missing === undefined ? null : refuse(131008, `header: ${what} ${missing} is missing`);
}
