import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

const name = /^virtual:messages\/(\w+)$/;

/**
 * `virtual:messages/<locale>`: the texts of all folders, `src/<folder>/messages/<locale>.json`, in one module. They are
 * parsed here, so that the page needs no parser.
 */
export function messages(source: string): Plugin {
  const files = (locale: string) =>
    readdirSync(source, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(source, entry.name, 'messages', `${locale}.json`));

  return {
    name: 'messages',
    resolveId: (id) => (name.test(id) ? `\0${id}` : undefined),
    load(id) {
      const locale = name.exec(id.slice(1))?.[1];
      if (locale === undefined || !id.startsWith('\0')) return undefined;
      const all: Record<string, unknown> = {};
      for (const file of files(locale)) {
        let text: string;
        try {
          text = readFileSync(file, 'utf8');
        } catch {
          continue; // a folder without texts
        }
        this.addWatchFile(file);
        for (const [key, message] of Object.entries(JSON.parse(text) as Record<string, string>)) {
          if (key in all) this.error(`${file}: the message ${key} exists in another folder too`);
          try {
            all[key] = parse(message, { captureLocation: false });
          } catch (error) {
            this.error(`${file}: the message ${key} cannot be read: ${String(error)}`);
          }
        }
      }
      // JSON.parse of a string is quicker for a browser than an object literal.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(all))});`;
    },
  };
}
