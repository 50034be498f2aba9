import type { PreviewColumn } from './preview';

const mostRows = 20;
const mostSamples = 3;

/**
 * The columns of a file as they stand in it, for the time when the server refuses the file because no column is the
 * phone: then only a person can say which one it is. Everything else is decided by the server.
 */
export function firstColumns(beginning: Uint8Array): PreviewColumn[] {
  const text = decode(beginning).replace(/^\s*"?sep=[,;|\t]"?[^\r\n]*(?:\r\n|\n|\r)/i, '');
  const [, firstLine = ''] = /^\s*([^\r\n]*)/.exec(text) ?? [];
  const [headers = [], ...rows] = readRows(text, delimiterOf(firstLine));
  const named = headers.map((header) => header.trim());
  while (named.at(-1) === '') named.pop();
  return named.map((header, index) => {
    const values = rows.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');
    return { header, field: null, samples: [...new Set(values)].slice(0, mostSamples) };
  });
}

function decode(bytes: Uint8Array): string {
  const zeros = bytes.slice(0, 200).findIndex((byte) => byte === 0);
  const encoding =
    (bytes[0] === 0xfe && bytes[1] === 0xff) || zeros % 2 === 0
      ? 'utf-16be'
      : (bytes[0] === 0xff && bytes[1] === 0xfe) || zeros > 0
        ? 'utf-16le'
        : 'utf-8';
  try {
    // The last character may be cut.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function delimiterOf(line: string): string {
  const outside = line.replace(/"(?:[^"]|"")*"/g, '');
  const counted = [',', ';', '\t', '|'].map((delimiter) => ({
    delimiter,
    count: outside.split(delimiter).length,
  }));
  return counted.sort((a, b) => b.count - a.count)[0]?.delimiter ?? ',';
}

/** The first rows that are not blank, by RFC 4180. */
function readRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((value) => value.trim() !== '')) rows.push(row);
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length && rows.length <= mostRows; i++) {
    const character = text.charAt(i);
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(i + 1) === '"') cell += text.charAt(i++);
      else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === delimiter) {
      row.push(cell);
      cell = '';
    } else if (character === '\n' || character === '\r') endRow();
    else cell += character;
  }
  if (rows.length <= mostRows) endRow();
  return rows;
}
