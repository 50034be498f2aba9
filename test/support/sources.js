// Lets a child process of a test run the TypeScript sources, and quickly: from the pack that test/global-setup.ts has made.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { compile, readPack } = require('./pack');

require('reflect-metadata');

const { has, load } = readPack().runInThisContext()(require);
const original = Module._load;
Module._load = (name, parent, isMain) => {
  if (Module.isBuiltin(name)) return original(name, parent, isMain);
  const file = Module._resolveFilename(name, parent, isMain);
  return has(file) ? load(file) : original(name, parent, isMain);
};
// what is not in the pack: a test's own files
require.extensions['.ts'] = (module, file) =>
  module._compile(compile(readFileSync(file, 'utf8'), file), file);
