import { App } from '../support/app';
import {
  act,
  createCampaign,
  people,
  reached,
  sendCampaign,
  statusReason,
  webhooksDelivered,
} from '../support/campaigns';
import { waitFor } from '../support/wait';

/** WhatsApp reports changes of templates while campaigns use them. */
describe('a webhook about a template', () => {
  let app: App;
  let from = 70_000;
  beforeAll(async () => {
    app = await App.start({ workers: 0 });
  });
  afterAll(() => app?.close());

  async function active(): Promise<string> {
    from += 3;
    const id = await createCampaign(app, {
      customRecipients: people(3, from),
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{name}}'],
      linkUrl: 'https://shop.example.com/',
    });
    await sendCampaign(app, id);
    return id;
  }
  const library = async () => {
    const [row] = await app.database.query<{ status: string; quality: string; category: string; at: Date }[]>(
      `SELECT status, quality, category, changed_at AS at FROM templates WHERE name = 'weekend_sale' AND language = 'en'`,
    );
    return row;
  };
  const components = async () => {
    const [row] = await app.database.query<{ components: { type: string }[] }[]>(
      `SELECT components FROM templates WHERE name = 'weekend_sale' AND language = 'en'`,
    );
    return row?.components ?? [];
  };
  const wabaId = async () => {
    const [sender] = await app.database.query<{ waba_id: string }[]>(`SELECT waba_id FROM senders`);
    return sender?.waba_id;
  };
  async function tell(field: string, value: Record<string, unknown>): Promise<void> {
    const template = { message_template_name: 'weekend_sale', message_template_language: 'en' };
    await app.steer('POST', 'webhooks', {
      wabaId: await wabaId(),
      field,
      value: { ...template, ...value },
    });
  }
  const pausedBecause = async (id: string, says: RegExp) => {
    await reached(app, id, 'PAUSED');
    expect(await statusReason(app, id)).toMatch(says);
  };

  it.each<[string, string, RegExp]>([
    [
      'PAUSED',
      'APPROVED',
      /WhatsApp paused this template because people .*: 3 people are waiting\. Use another/,
    ],
    ['DISABLED', 'REINSTATED', /disabled this template for good/],
    ['REJECTED', 'APPROVED', /rejected this template/],
    ...['PENDING', 'IN_APPEAL', 'PENDING_DELETION', 'DELETED', 'LIMIT_EXCEEDED', 'ARCHIVED'].map(
      (status): [string, string, RegExp] => [
        status,
        status === 'ARCHIVED' ? 'UNARCHIVED' : 'APPROVED',
        new RegExp(`it is ${status}\\. Nobody is lost: 3 people`),
      ],
    ),
  ])(
    '%s pauses the active campaigns that use it, and is in the library; after %s they wait for a person',
    async (event, again, says) => {
      const id = await active();
      await tell('message_template_status_update', { event, reason: 'NONE' });
      await pausedBecause(id, says);
      expect((await library())?.status).toBe(event);
      await tell('message_template_status_update', { event: again });
      await waitFor(async () => (await library())?.status === 'APPROVED', { what: 'approved again' });
      await webhooksDelivered(app);
      await pausedBecause(id, says);
      await act(app, 'resumeCampaign', id);
      await reached(app, id, 'ACTIVE');
      await act(app, 'cancelCampaign', id);
    },
  );

  it('about a changed text pauses them, and resuming goes on', async () => {
    const id = await active();
    await tell('message_template_components_update', { message_template_element: 'Hi' });
    await pausedBecause(id, /was changed at WhatsApp/);
    await act(app, 'resumeCampaign', id);
    await reached(app, id, 'ACTIVE');
    await act(app, 'cancelCampaign', id);
  });

  it('about a changed text brings the whole template into the library, of which the webhook has the text only', async () => {
    const id = await active();
    // times are in whole seconds: another change in the second of the last one would be taken for its repetition
    await app.database.query(`UPDATE templates SET components_at = components_at - interval '1 minute'`);
    const before = await components();
    const changed = [
      ...before.filter(({ type }) => type !== 'BODY' && type !== 'FOOTER'),
      { type: 'BODY', text: 'Hi {{1}}, the sale goes on until Sunday.' },
      { type: 'FOOTER', text: 'As long as there is any' },
    ];
    const edit = async (to: object[]) => {
      await app.steer('PUT', 'templates', {
        name: 'weekend_sale',
        language: 'en',
        components: to,
        webhook: true,
      });
      await waitFor(
        async () => {
          expect(await components()).toEqual(to);
          return true;
        },
        { what: 'the library has the components' },
      );
    };
    await edit(changed);
    await pausedBecause(id, /was changed at WhatsApp/);
    await edit(before);
    await act(app, 'cancelCampaign', id);
  });

  it('about quality or a later change of the category pauses nothing; MARKETING instead of UTILITY does', async () => {
    const id = await active();
    await tell('message_template_quality_update', { new_quality_score: 'RED' });
    await tell('template_category_update', { new_category: 'UTILITY', correct_category: 'MARKETING' });
    await tell('message_template_status_update', { event: 'FLAGGED' });
    await waitFor(async () => (await library())?.quality === 'RED', { what: 'the quality' });
    await reached(app, id, 'ACTIVE');
    await tell('template_category_update', { previous_category: 'UTILITY', new_category: 'MARKETING' });
    await pausedBecause(id, /MARKETING template/);
    expect((await library())?.category).toBe('MARKETING');
  });

  describe('that never came', () => {
    const sync = () =>
      app.data(`mutation ($id: ID!) { syncTemplates(businessId: $id) { id } }`, { id: app.businessId });
    const quietly = (change: Record<string, unknown>) =>
      app.steer('PUT', 'templates', { name: 'weekend_sale', language: 'en', webhook: false, ...change });
    beforeAll(sync);

    it.each<[string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
      ['a pause', { status: 'PAUSED' }, {}, /WhatsApp paused this template because .*: 3 people are waiting/],
      ['a rejection', { status: 'REJECTED' }, {}, /rejected this template/],
      [
        'another category',
        { category: 'MARKETING' },
        { category: 'UTILITY' },
        /MARKETING template, which costs more/,
      ],
      [
        'another text',
        { components: [{ type: 'BODY', text: 'Hi {{1}}, the sale is over.' }] },
        {},
        /was changed at WhatsApp/,
      ],
    ])('about %s is made good by a sync, which pauses the campaigns', async (_what, change, before, says) => {
      const original = await components();
      await quietly({ status: 'APPROVED', ...before });
      await sync();
      const id = await active();
      await quietly(change);
      await sync();
      await pausedBecause(id, says);
      await quietly({ status: 'APPROVED', category: 'MARKETING', components: original });
      await sync();
      await pausedBecause(id, says);
      await act(app, 'resumeCampaign', id);
      await sync();
      await reached(app, id, 'ACTIVE');
      await act(app, 'cancelCampaign', id);
    });

    it('about an example for the review pauses nothing', async () => {
      const original = await components();
      const id = await active();
      const other = original.map((one) =>
        one.type === 'BODY' ? { ...one, example: { body_text: [['Ravi']] } } : one,
      );
      await quietly({ components: other });
      await sync();
      expect(await components()).toEqual(other);
      await reached(app, id, 'ACTIVE');
      await act(app, 'cancelCampaign', id);
    });
  });

  describe('about a template that the library does not have', () => {
    const statusIn = async (name: string) => {
      const [row] = await app.database.query<{ status: string }[]>(
        `SELECT status FROM templates WHERE name = $1 AND language = 'en'`,
        [name],
      );
      return row?.status;
    };
    const madeInManager = async (name: string) =>
      app.steer('POST', 'templates', {
        wabaId: await wabaId(),
        templates: [
          {
            ...{ name, language: 'en', category: 'MARKETING', status: 'APPROVED' },
            components: [{ type: 'BODY', text: 'The summer sale has begun.' }],
          },
        ],
      });
    const approved = (name: string) =>
      tell('message_template_status_update', { message_template_name: name, event: 'APPROVED' });

    it('adds it, read at WhatsApp', async () => {
      await madeInManager('summer_sale');
      await approved('summer_sale');
      await waitFor(async () => (await statusIn('summer_sale')) === 'APPROVED', { what: 'the new template' });
    });

    it('asks WhatsApp only once in five seconds', async () => {
      await approved('autumn_sale');
      await webhooksDelivered(app);
      await madeInManager('autumn_sale');
      await approved('autumn_sale');
      await webhooksDelivered(app);
      expect(await statusIn('autumn_sale')).toBeUndefined();
    });
  });
});
