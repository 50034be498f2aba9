// For scripts that look at the pages: the whole product of this checkout with its demo business, and a browser.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const main = path.resolve(import.meta.dirname, '../dist/main.js');

/** Starts the product on a free port. @returns the sign-in link, and a function that stops it */
export async function startProduct() {
  const child = spawn(process.execPath, [main, 'start'], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const link = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\S+\/sign-in#token=\S+/.exec(line);
      if (found) resolve(found[0]);
    });
    ended.then(() => reject(new Error('The product ended before it was ready; is npm start running here?')));
  });
  return {
    link,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The browser on PATH, or else the packaged one. */
export async function launchBrowser() {
  return chromium.launch({
    executablePath: browserOnPath() ?? (await (await import('@sparticuz/chromium')).default.executablePath()),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

function browserOnPath() {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome'])
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      try {
        accessSync(path.join(folder, name), constants.X_OK);
        return path.join(folder, name);
      } catch {
        // not here
      }
    }
  return undefined;
}
