import { startWorkerRole } from '../../src/compose';
import { App } from '../support/app';
import { accepted, createCampaign, people, reached, sendCampaign, statusReason } from '../support/campaigns';
import { silent } from '../support/database';

/** A template that was edited at WhatsApp after the campaign was created, and has been synchronised since. */
describe('a template that changed after the campaign was created', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start({ workers: 0 });
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
    // sendCampaign synchronises the template; it changes afterwards, before a worker sends
    await sendCampaign(app, id);
    await app.database.query(`UPDATE templates SET components = $1 WHERE name = 'weekend_sale'`, [
      JSON.stringify(components),
    ]);
    const worker = await startWorkerRole(app.config, silent);
    try {
      await reached(app, id, 'PAUSED');
    } finally {
      await worker.stop();
    }
    expect(await statusReason(app, id)).toMatch(says);
    expect(await accepted(app, id)).toEqual([]);
    // the next campaign uses the template as it is at WhatsApp now
    await app.database.query(`UPDATE templates SET synced_at = now() - interval '61 seconds'`);
  });

  describe('at WhatsApp, while the library still has the old version', () => {
    const input = (from: number, ...templateParameters: string[]) => ({
      customRecipients: people(5, from),
      whatsappTemplateName: 'order_followup',
      whatsappTemplateLanguage: 'en',
      templateParameters,
      linkUrl: 'https://shop.example.com/',
    });
    const components = [
      { type: 'BODY', text: 'Hi {{first_name}}, your order {{order}} has arrived, is it right?' },
    ];
    const edit = () =>
      app.steer('PUT', 'templates', { name: 'order_followup', language: 'en', webhook: false, components });

    it('is synchronised before a start, whose error says what differs, and before the next campaign', async () => {
      const id = await createCampaign(app, input(64_000, '{{firstName}}'));
      await edit();
      await expect(sendCampaign(app, id)).rejects.toThrow(
        'The template order_followup was changed at WhatsApp: it has 2 parameters now, the campaign gives 1',
      );
      await expect(createCampaign(app, input(64_010, '{{firstName}}'))).rejects.toThrow(
        'input.templateParameters: expected 2 values',
      );
      const whole = await createCampaign(app, input(64_020, '{{firstName}}', 'A-1'));
      expect((await sendCampaign(app, whole)).status).toBe('ACTIVE');
    });
  });
});
