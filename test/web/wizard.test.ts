import type { Browser, Locator, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const picture = 'https://cdn.example.com/banner.jpg';
const link = 'https://shop.example.com/diwali';

describeInBrowser('making a campaign', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ behaviour: { deliveredShare: 1 } });
    await app.addCustomers(40, { totalSpent: 9000 });
    await app.addCustomers(25, { totalSpent: 500, from: 40 });
    await app.data(`mutation ($id: ID!) { syncTemplates(businessId: $id) { id } }`, { id: app.businessId });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function openAt(address: string, options: PageOptions = {}, role = Role.MARKETER) {
    const opened = await openPage(browser, app.url, options);
    await opened.page.goto(`${app.url}${address}#token=${await app.token({ role })}`);
    await opened.page.locator('h1').waitFor();
    return opened;
  }

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });

  async function atStep(page: Page, name: string) {
    await heading(page, name).waitFor();
    await waitFor(() => page.evaluate((text) => document.activeElement?.textContent === text, name), {
      what: `the heading ${name} has the focus`,
    });
  }

  const counts = (page: Page, people: number) =>
    waitFor(
      async () =>
        (await page.locator('[data-figure="audience"]').textContent()) === String(people) &&
        (await page.getByText('as of now').count()) === 1,
      { what: `${people} people are counted` },
    );

  async function chooseTemplate(page: Page, name: string) {
    await page.getByRole('combobox', { name: 'Template' }).click();
    await page.getByRole('option', { name }).click();
  }

  async function fillAudience(page: Page, name: string) {
    await page.getByRole('textbox', { name: 'Campaign name' }).fill(name);
    await page.getByRole('radio', { name: 'Customers' }).check();
    await button(page, 'Add filter').click();
    await page.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Total spent' });
    await page.getByRole('combobox', { name: 'Operator' }).selectOption({ label: 'at least' });
    await page.getByRole('textbox', { name: 'Value', exact: true }).fill('1,000');
    await counts(page, 40);
  }

  async function fillMessage(page: Page) {
    await chooseTemplate(page, 'festive_offer English');
    await page.getByRole('textbox', { name: '{{1}}' }).fill('{{name}}');
    await page.getByRole('textbox', { name: '{{2}}' }).fill('40% OFF');
    await page.getByRole('textbox', { name: 'Address of the picture' }).fill(picture);
    await page.getByRole('textbox', { name: 'Link' }).fill(link);
  }

  const value = (what: Locator) => what.inputValue();

  it.each([wide, phone])('chooses people, writes to them, and sends: %j', async (size) => {
    const name = `Diwali offer ${size.width}`;
    const { page, complaints, context } = await openAt('/campaigns', size);
    const findings: string[] = [];
    const look = async () => findings.push(...(await accessibilityFindings(page)));
    await page.getByRole('link', { name: 'New campaign' }).first().click();

    await atStep(page, 'Audience');
    await page.getByText('Give the campaign a name.').waitFor();
    await button(page, 'Next').click(); // says why not, and does nothing
    await fillAudience(page, name);
    await look();
    await button(page, 'Next').click();

    await atStep(page, 'Message');
    await page.getByText('Choose a template.', { exact: true }).waitFor();
    await fillMessage(page);
    await preview(page).getByText(/^Hi Customer \d+, the festive season is here! Enjoy 40% OFF/).waitFor();
    const first = await preview(page).locator('strong').first().textContent();
    await button(page, 'Person after').click();
    await preview(page).getByText('2 of 10').waitFor();
    expect(await preview(page).locator('strong').first().textContent()).not.toBe(first);
    await look();
    await button(page, 'Next').click();

    await atStep(page, 'When');
    expect(await page.getByRole('radio', { name: 'Now' }).isChecked()).toBe(true);
    await look();
    await button(page, 'Next').click();

    await atStep(page, 'Review');
    await page.reload();
    await heading(page, 'Review').waitFor();
    await button(page, 'Back').click();
    await atStep(page, 'When');
    await button(page, 'Back').click();
    await atStep(page, 'Message');
    expect(await value(page.getByRole('textbox', { name: '{{2}}' }))).toBe('40% OFF');
    expect(await value(page.getByRole('textbox', { name: 'Link' }))).toBe(link);
    await button(page, 'Back').click();
    await atStep(page, 'Audience');
    expect(await value(page.getByRole('textbox', { name: 'Campaign name' }))).toBe(name);
    expect(await value(page.getByRole('textbox', { name: 'Value', exact: true }))).toBe('1000');
    for (const step of ['Message', 'When', 'Review']) {
      await button(page, 'Next').click();
      await atStep(page, step);
    }
    await look();

    await button(page, 'Send to 40 people').click();
    await button(page, 'Undo').click();
    await button(page, 'Send to 40 people').click();
    const before = (await app.ledger()).length;
    await page.getByText('Sending to 40 people begins in a moment.').waitFor();
    await look();
    await heading(page, 'Campaigns').waitFor();
    const row = page.getByRole('row').filter({ hasText: name });
    await row.locator('[data-status="COMPLETED"]').waitFor({ timeout: 60_000 });
    const messages = (await app.ledger()).slice(0, before === 0 ? undefined : -before);
    expect(messages).toHaveLength(40);
    expect(new Set(messages.map(({ to }) => to)).size).toBe(40);
    for (const { text, buttons } of messages) {
      expect(text).toMatch(/Customer \d+, the festive season is here! Enjoy 40% OFF/);
      expect(buttons.some(({ url }) => url?.startsWith(`${app.url}/r/`))).toBe(true);
    }
    expect(findings).toEqual([]);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('is read by a viewer, who sees no way to make a campaign', async () => {
    const { page, complaints, context } = await openAt('/campaigns', wide, Role.VIEWER);
    await heading(page, 'Campaigns').waitFor();
    await page.locator('[data-campaign]').first().waitFor();
    expect(await page.getByText('New campaign').count()).toBe(0);
    await page.goto(`${app.url}/campaigns/new/audience`);
    await page.getByText('Your role may not create campaigns').waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });
});
