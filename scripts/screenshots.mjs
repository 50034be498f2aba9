// npm run screenshots [-- campaigns templates ...]: every screen, light and dark, on a computer and on a phone, into
// docs/screenshots. It starts the product with its demo business, so `npm start` must not run here.
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
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: path.join(folder, `${screen}-${name}.png`) });
      console.log(`docs/screenshots/${screen}-${name}.png`);
    };
    if (screens.includes('sign-in')) await show('sign-in');
    await page.goto(product.link);
    await page.locator('h1').waitFor();
    for (const screen of screens) if (screen !== 'sign-in') await show(screen);
    await context.close();
  }
} finally {
  await browser.close();
  await product.stop();
}
