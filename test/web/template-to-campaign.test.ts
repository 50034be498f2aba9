import type { Browser, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import type { LedgerMessage } from '../support/app';
import { waitFor } from '../support/wait';
import { describeInBrowser, launch, openPage } from './browser';
import { createDraft } from './draft';
import { pdf, picture } from './files';
import {
  button,
  field,
  fileInput,
  flawsOf,
  go,
  heading,
  next,
  phone,
  preview,
  savedBy,
  status,
  wide,
} from './on-page';
import { materials, writeCarouselTemplate, writeDocumentTemplate } from './write-template';

const link = 'https://shop.example.com/diwali';
const year = new Date().getFullYear() + 1;
/** Customers who spent enough to be in the audience. */
const people = Array.from({ length: 12 }, (_, i) => ({
  name: `Customer ${i}`,
  phone: `+9198200${String(i).padStart(5, '0')}`,
}));

type Card = Pick<LedgerMessage, 'text' | 'header' | 'buttons'> & { headerType: string | null };
type Entry = LedgerMessage & { fileName: string | null; template: { name: string }; cards: Card[] };

describeInBrowser('from a template to what a campaign sent', () => {
  let app: App;
  let browser: Browser;
  let wabaId: string;
  const findings: string[] = [];

  beforeAll(async () => {
    app = await App.start({ behaviour: { deliveredShare: 1, templateReviewMs: 3_600_000 } });
    await app.addCustomers(people.length);
    await app.addCustomers(3, { totalSpent: 500, from: people.length });
    const { senders } = await app.data<{ senders: { wabaId: string }[] }>(
      `query ($id: ID!) { senders(businessId: $id) { wabaId } }`,
      { id: app.businessId },
    );
    wabaId = senders[0]?.wabaId ?? '';
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function openAt(address: string, size: typeof wide, role = Role.ADMIN) {
    const opened = await openPage(browser, app.url, size);
    await opened.page.goto(`${app.url}${address}#token=${await app.token({ role })}`);
    await opened.page.locator('h1').waitFor();
    return opened;
  }

  async function look(page: Page) {
    // figures fade while people are counted again
    if (page.url().includes('/edit/')) await page.getByText('as of now').waitFor();
    findings.push(...(await flawsOf(page)));
  }

  /** What WhatsApp has accepted of a campaign or, with `test:` before, of its tests. */
  async function accepted(of: string): Promise<Entry[]> {
    return ((await app.ledger()) as Entry[]).filter(({ callbackData }) => callbackData.startsWith(of));
  }

  /** Each person of the audience has got exactly one message, in the words for this person, with links of their own. */
  function isOneEach(sent: readonly Entry[], words: (name: string) => string) {
    expect(new Map(sent.map(({ to, text }) => [to, text]))).toEqual(
      new Map(people.map(({ name, phone: to }) => [to, words(name)])),
    );
    expect(sent).toHaveLength(people.length);
    const links = sent.flatMap(({ buttons, cards }) =>
      [...buttons, ...cards.flatMap((card) => card.buttons)].flatMap(({ url }) =>
        url?.startsWith(`${app.url}/r/`) ? [url] : [],
      ),
    );
    expect(links.length).toBeGreaterThanOrEqual(people.length);
    expect(new Set(links).size).toBe(links.length);
  }

  /** The cards with the person's name, a picture that was uploaded, and a counted link. */
  function hasCards({ cards }: Entry, person: string) {
    expect(cards).toMatchObject(
      materials.map((material) => ({
        text: `${material} for ${person}, soft and light.`,
        headerType: 'IMAGE',
        header: expect.stringMatching(/^\d+$/) as string,
        buttons: [{ type: 'URL', text: 'Look', url: expect.stringContaining(`${app.url}/r/`) as string }],
      })),
    );
  }

  /** What is written there has no problem; WhatsApp reviews it, and the page shows by itself what it says. */
  async function handIn(page: Page, name: string) {
    await page.getByText('WhatsApp would refuse this').waitFor({ state: 'detached' });
    await look(page);
    await button(page, 'Submit for review').click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByText('WhatsApp is reviewing it.').waitFor();
    await app.steer('PUT', 'templates', { wabaId, name, status: 'APPROVED' });
    await page.getByText('Campaigns can use it.').waitFor();
  }

  /** The first step of the wizard, from the list of campaigns. @returns the id of the draft */
  async function chooseAudience(page: Page, name: string): Promise<string> {
    await go(page, 'Campaigns');
    await page.getByRole('link', { name: 'New campaign' }).first().click();
    await heading(page, 'Audience').waitFor();
    await page.getByText('Give the campaign a name.').waitFor();
    await button(page, 'Next').dispatchEvent('click'); // does nothing, and the reason stands beside it
    await field(page, 'Campaign name').fill(name);
    await page.getByRole('radio', { name: 'Customers' }).check();
    await button(page, 'Add filter').click();
    await page.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Total spent' });
    await page.getByRole('combobox', { name: 'Operator' }).selectOption({ label: 'at least' });
    await field(page, 'Value').fill('1,000');
    await waitFor(
      async () =>
        (await page.locator('[data-figure="audience"]').textContent()) === '12' &&
        (await page.getByText('as of now').count()) === 1,
      { what: '12 people are counted' },
    );
    await savedBy(page);
    await look(page);
    await next(page, 'Message');
    return /[\da-f-]{36}/.exec(page.url())?.[0] ?? '';
  }

  async function chooseTemplate(page: Page, name: string) {
    await page.getByText('Choose a template.', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Template' }).click();
    await page.getByRole('option', { name: `${name} English` }).click();
  }

  /** A test to one's own number, as it looks for the fourth customer. @returns what arrived */
  async function sendTest(page: Page, id: string, phones: string[]): Promise<Entry> {
    await savedBy(page);
    await button(page, 'Send a test').click();
    const test = page.getByRole('region', { name: 'Send a test' });
    await test.getByText('Write a number first.').waitFor();
    const numbers = test.getByRole('textbox', { name: 'Numbers for the test' });
    await numbers.fill('12');
    await test.getByRole('button', { name: 'Send to 1 number' }).click();
    await test.getByText('“12” is no phone number. Write it with the country code').waitFor();
    await numbers.fill(phones.join('\n'));
    await test.getByRole('combobox', { name: 'As it looks for' }).selectOption({ label: 'Customer 3' });
    await test.getByRole('button', { name: /^Send to \d number/ }).click();
    await test.getByText('WhatsApp has accepted it. It arrives in a moment.').waitFor();
    await look(page);
    const [arrived, ...others] = await accepted(`test:${id}`);
    expect(others).toEqual([]);
    expect(arrived?.to).toBe(phones[0]);
    return arrived as Entry;
  }

  /** The last step, which is left once by `Undo`; ends on the campaign's own page when everybody has the message. */
  async function sendToAll(page: Page, name: string) {
    await button(page, 'Send to 12 people').click();
    await button(page, 'Undo').click();
    await button(page, 'Send to 12 people').click();
    await page.getByText('Sending to 12 people begins in a moment.').waitFor();
    await heading(page, name).waitFor();
    await status(page, 'COMPLETED', 60_000);
    const delivered = page.locator('[data-figure="delivered"]').first();
    await waitFor(async () => (await delivered.textContent()) === '12', { what: 'all are delivered' });
    await look(page);
  }

  /** The list tells the same as the campaign's page. */
  async function isListed(page: Page, id: string) {
    await go(page, 'Campaigns');
    const row = page.locator(`[data-campaign="${id}"]`);
    await row.locator('[data-status="COMPLETED"]').waitFor();
    for (const figure of ['audience', 'sent', 'delivered'])
      expect(await row.locator(`[data-figure="${figure}"]`).textContent()).toBe('12');
  }

  /** What was made here, and a draft, as a viewer sees them: without anything that changes something. */
  async function isReadByViewer(size: typeof wide, template: string, campaign: string) {
    const draft = await createDraft(app, `Draft ${size.width}`);
    const { page, complaints, context } = await openAt('/templates', size, Role.VIEWER);
    const changing =
      /^(New|Submit|Sync|Delete|Remove|Save|Edit|More for|Send|Schedule|Next|Upload|Pause|Resume|Cancel|Retry|Clone|Make )/;
    const isOnlyRead = async () => {
      for (const role of ['button', 'link', 'menuitem'] as const)
        expect(await page.locator('main').getByRole(role, { name: changing }).allTextContents()).toEqual([]);
      expect(await page.locator('main').getByRole('checkbox').count()).toBe(0);
    };
    const card = page.getByRole('region', { name: template });
    await card.waitFor();
    await isOnlyRead();
    await card.getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: template }).waitFor();
    await isOnlyRead();
    await page.getByRole('region', { name: 'Campaigns that used it' }).getByRole('link').click();
    await page.waitForURL((url) => url.pathname === `/campaigns/${campaign}`);
    await page.goto(`${app.url}/templates/new`);
    await page.getByText('Your role may not create templates').waitFor();
    await isOnlyRead();
    await page.goto(`${app.url}/campaigns`);
    for (const id of [draft, campaign]) await page.locator(`[data-campaign="${id}"]`).waitFor();
    await isOnlyRead();
    await page.locator(`[data-campaign="${campaign}"]`).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await isOnlyRead();
    await page.goto(`${app.url}/campaigns/${draft}`);
    await heading(page, `Draft ${size.width}`).waitFor();
    await isOnlyRead();
    for (const step of ['new/audience', `${draft}/edit/message`, `${draft}/edit/review`]) {
      await page.goto(`${app.url}/campaigns/${step}`);
      await page.getByText('Your role may not create campaigns').waitFor();
      expect(await page.getByRole('textbox').count()).toBe(0);
      await isOnlyRead();
    }
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  }

  it.each([wide, phone])(
    'a document: created, approved, tested, scheduled, changed, taken back, sent, read: %j',
    async (size) => {
      const template = `price_list_${size.width}`;
      const name = `Prices ${size.width}`;
      const { page, complaints, context } = await openAt('/templates', size);
      await page.getByRole('link', { name: 'New template' }).click();
      await writeDocumentTemplate(page, template);
      await handIn(page, template);
      await page.getByText('A button leads to a link of its own for each person').waitFor();
      expect(await page.getByRole('checkbox', { name: 'Stop' }).isChecked()).toBe(true);

      const id = await chooseAudience(page, name);
      await chooseTemplate(page, template);
      await field(page, 'Body {{1}}').fill('{{name}}');
      await field(page, 'Body {{2}}').fill('Diwali');
      await field(page, 'Link').fill(link);
      await page.getByText('PDF, Word, Excel, PowerPoint or text, up to 16 MB').waitFor();
      await fileInput(page).setInputFiles(pdf('prices.exe'));
      await page.getByRole('alert').getByText('Choose such a file.').waitFor();
      await fileInput(page).setInputFiles(pdf('prices.pdf'));
      await page.getByRole('group', { name: 'Header: document' }).getByText('prices.pdf').waitFor();
      await page.getByRole('alert').waitFor({ state: 'detached' });
      await field(page, 'File name').fill('Diwali prices.pdf');
      await preview(page).getByText('Diwali prices.pdf').waitFor();
      await preview(page)
        .getByText(/^Hello Customer \d+, here are our prices for Diwali\./)
        .waitFor();
      const first = await preview(page).locator('strong').first().textContent();
      await button(page, 'Following person').click();
      await preview(page).getByText('2 of 10').waitFor();
      expect(await preview(page).locator('strong').first().textContent()).not.toBe(first);

      const mine = `+9198765${String(size.width).padStart(5, '0')}`;
      const refused = `+9198764${String(size.width).padStart(5, '0')}`;
      await app.data(
        `mutation ($id: ID!, $phones: [String!]!) { optOut(businessId: $id, phones: $phones, reason: "asked") { changed } }`,
        { id: app.businessId, phones: [refused] },
      );
      const test = await sendTest(page, id, [mine, refused]);
      await page.getByText('Not sent: The phone has opted out').waitFor();
      expect(test).toMatchObject({
        template: { name: template },
        fileName: 'Diwali prices.pdf',
        text: 'Hello Customer 3, here are our prices for Diwali. Have a look!',
      });
      const forecast = page.getByRole('region', { name: 'Forecast' });
      await forecast
        .locator('[data-forecast="cost"]')
        .getByText(/^≈ .*\d/)
        .waitFor();
      await forecast.getByText('Cost by country').click();
      await forecast.getByText('India').waitFor();

      await next(page, 'When');
      const most = field(page, 'Stop before it costs more than');
      await most.fill('much');
      await page.getByText('Write an amount above 0').first().waitFor();
      await most.fill('500');
      await page.getByText(/^It ends about .* IST, at 965 messages a second\.$/).waitFor();
      await page.getByRole('radio', { name: 'Later' }).check();
      await page.getByLabel('Date', { exact: true }).fill('2020-01-05');
      await page.getByText('This time has passed. Choose a later one.').waitFor();
      await page.getByLabel('Date', { exact: true }).fill(`${year}-03-07`);
      await page.getByLabel('Time', { exact: true }).fill('09:30');
      // the end is counted from the start that was chosen
      await page.getByText(/^It starts on .*7 Mar, 09:30 IST\. It ends about .*7 Mar, 09:30 IST/).waitFor();
      await look(page);
      await next(page, 'Review');
      await page.getByText('Diwali prices.pdf').first().waitFor();
      await page.getByText(/^It is paused before it costs more than .*500\.$/).waitFor();
      await look(page);
      await page.reload();
      await heading(page, 'Review').waitFor();
      await button(page, 'Schedule').click();
      await heading(page, name).waitFor();
      await status(page, 'SCHEDULED');
      await page.getByText(/Goes to 12 people on .*7 Mar, 09:30 IST/).waitFor();
      const happened = page.getByRole('region', { name: 'What happened' });
      await happened.getByText(`Starts 7 Mar ${year}, 09:30 IST`, { exact: true }).waitFor();

      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      await heading(page, 'Review').waitFor();
      const scheduled = page.getByRole('region', { name: 'Scheduled' });
      await scheduled.getByText('7 Mar, 09:30 IST').waitFor();
      await button(page, 'Back').click();
      await heading(page, 'When').waitFor();
      await button(page, 'Back').click();
      await heading(page, 'Message').waitFor();
      expect(await field(page, 'Link').inputValue()).toBe(link);
      await field(page, 'Body {{2}}').fill('Holi');
      await savedBy(page);
      await next(page, 'When');
      expect(await page.getByLabel('Time', { exact: true }).inputValue()).toBe('09:30');
      await button(page, 'Make it a draft again').click();
      await scheduled.waitFor({ state: 'detached' });
      await page.getByRole('radio', { name: 'Now' }).check();
      await next(page, 'Review');
      await sendToAll(page, name);
      const sent = await accepted(`${id}:`);
      isOneEach(sent, (person) => `Hello ${person}, here are our prices for Holi. Have a look!`);
      for (const one of sent)
        expect([one.template.name, one.fileName]).toEqual([template, 'Diwali prices.pdf']);
      await isListed(page, id);
      await isReadByViewer(size, template, id);
      expect(findings).toEqual([]);
      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    },
  );

  it.each([wide, phone])('a carousel: created, approved, tested, sent: %j', async (size) => {
    const template = `looks_${size.width}`;
    const name = `Looks ${size.width}`;
    const { page, complaints, context } = await openAt('/templates', size);
    await page.getByRole('link', { name: 'New template' }).click();
    await writeCarouselTemplate(page, template);
    await handIn(page, template);

    const id = await chooseAudience(page, name);
    await chooseTemplate(page, template);
    await field(page, 'Body {{1}}').fill('{{name}}');
    await field(page, 'Link').fill(link);
    for (const [index, material] of materials.entries()) {
      const header = `Card ${index + 1}, header: image`;
      await fileInput(page).setInputFiles(picture(`${material} look.png`));
      await button(page, `Remove: ${header}`).waitFor();
      await preview(page).getByText(`${material} look.png`).waitFor();
      await field(page, `Card ${index + 1}, body {{1}}`).fill('{{name}}');
    }
    await waitFor(
      () =>
        preview(page)
          .locator('img')
          .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length === 3),
      { what: 'the pictures are shown' },
    );
    const test = await sendTest(page, id, [`+9198763${String(size.width).padStart(5, '0')}`]);
    expect(test.template.name).toBe(template);
    hasCards(test, 'Customer 3');
    await next(page, 'When');
    await next(page, 'Review');
    await look(page);
    await sendToAll(page, name);
    const sent = await accepted(`${id}:`);
    isOneEach(sent, (person) => `Hello ${person}, three looks for the season.`);
    for (const one of sent) hasCards(one, people.find(({ phone: to }) => to === one.to)?.name ?? '');
    await isListed(page, id);
    expect(findings).toEqual([]);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });
});
