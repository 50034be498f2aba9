/** The kinds of files that messages carry. */
export type MediaKind = 'IMAGE' | 'VIDEO' | 'GIF' | 'DOCUMENT';

const megabyte = 1024 * 1024;
const office = 'application/vnd.openxmlformats-officedocument';

/** What WhatsApp takes, by kind: the types by the endings of files, and the largest file in bytes. */
const taken: Record<MediaKind, { types: Readonly<Record<string, string>>; maxBytes: number }> = {
  IMAGE: { types: { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' }, maxBytes: 5 * megabyte },
  VIDEO: { types: { mp4: 'video/mp4', '3gp': 'video/3gpp' }, maxBytes: 16 * megabyte },
  GIF: { types: { mp4: 'video/mp4' }, maxBytes: 3.5 * megabyte },
  DOCUMENT: {
    types: {
      pdf: 'application/pdf',
      doc: 'application/msword',
      docx: `${office}.wordprocessingml.document`,
      xls: 'application/vnd.ms-excel',
      xlsx: `${office}.spreadsheetml.sheet`,
      ppt: 'application/vnd.ms-powerpoint',
      pptx: `${office}.presentationml.presentation`,
      txt: 'text/plain',
    },
    maxBytes: 16 * megabyte,
  },
};

/** For the browser's choice of a file. */
export function acceptedFiles(kind: MediaKind): string {
  return Object.keys(taken[kind].types)
    .map((ending) => `.${ending}`)
    .join(',');
}

/** The Content-Type of a file, by the ending of its name; or why it cannot be sent as such media. */
export function checkFile(
  kind: MediaKind,
  { name, size }: Pick<File, 'name' | 'size'>,
): { type: string } | { wrong: 'TYPE' | 'SIZE' | 'EMPTY' } {
  const { types, maxBytes } = taken[kind];
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const type = Object.hasOwn(types, ending) ? types[ending] : undefined;
  if (type === undefined) return { wrong: 'TYPE' };
  if (size === 0) return { wrong: 'EMPTY' };
  return size > maxBytes ? { wrong: 'SIZE' } : { type };
}
