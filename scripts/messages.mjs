// Checks the texts of the admin UI: every folder has the same messages in both languages with the same placeholders, an
// id begins with the folder's name, and every message is used.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const source = path.resolve(import.meta.dirname, '../web/src');
const problems = [];
const code = readdirSync(source, { recursive: true })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(path.join(source, name), 'utf8'))
  .join('\n');

for (const folder of readdirSync(source)) {
  const messages = path.join(source, folder, 'messages');
  if (!existsSync(messages)) continue;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.resolve('node_modules/.bin/formatjs'),
      'verify',
      '--source-locale',
      'en',
      '--missing-keys',
      '--extra-keys',
      '--structural-equality',
      path.join(messages, '*.json'),
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) problems.push(`${folder}: ${`${stdout}${stderr}`.trim()}`);

  const name = folder.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const english = JSON.parse(readFileSync(path.join(messages, 'en.json'), 'utf8'));
  for (const id of Object.keys(english)) {
    if (!id.startsWith(`${name}.`)) problems.push(`${folder}: ${id} does not begin with "${name}."`);
    if (!isUsed(id)) problems.push(`${folder}: ${id} is used nowhere`);
  }
  const hindi = JSON.parse(readFileSync(path.join(messages, 'hi.json'), 'utf8'));
  for (const [id, text] of Object.entries(hindi))
    if (/[a-z]/i.test(text.replaceAll(/\{[^{}]*\}/g, '')) && !/[\u0900-\u097f]/.test(text))
      problems.push(`${folder}: ${id} is not in Hindi`);
}

/** Ids are written out, or put together from a prefix: `campaigns.bar.${kind}`. */
function isUsed(id) {
  if (code.includes(`'${id}'`) || code.includes(`"${id}"`)) return true;
  return code.includes(`\`${id.slice(0, id.lastIndexOf('.') + 1)}\${`);
}

for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
