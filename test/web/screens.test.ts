import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';
import { fillScreens, screens } from './screens';
import type { Screen } from './screens';

describeInBrowser('every screen', () => {
  let app: App;
  let browser: Browser;
  let all: Screen[];

  beforeAll(async () => {
    app = await App.start({ behaviour: { deliveredShare: 1 } });
    all = [...screens, ...(await fillScreens(app))];
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  /** Shows all screens in one tab, one after the other, and calls `look` at each. */
  async function visit(options: PageOptions, look: (page: Page, address: string) => Promise<void>) {
    const { page, complaints, context } = await openPage(browser, app.url, options);
    await page.goto(`${app.url}/sign-in#token=${await app.token()}`);
    await page.locator('h1').waitFor();
    for (const { address, heading, named } of all) {
      // As Back and Forward do: the page is not loaded again, which takes most of the time.
      await page.evaluate((to) => {
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, address);
      const text = options.language === 'hi' && !named ? hindiOf(heading) : heading;
      await page.locator('h1').filter({ hasText: text }).waitFor();
      // A screen may have several parts that load.
      const loading = page.locator('main [aria-busy="true"], main [role="status"][aria-label]');
      await waitFor(async () => (await loading.count()) === 0, { what: `${address} is loaded` });
      await look(page, address);
    }
    // also everything that arrived after a screen was looked at
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  }

  async function tooWide(page: Page, widths: number[]): Promise<string[]> {
    const found: string[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      if (needed > width) found.push(`${needed} px at ${width} px`);
    }
    return found;
  }

  it.each<PageOptions>([
    { width: 1280, scheme: 'light' },
    { width: 1280, scheme: 'dark' },
    { width: 390, scheme: 'light' },
    { width: 390, scheme: 'dark' },
  ])('is accessible, without errors and without foreign requests: %j', async (options) => {
    const findings: string[] = [];
    await visit(options, async (page, address) => {
      for (const finding of await accessibilityFindings(page)) findings.push(`${address}: ${finding}`);
    });
    expect(findings).toEqual([]);
  });

  it('fits without scrolling sideways', async () => {
    const findings: string[] = [];
    await visit({}, async (page, address) => {
      for (const finding of await tooWide(page, [360, 768, 1024, 1280]))
        findings.push(`${address}: ${finding}`);
    });
    expect(findings).toEqual([]);
  });

  it('is in Hindi altogether when Hindi is chosen, and fits then too', async () => {
    const english = new Set(
      Object.values(catalogue('en')).filter((text) => /[a-z]/i.test(text) && !text.includes('{')),
    );
    const findings: string[] = [];
    await visit({ language: 'hi' }, async (page, address) => {
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('hi');
      for (const text of await textsOf(page))
        if (english.has(text) || threeLatinWords.test(text)) findings.push(`${address}: ${text}`);
      for (const finding of await tooWide(page, [360, 768, 1280])) findings.push(`${address}: ${finding}`);
    });
    expect(findings).toEqual([]);
  });
});

function hindiOf(text: string): string {
  const id = Object.entries(catalogue('en')).find(([, english]) => english === text)?.[0];
  const hindi = id === undefined ? undefined : catalogue('hi')[id];
  if (hindi === undefined) throw new Error(`No message is "${text}" in English`);
  return hindi;
}

/** Data of the test has at most two words in Latin letters together. */
const threeLatinWords = /[a-z]{2,}[ ,]+[a-z]{2,}[ ,]+[a-z]{2,}/i;

/** All messages of a language, by id. */
function catalogue(language: 'en' | 'hi'): Record<string, string> {
  const source = path.resolve(__dirname, '../../web/src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(path.join('messages', `${language}.json`)),
  );
  return Object.assign(
    {},
    ...files.map((name) => JSON.parse(readFileSync(path.join(source, name), 'utf8')) as object),
  ) as Record<string, string>;
}

/** What the page shows and says: texts, labels, titles. Code and the names of languages are the same in every language. */
function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent?.closest('script, style, noscript, code, [lang="en"], [data-content]')) continue;
      texts.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
    return texts.map((text) => text.trim()).filter(Boolean);
  });
}
