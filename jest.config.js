const { packages } = require('./test/support/pack');

const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/environment.js',
  testSequencer: '<rootDir>/test/support/alone.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  // what test/support/pack.js has put into one file
  moduleNameMapper: { [`^(${packages.join('|')})$`]: '<rootDir>/.cache/pack/packages/$1.js' },
  transform: { '^.+\\.[cm]?[jt]sx?$': ['@swc/jest', swc] },
  // ESM-only packages are compiled: Jest can require() them only from Node 24.9 on.
  transformIgnorePatterns: ['/node_modules/(?!(jose)/)'],
  // A guard against hanging, with room for a busy machine; promises about time are checked in the tests themselves.
  testTimeout: 120_000,
  maxWorkers: 2,
  cacheDirectory: '<rootDir>/.cache/jest',
  coverageProvider: 'v8',
};
