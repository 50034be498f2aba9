// Writes <file>.br and <file>.gz beside the built files of the pages, so that the server compresses nothing itself.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const folder = path.resolve(import.meta.dirname, '../dist/web/assets');
/** Below it, the header of the answer is larger than what is saved. */
const smallest = 512;
/** The playground's editor is several megabytes: the best compression of it would take most of the build. */
const large = 256 * 1024;

const names = (await readdir(folder)).filter((name) => /\.(js|css|svg|json)$/.test(name));
await Promise.all(
  names.map(async (name) => {
    const file = path.join(folder, name);
    const content = await readFile(file);
    if (content.length < smallest) return;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: content.length < large ? 11 : 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(content, { params }),
      promisify(gzip)(content, { level: content.length < large ? 9 : 6 }),
    ]);
    await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
  }),
);
