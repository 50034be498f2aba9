// Loading the product means resolving, reading and compiling some 1,500 files, for every test file and every process that
// a test starts. This puts them into one script, whose compiled code is kept: a pack. Its modules are the files as they
// are, resolved as Node resolves them, and each is run when it is first required. Run as a program, this writes the packs.
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { createRequire, isBuiltin } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, '.cache/pack');
const pack = path.join(folder, 'pack.js');
/** V8's code of it, with the functions that ran when the product was loaded. */
const compiled = path.join(folder, `pack.${process.version}.code`);

/** The packages that the sources import. Whatever these require is in the pack, too. */
const packages = [
  '@apollo/server',
  '@apollo/server/errors',
  '@apollo/server/plugin/disabled',
  '@apollo/server/plugin/drainHttpServer',
  '@as-integrations/express5',
  '@escape.tech/graphql-armor',
  'bullmq',
  'csv-parse/sync',
  'dataloader',
  'express',
  'graphql',
  'graphql-redis-subscriptions',
  'graphql-scalars',
  'graphql-ws',
  'graphql-ws/use/ws',
  'helmet',
  'ioredis',
  'isbot',
  'jose',
  'libphonenumber-js',
  'pg',
  'pg-copy-streams',
  'pino',
  'prom-client',
  'type-graphql',
  'typeorm',
  'undici',
  'ws',
  'zod',
];

/** The names with which the pack is asked for the sources, too; and those of packages, which Jest asks for. */
function entries() {
  const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return [...packages, ...sources.filter((file) => file.endsWith('.ts')).map((file) => `./src/${file}`)];
}

/** The pack's script. Its value makes a loader, see `loaderOf`, from what requires the modules that are not in it. */
function readPack() {
  const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined;
  return new vm.Script(readFileSync(pack, 'utf8'), {
    filename: pack,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

/** Runs as part of the pack: it sees nothing of this file. `outer` requires what is not in the pack. */
function loaderOf(modules, names, outer) {
  const loaded = new Map();
  function load(file) {
    const known = loaded.get(file);
    if (known) return known.exports;
    const [run, wanted] = modules[file];
    const module = { id: file, filename: file, exports: {}, loaded: false, children: [], paths: [] };
    loaded.set(file, module);
    const require = (name) => {
      const target = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
      return target === undefined ? outer(name) : load(target);
    };
    require.resolve = (name) => wanted[name] ?? outer.resolve(name);
    require.cache = {};
    module.require = require;
    try {
      const directory = file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')));
      run.call(module.exports, module.exports, require, module, file, directory);
    } catch (error) {
      loaded.delete(file);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }
  return { has: (file) => Object.hasOwn(modules, file), load, named: (name) => load(names[name]) };
}

const swc = {
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

function compile(text, filename) {
  return require('@swc/core').transformSync(text, { ...swc, filename }).code;
}

/** A module of the pack, and the paths of the modules that it names. What cannot be resolved, it requires itself. */
function moduleOf(file) {
  let text = readFileSync(file, 'utf8');
  if (file.endsWith('.json')) return { text: `module.exports = ${text}`, wanted: {} };
  if (file.endsWith('.ts') || isEsm(file)) text = compile(text, file);
  const resolve = createRequire(file).resolve;
  const wanted = {};
  for (const [, , name] of text.matchAll(/\brequire\(\s*(['"])([^'"\n]+)\1\s*\)/g)) {
    if (isBuiltin(name) || name === 'reflect-metadata') continue;
    try {
      const target = resolve(name);
      if (/\.([cm]?js|json|ts)$/.test(target)) wanted[name] = target;
    } catch {
      // an optional package that is not installed
    }
  }
  return { text: text.replace(/^#!.*/, ''), wanted };
}

function isEsm(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  for (let directory = path.dirname(file); ; directory = path.dirname(directory)) {
    const description = path.join(directory, 'package.json');
    if (existsSync(description)) return JSON.parse(readFileSync(description, 'utf8')).type === 'module';
  }
}

/** The pack's text. A module is its function, and the paths of what it requires by name. */
function textOf(names) {
  const modules = new Map();
  const open = Object.values(names);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (modules.has(file)) continue;
    const module = moduleOf(file);
    modules.set(file, module);
    open.push(...Object.values(module.wanted));
  }
  const table = [...modules].map(
    ([file, { text, wanted }]) =>
      `${JSON.stringify(file)}: [function (exports, require, module, __filename, __dirname) {${text}\n}, ${JSON.stringify(wanted)}]`,
  );
  return `(outer) => (${loaderOf.toString()})({\n${table.join(',\n')}\n}, ${JSON.stringify(names)}, outer)`;
}

function write(file, content) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}

/** Writes the pack, and the stubs by which Jest requires packages from it, unless they are there already. */
function build() {
  const hash = createHash('sha256')
    .update(root)
    .update(readFileSync(path.join(__dirname, 'pack.js')));
  hash.update(readFileSync(path.join(root, 'package-lock.json')));
  const names = entries();
  for (const name of names.filter((one) => one.endsWith('.ts')))
    hash.update(name).update(readFileSync(path.join(root, name)));
  const state = hash.digest('hex');
  const stamp = path.join(folder, 'built');
  if (existsSync(compiled) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;

  // known to Node as the end of a file that can be required, so that it resolves them
  require.extensions['.ts'] = require.extensions['.js'];
  const { resolve } = createRequire(path.join(root, 'package.json'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  write(pack, textOf(Object.fromEntries(names.map((name) => [name, resolve(name)]))));
  for (const name of packages) {
    const stub = path.join(folder, 'packages', `${name}.js`);
    mkdirSync(path.dirname(stub), { recursive: true });
    writeFileSync(stub, `module.exports = packOfTests(require).named(${JSON.stringify(name)});\n`);
  }
  require('reflect-metadata');
  const script = readPack();
  script.runInThisContext()(require).named('./src/compose.ts');
  write(compiled, script.createCachedData());
  write(stamp, state);
}

module.exports = { compile, packages, readPack };

if (require.main === module) build();
