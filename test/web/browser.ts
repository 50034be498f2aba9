import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** A browser of this machine; none is downloaded. */
const browserPath = names
  .flatMap((name) => (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)))
  .find(isExecutable);

/** `describe` where there is a browser; elsewhere the suite is skipped, and says so. */
export function describeInBrowser(title: string, suite: () => void): void {
  if (!browserPath) console.log(`Skipped, no browser on PATH (${names.join(', ')}): ${title}`);
  (browserPath ? describe : describe.skip)(title, suite);
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** What a page did that it should not have. */
export interface Complaints {
  outside: string[];
  console: string[];
}

/** A page in a browser profile of its own, and its complaints so far. */
export async function openPage(
  browser: Browser,
  origin: string,
): Promise<{ page: Page; complaints: Complaints; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: Complaints = { outside: [], console: [] };
  // Of the context, so that workers count too.
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) complaints.outside.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.console.push(message.text());
  });
  page.on('pageerror', (error) => complaints.console.push(String(error)));
  return { page, complaints, context };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
