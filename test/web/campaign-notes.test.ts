import type { Browser } from 'playwright-core';
import { App } from '../support/app';
import {
  createCampaign,
  people,
  phoneOf,
  reached,
  sendCampaign,
  webhooksDelivered,
} from '../support/campaigns';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch } from './browser';
import { figure, openScreen } from './campaign-page';

const message = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{firstName|there}}'],
  linkUrl: 'https://shop.example.com/',
};

describeInBrowser('what the page of a campaign explains while it happens', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({
      env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '2' },
      behaviour: { deliveredShare: 1, readShare: 0, clickShare: 0, previewShare: 0 },
    });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const start = async (input: Record<string, unknown>) => {
    const id = await createCampaign(app, { ...message, ...input });
    await sendCampaign(app, id);
    return id;
  };

  it.each([1280, 390])(
    'the first group, why it stopped the campaign, and that it goes on: %d px',
    async (width) => {
      const from = width * 10;
      const canary = {
        percent: 10,
        minimum: 10,
        waitMinutes: 1,
        maxFailurePercent: 20,
        maxOptOutPercent: 20,
      };
      const id = await start({ campaignName: 'Careful', customRecipients: people(100, from), canary });
      const { page, context } = await openScreen(app, browser, `/campaigns/${id}`, { width });
      await page.getByText('A first group of 10 people gets the message before the others.').waitFor();
      await page.getByText('The first few have been sent to').waitFor();
      await page.getByText('90 people are still waiting').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      // six of the ten turn out badly
      const messages = (await app.ledger())
        .filter(({ callbackData }) => callbackData.startsWith(id))
        .slice(0, 6);
      for (const { id: messageId } of messages)
        await app.steer('POST', 'inbound', { type: 'text', messageId, body: 'STOP' });
      await page.locator('h1 ~ p [data-status="PAUSED"]').waitFor({ timeout: 20_000 });
      await page.getByText('Too many of the first group of 10 people failed or opted out').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByText('The campaign was resumed all the same.').waitFor();
      await reached(app, id);
      expect(await accessibilityFindings(page)).toEqual([]);
      await context.close();
    },
  );

  it.each([1280, 390])(
    'held messages, and unconfirmed ones that are resent only when asked: %d px',
    async (width) => {
      const from = width * 10 + 200;
      await app.behave({
        webhooks: { pauseUntilResumed: false },
        perNumber: {
          [phoneOf(from)]: { held: true },
          [phoneOf(from + 1)]: { held: true },
          [phoneOf(from + 2)]: { fault: 'http502AfterAccept', faultTimes: 1, silent: true },
          [phoneOf(from + 3)]: { fault: 'resetAfterAccept', faultTimes: 1, silent: true },
        },
      });
      const id = await start({ campaignName: 'Held', customRecipients: people(20, from) });
      const { page, context } = await openScreen(app, browser, `/campaigns/${id}`, { width });
      await page.getByText('WhatsApp holds back 2 messages for a while').waitFor();
      await page
        .getByText(
          'WhatsApp did not answer for 2 people. They may have the message. We will not send it twice',
        )
        .waitFor();
      await reached(app, id);
      expect(await accessibilityFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Resend unconfirmed' }).click();
      const dialog = page.getByRole('dialog', { name: 'Send again to up to 2 people?' });
      await dialog.waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Resend unconfirmed' }).click();
      await waitFor(async () => (await figure(page, 'unconfirmed')) === 0, { what: 'nobody is unconfirmed' });
      await waitFor(async () => (await figure(page, 'sent')) === 20, { what: 'all are sent' });
      await app.steer('POST', 'held', { action: 'drop' });
      await page.getByText('WhatsApp holds back').waitFor({ state: 'detached' });
      await webhooksDelivered(app);
      await waitFor(async () => (await figure(page, 'failed')) === 2, {
        what: 'the held messages have failed',
      });
      expect(await accessibilityFindings(page)).toEqual([]);
      await context.close();
    },
  );

  it.each([1280, 390])('what the campaign earned, and how sure that is: %d px', async (width) => {
    const from = width * 10 + 400;
    const id = await start({ campaignName: 'Lift', customRecipients: people(200, from), holdoutPercent: 50 });
    await reached(app, id);
    await webhooksDelivered(app);
    const rows = await app.database.query<{ phone: string; status: string }[]>(
      `SELECT phone, status FROM campaign_recipients WHERE campaign_id = $1`,
      [id],
    );
    const order = async (phones: string[]) => {
      const answer = await fetch(`${app.url}/conversions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await app.token()}` },
        body: JSON.stringify(
          phones.map((phone) => ({
            businessId: app.businessId,
            phone,
            orderId: `${id}${phone}`,
            value: 1499,
            currency: 'INR',
          })),
        ),
      });
      expect(answer.status).toBe(202);
    };
    const sent = rows.filter(({ status }) => status !== 'EXCLUDED').map(({ phone }) => phone);
    const held = rows.filter(({ status }) => status === 'EXCLUDED').map(({ phone }) => phone);
    await order([...sent.slice(0, 8), ...held.slice(0, 5)]);
    const { page, context } = await openScreen(app, browser, `/campaigns/${id}`, { width });
    await page.getByText('it may be chance').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await order(sent.slice(8, 40));
    await page.getByText('came because of this campaign').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await context.close();
  });
});
