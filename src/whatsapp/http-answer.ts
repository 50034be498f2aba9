/** An HTTP/1.1 answer that is whole. */
export interface HttpAnswer {
  status: number;
  body: string;
  retryAfter: string | undefined;
  /** How long the connection may be idle by the server's word, in ms; 0 when it ends with this answer. */
  keepAliveMs: number | undefined;
  /** Bytes of it, with those of the informational answers before it. */
  bytes: number;
}

/** Not an answer by RFC 9112: nothing that it says is believed. */
export class BadAnswer extends Error {}

const longestHead = 64 * 1024;
const longestBody = 16 * 1024 * 1024;

/**
 * Reads the answer that begins with the first byte; undefined while it is not whole. Pure, and called again with all
 * bytes when more have come: an answer of WhatsApp is one packet.
 * @param ended no more bytes will come
 * @throws BadAnswer
 */
export function readAnswer(bytes: Buffer, ended = false): HttpAnswer | undefined {
  if (bytes.length > longestHead + longestBody) throw new BadAnswer('the answer is too long');
  let start = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n\r\n', start);
    if ((end === -1 ? bytes.length : end) - start > longestHead) throw new BadAnswer('the head is too long');
    if (end === -1) return undefined;
    const head = bytes.toString('latin1', start, end);
    const [, minor, code] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |\r\n|$)/.exec(head) ?? [];
    const status = Number(code);
    if (!code || status === 101) throw new BadAnswer('the answer has no status');
    start = end + 4;
    if (status < 200) continue;
    const fields = fieldsOf(head);
    const body = readBody(bytes, start, ended, status, fields);
    return (
      body && { status, ...body, retryAfter: fields['retry-after'], keepAliveMs: keepAlive(minor, fields) }
    );
  }
}

type Field = 'content-length' | 'transfer-encoding' | 'connection' | 'keep-alive' | 'retry-after';
type Fields = Partial<Record<Field, string>>;

/** The fields that decide where the answer ends and what becomes of the connection. */
function fieldsOf(head: string): Fields {
  const fields: Fields = {};
  for (const [, name, value] of head.matchAll(
    /\r\n(content-length|transfer-encoding|connection|keep-alive|retry-after):[ \t]*([^\r\n]*)/gi,
  )) {
    const field = name?.toLowerCase() as Field;
    const said = value?.trim();
    const before = fields[field];
    if (before !== undefined && field === 'content-length' && before !== said)
      throw new BadAnswer('two lengths');
    fields[field] = before === undefined || field === 'content-length' ? said : `${before}, ${said}`;
  }
  return fields;
}

function readBody(
  bytes: Buffer,
  start: number,
  ended: boolean,
  status: number,
  { 'content-length': length, 'transfer-encoding': coding }: Fields,
): { body: string; bytes: number } | undefined {
  if (status === 204 || status === 304) return { body: '', bytes: start };
  if (coding !== undefined) {
    if (length !== undefined || coding.toLowerCase() !== 'chunked') throw new BadAnswer('an unknown coding');
    return readChunks(bytes, start);
  }
  if (length === undefined)
    return ended ? { body: bytes.toString('utf8', start), bytes: bytes.length } : undefined;
  if (!/^\d{1,9}$/.test(length) || Number(length) > longestBody) throw new BadAnswer('a length that is none');
  const end = start + Number(length);
  return bytes.length < end ? undefined : { body: bytes.toString('utf8', start, end), bytes: end };
}

function readChunks(bytes: Buffer, start: number): { body: string; bytes: number } | undefined {
  const chunks: Buffer[] = [];
  for (let at = start; ;) {
    const line = bytes.indexOf('\r\n', at);
    if ((line === -1 ? bytes.length : line) - at > longestHead) throw new BadAnswer('a chunk without a size');
    if (line === -1) return undefined;
    const [, hex] = /^0*([0-9a-f]{1,7})[ \t]*(?:;|$)/i.exec(bytes.toString('latin1', at, line)) ?? [];
    if (!hex) throw new BadAnswer('a chunk without a size');
    const size = parseInt(hex, 16);
    at = line + 2;
    if (size === 0) {
      const end = endOfTrailers(bytes, at);
      return end === undefined ? undefined : { body: Buffer.concat(chunks).toString('utf8'), bytes: end };
    }
    if (at + size - start > longestBody) throw new BadAnswer('the body is too long');
    if (bytes.length < at + size + 2) return undefined;
    if (bytes.toString('latin1', at + size, at + size + 2) !== '\r\n')
      throw new BadAnswer('a chunk without an end');
    chunks.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
}

/** Trailers end with an empty line; what they say is of no interest. */
function endOfTrailers(bytes: Buffer, start: number): number | undefined {
  if (bytes.length - start > longestHead) throw new BadAnswer('the trailers are too long');
  if (bytes.toString('latin1', start, start + 2) === '\r\n') return start + 2;
  const end = bytes.indexOf('\r\n\r\n', start);
  return end === -1 ? undefined : end + 4;
}

function keepAlive(minor: string | undefined, fields: Fields): number | undefined {
  const connection = (fields.connection ?? '').toLowerCase();
  const wanted = minor === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection);
  // without a length the end of the connection was the end of the answer
  const bounded = fields['content-length'] !== undefined || fields['transfer-encoding'] !== undefined;
  if (!wanted || !bounded) return 0;
  const [, seconds] = /\btimeout=(\d{1,6})/i.exec(fields['keep-alive'] ?? '') ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
