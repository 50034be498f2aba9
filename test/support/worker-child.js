// A worker in a process of its own, from the sources, so that a test can kill it hard. Its settings are its environment.
const swc = require('@swc/core');

const options = {
  swcrc: false,
  sourceMaps: false,
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};
require.extensions['.ts'] = (module, file) =>
  module._compile(swc.transformFileSync(file, options).code, file);

require('reflect-metadata');
const { startWorkerRole } = require('../../src/compose');
const { loadConfig } = require('../../src/config');
const { createLog } = require('../../src/infra/log');

// Never outlives the test, whatever becomes of it.
process.on('disconnect', () => process.exit(0));
startWorkerRole(
  loadConfig(process.env, 'worker'),
  createLog(process.env.LOG_LEVEL ?? 'silent', 'worker'),
).then(
  () => process.send({ ready: true }),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
