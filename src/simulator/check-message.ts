import type { HeaderFormat } from '../whatsapp/wire';
import { isObject } from './json';
import type { JsonObject } from './json';
import { refuse, unknownObject, type Refusal } from './errors';
import type { Sender } from './accounts';
import type { SimulatorState } from './state';

/**
 * Validation of a send request in this order: the envelope, the object named by `type`, the
 * recipient's number. Templates are checked in check-template.ts.
 */

const SUPPORTED = ['text', 'image', 'video', 'document', 'template'] as const;
export type SupportedType = (typeof SUPPORTED)[number];
/** Message types of the Cloud API that campaigns do not use. */
const NOT_SUPPORTED = ['audio', 'contacts', 'interactive', 'location', 'reaction', 'sticker'];

const TEXT_LIMIT = 4096;
const CAPTION_LIMIT = 1024;
const CALLBACK_DATA_LIMIT = 512;

const isSupported = (type: unknown): type is SupportedType => SUPPORTED.some((each) => each === type);

/** Checks the fields common to all sends; afterwards `type` is known to be supported. */
export function checkEnvelope(message: unknown): Refusal | null {
  if (!isObject(message)) return refuse(100, 'The request body is not a JSON object.');
  if (message.messaging_product === undefined) {
    return refuse(100, 'The parameter messaging_product is required.');
  }
  if (message.messaging_product !== 'whatsapp') {
    return refuse(100, 'Param messaging_product must be one of {WHATSAPP}.');
  }
  if (message.status === 'read') {
    return typeof message.message_id === 'string'
      ? null
      : refuse(100, 'The parameter message_id is required.');
  }
  const { to, recipient } = message;
  if (to === undefined && recipient === undefined) return refuse(100, 'The parameter to is required.');
  if (to === undefined && typeof recipient !== 'string')
    return refuse(100, 'Param recipient must be a string.');
  if (to !== undefined && typeof to !== 'string') return refuse(100, 'Param to must be a string.');
  if (message.recipient_type !== undefined && message.recipient_type !== 'individual') {
    return refuse(100, 'Param recipient_type must be one of {INDIVIDUAL}.');
  }
  const type = message.type ?? 'text';
  if (isSupported(type)) return null;
  const unsupported = NOT_SUPPORTED.find((each) => each === type);
  if (unsupported) return refuse(131051, `Message type ${unsupported} is not supported by the simulator`);
  const allowed = [...SUPPORTED, ...NOT_SUPPORTED].sort().join(', ').toUpperCase();
  return refuse(100, `Param type must be one of {${allowed}} - got ${JSON.stringify(type)}.`);
}

/** Checks the object named by `type` and the optional fields next to it. */
export function checkContent(
  state: SimulatorState,
  sender: Sender,
  message: JsonObject,
  type: SupportedType,
): Refusal | null {
  const content = message[type];
  if (content === undefined) return refuse(131008, `Parameter '${type}' is mandatory for type '${type}'`);
  if (!isObject(content)) return refuse(100, `Param ${type} must be a JSON object.`);
  const callbackData = message.biz_opaque_callback_data;
  if (callbackData !== undefined && typeof callbackData !== 'string') {
    return refuse(100, 'Param biz_opaque_callback_data must be a string.');
  }
  if (callbackData !== undefined && callbackData.length > CALLBACK_DATA_LIMIT) {
    return refuse(
      100,
      `Param biz_opaque_callback_data must be at most ${CALLBACK_DATA_LIMIT} characters long.`,
    );
  }
  if (message.context !== undefined) {
    if (!isObject(message.context) || typeof message.context.message_id !== 'string') {
      return refuse(100, "Param context['message_id'] must be a string.");
    }
  }
  if (type === 'template') return null;
  return type === 'text' ? checkText(content) : checkMediaMessage(state, sender, type, content);
}

function checkText(text: JsonObject): Refusal | null {
  if (text.body === undefined || text.body === '') return refuse(131008, "Parameter 'text.body' is missing");
  if (typeof text.body !== 'string') return refuse(100, "Param text['body'] must be a string.");
  if (text.body.length > TEXT_LIMIT) {
    return refuse(100, `Param text['body'] must be at most ${TEXT_LIMIT} characters long.`);
  }
  if (text.preview_url !== undefined && typeof text.preview_url !== 'boolean') {
    return refuse(100, "Param text['preview_url'] must be a boolean.");
  }
  return null;
}

function checkMediaMessage(
  state: SimulatorState,
  sender: Sender,
  type: 'image' | 'video' | 'document',
  media: JsonObject,
): Refusal | null {
  const { caption, filename } = media;
  if (caption !== undefined && typeof caption !== 'string') {
    return refuse(100, `Param ${type}['caption'] must be a string.`);
  }
  if (caption !== undefined && caption.length > CAPTION_LIMIT) {
    return refuse(100, `Param ${type}['caption'] must be at most ${CAPTION_LIMIT} characters long.`);
  }
  if (filename !== undefined && type !== 'document') {
    return refuse(100, `Unexpected key "filename" on param "${type}".`);
  }
  return checkMediaObject(state, sender, type, media);
}

const FORMATS: Record<'image' | 'video' | 'gif' | 'document', HeaderFormat> = {
  image: 'IMAGE',
  video: 'VIDEO',
  gif: 'GIF',
  document: 'DOCUMENT',
};

/** Requires exactly one of a known media id and a fetchable link; for messages and template headers. */
export function checkMediaObject(
  state: SimulatorState,
  sender: Sender,
  type: 'image' | 'video' | 'gif' | 'document',
  media: JsonObject,
): Refusal | null {
  const { id, link } = media;
  if ((id === undefined) === (link === undefined)) {
    return refuse(131008, `Param ${type} must have exactly one of 'id' and 'link'`);
  }
  if (id !== undefined) {
    if ((typeof id === 'string' || typeof id === 'number') && state.media.usableBy(String(id), sender))
      return null;
    return refuse(100, `Param ${type}['id'] is not a valid whatsapp business account media attachment ID`);
  }
  if (typeof link !== 'string' || !/^https?:\/\/[^\s/]+/i.test(link)) {
    return refuse(131009, `Param ${type}['link'] is not a valid URI.`);
  }
  switch (state.links.check(link, FORMATS[type])) {
    case 'ok':
      return null;
    case 'unreachable':
      return refuse(131053, `Media could not be downloaded from the link: ${link}`);
    case 'wrong type':
      return refuse(131053, `Unsupported ${type} mime type at the link: ${link}`);
  }
}

/** The digits of a phone number, ignoring `+`, spaces, hyphens and parentheses; null if it is not a phone number. */
export function phoneDigits(to: string): string | null {
  const digits = /^\+?\d+$/.test(to) ? to.replace('+', '') : to.replace(/[\s()-]/g, '').replace(/^\+/, '');
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : null;
}

export function checkRecipient(state: SimulatorState, sender: Sender, digits: string | null): Refusal | null {
  if (digits === null) {
    return refuse(131009, 'The phone number is malformed: Please use the format: +1234567890.');
  }
  if (digits === sender.displayPhoneNumber) return refuse(131021);
  const allowed = state.behaviour.allowedRecipients;
  if (allowed && !allowed.some((each) => phoneDigits(each) === digits)) return refuse(131030);
  return null;
}

/** Checks that the path contains the id of a business phone number. */
export function checkSenderId(state: SimulatorState, id: string): Refusal | null {
  const exists =
    /^\d+$/.test(id) && !state.accounts.isWaba(id) && !state.behaviour.unknownNumbers.includes(id);
  return exists ? null : unknownObject(id, 'post');
}
