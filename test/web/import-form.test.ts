import { firstColumns } from '../../web/src/imports/first-rows';
import { expectedRows, paceOf, withReading } from '../../web/src/imports/pace';
import type { Reading } from '../../web/src/imports/pace';
import {
  asAttribute,
  choiceOf,
  chosen,
  isRemark,
  leftOut,
  optionsOf,
  parametersOf,
} from '../../web/src/imports/preview';
import { size } from '../../web/src/format/size';

const bytesOf = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding));
const headersOf = (bytes: Uint8Array) => firstColumns(bytes).map(({ header }) => header);

describe('the columns of a file that the server has refused', () => {
  it.each([
    [',', 'Who,Ring them\nAsha,98765\n'],
    [';', 'Who;Ring them\nAsha;98765\n'],
    ['tab', 'Who\tRing them\r\nAsha\t98765\r\n'],
    ['|', 'Who|Ring them\rAsha|98765\r'],
    ['sep=;', 'sep=;\r\nWho;Ring them\r\nAsha;98765'],
    ['blank lines first', '\n \nWho,Ring them\n\nAsha,98765'],
  ])('are found with %s', (_what, text) => {
    expect(firstColumns(bytesOf(text))).toEqual([
      { header: 'Who', field: null, samples: ['Asha'] },
      { header: 'Ring them', field: null, samples: ['98765'] },
    ]);
  });

  it.each([
    ['UTF-8', bytesOf('नाम,Größe\n')],
    ['UTF-8 with a mark', bytesOf('\ufeffनाम,Größe\n')],
    ['UTF-16 LE with a mark', bytesOf('\ufeffनाम,Größe\n', 'utf16le')],
    ['UTF-16 BE with a mark', bytesOf('\ufeffनाम,Größe\n', 'utf16le').map((_, i, all) => all[i ^ 1] ?? 0)],
  ])('are read as %s', (_what, bytes) => {
    expect(headersOf(bytes)).toEqual(['नाम', 'Größe']);
  });

  it('are read as Windows-1252 when they are not UTF-8', () => {
    expect(headersOf(bytesOf('Größe,Ort\n', 'latin1'))).toEqual(['Größe', 'Ort']);
  });

  it('may be quoted, with delimiters, line breaks and quotes inside', () => {
    expect(firstColumns(bytesOf('"Name, first","Ring\n""them"""\n"a,b",1\nc,1\n'))).toEqual([
      { header: 'Name, first', field: null, samples: ['a,b', 'c'] },
      { header: 'Ring\n"them"', field: null, samples: ['1'] },
    ]);
  });

  it('are read although the last character is cut', () => {
    expect(headersOf(bytesOf('Who,नाम').slice(0, -1))).toEqual(['Who', 'ना']);
  });

  it('are none in an empty file', () => {
    expect(firstColumns(bytesOf(''))).toEqual([]);
  });
});

describe('what a column becomes', () => {
  const column = (field: string | null) => ({ header: 'Mobile No', field, samples: [] });
  const choices = { kind: 'leads', mapping: {}, keepOthers: true, onDuplicate: 'update' } as const;

  it('is shown as the server says it', () => {
    expect([column('phone'), column('attributes.Mobile No'), column(null)].map(choiceOf)).toEqual([
      'phone',
      asAttribute,
      leftOut,
    ]);
  });

  it('goes to one column only', () => {
    const mapping = chosen({ Landline: 'phone', City: null }, 'Mobile No', 'phone');
    expect(mapping).toEqual({ City: null, 'Mobile No': 'phone' });
    expect(chosen(mapping, 'Mobile No', leftOut)).toEqual({ City: null, 'Mobile No': null });
    expect(chosen(mapping, 'Mobile No', asAttribute)).toEqual({ City: null });
  });

  it('is offered only where the server would do it', () => {
    expect(optionsOf(column(null), choices)).toContain(asAttribute);
    expect(optionsOf(column('phone'), choices)).not.toContain(asAttribute);
    expect(optionsOf(column(null), { ...choices, keepOthers: false })).not.toContain(asAttribute);
    expect(optionsOf(column(null), { ...choices, kind: 'optouts' })).toEqual(['phone', 'reason', leftOut]);
  });

  it('is nothing for the remarks of rows that were given back', () => {
    const given = ['Line', 'reason', 'phone', 'reason'].map((header) => ({ ...column(null), header }));
    expect(given.map((_, i) => isRemark(given, i))).toEqual([true, true, false, false]);
    const own = ['line', 'phone'].map((header) => ({ ...column(null), header }));
    expect(own.map((_, i) => isRemark(own, i))).toEqual([false, false]);
  });

  it('is sent as the parameters of the API', () => {
    const sent = (kind: 'leads' | 'optouts') =>
      Object.fromEntries(
        new URLSearchParams(
          parametersOf('b', 'a&b.csv', { ...choices, kind, mapping: { 'A=1': null }, onDuplicate: 'skip' }),
        ),
      );
    expect(sent('leads')).toEqual({
      businessId: 'b',
      kind: 'leads',
      fileName: 'a&b.csv',
      mapping: '{"A=1":null}',
      onDuplicate: 'skip',
      attributes: 'true',
    });
    expect(sent('optouts')).toMatchObject({ onDuplicate: 'update', attributes: 'false' });
  });
});

describe('the pace of an import', () => {
  const readings = (...list: [at: number, rows: number, bytes: number][]): readonly Reading[] =>
    list.reduce<readonly Reading[]>((all, [at, rows, bytes]) => withReading(all, { at, rows, bytes }), []);

  it('is what it has done lately', () => {
    const list = readings([0, 0, 0], [1000, 100, 1000], [5000, 100, 1000], [10_000, 1000, 10_000]);
    expect(paceOf(list, 15_000, 10_000)).toEqual({ rowsPerSecond: 100, secondsLeft: 5 });
  });

  it('is not known at first, nor when nothing moves', () => {
    expect(paceOf([], 1000, 0)).toBeUndefined();
    expect(paceOf(readings([0, 0, 0], [500, 100, 100]), 1000, 500)).toBeUndefined();
    const list = readings([0, 0, 0], [2000, 100, 100]);
    expect(paceOf(list, 1000, 2000)).toEqual({ rowsPerSecond: 50, secondsLeft: 18 });
    expect(paceOf(list, 1000, 11_000)).toBeUndefined();
  });

  it('expects about as many rows as the size says, and never fewer than there were', () => {
    expect(expectedRows(412_345, 41_234_500, 100_000_000)).toBe(1_000_000);
    expect(expectedRows(123, 100, 100)).toBe(123);
    expect(expectedRows(99_999, 100, 100)).toBeGreaterThanOrEqual(99_999);
    expect(expectedRows(0, 0, 100)).toBe(0);
  });
});

it('writes sizes in the unit that suits them', () => {
  expect(
    [0, 62, 21_900, 999_999, 41_200_000, 104_000_000, 2.5e9].map((bytes) => size(bytes, 'en-GB')),
  ).toEqual(['0 kB', '0.1 kB', '21.9 kB', '1,000 kB', '41.2 MB', '104 MB', '2.5 GB']);
});
