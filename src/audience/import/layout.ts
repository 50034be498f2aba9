import { badInput, UserError } from '../../infra/errors';
import type { Field } from './fields';
import { fieldNamed, fieldsOf } from './fields';
import { ImportKind } from './kind';
import { RecordReader } from './record-reader';
import type { FileRow } from './record-reader';

/** What becomes of a column: a field, an attribute of this name, or nothing. */
export type Target = { field: Field } | { attribute: string } | null;

/** How a file is to be read: decided by its header and the parameters of the request, and kept with the import. */
export interface Layout {
  delimiter: string;
  /** As in the file, without the empty ones at the end. */
  headers: string[];
  /** How many columns in front are those of the bad rows that were given back: line and reason. */
  remarks: number;
  /** One for each header. */
  targets: Target[];
  /** Leave contacts that exist already as they are. */
  skipDuplicates: boolean;
}

/** The parameters of an import, as the request gives them. */
export interface ImportParameters {
  kind: ImportKind;
  /** Header → field, or null to leave the column out; other headers are matched by name. */
  mapping: Record<string, string | null>;
  skipDuplicates: boolean;
  attributes: boolean;
  fileName: string | null;
}

/** The layout, and where the first row after the header begins. */
export interface Opening {
  layout: Layout;
  ignoredColumns: string[];
  position: number;
  line: number;
}

const delimiters = [',', ';', '\t', '|'];
const mostColumns = 1000;
const mostAttributes = 100;
const longestAttributeName = 100;

/** The two columns that the bad rows of an import are given back with: they are no data. */
const remarks = ['line', 'reason'];

/**
 * Reads the header of a file.
 * @param text the beginning of the file
 * @param whole whether that is all of it
 * @throws BAD_USER_INPUT for a file without a usable header, or a mapping that does not fit it
 */
export function openFile(text: string, whole: boolean, parameters: ImportParameters): Opening {
  if (text.startsWith('PK\u0003\u0004'))
    throw new UserError('BAD_USER_INPUT', 'The file is an Excel workbook: save it as CSV and import that');
  const said = /^\s*"?sep=([,;|\t])"?[ ,;|\t]*(?:\r\n|\n|\r)/i.exec(text);
  const header = readHeader(text, whole, said, parameters.kind);
  const headers = header.row.cells.map((cell) => cell.trim());
  while (headers.length > 0 && headers.at(-1) === '') headers.pop();
  if (headers.length > mostColumns)
    throw new UserError('BAD_USER_INPUT', `The file has more than ${mostColumns} columns`);
  const hasRemarks = remarks.every((name, i) => headers[i]?.toLowerCase() === name);
  const own = hasRemarks ? headers.slice(remarks.length) : headers;
  checkHeaders(own);
  const targets: Target[] = [...(hasRemarks ? remarks.map(() => null) : []), ...targetsOf(own, parameters)];
  const has = (field: Field) => targets.some((one) => one && 'field' in one && one.field === field);
  if (!has('phone') && !has('externalId') && !has('bsuid'))
    throw new UserError(
      'BAD_USER_INPUT',
      `No column is the phone: name one "phone", or give the parameter mapping, e.g. {"${own[0] ?? 'Mobile'}": "phone"}`,
    );
  const ignoredColumns = headers.filter((name, i) => targets[i] === null && name !== '');
  const { delimiter } = header;
  return {
    layout: {
      delimiter,
      headers,
      remarks: hasRemarks ? remarks.length : 0,
      targets,
      skipDuplicates: parameters.skipDuplicates,
    },
    ignoredColumns,
    position: header.row.end,
    line: header.row.endLine,
  };
}

/** The first line that is not blank, by the delimiter that finds the most fields in it, else the most columns. */
function readHeader(
  text: string,
  whole: boolean,
  said: RegExpExecArray | null,
  kind: ImportKind,
): { row: FileRow; delimiter: string } {
  const from = said ? said[0].length : 0;
  const read = (delimiter: string): FileRow | undefined => {
    const reader = new RecordReader(delimiter, from, said ? 2 : 1);
    reader.push(text.slice(from));
    if (whole) reader.end();
    return reader.next();
  };
  const candidates = (said?.[1] ? [said[1]] : delimiters).flatMap((delimiter) => {
    const row = read(delimiter);
    return row ? [{ row, delimiter, fields: row.cells.filter((cell) => fieldNamed(cell, kind)).length }] : [];
  });
  const [best] = candidates.sort((a, b) => b.fields - a.fields || b.row.cells.length - a.row.cells.length);
  if (!best) throw new UserError('BAD_USER_INPUT', whole ? 'The file is empty' : 'The header is too long');
  if (best.row.problem) throw new UserError('BAD_USER_INPUT', `The header has ${best.row.problem.reason}`);
  return best;
}

function checkHeaders(headers: readonly string[]): void {
  const seen = new Set<string>();
  for (const header of headers) {
    if (/[\0\ufffd]/.test(header))
      throw new UserError('BAD_USER_INPUT', 'The header has characters that cannot be read');
    const key = header.toLowerCase();
    if (header !== '' && seen.has(key))
      throw new UserError('BAD_USER_INPUT', `The header "${shown(header)}" occurs twice`);
    seen.add(key);
  }
}

function targetsOf(headers: readonly string[], { kind, mapping, attributes }: ImportParameters): Target[] {
  const fields = new Map<number, Field>();
  const taken = new Set<Field>();
  const left = new Set<number>();
  for (const [name, field] of Object.entries(mapping)) {
    const exact = headers.indexOf(name.trim());
    const index =
      exact === -1 ? headers.findIndex((one) => one.toLowerCase() === name.trim().toLowerCase()) : exact;
    if (index === -1 || name.trim() === '')
      throw badInput('mapping', `headers of the file; "${shown(name)}" is none`);
    if (field === null) {
      left.add(index);
      continue;
    }
    const known = fieldsOf[kind].find((one) => one === field);
    if (!known)
      throw badInput('mapping', `fields of ${fieldsOf[kind].join(', ')}; "${shown(field)}" is none`);
    if (taken.has(known)) throw badInput('mapping', `one column for ${known}, not two`);
    taken.add(known);
    fields.set(index, known);
  }
  // a header that is exactly the field's name goes before a synonym
  for (const exactly of [true, false]) {
    headers.forEach((header, index) => {
      const field = fieldNamed(header, kind);
      if (!field || taken.has(field) || fields.has(index) || left.has(index)) return;
      if (exactly && header.toLowerCase() !== field.toLowerCase()) return;
      taken.add(field);
      fields.set(index, field);
    });
  }
  let attributeCount = 0;
  return headers.map((header, index): Target => {
    const field = fields.get(index);
    if (field) return { field };
    const keep = attributes && kind !== ImportKind.OPTOUTS && !left.has(index) && header !== '';
    if (!keep || header.length > longestAttributeName || attributeCount >= mostAttributes) return null;
    attributeCount++;
    return { attribute: header };
  });
}

function shown(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
