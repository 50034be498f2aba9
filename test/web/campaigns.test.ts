import type { Browser, Page } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { startApi } from '../../src/compose';
import { App } from '../support/app';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';
import { describeInBrowser, launch, openPage } from './browser';
import { createDraft } from './draft';

describeInBrowser('the campaign list', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({
      behaviour: { deliveredDelayMs: { min: 300, max: 900 }, deliveredShare: 1 },
    });
    await app.addCustomers(300);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  /** How fast the number sends: slowly while a page is looked at; never faster than a busy machine can answer. */
  const sendAt = (messagesPerSecond: number) =>
    app.database.query(`UPDATE senders SET messages_per_second = $1`, [messagesPerSecond]);

  it('shows a draft, sends it, and follows it to its end without a reload', async () => {
    await sendAt(20);
    const id = await createDraft(app, 'Diwali early access');
    const { page, complaints, context } = await openPage(browser, app.url);
    let loads = 0;
    page.on('load', () => (loads += 1));

    await page.goto(`${app.url}/sign-in#token=${await app.token({ role: Role.MARKETER, subject: 'priya' })}`);
    const row = page.locator(`[data-campaign="${id}"]`);
    await row.getByText('Diwali early access').waitFor();
    expect(new URL(page.url()).hash + new URL(page.url()).pathname).toBe('/');
    await page.getByText('Test Traders').waitFor();
    await page.getByText('priya').waitFor();
    expect(await chip(page, id)).toBe('DRAFT');

    await row.getByRole('button', { name: 'Send Diwali early access' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send to 300 people' }).click();
    await row.locator('[data-status="ACTIVE"]').waitFor();

    const onTheWay = await waitFor(
      async () => {
        const sent = await figure(page, id, 'sent');
        return sent > 0 && sent < 300 ? sent : undefined;
      },
      { what: 'some are sent, not all' },
    );
    expect(onTheWay).toBeGreaterThan(0);
    expect(await chip(page, id)).toBe('ACTIVE');
    await waitFor(async () => (await figure(page, id, 'delivered')) > 0, { what: 'some are delivered' });
    await sendAt(150);
    await row.locator('[data-status="COMPLETED"]').waitFor({ timeout: 60_000 });
    await waitFor(async () => (await figure(page, id, 'delivered')) === 300, { what: 'all are delivered' });
    expect(await figure(page, id, 'sent')).toBe(300);
    await row.getByRole('cell', { name: '300 100.00 %' }).first().waitFor();
    expect(await row.getByRole('button', { name: /^(Send|Pause|Resume|Cancel) / }).count()).toBe(0);

    expect(loads).toBe(1);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it('pauses with a reason and resumes', async () => {
    await sendAt(20);
    const id = await createDraft(app, 'Paused halfway');
    const { page, context } = await openPage(browser, app.url);
    await page.goto(`${app.url}/sign-in#token=${await app.token()}`);
    const row = page.locator(`[data-campaign="${id}"]`);
    await row.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send to' }).click();
    await row.getByRole('button', { name: 'Pause Paused halfway' }).click();
    await row.locator('[data-status="PAUSED"]').waitFor();
    const { campaign } = await app.data<{ campaign: { statusReason: string } }>(
      `query ($id: ID!) { campaign(id: $id) { statusReason } }`,
      { id },
    );
    await row.getByText(campaign.statusReason).waitFor();
    await sendAt(150);
    await row.getByRole('button', { name: 'Resume Paused halfway' }).click();
    await row.locator('[data-status="COMPLETED"]').waitFor({ timeout: 60_000 });
    await context.close();
  });

  it('says before it cancels who gets nothing, and who may still get the message', async () => {
    await sendAt(20);
    await app.behave({ latencyMs: { min: 5000, max: 5000 } });
    try {
      const id = await createDraft(app, 'Called back');
      await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id });
      const { page, context } = await openPage(browser, app.url);
      await page.goto(`${app.url}/sign-in#token=${await app.token()}`);
      await page
        .locator(`[data-campaign="${id}"]`)
        .getByRole('button', { name: 'More for Called back' })
        .click();
      await page.getByRole('menuitem', { name: 'Cancel campaign' }).click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByText(
          /^\d+ messages are being sent at this moment\. They cannot be called back and may still arrive\.$/,
        )
        .waitFor();
      await dialog.getByText(/\d+ people are still waiting and will get none\./).waitFor();
      await dialog.getByRole('button', { name: 'Cancel campaign' }).click();
      await page.locator(`[data-campaign="${id}"] [data-status="CANCELLED"]`).waitFor();
      await context.close();
    } finally {
      await app.behave({ latencyMs: { min: 0, max: 0 } });
    }
  });

  it('says so while the live link is down, and is exact again afterwards', async () => {
    const id = await createDraft(app, 'Through a restart');
    const api = await startApi({ ...app.config, port: 0 }, silent);
    const url = `http://127.0.0.1:${api.port}`;
    const { page, context } = await openPage(browser, url);
    let snapshots = 0;
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (payload.includes('"type":"next"')) snapshots += 1;
      }),
    );
    await page.goto(`${url}/sign-in#token=${await app.token()}`);
    const row = page.locator(`[data-campaign="${id}"]`);
    await row.locator('[data-status="DRAFT"]').waitFor();
    const rows = await page.locator('[data-campaign]').count();
    await waitFor(() => snapshots >= rows, { what: 'every campaign is followed' });

    await api.stop();
    const banner = page.getByText('reconnecting, figures of');
    await banner.waitFor();
    // Nobody is told of this: the new snapshot has to bring it.
    await app.database.query(
      `UPDATE campaigns SET total_recipients = 310, queued_count = 310, version = version + 1 WHERE id = $1`,
      [id],
    );
    const restarted = await startApi({ ...app.config, port: api.port ?? 0 }, silent);
    await banner.waitFor({ state: 'detached' });
    await row.locator('[data-figure="audience"]').getByText('310').waitFor();
    await waitFor(() => snapshots >= 2 * rows, { what: 'every campaign is followed again' });
    await context.close();
    await restarted.stop();
  });
});

/** The status that the chip of a campaign shows. */
async function chip(page: Page, id: string): Promise<string | null> {
  return page.locator(`[data-campaign="${id}"] [data-status]`).getAttribute('data-status');
}

/** A number of a campaign's row. */
async function figure(page: Page, id: string, name: string): Promise<number> {
  const text = await page.locator(`[data-campaign="${id}"] [data-figure="${name}"]`).textContent();
  return Number((text ?? '').replaceAll(',', ''));
}
