import { isUtf8 } from 'node:buffer';
import { VariableKind } from '../templates/variables';

const megabyte = 1024 * 1024;

/** Largest media, in bytes. */
export const maxMediaBytes = 16 * megabyte;
/** Largest video that WhatsApp takes as a GIF. */
const maxGifBytes = 3.5 * megabyte;

interface MediaKind {
  /** What a message calls it. */
  kind: 'IMAGE' | 'VIDEO' | 'DOCUMENT';
  /** Of names of files. */
  ending: string;
  maxBytes: number;
  looksRight: (content: Buffer) => boolean;
}

const startsWith = (hex: string) => {
  const start = Buffer.from(hex, 'hex');
  return (content: Buffer) => content.subarray(0, start.length).equals(start);
};
/** ISO base media: the box `ftyp`, with a brand that is, or is not, one of 3GPP. */
const isFilm = (is3gp: boolean) => (content: Buffer) =>
  content.toString('latin1', 4, 8) === 'ftyp' && content.toString('latin1', 8, 11).startsWith('3g') === is3gp;
const isZip = startsWith('504b0304');
const isOle = startsWith('d0cf11e0a1b11ae1');

const image = (ending: string, looksRight: MediaKind['looksRight']): MediaKind => ({
  kind: 'IMAGE',
  ending,
  maxBytes: 5 * megabyte,
  looksRight,
});
const other = (
  kind: 'VIDEO' | 'DOCUMENT',
  ending: string,
  looksRight: MediaKind['looksRight'],
): MediaKind => ({ kind, ending, maxBytes: maxMediaBytes, looksRight });

const office = 'application/vnd.openxmlformats-officedocument';
/** The types that WhatsApp takes in campaigns. */
const types: Readonly<Record<string, MediaKind>> = {
  'image/jpeg': image('jpg', startsWith('ffd8ff')),
  'image/png': image('png', startsWith('89504e470d0a1a0a')),
  'video/mp4': other('VIDEO', 'mp4', isFilm(false)),
  'video/3gpp': other('VIDEO', '3gp', isFilm(true)),
  'application/pdf': other('DOCUMENT', 'pdf', startsWith('255044462d')),
  'application/msword': other('DOCUMENT', 'doc', isOle),
  'application/vnd.ms-excel': other('DOCUMENT', 'xls', isOle),
  'application/vnd.ms-powerpoint': other('DOCUMENT', 'ppt', isOle),
  [`${office}.wordprocessingml.document`]: other('DOCUMENT', 'docx', isZip),
  [`${office}.spreadsheetml.sheet`]: other('DOCUMENT', 'xlsx', isZip),
  [`${office}.presentationml.presentation`]: other('DOCUMENT', 'pptx', isZip),
  'text/plain': other('DOCUMENT', 'txt', (content) => isUtf8(content) && !content.includes(0)),
};

/** The type that a Content-Type header names; undefined for one that WhatsApp does not take. */
export function mediaTypeOf(header: string | undefined): string | undefined {
  const type = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const usual = type === 'image/jpg' ? 'image/jpeg' : type;
  return Object.hasOwn(types, usual) ? usual : undefined;
}

export const mediaTypes: readonly string[] = Object.keys(types);

/**
 * Whether the bytes are of the type that they are said to be, and not too many.
 * @returns what is wrong, to complete "expected …"; undefined when nothing is
 */
export function wrongMedia(type: string, content: Buffer): string | undefined {
  const known = types[type];
  if (!known) return `one of ${mediaTypes.join(', ')}`;
  if (content.length === 0) return 'a file that is not empty';
  if (content.length > known.maxBytes) return `at most ${known.maxBytes / megabyte} MB for ${type}`;
  return known.looksRight(content) ? undefined : `a file whose bytes are ${type}`;
}

/** IMAGE, VIDEO or DOCUMENT. */
export function kindOfMedia(type: string): 'IMAGE' | 'VIDEO' | 'DOCUMENT' {
  return types[type]?.kind ?? 'DOCUMENT';
}

/**
 * Whether media can stand where a template has this kind of variable.
 * @returns what it is instead, in words; undefined when it can
 */
export function unfitMedia(
  { type, bytes }: { type: string; bytes: number },
  kind: VariableKind,
): string | undefined {
  const fits = kind === VariableKind.GIF ? type === 'video/mp4' : String(kind) === kindOfMedia(type);
  if (!fits) return type;
  // the limits of the other kinds hold for everything that is kept
  return kind === VariableKind.GIF && bytes > maxGifBytes
    ? `a video of more than ${maxGifBytes / megabyte} MB, the most that WhatsApp takes as a GIF`
    : undefined;
}

/** A name for a document that was given none. */
export function fileNameOfType(type: string): string {
  return `document.${types[type]?.ending ?? 'bin'}`;
}
