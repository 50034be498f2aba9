// A separate Node process that starts both servers, prints their pids and URLs as one line of JSON, and keeps running.
// Usage: node child.js <directory> [guard-off]. It runs the sources, so that no build is needed.
const childProcess = require('node:child_process');
const path = require('node:path');
const swc = require('@swc/core');

const [directory, mode] = process.argv.slice(2);

const parser = { syntax: 'typescript', decorators: true };
const options = { swcrc: false, module: { type: 'commonjs' }, jsc: { target: 'es2023', parser } };
require.extensions['.ts'] = (module, file) =>
  module._compile(swc.transformFileSync(file, options).code, file);

if (mode === 'guard-off') {
  // The same shell, without waiting for the pipe to close.
  const unguarded = 'shift; "$@" </dev/null 3<&- & echo $! >&3; wait';
  const { spawn } = childProcess;
  childProcess.spawn = (command, [flag, , ...rest], more) => spawn(command, [flag, unguarded, ...rest], more);
}

const { startPostgres, startRedis } = require('../../src/start/embedded');

async function main() {
  const log = (line) => console.error(line);
  const packagesDir = path.resolve('.cache/redis');
  const postgres = await startPostgres({ dataDir: path.join(directory, 'postgres'), log, durable: true });
  const redis = await startRedis({ dataDir: path.join(directory, 'redis'), packagesDir, log, durable: true });
  const answer = {
    postgres: { pid: postgres.pid, url: postgres.url },
    redis: { pid: redis.pid, url: redis.url },
  };
  console.log(JSON.stringify(answer));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
