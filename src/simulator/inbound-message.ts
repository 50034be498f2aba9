import { createHash } from 'node:crypto';
import type { Problem } from './control-body';
import type { Inbound } from './inbound-schema';
import type { LedgerEntry } from './ledger';
import { render } from './render';

/** Fields common to all inbound messages. */
interface Head {
  from?: string;
  from_user_id?: string;
  id: string;
  timestamp: string;
}
interface Message extends Head {
  type: string;
}

const MIME_TYPES = {
  image: 'image/jpeg',
  video: 'video/mp4',
  document: 'application/pdf',
  audio: 'audio/ogg; codecs=opus',
  sticker: 'image/webp',
};

/** Builds the element of `messages[]` in the webhook. */
export function inboundMessage(
  inbound: Exclude<Inbound, { type: 'user_preferences' }>,
  answered: LedgerEntry | null,
  head: Head,
): Message | Problem {
  const { type } = inbound;
  switch (type) {
    case 'text':
      return message(head, type, { text: { body: inbound.body } });
    case 'button': {
      const tapped = inbound.button === undefined ? null : buttonOf(answered, inbound.button);
      if (inbound.button !== undefined && !tapped) {
        return { field: 'button', expected: 'the place of a quick reply of the message' };
      }
      const payload = inbound.payload ?? tapped?.payload ?? tapped?.text;
      if (payload === undefined) return { field: 'payload', expected: 'a payload, or a button' };
      return message(head, type, { button: { payload, text: inbound.body ?? tapped?.text ?? payload } });
    }
    case 'interactive': {
      const { kind = 'button_reply', replyId: id, title, description } = inbound;
      return message(head, type, { interactive: { type: kind, [kind]: { id, title, description } } });
    }
    case 'reaction': {
      const messageId = inbound.contextId ?? answered?.id;
      if (messageId === undefined) return { field: 'contextId', expected: 'the message that is reacted to' };
      // A reaction without an emoji removes the earlier reaction.
      return message(head, type, { reaction: { message_id: messageId, emoji: inbound.body } });
    }
    case 'image':
    case 'video':
    case 'document':
    case 'audio':
    case 'sticker':
      return message(head, type, {
        [type]: {
          id: String(parseInt(createHash('sha256').update(head.id).digest('hex').slice(0, 12), 16)),
          mime_type: inbound.mimeType ?? MIME_TYPES[type],
          sha256: createHash('sha256').update(head.id).digest('base64'),
          caption: inbound.body,
          filename: inbound.filename,
        },
      });
    case 'unsupported': {
      const error = {
        code: 131051,
        title: 'Message type unknown',
        message: 'Message type unknown',
        error_data: { details: 'Message type is currently not supported.' },
      };
      return message(head, type, { errors: [error] });
    }
    case 'system':
      return message(head, type, {
        system: {
          body: inbound.body ?? 'User changed their identity',
          type: inbound.change,
          wa_id: inbound.newNumber?.replace(/\D/g, ''),
          user_id: inbound.newUserId,
          previous_user_id: inbound.previousUserId,
        },
      });
    case 'raw':
      return { ...head, ...inbound.message };
  }
}

const message = (head: Head, type: string, content: object): Message => ({ ...head, type, ...content });

/** The quick reply button at this index of the answered message. */
function buttonOf(answered: LedgerEntry | null, place: number) {
  const button = answered ? render(answered).buttons[place] : undefined;
  return button?.type === 'QUICK_REPLY' ? button : null;
}
