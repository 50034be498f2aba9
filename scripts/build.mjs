// Builds dist/ (server) and dist/web/ (admin UI and playground). `--if-stale` builds only what is older than its sources,
// so that `npm start` and `npm test` start quickly from the second time on. `server` or `web` builds only that part: the
// schema is printed by the server, and the page's types are made from it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);

const parts = [
  {
    name: 'server',
    title: 'server',
    sources: ['src', 'tsconfig.json', 'package-lock.json'],
    stamp: 'dist/.server-built',
    output: 'dist/main.js',
    run: [['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']],
  },
  {
    name: 'web',
    title: 'admin UI and playground',
    sources: ['web', 'scripts/compress.mjs', 'package-lock.json'],
    stamp: 'dist/.web-built',
    output: 'dist/web/index.html',
    run: [['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'], ['scripts/compress.mjs']],
  },
];

const ifStale = process.argv.includes('--if-stale');
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
for (const part of parts) {
  if (wanted.length > 0 && !wanted.includes(part.name)) continue;
  if (ifStale && existsSync(part.output) && newest(part.sources) <= modified(part.stamp)) continue;
  const started = new Date();
  console.log(`Building the ${part.title} ...`);
  // The incremental compiler trusts its record of what it wrote; without the output that record is wrong.
  if (!existsSync(part.output)) rmSync('.cache/tsbuildinfo', { force: true });
  for (const command of part.run) {
    const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
  mkdirSync('dist', { recursive: true });
  writeFileSync(part.stamp, '');
  utimesSync(part.stamp, started, started);
}

function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

function newest(entries) {
  return Math.max(0, ...entries.map(newestOf));
}

function newestOf(entry) {
  if (!statSync(entry).isDirectory()) return modified(entry);
  return newest(readdirSync(entry).map((name) => path.join(entry, name)));
}
