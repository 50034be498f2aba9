// Runs the tests under another Node, which it takes from npm: `npm run test:node -- 24 [what Jest is given]`. Processes
// that the tests start run under it too.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const [version = '', ...args] = process.argv.slice(2);
if (!/^\d+(\.\d+){0,2}$/.test(version)) {
  console.error('Which Node? For example: npm run test:node -- 24');
  process.exit(2);
}
const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);

const node = install(version);
const env = {
  ...process.env,
  PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
  // npm names its own Node here, for what it starts
  NODE: node,
  npm_node_execpath: node,
};
run(node, ['-p', '`Node ${process.version}`'], env);
run(node, ['scripts/build.mjs', '--if-stale'], env);
run(node, ['node_modules/jest/bin/jest.js', ...args], env);

/** The program of the newest Node of that version, kept in .cache/node. */
function install(wanted) {
  const { platform, arch } = process;
  // The packages that the package `node` fetches in a script of its installation; npm may be told to run none.
  const name = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;
  const directory = path.join(root, '.cache', 'node', wanted);
  mkdirSync(directory, { recursive: true });
  run('npm', ['install', '--silent', '--no-save', '--prefix', directory, `${name}@${wanted}`]);
  return path.join(directory, 'node_modules', name, 'bin', 'node');
}

function run(command, words, environment = process.env) {
  const { status, error } = spawnSync(command, words, { stdio: 'inherit', env: environment });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
