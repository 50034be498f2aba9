import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The machine's or the packaged one: see test/global-setup.ts, which also says when there is none. */
const browserPath = process.env.TEST_BROWSER;

/** `describe` where there is a browser; elsewhere the suite is skipped. */
export const describeInBrowser = browserPath === undefined ? describe.skip : describe;

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

/** What a page did that it should not have. The browser reports violations of the Content-Security-Policy as errors. */
export interface Complaints {
  outside: string[];
  console: string[];
}

export interface PageOptions {
  /** 1280 by default. */
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  language?: 'en' | 'hi';
}

/** A page in a browser profile of its own, and its complaints so far. */
export async function openPage(
  browser: Browser,
  origin: string,
  { width = 1280, height = 900, scheme = 'light', language = 'en' }: PageOptions = {},
): Promise<{ page: Page; complaints: Complaints; context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    // no waiting for dialogs that glide in
    reducedMotion: 'reduce',
    locale: language === 'hi' ? 'hi-IN' : 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
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

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** What axe finds wrong with the page as it is now: the rule, and the elements. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResult>(`axe.run(document, { resultTypes: ['violations'] })`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html}: ${failureSummary ?? ''}`),
  );
}

/** What a finger would miss. Ticks and circles are hit by their labels. */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main a, main button, main input, main select, main textarea')]
      .filter((element) => {
        const isLabelled = element instanceof HTMLInputElement && /radio|checkbox|file/.test(element.type);
        const { height } = element.getBoundingClientRect();
        return !isLabelled && height > 0 && height < 44;
      })
      .map((element) => element.outerHTML.slice(0, 160)),
  );
}
