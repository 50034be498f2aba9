// Runs every fault test in its long form, one after the other, and prints the results. When all of them ran, the table in
// docs/reliability.md is replaced. Arguments are Jest's: `npm run test:faults -- test/faults/redis.test.ts`.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import prettier from 'prettier';

const results = '.cache/faults';
const page = 'docs/reliability.md';
const [begin, end] = ['<!-- faults: written by npm run test:faults -->', '<!-- faults: end -->'];

const args = process.argv.slice(2);
const seed = process.env.FAULT_SEED ?? String(randomInt(1, 2 ** 31));
rmSync(results, { recursive: true, force: true });
const started = Date.now();
const { status } = spawnSync(
  process.execPath,
  ['node_modules/jest/bin/jest.js', '--runInBand', ...(args.length > 0 ? args : ['test/faults'])],
  { stdio: 'inherit', env: { ...process.env, FAULTS: 'long', FAULT_SEED: seed } },
);
const minutes = Math.round((Date.now() - started) / 60_000);

const faults = readdirSync(results)
  .map((file) => JSON.parse(readFileSync(`${results}/${file}`, 'utf8')))
  .sort((a, b) => order(a.id) - order(b.id));
const table = [
  ['', 'fault', 'times', 'people', 'accepted twice', 'lost', 'left unconfirmed', 'seconds', 'holds'],
  ...faults.map((one) => [
    one.id,
    one.what,
    one.tries,
    one.recipients,
    one.duplicates,
    one.lost,
    one.unconfirmed,
    Math.round(one.seconds),
    one.holds ? 'yes' : '**no**',
  ]),
].map((row) => row.map((cell) => (cell === undefined ? '?' : String(cell))));

console.log(`\n${plain(table)}\n\nFAULT_SEED=${seed}, ${minutes} minutes`);
if (args.length === 0) await write();
process.exit(status ?? 1);

/** Sorts F2 before F10, and F1+F7 after F1. */
function order(id) {
  const [, first, second = 0] = /^F(\d+)(?:\+F(\d+))?$/.exec(id);
  return Number(first) * 1000 + Number(second);
}

function plain(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function write() {
  const line = (row) => `| ${row.join(' | ')} |`;
  const [head, ...rows] = table;
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined)
    throw new Error(`${page} lacks the lines "${begin}" and "${end}", between which the table goes`);
  const written = [
    before + begin,
    '',
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${os.cpus().length} cores, ${minutes} minutes, \`FAULT_SEED=${seed}\`.`,
    '',
    line(head),
    line(head.map((_, i) => (i >= 2 && i <= 7 ? '--:' : '---'))),
    ...rows.map(line),
    '',
    'With these numbers, and what was seen:',
    '',
    ...faults.map((one) => `- ${one.id}: ${numbersOf(one)}${one.note ? `. ${one.note}` : ''}`),
    '',
    end + after,
  ].join('\n');
  const options = { ...(await prettier.resolveConfig(page)), filepath: page };
  writeFileSync(page, await prettier.format(written, options));
  console.log(`The table is in ${page}.`);
}

/** recipients: 5000, awaySeconds: 20 → "recipients 5000, away seconds 20". */
function numbersOf({ numbers }) {
  return Object.entries(numbers)
    .map(([name, value]) => `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${value}`)
    .join(', ');
}
