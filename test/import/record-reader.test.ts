import { parse } from 'csv-parse/sync';
import { cellsOf, RecordReader } from '../../src/audience/import/record-reader';
import type { FileRow } from '../../src/audience/import/record-reader';
import { Chance } from '../support/chance';

/** Reads a text in pieces of these sizes; the last size repeats. */
function read(text: string, delimiter = ',', sizes: readonly number[] = [text.length || 1]): FileRow[] {
  const reader = new RecordReader(delimiter);
  const rows: FileRow[] = [];
  const take = () => {
    for (let row = reader.next(); row; row = reader.next()) rows.push(row);
  };
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = sizes[Math.min(i, sizes.length - 1)] ?? 1;
    reader.push(text.slice(at, at + size));
    at += size;
    take();
  }
  reader.end();
  take();
  return rows;
}

const shape = (rows: readonly FileRow[]) =>
  rows.map(({ line, cells, problem }) => (problem ? [line, problem.reason] : [line, ...cells]));

describe('rows of a file', () => {
  test.each<[name: string, text: string, rows: unknown[]]>([
    ['LF', 'a,b\nc,d\n', [[1, 'a', 'b'], [2, 'c', 'd']]], // prettier-ignore
    ['CRLF', 'a,b\r\nc,d\r\n', [[1, 'a', 'b'], [2, 'c', 'd']]], // prettier-ignore
    ['CR only', 'a,b\rc,d\r', [[1, 'a', 'b'], [2, 'c', 'd']]], // prettier-ignore
    ['mixed line ends', 'a\r\nb\rc\nd', [[1, 'a'], [2, 'b'], [3, 'c'], [4, 'd']]], // prettier-ignore
    ['no line end at the end', 'a,b', [[1, 'a', 'b']]],
    ['blank lines', 'a\n\n \r\n\t\nb\n', [[1, 'a'], [5, 'b']]], // prettier-ignore
    ['only delimiters', 'a,b\n,\nc,d\n', [[1, 'a', 'b'], [3, 'c', 'd']]], // prettier-ignore
    ['an empty cell at the end', 'a,\n', [[1, 'a', '']]],
    ['quotes', '"a","b, c"\n', [[1, 'a', 'b, c']]],
    ['doubled quotes', '"say ""hi""",b\n', [[1, 'say "hi"', 'b']]],
    ['an empty quoted cell', '"",b\n', [[1, '', 'b']]],
    ['line ends inside quotes', '"a\nb\r\nc",d\ne,f\n', [[1, 'a\nb\r\nc', 'd'], [4, 'e', 'f']]], // prettier-ignore
    ['a quote inside a cell', '5" pipe,b"c\nd,e\n', [[1, '5" pipe', 'b"c'], [2, 'd', 'e']]], // prettier-ignore
    ['blanks around quotes', 'a, "b, c" ,d\n', [[1, 'a', 'b, c', 'd']]],
    ['a quoted last cell without a line end', 'a,"b"', [[1, 'a', 'b']]],
    ['text after a quote', 'a,b\n"c"x,d\ne,f\n', [[1, 'a', 'b'], [2, 'text after a closing quote'], [3, 'e', 'f']]], // prettier-ignore
    ['an open quote at the end', 'a,b\n"c,d\n', [[1, 'a', 'b'], [2, 'a quote that is opened and not closed']]], // prettier-ignore
    ['an open quote before good rows', 'a,b\nc,"d\ne,f\ng,h\n', [[1, 'a', 'b'], [2, 'a quote that is opened and not closed'], [3, 'e', 'f'], [4, 'g', 'h']]], // prettier-ignore
    ['an open quote before quoted rows', '"a,b\n"c","d"\ne,f\n', [[1, 'a quote that is opened and not closed'], [2, 'c', 'd'], [3, 'e', 'f']]], // prettier-ignore
    ['two open quotes', '"a\n"b\nc\n', [[1, 'a quote that is opened and not closed'], [2, 'a quote that is opened and not closed'], [3, 'c']]], // prettier-ignore
    ['nothing', '', []],
  ])('are found with %s, however the file is cut', (_name, text, rows) => {
    for (const size of [1000, 1, 2, 3, 5])
      expect([size, shape(read(text, ',', [size]))]).toEqual([size, rows]);
  });

  test('say where reading can go on', () => {
    const text = 'a,b\n\n"c\nd",e\r\nf,"g\nh\n"i",j\n';
    const rows = read(text);
    rows.forEach((row, i) => {
      const reader = new RecordReader(',', row.end, row.endLine);
      reader.push(text.slice(row.end));
      reader.end();
      const rest: FileRow[] = [];
      for (let next = reader.next(); next; next = reader.next()) rest.push(next);
      expect(rest).toEqual(rows.slice(i + 1));
    });
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 5, 6, 7]);
    for (const row of rows) if (!row.problem) expect(cellsOf(row.raw, ',')).toEqual(row.cells);
  });

  test.each([
    ['a cell over 1 MB', `a,${'x'.repeat(1_000_001)}\n`],
    ['a quoted cell over 1 MB', `a,"${'x\n'.repeat(600_000)}"\n`],
    ['a cell over 1 MB in bytes', `a,${'अ'.repeat(400_000)}\n`],
    ['a line without an end for 20 MB', `a,${'x'.repeat(20_000_000)}\n`],
  ])('with %s spoil nothing but themselves', (_name, bad) => {
    const rows = read(`1,2\n${bad}3,4\n`, ',', [1_000_000]);
    expect(rows.length).toBe(3);
    expect(shape([rows[0], rows[2]] as FileRow[])).toEqual([
      [1, '1', '2'],
      [expect.any(Number), '3', '4'],
    ]);
    expect(rows[1]?.problem?.reason).toMatch(/^a (cell over 1|row over 8) MB$/);
  });

  test('may have cells of 1 MB', () => {
    const cell = 'x'.repeat(1_000_000);
    expect(read(`a,${cell}\nb,"${cell}"\n`)).toMatchObject([{ cells: ['a', cell] }, { cells: ['b', cell] }]);
  });

  test('are the same as csv-parse finds, in files by RFC 4180', () => {
    const chance = new Chance(4180);
    for (let i = 0; i < 500; i++) {
      const delimiter = chance.pick([',', ';', '\t', '|']);
      const lineEnd = chance.pick(['\n', '\r\n']);
      const columns = chance.whole(2, 5);
      const cell = () => {
        const text = Array.from({ length: chance.whole(0, 6) }, () =>
          chance.pick(['a', 'é', '9', ' ', '"', delimiter, '\n', '\r\n', '😀', 'न']),
        ).join('');
        return /["\r\n]/.test(text) || text.includes(delimiter) || text.startsWith(' ') || chance.next() < 0.2
          ? `"${text.replaceAll('"', '""')}"`
          : text;
      };
      const text = Array.from(
        { length: chance.whole(1, 20) },
        () => ['x', ...Array.from({ length: columns }, cell)].join(delimiter) + lineEnd,
      ).join('');
      const expected = parse(text, {
        delimiter,
        record_delimiter: lineEnd,
        relax_column_count: true,
        trim: true,
      });
      expect(read(text, delimiter, [chance.whole(1, 30)]).map(({ cells }) => cells)).toEqual(expected);
    }
  });

  test('with many open quotes are read in time that grows with the file', () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => (i % 2 ? `"open ${i}` : `a,""b""${i}`));
    const rows = read(lines.join('\n'), ',', [250_000]);
    expect(rows).toHaveLength(50_000);
  });
});
