import type { Page } from 'playwright-core';
import { waitFor } from '../support/wait';
import { accessibilityFindings, tooSmall } from './browser';

/** What tests do on the page, whichever screen it shows. */

export const wide = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

function isPhone(page: Page): boolean {
  return page.viewportSize()?.width === phone.width;
}

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
export const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name: new RegExp(`^${name}\\b`) });
export const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });
export const savedBy = (page: Page) => page.getByText(/^saved \d\d:\d\d:\d\d$/).waitFor();
export const status = (page: Page, name: string, timeout?: number) =>
  page.locator(`main [data-status="${name}"]`).first().waitFor({ timeout });
export const fileInput = (page: Page) => page.locator('main input[type="file"]').first();

export async function go(page: Page, name: string) {
  if (isPhone(page)) await button(page, 'Menu').click();
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await heading(page, name).waitFor();
}

export async function next(page: Page, name: string) {
  await button(page, 'Next').click();
  await heading(page, name).waitFor();
  await waitFor(() => page.evaluate((text) => document.activeElement?.textContent === text, name), {
    what: `the heading ${name} has the focus`,
  });
}

/** What axe finds, what a finger would miss on a phone, and whether the page scrolls sideways. */
export async function flawsOf(page: Page): Promise<string[]> {
  const found = await accessibilityFindings(page);
  if (isPhone(page)) found.push(...(await tooSmall(page)));
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  if (needed > (page.viewportSize()?.width ?? 0)) found.push(`${page.url()} is ${needed} px wide`);
  return found;
}
