import { refuse, type Refusal } from './errors';
import { isObject, type JsonObject } from './json';
import type { SentComponents } from './send-components';
import type { ButtonShape, TemplateShape } from './template-shape';

/** Validation of the button components of a send. Error codes of newer kinds as users of the Cloud API reported them. */

const PAYLOAD_LIMIT = 256;
const COUPON_CODE_LIMIT = 20;
const SECTION_LIMIT = 10;
const PRODUCT_LIMIT = 30;
const SECTION_TITLE_LIMIT = 24;

/** The button of a one-time password takes the parameter of a URL button. */
const subTypeOf = (type: string) => (type === 'OTP' ? 'url' : type.toLowerCase());

export function checkButtons(shape: TemplateShape, given: SentComponents): Refusal | null {
  for (const [index, { subType }] of given.buttons) {
    const button = shape.buttons[index];
    if (!button) return refuse(131009, `buttons: there is no button at index ${index}`);
    if (subTypeOf(button.type) !== subType) {
      return refuse(
        132012,
        `buttons: Button at index ${index} is of type ${button.type}, received ${subType}`,
      );
    }
  }
  for (const [index, button] of shape.buttons.entries()) {
    const problem = checkButton(index, button, given.buttons.get(index)?.parameters ?? null);
    if (problem) return problem;
  }
  return null;
}

/** `parameters` is null if the send has no component for the button. */
function checkButton(
  index: number,
  { type, takesSuffix }: ButtonShape,
  parameters: JsonObject[] | null,
): Refusal | null {
  const [first] = parameters ?? [];
  const needs = (code: number, kind: string, what: string) =>
    refuse(code, `buttons: Button at index ${index} of type ${kind} requires ${what}`);
  switch (type) {
    case 'URL':
      if (takesSuffix)
        return typeof first?.text !== 'string' || first.text.trim() === ''
          ? needs(131008, 'Url', 'a parameter')
          : null;
      return first
        ? refuse(132000, `buttons: Button at index ${index} of type Url takes no parameter`)
        : null;
    case 'QUICK_REPLY': {
      if (!first) return null;
      const { payload } = first;
      if (typeof payload !== 'string') return needs(131008, 'QuickReply', 'a payload');
      if (payload === '') return refuse(132018);
      return payload.length > PAYLOAD_LIMIT
        ? refuse(131009, `buttons: payload at index ${index} is longer than ${PAYLOAD_LIMIT} characters`)
        : null;
    }
    case 'COPY_CODE': {
      const coupon = first?.coupon_code;
      if (typeof coupon !== 'string' || coupon.trim() === '') return needs(131008, 'CopyCode', 'a parameter');
      return coupon.length > COUPON_CODE_LIMIT
        ? refuse(131009, `buttons: coupon code is longer than ${COUPON_CODE_LIMIT} characters`)
        : null;
    }
    case 'FLOW': {
      if (!parameters) return needs(131009, 'Flow', 'a component');
      if (!first) return null;
      const token = isObject(first.action) ? first.action.flow_token : undefined;
      const isToken = token === undefined || (typeof token === 'string' && token !== '');
      return first.type === 'action' && isObject(first.action) && isToken
        ? null
        : needs(131009, 'Flow', 'an action with a flow_token');
    }
    case 'CATALOG':
      return actionOf(first) === null
        ? needs(131008, type, 'an action with a thumbnail_product_retailer_id')
        : null;
    case 'MPM': {
      const action = actionOf(first);
      if (!action) return needs(131008, type, 'an action with a thumbnail_product_retailer_id');
      return checkSections(index, action.sections);
    }
    case 'OTP':
      return typeof first?.text !== 'string' || first.text === '' ? needs(131008, 'Otp', 'the code') : null;
    case 'PHONE_NUMBER':
    case 'SPM':
      return first
        ? refuse(100, `buttons: Button at index ${index} of type ${type} takes no parameter`)
        : null;
    default:
      return null;
  }
}

/** The action of a catalogue or multi-product button; null without its thumbnail. */
function actionOf(parameter: JsonObject | undefined): JsonObject | null {
  const action = parameter?.type === 'action' ? parameter.action : undefined;
  if (!isObject(action)) return null;
  const thumbnail = action.thumbnail_product_retailer_id;
  return typeof thumbnail === 'string' && thumbnail !== '' ? action : null;
}

function checkSections(index: number, sections: unknown): Refusal | null {
  const wrong = (code: number, what: string) => refuse(code, `buttons: sections at index ${index} ${what}`);
  if (!Array.isArray(sections) || sections.length === 0) return wrong(131008, 'are missing');
  if (sections.length > SECTION_LIMIT) return wrong(131009, `are more than ${SECTION_LIMIT}`);
  let products = 0;
  for (const section of sections as unknown[]) {
    if (!isObject(section)) return wrong(131009, 'must be objects');
    const { title, product_items: items } = section;
    if (typeof title !== 'string' || title === '' || title.length > SECTION_TITLE_LIMIT)
      return wrong(131009, `must have a title of 1 to ${SECTION_TITLE_LIMIT} characters`);
    const isItem = (item: unknown) =>
      isObject(item) && typeof item.product_retailer_id === 'string' && item.product_retailer_id !== '';
    if (!Array.isArray(items) || items.length === 0 || !items.every(isItem))
      return wrong(131009, 'must have product_items with a product_retailer_id');
    products += items.length;
  }
  return products > PRODUCT_LIMIT ? wrong(131009, `have more than ${PRODUCT_LIMIT} products`) : null;
}
