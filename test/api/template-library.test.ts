import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import {
  createCampaign,
  people,
  reached,
  recipients,
  sendCampaign,
  statusReason,
} from '../support/campaigns';
import { startProxied } from '../support/proxied-app';
import { waitFor } from '../support/wait';

interface Template {
  id: string;
  name: string;
  language: string;
  category: string;
  status: string;
  rejectedReason: string | null;
  sendable: boolean;
  optOutButtons: number[];
  components: { example?: unknown }[];
}

const fields = 'id name language category status rejectedReason sendable optOutButtons components';
const create = `mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) { ${fields} } }`;
const remove = `mutation ($id: ID!) { deleteTemplate(id: $id) { ${fields} } }`;
const check = `query ($input: CreateTemplateInput!) { checkTemplate(input: $input) { field message } }`;
const list = `query ($businessId: ID!, $status: [String!], $category: [String!], $language: [String!], $search: String) {
  templates(businessId: $businessId, status: $status, category: $category, language: $language, search: $search) { ${fields} } }`;
const sync = `mutation ($id: ID!) { syncTemplates(businessId: $id) { id name status } }`;

describe('templates of the business', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start({ workers: 1 });
    await app.data(sync, { id: app.businessId });
  });
  afterAll(() => app?.close());

  const body = {
    type: 'BODY',
    text: 'Hi {{1}}, your table for {{2}} is ready.',
    example: { body_text: [['Asha', 'four']] },
  };
  const replies = {
    type: 'BUTTONS',
    buttons: ['See you', 'Stop promotions'].map((text) => ({ type: 'QUICK_REPLY', text })),
  };
  const draft = (name: string, more: object = {}) => ({
    businessId: app.businessId,
    name,
    language: 'en',
    category: 'MARKETING',
    components: [body, replies],
    ...more,
  });
  const created = async (name: string, more: object = {}) =>
    (await app.data<{ createTemplate: Template }>(create, { input: draft(name, more) })).createTemplate;
  const refused = async (document: string, variables: Record<string, unknown>, token?: string) => {
    const { errors } = await app.graphql<unknown>(document, variables, token);
    return errors?.[0] as { message: string; extensions: Record<string, unknown> };
  };
  const listed = async (filter: Record<string, unknown> = {}) =>
    (await app.data<{ templates: Template[] }>(list, { businessId: app.businessId, ...filter })).templates;
  const byName = async (name: string) => (await listed()).find((one) => one.name === name);
  const campaignWith = (templateId: string, more: Record<string, unknown> = {}) =>
    createCampaign(app, {
      customRecipients: people(2, 81_000),
      templateId,
      messageText: undefined,
      templateParameters: ['{{name}}', 'two'],
      ...more,
    });

  it('are handed in at WhatsApp, and can be sent as soon as it approves them', async () => {
    await app.behave({ templateReviewMs: 300 });
    const { id, ...template } = await created('table_ready');
    expect(template).toMatchObject({ status: 'PENDING', sendable: false, optOutButtons: [1] });
    await waitFor(async () => (await byName('table_ready'))?.status === 'APPROVED', { what: 'the approval' });
    const campaign = await campaignWith(id);
    await sendCampaign(app, campaign);
    await reached(app, campaign);
    expect((await recipients(app, campaign)).map(({ status }) => status)).not.toContain('FAILED');
    await app.behave({ templateReviewMs: 0 });
    // approved at once: the webhook is faster than our row
    expect(await created('approved_at_once')).toMatchObject({ status: 'APPROVED', sendable: true });
  });

  it('are rejected with the reason, or put into another category, as WhatsApp decides', async () => {
    await app.behave({ templateReviewMs: 50, templateReview: { status: 'REJECTED', reason: 'PROMOTIONAL' } });
    await created('turned_down');
    await waitFor(async () => (await byName('turned_down'))?.rejectedReason === 'PROMOTIONAL', {
      what: 'the rejection',
    });
    await app.behave({ templateReview: { status: 'APPROVED', category: 'MARKETING' } });
    await created('really_marketing', { category: 'UTILITY' });
    await waitFor(async () => (await byName('really_marketing'))?.category === 'MARKETING', {
      what: 'the category',
    });
    await app.behave({ templateReviewMs: 0, templateReview: null });
  });

  it('are refused with all problems of their form, before WhatsApp is asked', async () => {
    const input = draft('Not Good', {
      components: [
        { ...body, text: '{{1}} and {{3}}' },
        { type: 'FOOTER', text: 'x'.repeat(61) },
      ],
    });
    const { message, extensions } = await refused(create, { input });
    expect(message).toMatch(/^input.name: expected 1 to 512 .* \(and \d more: see extensions.problems\)$/);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.name' });
    const { checkTemplate } = await app.data<{ checkTemplate: { field: string }[] }>(check, { input });
    expect(extensions.problems).toEqual(checkTemplate);
    expect(new Set(checkTemplate.map(({ field }) => field))).toEqual(
      new Set(['input.name', 'input.components.0.text', 'input.components.1.text']),
    );
    expect(
      (await app.data<{ checkTemplate: unknown[] }>(check, { input: draft('fine') })).checkTemplate,
    ).toEqual([]);
    expect(await byName('fine')).toBeUndefined();
  });

  it('may be written in lower case: WhatsApp gets types and formats in upper case, also those of buttons and cards', async () => {
    const written = (spell: (word: string) => string) => [
      { ...body, type: spell('BODY') },
      {
        type: spell('CAROUSEL'),
        cards: ['a', 'b'].map((name) => ({
          components: [
            {
              type: spell('HEADER'),
              format: spell('IMAGE'),
              example: { header_handle: [`4::${name}`] },
            },
            { type: spell('BODY'), text: 'format: buttons' },
            {
              type: spell('BUTTONS'),
              buttons: [
                { type: spell('QUICK_REPLY'), text: 'Hi' },
                { type: spell('URL'), text: 'Look', url: 'https://shop.example.com/image' },
              ],
            },
          ],
        })),
      },
    ];
    const input = draft('in_lower_case', { components: written((word) => word.toLowerCase()) });
    expect((await app.data<{ checkTemplate: unknown[] }>(check, { input })).checkTemplate).toEqual([]);
    const { components } = await created('in_lower_case', input);
    expect(components).toEqual(written((word) => word));
    const buttons = [{ type: 'quick_reply', text: 'Hi' }];
    await created('replies_in_lower_case', { components: [body, { type: 'buttons', buttons }] });
  });

  it('are refused in words when WhatsApp says no, and for everybody but an ADMIN', async () => {
    const taken = await refused(create, { input: draft('weekend_sale') });
    expect(taken).toMatchObject({
      message: expect.stringContaining('already') as unknown,
      extensions: { code: 'BAD_USER_INPUT', field: 'input.name' },
    });
    const marketer = await app.token({ role: Role.MARKETER });
    for (const [document, variables] of [
      [create, { input: draft('nobody') }],
      [remove, { id: (await byName('weekend_sale'))?.id }],
    ] as const)
      expect(await refused(document, variables, marketer)).toMatchObject({
        extensions: { code: 'FORBIDDEN' },
      });
  });

  it('show WhatsApp an example of media that is kept here', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const kept = await fetch(`${app.url}/media?businessId=${app.businessId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await app.token()}`, 'content-type': 'image/png' },
      body: png,
    });
    const { mediaId } = (await kept.json()) as { mediaId: string };
    const header = (format: string) => ({ type: 'HEADER', format, example: { mediaId } });
    const { components } = await created('with_image', { components: [header('IMAGE'), body] });
    expect(components[0]?.example).toEqual({ header_handle: [expect.stringMatching(/^4::/)] });
    const wrong = await refused(create, { input: draft('video', { components: [header('VIDEO'), body] }) });
    expect(wrong.extensions).toMatchObject({ field: 'input.components.0.example.mediaId' });
  });

  it('are listed by status, category, language and a part of the name or of the text', async () => {
    const names = async (filter: Record<string, unknown>) => (await listed(filter)).map(({ name }) => name);
    await app.data(sync, { id: app.businessId });
    expect(await names({ status: ['PAUSED', 'DISABLED'] })).toEqual(['banned_offer', 'old_offer']);
    expect(await names({ category: ['UTILITY'] })).toEqual(['hello_world', 'order_followup']);
    expect(await names({ language: ['hi'] })).toEqual(['course_launch', 'festive_offer']);
    expect(await names({ search: 'ESTIVE_OFF', language: ['en'] })).toEqual(['festive_offer']);
    expect(await names({ search: 'our WEEKEND sale' })).toEqual(['weekend_sale']);
    expect(await names({ search: '%' })).toEqual([]);
    expect((await refused(list, { businessId: app.businessId, status: [] })).extensions.field).toBe('status');
    for (const [field, word] of [
      ['status', 'APROVED'],
      ['status', 'approved'],
      ['category', 'OFFER'],
    ] as const)
      expect(
        await refused(list, { businessId: app.businessId, [field]: ['DELETED', 'UTILITY', word] }),
      ).toMatchObject({
        message: expect.stringMatching(/: expected one of (APPROVED|MARKETING), /) as unknown,
        extensions: { code: 'BAD_USER_INPUT', field },
      });
    // a word that WhatsApp added is one as soon as a template has it
    await app.database.query(`UPDATE templates SET status = 'IN_QUEUE' WHERE name = 'old_offer'`);
    expect(await names({ status: ['IN_QUEUE'] })).toEqual(['old_offer']);
    const { templateLibrary: library, template } = await app.data<{
      templateLibrary: { syncedAt: string; languages: string[]; trackedUrl: string };
      template: { name: string; syncedAt: string };
    }>(
      `query ($id: ID!, $businessId: ID!) { template(id: $id) { name syncedAt }
         templateLibrary(businessId: $businessId) { syncedAt languages trackedUrl } }`,
      { businessId: app.businessId, id: (await byName('weekend_sale'))?.id },
    );
    expect(template).toEqual({ name: 'weekend_sale', syncedAt: library.syncedAt });
    expect(library.languages).toEqual(['en', 'en_US', 'hi']);
    expect(library.trackedUrl).toBe(`${app.url}/r/{{1}}`);
  });

  it('are deleted in their language only, and not while a campaign needs them', async () => {
    const { id } = await created('on_its_way_out');
    await created('on_its_way_out', { language: 'en_GB' });
    const sent = await campaignWith(id, { campaignName: 'Under way' });
    const waiting = await campaignWith(id);
    await app.database.query(`UPDATE campaigns SET status = 'PAUSED' WHERE id = $1`, [sent]);
    const used = await refused(remove, { id });
    expect(used).toMatchObject({
      message: expect.stringContaining('"Under way"') as unknown,
      extensions: { code: 'CONFLICT' },
    });
    const { campaigns } = await app.data<{ campaigns: { campaigns: { id: string }[]; total: number } }>(
      `query ($id: ID!, $templateId: ID) { campaigns(businessId: $id, templateId: $templateId) { total campaigns { id } } }`,
      { id: app.businessId, templateId: id },
    );
    expect(campaigns.campaigns.map((one) => one.id).sort()).toEqual([sent, waiting].sort());
    await app.database.query(`UPDATE campaigns SET status = 'CANCELLED' WHERE id = $1`, [sent]);
    const { deleteTemplate } = await app.data<{ deleteTemplate: Template }>(remove, { id });
    expect(deleteTemplate).toMatchObject({ status: 'DELETED', sendable: false });
    // the draft says what it needs; the other language is still there, here and at WhatsApp
    const { campaign } = await app.data<{ campaign: { missing: string[] } }>(
      `query ($id: ID!) { campaign(id: $id) { missing } }`,
      { id: waiting },
    );
    expect(campaign.missing).toEqual([expect.stringMatching(/^templateId: .*DELETED/)]);
    await app.data(sync, { id: app.businessId });
    const languages = (await listed({ search: 'on_its_way_out' })).map(({ language, status }) => [
      language,
      status,
    ]);
    expect(languages).toEqual([
      ['en', 'DELETED'],
      ['en_GB', 'APPROVED'],
    ]);
    const banned = await byName('banned_offer');
    expect(await refused(remove, { id: banned?.id })).toMatchObject({
      message: expect.stringContaining('disabled') as unknown,
      extensions: { code: 'CONFLICT' },
    });
  });

  it('that did not change are not written by a sync', async () => {
    const versions = () =>
      app.database.query<{ name: string; xmin: string }[]>(
        `SELECT name, language, xmin::text FROM templates ORDER BY id`,
      );
    await app.data(sync, { id: app.businessId });
    const before = await versions();
    await app.steer('PUT', 'templates', { name: 'order_news', webhook: false, category: 'UTILITY' });
    await app.data(sync, { id: app.businessId });
    const after = await versions();
    const changed = after.filter((row, i) => row.xmin !== before[i]?.xmin).map(({ name }) => name);
    expect([changed, after.length]).toEqual([['order_news'], before.length]);
  });

  it('that WhatsApp changes pause the campaign that uses them', async () => {
    const { id } = await created('changes_later');
    await app.behave({ latencyMs: { min: 200, max: 200 } });
    const campaign = await campaignWith(id, { customRecipients: people(400, 82_000) });
    await sendCampaign(app, campaign);
    await app.steer('PUT', 'templates', {
      name: 'changes_later',
      webhook: true,
      components: [{ ...body, text: 'Hi {{1}}, your table for {{2}} is free.' }, replies],
    });
    await reached(app, campaign, 'PAUSED');
    expect(await statusReason(app, campaign)).toMatch(/changed at WhatsApp/);
  });

  // last, because webhooks go to the second api from here on
  it('that a webhook changes during a sync keep what the webhook said', async () => {
    await app.data(sync, { id: app.businessId });
    const proxied = await startProxied(app, { workers: 0 });
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let held = 0;
    // passes requests on, and keeps the answers back
    const slow = createServer((request, response) => {
      void (async () => {
        const headers = { authorization: request.headers.authorization ?? '' };
        const answer = await (await fetch(app.simulator.url + request.url, { headers })).text();
        held++;
        await released;
        response.end(answer);
      })();
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    try {
      await proxied.whatsapp.restore(`http://127.0.0.1:${(slow.address() as AddressInfo).port}`);
      const syncing = proxied.app.data<{ syncTemplates: Template[] }>(sync, { id: app.businessId });
      await waitFor(() => held > 0, { what: 'WhatsApp has made its list, with the template approved' });
      await app.steer('PUT', 'templates', { name: 'call_us', status: 'PAUSED' });
      await waitFor(async () => (await byName('call_us'))?.status === 'PAUSED', { what: 'the webhook' });
      release();
      expect((await syncing).syncTemplates.find(({ name }) => name === 'call_us')?.status).toBe('PAUSED');
      expect((await byName('call_us'))?.status).toBe('PAUSED');
    } finally {
      release();
      await proxied.stop();
      slow.close();
    }
  });
});
