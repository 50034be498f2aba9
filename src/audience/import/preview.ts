import type { IncomingMessage } from 'node:http';
import type { Business } from '../../accounts/business.entity';
import { piecesOf } from './body';
import { openFile } from './layout';
import type { ImportParameters } from './layout';
import { RecordReader } from './record-reader';
import { RowParser } from './row';

/** What a file would become, by its first megabyte. */
export interface ImportPreview {
  columns: { header: string; field: string | null; samples: string[] }[];
  /** Rows in the first megabyte, good and bad. */
  rows: number;
  errors: { line: number; column: string | null; value: string | null; reason: string }[];
}

const previewBytes = 1_000_000;
const mostSamples = 3;
const mostErrors = 1000;

/**
 * Reads the first megabyte of a file as an import would, and stores nothing. Contacts that are there already are not
 * looked at. At most 1,000 errors are told.
 * @throws BAD_USER_INPUT as an import does
 */
export async function previewImport(
  business: Business,
  parameters: ImportParameters,
  request: IncomingMessage,
): Promise<ImportPreview> {
  const pieces = piecesOf(request, previewBytes);
  const { value } = await pieces.next();
  await pieces.return();
  const { text, last } = value ?? { text: '', last: true };
  const { layout, position, line } = openFile(text, last, parameters);
  const columns = layout.headers.map((header, i) => {
    const target = layout.targets[i];
    const field = target && ('field' in target ? target.field : `attributes.${target.attribute}`);
    return { header, field: field ?? null, samples: [] as string[] };
  });
  const preview: ImportPreview = { columns, rows: 0, errors: [] };
  const parser = new RowParser({
    layout,
    country: business.defaultCountry,
    timezone: business.timezone,
    startedAt: new Date(),
  });
  const reader = new RecordReader(layout.delimiter, position, line);
  reader.push(text.slice(position));
  // without the end of the file its last row is not whole
  if (last) reader.end();
  for (let row = reader.next(); row; row = reader.next()) {
    preview.rows++;
    const parsed = parser.parse(row);
    if ('columns' in parsed) {
      columns.forEach(({ samples }, i) => {
        const sample = row.cells[i]?.trim().slice(0, 200).toWellFormed();
        if (sample && samples.length < mostSamples && !samples.includes(sample)) samples.push(sample);
      });
    } else if (preview.errors.length < mostErrors) {
      const { line: at, column, value: cell, reason } = parsed;
      preview.errors.push({ line: at, column, value: cell, reason });
    }
  }
  return preview;
}
