import { CsvError, parse } from 'csv-parse/sync';
import type { Options } from 'csv-parse/sync';

/** A row of a file as it stands there. */
export interface FileRow {
  /** The physical line on which it begins; the file's first is 1. */
  line: number;
  cells: string[];
  /** As it stands in the file, without its line end. */
  raw: string;
  /** Where it ends, in UTF-16 units from the beginning of the file, and the line there: reading can go on from here. */
  end: number;
  endLine: number;
  /** Why it cannot be read, in words; `column` is the place of the cell. */
  problem?: { reason: string; column: number; value: string };
}

/** The most bytes of a cell. */
const largestCell = 1_000_000;
/** The most characters of a row. What is longer is skipped up to its line end. */
const longestRow = 8_000_000;
/** How far the end of a quoted cell is looked for, in characters; beyond it counts as open. */
const longestQuoted = 4_000_000;
/** Characters that csv-parse gets at once, which takes it about 3 ms: the process has other work besides. */
const blockSize = 24_000;

const overCell = 'a cell over 1 MB';
const overRow = 'a row over 8 MB';
const openQuote = 'a quote that is opened and not closed';
const afterQuote = 'text after a closing quote';

const options: Options = {
  bom: false,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  skip_empty_lines: false,
  trim: true,
};

/** What csv-parse makes of a text: its rows with the byte after their line end, and the error of the row after them. */
interface Parsed {
  records: { cells: string[]; end: number }[];
  error?: CsvError;
}

/**
 * Splits a file into rows with csv-parse, by RFC 4180 and as forgiving as spreadsheets are: line ends may be LF, CRLF or
 * CR, and change; a quote inside an unquoted cell stands for itself; blanks around a cell are dropped. csv-parse stops at
 * the first row that it cannot read. Only the first line of that row is taken as bad, and reading goes on with the next
 * line: a quote that is never closed does not take the rest of the file along.
 *
 * Text is given by `push`, rows are taken by `next` until it returns undefined, which asks for more text; after `end` it
 * means that there are no more. Blank lines are no rows. Memory: the text not yet taken, at most a row of 8 MB.
 */
export class RecordReader {
  private text = '';
  /** Where the text begins that was not given to csv-parse yet, or is to be given again. */
  private at = 0;
  private ended = false;
  private read: FileRow[] = [];
  /** Rows of `read` that were taken. */
  private taken = 0;
  /** Characters that the next block should have, and must have more than: after a row that did not end in its block. */
  private wanted = blockSize;
  private tried = 0;
  /** The row that is too long, while its rest is skipped. */
  private skipping: { line: number; cells: string[] } | undefined;

  /** @param position where `text` begins, in UTF-16 units from the beginning of the file */
  constructor(
    private readonly delimiter: string,
    private position = 0,
    private line = 1,
  ) {}

  push(text: string): void {
    this.position += this.at;
    this.text = this.text.slice(this.at) + text;
    this.at = 0;
  }

  end(): void {
    this.ended = true;
  }

  next(): FileRow | undefined {
    for (;;) {
      const row = this.read[this.taken++];
      if (!row) {
        this.read = [];
        this.taken = 0;
        if (!(this.skipping ? this.skip(this.skipping) : this.readBlock())) return undefined;
      } else if (row.problem || !isBlank(row.cells)) return row;
    }
  }

  /** Reads some rows. @returns false when there is no more text, or not enough */
  private readBlock(): boolean {
    const { at: start, text } = this;
    if (start >= text.length) return false;
    const blockEnd = this.blockEnd();
    if (blockEnd === undefined) return this.tooLong();
    const block = text.slice(start, blockEnd);
    if (!block.includes('"')) return this.readPlain(block);
    const bytes = Buffer.from(block);
    const { records, error } = this.parse(bytes);
    let from = 0;
    for (const { cells, end } of records) {
      this.take(cells, withoutLineEnd(bytes.toString('utf8', from, end)));
      from = end;
    }
    this.wanted = blockSize;
    this.tried = 0;
    if (error) return this.readDifficult(error, bytes.subarray(from), blockEnd);
    // line ends without a row after them
    this.at = blockEnd;
    return true;
  }

  /** Without a quote each line is a row. csv-parse is faster when it need not say where each row ends. */
  private readPlain(block: string): boolean {
    for (const cells of parse(block, { ...options, delimiter: this.delimiter })) {
      const end = lineEndFrom(this.text, this.at) ?? this.text.length;
      this.take(cells, this.text.slice(this.at, end));
    }
    this.wanted = blockSize;
    this.tried = 0;
    return true;
  }

  /** Where the next block ends: behind a line end, or at the end of the file. Undefined if there is no line end yet. */
  private blockEnd(): number | undefined {
    const { text, at } = this;
    // a CR that is the last character may be half of a CRLF
    const known = !this.ended && text.endsWith('\r') ? text.length - 1 : text.length;
    if (at + this.wanted >= text.length && this.ended) return text.length;
    const from = Math.min(at + this.wanted, known);
    // not in the text itself: what was read already would be searched, too
    const block = text.slice(at, from);
    const before = at + Math.max(block.lastIndexOf('\n'), block.lastIndexOf('\r'));
    if (before >= at + this.tried) return behindLineEnd(text, before);
    const after = lineEndFrom(text, Math.max(from, at + this.tried));
    if (after === undefined || after >= known) return this.ended ? text.length : undefined;
    return behindLineEnd(text, after);
  }

  /** A row at which csv-parse stopped. `rest` begins with it. */
  private readDifficult(error: CsvError, rest: Buffer, blockEnd: number): boolean {
    if (error.code === 'INVALID_OPENING_QUOTE') {
      const { records, error: worse } = this.parse(rest, { relax_quotes: true, to: 1 });
      const [record] = records;
      if (record) {
        this.take(record.cells, withoutLineEnd(rest.toString('utf8', 0, record.end)));
        return true;
      }
      if (worse) return this.readDifficult(worse, rest, blockEnd);
    }
    const size = blockEnd - this.at;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED' && size < longestQuoted && !this.isLast(blockEnd)) {
      // the cell may end in a later block; twice the size, so that a long cell is not read over and over
      this.wanted = size * 2;
      this.tried = size;
      return true;
    }
    this.takeBad(error);
    return true;
  }

  private isLast(blockEnd: number): boolean {
    return this.ended && blockEnd === this.text.length;
  }

  /** Takes the first line of what was to be a row as a bad row; what follows is read as if it began a row. */
  private takeBad(error: CsvError): void {
    const { text, at } = this;
    const raw = text.slice(at, lineEndFrom(text, at));
    const { cells, problem } = this.firstLine(raw, error);
    this.take(cells, raw);
    const row = this.read.at(-1);
    if (row) row.problem = problem;
  }

  /** The cells of the first line of a bad row, and what is wrong with it. */
  private firstLine(raw: string, error: CsvError) {
    const ofLine = this.parse(Buffer.from(raw));
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED' || ofLine.error?.code !== error.code;
    // with the quote closed, or standing for itself, the line can be read
    const [closed] = this.parse(Buffer.from(isOpen ? `${raw}"` : raw), { relax_quotes: true }).records;
    const cells = closed?.cells ?? raw.split(this.delimiter);
    const column = isOpen ? cells.length - 1 : cells.findIndex((cell) => cell.startsWith('"'));
    const value = `${isOpen ? '"' : ''}${cells[column] ?? ''}`;
    return {
      cells,
      problem: { reason: isOpen ? openQuote : afterQuote, column: Math.max(0, column), value },
    };
  }

  /** Adds a row that begins at `at`, moves behind its line end, and checks the size of its cells. */
  private take(cells: string[], raw: string): void {
    const { line } = this;
    const end = this.at + raw.length;
    this.at = Math.min(this.text.length, behindLineEnd(this.text, end));
    this.line += 1 + lineEndsIn(raw);
    const row: FileRow = { line, cells, raw, end: this.position + this.at, endLine: this.line };
    // a UTF-16 unit is at most three bytes
    const large = raw.length > largestCell / 3 ? cells.findIndex((cell) => isOverCell(cell)) : -1;
    if (large !== -1) row.problem = { reason: overCell, column: large, value: cells[large] ?? '' };
    this.read.push(row);
  }

  /** Begins to skip a row whose line end is too far away; false if it may still come. */
  private tooLong(): boolean {
    if (this.text.length - this.at <= longestRow) return false;
    const cells = this.text.slice(this.at, this.at + 1000).split(this.delimiter);
    this.skipping = { line: this.line, cells };
    return true;
  }

  private skip({ cells }: { cells: string[] }): boolean {
    const lineEnd = lineEndFrom(this.text, this.at) ?? (this.ended ? this.text.length : undefined);
    if (lineEnd === undefined || (lineEnd === this.text.length - 1 && !this.ended)) {
      // a CR at the very end is looked at again
      this.at = Math.max(this.at, this.text.length - 1);
      return false;
    }
    this.skipping = undefined;
    this.take(cells, this.text.slice(this.at, lineEnd));
    const row = this.read.at(-1);
    const single = cells.length === 1;
    if (row)
      row.problem = { reason: single ? overCell : overRow, column: single ? 0 : -1, value: cells[0] ?? '' };
    return true;
  }

  private parse(bytes: Buffer, more: Options = {}): Parsed {
    const records: Parsed['records'] = [];
    const on_record: Options['on_record'] = (cells, { bytes: end }) => {
      records.push({ cells: cells, end });
      return null;
    };
    try {
      parse(bytes, { ...options, delimiter: this.delimiter, on_record, ...more });
      return { records };
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return { records, error };
    }
  }
}

/** The cells of a row again, from its text. */
export function cellsOf(raw: string, delimiter: string): string[] {
  const reader = new RecordReader(delimiter);
  reader.push(raw);
  reader.end();
  return reader.next()?.cells ?? [];
}

function withoutLineEnd(raw: string): string {
  return raw.replace(/\r?\n$|\r$/, '');
}

function lineEndFrom(text: string, from: number): number | undefined {
  const lf = text.indexOf('\n', from);
  const cr = text.slice(from, lf === -1 ? undefined : lf).indexOf('\r');
  if (cr !== -1) return from + cr;
  return lf === -1 ? undefined : lf;
}

function behindLineEnd(text: string, at: number): number {
  return at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1);
}

function lineEndsIn(raw: string): number {
  return raw.includes('\n') || raw.includes('\r') ? (raw.match(/\r\n|\r|\n/g)?.length ?? 0) : 0;
}

function isOverCell(cell: string): boolean {
  return cell.length > largestCell / 3 && Buffer.byteLength(cell) > largestCell;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '' || cell.trim() === '');
}
