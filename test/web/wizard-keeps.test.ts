import { randomInt } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { describeInBrowser, launch, openPage } from './browser';
import { createDraft } from './draft';
import { picture } from './files';
import { button, field, flawsOf, go, heading, next, phone, preview, savedBy, wide } from './on-page';

const year = new Date().getFullYear() + 1;
const link = 'https://shop.example.com/diwali';

describeInBrowser('what the steps of a campaign keep, and what they say of it', () => {
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

  async function openAt(address: string, size = wide, businessId = app.businessId) {
    const opened = await openPage(browser, app.url, size);
    const token = await app.token({ role: Role.ADMIN, businessIds: [businessId] });
    await opened.page.goto(`${app.url}${address}#token=${token}`);
    await opened.page.locator('h1').waitFor();
    return opened;
  }

  const inOtherTab = async (page: Page) => {
    const other = await page.context().newPage();
    other.setDefaultTimeout(20_000);
    await other.goto(`${new URL(page.url()).href}#token=${await app.token({ role: Role.MARKETER })}`);
    await other.locator('h1').waitFor();
    return other;
  };

  const timeOf = (page: Page) => page.getByLabel('Time', { exact: true });
  const later = (page: Page) => page.getByRole('radio', { name: 'Later' });
  const whenKept = (page: Page) =>
    page.getByText('The time is kept in this browser until you press Schedule.');

  async function chooseTemplate(page: Page, name: string) {
    await page.getByRole('combobox', { name: 'Template' }).click();
    await page.getByRole('option', { name }).click();
  }

  async function chooseLater(page: Page, time: string) {
    await later(page).check();
    await page.getByLabel('Date', { exact: true }).fill(`${year}-03-07`);
    await timeOf(page).fill(time);
  }

  it.each([wide, phone])(
    'keeps the time that was chosen for a draft, and does not call it saved: %j',
    async (size) => {
      const id = await createDraft(app, `At ten ${size.width}`);
      const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/when`, size);
      await later(page).waitFor();
      expect(await whenKept(page).count()).toBe(0);
      await chooseLater(page, '09:30');
      await page.getByRole('checkbox', { name: 'Only between certain hours' }).check();
      await whenKept(page).waitFor();
      await page.getByText('saving…').waitFor({ state: 'detached' });
      expect(await page.getByText(/^saved /).count()).toBe(0);
      expect(await flawsOf(page)).toEqual([]);
      await page.reload();
      await heading(page, 'When').waitFor();
      expect(await timeOf(page).inputValue()).toBe('09:30');

      // another tab has nothing of this one but what the browser keeps
      const other = await inOtherTab(page);
      expect(await later(other).isChecked()).toBe(true);
      expect(await timeOf(other).inputValue()).toBe('09:30');
      expect(await other.getByRole('checkbox', { name: 'Only between certain hours' }).isChecked()).toBe(
        true,
      );
      await next(other, 'Review');
      await button(other, 'Schedule').click();
      await heading(other, `At ten ${size.width}`).waitFor();
      const kept = () => other.evaluate((key) => localStorage.getItem(key), `dakiya.when.${id}`);
      expect(await kept()).toBeNull();

      // a draft again: the time that was scheduled is proposed
      await other.goto(`${app.url}/campaigns`);
      await button(other, `More for At ten ${size.width}`).click();
      await other.getByRole('menuitem', { name: 'Make it a draft again' }).click();
      await other.locator(`[data-campaign="${id}"] [data-status="DRAFT"]`).waitFor();
      await waitFor(async () => (await kept()) !== null, { what: 'the time is kept again' });
      await other.goto(`${app.url}/campaigns/${id}/edit/when`);
      await heading(other, 'When').waitFor();
      expect(await timeOf(other).inputValue()).toBe('09:30');

      // what cannot be read is as if it were not there
      await other.evaluate(
        (key) => localStorage.setItem(key, '{"version":1,"when":{"later":"yes"}}'),
        `dakiya.when.${id}`,
      );
      const third = await inOtherTab(other);
      expect(await third.getByRole('radio', { name: 'Now' }).isChecked()).toBe(true);
      await third.goto(`${app.url}/campaigns`);
      await button(third, `More for At ten ${size.width}`).click();
      await third.getByRole('menuitem', { name: 'Delete' }).click();
      await third.getByRole('dialog').getByRole('button', { name: 'Delete the draft' }).click();
      await third.locator(`[data-campaign="${id}"]`).waitFor({ state: 'detached' });
      expect(await kept()).toBeNull();
      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    },
  );

  it('proposes the time that was scheduled when the schedule is taken back in the wizard', async () => {
    const id = await createDraft(app, 'Not on Sunday');
    await app.data(
      `mutation ($id: ID!, $input: ScheduleInput!) { scheduleCampaign(campaignId: $id, input: $input) { id } }`,
      { id, input: { sendAt: `${year}-03-07T04:00:00Z`, timeZone: 'RECIPIENT' } },
    );
    const { page, context } = await openAt(`/campaigns/${id}/edit/when`);
    expect(await timeOf(page).inputValue()).toBe('09:30');
    await page.getByText('Each person gets it at 09:30 in their own time zone, on ').waitFor();
    expect(await whenKept(page).count()).toBe(0);
    // another time of a scheduled campaign is kept in this tab alone
    await timeOf(page).fill('09:45');
    await page.getByText('Each person gets it at 09:45').waitFor();
    expect(await whenKept(page).count()).toBe(0);
    const scheduled = await inOtherTab(page);
    expect(await timeOf(scheduled).inputValue()).toBe('09:30');
    await scheduled.close();
    await timeOf(page).fill('09:30');
    await button(page, 'Make it a draft again').click();
    await whenKept(page).waitFor();
    const other = await inOtherTab(page);
    expect(await later(other).isChecked()).toBe(true);
    expect(await timeOf(other).inputValue()).toBe('09:30');
    expect(await other.getByRole('checkbox', { name: 'Each in their own time' }).isChecked()).toBe(true);
    await context.close();
  });

  it('takes a schedule back also when its time cannot be read', async () => {
    const id = await createDraft(app, 'Not on Monday');
    await app.data(
      `mutation ($id: ID!, $input: ScheduleInput!) { scheduleCampaign(campaignId: $id, input: $input) { id } }`,
      { id, input: { sendAt: `${year}-03-08T04:00:00Z` } },
    );
    const { page, context } = await openAt('/campaigns');
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('WizardCampaign') ? route.abort() : route.continue(),
    );
    await button(page, 'More for Not on Monday').click();
    await page.getByRole('menuitem', { name: 'Make it a draft again' }).click();
    await page.locator(`[data-campaign="${id}"] [data-status="DRAFT"]`).waitFor();
    await context.close();
  });

  it('says what is not complete, and therefore not saved', async () => {
    const id = await createDraft(app, 'Halves');
    const { page, context } = await openAt(`/campaigns/${id}/edit/message`);
    const notSaved = page.getByText(/^Not complete, so not saved yet:/);
    await field(page, 'Link').fill('shop.example');
    await page.getByText('Not complete, so not saved yet: Link.').waitFor();
    await field(page, 'Body {{1}}').fill('{{nobody}}');
    await page.getByText('Not complete, so not saved yet: Body {{1}}, Link.').waitFor();
    await field(page, 'Body {{1}}').fill('you');
    await field(page, 'Link').fill(link);
    await notSaved.waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'A text of your own' }).check();
    await field(page, 'Text').fill('Hello {{x}}');
    await page.getByText('Not complete, so not saved yet: Text.').waitFor();
    await field(page, 'Text').fill('Hello {{name}}');
    await notSaved.waitFor({ state: 'detached' });
    await savedBy(page);
    await page.getByRole('link', { name: '1 Audience' }).click();
    await button(page, 'Add filter').click();
    await page.getByText('Not complete, so not saved yet: one condition.').waitFor();
    await context.close();
  });

  it('keeps what was typed for a template while another one is tried', async () => {
    const id = await createDraft(app, 'Two templates');
    const { page, context } = await openAt(`/campaigns/${id}/edit/message`);
    const second = field(page, 'Body {{2}}');
    await second.fill('60% OFF');
    await field(page, 'Body {{1}}').fill('for festive');
    await chooseTemplate(page, 'weekend_sale English');
    await second.waitFor({ state: 'detached' });
    await field(page, 'Body {{1}}').fill('for weekend');
    await chooseTemplate(page, 'festive_offer English');
    expect(await second.inputValue()).toBe('60% OFF');
    expect(await field(page, 'Body {{1}}').inputValue()).toBe('for festive');
    expect(await field(page, 'Header: image').inputValue()).toBe('https://cdn.example.com/banner.jpg');
    await chooseTemplate(page, 'weekend_sale English');
    expect(await field(page, 'Body {{1}}').inputValue()).toBe('for weekend');
    await context.close();
  });

  it('keeps a text and its fallback while the value comes from the contact, with the label as their description', async () => {
    const id = await createDraft(app, 'Names');
    const { page, context } = await openAt(`/campaigns/${id}/edit/message`);
    const value = field(page, 'Body {{2}}');
    const from = page.getByRole('combobox', { name: 'From the contact' }).and(page.getByTitle('Body {{2}}'));
    await value.fill('20 % off');
    await from.selectOption({ label: 'First name' });
    // the promised field alone has the label as its name
    expect(await page.getByLabel('Body {{2}}').count()).toBe(1);
    await field(page, 'If it is missing').and(page.getByTitle('Body {{2}}')).fill('friend');
    expect(await value.inputValue()).toBe('{{firstName|friend}}');
    await from.selectOption({ label: 'Same for everybody' });
    expect(await value.inputValue()).toBe('20 % off');
    await page.getByRole('link', { name: '3 When' }).click();
    await button(page, 'Back').click();
    await from.selectOption({ label: 'Name' });
    expect(await value.inputValue()).toBe('{{name|friend}}');
    await context.close();
  });

  it('goes on with an upload on other steps and under another template, and asks before it is stopped', async () => {
    const id = await createDraft(app, 'Slow line');
    const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/message`);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/media?*', async (route) => {
      await held;
      await route.continue();
    });
    await field(page, 'Header: image').fill('');
    await page.locator('main input[type="file"]').first().setInputFiles(picture('banner.png'));
    await page.getByText('banner.png is still being uploaded.').waitFor();
    await page.getByRole('link', { name: '3 When' }).click();
    await heading(page, 'When').waitFor();
    await page.getByText('banner.png is still being uploaded.').waitFor();
    await page.getByRole('link', { name: 'Contacts', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Stop the upload of banner.png?' });
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await dialog.waitFor({ state: 'detached' });
    await heading(page, 'When').waitFor();
    await button(page, 'Back').click();
    await heading(page, 'Message').waitFor();
    await page.getByRole('group', { name: 'Header: image' }).getByText('banner.png').waitFor();
    await chooseTemplate(page, 'weekend_sale English');
    await field(page, 'Body {{1}}').fill('for weekend');
    // this message does not wait for it
    await next(page, 'When');
    await page.getByText('banner.png is still being uploaded.').waitFor();
    await button(page, 'Back').click();
    await heading(page, 'Message').waitFor();
    await page.getByText('banner.png is still being uploaded.').waitFor();
    release();
    await page.getByText('banner.png is still being uploaded.').waitFor({ state: 'detached' });
    await chooseTemplate(page, 'festive_offer English');
    await button(page, 'Remove: Header: image').waitFor();
    await page.getByRole('group', { name: 'Header: image' }).getByText('banner.png').waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('keeps the numbers of a test, and the media of each kind', async () => {
    const id = await createDraft(app, 'Tests');
    const { page, context } = await openAt(`/campaigns/${id}/edit/message`);
    await button(page, 'Send a test').click();
    const numbers = page.getByRole('textbox', { name: 'Numbers for the test' });
    await numbers.fill('+91 98765 43210');
    await button(page, 'Close').click();
    await next(page, 'When');
    await button(page, 'Back').click();
    await button(page, 'Send a test').click();
    expect(await numbers.inputValue()).toBe('+91 98765 43210');
    await page.getByRole('radio', { name: 'A text of your own' }).check();
    const attachment = page.getByRole('combobox', { name: 'Attachment' });
    await attachment.selectOption({ label: 'Picture' });
    await field(page, 'Picture').fill('https://cdn.example.com/one.png');
    await attachment.selectOption({ label: 'Video' });
    expect(await field(page, 'Video').inputValue()).toBe('');
    await attachment.selectOption({ label: 'Picture' });
    expect(await field(page, 'Picture').inputValue()).toBe('https://cdn.example.com/one.png');
    await context.close();
  });

  it.each([wide, phone])(
    'tells of a send that failed after its screen was left, and takes one back when one goes back: %j',
    async (size) => {
      const name = `Left ${size.width}`;
      const id = await createDraft(app, name);
      const { page, context } = await openAt(`/campaigns/${id}/edit/review`, size);
      let asked = 0;
      await page.route('**/graphql', async (route) => {
        const { operationName } = route.request().postDataJSON() as { operationName?: string };
        if (operationName !== 'SendCampaign') return route.fallback();
        asked += 1;
        const error = { message: 'The campaign is being changed', extensions: { code: 'CONFLICT' } };
        return route.fulfill({ json: { errors: [error] } });
      });
      // the five seconds do not pass before the screen is left
      await page.clock.install();
      const pressSend = async (at: number) => {
        await button(page, 'Send to 12 people').click({ trial: true });
        await page.clock.pauseAt(at);
        await button(page, 'Send to 12 people').click();
      };
      await pressSend(Date.now() + 10_000);
      await page.getByText('Sending to 12 people begins').waitFor();
      await go(page, 'Segments');
      await page.clock.resume();
      const notice = page.getByRole('alert').filter({ hasText: `“${name}” was not sent.` });
      await notice.getByText('The campaign is being changed').waitFor();
      expect(asked).toBe(1);
      expect(await flawsOf(page)).toEqual([]);
      await notice.getByRole('link', { name: 'Go to its last step' }).click();
      await heading(page, 'Review').waitFor();
      await notice.waitFor({ state: 'detached' });

      await pressSend(Date.now() + 120_000);
      await page
        .getByText('Undo or the browser’s Back takes it back. Opening another screen sends it at once.')
        .last()
        .waitFor();
      await page.goBack();
      await heading(page, 'Segments').waitFor();
      await page.clock.resume();
      // what is sent on leaving is asked for before the list of the next screen
      await page.reload();
      await heading(page, 'Segments').waitFor();
      expect(asked).toBe(1);
      await context.close();
    },
  );

  it.each([wide, phone])(
    'shows on the last step when an offer ends, the place and the products: %j',
    async (size) => {
      await app.data(`mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`, {
        input: {
          businessId: app.businessId,
          name: `Saree ${size.width}`,
          catalogId: '1',
          retailerId: `saree-${size.width}`,
        },
      });
      const { templates } = await app.data<{
        templates: {
          name: string;
          language: string;
          sendable: boolean;
          variables: { kind: string; label: string }[];
        }[];
      }>(
        `query ($id: ID!) { templates(businessId: $id) { name language sendable variables { kind label } } }`,
        {
          id: app.businessId,
        },
      );
      const withKind = (wanted: RegExp) => {
        const found = templates.find(
          ({ sendable, language, variables }) =>
            sendable && language.startsWith('en') && variables.some(({ kind }) => wanted.test(kind)),
        );
        const label = found?.variables.find(({ kind }) => wanted.test(kind))?.label ?? '';
        return { option: `${found?.name ?? ''} English`, label };
      };
      const id = await createDraft(app, `Everything ${size.width}`);
      const { page, context } = await openAt(`/campaigns/${id}/edit/message`, size);
      const review = async (words: RegExp) => {
        await page.getByRole('link', { name: '4 Review' }).click();
        await page
          .getByRole('listitem')
          .getByText(words)
          .or(page.getByRole('listitem').filter({ hasText: words }))
          .first()
          .waitFor();
        await page.getByText('as of now').waitFor();
        expect(await flawsOf(page)).toEqual([]);
        await page.getByRole('link', { name: '2 Message' }).click();
      };
      const offer = withKind(/^EXPIRES_AT$/);
      await chooseTemplate(page, offer.option);
      await page.getByLabel(offer.label, { exact: true }).fill(`${year}-03-07T23:59`);
      await review(/End of the offer .*7 Mar, 23:59 IST/);
      const place = withKind(/^LOCATION$/);
      await chooseTemplate(page, place.option);
      const where = page.getByRole('group', { name: place.label });
      await where.getByLabel('Name of the place').fill('The shop');
      await where.getByLabel('Address', { exact: true }).fill('1 Main Road');
      await review(/The shop, 1 Main Road/);
      const product = withKind(/^PRODUCTS?$/);
      await chooseTemplate(page, product.option);
      await page.getByRole('combobox', { name: product.label, exact: true }).click();
      await page.getByRole('option', { name: `Saree ${size.width}` }).click();
      await page.keyboard.press('Escape');
      await review(new RegExp(`Saree ${size.width}`));
      await context.close();
    },
  );

  it('says only that templates cannot be read, and offers to read them again', async () => {
    const { page, context } = await openAt('/campaigns/new/audience');
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName?: string };
      if (operationName === 'WizardTemplates')
        await route.fulfill({ json: { errors: [{ message: 'The library is locked', extensions: {} }] } });
      else await route.fallback();
    });
    await page.goto(`${app.url}/campaigns/new/message`);
    await page.getByRole('alert').getByText('The templates could not be loaded').waitFor();
    await page.getByText('The templates are not loaded yet.').waitFor();
    expect(await page.getByText('No templates yet').count()).toBe(0);
    expect(await page.getByText('Choose a template.', { exact: true }).count()).toBe(0);
    await page.unroute('**/graphql');
    await button(page, 'Try again').click();
    await page.getByRole('combobox', { name: 'Template' }).waitFor();
    await context.close();
  });

  it.each([wide, phone])(
    'offers only templates that the chosen number can send, and says why not the others: %j',
    async (size) => {
      const wabaId = String(randomInt(1e9, 1e10));
      const number = `+91 22 4001 ${size.width === wide.width ? '1280' : '0390'}`;
      const { createSender } = await app.data<{ createSender: { id: string } }>(
        `mutation ($input: CreateSenderInput!) { createSender(input: $input) { id } }`,
        {
          input: {
            businessId: app.businessId,
            phoneNumberId: String(randomInt(1e9, 1e10)),
            wabaId,
            displayPhoneNumber: number,
            accessToken: 'EAATestToken',
          },
        },
      );
      await app.data(`mutation ($id: ID!) { syncTemplates(businessId: $id) { id } }`, { id: app.businessId });
      await app.database.query(
        `UPDATE templates SET status = 'DELETED' WHERE waba_id = $1 AND name = 'hello_world'`,
        [wabaId],
      );
      const id = await createDraft(app, `Accounts ${size.width}`);
      const { page, complaints, context } = await openAt(`/campaigns/${id}/edit/message`, size);
      await page.getByRole('combobox', { name: 'Template' }).fill('weekend_sale');
      const options = page.getByRole('option', { name: 'weekend_sale' });
      await options.first().waitFor();
      const own = options.filter({ hasNotText: 'Of another WhatsApp account than' });
      const foreign = options.filter({ hasText: 'Of another WhatsApp account than +91 22 4000 1234' });
      expect(await own.count()).toBe(1);
      expect(await foreign.first().getAttribute('data-combobox-disabled')).toBe('true');
      await own.click();
      await page.getByRole('combobox', { name: 'From number' }).selectOption(createSender.id);
      await page.getByText('This template is of another WhatsApp account').waitFor();
      await page.getByText('Not complete, so not saved yet: Template.').waitFor();
      await savedBy(page);
      expect(await flawsOf(page)).toEqual([]);
      await page.getByRole('combobox', { name: 'Template' }).fill('hello_world');
      await page.getByRole('option', { name: 'hello_world' }).first().waitFor();
      expect(await page.getByRole('option').filter({ hasText: 'Deleted' }).count()).toBe(0);
      await page.keyboard.press('Escape');
      await page.getByRole('combobox', { name: 'Template' }).fill('weekend_sale');
      await options
        .filter({ hasNotText: 'Of another WhatsApp account than' })
        .filter({ hasNotText: 'weekend_sale_2' })
        .first()
        .click();
      await page.getByText('This template is of another WhatsApp account').waitFor({ state: 'detached' });
      await waitFor(
        async () => {
          const { campaign } = await app.data<{ campaign: { senderId: string; templateId: string | null } }>(
            `query ($id: ID!) { campaign(id: $id) { senderId templateId } }`,
            { id },
          );
          return campaign.senderId === createSender.id && campaign.templateId !== null;
        },
        { what: 'the number is stored with a template of its account' },
      );
      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    },
  );

  it('says of a schedule that failed after its screen was left that it was not scheduled, until it is tried again', async () => {
    const id = await createDraft(app, 'Left on Monday');
    const { page, context } = await openAt(`/campaigns/${id}/edit/when`);
    await chooseLater(page, '09:30');
    await next(page, 'Review');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let fails = true;
    await page.route('**/graphql', async (route) => {
      if (!fails || !route.request().postData()?.includes('mutation ScheduleCampaign'))
        return route.continue();
      await held;
      const error = { message: 'The campaign is being changed', extensions: { code: 'CONFLICT' } };
      return route.fulfill({ json: { errors: [error] } });
    });
    const asked = page.waitForRequest((request) =>
      Boolean(request.postData()?.includes('mutation ScheduleCampaign')),
    );
    await button(page, 'Schedule').click();
    await asked;
    await go(page, 'Segments');
    release();
    const notice = page.getByRole('alert').filter({ hasText: '“Left on Monday” was not scheduled.' });
    await notice.waitFor();
    fails = false;
    await page.goBack();
    await heading(page, 'Review').waitFor();
    await button(page, 'Schedule').click();
    await heading(page, 'Left on Monday').waitFor();
    expect(await notice.count()).toBe(0);
    await context.close();
  });

  it.each([wide, phone])(
    'says that a phone number is needed first, and where to add it: %j',
    async (size) => {
      const { createBusiness } = await app.data<{ createBusiness: { id: string } }>(
        `mutation ($input: CreateBusinessInput!) { createBusiness(input: $input) { id } }`,
        { input: { name: `New ${size.width}`, timezone: 'Asia/Kolkata', defaultCountry: 'IN' } },
        await app.token({ role: Role.OPERATOR }),
      );
      const { page, context } = await openAt('/campaigns/new/audience', size, createBusiness.id);
      const notice = page.getByRole('region', { name: 'Add a phone number first.' });
      const refused = page.waitForResponse((answer) =>
        Boolean(answer.request().postData()?.includes('mutation CreateCampaign')),
      );
      await field(page, 'Campaign name').fill('Too early');
      await notice.waitFor();
      await (await refused).finished();
      expect(await flawsOf(page)).toEqual([]);
      // the page has drawn what it draws of the answer
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
      expect(await page.getByText('createSender').count()).toBe(0);
      await page.reload();
      await heading(page, 'Audience').waitFor();
      expect(await field(page, 'Campaign name').inputValue()).toBe('Too early');
      await notice.getByRole('link', { name: 'Add a number' }).click();
      await heading(page, 'Phone numbers').waitFor();
      await go(page, 'Templates');
      await button(page, 'Sync').click();
      await page
        .getByRole('alert')
        .filter({ hasText: 'this business has no number yet' })
        .getByRole('link', { name: 'Add a number' })
        .waitFor();
      await context.close();
    },
  );

  it('names each field beside a value after it, and says of how many people values are missing', async () => {
    const id = await createDraft(app, 'Missing names');
    await app.database.query(`UPDATE customers SET email = NULL WHERE name IN ('Customer 0', 'Customer 1')`);
    const { page, context } = await openAt(`/campaigns/${id}/edit/message`);
    await page
      .getByRole('combobox', { name: 'From the contact' })
      .and(page.getByTitle('Body {{1}}'))
      .selectOption({ label: 'E-mail' });
    await page.getByText(/^Missing for \d of the first 10 people, and perhaps for others: /).waitFor();
    await preview(page).waitFor();
    await context.close();
  });
});
