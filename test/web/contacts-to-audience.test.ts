import type { Browser, Locator, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { describeInBrowser, launch, openPage } from './browser';

interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** One way to use the page. */
interface Hand {
  press(what: Locator): Promise<void>;
  /** Writes into an empty field. */
  write(field: Locator, text: string): Promise<void>;
  /** Chooses an option of a select by its text. */
  choose(select: Locator, option: string): Promise<void>;
  /** Chooses one of several radios. */
  pick(radio: Locator): Promise<void>;
  file(input: Locator, file: File): Promise<void>;
}

const selected = (select: Locator) =>
  select.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text);

function mouse(page: Page): Hand {
  return {
    press: (what) => what.click(),
    write: async (field, text) => {
      await field.click();
      await page.keyboard.type(text);
    },
    // The browser shows the options in a window of its own, which a test cannot click.
    choose: async (select, option) => {
      await select.selectOption({ label: option });
    },
    pick: (radio) => radio.click(),
    file: async (input, file) => {
      const choosing = page.waitForEvent('filechooser');
      await input.click();
      await (await choosing).setFiles(file);
    },
  };
}

/** Only keys; what has to be reached is reached with Tab. */
function keyboard(page: Page): Hand {
  const reach = async (what: Locator) => {
    await what.waitFor();
    await waitFor(
      async () => {
        if (await what.evaluate((element) => element === document.activeElement)) return true;
        await page.keyboard.press('Tab');
        return false;
      },
      { what: `Tab reaches ${String(what)}`, timeoutMs: 20_000 },
    );
  };
  const press = async (what: Locator) => {
    await reach(what);
    await page.keyboard.press('Enter');
  };
  return {
    press,
    write: async (field, text) => {
      await reach(field);
      await page.keyboard.type(text);
    },
    choose: async (select, option) => {
      await reach(select);
      await page.keyboard.type(option);
      await waitFor(async () => (await selected(select)) === option, { what: `"${option}" is chosen` });
    },
    pick: async (radio) => {
      const group = radio.page().getByRole('radio', { checked: true });
      await reach(group.first());
      for (let i = 0; i < 3 && !(await radio.isChecked()); i++) await page.keyboard.press('ArrowDown');
      expect(await radio.isChecked()).toBe(true);
    },
    file: async (input, file) => {
      const choosing = page.waitForEvent('filechooser');
      await press(input);
      await (await choosing).setFiles(file);
    },
  };
}

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const ways = [
  { town: 'Udaipur', size: wide, hand: mouse },
  { town: 'Ajmer', size: phone, hand: mouse },
  { town: 'Bikaner', size: wide, hand: keyboard },
  { town: 'Kota', size: phone, hand: keyboard },
].map((way, index) => ({
  ...way,
  index,
  how: `${way.size.width} px, ${way.hand === mouse ? 'mouse' : 'keyboard only'}`,
}));

describeInBrowser('from a file of contacts to an audience', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start();
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  /** What the API counts for the segment as it was saved. */
  async function previewed(name: string): Promise<number> {
    const { segments } = await app.data<{ segments: { id: string; name: string }[] }>(
      `query ($id: ID!) { segments(businessId: $id) { id name } }`,
      { id: app.businessId },
    );
    const segmentId = segments.find((segment) => segment.name === name)?.id;
    const { previewAudience } = await app.data<{ previewAudience: { count: number } }>(
      `mutation ($input: PreviewAudienceInput!) { previewAudience(input: $input) { count } }`,
      { input: { businessId: app.businessId, audienceType: 'SEGMENT', segmentId } },
    );
    return previewAudience.count;
  }

  it.each(ways)(
    'imports, finds, counts, and leaves out who opted out: $how',
    async ({ town, size, hand, index }) => {
      const number = (person: number) => `+9194140${index}000${person}`;
      const { page, complaints, context } = await openPage(browser, app.url, size);
      const by = hand(page);
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      const link = (name: string) => page.getByRole('link', { name, exact: true });
      /** Through the navigation, which a phone hides behind `Menu`. */
      const go = async (name: string) => {
        if (size === phone) await by.press(button('Menu'));
        await by.press(page.getByRole('navigation').getByRole('link', { name, exact: true }));
        // Some headings end with a count.
        await page.getByRole('heading', { level: 1, name: new RegExp(`^${name}`) }).waitFor();
      };
      const counted = (people: number) =>
        waitFor(
          async () =>
            (await page.locator('[data-figure="audience"]').textContent()) === String(people) &&
            (await page.getByRole('status').filter({ hasText: 'as of now', visible: true }).count()) === 1,
          { what: `${people} people are counted` },
        );

      await page.goto(`${app.url}/sign-in#token=${await app.token({ role: Role.MARKETER })}`);
      await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor();

      // Import: two columns have to be mapped, and two rows have no phone.
      await go('Contacts');
      await by.press(link('Import'));
      await page.getByRole('heading', { level: 1, name: 'New import' }).waitFor();
      const rows = [
        'Who,Ring them,City,E-mail,Tags,Loyalty',
        `Asha of ${town},${number(1)},${town},,vip;diwali,silver`,
        `Bina of ${town},${number(2)},${town},bina@example.com,,gold`,
        `Chitra of ${town},${number(3)},${town},,,gold`,
        `Daya of ${town},12345,${town},,vip,gold`,
        `Esha of ${town},${number(5)},${town},esha@example.com,,silver`,
        `Farah of ${town},none,${town},,vip,gold`,
        `Gauri of ${town},${number(7)},Elsewhere,,vip,gold`,
      ];
      await by.file(page.getByLabel('CSV file', { exact: true }), {
        name: `${town}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(`${rows.join('\n')}\n`),
      });
      await page.getByText('No column is known to be the phone').waitFor();
      complaints.console.length = 0; // the browser itself reports that answer
      await by.choose(page.getByRole('combobox', { name: 'What "Ring them" becomes' }), 'Phone');
      await page.getByText('7 rows: 5 fine, 2 with problems.').first().waitFor();
      await by.choose(page.getByRole('combobox', { name: 'What "Who" becomes' }), 'Name');
      await waitFor(async () => (await button('Start import').getAttribute('aria-disabled')) !== 'true', {
        what: 'the new mapping is checked',
      });
      await by.press(button('Start import'));
      await page.getByText('5 imported, 2 not.').first().waitFor();
      for (const [line, value] of [
        [5, '12345'],
        [7, 'none'],
      ] as const)
        await page
          .getByRole('row')
          .filter({ hasText: `Line ${line}` })
          .getByText(value)
          .waitFor();

      // The contact is found, and has what the file said.
      await by.press(link('See the contacts'));
      await by.write(page.getByRole('searchbox', { name: 'Search contacts' }), `Bina of ${town}`);
      await waitFor(async () => (await page.getByRole('rowheader').count()) === 1, { what: 'one is found' });
      await by.press(link(`Bina of ${town}`));
      await page.getByRole('heading', { level: 1, name: `Bina of ${town}` }).waitFor();
      for (const fact of ['bina@example.com', 'gold', 'Loyalty'])
        await page.locator('main').getByText(fact, { exact: true }).waitFor();

      // A segment of groups within each other: the town, and (vip, or (gold, and an e-mail address)).
      const name = `Best of ${town}`;
      await go('Segments');
      await by.press(link('New segment').first());
      await by.write(page.getByRole('textbox', { name: 'Name', exact: true }), name);
      await by.pick(page.getByRole('radio', { name: 'Leads' }));
      const field = (place: Locator) => place.getByRole('combobox', { name: 'Field' });
      const operator = (place: Locator) => place.getByRole('combobox', { name: 'Operator' });
      const value = (place: Locator) => place.getByLabel('Value', { exact: true });
      const condition = (group: Locator, n: number) =>
        group.getByRole('group', { name: `Condition ${n}`, exact: true }).first();
      const main = page.locator('main');
      await by.press(button('Add filter'));
      await by.choose(field(condition(main, 1)), 'City');
      await by.choose(operator(condition(main, 1)), 'is any of');
      await by.write(value(condition(main, 1)), town);
      await counted(4);
      await by.press(button('Add group'));
      const outer = page.getByRole('group', { name: /^Group: / }).first();
      await by.choose(field(condition(outer, 1)), 'Tag');
      await by.write(value(condition(outer, 1)), 'vip');
      await counted(1);
      await by.press(outer.getByRole('button', { name: 'Add group inside' }));
      const inner = outer.getByRole('group', { name: /^Group: / });
      await by.choose(inner.getByRole('combobox', { name: 'Match' }), 'All of these match');
      await by.choose(field(condition(inner, 1)), 'Attribute');
      await by.write(inner.getByRole('textbox', { name: 'Name of the attribute' }), 'Loyalty');
      await by.write(value(condition(inner, 1)), 'gold');
      await counted(3);
      await by.press(inner.getByRole('button', { name: 'Add condition' }));
      await by.choose(field(condition(inner, 2)), 'E-mail address');
      await counted(2);
      await by.press(button('Save'));
      await link(name).waitFor();
      expect(await previewed(name)).toBe(2);

      // One of them opts out, and the segment has one person less.
      await go('Opt-outs');
      await by.press(link('Add'));
      await by.write(page.getByRole('textbox', { name: 'Phone numbers' }), number(2));
      await by.write(page.getByRole('textbox', { name: 'Reason' }), 'asked on the phone');
      await by.press(button('Opt out 1 number'));
      await page.getByText('1 person was opted out.').waitFor();
      await by.press(link('See all opt-outs'));
      await page.getByRole('row').filter({ hasText: 'asked on the phone' }).first().waitFor();
      await go('Segments');
      await by.press(link(name));
      await counted(1);
      await page.getByText('opted out', { exact: true }).waitFor();
      expect(await previewed(name)).toBe(1);

      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    },
  );
});
