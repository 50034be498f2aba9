// A worker (or, with ROLE=api, an api) as a separate process, run from the sources, so that a test can kill it. Its
// environment configures it. TEST_WITHOUT=sweep runs it without the sweep; a message {blockMs} blocks its event loop.
require('./sources');
const { startApi, startWorkerRole } = require('../../src/compose');
const { loadConfig } = require('../../src/config');
const { createLog } = require('../../src/infra/log');
const { endOnUnhandledErrors } = require('../../src/infra/unhandled-errors');

if (process.env.TEST_WITHOUT === 'sweep') {
  require('../../src/delivery/sweep/sweep').Sweep.prototype.start = () => undefined;
}

// It ends when the test process ends, however that happens.
process.on('disconnect', () => process.exit(0));
process.on('message', ({ blockMs }) => {
  process.send({ blocked: true }, () =>
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, blockMs),
  );
});
const role = process.env.ROLE === 'api' ? 'api' : 'worker';
const log = createLog(process.env.LOG_LEVEL ?? 'fatal', role);
endOnUnhandledErrors(log); // as in main.ts
const start = role === 'api' ? startApi : startWorkerRole;
start(loadConfig(process.env, role), log).then(
  ({ port }) => process.send({ ready: true, port }),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
