import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { App } from '../support/app';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';
import { fillScreens, screens } from './screens';

describeInBrowser('every screen', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ behaviour: { deliveredShare: 1 } });
    await fillScreens(app);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  /** Opens all screens in one tab, one after the other, each by its address. */
  async function visit(options: PageOptions, look: (page: Page, address: string) => Promise<void>) {
    const { page, complaints, context } = await openPage(browser, app.url, options);
    await page.goto(`${app.url}/sign-in#token=${await app.token()}`);
    await page.locator('h1').waitFor();
    for (const { address, heading } of screens) {
      await page.goto(`${app.url}${address}`);
      const title = page.locator('h1');
      if (options.language === 'hi') await title.waitFor();
      else
        await title
          .getByText(heading, { exact: true })
          .or(title.filter({ hasText: heading }))
          .first()
          .waitFor();
      await page
        .locator('main [aria-busy="true"], main [role="status"][aria-label]')
        .waitFor({ state: 'detached' });
      await look(page, address);
    }
    // also everything that arrived after a screen was looked at
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  }

  it.each<PageOptions>([
    { width: 1280, scheme: 'light' },
    { width: 1280, scheme: 'dark' },
    { width: 390, height: 844, scheme: 'light' },
    { width: 390, height: 844, scheme: 'dark' },
  ])('is accessible, without errors and without foreign requests: %j', async (options) => {
    const findings: string[] = [];
    await visit(options, async (page, address) => {
      for (const finding of await accessibilityFindings(page)) findings.push(`${address}: ${finding}`);
    });
    expect(findings).toEqual([]);
  });

  it.each<PageOptions>([
    { width: 360, height: 740 },
    { width: 360, height: 740, language: 'hi' },
    { width: 768, language: 'hi' },
    { width: 1280, language: 'hi' },
  ])('fits without scrolling sideways: %j', async (options) => {
    const tooWide: string[] = [];
    await visit(options, async (page, address) => {
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      if (scrollWidth > clientWidth) tooWide.push(`${address}: ${scrollWidth} px`);
    });
    expect(tooWide).toEqual([]);
  });

  it('is in Hindi altogether when Hindi is chosen', async () => {
    const english = englishTexts();
    const left: string[] = [];
    await visit({ language: 'hi' }, async (page, address) => {
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('hi');
      for (const text of await textsOf(page))
        if (english.has(text) || threeLatinWords.test(text)) left.push(`${address}: ${text}`);
    });
    expect(left).toEqual([]);
  });
});

/** Data of the test has at most two words in Latin letters together. */
const threeLatinWords = /[a-z]{2,}[ ,]+[a-z]{2,}[ ,]+[a-z]{2,}/i;

/** The texts of the English catalogue that consist of words. */
function englishTexts(): Set<string> {
  const source = path.resolve(__dirname, '../../web/src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(path.join('messages', 'en.json')),
  );
  return new Set(
    files
      .flatMap((name) =>
        Object.values(JSON.parse(readFileSync(path.join(source, name), 'utf8')) as Record<string, string>),
      )
      .filter((text) => /[a-z]/i.test(text) && !text.includes('{')),
  );
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
