import type { Browser, Page, Route } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage, tooSmall } from './browser';
import type { PageOptions } from './browser';
import { mp4, picture } from './files';

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
interface StoredTemplate {
  id: string;
  name: string;
  language: string;
  status: string;
  optOutButtons: number[];
  sendable: boolean;
  variables: { key: string }[];
  components: { type: string; format?: string; buttons?: { type: string }[]; cards?: unknown[] }[];
}

describeInBrowser('templates and products', () => {
  let app: App;
  let browser: Browser;
  let wabaId: string;

  beforeAll(async () => {
    app = await App.start({ workers: 0, behaviour: { templateReviewMs: 3_600_000 } });
    const { senders } = await app.data<{ senders: { wabaId: string }[] }>(
      `query ($id: ID!) { senders(businessId: $id) { wabaId } }`,
      { id: app.businessId },
    );
    wabaId = senders[0]?.wabaId ?? '';
    const quickReplies = (...texts: string[]) => ({
      type: 'BUTTONS',
      buttons: texts.map((text) => ({ type: 'QUICK_REPLY', text })),
    });
    const monsoon = (language: string, text: string, ...replies: string[]) => ({
      name: 'monsoon',
      language,
      status: 'APPROVED',
      category: 'MARKETING',
      parameter_format: 'POSITIONAL',
      components: [{ type: 'BODY', text, example: { body_text: [['Asha']] } }, quickReplies(...replies)],
    });
    await app.steer('POST', 'templates', {
      wabaId,
      replaceAll: true,
      templates: [
        monsoon('en', 'Hello {{1}}, umbrellas are here.', 'Not interested', 'Tell me more'),
        monsoon('hi', 'नमस्ते {{1}}, छाते आ गए हैं।', 'बंद करें', 'और बताएँ'),
      ],
    });
    await app.data(`mutation ($id: ID!) { syncTemplates(businessId: $id) { id } }`, { id: app.businessId });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function openAt(address: string, options: PageOptions = {}, role = Role.ADMIN) {
    const opened = await openPage(browser, app.url, options);
    await opened.page.goto(`${app.url}${address}#token=${await app.token({ role })}`);
    await opened.page.locator('h1').waitFor();
    return opened;
  }

  async function template(name: string, language = 'en'): Promise<StoredTemplate | undefined> {
    const { templates } = await app.data<{ templates: StoredTemplate[] }>(
      `query ($id: ID!) { templates(businessId: $id) { id name language status optOutButtons sendable variables { key } components } }`,
      { id: app.businessId },
    );
    return templates.find((one) => one.name === name && one.language === language);
  }

  /** Waits until nothing is wrong with the form; if something stays wrong, says what. */
  function nothingToRefuse(page: Page): Promise<boolean> {
    const found = page.locator('main').locator('[role="alert"], [aria-invalid="true"], [class*="error"]');
    return waitFor(
      async () => {
        if ((await page.getByText('WhatsApp would refuse this').count()) === 0) return true;
        const words = await found.evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 300)));
        throw new Error(words.join('\n'));
      },
      { what: 'WhatsApp would take the template', timeoutMs: 20_000 },
    );
  }

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

  /** What is filled in for each kind of template but those of template-to-campaign.test.ts, and what campaigns fill in then. */
  const kinds: { kind: string; layout: string; fill: (page: Page) => Promise<void>; variables: string[] }[] =
    [
      {
        kind: 'Limited-time offer',
        layout: 'HEADER IMAGE, LIMITED_TIME_OFFER, BODY, BUTTONS COPY_CODE URL',
        fill: async (page) => {
          await page.getByRole('combobox', { name: 'Kind of header' }).selectOption({ label: 'Picture' });
          await page.locator('main input[type="file"]').setInputFiles(picture('offer.png'));
          await button(page, 'Add link').click();
          await button(page, 'Remove Coupon code').click();
          await page.getByText('Add a coupon code: an offer that ends needs one.').waitFor();
          await button(page, 'Add coupon code').click();
          await field(page, 'Heading of the offer').fill('Only until Sunday!');
          await page.getByText('Expected: 1 to 16 characters.').waitFor();
          await field(page, 'Heading of the offer').fill('Until Sunday!');
          await field(page, 'Example of a code').fill('SAVE20');
          await field(page, 'Text on the button').fill('Shop');
          await field(page, 'Address').fill('https://shop.example.com/sale');
        },
        variables: ['header', 'offer.expiresAt', 'button.0'],
      },
      {
        kind: 'Form',
        layout: 'BODY, BUTTONS FLOW',
        fill: async (page) => {
          await page.getByText('Expected: the id of a flow').waitFor();
          await field(page, 'Text on the button').fill('Book now');
          await field(page, 'ID of the form').fill('912345678901234');
        },
        variables: ['button.0'],
      },
      {
        kind: 'Whole catalogue',
        layout: 'BODY, FOOTER, BUTTONS CATALOG',
        fill: async (page) => {
          await field(page, 'Small text below').fill('Test Traders');
          expect(await field(page, 'Text on the button').inputValue()).toBe('View catalog');
        },
        variables: ['button.0'],
      },
      {
        kind: 'Several products',
        layout: 'HEADER TEXT, BODY, BUTTONS MPM',
        fill: async (page) => {
          await page.getByRole('combobox', { name: 'Kind of header' }).selectOption({ label: 'Text' });
          await field(page, 'Text of the header').fill('Picked for you');
        },
        variables: ['button.0'],
      },
      {
        kind: 'One product',
        layout: 'HEADER PRODUCT, BODY, BUTTONS SPM',
        fill: async (page) => {
          await field(page, 'Text on the button').fill('');
          await page.getByText('Expected: 1 to 25 characters.').waitFor();
          await field(page, 'Text on the button').fill('View');
        },
        variables: ['header'],
      },
      {
        kind: 'Carousel of products',
        layout: 'BODY, CAROUSEL 3',
        fill: async (page) => {
          await page.getByRole('combobox', { name: 'Number of products' }).selectOption('3');
        },
        variables: ['card.1.header', 'card.2.header', 'card.3.header'],
      },
      {
        kind: 'Message',
        layout: 'HEADER GIF, BODY, BUTTONS VOICE_CALL',
        fill: async (page) => {
          await page.getByRole('combobox', { name: 'Kind of header' }).selectOption({ label: 'Animation' });
          await page.locator('main input[type="file"]').setInputFiles(mp4('light.mp4'));
          await button(page, 'Add WhatsApp call').click();
          await field(page, 'Text on the button').fill('Call us');
        },
        variables: ['header'],
      },
    ];

  it('creates every kind of template, each with its fields alone', async () => {
    const { page, complaints, context } = await openAt('/templates');
    const findings: string[] = [];
    for (const [index, { kind, layout, fill, variables }] of kinds.entries()) {
      await page.getByRole('link', { name: 'New template' }).click();
      const name = kind.toLowerCase().replace(/\W/g, '_');
      await page.getByRole('combobox', { name: 'Kind of template' }).selectOption({ label: kind });
      await field(page, 'Name').fill(name);
      await button(page, 'Submit for review').click();
      await page.getByText('WhatsApp would refuse this').waitFor();
      await field(page, 'Text').fill('Good news for everybody in the city.');
      await fill(page);
      await nothingToRefuse(page);
      await page.getByRole('region', { name: 'Preview' }).getByText('Good news for everybody').waitFor();
      const size = index % 2 === 0 ? phone : wide;
      await page.setViewportSize(size);
      findings.push(...(await accessibilityFindings(page)));
      if (size === phone) findings.push(...(await tooSmall(page)));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
      await button(page, 'Submit for review').click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await app.steer('PUT', 'templates', { wabaId, name, status: 'APPROVED' });
      await waitFor(async () => (await template(name))?.sendable === true, { what: 'campaigns can use it' });
      const created = await template(name);
      expect(layoutOf(created)).toBe(layout);
      expect(created?.variables.map(({ key }) => key)).toEqual(variables);
      await page.setViewportSize(wide);
      await page.getByRole('navigation').getByRole('link', { name: 'Templates', exact: true }).click();
    }
    expect(findings).toEqual([]);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('asks again by itself when the answer of a check is lost on its way', async () => {
    const { page, context } = await openAt('/templates/new');
    await field(page, 'Name').fill('lost');
    await button(page, 'Submit for review').click();
    await page.getByText('WhatsApp would refuse this').waitFor();
    const asked: Route[] = [];
    await page.route('**/graphql', (route) => {
      const body = route.request().postData() ?? '';
      // not what was typed before
      if (!body.includes('CheckTemplate') || !body.includes('Good news')) return route.continue();
      asked.push(route);
      return asked.length < 3 ? route.abort('connectionreset') : route.continue();
    });
    await field(page, 'Text').fill('Good news for everybody in the city.');
    await nothingToRefuse(page);
    expect(asked).toHaveLength(3);
    await context.close();
  });

  it('checks a template again on request after a check that failed', async () => {
    const { page, context } = await openAt('/templates/new');
    await field(page, 'Text').fill('{{1}}');
    await button(page, 'Submit for review').click();
    await page.getByText('Expected: words before the first variable.').waitFor();
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('CheckTemplate') ? route.abort() : route.continue(),
    );
    await field(page, 'Text').fill('Good news for everybody in the city.');
    const failed = page.getByRole('alert').filter({ hasText: 'The template could not be checked' });
    await failed.waitFor();
    await page.unroute('**/graphql');
    await failed.getByRole('button', { name: 'Try again' }).click();
    await failed.waitFor({ state: 'detached' });
    await page.getByText('Expected: words before the first variable.').waitFor({ state: 'detached' });
    await context.close();
  });

  it('keeps the files of uploads that end together, and what was typed meanwhile', async () => {
    const { page, context } = await openAt('/templates/new');
    await page
      .getByRole('combobox', { name: 'Kind of template' })
      .selectOption({ label: 'Carousel of pictures or videos' });
    const held: Route[] = [];
    await page.route('**/media?*', (route) => void held.push(route));
    const cards = ['Silk', 'Cotton'].map((material, i) => ({
      material,
      card: page.getByRole('group', { name: `Card ${i + 1}`, exact: true }),
    }));
    for (const { material, card } of cards)
      await card.locator('input[type="file"]').setInputFiles(picture(`${material}.png`));
    await waitFor(() => held.length === 2, { what: 'both files are on their way' });
    for (const { material, card } of cards)
      await card.getByLabel('Text of the card').fill(`${material}, soft`);
    await Promise.all(held.map((route) => route.continue()));
    for (const { material, card } of cards) {
      await card.getByText(`${material}.png`, { exact: true }).waitFor();
      expect(await card.getByLabel('Text of the card').inputValue()).toBe(`${material}, soft`);
    }
    await context.close();
  });

  it('keeps files and texts of a kind until somebody returns to it', async () => {
    const { page, complaints, context } = await openAt('/templates/new');
    expect(await page.getByRole('combobox', { name: 'Language' }).count()).toBe(1);
    const kind = page.getByRole('combobox', { name: 'Kind of template' });
    const header = page.getByRole('combobox', { name: 'Kind of header' });
    const file = page.locator('main input[type="file"]').first();
    const chosen = (name: string) => page.getByRole('status').filter({ hasText: name });
    await header.selectOption({ label: 'Picture' });
    await file.setInputFiles(picture('lamp.png'));
    await chosen('lamp.png').waitFor();
    await header.selectOption({ label: 'Video' });
    expect(await chosen('lamp.png').count()).toBe(0);
    await file.setInputFiles(mp4('lamp.mp4'));
    await chosen('lamp.mp4').waitFor();
    await header.selectOption({ label: 'Picture' });
    await chosen('lamp.png').waitFor();
    expect(await chosen('lamp.mp4').count()).toBe(0);

    await kind.selectOption({ label: 'Carousel of pictures or videos' });
    await file.setInputFiles(picture('silk.png'));
    await chosen('silk.png').waitFor();
    const shows = page.getByRole('combobox', { name: 'Each card shows' });
    await shows.selectOption({ label: 'Video' });
    expect(await chosen('silk.png').count()).toBe(0);
    await shows.selectOption({ label: 'Picture' });
    await chosen('silk.png').waitFor();

    await kind.selectOption({ label: 'Whole catalogue' });
    await field(page, 'Text on the button').fill('All our lamps');
    await kind.selectOption({ label: 'One product' });
    expect(await field(page, 'Text on the button').inputValue()).toBe('View');
    await kind.selectOption({ label: 'Whole catalogue' });
    expect(await field(page, 'Text on the button').inputValue()).toBe('All our lamps');
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('counts clicks at the public address, wherever the page was opened', async () => {
    const origin = app.url.replace('127.0.0.1', 'localhost');
    const { page, complaints, context } = await openPage(browser, origin, wide);
    await page.goto(`${origin}/templates/new#token=${await app.token({ role: Role.ADMIN })}`);
    await button(page, 'Add link').click();
    const link = page.getByRole('group', { name: /^Link/ });
    await link.getByRole('button', { name: 'Count clicks' }).click();
    expect(await link.getByLabel('Address', { exact: true }).inputValue()).toBe(`${app.url}/r/{{1}}`);
    await link.getByText('Each person gets a link of their own').waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it.each([wide, phone])(
    'shows the languages of a name together, and keeps which buttons mean stop: %j',
    async (size) => {
      const { page, complaints, context } = await openAt('/templates?search=monsoon', size);
      const group = page.getByRole('region', { name: 'monsoon' });
      await group.getByText('umbrellas are here').waitFor();
      await group.getByText('छाते आ गए हैं').waitFor();
      // the only combobox of this name is that of the page's language
      expect(await page.getByRole('combobox', { name: 'Language' }).count()).toBe(1);
      await page.getByRole('combobox', { name: 'Written in', exact: true }).selectOption('hi');
      await group.getByText('umbrellas are here').waitFor({ state: 'detached' });
      expect(await accessibilityFindings(page)).toEqual([]);
      if (size === phone) expect(await tooSmall(page)).toEqual([]);
      await group.getByRole('link', { name: 'Hindi' }).click();
      await page.getByRole('navigation', { name: 'Also in' }).getByRole('link', { name: 'English' }).click();
      const more = page.getByRole('checkbox', { name: 'Tell me more' });
      const was = await more.isChecked();
      await more.setChecked(!was);
      await page.getByText('Saved.').waitFor();
      await waitFor(async () => (await template('monsoon'))?.optOutButtons.includes(1) === !was, {
        what: 'the choice is stored',
      });
      await page.reload();
      await more.waitFor();
      expect(await more.isChecked()).toBe(!was);
      await page.getByText('None so far.').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      if (size === phone) expect(await tooSmall(page)).toEqual([]);
      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    },
  );

  it('tells of a template that WhatsApp paused, and deletes a rejected one', async () => {
    const { page, context } = await openAt('/templates');
    await app.steer('PUT', 'templates', { wabaId, name: 'monsoon', language: 'hi', status: 'PAUSED' });
    await waitFor(async () => (await template('monsoon', 'hi'))?.status === 'PAUSED', {
      what: 'the webhook',
    });
    await button(page, 'Sync').click();
    await page.getByRole('heading', { name: '1 template is not in order' }).waitFor();
    await page.getByText('WhatsApp paused it because people blocked or reported it. It may').waitFor();
    await app.steer('POST', 'templates', {
      wabaId,
      templates: [
        {
          name: 'refused',
          language: 'en',
          status: 'REJECTED',
          rejected_reason: 'INCORRECT_CATEGORY',
          category: 'UTILITY',
          components: [{ type: 'BODY', text: 'Buy now.' }],
        },
      ],
    });
    await button(page, 'Sync').click();
    const refused = page.getByRole('region', { name: 'refused' });
    await refused.getByText('it belongs to another category').waitFor();
    await refused.getByRole('link').click();
    await button(page, 'Delete').click();
    await button(page, 'Delete the template').click();
    await page.getByText('“refused” is deleted in English.').waitFor();
    expect((await template('refused'))?.status).toBe('DELETED');
    await context.close();
  });

  it.each([wide, phone])('keeps a product with an uploaded picture: %j', async (size) => {
    const name = `Lamp ${size.width}`;
    const { page, complaints, context } = await openAt('/products', size);
    await page.getByRole('link', { name: 'New product' }).first().click();
    await button(page, 'Save').click();
    await page.getByText('Give the product a name.').waitFor();
    await field(page, 'Name').fill(name);
    await field(page, 'Price').fill('1499.50');
    const file = page.getByLabel('Picture file');
    await file.setInputFiles({ ...picture('lamp.gif'), mimeType: 'image/gif' });
    await page.getByText('WhatsApp takes JPEG and PNG here.').waitFor();
    await file.setInputFiles(picture('lamp.png'));
    await page.locator('main img').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    if (size === phone) expect(await tooSmall(page)).toEqual([]);
    await button(page, 'Save').click();
    await page.getByText(`“${name}” is saved.`).waitFor();
    const row = page.getByRole('row', { name });
    await row.getByText('₹1,499.50').waitFor();
    await row.locator('img').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    if (size === phone) expect(await tooSmall(page)).toEqual([]);
    await page.getByRole('searchbox', { name: 'Search by name or content ID' }).fill('nothing');
    await page.getByText('No product has “nothing” in its name or content ID').waitFor();
    await button(page, 'Show all products').click();
    await page.getByRole('link', { name }).click();
    await page.getByText('Nothing to save yet.').waitFor();
    await page.getByRole('radio', { name: 'An address' }).check();
    await field(page, 'Address of the picture').fill('https://shop.example.com/lamp.jpg');
    await button(page, 'Save').click();
    await row.getByRole('link', { name: 'shop.example.com' }).waitFor();
    await page.getByRole('link', { name, exact: true }).click();
    await button(page, 'Delete').click();
    await button(page, 'Delete the product').click();
    await page.getByText(`“${name}” is deleted.`).waitFor();
    await row.waitFor({ state: 'detached' });
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('shows everybody else no button that changes something', async () => {
    await app.data(`mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }`, {
      input: { businessId: app.businessId, name: 'To look at' },
    });
    const monsoon = await template('monsoon');
    // what a viewer sees of templates is in template-to-campaign.test.ts
    for (const role of [Role.VIEWER, Role.MARKETER]) {
      const { page, context } = await openAt('/products', wide, role);
      await page.getByRole('link', { name: 'To look at' }).click();
      await page.getByRole('heading', { level: 1, name: 'To look at' }).waitFor();
      expect(await page.locator('main').getByRole('button').count()).toBe(0);
      await page.goto(`${app.url}/products/new`);
      await page.getByText('Your role may not add products').waitFor();
      if (role === Role.MARKETER) {
        await page.goto(`${app.url}/templates`);
        await page.getByRole('region', { name: 'monsoon' }).waitFor();
        const changing = page.getByRole('button', { name: /^(Sync|Delete|Save|Submit for review)$/ });
        expect(await changing.count()).toBe(0);
        expect(await page.getByRole('link', { name: 'New template' }).count()).toBe(0);
        await page.goto(`${app.url}/templates/${monsoon?.id}`);
        await page.getByRole('heading', { name: 'Which buttons mean “stop”' }).waitFor();
        expect(await page.getByRole('checkbox').count()).toBe(0);
        expect(await changing.count()).toBe(0);
        await page.goto(`${app.url}/templates/new`);
        await page.getByText('Your role may not create templates').waitFor();
      }
      await context.close();
    }
  });
});

/** The components in short. */
function layoutOf(created: StoredTemplate | undefined): string | undefined {
  return created?.components
    .map(({ type, format, buttons, cards }) =>
      [type, format, ...(buttons?.map((one) => one.type) ?? []), cards?.length].filter(Boolean).join(' '),
    )
    .join(', ');
}
