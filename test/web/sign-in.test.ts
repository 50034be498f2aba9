import type { Browser } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { describeInBrowser, launch, openPage } from './browser';
import { createDraft } from './draft';

describeInBrowser('signing in', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    await app.addCustomers(3);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('asks for a link, takes a pasted one, and signs out', async () => {
    const { page, complaints, context } = await openPage(browser, app.url);
    await page.goto(app.url);
    await page.getByText('npm start').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');

    const field = page.getByLabel('Or paste a token or a link');
    await field.fill('certainly not a token');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('not a sign-in token').waitFor();

    await field.fill(`${app.url}/sign-in#token=${await app.token({ subject: 'priya' })}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('No campaigns yet').waitFor();
    expect(new URL(page.url()).pathname).toBe('/');

    await page.reload();
    await page.getByText('priya').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Sign in to Dakiya').waitFor();
    await page.reload();
    await page.getByText('Sign in to Dakiya').waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it.each([
    ['has expired', () => app.token({ ttlSeconds: -60 }), 'Your sign-in has expired'],
    ['is not accepted', async () => `${await app.token()}x`, 'did not accept this sign-in'],
  ])('leads back, with the reason, when the token %s', async (_what, token, reason) => {
    const { page, context } = await openPage(browser, app.url);
    await page.goto(`${app.url}/sign-in#token=${await token()}`);
    await page.getByRole('alert').getByText(reason).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await context.close();
  });

  it('leads back when the token ends while the page is open', async () => {
    await createDraft(app, 'Watched until the end');
    const open = async (token: string) => {
      const { page, context } = await openPage(browser, app.url);
      await page.goto(`${app.url}/sign-in#token=${token}`);
      await page.getByText('Watched until the end').waitFor();
      return { page, context };
    };
    // the token has to outlive the opening of the page, which takes as long as it takes on this machine today
    const started = performance.now();
    await (await open(await app.token())).context.close();
    const ttlSeconds = Math.ceil(((performance.now() - started) / 1000) * 3) + 2;
    const { page, context } = await open(await app.token({ ttlSeconds }));
    await page
      .getByRole('alert')
      .getByText('Your sign-in has expired')
      .waitFor({ timeout: (ttlSeconds + 10) * 1000 });
    await context.close();
  });

  it('shows no buttons to a viewer', async () => {
    const id = await createDraft(app, 'Only to look at');
    const { page, context } = await openPage(browser, app.url);
    await page.goto(`${app.url}/sign-in#token=${await app.token({ role: Role.VIEWER })}`);
    const row = page.locator(`[data-campaign="${id}"]`);
    await row.waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    await context.close();
  });

  it('turns pages, and keeps the page in the address', async () => {
    for (let i = 1; i <= 21; i++) await createDraft(app, `Campaign ${i}`);
    const { page, context } = await openPage(browser, app.url);
    await page.goto(`${app.url}/sign-in#token=${await app.token()}`);
    await page.getByText('Campaign 21', { exact: true }).waitFor();
    const rows = page.locator('[data-campaign]');
    expect(await rows.count()).toBe(20);
    await page.getByRole('button', { name: 'Older' }).click();
    await waitFor(async () => (await rows.count()) < 20, { what: 'the second page' });
    expect(new URL(page.url()).search).toBe('?page=2');
    await page.goBack();
    await waitFor(async () => (await rows.count()) === 20, { what: 'the first page again' });
    await context.close();
  });
});
