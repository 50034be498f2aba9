import type { Browser, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { Proxy } from '../support/proxy';
import { waitFor } from '../support/wait';
import { describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';
import { createDraft } from './draft';

const names = [
  'Campaigns',
  'Contacts',
  'Segments',
  'Imports',
  'Opt-outs',
  'Templates',
  'Products',
  'Phone numbers',
  'Settings',
];

describeInBrowser('the frame', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    await app.addCustomers(3);
    await createDraft(app, 'Festive');
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function signedIn(options: PageOptions = {}, role = Role.MARKETER) {
    const opened = await openPage(browser, app.url, options);
    await opened.page.goto(`${app.url}/sign-in#token=${await app.token({ role })}`);
    await opened.page.getByText('Festive').waitFor();
    return opened;
  }

  it('leads to every screen, whose address can be reloaded and shared', async () => {
    const { page, complaints, context } = await signedIn();
    const navigation = page.getByRole('navigation', { name: 'Main' });
    for (const name of names) {
      await navigation.getByRole('link', { name, exact: true }).click();
      await heading(page, name).waitFor();
      expect(await navigation.locator('[aria-current="page"]').allTextContents()).toEqual([name]);
      await page.reload();
      await heading(page, name).waitFor();
      expect(await page.title()).toBe(`${name} · Dakiya`);
    }
    await page.goBack();
    await heading(page, 'Phone numbers').waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('asks a shared address to sign in, and leads there afterwards', async () => {
    const { page, context } = await openPage(browser, app.url);
    await page.goto(`${app.url}/templates?business=${app.businessId}`);
    await page.getByText('Sign in to Dakiya').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.getByLabel('Or paste a token or a link').fill(await app.token());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await heading(page, 'Templates').waitFor();
    expect(new URL(page.url()).pathname).toBe('/templates');
    await context.close();
  });

  it('never leads to another site after sign-in', async () => {
    for (const next of ['//example.com/', '/\\example.com', 'https://example.com/', 'javascript:alert(1)']) {
      const { page, complaints, context } = await openPage(browser, app.url);
      await page.goto(`${app.url}/sign-in?next=${encodeURIComponent(next)}#token=${await app.token()}`);
      await heading(page, 'Campaigns').waitFor();
      expect(new URL(page.url()).origin).toBe(app.url);
      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    }
  });

  it('can be used with the keyboard alone', async () => {
    const { page, context } = await signedIn();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    expect(await focused(page)).toMatchObject({ text: 'Skip to the content', outlined: true });
    expect((await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');

    // From the top to the link of the contacts; every stop shows that it has the focus.
    await page.reload();
    await page.getByText('Festive').waitFor();
    const stops: string[] = [];
    for (let i = 0; i < 20 && stops.at(-1) !== 'Contacts'; i++) {
      await page.keyboard.press('Tab');
      const stop = await focused(page);
      expect(stop).toMatchObject({ outlined: true });
      stops.push(stop.text);
    }
    expect(stops).toContain('Campaigns');
    await page.keyboard.press('Enter');
    await heading(page, 'Contacts').waitFor();
    await waitFor(() => page.evaluate(() => document.activeElement?.id === 'content'), {
      what: 'the focus is at the new screen',
    });
    await context.close();
  });

  it('opens the navigation by a button on a phone', async () => {
    const { page, context } = await signedIn({ width: 390, height: 844 });
    const menu = page.getByRole('button', { name: 'Menu', exact: true });
    const link = page.getByRole('link', { name: 'Contacts', exact: true });
    expect(await link.isVisible()).toBe(false);
    await menu.click();
    await link.waitFor();
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Escape');
    await link.waitFor({ state: 'hidden' });
    expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true);
    await menu.click();
    await link.click();
    await heading(page, 'Contacts').waitFor();
    expect(await link.isVisible()).toBe(false);
    expect(await page.getByRole('combobox', { name: 'Language' }).isVisible()).toBe(true);
    await context.close();
  });

  it('follows the system in its colours, until somebody chooses', async () => {
    const { page, context } = await signedIn({ scheme: 'dark' });
    const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await scheme()).toBe('dark');
    const dark = await background();
    await page.getByRole('button', { name: 'Use light colours' }).click();
    await waitFor(async () => (await scheme()) === 'light', { what: 'the colours are light' });
    expect(await background()).not.toBe(dark);
    await page.reload();
    await page.getByText('Festive').waitFor();
    expect(await scheme()).toBe('light');
    await context.close();
  });

  it('speaks English and Hindi, and remembers which', async () => {
    const { page, context } = await signedIn();
    await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'हिन्दी' });
    await heading(page, 'कैंपेन').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('hi');
    await page.reload();
    await heading(page, 'कैंपेन').waitFor();
    await page.getByRole('combobox', { name: 'भाषा' }).selectOption({ label: 'English' });
    await heading(page, 'Campaigns').waitFor();
    await context.close();
  });

  it('changes the business for every screen, and keeps it in the address', async () => {
    const token = await app.token({ role: Role.OPERATOR, businessIds: [] });
    const { createBusiness } = await app.data<{ createBusiness: { id: string } }>(
      `mutation { createBusiness(input: { name: "Pune Sweets", timezone: "Asia/Kolkata", defaultCountry: "IN" }) { id } }`,
      {},
      token,
    );
    const { page, context } = await openPage(browser, app.url);
    await page.goto(`${app.url}/sign-in#token=${token}`);
    await page.getByRole('combobox', { name: 'Business' }).selectOption({ label: 'Pune Sweets' });
    await page.getByText('No campaigns yet').waitFor();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await heading(page, 'Settings').waitFor();
    expect(new URL(page.url()).searchParams.get('business')).toBe(createBusiness.id);
    await page.reload();
    await page.locator('input[value="Pune Sweets"]').waitFor();
    await context.close();
  });

  it.each<[string, (page: Page, proxy: Proxy) => Promise<void> | void]>([
    ['the network of the device is gone', (page) => page.context().setOffline(true)],
    ['nothing comes through any more', (_page, proxy) => proxy.freeze()],
    ['the server is gone', (_page, proxy) => proxy.cut()],
  ])('says that it is offline when %s', async (_what, lose) => {
    const proxy = await Proxy.before(app.url);
    const url = proxy.urlOf(app.url);
    // On a screen that follows nothing.
    const { page, context } = await openPage(browser, url);
    await page.goto(`${url}/settings#token=${await app.token()}`);
    await page.getByText('live', { exact: true }).waitFor();
    const banner = page.getByRole('status').getByText('Offline', { exact: true });
    expect(await banner.count()).toBe(0);
    await lose(page, proxy);
    await banner.waitFor({ timeout: 9000 });
    await page.getByText('reconnecting, figures of').waitFor();
    await page.context().setOffline(false);
    await proxy.restore();
    // the longest wait before the socket is opened again is 30 s
    await banner.waitFor({ state: 'detached', timeout: 45_000 });
    await page.getByText('live', { exact: true }).waitFor();
    await context.close();
    await proxy.cut();
  });
});

function heading(page: Page, name: string) {
  return page.getByRole('heading', { level: 1 }).filter({ hasText: name });
}

/** What has the focus: its name, and whether one can see that it has it. */
function focused(page: Page): Promise<{ text: string; outlined: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      text: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim(),
      outlined: outlineStyle !== 'none' && outlineWidth !== '0px',
    };
  });
}
