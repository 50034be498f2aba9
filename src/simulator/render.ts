import type { MediaObject, SendRequest, TemplateObject, TemplateParameter } from '../whatsapp/wire';
import type { LedgerEntry } from './ledger';
import { fillVariables, type TemplateShape } from './template-shape';

/** A message as shown to the recipient. */
export interface RenderedMessage {
  type: SendRequest['type'];
  text: string;
  /** Rendered text, or the link or id of the media. */
  header: string | null;
  mediaUrl: string | null;
  buttons: { type: string; text: string; url?: string; payload?: string }[];
}

export function render(entry: LedgerEntry): RenderedMessage {
  const message = entry.parsed();
  switch (message.type) {
    case 'template':
      return entry.shape
        ? renderTemplate(entry.shape, message.template)
        : { type: 'template', text: '', header: null, mediaUrl: null, buttons: [] };
    case 'text':
      return { type: 'text', text: message.text.body, header: null, mediaUrl: null, buttons: [] };
    case 'image':
    case 'video':
    case 'document': {
      const media = mediaOf(message);
      return {
        type: message.type,
        text: media?.caption ?? '',
        header: source(media),
        mediaUrl: source(media),
        buttons: [],
      };
    }
  }
}

const source = (media: MediaObject | null) => media?.link ?? media?.id ?? null;

function mediaOf(message: SendRequest | TemplateParameter): MediaObject | null {
  if ('image' in message) return message.image;
  if ('video' in message) return message.video;
  if ('document' in message) return message.document;
  return null;
}

function renderTemplate(shape: TemplateShape, template: TemplateObject): RenderedMessage {
  // Component types are accepted in upper and lower case, as in the validation.
  const given = (template.components ?? []).map((each) => ({ ...each, type: each.type.toLowerCase() }));
  const parametersOf = (type: 'header' | 'body') =>
    (given.find((each) => each.type === type)?.parameters ?? []) as TemplateParameter[];
  const header = parametersOf('header');
  const media = header[0] ? source(mediaOf(header[0])) : null;
  const headerText =
    shape.header?.format === 'TEXT' ? fillVariables(shape.header.text, header, shape.named) : null;
  return {
    type: 'template',
    text: fillVariables(shape.body.text, parametersOf('body'), shape.named),
    header: headerText ?? media,
    mediaUrl: media,
    buttons: shape.buttons.map((button, index) => {
      const component = given.find((each) => 'index' in each && Number(each.index) === index);
      const parameter = component?.parameters?.[0];
      const shown: RenderedMessage['buttons'][number] = { type: button.type, text: button.text };
      if (button.type === 'URL') {
        const suffix = parameter && 'text' in parameter ? parameter.text : '';
        shown.url = button.url.replace(/\{\{[^}]*\}\}/, () => suffix);
      }
      if (parameter && 'payload' in parameter) shown.payload = parameter.payload;
      return shown;
    }),
  };
}

/** The first tracked link of the message, in a URL button or in the text; null if there is none. */
export function trackedLink(entry: LedgerEntry, linkBase: string): string | null {
  const { text, buttons } = render(entry);
  const prefix = `${linkBase}/r/`;
  const button = buttons.find(({ url }) => url?.startsWith(prefix));
  if (button?.url) return button.url;
  const start = text.indexOf(prefix);
  if (start < 0) return null;
  const end = /[\s"'<>)\]]|$/.exec(text.slice(start))?.index ?? 0;
  return text.slice(start, start + end).replace(/[.,;:!?]+$/, '');
}
