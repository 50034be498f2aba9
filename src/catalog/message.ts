import type { MediaObject, SendRequest } from '../whatsapp/wire';
import { fileNameOf } from './file-name';
import { mediaObject } from './media/object';
import type { MediaSource, UploadedMedia } from './media/source';
import { VariableKind } from './templates/variables';
import type { Pattern } from './placeholders';
import { compilePattern, fillPattern, uses } from './placeholders';
import { templateRenderer } from './render-template';
import type { Renderer, SendableTemplate } from './renderer';
import { isTrackedShape, shapeOf } from './templates/template-shape';
import type { TemplateValues } from './templates/template-value';
import { isBlank } from './value';

/** The content of a campaign, the same for everybody. */
export interface MessageContent {
  template: SendableTemplate | undefined;
  /** Of the template. */
  templateValues: TemplateValues;
  messageText: string | null;
  /** Of a message without a template. */
  mediaUrl: string | null;
  /** Media kept here, instead of an address. */
  mediaId?: string | null;
  mediaType: 'IMAGE' | 'VIDEO' | 'DOCUMENT' | null;
}

/** WhatsApp's lengths, in characters. */
export const maxText = 4096;
export const maxCaption = 1024;

/** All media of a campaign's content. */
export function sourcesOf(content: MessageContent): MediaSource[] {
  if (content.template)
    return Object.values(content.templateValues).filter(({ mediaId, mediaUrl }) => mediaId ?? mediaUrl);
  const { mediaId, mediaUrl, mediaType } = content;
  if (!mediaType || (!mediaId && !mediaUrl)) return [];
  return [{ kind: VariableKind[mediaType], ...(mediaId ? { mediaId } : { mediaUrl: mediaUrl ?? '' }) }];
}

/**
 * Prepares a campaign's message once, so that rendering for one person only fills in values.
 * @param uploaded media that WhatsApp has; any other goes by link
 */
export function prepareMessage(
  content: MessageContent,
  publicUrl: string,
  uploaded: UploadedMedia = new Map(),
): Renderer {
  return content.template
    ? templateRenderer(content.template, content.templateValues, publicUrl, uploaded)
    : freeFormRenderer(content, publicUrl, uploaded);
}

/** Whether the message contains a tracked link. */
export function isTracked(content: MessageContent, publicUrl: string): boolean {
  if (content.template) return isTrackedShape(shapeOf(content.template.components, publicUrl));
  return uses(compilePattern(content.messageText ?? '', { link: true }), 'link');
}

function freeFormRenderer(content: MessageContent, publicUrl: string, uploaded: UploadedMedia): Renderer {
  const { mediaType } = content;
  const hasMedia = mediaType && (content.mediaUrl ?? content.mediaId);
  const source = hasMedia ? mediaObject(content, uploaded) : undefined;
  const pattern: Pattern = compilePattern(content.messageText ?? '', { link: true });
  return (person, stamp) => {
    const text = fillPattern(pattern, person, `${publicUrl}/r/${stamp.linkToken(0)}`);
    const base = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: person.phone,
      biz_opaque_callback_data: stamp.callbackData,
    } as const;
    const max = hasMedia ? maxCaption : maxText;
    if (text.length > max) return { problem: `The text is longer than ${max} characters for this person` };
    if (source && mediaType) {
      const media: MediaObject = { ...source, ...(isBlank(text) ? {} : { caption: text }) };
      return { message: mediaMessage(base, mediaType, media, fileNameOf(content.mediaUrl)) };
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
  filename: string,
): SendRequest {
  switch (type) {
    case 'IMAGE':
      return { ...base, type: 'image', image: media };
    case 'VIDEO':
      return { ...base, type: 'video', video: media };
    case 'DOCUMENT':
      return { ...base, type: 'document', document: { ...media, filename } };
  }
}
