import type { Browser, Locator, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';
import { createDraft } from './draft';

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

  async function openAt(address: string, options: PageOptions = {}) {
    const opened = await openPage(browser, app.url, options);
    await opened.page.goto(`${app.url}${address}#token=${await app.token({ role: Role.MARKETER })}`);
    await opened.page.locator('h1').waitFor();
    return opened;
  }

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const heading = (page: Page, name: string) =>
    page.getByRole('heading', { level: 1, name: new RegExp(`^${name}\\b`) });
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

  const value = (what: Locator) => what.inputValue();

  const savedBy = (page: Page) => page.getByText(/^saved \d\d:\d\d:\d\d$/).waitFor();

  async function drafts(search: string): Promise<{ id: string }[]> {
    const { campaigns } = await app.data<{ campaigns: { campaigns: { id: string }[] } }>(
      `query ($id: ID!, $search: String) { campaigns(businessId: $id, search: $search) { campaigns { id } } }`,
      { id: app.businessId, search },
    );
    return campaigns.campaigns;
  }

  async function statusOf(id: string): Promise<string> {
    const { campaign } = await app.data<{ campaign: { status: string } }>(
      `query ($id: ID!) { campaign(id: $id) { status } }`,
      { id },
    );
    return campaign.status;
  }

  it('stores every change, so that another tab goes on with it', async () => {
    const { page, context } = await openAt('/campaigns/new/audience');
    const name = page.getByRole('textbox', { name: 'Campaign name' });
    await name.pressSequentially('Weekend', { delay: 20 });
    await page.getByText(/^saved \d\d:\d\d:\d\d$/).waitFor();
    await page.waitForURL(/\/campaigns\/[\w-]{36}\/edit\/audience/);
    // The address has changed under the fingers.
    expect(await focused(page)).toBe('Weekend');
    await page.keyboard.type(' sale');
    await page.getByRole('radio', { name: 'Everybody' }).check();
    await button(page, 'Add filter').click();
    await page.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Tag' });
    await page.getByRole('textbox', { name: 'Value' }).fill('vip');
    await counts(page, 65);
    await button(page, 'Next').click();
    await atStep(page, 'Message');
    await chooseTemplate(page, 'weekend_sale English');
    await page.getByRole('textbox', { name: 'Body {{1}}' }).fill('you');
    await page.getByRole('textbox', { name: 'Link' }).fill('https://shop.example');
    await savedBy(page);
    const address = page.url();

    const other = await openAt(new URL(address).pathname);
    await heading(other.page, 'Message').waitFor();
    expect(await value(other.page.getByRole('combobox', { name: 'Template' }))).toBe(
      'weekend_sale · English',
    );
    expect(await value(other.page.getByRole('textbox', { name: 'Body {{1}}' }))).toBe('you');
    expect(await value(other.page.getByRole('textbox', { name: 'Link' }))).toBe('https://shop.example');
    await button(other.page, 'Back').click();
    expect(await value(other.page.getByRole('textbox', { name: 'Campaign name' }))).toBe('Weekend sale');
    await counts(other.page, 65);
    expect(other.complaints).toEqual({ outside: [], console: [] });
    expect(await drafts('Weekend sale')).toHaveLength(1);
    await other.context.close();
    await context.close();
  });

  it('keeps what is not complete over steps and a reload, and says why it cannot be sent', async () => {
    const { page, context } = await openAt('/campaigns/new/audience');
    await page.getByRole('textbox', { name: 'Campaign name' }).fill('Half a campaign');
    await button(page, 'Add filter').click();
    await page.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Total spent' });
    await page.getByText('Complete or remove 1 condition.').waitFor();
    await page.getByRole('link', { name: '2 Message' }).click();
    await atStep(page, 'Message');
    await chooseTemplate(page, 'weekend_sale English');
    await page.getByRole('textbox', { name: 'Link' }).fill('shop.example');
    await savedBy(page);
    await page.reload();
    await heading(page, 'Message').waitFor();
    expect(await value(page.getByRole('textbox', { name: 'Link' }))).toBe('shop.example');
    await page.getByRole('link', { name: '4 Review' }).click();
    const blockers = page.getByRole('region', { name: 'What prevents sending' });
    for (const words of ['Complete or remove 1 condition.', 'Fill in Body {{1}}.', 'Write a whole address'])
      await blockers.getByText(words).waitFor();
    await page.getByText('Fix the 3 problems above first.').waitFor();
    await blockers.getByRole('link', { name: 'Go to Audience' }).click();
    await atStep(page, 'Audience');
    expect(await page.getByRole('combobox', { name: 'Field' }).count()).toBe(1);
    await context.close();
  });

  it('says when a change is not saved, keeps it, and saves it when the connection is back', async () => {
    const { page, context } = await openAt('/campaigns/new/audience');
    const name = page.getByRole('textbox', { name: 'Campaign name' });
    await name.fill('On the train');
    await savedBy(page);
    await context.setOffline(true);
    await name.fill('On the train to Pune');
    await page.getByRole('alert').getByText('The last change was not saved. It is still here.').waitFor();
    await context.setOffline(false);
    await savedBy(page);
    await page.reload();
    await heading(page, 'Audience').waitFor();
    expect(await value(name)).toBe('On the train to Pune');
    expect(await drafts('On the train')).toHaveLength(1);
    await context.close();
  });

  it('sends at once when another screen is opened within the five seconds, and not when one goes back', async () => {
    const id = await createDraft(app, 'Left early');
    const { page, context } = await openAt(`/campaigns/${id}/edit/review`);
    await button(page, 'Send to 65 people').click();
    await page.getByText('Sending to 65 people begins').waitFor();
    await page.goBack();
    await page.goForward();
    expect(await statusOf(id)).toBe('DRAFT');
    await page.goto(`${app.url}/campaigns/${id}/edit/when`);
    await button(page, 'Next').click();
    await button(page, 'Send to 65 people').click();
    await page.getByText('Sending to 65 people begins').waitFor();
    await page.goBack();
    await atStep(page, 'When');
    expect(await statusOf(id)).toBe('DRAFT');
    await button(page, 'Next').click();
    await button(page, 'Send to 65 people').click();
    await page.getByText('Sending to 65 people begins').waitFor();
    await page.getByRole('link', { name: 'Contacts', exact: true }).click();
    await heading(page, 'Contacts').waitFor();
    await waitFor(async () => (await statusOf(id)) !== 'DRAFT', { what: 'it is sent', timeoutMs: 4000 });
    await page.goto(`${app.url}/campaigns/${id}/edit/review`);
    await page.getByText('“Left early” has started already').waitFor();
    await context.close();
  });

  it('has a field for every value of every template, and nothing is missing when they are filled', async () => {
    await app.data(`mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`, {
      input: { businessId: app.businessId, name: 'Saree', catalogId: '1', retailerId: 'saree-1' },
    });
    const { templates } = await app.data<{
      templates: {
        id: string;
        name: string;
        language: string;
        hasTrackedLink: boolean;
        sendable: boolean;
        variables: { key: string; kind: string; label: string }[];
      }[];
    }>(
      `query ($id: ID!) { templates(businessId: $id) { id name language hasTrackedLink sendable variables { key kind label } } }`,
      { id: app.businessId },
    );
    const id = await createDraft(app, 'Every template');
    const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/message`);
    const kinds = new Set<string>();
    for (const template of templates.filter(({ sendable }) => sendable)) {
      const language = template.language.startsWith('hi') ? 'Hindi' : 'English';
      await page.getByRole('combobox', { name: 'Template' }).fill(template.name);
      await page
        .getByRole('option')
        .filter({ has: page.getByText(template.name, { exact: true }) })
        .filter({ hasText: language })
        .click();
      for (const { kind, label } of template.variables) {
        kinds.add(kind);
        const field = page.getByLabel(label, { exact: true });
        switch (kind) {
          case 'LOCATION': {
            const place = page.getByRole('group', { name: label });
            await place.getByLabel('Name of the place').fill('The shop');
            await place.getByLabel('Address', { exact: true }).fill('1 Main Road');
            await place.getByLabel('Latitude').fill('18.97');
            await place.getByLabel('Longitude').fill('72.82');
            break;
          }
          case 'PRODUCT':
          case 'PRODUCTS':
            await page.getByRole('combobox', { name: label, exact: true }).click();
            await page.getByRole('option', { name: 'Saree' }).click();
            await page.keyboard.press('Escape');
            break;
          case 'EXPIRES_AT':
            await field.fill(`${new Date().getFullYear() + 1}-03-07T23:59`);
            break;
          case 'TEXT':
          case 'COUPON':
          case 'URL_SUFFIX':
          case 'FLOW':
            await field.fill('SAVE20');
            break;
          default:
            await field.fill(`https://cdn.example.com/${kind.toLowerCase()}.bin`);
        }
      }
      if (template.hasTrackedLink) await page.getByRole('textbox', { name: 'Link' }).fill(link);
      await waitFor(
        async () => {
          const { campaign } = await app.data<{ campaign: { templateId: string; missing: string[] } }>(
            `query ($id: ID!) { campaign(id: $id) { templateId missing } }`,
            { id },
          );
          return campaign.templateId === template.id && campaign.missing.length === 0;
        },
        { what: `nothing is missing of ${template.name} ${language}` },
      );
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
      await waitFor(async () => (await page.getByText(/^Fill in /).count()) === 0, {
        what: `the page misses nothing of ${template.name} ${language}`,
      });
    }
    for (const kind of ['TEXT', 'IMAGE', 'DOCUMENT', 'COUPON', 'EXPIRES_AT', 'LOCATION', 'PRODUCT'])
      expect([...kinds]).toContain(kind);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('says beside the message why a person cannot be sent it', async () => {
    const id = await createDraft(app, 'Long codes');
    const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/message`);
    await chooseTemplate(page, 'flash_offer English');
    await page.getByLabel('Header: image').fill(picture);
    await page.getByLabel('Body {{1}}').fill('{{firstName}}');
    await page.getByLabel('Body {{2}}').fill('40 %');
    await page.getByLabel('End of the offer').fill(`${new Date().getFullYear() + 1}-03-07T23:59`);
    await page.getByLabel('coupon code').fill('{{name}}{{name}}{{name}}');
    await page.getByRole('textbox', { name: 'Link' }).fill(link);
    await preview(page)
      .getByText(/WhatsApp allows 20/)
      .waitFor();
    await page.getByLabel('coupon code').fill('FLASH40');
    await preview(page)
      .getByText(/WhatsApp allows 20/)
      .waitFor({ state: 'detached' });
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('schedules, shows when it starts, and takes the schedule back', async () => {
    const id = await createDraft(app, 'On Sunday');
    const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/when`);
    await page.getByRole('radio', { name: 'Later' }).check();
    await page.getByLabel('Date', { exact: true }).fill('2020-01-05');
    await page.getByText('This time has passed. Choose a later one.').waitFor();
    const year = new Date().getFullYear() + 1;
    await page.getByLabel('Date', { exact: true }).fill(`${year}-03-07`);
    await page.getByLabel('Time', { exact: true }).fill('09:30');
    await page.getByText('IST (Asia/Kolkata)').waitFor();
    await page.getByRole('checkbox', { name: 'Only between certain hours' }).check();
    await page.getByRole('button', { name: 'Sun' }).click();
    await page.getByRole('checkbox', { name: 'Not after a certain time' }).check();
    await page.getByLabel('Last date').fill(`${year}-03-08`);
    await page.getByText('7 Mar, 09:30 IST').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.reload();
    await heading(page, 'When').waitFor();
    expect(await value(page.getByLabel('Time', { exact: true }))).toBe('09:30');
    await button(page, 'Next').click();
    await atStep(page, 'Review');
    await button(page, 'Schedule').click();
    await heading(page, 'On Sunday').waitFor();
    await page.goto(`${app.url}/campaigns`);
    const row = page.locator(`[data-campaign="${id}"]`);
    await row.locator('[data-status="SCHEDULED"]').waitFor();
    await row.getByText('8 Mar, 10:00 IST').or(row.getByText('7 Mar, 10:00 IST')).waitFor();
    const { campaign } = await app.data<{ campaign: { schedule: object } }>(
      `query ($id: ID!) { campaign(id: $id) { schedule { localTime timeZone window { from to days } deadline } } }`,
      { id },
    );
    expect(campaign.schedule).toEqual({
      localTime: `${year}-03-07 09:30`,
      timeZone: 'BUSINESS',
      window: { from: '10:00', to: '19:00', days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
      deadline: `${year}-03-08T13:30:00.000Z`,
    });
    await row.getByRole('link', { name: 'On Sunday' }).click();
    await heading(page, 'Review').waitFor();
    await page.getByRole('link', { name: '3 When' }).click();
    expect(await value(page.getByLabel('Time', { exact: true }))).toBe('09:30');
    await page.goto(`${app.url}/campaigns`);
    await row.getByRole('button', { name: 'More for On Sunday' }).click();
    await page.getByRole('menuitem', { name: 'Make it a draft again' }).click();
    await row.locator('[data-status="DRAFT"]').waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('finds, orders, clones and deletes campaigns in the list', async () => {
    const id = await createDraft(app, 'Aam and Kela');
    const { page, complaints, context } = await openAt('/campaigns');
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('aam and');
    const row = page.locator(`[data-campaign="${id}"]`);
    await row.waitFor();
    await waitFor(async () => (await page.locator('[data-campaign]').count()) === 1, {
      what: 'one is found',
    });
    await row.getByRole('button', { name: 'More for Aam and Kela' }).click();
    await page.getByRole('menuitem', { name: 'Clone' }).click();
    await heading(page, 'Audience').waitFor();
    expect(await value(page.getByRole('textbox', { name: 'Campaign name' }))).toBe('Copy of Aam and Kela');
    await page.goto(`${app.url}/campaigns?search=aam&sort=NAME`);
    await waitFor(async () => (await page.locator('[data-campaign]').count()) === 2, {
      what: 'both are found',
    });
    expect(await page.getByRole('rowheader').allTextContents()).toEqual([
      expect.stringContaining('Aam and Kela'),
      expect.stringContaining('Copy of Aam and Kela'),
    ]);
    await row.getByRole('button', { name: 'More for Aam and Kela' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the draft' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('can be used by keyboard alone', async () => {
    const { page, complaints, context } = await openAt('/campaigns/new/audience');
    const reach = (name: string) =>
      waitFor(
        async () => {
          await page.keyboard.press('Tab');
          return (await focused(page)) === name;
        },
        { what: `Tab reaches ${name}` },
      );
    await reach('Campaign name');
    await page.keyboard.type('By keys');
    await reach('Next');
    await page.keyboard.press('Enter');
    await atStep(page, 'Message');
    await reach('Template');
    await page.keyboard.type('weekend');
    await page.keyboard.press('Enter');
    await reach('Body {{1}}');
    await page.keyboard.type('all');
    await reach('Link');
    await page.keyboard.type('https://shop.example/keys');
    for (const step of ['When', 'Review']) {
      await reach('Next');
      await page.keyboard.press('Enter');
      await atStep(page, step);
    }
    await reach('Send to 65 people');
    // while the people are being counted it only says so
    await page.locator('button:focus[aria-disabled="false"]').waitFor();
    await page.keyboard.press('Enter');
    await waitFor(async () => (await focused(page)) === 'Undo', { what: 'Undo has the focus' });
    await page.keyboard.press('Enter');
    await waitFor(async () => (await focused(page)) === 'Send to 65 people', { what: 'it is undone' });
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });
});

/** The name of what has the focus: its label, its text, or what is written in it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element instanceof HTMLInputElement && element.type !== 'radio')
      return element.value || (element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? '');
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });
}
