import { randomInt } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import type { LedgerMessage } from '../support/app';
import { openWindows } from '../support/windows';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';
import { createDraft } from './draft';
import { picture } from './files';

const link = 'https://shop.example.com/diwali';
describeInBrowser('what a campaign carries, costs and sends again', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ behaviour: { deliveredShare: 1 } });
    await app.addCustomers(12);
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

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const heading = (page: Page, name: string) =>
    page.getByRole('heading', { level: 1, name: new RegExp(`^${name}\\b`) });
  const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });
  const savedBy = (page: Page) => page.getByText(/^saved \d\d:\d\d:\d\d$/).waitFor();
  const rowOf = (page: Page, id: string) => page.locator(`[data-campaign="${id}"]`);
  const next = async (page: Page, name: string) => {
    await button(page, 'Next').click();
    await heading(page, name).waitFor();
  };
  const fileInput = (page: Page) => page.locator('input[type="file"]').first();

  /** What WhatsApp has accepted of a campaign, tests among it. */
  async function accepted(of: string): Promise<LedgerMessage[]> {
    return (await app.ledger()).filter(({ callbackData }) => callbackData.startsWith(of));
  }

  const ended = (page: Page, id: string) =>
    rowOf(page, id).locator('[data-status="COMPLETED"]').waitFor({ timeout: 60_000 });

  it('writes a text without a template to people with an open window, with a picture and a link', async () => {
    const id = await createDraft(app, 'Thank you');
    const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/message`);
    await page.getByRole('radio', { name: 'A text of your own' }).check();
    await page.getByText('in the last 24 hours. Everybody else is left out.').waitFor();
    await page.getByText('Write a text, or add an attachment.').waitFor();
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    await text.fill('Thank you, {{nobody}}');
    await page.getByText('{{nobody}} is not a field of a contact.').first().waitFor();
    await text.fill('Thank you, ');
    const insert = page.getByRole('combobox', { name: 'Insert from the contact' });
    await insert.selectOption('name');
    // a choice alone changes nothing: with the arrow keys one passes others on the way
    expect(await text.inputValue()).toBe('Thank you, ');
    await button(page, 'Insert').click();
    // the cursor stands after what was inserted
    await page.keyboard.type('! ');
    await insert.selectOption('link');
    await button(page, 'Insert').click();
    expect(await text.inputValue()).toBe('Thank you, {{name}}! {{link}}');
    await page.getByRole('textbox', { name: 'Link', exact: true }).fill(link);
    await page.getByRole('combobox', { name: 'Attachment' }).selectOption({ label: 'Picture' });
    await fileInput(page).setInputFiles(picture('thanks.png'));
    await button(page, 'Remove: Picture').waitFor();
    await openWindows(app, app.businessId);
    await savedBy(page);
    await page.reload();
    await heading(page, 'Message').waitFor();
    expect(await text.inputValue()).toBe('Thank you, {{name}}! {{link}}');
    await preview(page)
      .getByText(/^Thank you, Customer \d+!/)
      .waitFor();
    await preview(page).locator('img').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await next(page, 'When');
    await next(page, 'Review');
    await page.getByRole('checkbox', { name: /in the last 24 hours/ }).waitFor();
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button(page, 'Send to 12 people').click();
    await heading(page, 'Thank you').waitFor();
    await page.locator('main [data-status="COMPLETED"]').first().waitFor({ timeout: 60_000 });
    const sent = await accepted(`${id}:`);
    expect(sent).toHaveLength(12);
    for (const { text: words } of sent)
      expect(words).toMatch(new RegExp(`^Thank you, Customer \\d+! ${app.url}/r/`));
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('retries what is worth it, and says how many', async () => {
    const id = await createDraft(app, 'Twice');
    // codes that nobody knows are worth another attempt; 131026 is not
    const phoneOf = (i: number) => `91982000000${i}`;
    await app.behave({
      perNumber: {
        [phoneOf(1)]: { fail: 139_999 },
        [phoneOf(2)]: { fail: 139_999 },
        [phoneOf(3)]: { fail: 131_026 },
      },
    });
    await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id });
    const { page, complaints, context } = await openAt('/campaigns');
    await ended(page, id);
    await waitFor(
      async () => {
        const { campaign } = await app.data<{ campaign: { retryable: number } }>(
          `query ($id: ID!) { campaign(id: $id) { retryable } }`,
          { id },
        );
        return campaign.retryable === 2;
      },
      { what: 'two failures are worth a retry' },
    );
    await app.behave({ perNumber: { [phoneOf(3)]: { fail: 131_026 } } });
    await button(page, 'More for Twice').click();
    await page.getByRole('menuitem', { name: 'Retry failed (2)' }).click();
    await rowOf(page, id).getByText('2 messages were put back into the queue.').waitFor();
    // without a reload
    await waitFor(
      async () => (await rowOf(page, id).locator('[data-figure="delivered"]').textContent()) === '11',
      { what: 'eleven of twelve are delivered', timeoutMs: 30_000 },
    );
    await ended(page, id);
    await button(page, 'More for Twice').click();
    await page.getByText('None of them would succeed now.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual({ outside: [], console: [] });
    await app.behave({ perNumber: {} });
    await context.close();
  });

  it('warns of the messaging limit, and sends over it only when that is ticked', async () => {
    await app.addCustomers(260, { from: 100 });
    await app.database.query('DELETE FROM conversation_windows');
    await app.behave({ messagingLimit: 'TIER_250' });
    const { createSender } = await app.data<{ createSender: { id: string } }>(
      `mutation ($input: CreateSenderInput!) { createSender(input: $input) { id } }`,
      {
        input: {
          businessId: app.businessId,
          phoneNumberId: String(randomInt(1e9, 1e10)),
          wabaId: String(randomInt(1e9, 1e10)),
          displayPhoneNumber: '+91 22 4000 9999',
          accessToken: 'EAATestToken',
          messagesPerSecond: 1000,
        },
      },
    );
    const id = await createDraft(app, 'Everybody', createSender.id);
    const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/review`);
    const forecast = page.getByRole('region', { name: 'Forecast' });
    await forecast.getByText('Left of WhatsApp’s 24-hour limit').waitFor();
    const warning = page.getByRole('checkbox', { name: /write to 250 new people a day/ });
    await warning.waitFor();
    await page.getByText('Tick what you have read above.').waitFor();
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button(page, /^Send to \d+ people$/).click();
    await heading(page, 'Everybody').waitFor();
    await page.locator('main [data-status="COMPLETED"]').first().waitFor({ timeout: 60_000 });
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });
});
