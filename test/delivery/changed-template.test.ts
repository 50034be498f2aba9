import { App } from '../support/app';
import { accepted, createCampaign, people, reached, sendCampaign, statusReason } from '../support/campaigns';

/** A template that was edited at WhatsApp after the campaign was created, and has been read again since. */
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
  ])(
    '%s pauses the campaign with the reason, and nobody is sent a broken message',
    async (_what, components, says) => {
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
      // the next campaign reads the template as it is at WhatsApp
      await app.database.query(`UPDATE templates SET synced_at = now() - interval '61 seconds'`);
    },
  );

  it('and was not read again: WhatsApp refuses, the campaign pauses, and the next one is refused at creation', async () => {
    const input = {
      customRecipients: people(5, 64_000),
      whatsappTemplateName: 'order_followup',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{firstName}}'],
      linkUrl: 'https://shop.example.com/',
    };
    const id = await createCampaign(app, input);
    const [row] = await app.database.query<{ whatsapp_id: string; components: { type: string }[] }[]>(
      `SELECT whatsapp_id, components FROM templates WHERE name = 'order_followup'`,
    );
    const body = { type: 'BODY', text: 'Hi {{first_name}}, your order {{order}} has arrived, is it right?' };
    const components = row?.components.map((component) => (component.type === 'BODY' ? body : component));
    const edited = await fetch(`${app.simulator.url}/v25.0/${row?.whatsapp_id}`, {
      method: 'POST',
      headers: { authorization: 'Bearer EAATestToken', 'content-type': 'application/json' },
      body: JSON.stringify({ components }),
    });
    expect(edited.status).toBe(200);
    await sendCampaign(app, id);
    await reached(app, id, 'PAUSED');
    await expect(createCampaign(app, input)).rejects.toThrow('input.templateParameters: expected 2 values');
    await createCampaign(app, { ...input, templateParameters: ['{{firstName}}', 'A-1'] });
  });
});
