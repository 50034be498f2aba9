// Fails when a generated file differs from what its sources make: schema.graphql and the UI's operation types.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const generated = [
  { file: 'schema.graphql', script: 'schema' },
  { file: 'web/src/generated/graphql.ts', script: 'codegen' },
];

let drifted = false;
for (const { file, script } of generated) {
  const committed = readFileSync(file, 'utf8');
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', script], { encoding: 'utf8' });
  if (status !== 0) {
    console.error(`npm run ${script} failed:\n${stdout}${stderr}`);
    process.exit(1);
  }
  if (readFileSync(file, 'utf8') === committed) continue;
  writeFileSync(file, committed);
  console.error(`${file} is out of date: run npm run ${script} and commit it`);
  drifted = true;
}
process.exit(drifted ? 1 : 0);
