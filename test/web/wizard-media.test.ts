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

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const link = 'https://shop.example.com/diwali';
/** One red dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: png });
const pdf = {
  name: 'prices.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n%%EOF'),
};

type Entry = LedgerMessage & { fileName: string | null };

describeInBrowser('what a campaign carries, costs and tests', () => {
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

  async function openAt(address: string, options: PageOptions = {}, role = Role.MARKETER) {
    const opened = await openPage(browser, app.url, options);
    await opened.page.goto(`${app.url}${address}#token=${await app.token({ role })}`);
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

  async function chooseTemplate(page: Page, name: string) {
    await page.getByRole('combobox', { name: 'Template' }).click();
    await page.getByRole('option', { name }).click();
  }

  /** What WhatsApp has accepted of a campaign, tests among it. */
  async function accepted(of: string): Promise<Entry[]> {
    return ((await app.ledger()) as Entry[]).filter(({ callbackData }) => callbackData.startsWith(of));
  }

  const ended = (page: Page, id: string) =>
    rowOf(page, id).locator('[data-status="COMPLETED"]').waitFor({ timeout: 60_000 });

  it.each([wide, phone])(
    'uploads a document, tests it, and schedules, changes, takes back and sends it: %j',
    async (size) => {
      const name = `Price list ${size.width}`;
      const id = await createDraft(app, name);
      const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/message`, size);
      const findings: string[] = [];
      const look = async () => {
        await page.getByText('as of now').waitFor();
        findings.push(...(await accessibilityFindings(page)));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
          size.width,
        );
      };
      await chooseTemplate(page, 'price_list English');
      await page.getByText('Finish the message first.').waitFor();
      await page.getByRole('textbox', { name: 'Body {{1}}' }).fill('{{name}}');
      await page.getByRole('textbox', { name: 'Body {{2}}' }).fill('Diwali');
      await page.getByText('PDF, Word, Excel, PowerPoint or text, up to 16 MB').waitFor();
      await fileInput(page).setInputFiles({ ...pdf, name: 'prices.exe' });
      await page.getByRole('alert').getByText('Choose such a file.').waitFor();
      await fileInput(page).setInputFiles(pdf);
      await page.getByRole('group', { name: 'Header: document' }).getByText('prices.pdf').waitFor();
      await page.getByRole('alert').waitFor({ state: 'detached' });
      await page.getByRole('textbox', { name: 'File name' }).fill('Diwali prices.pdf');
      await preview(page).getByText('Diwali prices.pdf').waitFor();
      await savedBy(page);

      const mine = `+9198765${size.width}0`.slice(0, 13).padEnd(13, '0');
      const refused = `+9198764${size.width}0`.slice(0, 13).padEnd(13, '0');
      await app.data(
        `mutation ($id: ID!, $phones: [String!]!) { optOut(businessId: $id, phones: $phones, reason: "asked") { changed } }`,
        { id: app.businessId, phones: [refused] },
      );
      await button(page, 'Send a test').click();
      const test = page.getByRole('region', { name: 'Send a test' });
      await test.getByText('Write a number first.').waitFor();
      await test.getByRole('textbox', { name: 'Numbers for the test' }).fill(`${mine}\n${refused}`);
      await test.getByRole('combobox', { name: 'As it looks for' }).selectOption({ label: 'Customer 3' });
      await look();
      await button(page, 'Send to 2 numbers').click();
      await test.getByText('WhatsApp has accepted it. It arrives in a moment.').waitFor();
      await test.getByText('Not sent: The phone has opted out').waitFor();
      const [arrived, ...others] = await accepted(`test:${id}`);
      expect(others).toEqual([]);
      expect(arrived).toMatchObject({ to: mine, fileName: 'Diwali prices.pdf' });
      expect(arrived?.text).toContain('Hi Customer 3, here is the new price list for Diwali.');

      const forecast = page.getByRole('region', { name: 'Forecast' });
      await forecast
        .locator('[data-forecast="cost"]')
        .getByText(/^≈ .*\d/)
        .waitFor();
      await forecast
        .locator('[data-forecast="done"]')
        .getByText(/^≈ .* IST$/)
        .waitFor();
      await forecast.getByText('Cost by country').click();
      await forecast.getByText('India').waitFor();
      await look();
      await next(page, 'When');
      const most = page.getByRole('textbox', { name: 'Stop before it costs more than' });
      await most.fill('much');
      await page.getByText('Write an amount above 0').first().waitFor();
      await most.fill('500');
      await page.getByText(/^It ends about .* IST, at 965 messages a second\.$/).waitFor();
      await page.getByRole('radio', { name: 'Later' }).check();
      const year = new Date().getFullYear() + 1;
      await page.getByLabel('Date', { exact: true }).fill(`${year}-03-07`);
      await page.getByLabel('Time', { exact: true }).fill('09:30');
      // the end is counted from the start that was chosen
      await page.getByText(/^It starts on .*7 Mar, 09:30 IST\. It ends about .*7 Mar, 09:30 IST/).waitFor();
      await look();
      await next(page, 'Review');
      await page.getByText('Diwali prices.pdf').first().waitFor();
      await page.getByText(/^It is paused before it costs more than .*500\.$/).waitFor();
      await look();
      await button(page, 'Schedule').click();
      await heading(page, 'Campaigns').waitFor();
      await rowOf(page, id).locator('[data-status="SCHEDULED"]').waitFor();

      await button(page, `More for ${name}`).click();
      await page.getByRole('menuitem', { name: 'Edit' }).click();
      await heading(page, 'Audience').waitFor();
      await page.getByRole('region', { name: 'Scheduled' }).getByText('7 Mar, 09:30 IST').waitFor();
      await next(page, 'Message');
      await page.getByRole('textbox', { name: 'Body {{2}}' }).fill('Holi');
      await savedBy(page);
      await next(page, 'When');
      await look();
      await button(page, 'Make it a draft again').click();
      await page.getByRole('region', { name: 'Scheduled' }).waitFor({ state: 'detached' });
      await page.getByRole('radio', { name: 'Now' }).check();
      await next(page, 'Review');
      await button(page, 'Send to 12 people').click();
      await heading(page, 'Campaigns').waitFor();
      await ended(page, id);
      const sent = await accepted(`${id}:`);
      expect(sent).toHaveLength(12);
      for (const { text, fileName } of sent) {
        expect(text).toContain('the new price list for Holi.');
        expect(fileName).toBe('Diwali prices.pdf');
      }
      expect(findings).toEqual([]);
      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    },
  );

  it.each([wide, phone])('uploads a picture for each card of a carousel: %j', async (size) => {
    const id = await createDraft(app, `Looks ${size.width}`);
    const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/message`, size);
    const { templates } = await app.data<{
      templates: { name: string; variables: { kind: string; label: string }[] }[];
    }>(`query ($id: ID!) { templates(businessId: $id) { name variables { kind label } } }`, {
      id: app.businessId,
    });
    const variables = templates.find((one) => one.name === 'lookbook')?.variables ?? [];
    await chooseTemplate(page, 'lookbook English');
    let cards = 0;
    for (const { kind, label } of variables)
      if (kind === 'IMAGE') {
        await fileInput(page).setInputFiles(picture(`look ${++cards}.png`));
        await button(page, `Remove: ${label}`).waitFor();
        await preview(page).getByText(`look ${cards}.png`).waitFor();
      } else await page.getByLabel(label, { exact: true }).fill(`all ${cards}`);
    expect(cards).toBe(3);
    await waitFor(
      async () =>
        (await preview(page)
          .locator('img')
          .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length)) ===
        3,
      { what: 'the pictures are shown' },
    );
    expect(await accessibilityFindings(page)).toEqual([]);
    await next(page, 'When');
    await next(page, 'Review');
    await button(page, 'Send to 12 people').click();
    await heading(page, 'Campaigns').waitFor();
    await ended(page, id);
    expect(await accepted(`${id}:`)).toHaveLength(12);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('writes a text without a template to people with an open window, with a picture and a link', async () => {
    const id = await createDraft(app, 'Thank you');
    const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/message`);
    await page.getByRole('radio', { name: 'A text of your own' }).check();
    await page.getByText('in the last 24 hours. Everybody else is left out.').waitFor();
    await page.getByText('Write a text, or choose what the message carries.').waitFor();
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    await text.fill('Thank you, {{nobody}}');
    await page.getByText('{{nobody}} is nothing that a contact has.').first().waitFor();
    await text.fill('Thank you, ');
    await page.getByRole('combobox', { name: 'Insert from the contact' }).selectOption('name');
    await text.press('End');
    await page.keyboard.type('! ');
    await page.getByRole('combobox', { name: 'Insert from the contact' }).selectOption('link');
    expect(await text.inputValue()).toBe('Thank you, {{name}}! {{link}}');
    await page.getByRole('textbox', { name: 'Link', exact: true }).fill(link);
    await page.getByRole('combobox', { name: 'With it' }).selectOption({ label: 'Picture' });
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
    await heading(page, 'Campaigns').waitFor();
    await ended(page, id);
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
    const dialog = page.getByRole('dialog', { name: 'Send again to 2 people?' });
    await dialog.getByRole('button', { name: 'Retry failed (2)' }).click();
    await rowOf(page, id).getByText('2 messages are being sent again.').waitFor();
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
    await forecast.getByText('Left of today’s limit').waitFor();
    const warning = page.getByRole('checkbox', { name: /write to 250 new people a day/ });
    await warning.waitFor();
    await page.getByText('Tick what you have read above.').waitFor();
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button(page, /^Send to \d+ people$/).click();
    await heading(page, 'Campaigns').waitFor();
    await ended(page, id);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();

    const viewer = await openAt('/campaigns', wide, Role.VIEWER);
    await rowOf(viewer.page, id).waitFor();
    expect(await viewer.page.getByRole('button', { name: /^(More|Send|Pause)/ }).count()).toBe(0);
    await viewer.page.goto(`${app.url}/campaigns/${id}/edit/message`);
    await viewer.page.getByText('Your role may not create campaigns').waitFor();
    expect(await viewer.page.getByRole('button', { name: /test|Upload|Next/i }).count()).toBe(0);
    await viewer.context.close();
  });
});
