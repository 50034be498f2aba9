// npm run screenshots [-- campaigns templates ...]: every screen, light and dark, on a computer and on a phone, and the steps
// of a first campaign (`first-campaign`), into docs/screenshots. It starts the product with its demo business, so `npm start` must not run here.
import path from 'node:path';
import { launchBrowser, startProduct } from './product.mjs';

const folder = path.resolve(import.meta.dirname, '../docs/screenshots');
const all = [
  'campaigns',
  'contacts',
  'segments',
  'imports',
  'opt-outs',
  'templates',
  'products',
  'phone-numbers',
  'settings',
  'sign-in',
  'first-campaign',
];
const asked = process.argv.slice(2);
const screens = asked.length > 0 ? asked : all;
const views = [
  { name: 'light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
];

const product = await startProduct();
const browser = await launchBrowser();
try {
  const { origin } = new URL(product.link);
  for (const { name, ...options } of views) {
    const context = await browser.newContext({ ...options, locale: 'en-GB', reducedMotion: 'reduce' });
    const page = await context.newPage();
    const show = async (screen) => {
      await page.goto(`${origin}/${screen}`);
      await page.locator('h1').waitFor();
      await page.locator('main [role="status"][aria-label]').waitFor({ state: 'detached' });
      // the demo's sale is sent in the first minute
      await page.locator('[data-status="ACTIVE"]').first().waitFor({ state: 'detached', timeout: 120_000 });
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: path.join(folder, `${screen}-${name}.png`) });
      console.log(`docs/screenshots/${screen}-${name}.png`);
    };
    if (screens.includes('sign-in')) await show('sign-in');
    await page.goto(product.link);
    await page.locator('h1').waitFor();
    for (const screen of screens) if (!['sign-in', 'first-campaign'].includes(screen)) await show(screen);
    await context.close();
  }
  if (screens.includes('first-campaign')) await firstCampaign(product.link);
} finally {
  await browser.close();
  await product.stop();
}

/** Makes a campaign as the README tells it, with a picture of each step, and sends it. */
async function firstCampaign(link) {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const picture = async (step) => {
    if (step !== '5-live') await page.getByText(/^saved /).waitFor();
    await page.screenshot({ path: path.join(folder, `first-campaign-${step}.png`) });
    console.log(`docs/screenshots/first-campaign-${step}.png`);
  };
  const next = async (heading) => {
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  };
  await page.goto(link);
  await page.getByRole('link', { name: 'New campaign' }).first().click();
  await page.getByRole('textbox', { name: 'Campaign name' }).fill('My first campaign');
  await page.getByRole('radio', { name: 'Customers' }).click();
  await page
    .getByText(/\d people/)
    .first()
    .waitFor();
  await picture('1-audience');
  await next('Message');
  const template = page.getByRole('combobox', { name: 'Template' });
  await template.fill('weekend_sale');
  await page
    .getByRole('option', { name: /weekend_sale/ })
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Body {{1}}' }).fill('{{firstName|there}}');
  await page.getByRole('textbox', { name: 'Link' }).fill('https://shop.example.com/weekend');
  await page.getByRole('region', { name: 'Preview' }).getByText('weekend sale is on').waitFor();
  await picture('2-message');
  await next('When');
  await picture('3-when');
  await next('Review');
  const send = page.getByRole('button', { name: /^Send to/ });
  // the people are counted again when this step is opened; meanwhile the button is off, which it tells with aria-disabled
  await page
    .getByText('counting…')
    .first()
    .waitFor({ timeout: 2000 })
    .catch(() => undefined);
  await send.and(page.locator('[aria-disabled="false"]')).waitFor();
  await picture('4-review');
  await send.click();
  // the page of the campaign opens; by then some people have read, clicked and ordered
  const sent = page.locator('[data-figure="sent"]');
  await sent.filter({ hasText: /^[7-9]\d\d$/ }).waitFor({ timeout: 60_000 });
  await picture('5-live');
  await context.close();
}
