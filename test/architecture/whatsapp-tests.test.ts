import { readFileSync } from 'node:fs';
import path from 'node:path';
import { webhookSetup } from '../../src/accounts/webhook-setup';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** The rows of the two tables of docs/whatsapp.md: what, what happens, and the tests that show it. */
const table = read('docs/whatsapp.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (-+|kind|field) *\|/.test(line))
  .map((line) => line.slice(2, -2).split(/\s+\|\s+/) as [what: string, does: string, tests: string]);

interface NamedTest {
  file: string;
  title: string;
  cases: string[];
}

function testsIn(cell: string): NamedTest[] {
  return [...cell.matchAll(/`([^`]+\.test\.ts)` “([^”]+)”(?: \((`[^)]+`)\))?/g)].map(
    ([, file = '', title = '', cases = '']) => ({
      file,
      title,
      cases: [...cases.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    }),
  );
}

/** What a table says of a test that is not so. */
function problemOf({ file, title, cases }: NamedTest, textOf: (file: string) => string): string | undefined {
  let text: string;
  try {
    text = textOf(file);
  } catch {
    return `${file} is not there`;
  }
  // the title of a test, or the name of a case in a table of tests
  if (!["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote},`)))
    return `${file} has no test "${title}"`;
  // as a word of its own: TIER_2K is no case of TIER_250
  const isCase = (name: string) =>
    new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(text);
  const missing = cases.filter((name) => !isCase(name));
  return missing.length > 0 ? `${file} has no case ${missing.join(', ')}` : undefined;
}

test('both tables are read', () => {
  expect(table.length).toBeGreaterThan(55);
  for (const row of table) expect(row).toHaveLength(3);
});

test.each(table)('%s: its tests exist', (_what, _does, cell) => {
  const tests = testsIn(cell);
  expect(tests.length).toBeGreaterThan(0);
  // none is named without its title
  expect(cell.match(/\.test\.ts/g)).toHaveLength(tests.length);
  expect(tests.flatMap((one) => problemOf(one, read) ?? [])).toEqual([]);
});

const ignoredFile = 'test/api/webhook-ignored.test.ts';

test('what is ignored names its own field in the test of what is ignored', () => {
  const rows = table.filter(([, does]) => does.startsWith('ignored'));
  expect(rows.length).toBeGreaterThan(10);
  for (const [what, does, cell] of rows) {
    expect([what, does]).toEqual([what, expect.stringMatching(/^ignored(:| with 200, or) .{20}/)]);
    expect(testsIn(cell).map(({ file }) => file)).toContain(ignoredFile);
    const [, field] = /^`(\w+)`/.exec(what) ?? [];
    if (field) expect([what, read(ignoredFile).includes(`'${field}'`)]).toEqual([what, true]);
  }
});

test('every field that is subscribed to has a row', () => {
  const whats = table.map(([what]) => what).join('\n');
  const { fields } = webhookSetup('https://dakiya.example.com', 'word');
  expect(fields.filter((field) => !whats.includes(`\`${field}\``))).toEqual([]);
});

test('control: a file, a test or a case that is not there is found', () => {
  const text = "test('shows it', () => {})";
  const problem = (one: Partial<NamedTest>) =>
    problemOf({ file: 'a.test.ts', title: 'shows it', cases: [], ...one }, (file) => {
      if (file !== 'a.test.ts') throw new Error('ENOENT');
      return text;
    });
  expect(problem({})).toBeUndefined();
  expect(problem({ cases: ['it'] })).toBeUndefined();
  expect(problem({ cases: ['sho'] })).toBe('a.test.ts has no case sho');
  expect(problem({ file: 'b.test.ts' })).toBe('b.test.ts is not there');
  expect(problem({ title: 'shows' })).toBe('a.test.ts has no test "shows"');
  expect(problem({ cases: ['that'] })).toBe('a.test.ts has no case that');
});
