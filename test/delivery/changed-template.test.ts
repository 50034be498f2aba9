import { App } from '../support/app';
import { accepted, createCampaign, people, reached, sendCampaign, statusReason } from '../support/campaigns';

/** A template that was edited at WhatsApp after the campaign was created, and has been synchronised since. */
describe('a template that changed after the campaign was created', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start();
  });
  afterAll(() => app?.close());

  test.each<[string, unknown[], RegExp]>([
    [
      'to a carousel',
      [
        { type: 'BODY', text: 'Hi {{1}}' },
        { type: 'CAROUSEL', cards: [] },
      ],
      /CAROUSEL/,
    ],
    [
      'to one with a flow button',
      [
        { type: 'BODY', text: 'Hi {{1}}' },
        { type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Book' }] },
      ],
      /FLOW button/,
    ],
    ['to one without a body', [{ type: 'BODY' }], /BODY/],
    ['to one with two values', [{ type: 'BODY', text: 'Hi {{1}} {{2}}' }], /2 parameters/],
  ])('%s pauses the campaign with the reason and sends nothing', async (_what, components, says) => {
    const id = await createCampaign(app, {
      customRecipients: people(3, 63_000),
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{name}}'],
      linkUrl: 'https://shop.example.com/',
    });
    await app.database.query(`UPDATE templates SET components = $1 WHERE name = 'weekend_sale'`, [
      JSON.stringify(components),
    ]);
    await sendCampaign(app, id);
    await reached(app, id, 'PAUSED');
    expect(await statusReason(app, id)).toMatch(says);
    expect(await accepted(app, id)).toEqual([]);
    // the next campaign uses the template as it is at WhatsApp now
    await app.database.query(`UPDATE templates SET synced_at = now() - interval '61 seconds'`);
  });
});
