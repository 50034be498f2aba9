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
export const largestCell = 1_000_000;
/** The most characters of a row. What is longer is skipped up to its line end. */
const longestRow = 8_000_000;
/** How far the end of a quoted cell is looked for, in characters; beyond it counts as open. */
const longestQuoted = 4_000_000;

const overCell = 'a cell over 1 MB';
const overRow = 'a row over 8 MB';
const openQuote = 'a quote that is opened and not closed';
const afterQuote = 'text after a closing quote';

/**
 * Splits a file into rows by RFC 4180, as forgiving as spreadsheets are: line ends may be LF, CRLF or CR, and change; a
 * quote inside an unquoted cell stands for itself; blanks around a quoted cell are dropped. A quoted cell that is never
 * closed, or is followed by more text, spoils its own line only: reading goes on with the next line.
 *
 * Text is given by `push`, rows are taken by `next` until it returns undefined, which asks for more text; after `end` it
 * means that there are no more. Blank lines are no rows. Memory: the text not yet taken, at most a row of 8 MB.
 */
export class RecordReader {
  private text = '';
  private at = 0;
  private ended = false;
  /** Whether the rest of a row that is too long is being skipped; the line on which it began. */
  private skipping: { line: number; cells: string[] } | undefined;
  /** Where the next of each is, from `at` on; Infinity if there is none in the text. */
  private nextLf = -1;
  private nextCr = -1;
  private nextQuote = -1;
  private nextDelimiter = -1;

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
    this.nextLf = this.nextCr = this.nextQuote = this.nextDelimiter = -1;
  }

  end(): void {
    this.ended = true;
  }

  next(): FileRow | undefined {
    for (;;) {
      const row = this.skipping ? this.skip(this.skipping) : this.read();
      if (row === undefined || row.problem || !isBlank(row.cells)) return row;
    }
  }

  private read(): FileRow | undefined {
    const { text, at: start, line } = this;
    if (start >= text.length) return undefined;
    const lineEnd = this.lineEnd();
    if (lineEnd === undefined) return this.tooLong() ?? undefined;
    if (this.quote() >= lineEnd) {
      const cells = text.slice(start, lineEnd).split(this.delimiter);
      return this.finish(line, cells, lineEnd);
    }
    return this.readQuoted(lineEnd);
  }

  /** The end of the line at `at`; undefined if the text ends before it. */
  private lineEnd(): number | undefined {
    const { text, at } = this;
    if (this.nextLf < at) this.nextLf = found(text.indexOf('\n', at));
    if (this.nextCr < at) this.nextCr = found(text.indexOf('\r', at));
    const end = Math.min(this.nextLf, this.nextCr);
    if (end === Infinity) return this.ended ? text.length : undefined;
    // a CR that is the last character may be half of a CRLF
    return text[end] === '\r' && end === text.length - 1 && !this.ended ? undefined : end;
  }

  private quote(): number {
    if (this.nextQuote < this.at) this.nextQuote = found(this.text.indexOf('"', this.at));
    return this.nextQuote;
  }

  /** A row with a quote in its first line. */
  private readQuoted(firstLineEnd: number): FileRow | undefined {
    const { text, at: start, line, delimiter } = this;
    const cells: string[] = [];
    let lineEnd = firstLineEnd;
    let at = start;
    for (;;) {
      const begin = skipBlanks(text, at);
      if (text[begin] !== '"') {
        if (this.nextDelimiter < at) this.nextDelimiter = found(text.indexOf(delimiter, at));
        const cellEnd = Math.min(this.nextDelimiter, lineEnd);
        cells.push(text.slice(at, cellEnd));
        if (cellEnd === lineEnd) return this.finish(line, cells, lineEnd, start);
        at = cellEnd + 1;
        continue;
      }
      const close = closingQuote(text, begin + 1);
      if (close === undefined) {
        if (!this.ended && text.length - begin < longestQuoted) return undefined;
        return this.spoilt(firstLineEnd, cells.length, begin, openQuote);
      }
      const after = skipBlanks(text, close + 1);
      if (after >= text.length && !this.ended) return undefined;
      const content = text.slice(begin + 1, close);
      cells.push(content.includes('"') ? content.replaceAll('""', '"') : content);
      if (after > lineEnd) {
        // the cell contains line ends
        const end = lineEndFrom(text, after, this.ended);
        if (end === undefined) return this.tooLong() ?? undefined;
        lineEnd = end;
      }
      if (after === lineEnd) return this.finish(line, cells, lineEnd, start);
      if (text[after] !== delimiter)
        return this.spoilt(
          firstLineEnd,
          cells.length - 1,
          begin,
          close > firstLineEnd ? openQuote : afterQuote,
        );
      at = after + 1;
    }
  }

  /** Takes the first line of what was to be a row as a bad row; what follows is read as if it began a row. */
  private spoilt(firstLineEnd: number, column: number, begin: number, reason: string): FileRow {
    const { text, at, line } = this;
    // an open cell begins on a later line than the row when a cell before it has line ends
    const value = text.slice(begin, Math.max(begin, firstLineEnd));
    const row = this.finish(line, text.slice(at, firstLineEnd).split(this.delimiter), firstLineEnd);
    row.problem = { reason, column, value };
    return row;
  }

  /** Ends the row at `lineEnd`, moves behind its line end, and checks the size of its cells. */
  private finish(line: number, cells: string[], lineEnd: number, start?: number): FileRow {
    const { text, at: begin } = this;
    const crlf = text[lineEnd] === '\r' && text[lineEnd + 1] === '\n';
    // only rows with quotes have line ends inside
    this.line += 1 + (start === undefined ? 0 : lineEndsIn(text, start, lineEnd));
    this.at = Math.min(text.length, lineEnd + (crlf ? 2 : 1));
    const raw = text.slice(begin, lineEnd);
    const row: FileRow = { line, cells, raw, end: this.position + this.at, endLine: this.line };
    // a UTF-16 unit is at most three bytes
    if (lineEnd - begin <= largestCell / 3) return row;
    const large = cells.findIndex((cell) => isOverCell(cell));
    if (large !== -1) row.problem = { reason: overCell, column: large, value: cells[large] ?? '' };
    return row;
  }

  /** Begins to skip a row whose line end is too far away; undefined if it may still come. */
  private tooLong(): undefined {
    const length = this.text.length - this.at;
    if (length <= longestRow) return undefined;
    this.skipping = {
      line: this.line,
      cells: this.text.slice(this.at, this.at + 1000).split(this.delimiter),
    };
    return undefined;
  }

  private skip({ line, cells }: { line: number; cells: string[] }): FileRow | undefined {
    const lineEnd = this.lineEnd();
    if (lineEnd === undefined) {
      // a CR at the very end is looked at again
      this.at = Math.max(this.at, this.text.length - 1);
      return undefined;
    }
    this.skipping = undefined;
    const row = this.finish(line, cells, lineEnd);
    const single = cells.length === 1;
    row.problem = { reason: single ? overCell : overRow, column: single ? 0 : -1, value: cells[0] ?? '' };
    return row;
  }
}

/** The cells of a row again, from its text. */
export function cellsOf(raw: string, delimiter: string): string[] {
  const reader = new RecordReader(delimiter);
  reader.push(raw);
  reader.end();
  return reader.next()?.cells ?? [];
}

function found(index: number): number {
  return index === -1 ? Infinity : index;
}

/** Spaces only: a tab may be the delimiter. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

/** The quote that ends a cell; doubled ones are part of it. Undefined if there is none within what a cell may be. */
function closingQuote(text: string, from: number): number | undefined {
  for (
    let at = text.indexOf('"', from);
    at !== -1 && at - from <= longestQuoted;
    at = text.indexOf('"', at + 2)
  ) {
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}

function lineEndFrom(text: string, from: number, ended: boolean): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\n') return at;
    if (text[at] === '\r') return at === text.length - 1 && !ended ? undefined : at;
  }
  return ended ? text.length : undefined;
}

function lineEndsIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}

function isOverCell(cell: string): boolean {
  return cell.length > largestCell / 3 && Buffer.byteLength(cell) > largestCell;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '' || cell.trim() === '');
}
