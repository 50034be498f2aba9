import type { Browser } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

interface Settings {
  name: string;
  frequencyCap: { messages: number; days: number } | null;
  unreachableAfter: number | null;
  blockedCountries: string[];
  attributionDays: number;
}

describeInBrowser('opt-outs and settings', () => {
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

  async function openAt(address: string, options: PageOptions = {}, role = Role.MARKETER) {
    const opened = await openPage(browser, app.url, options);
    await opened.page.goto(`${app.url}${address}#token=${await app.token({ role })}`);
    await opened.page.locator('h1').waitFor();
    return opened;
  }

  async function settings(): Promise<Settings> {
    const { businesses } = await app.data<{ businesses: Settings[] }>(
      `{ businesses { name frequencyCap { messages days } unreachableAfter blockedCountries attributionDays } }`,
    );
    const [business] = businesses;
    if (!business) throw new Error('There is no business');
    return business;
  }

  it('teaches what opt-outs are while there are none', async () => {
    const { page, context } = await openAt('/opt-outs');
    await page.getByRole('heading', { name: 'Nobody has opted out' }).waitFor();
    await page.getByText('Whoever answers STOP stands here').waitFor();
    await context.close();
  });

  it.each([wide, phone])(
    'takes pasted phones, and gives back those that it cannot read: %j',
    async (size) => {
      const number = `98330 ${size.width}0`.padEnd(11, '0').slice(0, 11);
      const { page, complaints, context } = await openAt('/opt-outs', size);
      await page.getByRole('link', { name: 'Add', exact: true }).click();
      await page.getByRole('button', { name: 'Opt out' }).click();
      await page.getByText('Write at least one phone number.').waitFor();
      await page.getByText('Write a reason first.').waitFor();
      const phones = page.getByRole('textbox', { name: 'Phone numbers' });
      await phones.fill(`${number}\n+91 ${number}\n12345\n98200 00001`);
      const reason = page.getByRole('textbox', { name: 'Reason' });
      await reason.fill('list of the old tool');
      await page.getByRole('button', { name: 'Opt out 4 numbers' }).click();
      await page.getByText(/(1 person was|2 people were) opted out\./).waitFor();
      await page.getByText('This is not a phone number').waitFor();
      expect(await phones.inputValue()).toBe('12345');
      expect(await reason.inputValue()).toBe('list of the old tool');
      expect(await accessibilityFindings(page)).toEqual([]);
      await phones.fill(number);
      await page.getByRole('button', { name: 'Opt out 1 number' }).click();
      await page.getByText('Nobody new was opted out. 1 person had opted out already.').waitFor();
      expect(await phones.inputValue()).toBe('');

      await page.getByRole('link', { name: 'See all opt-outs' }).click();
      await page.getByText('Entered by your team').first().waitFor();
      const search = page.getByRole('searchbox', { name: 'Search opt-outs' });
      await search.fill(number);
      const link = page.getByRole('link', { name: `+91 ${number}` });
      await waitFor(async () => (await page.getByRole('row').count()) <= 2, { what: 'one is found' });
      await page.reload();
      await link.click();
      await page.getByRole('heading', { name: `+91 ${number}` }).waitFor();
      await page.getByText('list of the old tool').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Opt in again' }).click();
      await page.getByRole('textbox', { name: 'Reason' }).fill('wrote to us');
      await page.getByRole('button', { name: 'Opt in again' }).click();
      await page.getByText('Not opted out.').waitFor();
      await page.getByText('wrote to us').first().waitFor();
      // the list no longer has them
      await page.goBack();
      await page.getByRole('heading', { name: 'Nobody found' }).waitFor();
      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    },
  );

  it('shows a viewer the list and the history without buttons that change them', async () => {
    await app.data(
      `mutation ($id: ID!) { optOut(businessId: $id, phones: ["+919820000002"], reason: "asked") { changed } }`,
      { id: app.businessId },
    );
    const { page, context } = await openAt('/opt-outs', wide, Role.VIEWER);
    await page.getByRole('link', { name: '+91 98200 00002' }).waitFor();
    expect(await page.getByRole('link', { name: /^(Add|Import)$/ }).count()).toBe(0);
    await page.getByRole('link', { name: '+91 98200 00002' }).click();
    await page.getByText('asked').waitFor();
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    await context.close();
  });

  it('saves only the settings that were changed, and says what is wrong beside the field', async () => {
    const { page, complaints, context } = await openAt('/settings', wide, Role.ADMIN);
    const save = page.getByRole('button', { name: 'Save' });
    await page.getByText('Nothing has been changed.').waitFor();
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('checkbox', { name: 'Limit marketing messages to one person' }).check();
    await page.getByLabel('Most messages').fill('0');
    await page.getByText('Not saved yet.').waitFor();
    await save.click();
    await page.getByText('Write a whole number from 1 to 1,000.').waitFor();
    expect(
      await page.getByLabel('Most messages').evaluate((element) => element === document.activeElement),
    ).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Most messages').fill('3');
    await page.getByLabel('In how many days').fill('10');
    await page.getByRole('combobox', { name: 'Blocked countries' }).selectOption({ label: 'Nepal' });
    await page.getByRole('button', { name: 'No longer block Nepal' }).waitFor();
    // another admin changes another setting meanwhile, which stays
    await app.data(`mutation ($id: ID!) { updateBusiness(id: $id, input: { attributionDays: 14 }) { id } }`, {
      id: app.businessId,
    });
    await save.click();
    await page.getByText('The settings are saved.').waitFor();
    expect(await settings()).toMatchObject({
      frequencyCap: { messages: 3, days: 10 },
      blockedCountries: ['NP'],
      unreachableAfter: null,
      attributionDays: 14,
    });
    expect(await page.getByLabel('Days', { exact: true }).inputValue()).toBe('14');
    await page.getByRole('checkbox', { name: 'Limit marketing messages to one person' }).uncheck();
    await page.getByRole('textbox', { name: 'Name' }).fill('Surat Traders');
    await save.click();
    await page.getByRole('banner').getByText('Surat Traders').waitFor();
    expect(await settings()).toMatchObject({ name: 'Surat Traders', frequencyCap: null });
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('keeps the settings that were changed when the connection is lost', async () => {
    const { page, context } = await openAt('/settings', phone, Role.ADMIN);
    await page.getByLabel('Days', { exact: true }).fill('30');
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The settings were not saved. Your changes are still here.').waitFor();
    expect(await page.getByLabel('Days', { exact: true }).inputValue()).toBe('30');
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The settings are saved.').waitFor();
    expect(await settings()).toMatchObject({ attributionDays: 30 });
    await context.close();
  });

  it('shows everybody else the settings to read', async () => {
    const { page, context } = await openAt('/settings', phone, Role.MARKETER);
    await page.getByText('Asia/Kolkata').waitFor();
    await page.getByText('An admin can change them.').waitFor();
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    expect(await page.locator('main').getByRole('textbox').count()).toBe(0);
    await context.close();
  });
});
