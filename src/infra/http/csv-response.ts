import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Streams a CSV file of this name, line by line or many lines at once. A reader that goes away ends it without an error. */
export async function sendCsv(
  response: Response,
  name: string,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  response
    .type('text/csv; charset=utf-8')
    .set('content-disposition', `attachment; filename="${name}"`)
    .set('x-content-type-options', 'nosniff');
  // spreadsheets take a file without the mark for Windows-1252
  response.write('\ufeff');
  await pipeline(Readable.from(lines), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
