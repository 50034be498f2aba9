import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { reached } from '../support/campaigns';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch } from './browser';
import { figure, openScreen } from './campaign-page';
import { createDraft } from './draft';

const people = 120;

describeInBrowser('the page of a campaign', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({
      behaviour: {
        deliveredDelayMs: { min: 100, max: 300 },
        deliveredShare: 1,
        readShare: 0.5,
        clickShare: 0.5,
        perNumber: {
          // Not worth another attempt today, and one that nobody knows: that is.
          '+919820000003': { fail: 131049 },
          '+919820000005': { fail: 999999 },
        },
      },
    });
    await app.addCustomers(people);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const sendAt = (messagesPerSecond: number) =>
    app.database.query(`UPDATE senders SET messages_per_second = $1`, [messagesPerSecond]);
  const send = (id: string) =>
    app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id });

  it.each([1280, 390])('lists people by filters that stand in the address: %d px', async (width) => {
    await sendAt(1000);
    const id = await createDraft(app, `Weekend ${width}`);
    await send(id);
    await reached(app, id);
    const path = `/campaigns/${id}?outcome=FAILED`;
    const { page, complaints, context } = await openScreen(app, browser, path, { width });
    const list = page.getByRole('list', { name: 'Recipients' });
    await list.getByRole('link', { name: 'Customer 3' }).waitFor();
    await list.getByRole('link', { name: 'Customer 5' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search recipients' }).fill('Customer 5');
    await list.getByRole('link', { name: 'Customer 3' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?outcome=FAILED&find=Customer+5');
    await page.getByText('Choose a status, an outcome or an error, without a search.').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download 1 person (CSV)' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`Weekend ${width} - Failed, Customer 5.csv`);
    const lines = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^Customer 5,\+919820000005,/);

    await page.getByRole('searchbox', { name: 'Search recipients' }).fill('');
    await list.getByRole('link', { name: 'Customer 3' }).waitFor();
    await page.getByRole('combobox', { name: 'Error' }).selectOption('999999');
    await list.getByRole('link', { name: 'Customer 3' }).waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('READ');
    await page.getByText('Nobody fits these filters.').waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('lists more people while the figures change, and keeps them', async () => {
    await sendAt(12);
    const id = await createDraft(app, 'Long list');
    await send(id);
    const { page, context } = await openScreen(app, browser, `/campaigns/${id}`);
    const rows = page.getByRole('list', { name: 'Recipients' }).getByRole('listitem');
    await page.getByText(`50 of ${people} shown`).waitFor();
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('"after":"') ? route.abort() : route.continue(),
    );
    await page.getByRole('button', { name: 'Show more' }).click();
    const failed = page
      .getByRole('alert')
      .filter({ hasText: 'The next part of the list could not be loaded' });
    await failed.waitFor();
    await page.unroute('**/graphql');
    await failed.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(`100 of ${people} shown`).waitFor();
    expect(await failed.count()).toBe(0);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText(`${people} of ${people} shown`).waitFor();
    const before = await figure(page, 'sent');
    expect(before).toBeLessThan(people);
    await reached(app, id);
    // Longer than the list of the first page waits until it is read again.
    await page.locator('h1 ~ p [data-status="COMPLETED"]').waitFor();
    await waitFor(async () => (await figure(page, 'sent')) > before, { what: 'the figures move' });
    expect(await rows.count()).toBe(people);
    await page.getByRole('button', { name: 'Show the latest' }).click();
    await page.getByText(`50 of ${people} shown`).waitFor();
    await context.close();
  });

  it('shows a viewer everything and no button that changes something', async () => {
    await sendAt(5);
    const id = await createDraft(app, 'Only looking');
    await send(id);
    const { page, context } = await openScreen(app, browser, `/campaigns/${id}?outcome=SENT`, {
      role: Role.VIEWER,
    });
    await page.getByText(`Sending to ${people} people.`).waitFor();
    await page.getByRole('button', { name: 'Export' }).waitFor();
    await page.getByRole('button', { name: /^Download/ }).waitFor();
    const changing = /Pause|Resume|Cancel campaign|Retry|Make a segment|Send again|Resend|Edit/;
    expect(await page.getByRole('button', { name: changing }).count()).toBe(0);
    expect(await page.getByRole('link', { name: changing }).count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await app.data(`mutation ($id: ID!) { cancelCampaign(campaignId: $id) { status } }`, { id });
    await page.locator('h1 ~ p [data-status="CANCELLED"]').waitFor();
    await context.close();
  });
});
