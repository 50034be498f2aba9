import { readFileSync } from 'node:fs';
import type { Browser, Download, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { startWorkerRole } from '../../src/compose';
import { App } from '../support/app';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';

const both: PageOptions[] = [{ width: 1280 }, { width: 390, height: 800 }];

/** A file with a bad phone on lines 3 and 5. */
const people = (name: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Full name,Mobile No,Date of birth\nAsha Rao,+919870000001,1990-03-12\nRavi,12345,\nMeera,+919870000002,\n\nArjun,none,\n',
  ),
});

describeInBrowser('importing a file', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start();
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function open(address: string, options: PageOptions = {}, role = Role.MARKETER) {
    const opened = await openPage(browser, app.url, options);
    await opened.page.goto(`${app.url}${address}#token=${await app.token({ role })}`);
    await opened.page.locator('h1').waitFor();
    return opened;
  }
  const fileInput = (page: Page) => page.getByLabel('CSV file', { exact: true });
  const start = (page: Page) => page.getByRole('button', { name: 'Start import', exact: true });
  const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"]`);
  const contacts = async (kind: 'leads' | 'customers') =>
    app.database.query<{ name: string; attributes: Record<string, unknown> }[]>(
      `SELECT name, attributes FROM ${kind} WHERE business_id = $1 AND phone_e164 LIKE '+91987000%' ORDER BY phone_e164`,
      [app.businessId],
    );

  it.each(both)('needs a file and one button, and shows what came of it: %j', async (options) => {
    const { page, complaints, context } = await open('/imports/new?kind=customers', options);
    await page.getByText('Choose a file first').waitFor();
    await fileInput(page).setInputFiles(people('customers.csv'));
    await start(page).click();

    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
    await page
      .getByText(/^2 imported.*, 2 not\.$/)
      .first()
      .waitFor();
    expect(await figure(page, 'imported').textContent()).toBe('2');
    expect(await figure(page, 'notImported').textContent()).toBe('2');
    const bad = page.getByRole('row').filter({ hasText: 'Line 3' });
    await bad.getByText('12345').waitFor();
    expect(await page.getByRole('link', { name: 'See the contacts' }).getAttribute('href')).toBe(
      '/contacts?kind=customers',
    );
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await contacts('customers')).toMatchObject([
      { name: 'Asha Rao', attributes: { 'Date of birth': '1990-03-12' } },
      { name: 'Meera' },
    ]);

    await page.reload();
    await page
      .getByText(/^2 imported/)
      .first()
      .waitFor();
    await page.goto(`${app.url}/imports`);
    await page.getByRole('row').filter({ hasText: 'customers.csv' }).getByText('Completed').first().waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it.each(both)('works with the keyboard alone: %j', async (options) => {
    const { page, context } = await open('/imports', options);
    const press = async (what: ReturnType<Page['getByRole']>, key: string) => {
      await waitFor(
        async () => {
          if (await what.evaluate((element) => element === document.activeElement)) return true;
          await page.keyboard.press('Tab');
          return false;
        },
        { what: 'the focus arrives by Tab', timeoutMs: 20_000 },
      );
      await page.keyboard.press(key);
    };
    await page.getByRole('link', { name: 'New import' }).waitFor();
    await press(page.getByRole('link', { name: 'New import' }), 'Enter');
    await page.getByText('Choose a file first').waitFor();
    await press(page.getByRole('radio', { name: 'Leads' }), 'ArrowRight');
    await waitFor(() => page.url().includes('kind=customers'), { what: 'the address has the kind' });
    const choosing = page.waitForEvent('filechooser');
    await press(fileInput(page), 'Enter');
    await (await choosing).setFiles(people('by keyboard.csv'));
    await page.getByText('4 rows: 2 fine, 2 with problems.').first().waitFor();
    await press(start(page), 'Enter');
    await page
      .getByText(/^2 imported \(2 updated\), 2 not\.$/)
      .first()
      .waitFor();
    await context.close();
  });

  it.each(both)('says what becomes of each column, and lets it be changed: %j', async (options) => {
    const { page, complaints, context } = await open('/imports/new', options);
    await fileInput(page).setInputFiles({
      name: 'odd.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Who;Ring them;Town\nAsha;+919870000011;Pune\nRavi;+919870000012;Delhi\n'),
    });
    await page.getByText('No column is known to be the phone').waitFor();
    await page.getByText('Choose the column of the phone first').waitFor();
    expect(await start(page).getAttribute('aria-disabled')).toBe('true');
    // The browser itself reports the refusal.
    complaints.console.length = 0;

    const becomes = (header: string) => page.getByLabel(`What "${header}" becomes`);
    await becomes('Ring them').selectOption({ label: 'Phone' });
    await page.getByText('All 2 rows are fine.').first().waitFor();
    await becomes('Who').selectOption({ label: 'Name' });
    expect(await becomes('Town').inputValue()).toBe('city');
    await becomes('Town').selectOption({ label: 'Leave out' });
    await waitFor(async () => (await start(page).getAttribute('aria-disabled')) === 'false', {
      what: 'the changes are checked',
    });
    expect(await becomes('Ring them').inputValue()).toBe('phone');
    expect(await accessibilityFindings(page)).toEqual([]);
    await start(page).click();
    await page
      .getByText(/^2 imported.*Every row of the file went in\.$/)
      .first()
      .waitFor();
    await page.getByText('One column was left out: Town.').waitFor();
    const [asha] = await app.database.query<{ name: string; city: string | null }[]>(
      `SELECT name, city FROM leads WHERE phone_e164 = '+919870000011'`,
    );
    expect(asha).toEqual({ name: 'Asha', city: null });
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('tells the problems of the first rows before anything is imported', async () => {
    const { page, context } = await open('/imports/new');
    await fileInput(page).setInputFiles(people('to check.csv'));
    await page.getByText('4 rows: 2 fine, 2 with problems.').first().waitFor();
    const line = page.getByRole('row').filter({ hasText: 'Line 6' });
    expect(await line.textContent()).toContain('Mobile No');
    expect(await line.textContent()).toContain('none');
    await page.getByRole('link', { name: 'Imports' }).click();
    await page.locator('h1').filter({ hasText: 'Imports' }).waitFor();
    expect(await page.getByText('to check.csv').count()).toBe(0);
    await context.close();
  });

  it('says what is wrong with a file that is no table', async () => {
    const { page, context } = await open('/imports/new');
    await fileInput(page).setInputFiles({
      name: 'x.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('PK\u0003\u0004'),
    });
    await page.getByRole('alert').getByText('Excel workbook').waitFor();
    await fileInput(page).setInputFiles(people('a table.csv'));
    await page.getByText('4 rows: 2 fine').first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await context.close();
  });

  it('gives a sample, and the rows that were not imported, as files', async () => {
    const { page, complaints, context } = await open('/imports/new?kind=optouts');
    const saved = async (download: Promise<Download>) => readFileSync(await (await download).path(), 'utf8');
    const sample = saved(page.waitForEvent('download'));
    await page.getByRole('button', { name: 'Sample file' }).click();
    await fileInput(page).setInputFiles({
      name: 'stop.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(await sample),
    });
    await page.getByText('5,000 rows: 4,980 fine, 20 with problems.').first().waitFor();
    await start(page).click();
    await page
      .getByText(/^4,980 imported, 20 not\.$/)
      .first()
      .waitFor();
    expect(await page.getByRole('link', { name: 'See the opt-outs' }).getAttribute('href')).toBe('/opt-outs');
    const given = saved(page.waitForEvent('download'));
    await page.getByRole('button', { name: 'Download the 20 with reasons' }).click();
    const lines = (await given).trim().split(/\r?\n/);
    expect(lines).toHaveLength(21);

    await page.getByRole('link', { name: 'Import another' }).click();
    await fileInput(page).setInputFiles({
      name: 'mended.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(lines.join('\n')),
    });
    await page.getByText('Left out: it tells what was wrong with the row').first().waitFor();
    await page.getByText('20 rows: 0 fine, 20 with problems.').first().waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('warns before the page is left, can be stopped, and can be tried again after a lost connection', async () => {
    const { page, context } = await open('/imports/new');
    const rows = Array.from(
      { length: 40_000 },
      (_, i) => `Person ${i},+9198${String(10_000_000 + i)},${'x'.repeat(40)}`,
    );
    await page.getByLabel('CSV file').setInputFiles({
      name: 'slow.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`name,phone,note\n${rows.join('\n')}\n`),
    });
    await page
      .getByText(/^First [\d,]+ rows.* fine|^The first [\d,]+ rows are all fine/)
      .first()
      .waitFor();
    const network = await context.newCDPSession(page);
    const slowDown = (uploadThroughput: number) =>
      network.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    await network.send('Network.enable');
    await slowDown(100_000);

    await start(page).click();
    await page.getByText('The file is being sent.').waitFor();
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('dialog').getByText('it is not imported').waitFor();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await page.getByText('The file is being sent.').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped. Nothing was imported.').waitFor();

    await slowDown(-1);
    await context.route('**/imports?*', (route) => route.abort('connectionreset'));
    await start(page).click();
    const alert = page.getByRole('alert').filter({ hasText: 'the connection was lost' });
    await alert.getByText('The file and your choices are still here').waitFor();
    await context.unroute('**/imports?*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
    await page
      .getByText(/^40,000 imported/)
      .first()
      .waitFor({ timeout: 60_000 });
    await context.close();
  });

  it('says why an import failed, what stays, and what to do', async () => {
    const [{ id } = { id: '' }] = await app.database.query<{ id: string }[]>(
      `INSERT INTO imports (business_id, kind, status, file_name, reason, total_rows, imported_rows, created_rows, completed_at)
       VALUES ($1, 'LEADS', 'FAILED', 'broken.csv', 'The upload broke off', 7, 7, 7, now()) RETURNING id`,
      [app.businessId],
    );
    const { page, context } = await open(`/imports/${id}`);
    await page.getByText('7 rows were imported before that and stay.').first().waitFor();
    await page.getByText('Why: The upload broke off.').waitFor();
    await page.getByText('nobody is doubled').waitFor();
    await page.getByRole('link', { name: 'Import another' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await context.close();
  });

  it('shows a viewer the imports and no button', async () => {
    const { page, context } = await open('/imports', {}, Role.VIEWER);
    await page.getByText('odd.csv').first().click();
    await page.getByText('One column was left out').waitFor();
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Import another' }).count()).toBe(0);
    await page.goto(`${app.url}/imports/new`);
    await page.getByText('Your role cannot import files').waitFor();
    expect(await fileInput(page).count()).toBe(0);
    await context.close();
  });
});

describeInBrowser('an import on its way', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function open(address: string) {
    const opened = await openPage(browser, app.url);
    await opened.page.goto(`${app.url}${address}#token=${await app.token({ role: Role.MARKETER })}`);
    await opened.page.locator('h1').waitFor();
    return opened;
  }
  const start = (page: Page) => page.getByRole('button', { name: 'Start import', exact: true });

  it('can be cancelled, and says before what stays', async () => {
    const { page, context } = await open('/imports/new');
    await page.getByLabel('CSV file').setInputFiles(people('cancelled.csv'));
    await start(page).click();
    await page.getByText('The file has arrived.').first().waitFor();
    const cancel = page.getByRole('button', { name: 'Cancel import' });
    await cancel.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The rest of the file is not imported').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await waitFor(() => cancel.evaluate((element) => element === document.activeElement), {
      what: 'the focus is back',
    });
    await cancel.click();
    await dialog.getByRole('button', { name: 'Cancel import' }).click();
    await page.getByText('Cancelled. Nothing was imported.').first().waitFor();
    await page.getByRole('link', { name: 'Import another' }).waitFor();
    await context.close();
  });

  it('goes on while the page is left, and is live on every screen', async () => {
    const { page, context } = await open('/imports/new');
    await page.getByLabel('CSV file').setInputFiles(people('live.csv'));
    await start(page).click();
    await page.getByText('The file has arrived.').first().waitFor();
    const { page: list, context: other } = await open('/imports');
    await list.getByText('1 import is running.').waitFor();
    const row = list.getByRole('row').filter({ hasText: 'live.csv' });
    await row.getByText('Running').waitFor();

    app.workers.push(await startWorkerRole(app.config, silent));
    await page.getByText('2 imported, 2 not.').first().waitFor();
    await row.getByText('Completed').waitFor();
    await row.getByRole('link', { name: 'live.csv' }).click();
    await list.getByText('2 imported, 2 not.').first().waitFor();
    await context.close();
    await other.close();
  });
});
