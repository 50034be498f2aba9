import { randomInt } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { waitFor } from '../support/wait';
import { accessibilityFindings, describeInBrowser, launch, openPage } from './browser';
import type { PageOptions } from './browser';

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

describeInBrowser('phone numbers', () => {
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
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

  it.each([wide, phone])('are added step by step, to a message to oneself: %j', async (size) => {
    const { page, complaints, context } = await openAt('/phone-numbers', size);
    await page.getByRole('link', { name: 'Add number' }).click();
    await page.getByRole('heading', { name: 'Add a phone number' }).waitFor();
    await page.getByRole('button', { name: 'Add number' }).click();
    await page.getByText('Copy it from Meta: digits only.').first().waitFor();
    await page.getByText('Paste the access token.').waitFor();
    const [phoneNumberId, wabaId] = [String(randomInt(1e9, 1e10)), String(randomInt(1e9, 1e10))];
    await app.steer('PUT', 'accounts', { wabaId, phoneNumberIds: [phoneNumberId] });
    await page.getByLabel('Number', { exact: true }).fill(`+91 22 4000 ${size.width}`);
    await page.getByLabel('Phone number ID at Meta').fill(phoneNumberId);
    await page.getByLabel('WhatsApp account ID').fill(wabaId);
    await page.getByLabel('Access token', { exact: true }).fill('EAAGood');
    await page.getByText('First add the number.').first().waitFor();
    // what was typed is not lost by a click elsewhere
    if (size === phone) await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Stay here' }).click();
    if (size === phone) await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add number' }).click();
    const added = page.getByRole('status').filter({ hasText: 'is added.' });
    await added.waitFor();
    await waitFor(() => added.evaluate((element) => element === document.activeElement), {
      what: 'the focus is on what became of the form',
    });

    expect(await page.getByLabel('Callback URL', { exact: true }).inputValue()).toBe(
      `${app.url}/webhooks/whatsapp`,
    );
    expect(await page.getByLabel('Verify token', { exact: true }).inputValue()).toBe('test_verify_token');
    await page.getByRole('button', { name: 'Copy Callback URL' }).click();
    await page.getByText(/^(Copied\.|It is selected)/).waitFor();
    await page.getByText('Meta cannot reach').waitFor();
    await page.getByText('Nothing came yet.').waitFor();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('Everything works').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    // a reload goes on with the number
    await page.reload();
    await page.getByText('is added.').waitFor();
    await page.getByLabel('Your phone').fill('me');
    await page.getByRole('button', { name: 'Send test message' }).click();
    await page.getByText('phone number, e.g.').waitFor();
    await page.getByLabel('Your phone').fill(`98200 7${size.width}`.padEnd(11, '0').slice(0, 11));
    await page.getByRole('button', { name: 'Send test message' }).click();
    await page.getByText('WhatsApp has taken the message (hello_world).').waitFor();
    await page.locator('[data-heard]').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'To all phone numbers' }).click();
    await page.getByRole('region', { name: `+91 22 4000 ${size.width}` }).waitFor();
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it.each([wide, phone])('show how they are, what is wrong, and take a new token: %j', async (size) => {
    const [phoneNumberId, wabaId] = [String(randomInt(1e9, 1e10)), String(randomInt(1e9, 1e10))];
    await app.steer('PUT', 'accounts', { wabaId, phoneNumberIds: [phoneNumberId], messagesPerSecond: 80 });
    const number = `+91 22 5000 ${size.width}`;
    await app.data(`mutation ($input: CreateSenderInput!) { createSender(input: $input) { id } }`, {
      input: {
        ...{ businessId: app.businessId, phoneNumberId, wabaId, displayPhoneNumber: number },
        ...{ accessToken: 'EAA_expired', messagesPerSecond: 80 },
      },
    });
    const { page, complaints, context } = await openAt('/phone-numbers', size);
    const card = page.getByRole('region', { name: number });
    await card.getByText('The access token has expired').waitFor();
    await card.getByRole('button', { name: 'Test' }).click();
    await card.getByText('One thing is wrong:').waitFor();
    const hasFocus = (name: string) =>
      waitFor(
        () => card.getByRole('button', { name }).evaluate((element) => element === document.activeElement),
        { what: `${name} has the focus` },
      );
    await card.getByRole('button', { name: 'New token' }).click();
    await card.getByRole('button', { name: 'Cancel' }).click();
    await hasFocus('New token');
    await card.getByRole('button', { name: 'New token' }).click();
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('Paste the access token.').waitFor();
    await card.getByLabel('Access token', { exact: true }).fill('EAA new');
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('without blanks').waitFor();
    await app.steer('PUT', 'health', {
      ...{ wabaId, phoneNumberId, messagingLimit: 'TIER_100K', throughput: 'STANDARD', webhook: false },
    });
    await card.getByLabel('Access token', { exact: true }).fill('EAANew');
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText(/^Healthy\. 80 a second, 100,000 people a day, \d+ used\.$/).waitFor();
    await card.locator('[data-trouble]').waitFor({ state: 'detached' });
    expect(await card.getByText('One thing is wrong:').count()).toBe(0);
    await card.getByRole('button', { name: 'Change speed' }).click();
    await card.getByLabel('Messages a second').fill('500');
    if (size === phone) await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Stay here' }).click();
    if (size === phone) await page.keyboard.press('Escape');
    await card.getByRole('button', { name: 'Save' }).click();
    await hasFocus('Change speed');
    await card.getByText('WhatsApp accepts only 80 messages a second from this number').waitFor();
    // WhatsApp changes it while one looks
    await app.steer('PUT', 'health', { wabaId, phoneNumberId, quality: 'RED' });
    await card.getByText('Too many people block or report this number.').waitFor();
    await card.getByText('Low quality').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual({ outside: [], console: [] });
    await context.close();
  });

  it.each([Role.VIEWER, Role.MARKETER])('have no buttons for a %s', async (role) => {
    const { page, context } = await openAt('/phone-numbers', wide, role);
    await page.getByRole('region').first().waitFor();
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Add number' }).count()).toBe(0);
    await page.goto(`${app.url}/phone-numbers/new#token=${await app.token({ role })}`);
    await page.getByText('Ask an admin of your business').waitFor();
    expect(await page.content()).not.toContain('test_verify_token');
    await context.close();
  });
});
