// Jest's environment of Node, which lets the test files of a process share compiled code. Each file still runs all of its
// modules anew, in a context of its own. A file that begins with @alone has the machine for itself: see alone.js.
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const { takeTurn } = require('./alone');
const { readPack } = require('./pack');

let pack;
const scripts = new Map();
const { compileFunction } = vm;

/** For Jest, which has no option for it: what was compiled once is not compiled again for the next test file. */
vm.compileFunction = (code, parameters, options) => {
  const { filename, parsingContext, importModuleDynamically } = options ?? {};
  if (!parsingContext || !filename) return compileFunction(code, parameters, options);
  const known = scripts.get(filename);
  if (known?.code === code) return known.script.runInContext(parsingContext);
  const head = `(function (${parameters.join(', ')}) {`;
  const script = new vm.Script(`${head}${code}\n})`, {
    filename,
    columnOffset: -head.length,
    importModuleDynamically,
  });
  scripts.set(filename, { code, script });
  return script.runInContext(parsingContext);
};

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.isAlone = 'alone' in context.docblockPragmas;
    pack ??= readPack();
    const start = pack.runInContext(this.getVmContext());
    let loader;
    // called by the stubs that Jest finds in the place of packages: see jest.config.js
    this.global.packOfTests = (require) => (loader ??= start(require));
  }
  async setup() {
    await super.setup();
    this.endTurn = await takeTurn(this.isAlone);
  }

  async teardown() {
    await this.endTurn?.();
    await super.teardown();
  }
};
