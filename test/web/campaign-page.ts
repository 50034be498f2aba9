import type { Browser, Page } from 'playwright-core';
import type { Role } from '../../src/accounts/viewer';
import type { App } from '../support/app';
import { openPage } from './browser';
import type { PageOptions } from './browser';

/** Signs in as asha, and shows a screen of the app. */
export async function openScreen(
  app: App,
  browser: Browser,
  path: string,
  { role, ...look }: PageOptions & { role?: Role } = {},
) {
  const opened = await openPage(browser, app.url, look);
  await opened.page.goto(`${app.url}/sign-in#token=${await app.token({ role, subject: 'asha' })}`);
  await opened.page.locator('h1').waitFor();
  await opened.page.goto(app.url + path);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  return opened;
}

/** Numbers of the page, all as they stand at one moment. */
export async function figures<Name extends string>(
  page: Page,
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const texts = await page.evaluate(
    (wanted) =>
      wanted.map((name) => document.querySelector(`[data-figure="${name}"]`)?.textContent ?? 'missing'),
    names,
  );
  return Object.fromEntries(
    names.map((name, i) => [name, Number((texts[i] ?? '').replaceAll(',', ''))]),
  ) as Record<Name, number>;
}

/** A number of the page. */
export async function figure(page: Page, name: string): Promise<number> {
  return (await figures(page, [name]))[name] ?? NaN;
}

/** Every number that `[data-figure=name]` shows from now on, in order. The page forgets them when it is loaded again. */
export async function watchFigure(page: Page, name: string): Promise<() => Promise<number[]>> {
  await page.evaluate((wanted) => {
    const seen: string[] = [];
    const look = () => {
      const now = document.querySelector(`[data-figure="${wanted}"]`)?.textContent;
      if (now && seen.at(-1) !== now) seen.push(now);
    };
    look();
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
    Object.assign(globalThis, { seenFigures: seen });
  }, name);
  return async () =>
    (await page.evaluate<string[]>('seenFigures')).map((text) => Number(text.replaceAll(',', '')));
}
