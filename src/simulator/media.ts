import { createHash, randomBytes } from 'node:crypto';
import type { MediaInfo } from '../whatsapp/wire';
import type { Sender } from './accounts';
import { refuse, type Refusal } from './errors';

/** Media ids expire after 30 days, download URLs after five minutes. */
const MEDIA_DAYS_MS = 30 * 86_400_000;
const URL_SECONDS = 300;

const KILOBYTE = 1024;
const DOCUMENTS =
  /^(text\/plain|application\/(pdf|msword|vnd\.ms-excel|vnd\.ms-powerpoint|vnd\.openxmlformats-officedocument\..+))$/;
const KINDS: { kind: string; mime: RegExp; maxBytes: number }[] = [
  { kind: 'image', mime: /^image\/(jpeg|png)$/, maxBytes: 5 * KILOBYTE ** 2 },
  { kind: 'video', mime: /^video\/(mp4|3gpp)$/, maxBytes: 16 * KILOBYTE ** 2 },
  { kind: 'document', mime: DOCUMENTS, maxBytes: 100 * KILOBYTE ** 2 },
  { kind: 'audio', mime: /^audio\/(aac|amr|mpeg|mp4|ogg)$/, maxBytes: 16 * KILOBYTE ** 2 },
  { kind: 'sticker', mime: /^image\/webp$/, maxBytes: 500 * KILOBYTE },
];

interface StoredMedia {
  id: string;
  phoneNumberId: string;
  mimeType: string;
  uploadedAt: number;
  content: Buffer;
}

/** One part of a multipart body. */
interface Part {
  name: string;
  mimeType: string | null;
  content: Buffer;
}

export class MediaStore {
  readonly #media = new Map<string, StoredMedia>();
  #counter = 0;
  readonly #secret = randomBytes(8).toString('hex');

  /** Media can only be used by the number that uploaded it. */
  usableBy(id: string, sender: Sender): boolean {
    return this.find(id)?.phoneNumberId === sender.phoneNumberId;
  }

  find(id: string): StoredMedia | null {
    const media = this.#media.get(id);
    return media && Date.now() - media.uploadedAt < MEDIA_DAYS_MS ? media : null;
  }

  /** Every upload that is still known, oldest first. */
  list(): { id: string; phoneNumberId: string; mimeType: string; bytes: number; uploadedAt: number }[] {
    return [...this.#media.values()].map(({ content, ...media }) => ({ ...media, bytes: content.length }));
  }

  put(media: StoredMedia): void {
    this.#media.set(media.id, media);
  }

  remove(id: string): void {
    this.#media.delete(id);
  }

  /** Stores the file of a multipart upload. */
  upload(sender: Sender, contentType: string, body: Buffer): StoredMedia | Refusal {
    const parts = parseMultipart(contentType, body);
    if (!parts) return refuse(100, 'The request body is not multipart/form-data.');
    const text = (name: string) => parts.find((part) => part.name === name)?.content.toString();
    if (text('messaging_product') !== 'whatsapp') {
      return refuse(100, 'The parameter messaging_product is required.');
    }
    const file = parts.find((part) => part.name === 'file');
    if (!file) return refuse(100, 'The parameter file is required.');
    const mimeType = (file.mimeType ?? text('type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const kind = KINDS.find((each) => each.mime.test(mimeType));
    if (!kind)
      return refuse(100, `Param file must be a file with a supported type - got ${mimeType || 'no type'}.`);
    if (file.content.length > kind.maxBytes) {
      return refuse(131053, `Param file is too large: an ${kind.kind} may have ${kind.maxBytes} bytes.`);
    }
    const media: StoredMedia = {
      id: this.#newId(),
      phoneNumberId: sender.phoneNumberId,
      mimeType,
      uploadedAt: Date.now(),
      content: file.content,
    };
    this.put(media);
    return media;
  }

  info(media: StoredMedia, baseUrl: string): MediaInfo {
    const expires = Math.floor(Date.now() / 1000) + URL_SECONDS;
    const hash = this.#urlHash(media.id, expires);
    return {
      messaging_product: 'whatsapp',
      id: media.id,
      url: `${baseUrl}/whatsapp_business/attachments/?mid=${media.id}&ext=${expires}&hash=${hash}`,
      mime_type: media.mimeType,
      sha256: createHash('sha256').update(media.content).digest('hex'),
      file_size: media.content.length,
    };
  }

  /** The media of a download URL; null if the URL is invalid or expired. */
  download(query: URLSearchParams): StoredMedia | null {
    const id = query.get('mid') ?? '';
    const expires = Number(query.get('ext'));
    if (!(expires * 1000 > Date.now()) || query.get('hash') !== this.#urlHash(id, expires)) return null;
    return this.find(id);
  }

  #urlHash(id: string, expires: number): string {
    return createHash('sha256').update(`${this.#secret}/${id}/${expires}`).digest('hex').slice(0, 20);
  }

  #newId(): string {
    return `${Date.now()}${String(++this.#counter % 1000).padStart(3, '0')}`;
  }
}

function parseMultipart(contentType: string, body: Buffer): Part[] | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (!contentType.startsWith('multipart/form-data') || !boundary) return null;
  const delimiter = Buffer.from(`--${boundary[1] ?? boundary[2]}`);
  const parts: Part[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const contentStart = start + delimiter.length + 2;
    const end = body.indexOf(delimiter, contentStart);
    if (end < 0) break;
    const blankLine = body.indexOf('\r\n\r\n', contentStart);
    if (blankLine < 0 || blankLine > end) return null;
    const head = body.toString('utf8', contentStart, blankLine);
    const name = /content-disposition:[^\r\n]*[;\s]name="([^"]*)"/i.exec(head)?.[1];
    const mimeType = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? null;
    if (name === undefined) return null;
    parts.push({ name, mimeType, content: body.subarray(blankLine + 4, end - 2) });
    start = end;
  }
  return parts;
}
