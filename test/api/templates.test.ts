import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { startProxied } from '../support/proxied-app';
import { createCampaign, documents, refusal } from './ask';
import { createTenant } from './tenant';

interface Template {
  id: string;
  name: string;
  language: string;
  status: string;
  category: string;
  sendable: boolean;
  notSendable: string | null;
  components: unknown;
  quality: string | null;
  rejectedReason: string | null;
  buttons: { index: number; type: string; text: string | null }[];
  optOutButtons: number[];
  bodyText: string | null;
  parameterCount: number;
}

const fields = `id name language status category sendable notSendable components quality rejectedReason
  buttons { index type text } optOutButtons bodyText parameterCount headerFormat hasTrackedLink syncedAt`;
const sync = `mutation ($id: ID!) { syncTemplates(businessId: $id) { ${fields} } }`;
const update = `mutation ($id: ID!, $input: UpdateTemplateInput!) { updateTemplate(id: $id, input: $input) { ${fields} } }`;

/** Templates of the simulator's odd library that have a kind of their own and can be sent. */
const newerKinds = [
  'odd_carousel',
  'odd_flow',
  'odd_catalog',
  'odd_multi_product',
  'odd_product_header',
  'odd_limited_time_offer',
];
const body = { type: 'BODY', text: 'Hello {{1}}, welcome.' };
const template = (name: string, ...components: unknown[]) => ({
  name,
  language: 'en',
  status: 'APPROVED',
  category: 'MARKETING',
  components,
});
const replies = (...labels: string[]) => ({
  type: 'BUTTONS',
  buttons: labels.map((text) => ({ type: 'QUICK_REPLY', text })),
});

describe('the template library', () => {
  let app: App;
  let wabaId: string;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
    const [sender] = await app.database.query<{ waba_id: string }[]>(`SELECT waba_id FROM senders`);
    wabaId = sender?.waba_id ?? '';
  });
  afterAll(() => app?.close());

  /** Adds templates to the account at WhatsApp without checks; `replaceAll` removes the others. */
  const put = (change: Record<string, unknown>) => app.steer('POST', 'templates', { wabaId, ...change });
  /** Edits a template at WhatsApp without a webhook. */
  const edit = (name: string, change: Record<string, unknown>) =>
    app.steer('PUT', 'templates', { wabaId, name, webhook: false, ...change });

  /** As if the library had been read so long ago. */
  const aged = (interval: string) =>
    app.database.query(
      `WITH account AS (UPDATE template_syncs SET synced_at = now() - $1::interval)
       UPDATE templates SET synced_at = now() - $1::interval`,
      [interval],
    );

  async function synced(): Promise<Map<string, Template>> {
    const { syncTemplates } = await app.data<{ syncTemplates: Template[] }>(sync, { id: app.businessId });
    return new Map(syncTemplates.map((one) => [one.name, one]));
  }

  async function listed(): Promise<Template[]> {
    const { templates } = await app.data<{ templates: Template[] }>(
      `query ($id: ID!) { templates(businessId: $id) { ${fields} } }`,
      { id: app.businessId },
    );
    return templates;
  }

  const campaign = (input: Record<string, unknown>) => ({
    businessId: app.businessId,
    campaignName: 'C',
    campaignType: 'PROMOTIONAL',
    audienceType: 'CUSTOM',
    customRecipients: [{ name: 'Asha', phone: '+919876500001' }],
    ...input,
  });
  const named = (name: string, ...templateParameters: string[]) =>
    campaign({ whatsappTemplateName: name, whatsappTemplateLanguage: 'en', templateParameters });

  describe('with odd templates', () => {
    it('stores each with the reason why it cannot be sent, and lists the others as before', async () => {
      await put({ replaceAll: true, odd: true, templates: [template('fine', body)] });
      const library = await synced();
      expect(library.get('fine')).toMatchObject({ sendable: true, notSendable: null, components: [body] });
      const sendable = ['fine', ...newerKinds];
      const odd = [...library.values()].filter(({ name }) => !sendable.includes(name));
      expect(odd.length).toBe(library.size - sendable.length);
      expect(odd.length).toBeGreaterThan(18);
      for (const { name, sendable, notSendable } of odd)
        expect([name, sendable, notSendable]).toEqual([name, false, expect.stringMatching(/\w{4}/)]);
      for (const name of newerKinds) expect([name, library.get(name)?.notSendable]).toEqual([name, null]);
      expect(library.get('odd_body_without_text')?.notSendable).toContain('BODY');
      expect(library.get('odd_url_button_without_url')?.notSendable).toContain('URL button has no url');
      expect(library.get('odd_unknown_component')?.notSendable).toContain('CALL_PERMISSION_REQUEST');
      expect(library.get('odd_unknown_button')?.notSendable).toContain('UNKNOWN_BUTTON');
      expect(library.get('odd_unknown_status')?.notSendable).toContain('only APPROVED');
      expect(library.get('odd_one_time_password')?.notSendable).toContain('AUTHENTICATION');
      expect(library.get('odd_no_language')?.notSendable).toContain('language');
      const again = await listed();
      expect(again.map(({ id }) => id).sort()).toEqual([...library.values()].map(({ id }) => id).sort());
      // a second sync of the same list duplicates and removes nothing
      expect((await synced()).size).toBe(library.size);
    });

    it('refuses each of them for a campaign, with the template and the component in the error', async () => {
      for (const [name, says] of [
        ['odd_unknown_component', /odd_unknown_component \(en\) cannot be sent: .*CALL_PERMISSION_REQUEST/],
        ['odd_unknown_button', /UNKNOWN_BUTTON button/],
        ['odd_header_unknown_format', /HEADER of format UNKNOWN_FORMAT/],
        ['odd_buttons_without_list', /BUTTONS have no list/],
        ['odd_button_without_text', /QUICK_REPLY button has no text/],
        ['odd_one_time_password', /AUTHENTICATION/],
      ] as const) {
        const byName = await refusal(app, documents.createCampaign, { input: named(name, 'a') });
        expect(byName).toEqual({
          code: 'BAD_USER_INPUT',
          field: 'input.whatsappTemplateName',
          message: expect.stringMatching(says) as unknown,
        });
      }
      const unknown = (await listed()).find(({ name }) => name === 'odd_unknown_component');
      const input = campaign({ templateId: unknown?.id, templateParameters: ['a'] });
      expect(await refusal(app, documents.createCampaign, { input })).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'input.templateId',
      });
    });

    it.each([
      ['longer than WhatsApp allows', 'x'.repeat(1025), /the body has at least 1025 characters/],
      ['longer with any value', `${'x'.repeat(1024)}{{1}}`, /the body has at least 1025 characters/],
      ['of blanks', ' \n ', /BODY has no text/],
    ])(
      'says of a body %s that it cannot be sent, and names the template in the error',
      async (_what, text, says) => {
        await put({ replaceAll: true, templates: [template('long', { type: 'BODY', text })] });
        const long = (await synced()).get('long');
        expect(long).toMatchObject({ sendable: false, notSendable: expect.stringMatching(says) as unknown });
        const values = text.includes('{{1}}') ? ['a'] : [];
        const message = expect.stringMatching(says) as unknown;
        const byName = await refusal(app, documents.createCampaign, { input: named('long', ...values) });
        expect(byName).toEqual({ code: 'BAD_USER_INPUT', field: 'input.whatsappTemplateName', message });
        const input = campaign({ templateId: long?.id, templateParameters: values });
        const byId = await refusal(app, documents.createCampaign, { input });
        expect(byId).toEqual({ code: 'BAD_USER_INPUT', field: 'input.templateId', message });
      },
    );

    it('accepts what PostgreSQL cannot store: NUL, half an emoji, endless names, endless nesting', async () => {
      let deep: unknown = 'x';
      for (let i = 0; i < 500; i++) deep = { deep };
      await put({
        replaceAll: true,
        templates: [
          template('nul', { type: 'BODY', text: 'a\0b {{1}}', 'c\0': ['\0'] }),
          template('half', { type: 'BODY', text: 'Hi \ud83d {{1}}', example: { body_text: [['\ude00']] } }),
          template('x'.repeat(9000), body),
          template('deep', body, { type: 'DEEP', deep }),
          { ...template('format', body), parameter_format: 'ROMAN' },
          { ...template('score', body), quality_score: 'GREEN' },
          { ...template('rejected', body), status: 'REJECTED', rejected_reason: 'SCAM\0' },
          { ...template('rated', body), quality_score: { score: 'GREEN' }, rejected_reason: 'NONE' },
          template('fine', body),
        ],
      });
      const library = await synced();
      expect([...library.values()].filter(({ sendable }) => sendable).map(({ name }) => name)).toEqual(
        expect.arrayContaining(['fine', 'half', 'nul', 'rated', 'score']),
      );
      expect(library.get('half')?.bodyText).toBe('Hi \ufffd {{1}}');
      expect(library.get('format')?.notSendable).toContain('ROMAN');
      expect(library.get('x'.repeat(512))?.sendable).toBe(false);
      expect(library.get('rejected')).toMatchObject({ rejectedReason: 'SCAM', sendable: false });
      expect(library.get('rated')).toMatchObject({ quality: 'GREEN', rejectedReason: null });
    });
  });

  describe('is synchronised again', () => {
    it('when a campaign is created after another one with the template was paused', async () => {
      await put({ replaceAll: true, templates: [template('edited', body)] });
      const id = (await synced()).get('edited')?.id;
      const first = await createCampaign(app, ['+919876500001'], {
        templateId: id,
        messageText: undefined,
        templateParameters: ['a'],
      });
      await edit('edited', { components: [{ type: 'BODY', text: 'Hello {{1}} and {{2}}, welcome.' }] });
      // for a minute the copy is used, unless there is a reason not to
      await createCampaign(app, ['+919876500001'], {
        templateId: id,
        messageText: undefined,
        templateParameters: ['a'],
      });
      await app.database.query(
        `UPDATE campaigns SET status = 'PAUSED', status_reason = 'refused: 132000', updated_at = now() WHERE id = $1`,
        [first],
      );
      for (const input of [campaign({ templateId: id, templateParameters: ['a'] }), named('edited', 'a')])
        expect(await refusal(app, documents.createCampaign, { input })).toMatchObject({
          field: 'input.templateParameters',
          message: expect.stringContaining('2 values') as unknown,
        });
    });

    it('when the copy is older than a minute, even if the template is now paused or deleted', async () => {
      await put({ replaceAll: true, templates: [template('old', body), template('gone', body)] });
      const library = await synced();
      const age = () => aged('61 seconds');
      const create = (name: string) =>
        refusal(app, documents.createCampaign, {
          input: campaign({ templateId: library.get(name)?.id, templateParameters: ['a'] }),
        });
      await edit('old', { status: 'PAUSED' });
      await age();
      expect(await create('old')).toMatchObject({
        field: 'input.templateId',
        message: expect.stringContaining('PAUSED') as unknown,
      });
      await put({ replaceAll: true, templates: [template('old', body)] });
      await age();
      expect(await create('gone')).toMatchObject({ message: expect.stringContaining('DELETED') as unknown });
      // a template that is approved again is accepted at once, however new the copy is
      await createCampaign(app, ['+919876500001'], {
        templateId: library.get('old')?.id,
        messageText: undefined,
        templateParameters: ['a'],
      });
    });

    it('and used as it is while WhatsApp cannot be reached', async () => {
      await put({ replaceAll: true, templates: [template('away', body)] });
      const id = (await synced()).get('away')?.id;
      const proxied = await startProxied(app, { workers: 0 });
      try {
        await proxied.whatsapp.cut();
        await aged('1 day');
        await createCampaign(proxied.app, ['+919876500001'], {
          templateId: id,
          messageText: undefined,
          templateParameters: ['a'],
        });
      } finally {
        await proxied.stop();
      }
    });
  });

  describe('the opt-out buttons', () => {
    let id: string;
    beforeAll(async () => {
      await put({
        replaceAll: true,
        templates: [template('sale', body, replies('Ver rebajas', 'Stop promotions', 'Not for me'))],
      });
      id = (await synced()).get('sale')?.id ?? '';
    });
    const set = async (optOutButtons: number[] | null) =>
      (await app.data<{ updateTemplate: Template }>(update, { id, input: { optOutButtons } })).updateTemplate
        .optOutButtons;

    it('are suggested by their text until a user chooses; the choice survives syncs', async () => {
      expect((await synced()).get('sale')).toMatchObject({
        optOutButtons: [1],
        buttons: [
          { index: 0, type: 'QUICK_REPLY', text: 'Ver rebajas' },
          { index: 1, type: 'QUICK_REPLY', text: 'Stop promotions' },
          { index: 2, type: 'QUICK_REPLY', text: 'Not for me' },
        ],
      });
      expect(await set([2])).toEqual([2]);
      expect((await synced()).get('sale')?.optOutButtons).toEqual([2]);
      await app.data(update, { id, input: {} });
      expect((await listed()).find((one) => one.id === id)?.optOutButtons).toEqual([2]);
      await edit('sale', { components: [body, replies('Not for me', 'Ver rebajas', 'Stop promotions')] });
      expect((await synced()).get('sale')?.optOutButtons).toEqual([0]);
      expect(await set([])).toEqual([]);
      expect((await synced()).get('sale')?.optOutButtons).toEqual([]);
      expect(await set(null)).toEqual([2]);
    });

    it('must be quick replies of the template', async () => {
      for (const [optOutButtons, field] of [
        [[0, 3], 'input.optOutButtons.1'],
        [[-1], 'input.optOutButtons.0'],
        [[1.5], 'input.optOutButtons.0'],
      ] as const)
        expect(await refusal(app, update, { id, input: { optOutButtons } })).toMatchObject({
          code: 'BAD_USER_INPUT',
          field,
        });
    });

    it('are chosen by an ADMIN of the business', async () => {
      const marketer = await app.token({ role: Role.MARKETER });
      expect(await refusal(app, update, { id, input: {} }, marketer)).toMatchObject({ code: 'FORBIDDEN' });
      const other = await createTenant(app);
      const foreign = { id: other.templateId, input: { optOutButtons: [] } };
      expect(await refusal(app, update, foreign)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await refusal(app, update, { ...foreign, id: 'x' })).toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  it('stores 6,600 templates, and marks those deleted at WhatsApp as DELETED', async () => {
    await put({ replaceAll: true, generate: 6600 });
    const all = await synced();
    const there = [...all.values()].filter(({ status }) => status === 'APPROVED');
    expect(there).toHaveLength(6600);
    expect(all.get('sale')).toMatchObject({ status: 'DELETED', sendable: false });
    await put({ replaceAll: true, generate: 10 });
    const after = await synced();
    expect([...after.values()].filter(({ status }) => status === 'APPROVED')).toHaveLength(10);
    expect(after.get('generated_00011')?.status).toBe('DELETED');
    expect(after.size).toBe(all.size);
    await put({ generate: 11 });
    expect((await synced()).get('generated_00011')).toMatchObject({
      status: 'APPROVED',
      id: all.get('generated_00011')?.id,
    });
  }, 120_000);
});
