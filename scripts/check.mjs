// Everything that CI checks: first what needs no server, in two lanes at once, then the tests. A check's output is shown
// only when it fails; then its lane ends, and no test runs. Arguments are Jest's.
import { spawn, spawnSync } from 'node:child_process';

const lanes = [['lint'], ['format:check', 'typecheck', 'unused', 'messages', 'drift']];

const results = await Promise.all(lanes.map(runLane));
if (results.includes(false)) process.exit(1);
const tests = spawnSync('npm', ['test', '--', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(tests.status ?? 1);

async function runLane(names) {
  for (const name of names) {
    const started = Date.now();
    const { status, output } = await run(name);
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(status === 0 ? `${name}: fine, ${seconds} s` : `${name}: failed\n${output}`);
    if (status !== 0) return false;
  }
  return true;
}

function run(name) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('close', (status) => resolve({ status, output }));
  });
}
