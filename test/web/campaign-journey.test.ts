import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'csv-parse/sync';
import type { Browser, Locator, Page } from 'playwright-core';
import { App } from '../support/app';
import { accepted, phoneOf, reached, webhooksDelivered } from '../support/campaigns';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch } from './browser';
import { figure, figures, openScreen, watchFigure } from './campaign-page';
import { createDraft } from './draft';

const people = 120;
/** Customers with these names, from the 20th: a spreadsheet would take each of them for a formula. */
const formulas = [
  '=HYPERLINK("https://evil.example","Win")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\tTab',
  '\rReturn',
];
/** Two who are not on WhatsApp, one to be retried tomorrow, and one whose error nobody knows: that is worth a retry. */
const failing = {
  [phoneOf(3)]: { fail: 131049 },
  [phoneOf(5)]: { fail: 999999 },
  [phoneOf(7)]: { fail: 131026 },
  [phoneOf(8)]: { fail: 131026 },
};
const failed = Object.keys(failing).length;

const columns =
  'name phone email status errorCode errorMessage excludedReason skippedReason sentAt deliveredAt readAt failedAt clickedAt convertedAt repliedAt skippedAt optedOutAt';

describeInBrowser('a campaign with failures, from the first message to what follows it', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({
      behaviour: {
        deliveredDelayMs: { min: 100, max: 300 },
        deliveredShare: 1,
        readShare: 0.5,
        clickShare: 0.5,
      },
    });
    await app.addCustomers(people);
    for (const [i, name] of formulas.entries())
      await app.database.query(`UPDATE customers SET name = $1 WHERE phone = $2`, [name, phoneOf(20 + i)]);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const sendAt = (messagesPerSecond: number) =>
    app.database.query(`UPDATE senders SET messages_per_second = $1`, [messagesPerSecond]);

  describe.each([1280, 390])('%d px wide', (width) => {
    const name = `Diwali ${width}`;
    let id: string;
    let page: Page;
    let opened: Awaited<ReturnType<typeof openScreen>>;

    beforeAll(async () => {
      await app.behave({ perNumber: failing });
      await sendAt(10);
      id = await createDraft(app, name);
      await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id });
      opened = await openScreen(app, browser, `/campaigns/${id}`, { width });
      ({ page } = opened);
    });
    afterAll(() => opened?.context.close());

    it('is watched to its end without a reload: the figures move, and end as the rows and the ledger', async () => {
      let loads = 0;
      page.on('load', () => (loads += 1));
      const seen = await watchFigure(page, 'sent');
      await page.getByText(`Sending to ${people} people.`).waitFor();
      await page.getByText('As fast as this number allows (10 a second).').waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.locator('h1 ~ p [data-status="PAUSED"]').waitFor();
      // the keyboard is still on the button
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Resume');
      await page.getByText(/Nobody is lost: \d+ people are waiting/).waitFor();
      const parts = ['queued', 'unconfirmed', 'sent', 'failed', 'skipped'] as const;
      const now = await figures(page, parts);
      expect(parts.reduce((sum, part) => sum + now[part], 0)).toBe(people);
      expect(now.queued).toBeGreaterThan(0);
      // who was being sent to when the button was pressed may still leave the queue
      await waitFor(
        async () => {
          const { queued } = await figures(page, ['queued']);
          return (await page.getByText(`${queued} people are still waiting`).count()) === 1;
        },
        { what: 'the sentence and the figure tell the same number' },
      );
      await sendAt(40);
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.locator('h1 ~ p [data-status="COMPLETED"]').waitFor({ timeout: 60_000 });
      await webhooksDelivered(app);

      const counts = ['audience', 'sent', 'delivered', 'read', 'failed', 'clicked'] as const;
      const [rows] = await app.database.query<Record<string, number>[]>(
        `SELECT count(*)::int AS audience, count(*) FILTER (WHERE status IN ('SENT', 'DELIVERED', 'READ'))::int AS sent,
           count(*) FILTER (WHERE status IN ('DELIVERED', 'READ'))::int AS delivered,
           count(*) FILTER (WHERE status = 'READ')::int AS read, count(*) FILTER (WHERE status = 'FAILED')::int AS failed,
           count(clicked_at)::int AS clicked FROM campaign_recipients WHERE campaign_id = $1`,
        [id],
      );
      const ledger = await accepted(app, id);
      const withStatus = (...wanted: string[]) =>
        ledger.filter(({ statuses }) => statuses.some(({ status }) => wanted.includes(status))).length;
      expect(rows).toEqual({
        audience: ledger.length,
        sent: ledger.length - withStatus('failed'),
        // whoever has read it has it, although WhatsApp does not always report both
        delivered: withStatus('delivered', 'read'),
        read: withStatus('read'),
        failed: withStatus('failed'),
        clicked: ledger.filter(({ clickedAt }) => clickedAt).length,
      });
      expect(rows).toMatchObject({ audience: people, failed, delivered: people - failed });
      await waitFor(async () => isDeepStrictEqual(await figures(page, counts), rows), {
        what: 'the page shows the figures of the rows',
      });
      const timeline = page.getByRole('region', { name: 'Timeline' });
      await waitFor(async () => (await sentInSteps(timeline)) === rows?.sent, {
        what: 'the timeline has every message',
      });
      const moved = await seen();
      expect(moved.length).toBeGreaterThan(5);
      expect(moved[0]).toBeLessThan(people / 2);
      await page.getByText('Paused by asha').waitFor();
      expect(loads).toBe(0);
    });

    it('says why messages failed, shows who that was, and tells the story of anybody by address', async () => {
      await page.getByRole('link', { name: 'Failures' }).click();
      expect(new URL(page.url()).hash).toBe('#failures');
      const reason = (code: number) => page.getByRole('row', { name: new RegExp(String(code)) });
      await reason(131026).getByText('Not on WhatsApp').waitFor();
      await reason(131026).getByText('Nothing. Reach them in another way.').waitFor();
      await reason(131049).getByText('Retry after 24 hours').waitFor();
      await reason(131026).getByRole('link', { name: '2 people' }).click();
      const list = page.getByRole('list', { name: 'Recipients' });
      await list.getByRole('link', { name: 'Customer 7' }).click();
      expect(await list.getByRole('listitem').count()).toBe(2);

      const story = page.getByRole('region', { name: 'Customer 7' });
      await story.getByText('+91 98200 00007').waitFor();
      await story.getByRole('list', { name: 'Story' }).getByText('Failed').first().waitFor();
      const time = story.getByRole('list', { name: 'Story' }).locator('time').first();
      expect(await time.innerText()).toMatch(/^\d+ \p{L}+, \d\d:\d\d:\d\d$/u);
      await inSight(story.getByRole('heading'));
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await page.getByRole('button', { name: 'Close' }).click();
      await story.waitFor({ state: 'detached' });
      await inSight(list.getByRole('link', { name: 'Customer 7' }));

      // Far behind those who are listed first, and nobody.
      await page.goto(`${app.url}/campaigns/${id}?person=${encodeURIComponent(`${id}:${people}`)}`);
      const last = page.getByRole('region', { name: /^Customer \d+$/ });
      await last.getByRole('list', { name: 'Story' }).getByText('Sent: WhatsApp accepted it').waitFor();
      await inSight(last.getByRole('heading'));
      const row = page.getByRole('list', { name: 'Recipients' }).locator('[aria-current]');
      expect(await row.count()).toBe(0);
      await page.goto(`${app.url}/campaigns/${id}?person=nobody`);
      await page.getByText('Nobody in this campaign has this address.').waitFor();
    });

    it('makes those who failed a segment, a linked campaign and a file', async () => {
      await page.goto(`${app.url}/campaigns/${id}?outcome=FAILED`);
      const file = await download(page, () =>
        page.getByRole('button', { name: `Download ${failed} people (CSV)` }).click(),
      );
      expect(file.name).toBe(`${name} - Failed.csv`);
      expect(file.rows.map(({ phone }) => phone).sort()).toEqual(Object.keys(failing));

      await page.getByRole('button', { name: `Make a segment of ${failed} people` }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(`Failed ${width}`);
      await page.getByRole('dialog').getByRole('button', { name: 'Make the segment' }).click();
      const made = page.getByRole('link', { name: `Failed ${width}` });
      await made.waitFor();
      const address = await made.getAttribute('href');
      await page.getByRole('button', { name: `Send again to ${failed} people` }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(`Again ${width}`);
      await page.getByRole('dialog').getByRole('button', { name: 'Make a draft' }).click();
      await page.getByRole('heading', { name: 'Message', level: 1 }).waitFor();
      const { segments, campaign } = await app.data<{
        segments: { name: string; count: number }[];
        campaign: { children: { campaignName: string; totalRecipients: number }[] };
      }>(
        `query ($business: ID!, $id: ID!) {
          segments(businessId: $business) { name count }
          campaign(id: $id) { children { campaignName totalRecipients } } }`,
        { business: app.businessId, id },
      );
      expect(segments).toContainEqual({ name: `Failed ${width}`, count: failed });
      expect(campaign.children).toEqual([{ campaignName: `Again ${width}`, totalRecipients: failed }]);

      // Its people stay the same: there are no conditions to change, only the name.
      await page.goto(app.url + address);
      await page
        .getByText(`The ${failed} people in it were taken from a campaign, and stay the same.`)
        .waitFor();
      expect(await page.getByRole('button', { name: 'Add filter' }).count()).toBe(0);
      await page.getByRole('textbox', { name: 'Name' }).fill(`Not reached ${width}`);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved.', { exact: true }).waitFor();
      await page.goto(`${app.url}/campaigns/${id}`);
      await page.getByRole('region', { name: 'Linked campaigns' }).getByText(`Again ${width}`).waitFor();
    });

    it('sends again only what may succeed now', async () => {
      await app.behave({ perNumber: {} });
      await page.getByRole('button', { name: 'Retry failed (1)' }).click();
      await page.getByText('1 message was put back into the queue.').waitFor();
      await waitFor(async () => (await figure(page, 'failed')) === failed - 1, { what: 'one less failed' });
      await waitFor(async () => (await figure(page, 'delivered')) === people - failed + 1, {
        what: 'it is delivered',
      });
      await reached(app, id);
      expect(await accepted(app, id, ['id'])).toHaveLength(people + 1);
      await page.getByText('None of them would succeed now.').waitFor();
      await page.getByText('Failed messages sent again by asha').waitFor();
    });

    it('is exported as a file that a spreadsheet opens without running anything', async () => {
      await page.getByRole('button', { name: 'Export' }).click();
      const file = await download(page, () => page.getByRole('menuitem', { name: 'Everybody' }).click());
      expect(file.name).toBe(`${name} - Everybody.csv`);
      expect(file.columns).toEqual(columns.split(' '));
      expect(file.rows).toHaveLength(people);
      expect(file.rows.filter(({ status }) => status === 'FAILED')).toHaveLength(failed - 1);
      const names = file.rows.map((row) => row.name);
      for (const formula of formulas) expect(names).toContain(`'${formula}`);
      for (const { phone, ...cells } of file.rows) {
        expect(phone).toMatch(/^\+\d+$/);
        for (const cell of Object.values(cells)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }
      expect(opened.complaints).toEqual({ outside: [], console: [] });
    });
  });
});

/** Waits until an element is on the screen, without scrolling to it. */
async function inSight(element: Locator): Promise<void> {
  await waitFor(
    () =>
      element.evaluate((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }),
    { what: 'it is in sight' },
  );
}

/** The messages that the steps of a short timeline add up to. */
async function sentInSteps(timeline: Locator): Promise<number> {
  // a longer one is a line, and a table on request
  const asTable = timeline.getByRole('button', { name: 'As a table', expanded: false });
  if ((await asTable.count()) > 0) await asTable.click();
  const cells = await timeline.locator('tbody td:nth-child(2)').allTextContents();
  return cells.reduce((sum, text) => sum + Number(text), 0);
}

interface Table {
  name: string;
  columns: string[];
  rows: Record<string, string>[];
}

/** The CSV file that an action saves, as a spreadsheet reads it. */
async function download(page: Page, act: () => Promise<void>): Promise<Table> {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  const [columns = [], ...lines] = parse(readFileSync(await file.path()), {
    bom: true,
  });
  const rows = lines.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ''])));
  return { name: file.suggestedFilename(), columns, rows };
}
