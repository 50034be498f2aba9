import type {
  ButtonParameter,
  MediaObject,
  SendRequest,
  TemplateParameter,
  TemplateSendComponent,
} from '../whatsapp/wire';
import type { Pattern, Person } from './placeholders';
import { compilePattern, fillPattern, literalOf, uses } from './placeholders';
import { optOutButtonsOf, quickReplies } from './templates/opt-out-buttons';
import { shapeOf } from './templates/template-shape';
import type { HeaderFormat, MeasuredText, Slot } from './templates/template-shape';
import type { Template } from './templates/template.entity';
import { cleanSuffix, cleanValue, encodeInAddress, isBlank } from './value';

/** What rendering needs to know of a template. */
export type SendableTemplate = Pick<Template, 'name' | 'language' | 'parameterFormat' | 'components'> &
  Partial<Pick<Template, 'optOutChoice'>>;

/** The content of a campaign, the same for everybody. */
export interface MessageContent {
  template: SendableTemplate | undefined;
  templateParameters: readonly string[];
  messageText: string | null;
  mediaUrl: string | null;
  mediaType: 'IMAGE' | 'VIDEO' | 'DOCUMENT' | null;
}

/** WhatsApp's lengths, in characters. */
export const maxText = 4096;
export const maxCaption = 1024;
export const maxParameter = 1024;

/** What differs for each message, besides the person. */
export interface Stamp {
  /** Sent with the message; WhatsApp returns it in each status. */
  callbackData: string;
  /** The click token; empty when nothing is tracked. */
  linkToken: string;
}

/** A message for one person, or the reason why this person cannot be sent one. */
export type Rendered = { message: SendRequest } | { problem: string };

export type Renderer = (person: Person, stamp: Stamp) => Rendered;

/** Prepares a campaign's message once, so that rendering for one person only fills in values. */
export function prepareMessage(content: MessageContent, publicUrl: string): Renderer {
  return content.template
    ? templateRenderer(content, content.template, publicUrl)
    : freeFormRenderer(content, publicUrl);
}

/** Whether the message contains a tracked link. */
export function isTracked(content: MessageContent, publicUrl: string): boolean {
  if (content.template) return shapeOf(content.template.components, publicUrl).trackedButtons.length > 0;
  return uses(compilePattern(content.messageText ?? '', { link: true }), 'link');
}

/** The value of a slot for one person, as WhatsApp takes it; empty when nothing visible is left. */
function valueFor(slot: Slot, pattern: Pattern, person: Person): string {
  return slot.at === 'button' && slot.type === 'url'
    ? cleanSuffix(fillPattern(pattern, person, '', encodeInAddress))
    : cleanValue(fillPattern(pattern, person));
}

const somebody: Person = { name: 'x', phone: 'x', email: 'x' };

/**
 * The fewest characters that a value can have, whoever it is for.
 * @returns 0 for a value that is empty for everybody
 */
export function shortestValue(slot: Slot, pattern: Pattern): number {
  const filled = valueFor(slot, pattern, somebody).length;
  if (literalOf(pattern) !== undefined) return filled;
  // a field may be empty, the value may not
  return Math.max(1, filled - pattern.filter((part) => typeof part !== 'string').length);
}

/** The length of a text once its values are filled in, by the lengths of all values. */
export function filledLength({ fixedLength, values }: MeasuredText, lengths: readonly number[]): number {
  return values.reduce((sum, { slot, times }) => sum + times * (lengths[slot] ?? 0), fixedLength);
}

function templateRenderer(content: MessageContent, template: SendableTemplate, publicUrl: string): Renderer {
  const shape = shapeOf(template.components, publicUrl);
  // an account whose API version does not tell the format may still have named variables
  const named =
    template.parameterFormat === 'NAMED' ||
    shape.slots.some((slot) => slot.at !== 'button' && !/^\d+$/.test(slot.name));
  const filled = shape.slots.map((slot, i) => {
    const pattern = compilePattern(content.templateParameters[i] ?? '', { link: false });
    const same = literalOf(pattern) === undefined ? undefined : valueFor(slot, pattern, somebody);
    return { slot, pattern, same };
  });
  const media = mediaHeader(content, shape.headerFormat);
  const optOuts = new Set(optOutButtonsOf(shape.buttons, template.optOutChoice));
  const replies = quickReplies(shape.buttons).map(({ index }) => ({
    index,
    prefix: optOuts.has(index) ? 'STOP' : 'REPLY',
  }));

  return (person, stamp) => {
    const header: TemplateParameter[] = media ? [media] : [];
    const body: TemplateParameter[] = [];
    const buttons: TemplateSendComponent[] = [];
    const lengths: number[] = [];
    for (const { slot, pattern, same } of filled) {
      const text = same ?? valueFor(slot, pattern, person);
      if (text === '') return { problem: `The value for ${slotName(slot)} is empty for this person` };
      if (text.length > maxParameter)
        return { problem: `The value for ${slotName(slot)} is too long for this person` };
      lengths.push(text.length);
      if (slot.at === 'button') buttons.push(button(slot, text));
      else
        (slot.at === 'header' ? header : body).push({
          type: 'text',
          ...(named ? { parameter_name: slot.name } : {}),
          text,
        });
    }
    const tooLong = shape.measured.find((text) => filledLength(text, lengths) > text.max);
    if (tooLong) {
      return {
        problem: `With this person's values ${tooLong.what} has ${filledLength(tooLong, lengths)} characters; WhatsApp allows ${tooLong.max}`,
      };
    }
    for (const index of shape.trackedButtons)
      buttons.push(button({ at: 'button', index, type: 'url' }, stamp.linkToken));
    for (const { index, prefix } of replies) {
      const payload: ButtonParameter = { type: 'payload', payload: `${prefix}:${stamp.callbackData}` };
      buttons.push({ type: 'button', sub_type: 'quick_reply', index: String(index), parameters: [payload] });
    }
    const components: TemplateSendComponent[] = [];
    if (header.length > 0) components.push({ type: 'header', parameters: header });
    if (body.length > 0) components.push({ type: 'body', parameters: body });
    components.push(...buttons);
    return {
      message: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: person.phone,
        type: 'template',
        template: {
          name: template.name,
          language: { code: template.language },
          ...(components.length > 0 ? { components } : {}),
        },
        biz_opaque_callback_data: stamp.callbackData,
      },
    };
  };
}

function freeFormRenderer(content: MessageContent, publicUrl: string): Renderer {
  const pattern: Pattern = compilePattern(content.messageText ?? '', { link: true });
  return (person, stamp) => {
    const text = fillPattern(pattern, person, `${publicUrl}/r/${stamp.linkToken}`);
    const base = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: person.phone,
      biz_opaque_callback_data: stamp.callbackData,
    } as const;
    const max = content.mediaUrl ? maxCaption : maxText;
    if (text.length > max) return { problem: `The text is longer than ${max} characters for this person` };
    if (content.mediaUrl && content.mediaType) {
      const media: MediaObject = { link: content.mediaUrl, ...(isBlank(text) ? {} : { caption: text }) };
      return { message: mediaMessage(base, content.mediaType, media) };
    }
    if (isBlank(text)) return { problem: 'The text is empty for this person' };
    return {
      message: { ...base, type: 'text', text: { body: text, preview_url: /https?:\/\//.test(text) } },
    };
  };
}

function mediaMessage(
  base: {
    messaging_product: 'whatsapp';
    recipient_type: 'individual';
    to: string;
    biz_opaque_callback_data: string;
  },
  type: 'IMAGE' | 'VIDEO' | 'DOCUMENT',
  media: MediaObject,
): SendRequest {
  switch (type) {
    case 'IMAGE':
      return { ...base, type: 'image', image: media };
    case 'VIDEO':
      return { ...base, type: 'video', video: media };
    case 'DOCUMENT':
      return { ...base, type: 'document', document: media };
  }
}

function mediaHeader(
  content: MessageContent,
  format: HeaderFormat | undefined,
): TemplateParameter | undefined {
  if (!content.mediaUrl) return undefined;
  const media = { link: content.mediaUrl };
  if (format === 'IMAGE') return { type: 'image', image: media };
  if (format === 'VIDEO') return { type: 'video', video: media };
  if (format === 'DOCUMENT') return { type: 'document', document: media };
  return undefined;
}

function button(slot: Extract<Slot, { at: 'button' }>, text: string): TemplateSendComponent {
  const parameter: ButtonParameter =
    slot.type === 'url' ? { type: 'text', text } : { type: 'coupon_code', coupon_code: text };
  return { type: 'button', sub_type: slot.type, index: String(slot.index), parameters: [parameter] };
}

function slotName(slot: Slot): string {
  return slot.at === 'button' ? `button ${slot.index + 1}` : `{{${slot.name}}}`;
}
