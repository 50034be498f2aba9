import type { Browser } from 'playwright-core';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { describeInBrowser, launch } from './browser';
import { openScreen } from './campaign-page';
import { createDraft } from './draft';
import { button, flawsOf, phone, wide } from './on-page';

describeInBrowser('the campaign list while nobody sends', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    await app.addCustomers(3);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('says of an empty list only what is so, also to a business without campaigns', async () => {
    const { page, context } = await openScreen(app, browser, '/campaigns?status=PAUSED');
    await page.getByText('No campaign has the status “Paused”').waitFor();
    await page.getByText('Choose another status, or show all campaigns.').waitFor();
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('holi');
    await page.getByText('No campaign with the status “Paused” has “holi” in its name').waitFor();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('');
    await page.getByText('No campaign has “holi” in its name').waitFor();
    await context.close();
  });

  it.each([wide, phone])('leaves its rows in place when a campaign is added: %j', async (size) => {
    const old = await createDraft(app, `Before ${size.width}`);
    const { page, complaints, context } = await openScreen(app, browser, '/campaigns', size);
    const first = page.locator('[data-campaign]').first();
    await page.locator(`[data-campaign="${old}"]`).waitFor();
    expect(await first.getAttribute('data-campaign')).toBe(old);
    const place = await first.boundingBox();
    const added = await createDraft(app, `Added ${size.width}`);
    // as after 30 seconds
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await button(page, 'Show the current list').waitFor();
    expect(await first.getAttribute('data-campaign')).toBe(old);
    expect(await first.boundingBox()).toEqual(place);
    expect(await flawsOf(page)).toEqual([]);
    // what is drawn stays live
    await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id: old });
    await first.locator('[data-status="ACTIVE"]').waitFor();
    await button(page, 'Show the current list').click();
    await page.locator(`[data-campaign="${added}"]`).waitFor();
    expect(await first.getAttribute('data-campaign')).toBe(added);
    await waitFor(
      () => page.evaluate((name) => document.activeElement?.textContent === name, `Added ${size.width}`),
      { what: 'the new campaign has the focus' },
    );
    expect(await page.getByRole('button', { name: /^Show/ }).count()).toBe(0);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('leaves rows in place that were added at the end', async () => {
    await createDraft(app, 'Zebra 1');
    const { page, context } = await openScreen(app, browser, '/campaigns?sort=NAME&search=Zebra');
    const names = () => page.locator('[data-campaign] a').allTextContents();
    const lookAgain = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('Zebra 1').waitFor();
    await createDraft(app, 'Zebra 3');
    await lookAgain();
    await page.getByText('Zebra 3').waitFor();
    await createDraft(app, 'Zebra 2');
    await lookAgain();
    await button(page, 'Show the current list').waitFor();
    expect(await names()).toEqual(['Zebra 1', 'Zebra 3']);
    await button(page, 'Show the current list').click();
    await waitFor(async () => (await names()).length === 3, { what: 'all are drawn' });
    expect(await names()).toEqual(['Zebra 1', 'Zebra 2', 'Zebra 3']);
    await context.close();
  });

  it('counts what is sending on other pages and outside the filters too', async () => {
    const id = await createDraft(app, 'Sending elsewhere');
    const { page, context } = await openScreen(app, browser, '/campaigns?status=DRAFT');
    const sending = page.getByText(
      /^(Nothing is being sent|One campaign is sending|\d+ campaigns are sending) now\.$/,
    );
    const count = async () =>
      Number((await sending.textContent())?.replace('Nothing', '0').replace('One', '1').split(' ')[0]);
    await sending.waitFor();
    const before = await count();
    await page.locator(`[data-campaign="${id}"]`).waitFor();
    await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id });
    await waitFor(async () => (await count()) === before + 1, { what: 'one more is sending' });
    await page.goto(`${app.url}/campaigns?search=nothing+of+this+name`);
    await sending.waitFor();
    expect(await count()).toBe(before + 1);
    await context.close();
  });

  it('calls the clone of a draft without a name a copy', async () => {
    const id = await createDraft(app, 'To be without a name');
    await app.database.query(`UPDATE campaigns SET campaign_name = '' WHERE id = $1`, [id]);
    const { page, context } = await openScreen(app, browser, '/campaigns');
    await button(page, 'More for No name yet').click();
    await page.getByRole('menuitem', { name: 'Clone' }).click();
    const name = page.getByRole('textbox', { name: 'Campaign name' });
    await name.waitFor();
    await waitFor(async () => (await name.inputValue()) === 'Copy', { what: 'the name of the copy' });
    await context.close();
  });

  it('tells how many messages the server put back into the queue, not how many it was when the menu opened', async () => {
    const id = await createDraft(app, 'Partly failed');
    await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id });
    await app.database.query(
      `UPDATE campaigns SET failed_count = 2, queued_count = queued_count - 2, version = version + 1 WHERE id = $1`,
      [id],
    );
    const { page, context } = await openScreen(app, browser, '/campaigns');
    await page.route('**/graphql', (route) => {
      const asked = route.request().postData() ?? '';
      const message =
        '1 failed message queued again; 1 left out, because another attempt now would fail the same way.';
      if (asked.includes('RetryFailed'))
        return route.fulfill({ json: { data: { retryFailed: { message, campaign: null } } } });
      if (asked.includes('Retryable'))
        return route.fulfill({ json: { data: { campaign: { __typename: 'Campaign', id, retryable: 2 } } } });
      return route.continue();
    });
    await button(page, 'More for Partly failed').click();
    await page.getByRole('menuitem', { name: 'Retry failed (2)' }).click();
    await page.getByText('1 message was put back into the queue.').waitFor();
    await context.close();
  });

  it('explains its figures to a keyboard and a finger', async () => {
    await app.data(
      `mutation ($id: ID!) { optOut(businessId: $id, phones: ["+919820000000"], reason: "asked") { changed } }`,
      { id: app.businessId },
    );
    const id = await createDraft(app, 'Without one');
    const { page, context } = await openScreen(app, browser, '/campaigns', phone);
    const row = page.locator(`[data-campaign="${id}"]`);
    const figure = row.getByRole('listitem').filter({ hasText: '1 left out beforehand' });
    const why = figure.getByText('Left out before the start:');
    expect((await why.boundingBox())?.width).toBeLessThan(2);
    await figure.focus();
    expect((await why.boundingBox())?.width).toBeGreaterThan(200);
    expect(await flawsOf(page)).toEqual([]);
    await context.close();
  });

  it('turns pages by words that fit every order', async () => {
    for (let i = 1; i <= 21; i++) await createDraft(app, `Campaign ${i}`);
    const { page, context } = await openScreen(app, browser, '/campaigns?sort=NAME');
    let counted = 0;
    page.on('request', (request) => {
      if (request.postData()?.includes('SendingCount')) counted += 1;
    });
    await button(page, 'Next page').click();
    await waitFor(() => new URL(page.url()).searchParams.get('page') === '2', { what: 'the second page' });
    await button(page, 'Previous page').waitFor();
    expect(await button(page, 'Older').count()).toBe(0);
    await waitFor(async () => (await page.locator('[data-campaign]').count()) < 20, { what: 'its rows' });
    // no campaign has another status now
    expect(counted).toBe(0);
    await context.close();
  });
});
