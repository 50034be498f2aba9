import type { Page } from 'playwright-core';
import { pdf, picture } from './files';
import { button, field, fileInput, preview } from './on-page';

/** Of the cards of a carousel. */
export const materials = ['Silk', 'Cotton', 'Wool'];

/** A document with two values and two buttons: what is wrong is said while one writes. */
export async function writeDocumentTemplate(page: Page, name: string) {
  await button(page, 'Submit for review').click();
  await page.getByText('WhatsApp would refuse this').waitFor();
  await field(page, 'Name').fill(name.replaceAll('_', ' ').replace('p', 'P'));
  expect(await field(page, 'Name').inputValue()).toBe(name);
  await page.getByRole('combobox', { name: 'Kind of header' }).selectOption({ label: 'Document' });
  await page.getByText('Choose a file that shows WhatsApp what the header looks like.').waitFor();
  await fileInput(page).setInputFiles(pdf('example.pdf'));
  await preview(page).getByText('example.pdf').waitFor();
  await field(page, 'Text').fill('{{1}}, here are our prices for {{2}}. Have a look!');
  await page.getByText('Expected: words before the first variable.').waitFor();
  await field(page, 'Text').fill('Hello , here are our prices for {{2}}. Have a look!');
  await field(page, 'Text').evaluate((element) => (element as HTMLTextAreaElement).setSelectionRange(6, 6));
  await button(page, 'Add variable').click();
  expect(await field(page, 'Text').inputValue()).toContain('Hello {{3}}, here');
  await field(page, 'Text').fill('Hello {{1}}, here are our prices for {{2}}. Have a look!');
  await page.getByText('Give an example').first().waitFor();
  await field(page, 'Example for {{1}}').fill('Asha');
  await field(page, 'Example for {{2}}').fill('May');
  await preview(page).getByText('Hello Asha, here are our prices for May.').waitFor();
  await button(page, 'Add link').click();
  await button(page, 'Add quick reply').click();
  await page.getByRole('group', { name: 'Quick reply' }).getByLabel('Text on the button').fill('Stop');
  const order = page.getByRole('group', { name: /^Link/ });
  await order.getByLabel('Text on the button').fill('Order an umbrella, or even two');
  await page.getByText('Expected: 1 to 25 characters.').waitFor();
  await order.getByLabel('Text on the button').fill('Order');
  await order.getByRole('button', { name: 'Count clicks' }).click();
}

/** Three cards with a picture, a text with a value, and a counted link each. */
export async function writeCarouselTemplate(page: Page, name: string) {
  await page
    .getByRole('combobox', { name: 'Kind of template' })
    .selectOption({ label: 'Carousel of pictures or videos' });
  await field(page, 'Name').fill(name);
  await field(page, 'Text').fill('Hello {{1}}, three looks for the season.');
  await field(page, 'Example for {{1}}').fill('Asha');
  await button(page, 'Add card').click();
  await button(page, 'Submit for review').click();
  await page.getByText('WhatsApp would refuse this').waitFor();
  for (const [index, material] of materials.entries()) {
    const card = page.getByRole('group', { name: `Card ${index + 1}`, exact: true });
    await card.getByText('Choose a file that shows WhatsApp what the header looks like.').waitFor();
    await card.locator('input[type="file"]').setInputFiles(picture(`${material}.png`));
    await preview(page).getByText(`${material}.png`).waitFor();
    // as soon as one card has a text, all need one
    await card.getByLabel('Text of the card').fill(`${material} for {{1}}, soft and light.`);
    await card.getByLabel('Example for {{1}}').fill('Asha');
    const look = card.getByRole('group', { name: /^Link/ });
    await look.getByLabel('Text on the button').fill('Look');
    await look.getByRole('button', { name: 'Count clicks' }).click();
  }
  await preview(page).getByText('Silk for Asha, soft and light.').waitFor();
}
