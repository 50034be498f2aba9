// Kills itself at a failpoint. Its argument is the source of the failpoints.
const fs = require('node:fs');
const swc = require('@swc/core');

const source = fs.readFileSync(process.argv[2], 'utf8');
const { code } = swc.transformSync(source, {
  swcrc: false,
  module: { type: 'commonjs' },
  jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
});
const loaded = { exports: {} };
new Function('exports', 'require', 'module', code)(loaded.exports, require, loaded);

process.on('exit', () => fs.writeSync(1, 'a handler ran\n'));
loaded.exports.armFailpoints({ points: loaded.exports.parseFailpoints('after_claim:exit'), seed: 1 });
fs.writeSync(1, 'before\n');
loaded.exports.failpoint('after_claim');
fs.writeSync(1, 'after\n');
