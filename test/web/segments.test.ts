import type { Browser, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

describeInBrowser('segments and the audience builder', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    await app.addCustomers(120);
    for (const [name, city, tags, digits] of [
      ['Devika', 'Pune', ['vip'], '01'],
      ['Ravi', 'Pune', [], '02'],
      ['Meena', 'Delhi', ['vip'], '03'],
      ['Meena at work', 'Delhi', ['vip'], '03'],
    ] as const)
      await app.data(`mutation ($input: CreateContactInput!) { createContact(input: $input) { id } }`, {
        input: { businessId: app.businessId, kind: 'LEAD', name, city, tags, phone: `+9199001122${digits}` },
      });
    await app.data(
      `mutation ($businessId: ID!) { optOut(businessId: $businessId, phones: ["+919900112202"], reason: "asked") { changed } }`,
      { businessId: app.businessId },
    );
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

  async function createSegment(name: string, filter: object, audienceType = 'LEADS'): Promise<string> {
    const { createSegment: created } = await app.data<{ createSegment: { id: string } }>(
      `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }`,
      { input: { businessId: app.businessId, name, audienceType, filter } },
    );
    return created.id;
  }

  async function saved(name: string) {
    const { segments } = await app.data<{
      segments: { id: string; name: string; audienceType: string; filter: object }[];
    }>(`query ($id: ID!) { segments(businessId: $id) { id name audienceType filter } }`, {
      id: app.businessId,
    });
    return segments.find((segment) => segment.name === name);
  }

  const counts = (page: Page, people: number) =>
    waitFor(
      async () =>
        (await page.locator('[data-figure="audience"]').textContent()) === String(people) &&
        (await page.getByRole('status').locator('visible=true').filter({ hasText: 'as of now' }).count()) ===
          1,
      { what: `${people} people are counted` },
    );
  const row = (page: Page, number: number) =>
    page.getByRole('group', { name: `Condition ${number}`, exact: true }).first();

  it.each([wide, phone])('builds an audience, counts it while it changes, and saves it: %j', async (size) => {
    const name = `Pune and VIPs ${size.width}`;
    const { page, complaints, context } = await openAt('/segments', size);
    await page.getByRole('link', { name: 'New segment' }).first().click();
    await page.getByRole('radio', { name: 'Leads' }).check();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await counts(page, 2); // one of the four opted out, two have one number

    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'City' });
    await page.getByText('Complete or remove 1 condition.').waitFor();
    await page.getByRole('combobox', { name: 'Operator' }).selectOption({ label: 'is any of' });
    await page.getByLabel('Value', { exact: true }).fill('pune'); // counts before Enter
    await counts(page, 1);
    await page.getByText('opted out', { exact: true }).waitFor();
    await page.getByText('= 1').waitFor();

    await page.getByRole('button', { name: 'Add filter' }).click();
    await row(page, 2).getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Tag' });
    await row(page, 2).getByLabel('Value', { exact: true }).fill('vip');
    await page
      .getByRole('combobox', { name: 'Match' })
      .selectOption({ label: 'At least one of these matches' });
    await counts(page, 2);

    await page.getByRole('button', { name: 'View all' }).click();
    const list = page.getByRole('dialog');
    for (const person of ['Devika', 'Ravi', 'Meena at work'])
      await list.getByRole('rowheader', { name: person, exact: true }).waitFor();
    await list.getByText('Opted out', { exact: true }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Leave people out' }).click();
    const leftOut = page.getByRole('region', { name: 'Leave out' });
    await leftOut.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'E-mail address' });
    await leftOut.getByRole('combobox', { name: 'Operator' }).selectOption({ label: 'is not known' });
    await counts(page, 0);
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('link', { name }).waitFor();
    expect(await saved(name)).toMatchObject({
      audienceType: 'LEADS',
      filter: { or: [{ city: ['pune'] }, { tags: ['vip'] }], not: { or: [{ hasEmail: false }] } },
    });
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('can be used by keyboard alone, and the focus is where something was added or removed', async () => {
    const { page, complaints, context } = await openAt('/segments/new');
    await counts(page, 122);
    await page.getByRole('button', { name: 'Add filter' }).focus();
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('Field');
    await page.keyboard.type('Total');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Operator');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Value');
    await page.keyboard.type('1,00,00,000');
    await counts(page, 0);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Remove condition 1');
    await page.keyboard.press('Enter');
    await counts(page, 122);
    expect(await focused(page)).toBe('Add filter');
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('shows a saved filter, keeps what it cannot show, and warns before changes are lost', async () => {
    const other = await createSegment('VIPs', { tags: ['vip'] });
    const filter = { segmentId: other, attributes: [{ name: 'plan', exists: false }], city: ['Delhi'] };
    const id = await createSegment('Delhi', filter);
    const { page, complaints, context } = await openAt(`/segments/${id}`);
    await counts(page, 1);
    await page.getByRole('combobox', { name: 'Value', exact: true }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Value', exact: true }).inputValue()).toBe('VIPs');

    await page.getByLabel('Name', { exact: true }).fill('Delhi, changed');
    await page.getByRole('link', { name: 'Campaigns' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Delhi, changed');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('link', { name: 'Segments', exact: true }).click();
    await page.getByRole('link', { name: 'Delhi, changed' }).waitFor();
    expect((await saved('Delhi, changed'))?.filter).toEqual(filter);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('says why a name or a deletion is refused, and keeps the input', async () => {
    const used = await createSegment('Used', { tags: ['vip'] });
    await createSegment('User', { segmentId: used });
    const { page, context } = await openAt(`/segments/${used}`);
    await page.getByText('It cannot be deleted while it is used by “User”.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('User');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').getByText('This business has a segment of this name already').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('User');

    const lone = await createSegment('Lone', {});
    await page.goto(`${app.url}/segments/${lone}`);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the segment' }).click();
    await page.getByRole('heading', { name: 'Segments' }).waitFor();
    expect(await saved('Lone')).toBeUndefined();
    await context.close();
  });

  it('finds segments by name under an address of its own', async () => {
    await createSegment('Monsoon', {});
    await createSegment('Winter', {});
    const { page, context } = await openAt('/segments?search=mons');
    await page.getByRole('link', { name: 'Monsoon' }).waitFor();
    expect(await page.getByRole('link', { name: 'Winter' }).count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('wint');
    await page.getByRole('link', { name: 'Winter' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Winter' }).waitFor();
    expect(new URL(page.url()).searchParams.get('search')).toBe('wint');
    await context.close();
  });

  it('is read by a viewer, who sees no button that changes something', async () => {
    const id = await createSegment('To read', { city: ['Pune'] });
    const { page, complaints, context } = await openAt(`/segments/${id}`, wide, Role.VIEWER);
    await page.getByText('2 contacts match now.').waitFor();
    await page.getByText('Pune').waitFor();
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    await page.goto(`${app.url}/segments`);
    await page.getByRole('link', { name: 'To read' }).waitFor();
    expect(await page.locator('main').getByRole('link', { name: 'New segment' }).count()).toBe(0);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('drops an answer that a newer question has overtaken', async () => {
    const { page, context } = await openAt('/segments/new');
    await counts(page, 122);
    let held = 0;
    await page.route('**/graphql', async (route) => {
      const slow = route.request().postData()?.includes('"Pune"');
      if (slow) {
        held += 1;
        await page.waitForRequest((request) => request.postData()?.includes('"Delhi"') ?? false);
      }
      await route.continue().catch(() => undefined); // the page has given up this question
    });
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'City' });
    await page.getByLabel('Value', { exact: true }).fill('Pune');
    await waitFor(() => held > 0, { what: 'the first question is on its way' });
    await page.getByText('counting…').waitFor();
    expect(await page.locator('[data-figure="audience"]').textContent()).toBe('122');
    await page.getByLabel('Value', { exact: true }).fill('Delhi');
    await counts(page, 1);
    await context.close();
  });
});

/** The accessible name of what has the focus, as far as it is a label or a text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });
}
