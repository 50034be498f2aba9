import type { Browser, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';
import { createDraft } from './draft';

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

describeInBrowser('contacts', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ behaviour: { deliveredShare: 1 } });
    await app.addCustomers(120);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  /** A new contact over the API; returns its id. */
  async function create(input: Record<string, unknown>): Promise<string> {
    const { createContact } = await app.data<{ createContact: { id: string } }>(
      `mutation ($input: CreateContactInput!) { createContact(input: $input) { id } }`,
      { input: { businessId: app.businessId, kind: 'LEAD', ...input } },
    );
    return createContact.id;
  }

  async function read(id: string): Promise<Record<string, unknown>> {
    const { contact } = await app.data<{ contact: Record<string, unknown> }>(
      `query ($id: ID!) { contact(id: $id) { name phoneE164 email tags attributes city status optedOut } }`,
      { id },
    );
    return contact;
  }

  async function openAt(address: string, options: PageOptions = {}, role = Role.MARKETER) {
    const opened = await openPage(browser, app.url, options);
    await opened.page.goto(`${app.url}${address}#token=${await app.token({ role })}`);
    await opened.page.locator('h1').waitFor();
    return opened;
  }

  const rows = (page: Page) => page.locator('[data-contact]');

  it.each([wide, phone])(
    'finds people by what is known of them, under an address of its own: %j',
    async (size) => {
      await create({ name: 'Devika Menon', phone: '+91 99001 12233', email: 'devika@example.com' });
      const { page, complaints, context } = await openAt('/contacts?kind=customers', size);
      await waitFor(async () => (await rows(page).count()) === 50, { what: 'the first page is shown' });
      await page.getByRole('heading', { name: 'Contacts 120' }).waitFor();

      const first = await rows(page).first().getAttribute('data-contact');
      await page.getByRole('button', { name: 'Show more' }).click();
      await waitFor(async () => (await rows(page).count()) === 100, { what: 'more are shown' });
      expect(await rows(page).first().getAttribute('data-contact')).toBe(first);

      await page.route('**/graphql', (route) => route.abort());
      await page.getByRole('button', { name: 'Show more' }).click();
      await page.getByText('The next part of the list could not be loaded').waitFor();
      expect(await rows(page).count()).toBe(100);
      await page.unroute('**/graphql');
      await page.getByRole('button', { name: 'Try again' }).click();
      await waitFor(async () => (await rows(page).count()) > 100, { what: 'the rest is shown' });
      complaints.console = complaints.console.filter((words) => !words.includes('ERR_FAILED'));

      await page.getByRole('link', { name: 'Leads', exact: true }).click();
      const search = page.getByRole('searchbox', { name: 'Search contacts' });
      for (const text of ['devika m', '099001-12233', '99001', 'devika@exam']) {
        await search.fill(text);
        await waitFor(() => new URL(page.url()).searchParams.get('search') === asParameter(text), {
          what: `the address has ${text}`,
        });
        await page.getByRole('link', { name: 'Devika Menon' }).first().waitFor();
      }
      await page.reload();
      await page.getByRole('link', { name: 'Devika Menon' }).first().waitFor();
      expect(await search.inputValue()).toBe('devika@exam');

      await search.fill('nobody at all');
      await page.getByRole('heading', { name: 'Nobody found' }).waitFor();
      await page.getByRole('button', { name: 'Show all leads' }).click();
      await page.getByRole('link', { name: 'Devika Menon' }).first().waitFor();
      expect(await search.inputValue()).toBe('');
      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    },
  );

  it.each([wide, phone])('tags the people who are selected: %j', async (size) => {
    const names = ['Tara', 'Tarun', 'Tariq'].map((name) => `${name} ${size.width}`);
    const ids: string[] = [];
    for (const [i, name] of names.entries())
      ids.push(await create({ name, phone: `+91 97000 0${size.width}${i}`.slice(0, 17), tags: ['old'] }));
    const { page, complaints, context } = await openAt('/contacts?search=Tar', size);
    await page.getByRole('checkbox', { name: `Select ${names[0]}` }).check();
    await page.getByRole('checkbox', { name: `Select ${names[2]}` }).check();
    const bar = page.getByRole('region', { name: 'Selected contacts' });
    await bar.getByText('2 selected').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await bar.getByRole('button', { name: 'Add tag' }).click();
    await bar.getByText('Write the tag first.').waitFor();
    await bar.getByRole('combobox', { name: 'Tag' }).fill('festive');
    await bar.getByRole('button', { name: 'Add tag' }).click();
    await bar.getByText('2 people now have the tag “festive”.').waitFor();
    await page.locator(`[data-contact="${ids[0]}"]`).getByText('old, festive').waitFor();
    await bar.getByRole('combobox', { name: 'Tag' }).fill('old');
    await page.keyboard.press('Escape');
    await bar.getByRole('button', { name: 'Remove tag' }).click();
    await bar.getByText('2 people no longer have the tag “old”.').waitFor();
    expect(await Promise.all(ids.map(async (id) => (await read(id)).tags))).toEqual([
      ['festive'],
      ['old'],
      ['festive'],
    ]);
    await bar.getByRole('button', { name: 'Clear selection' }).click();
    await bar.waitFor({ state: 'detached' });
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('keeps the chosen columns, and marks by word who opted out', async () => {
    await create({ name: 'Uma', phone: '+91 96000 00001', city: 'Nagpur', email: 'uma@example.com' });
    await app.data(
      `mutation ($id: ID!) { optOut(businessId: $id, phones: ["+919600000001"], reason: "asked") { changed } }`,
      { id: app.businessId },
    );
    const { page, context } = await openAt('/contacts?search=Uma');
    const row = rows(page).first();
    await row.getByText('Opted out').waitFor();
    await row.getByRole('cell', { name: 'Nagpur' }).waitFor();
    const columns = page.getByRole('button', { name: 'Columns' });
    await columns.press('Enter');
    await page.getByRole('checkbox', { name: 'E-mail' }).check();
    await page.getByRole('checkbox', { name: 'City' }).uncheck();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await row.getByRole('cell', { name: 'uma@example.com' }).waitFor();
    await waitFor(() => columns.evaluate((element) => element === document.activeElement), {
      what: 'the focus is back at the button',
    });
    await page.reload();
    await row.getByRole('cell', { name: 'uma@example.com' }).waitFor();
    expect(await row.getByRole('cell', { name: 'Nagpur' }).count()).toBe(0);
    await context.close();
  });

  it('narrows the list by tags and quick filters, in the address', async () => {
    await create({ name: 'Ved Tagged', phone: '+91 95000 00001', tags: ['gold'] });
    await create({ name: 'Ved Plain', phone: '+91 95000 00002', email: 'ved@example.com' });
    const { page, context } = await openAt('/contacts?search=Ved');
    await waitFor(async () => (await rows(page).count()) === 2, { what: 'both are shown' });
    const tags = page.getByRole('combobox', { name: 'Any of these tags' });
    await tags.fill('gold');
    await tags.press('Enter');
    await waitFor(async () => (await rows(page).count()) === 1, { what: 'one is shown' });
    await rows(page).getByRole('link', { name: 'Ved Tagged' }).waitFor();
    await page.reload();
    await rows(page).getByRole('link', { name: 'Ved Tagged' }).waitFor();
    expect(await rows(page).count()).toBe(1);
    await page.getByRole('button', { name: 'With e-mail' }).click();
    await page
      .getByText('Nobody meets all the conditions')
      .or(page.getByText('Nobody found'))
      .first()
      .waitFor();
    expect(new URL(page.url()).searchParams.get('filter')).toBe('{"tags":["gold"],"hasEmail":true}');
    await context.close();
  });

  it.each([wide, phone])('adds, corrects, changes and deletes one person: %j', async (size) => {
    const { page, complaints, context } = await openAt('/contacts', size);
    await page.getByRole('link', { name: 'Add contact' }).click();
    const add = page.getByRole('button', { name: 'Add contact' });
    await page.getByLabel('Name', { exact: true }).fill('Farah Ali');
    await add.click();
    await page.getByText('Write a phone number').waitFor();
    const phoneField = page.getByLabel('Phone', { exact: true });
    expect(await phoneField.evaluate((element) => element === document.activeElement)).toBe(true);
    await phoneField.fill(`94000 ${size.width}0`.padEnd(11, '1').slice(0, 11));
    await page.getByLabel('E-mail').fill('not an address');
    await add.click();
    // the server's own words, beside the field; what was typed is still there
    await page.getByText(/expected an e-mail address/i).waitFor();
    const email = page.getByLabel('E-mail');
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    expect(await email.inputValue()).toBe('not an address');
    expect(await accessibilityFindings(page)).toEqual([]);
    await email.fill('farah@example.com');
    await page.getByRole('combobox', { name: 'Tags' }).fill('vip');
    await page.getByRole('button', { name: 'Add attribute' }).click();
    await page.getByLabel('Attribute', { exact: true }).fill('Shoe size');
    await page.getByLabel('Value').fill('41');
    await add.click();
    await page.getByRole('heading', { name: 'Farah Ali' }).waitFor();
    await page.getByText('The contact was added.').waitFor();
    const id = new URL(page.url()).pathname.split('/')[2] ?? '';
    expect(await read(id)).toMatchObject({
      name: 'Farah Ali',
      email: 'farah@example.com',
      tags: ['vip'],
      attributes: { 'Shoe size': '41' },
      status: 'NEW',
    });

    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('City').fill('Surat');
    await page.getByRole('button', { name: 'Cancel' }).click();
    const leave = page.getByRole('dialog');
    await leave.getByRole('button', { name: 'Stay here' }).click();
    await leave.waitFor({ state: 'detached' });
    // somebody else changes another field meanwhile, which stays
    await app.data(`mutation ($id: ID!) { updateContact(id: $id, input: { name: "Farah Khan" }) { id } }`, {
      id,
    });
    await page.getByRole('button', { name: 'Remove the attribute Shoe size' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Farah Khan' }).waitFor();
    expect(await read(id)).toMatchObject({ city: 'Surat', attributes: {}, tags: ['vip'] });

    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.getByRole('button', { name: 'Erase person' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Delete contact' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete contact' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Farah Khan was deleted.').waitFor();
    await page.getByRole('heading', { name: /^Contacts/ }).waitFor();
    await page.getByRole('searchbox').fill('Farah Khan');
    await page.getByRole('heading', { name: 'Nobody found' }).waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('keeps what was typed when the connection is lost, and saves it afterwards', async () => {
    const id = await create({ name: 'Hari', phone: '+91 93000 00001' });
    const { page, context } = await openAt(`/contacts/${id}/edit`);
    const city = page.getByLabel('City');
    await city.fill('Kochi');
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The contact was not saved. What you typed is still here.').waitFor();
    expect(await city.inputValue()).toBe('Kochi');
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The changes are saved.').waitFor();
    expect(await read(id)).toMatchObject({ city: 'Kochi' });
    await context.close();
  });

  it('opts a person out and in again with reasons, by the keyboard alone', async () => {
    const id = await create({ name: 'Isha', phone: '+91 92000 00001' });
    const { page, complaints, context } = await openAt(`/contacts/${id}`);
    await tabTo(page, 'Opt out');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('Write a reason first.').waitFor();
    await page.keyboard.press('Escape');
    await waitFor(async () => (await focusedName(page)) === 'Opt out', { what: 'the focus is back' });
    await page.keyboard.press('Enter');
    await page.keyboard.type('asked on the phone');
    await page.keyboard.press('Enter');
    await page.getByText('No campaign is sent to this person.').waitFor();
    await page.getByText('Entered by your team').waitFor();
    await page.getByText('asked on the phone').waitFor();
    expect(await read(id)).toMatchObject({ optedOut: true });
    await tabTo(page, 'Opt in again');
    await page.keyboard.press('Enter');
    await page.keyboard.type('wrote that they want the offers');
    await page.keyboard.press('Enter');
    await page.getByText('Not opted out.').waitFor();
    await page.getByText('wrote that they want the offers').waitFor();
    expect(await read(id)).toMatchObject({ optedOut: false });
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('tells which campaigns a person got, and what became of the messages', async () => {
    const [left] = await app.database.query<{ id: string }[]>(
      `INSERT INTO customers (business_id, name, phone) VALUES ($1, 'Lata', 'unknown') RETURNING id`,
      [app.businessId],
    );
    const campaignId = await createDraft(app, 'Diwali offer');
    await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id: campaignId });
    const person = await waitFor(
      async () => {
        const [delivered] = await app.database.query<{ contact_id: string }[]>(
          `SELECT contact_id FROM campaign_recipients WHERE campaign_id = $1 AND delivered_at IS NOT NULL LIMIT 1`,
          [campaignId],
        );
        return delivered?.contact_id;
      },
      { what: 'somebody has got the message' },
    );
    const { page, complaints, context } = await openAt(`/contacts/${person}`);
    const campaigns = page.getByRole('region', { name: 'Campaigns' });
    await campaigns.getByRole('link', { name: 'Diwali offer' }).waitFor();
    await campaigns.getByText(/^(Delivered|Read)$/).waitFor();
    await campaigns.getByText(/^Sent .* IST$/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto(`${app.url}/contacts/${left?.id}`);
    await campaigns.getByText('Left out · the phone could not be read').waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('erases a person for an admin, who is told what goes and what stays', async () => {
    const id = await create({ name: 'Jaya', phone: '+91 91000 00001' });
    const { page, complaints, context } = await openAt(`/contacts/${id}`, phone, Role.ADMIN);
    await page.getByRole('button', { name: 'Erase person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('all others with the same number').waitFor();
    await dialog.getByText('This cannot be undone.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Keep' }).click();
    expect(await read(id)).toMatchObject({ name: 'Jaya' });
    await page.getByRole('button', { name: 'Erase person' }).click();
    await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
    await page.getByText('Jaya was erased.').waitFor();
    const { errors } = await app.graphql(`query ($id: ID!) { contact(id: $id) { id } }`, { id });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('shows a viewer everything, and nothing that changes something', async () => {
    const id = await create({ name: 'Kabir', phone: '12345', attributes: { Points: 5 } });
    const { page, context } = await openAt(`/contacts/${id}`, wide, Role.VIEWER);
    await page.getByText('12345 (not a phone number)').waitFor();
    await page.getByText('Campaigns cannot reach this person').waitFor();
    await page.getByRole('cell', { name: '5', exact: true }).waitFor();
    await page.getByText('This person was in no campaign so far.').waitFor();
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    await page.goto(`${app.url}/contacts`);
    await rows(page).first().waitFor();
    expect(await page.getByRole('link', { name: /Import$|Add contact/ }).count()).toBe(0);
    expect(await page.locator('main').getByRole('checkbox').count()).toBe(0);
    await page.goto(`${app.url}/contacts/new`);
    await page.getByText('Ask a marketer or an admin').waitFor();
    await page.goto(`${app.url}/contacts/${id}/edit`);
    await page.getByText('Ask a marketer or an admin').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await context.close();
  });
});

/** What the address says of a search: a text that could be read as a number is quoted. */
function asParameter(text: string): string {
  return /^\d+$/.test(text) ? JSON.stringify(text) : text;
}

/** Presses Tab until the control of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if ((await focusedName(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${name}`);
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}
