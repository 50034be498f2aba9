// Lets a child process of a test run the TypeScript sources: they are compiled when they are required.
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
