// npm run bench [name] [--json FILE]: each benchmark prints a table for people and gives figures for programs.
import { writeFileSync } from 'node:fs';
import { dispatch } from './dispatch/index.mjs';

const benchmarks = { dispatch };

const args = process.argv.slice(2);
const at = args.indexOf('--json');
const file = at === -1 ? undefined : args.splice(at, 2)[1];
const names = args.length > 0 ? args : Object.keys(benchmarks);
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0 || (at !== -1 && !file)) {
  console.error(
    `usage: npm run bench [${Object.keys(benchmarks).join('|')}] [-- --json FILE]${unknown.length > 0 ? `; unknown: ${unknown.join(', ')}` : ''}`,
  );
  process.exit(2);
}

const results = {};
for (const name of names) results[name] = await benchmarks[name]();
if (file) writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
process.exit(0);
