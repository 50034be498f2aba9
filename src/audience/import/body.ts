import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../infra/errors';
import { FileDecoder } from './encoding';

/** Bytes of a piece of a file that is being stored. It is held in memory several times, as bytes and as text. */
const storedBytes = 250_000;
/** A sender that is silent for so long has gone. */
const stallMs = 25_000;
/** What a packed file may unpack to without suspicion, and how many times its size beyond that. */
const unsuspicious = 50_000_000;
const highestRatio = 200;

/** A piece of a file that is being received, as text. */
export interface Piece {
  text: string;
  /** Bytes of the file so far, unpacked. */
  sourceEnd: number;
  /** The file ends with it. */
  last: boolean;
}

/** The upload ended before the file did: there is nobody to answer. */
export class UploadBroke extends Error {}

/**
 * The body of a request as pieces of text, each of at least so many bytes but for the last. It is read no faster than the
 * pieces are taken.
 * @throws UploadBroke; BAD_USER_INPUT for a packed body that cannot be unpacked
 */
export async function* piecesOf(
  request: IncomingMessage,
  pieceBytes = storedBytes,
): AsyncGenerator<Piece, void> {
  const decoder = new FileDecoder();
  let sourceEnd = 0;
  // one piece behind, because the last must be known as such
  let waiting: Buffer | undefined;
  for await (const bytes of buffersOf(request, pieceBytes)) {
    if (waiting) yield { text: decoder.decode(waiting, false), sourceEnd, last: false };
    sourceEnd += bytes.length;
    waiting = bytes;
  }
  yield { text: decoder.decode(waiting ?? Buffer.alloc(0), true), sourceEnd, last: true };
}

async function* buffersOf(request: IncomingMessage, pieceBytes: number): AsyncGenerator<Buffer, void> {
  let collected: Buffer[] = [];
  let size = 0;
  try {
    for await (const bytes of unlessStalled(request, unpacked(request))) {
      collected.push(bytes);
      size += bytes.length;
      if (size < pieceBytes) continue;
      yield Buffer.concat(collected);
      collected = [];
      size = 0;
    }
  } catch (error) {
    throw isUnpacking(error)
      ? new UserError(
          'BAD_USER_INPUT',
          'The file cannot be unpacked: Content-Encoding is gzip, the body is not, or not whole',
        )
      : error instanceof UserError
        ? error
        : new UploadBroke();
  }
  if (!request.complete) throw new UploadBroke();
  if (size > 0) yield Buffer.concat(collected);
}

/** Ends a request whose sender is silent while more is waited for; what it takes to store a piece does not count. */
async function* unlessStalled(
  request: IncomingMessage,
  source: AsyncGenerator<Buffer, void>,
): AsyncGenerator<Buffer, void> {
  try {
    for (;;) {
      const stalled = setTimeout(() => request.destroy(new UploadBroke()), stallMs);
      const next = await source.next().finally(() => clearTimeout(stalled));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await source.return();
  }
}

async function* unpacked(request: IncomingMessage): AsyncGenerator<Buffer, void> {
  // the request is not destroyed when it is not read to its end: it still gets an answer
  const options = { destroyOnReturn: false };
  if (!(request.headers['content-encoding'] ?? '').toLowerCase().includes('gzip')) {
    yield* request.iterator(options) as AsyncIterable<Buffer>;
    return;
  }
  const gunzip = createGunzip();
  request.once('error', () => gunzip.destroy(new UploadBroke()));
  request.pipe(gunzip);
  let given = 0;
  try {
    for await (const bytes of gunzip.iterator(options) as AsyncIterable<Buffer>) {
      given += bytes.length;
      if (given > unsuspicious && given > gunzip.bytesWritten * highestRatio)
        throw new UserError(
          'BAD_USER_INPUT',
          'The file unpacks to much more than a table does: send it unpacked',
        );
      yield bytes;
    }
  } finally {
    request.unpipe(gunzip);
    gunzip.destroy();
  }
}

function isUnpacking(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.startsWith('Z_');
}
