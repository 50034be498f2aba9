import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { preProcessFile } from 'typescript';

const source = path.resolve(__dirname, '../../src');

/**
 * The folders of src/, from the top down: a file imports only from its own folder and from lower rows. Folders of the
 * same row do not import each other. `simulator` is separate: it shares only WhatsApp's wire types with the product.
 */
const rows: readonly (readonly string[])[] = [
  ['main.ts'],
  ['start'],
  ['compose.ts'],
  ['schema.ts', 'entities.ts', 'config.ts'],
  ['delivery'],
  ['tracking', 'consistency', 'stats'],
  ['campaigns'],
  ['audience', 'catalog'],
  ['accounts'],
  ['whatsapp', 'infra'],
];

/** `config.ts` describes the environment; only files that construct the application may import it. */
function rowOf(folder: string): number {
  return rows.findIndex((row) => row.includes(folder));
}

/** Why an import between two files of src/ (paths from src/) is wrong; undefined if it is allowed. */
function problemOf(from: string, to: string): string | undefined {
  const [a = '', b = ''] = [from, to].map((file) => file.split('/')[0]);
  if (a === b) return undefined;
  if (b === 'simulator') return from === 'main.ts' ? undefined : `${from} imports the simulator`;
  if (a === 'simulator')
    return to === 'whatsapp/wire.ts' ? undefined : `${from} imports ${to} of the product`;
  if (rowOf(a) === -1) return `${from}: the folder ${a} is in no row`;
  return rowOf(a) < rowOf(b) ? undefined : `${from} imports ${to}, which is not in a lower row`;
}

interface Import {
  from: string;
  to: string;
}

function importsOf(file: string, text: string): Import[] {
  return preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => ({ from: file, to: fileNamed(path.join(path.dirname(file), name)) }));
}

function fileNamed(name: string): string {
  const whole = path.join(source, name);
  const isFolder = statSync(whole, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? `${name}/index.ts` : `${name}.ts`;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const imports = files.flatMap((file) => importsOf(file, readFileSync(path.join(source, file), 'utf8')));

describe('the layout of src/', () => {
  it('has imports in one direction only', () => {
    expect(imports.length).toBeGreaterThan(300);
    expect(imports.flatMap(({ from, to }) => problemOf(from, to) ?? [])).toEqual([]);
  });

  it.each([
    ['campaigns/campaign.service.ts', `import { settle } from '../delivery/settle/settle';`],
    ['infra/http/server.ts', `import type { Viewer } from '../../accounts/viewer';`],
    ['audience/source.ts', `export * from '../catalog/message';`],
    ['stats/hub.ts', `const clicks = await import('../tracking/clicks');`],
    ['simulator/send.ts', `import { isSigned } from '../whatsapp/signature';`],
    ['delivery/queue.ts', `import { loadConfig } from '../config';`],
  ])('fails for a wrong import in %s', (file, text) => {
    expect(importsOf(file, text).flatMap(({ from, to }) => problemOf(from, to) ?? [])).toHaveLength(1);
  });

  it('has no import cycle', () => {
    expect(cycle(imports)).toEqual([]);
    expect(cycle([...imports, { from: 'infra/errors.ts', to: 'infra/database.ts' }])).not.toEqual([]);
  });
});

/** The files of an import cycle, in order; empty if there is none. Type-only imports count too. */
function cycle(all: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of all) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, above: readonly string[]): string[] => {
    if (above.includes(file)) return [...above.slice(above.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const to of next.get(file) ?? []) {
      const found = visit(to, [...above, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const file of next.keys()) {
    const found = visit(file, []);
    if (found.length > 0) return found;
  }
  return [];
}
