import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import { createDraft } from './draft';

const people = 120;

describeInBrowser('the page of a campaign', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({
      behaviour: {
        deliveredDelayMs: { min: 100, max: 300 },
        deliveredShare: 1,
        readShare: 0.5,
        clickShare: 0.5,
        perNumber: {
          // Not worth another attempt today, and one that nobody knows: that is.
          '+919820000003': { fail: 131049 },
          '+919820000005': { fail: 999999 },
        },
      },
    });
    await app.addCustomers(people);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const sendAt = (messagesPerSecond: number) =>
    app.database.query(`UPDATE senders SET messages_per_second = $1`, [messagesPerSecond]);
  const send = (id: string) =>
    app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id });
  const completed = (id: string) =>
    waitFor(
      async () => {
        const { campaign } = await app.data<{ campaign: { status: string; stats: { sentCount: number } } }>(
          `query ($id: ID!) { campaign(id: $id) { status stats { sentCount } } }`,
          { id },
        );
        return campaign.status === 'COMPLETED';
      },
      { what: 'the campaign is completed', timeoutMs: 60_000 },
    );
  const open = async (path: string, options: { role?: Role; width?: number } = {}) => {
    const opened = await openPage(browser, app.url, { width: options.width });
    await opened.page.goto(
      `${app.url}/sign-in#token=${await app.token({ role: options.role, subject: 'asha' })}`,
    );
    await opened.page.locator('h1').waitFor();
    await opened.page.goto(app.url + path);
    await opened.page.getByRole('heading', { level: 1 }).waitFor();
    return opened;
  };

  it('is watched to its end without a reload, paused, and says who failed and why', async () => {
    await sendAt(10);
    const id = await createDraft(app, 'Diwali offer');
    await send(id);
    const { page, complaints, context } = await open('/campaigns');
    let loads = 0;
    page.on('load', () => (loads += 1));
    await page.locator(`[data-campaign="${id}"]`).getByRole('link', { name: 'Diwali offer' }).click();
    await page.getByRole('heading', { name: 'Diwali offer', level: 1 }).waitFor();
    await page.getByText(`Sending to ${people} people.`).waitFor();
    await page.getByText('As fast as this number allows (10 a second).').waitFor();

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('h1 ~ p [data-status="PAUSED"]').waitFor();
    await page.getByText(/Nobody is lost: \d+ people are waiting/).waitFor();
    expect(await sum(page, ['queued', 'unconfirmed', 'sent', 'failed', 'skipped'])).toBe(people);
    await sendAt(200);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.locator('h1 ~ p [data-status="COMPLETED"]').waitFor({ timeout: 60_000 });
    await waitFor(async () => (await figure(page, 'delivered')) === people - 2, {
      what: 'all are delivered',
    });
    expect(await figure(page, 'failed')).toBe(2);
    expect(await figure(page, 'audience')).toBe(people);

    // What happened, by whom, and why messages failed.
    await page.getByText('Paused by asha').waitFor();
    await page.getByRole('link', { name: 'Failures' }).click();
    await page
      .getByRole('row', { name: /held back marketing.*131049/ })
      .getByText('Retry after 24 hours')
      .waitFor();
    expect(new URL(page.url()).hash).toBe('#failures');
    expect(loads).toBe(0);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it.each([1280, 390])(
    'shows the people behind a number, and makes them a segment and a campaign: %d px',
    async (width) => {
      await sendAt(1000);
      const name = `Weekend ${width}`;
      const id = await createDraft(app, name);
      await send(id);
      await completed(id);
      const { page, complaints, context } = await open(`/campaigns/${id}`, { width });
      const list = page.getByRole('list', { name: 'Recipients' });

      // The people of one reason, one of them, and the story.
      await page
        .getByRole('row', { name: /131049/ })
        .getByRole('link', { name: '1 person' })
        .click();
      await list.getByRole('link', { name: 'Customer 3' }).click();
      const story = page.getByRole('region', { name: 'Customer 3' });
      await story.getByText('+91 98200 00003').waitFor();
      await story.getByRole('list', { name: 'Story' }).getByText('Failed').first().waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const address = page.url();
      await page.goto(address);
      await page.getByRole('region', { name: 'Customer 3' }).waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('region', { name: 'Customer 3' }).waitFor({ state: 'detached' });

      // Filters hold together and stand in the address.
      await page.getByRole('combobox', { name: 'Error' }).selectOption('');
      await page.getByRole('combobox', { name: 'Outcome' }).selectOption('FAILED');
      await list.getByRole('link', { name: 'Customer 5' }).waitFor();
      await page.getByRole('searchbox', { name: 'Search recipients' }).fill('Customer 5');
      await list.getByRole('link', { name: 'Customer 3' }).waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('?outcome=FAILED&find=Customer+5');
      await page.getByText('Choose a status, an outcome or an error, without a search.').waitFor();
      await page.getByRole('searchbox', { name: 'Search recipients' }).fill('');

      // A segment of them, and a linked campaign to them.
      await page.getByRole('button', { name: 'Make a segment of 2 people' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(`Failed ${width}`);
      await page.getByRole('dialog').getByRole('button', { name: 'Make the segment' }).click();
      await page.getByRole('link', { name: `Failed ${width}` }).waitFor();
      await page.getByRole('button', { name: 'Send again to 2 people' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(`Again ${width}`);
      await page.getByRole('dialog').getByRole('button', { name: 'Make a draft' }).click();
      await page.getByRole('heading', { name: 'Message', level: 1 }).waitFor();
      await page.goto(`${app.url}/campaigns/${id}`);
      await page.getByRole('region', { name: 'Linked campaigns' }).getByText(`Again ${width}`).waitFor();

      // A file of all of them.
      await page.getByRole('button', { name: 'Export' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: 'Everybody' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe(`${name} - Everybody.csv`);
      const lines = readFileSync(await file.path(), 'utf8')
        .trim()
        .split('\n');
      expect(lines).toHaveLength(people + 1);
      expect(lines[0]).toContain('errorCode');
      expect(complaints).toEqual({ outside: [], console: [] });
      await context.close();
    },
  );

  it('sends failed messages again, and only those worth it', async () => {
    const id = await createDraft(app, 'Second try');
    await send(id);
    await completed(id);
    const { page, context } = await open(`/campaigns/${id}`);
    await waitFor(async () => (await figure(page, 'failed')) === 2, { what: 'two have failed' });
    await app.behave({ perNumber: { '+919820000003': { fail: 131049 } } });
    await page.getByRole('button', { name: 'Retry failed (1)' }).click();
    await page.getByText('1 message is being sent again.').waitFor();
    await waitFor(async () => (await figure(page, 'sent')) === people - 1, { what: 'it is sent' });
    await waitFor(async () => (await figure(page, 'failed')) === 1, { what: 'one is left' });
    await page.getByText('None of them would succeed now.').waitFor();
    await page.getByText('Failed messages sent again by asha').waitFor();
    await context.close();
  });

  it('shows a viewer everything and no button that changes something', async () => {
    await sendAt(5);
    const id = await createDraft(app, 'Only looking');
    await send(id);
    const { page, context } = await open(`/campaigns/${id}?outcome=SENT`, { role: Role.VIEWER });
    await page.getByText(`Sending to ${people} people.`).waitFor();
    await page.getByRole('button', { name: 'Export' }).waitFor();
    const changing = /Pause|Resume|Cancel campaign|Retry|Make a segment|Send again|Resend|Edit/;
    expect(await page.getByRole('button', { name: changing }).count()).toBe(0);
    expect(await page.getByRole('link', { name: changing }).count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await app.data(`mutation ($id: ID!) { cancelCampaign(campaignId: $id) { status } }`, { id });
    await page.locator('h1 ~ p [data-status="CANCELLED"]').waitFor();
    await context.close();
  });
});

/** A number of the page. */
async function figure(page: Page, name: string): Promise<number> {
  const text = await page.locator(`[data-figure="${name}"]`).textContent();
  return Number((text ?? '').replaceAll(',', ''));
}

async function sum(page: Page, names: string[]): Promise<number> {
  // At one moment, or the figures are of different ones.
  return page.evaluate(
    (wanted) =>
      wanted.reduce(
        (total, name) =>
          total +
          Number((document.querySelector(`[data-figure="${name}"]`)?.textContent ?? '').replaceAll(',', '')),
        0,
      ),
    names,
  );
}
