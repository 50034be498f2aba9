/** An HTTP/1.1 answer that is whole. */
export interface HttpAnswer {
  status: number;
  body: string;
  retryAfter: string | undefined;
  /** How long the connection may be idle by the server's word, in ms; 0 when it ends with this answer. */
  keepAliveMs: number | undefined;
}

/** Not an answer by RFC 9112: nothing that it says is believed. */
export class BadAnswer extends Error {}

/** WhatsApp's answers have 2 kB, a page of templates some hundred. */
const longestHead = 16 * 1024;
const longestBody = 4 * 1024 * 1024;
/** 100 Continue, 103 Early Hints. */
const mostInformational = 10;

const nothing = Buffer.alloc(0);

interface Head {
  status: number;
  minor: string | undefined;
  fields: Fields;
}

type Field = 'content-length' | 'transfer-encoding' | 'connection' | 'keep-alive' | 'retry-after';
type Fields = Partial<Record<Field, string>>;

/**
 * Reads one answer from the bytes as they come. States: informational heads → head → body → whole. What was read is not
 * read again, however small the pieces are. No I/O.
 */
export class AnswerReader {
  private bytes: Buffer = nothing;
  /** Where the unread begins. */
  private at = 0;
  private informational = 0;
  private head: Head | undefined;
  private readonly chunks: Buffer[] = [];
  /** Of all chunks. */
  private length = 0;

  /**
   * @param ended no more bytes will come
   * @returns undefined while the answer is not whole
   * @throws BadAnswer
   */
  read(more: Buffer, ended = false): HttpAnswer | undefined {
    this.bytes = this.bytes.length === 0 ? more : Buffer.concat([this.bytes, more]);
    // chunks of one byte are six bytes on the way
    if (this.bytes.length > longestHead + 6 * longestBody) throw new BadAnswer('too long');
    this.head ??= this.readHead();
    if (!this.head) return undefined;
    const { status, minor, fields } = this.head;
    const body = this.readBody(this.head, ended);
    if (body === undefined) return undefined;
    return { status, body, retryAfter: fields['retry-after'], keepAliveMs: keepAlive(minor, fields) };
  }

  /** Bytes that came and are not of the answer. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  private readHead(): Head | undefined {
    for (;;) {
      const end = this.bytes.indexOf('\r\n\r\n', this.at);
      if ((end === -1 ? this.bytes.length : end) - this.at > longestHead)
        throw new BadAnswer('the head is too long');
      if (end === -1) return undefined;
      const head = this.bytes.toString('latin1', this.at, end);
      const [, minor, code] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |\r\n|$)/.exec(head) ?? [];
      const status = Number(code);
      if (!code || status === 101) throw new BadAnswer('the answer has no status');
      this.at = end + 4;
      if (status >= 200) return { status, minor, fields: fieldsOf(head) };
      if (++this.informational > mostInformational) throw new BadAnswer('it never comes to the answer');
    }
  }

  private readBody({ status, fields }: Head, ended: boolean): string | undefined {
    const { 'content-length': length, 'transfer-encoding': coding } = fields;
    if (status === 204 || status === 304) return '';
    if (coding !== undefined) {
      if (length !== undefined || coding.toLowerCase() !== 'chunked')
        throw new BadAnswer('an unknown coding');
      return this.readChunks();
    }
    if (length === undefined) {
      if (this.left > longestBody) throw new BadAnswer('the body is too long');
      return ended ? this.take(this.left) : undefined;
    }
    if (!/^\d{1,9}$/.test(length) || Number(length) > longestBody)
      throw new BadAnswer('a length that is none');
    return this.left < Number(length) ? undefined : this.take(Number(length));
  }

  private take(length: number): string {
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  private readChunks(): string | undefined {
    for (;;) {
      const line = this.bytes.indexOf('\r\n', this.at);
      if ((line === -1 ? this.bytes.length : line) - this.at > longestHead)
        throw new BadAnswer('a chunk without a size');
      if (line === -1) return undefined;
      const said = this.bytes.toString('latin1', this.at, line);
      const [, hex] = /^0*([0-9a-f]{1,6})[ \t]*(?:;|$)/i.exec(said) ?? [];
      if (!hex) throw new BadAnswer('a chunk without a size');
      const size = parseInt(hex, 16);
      const from = line + 2;
      if (size === 0)
        return this.readTrailers(from) ? Buffer.concat(this.chunks).toString('utf8') : undefined;
      if (this.length + size > longestBody) throw new BadAnswer('the body is too long');
      if (this.bytes.length < from + size + 2) return undefined;
      if (this.bytes.toString('latin1', from + size, from + size + 2) !== '\r\n')
        throw new BadAnswer('a chunk without an end');
      this.chunks.push(this.bytes.subarray(from, from + size));
      this.length += size;
      this.at = from + size + 2;
    }
  }

  /** They end with an empty line; what they say is of no interest. @returns whether they have ended */
  private readTrailers(from: number): boolean {
    if (this.bytes.length - from > longestHead) throw new BadAnswer('the trailers are too long');
    const none = this.bytes.toString('latin1', from, from + 2) === '\r\n';
    const end = none ? from + 2 : this.bytes.indexOf('\r\n\r\n', from) + 4;
    if (end === 3) return false;
    this.at = end;
    return true;
  }
}

const deciding =
  /\r\n(content-length|transfer-encoding|connection|keep-alive|retry-after):[ \t]*([^\r\n]*)/gi;

/** The fields that decide where the answer ends and what becomes of the connection. */
function fieldsOf(head: string): Fields {
  const fields: Fields = {};
  // not matchAll, which takes twice as long
  deciding.lastIndex = 0;
  for (let found = deciding.exec(head); found; found = deciding.exec(head)) {
    const field = found[1]?.toLowerCase() as Field;
    const said = found[2]?.trim();
    const before = fields[field];
    if (before !== undefined && field === 'content-length' && before !== said)
      throw new BadAnswer('two lengths');
    fields[field] = before === undefined || field === 'content-length' ? said : `${before}, ${said}`;
  }
  return fields;
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
