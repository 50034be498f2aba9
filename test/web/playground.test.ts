import type { Browser, Page } from 'playwright-core';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { describeInBrowser, launch, openPage } from './browser';
import { createDraft } from './draft';

describeInBrowser('the playground', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start();
    await app.addCustomers(20);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('runs a query and a live subscription with nothing from outside', async () => {
    const id = await createDraft(app, 'Watched from the playground');
    const { page, complaints, context } = await openPage(browser, app.url);
    await page.goto(`${app.url}/playground#token=${await app.token()}`);
    expect(new URL(page.url()).hash).toBe('');

    // Until both editors are there, a press does nothing.
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await page.locator('.graphiql-response .monaco-editor').first().waitFor();
    await execute(page, 'Businesses');
    await shows(page, 'Test Traders');

    // The token's business is filled in.
    await page.getByRole('tab', { name: 'Campaigns', exact: true }).click();
    await execute(page, 'Campaigns');
    await shows(page, 'Watched from the playground');

    await page.getByRole('tab', { name: 'CampaignStats' }).click();
    await page.locator('.graphiql-editor-tool .monaco-editor').first().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(JSON.stringify({ campaignId: id }));
    // What the editor closed on its own.
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Delete');
    await execute(page, 'CampaignStats');
    await shows(page, '"status": "DRAFT"');
    await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id });
    await shows(page, '"status": "COMPLETED"');
    await page.getByRole('button', { name: 'Stop query' }).click();

    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('says so when nobody is signed in', async () => {
    const { page, complaints, context } = await openPage(browser, app.url);
    await page.goto(`${app.url}/playground`);
    await page.getByText('Nobody is signed in').waitFor();
    expect(complaints.outside).toEqual([]);
    await context.close();
  });
});

/** GraphiQL takes a moment to notice the operation of another tab; pressed before that, it names the old one. */
async function execute(page: Page, operation: string): Promise<void> {
  const noticed = `(({ tabs, activeTabIndex }) => tabs[activeTabIndex].operationName)(
    JSON.parse(localStorage.getItem('graphiql:tabState')))`;
  await waitFor(async () => (await page.evaluate(noticed)) === operation, {
    what: `the tab of ${operation}`,
  });
  await page.getByRole('button', { name: 'Execute query' }).click();
}

async function shows(page: Page, text: string): Promise<void> {
  await waitFor(async () => (await response(page)).includes(text), {
    timeoutMs: 30_000,
    what: `${text} in the response`,
  });
}

/** What the response pane shows; the editor writes its blanks as no-break spaces. */
async function response(page: Page): Promise<string> {
  const lines = await page.locator('.graphiql-response .view-line').allTextContents();
  return lines.join('\n').replaceAll('\u00a0', ' ');
}
