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
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  transform: { '^.+\\.[cm]?[jt]sx?$': ['@swc/jest', swc] },
  // ESM-only packages are compiled: Jest can require() them only from Node 24.9 on.
  transformIgnorePatterns: ['/node_modules/(?!(jose)/)'],
  // A guard against hanging, with room for a busy machine; promises about time are checked in the tests themselves.
  testTimeout: 120_000,
  maxWorkers: 2,
  cacheDirectory: '<rootDir>/.cache/jest',
  coverageProvider: 'v8',
};
