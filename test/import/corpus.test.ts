import { App } from '../support/app';
import { corpus, corpusHeader, refusedFiles } from './corpus';
import { ended, importFields, post, send } from './files';
import type { ImportAnswer, ImportErrorAnswer } from './files';

/** What would show how the program is made. */
const internal =
  /select |insert |copy |column "|relation|constraint|postgres|node_modules|at .*\.ts|\$\d|SQLSTATE/i;

describe('a file with a hundred odd lines', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start();
  });
  afterAll(() => app?.close());

  async function errorsOf(id: string): Promise<ImportErrorAnswer[]> {
    const all: ImportErrorAnswer[] = [];
    for (let after: string | null = null; ;) {
      const { import: found }: { import: ImportAnswer } = await app.data(
        `query ($id: ID!, $after: String) { import(id: $id) { ${importFields} errors(first: 10, after: $after) {
           totalCount nodes { line column value reason } pageInfo { hasNextPage endCursor } } } }`,
        { id, after },
      );
      all.push(...found.errors.nodes);
      if (!found.errors.pageInfo.hasNextPage) return all;
      after = found.errors.pageInfo.endCursor;
    }
  }

  /** The file, and on which line each of its lines begins. */
  function file(lineEnd: string): { text: string; lines: number[] } {
    const lines: number[] = [];
    let line = 2;
    for (const one of corpus) {
      lines.push(line);
      line += one.lines ?? 1;
    }
    return { text: [corpusHeader, ...corpus.map(({ text }) => text)].join(lineEnd) + lineEnd, lines };
  }

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('gives exactly the expected errors, and the good rows go in (%s)', async (_name, lineEnd) => {
    await app.database.query('TRUNCATE customers');
    const { text, lines } = file(lineEnd);
    const done = await ended(app, await send(app, text));
    const errors = await errorsOf(done.id);
    const expected = corpus.flatMap(({ column, reason }, i) =>
      reason ? [{ line: lines[i], column, reason }] : [],
    );
    expect(errors.map(({ line, column }) => [line, column])).toEqual(
      expected.map(({ line, column }) => [line, column]),
    );
    errors.forEach(({ line, reason }, i) => {
      const { reason: words } = expected[i] ?? {};
      if (!words?.test(reason)) throw new Error(`line ${line}: ${reason} instead of ${words}`);
      expect(reason).not.toMatch(internal);
    });
    const good = corpus.length - expected.length;
    expect(done).toMatchObject({
      status: 'COMPLETED',
      totalRows: corpus.length,
      importedRows: good,
      createdRows: good,
      failedRows: expected.length,
    });
    expect(done.errors.totalCount).toBe(expected.length);
    const [{ count } = { count: '' }] = await app.database.query<{ count: string }[]>(
      'SELECT count(*) FROM customers',
    );
    expect(Number(count)).toBe(good);
  });

  it('keeps texts as they are', async () => {
    const rows = await app.database.query<{ name: string; tags: string[] }[]>(
      `SELECT name, tags FROM customers WHERE phone_e164 BETWEEN '+919876500041' AND '+919876500064' ORDER BY phone_e164`,
    );
    expect(rows).toEqual([
      { name: 'Asha', tags: [] },
      { name: "=cmd|' /C calc'!A0", tags: [] },
      { name: 'O\'Brien "Bob"', tags: [] },
      { name: 'Rao, Asha', tags: ['vip', 'new'] },
      { name: 'say "hi"', tags: [] },
      { name: '😀 आशा', tags: [] },
      { name: 'A', tags: [] },
      { name: 'A', tags: [] },
      { name: '', tags: [] },
      { name: '<script>alert(1)</script>', tags: [] },
      { name: '\\N', tags: ['\\.'] },
      { name: '{"a\\b","c"}', tags: ['{x,"y",\\}'] },
      { name: 'A\u00a0B', tags: [] },
      { name: 'A\r\nB', tags: [] },
      { name: 'A "quoted" word', tags: [] },
      { name: 'Rao, A', tags: [] },
      { name: '', tags: [] },
    ]);
  });

  it('gives the bad rows back; mended, they are imported', async () => {
    const { text } = file('\n');
    const done = await ended(app, await send(app, text));
    const response = await fetch(`${app.url}/imports/${done.id}/errors`, {
      headers: { authorization: `Bearer ${await app.token()}` },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="import-errors-${done.id}.csv"`,
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    const lines = new TextDecoder().decode(bytes).split('\r\n');
    expect(lines[0]).toBe(`line,reason,${corpusHeader}`);
    const formula = lines.filter((line) => line.includes('HYPERLINK'));
    expect(formula).toEqual([expect.stringContaining(`"'=HYPERLINK(""x"")"`)]);
    const again = await ended(app, await send(app, bytes));
    // two rows were bad only for their quotes, and are given back with these right
    expect(again).toMatchObject({ importedRows: 2, ignoredColumns: ['line', 'reason'] });
    expect(again.failedRows).toBe(done.failedRows - 2);
    const mended = lines
      .map((line, i) => (i === 1 ? '3,reason,Mended,+919876599999,,,,,,,' : line))
      .join('\r\n');
    const last = await ended(app, await send(app, mended));
    expect(last).toMatchObject({ createdRows: 1, failedRows: done.failedRows - 3 });
  });

  it.each(refusedFiles)('is refused as a whole with %s', async (_name, body, message) => {
    const answer = await post(app, body);
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(answer.body.error?.message).toMatch(message);
    expect(answer.body.error?.message).not.toMatch(internal);
    const preview = await post(app, body, { path: '/imports/preview' });
    expect([preview.status, preview.body.error?.message]).toEqual([400, answer.body.error?.message]);
  });

  it('may be a header alone', async () => {
    const done = await ended(app, await send(app, 'phone,name'));
    expect(done).toMatchObject({ status: 'COMPLETED', totalRows: 0, importedRows: 0, failedRows: 0 });
  });
});
