import { refusal } from '../api/ask';
import { createTenant } from '../api/tenant';
import { App } from '../support/app';
import { createCampaign, phoneOf, sendCampaign, stats } from '../support/campaigns';

const send = `mutation ($input: SendTestInput!) {
  sendTest(input: $input) { results { phone accepted errorCode errorMessage } } }`;

describe('sendTest', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start({ workers: 1 });
  });
  afterAll(() => app?.close());

  const tested = async (campaignId: string, phones: string[], asContactId?: string) =>
    (
      await app.data<{ sendTest: { results: Record<string, unknown>[] } }>(send, {
        input: { campaignId, phones, asContactId },
      })
    ).sendTest.results;
  const offer = (more: Record<string, unknown> = {}) =>
    createCampaign(app, {
      customRecipients: [{ name: 'Rajesh', phone: phoneOf(72_000) }],
      whatsappTemplateName: 'weekend_sale',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{firstName}}'],
      linkUrl: 'https://shop.example.com/sale',
      ...more,
    });
  const ok = (phone: string) => ({ phone, accepted: true, errorCode: null, errorMessage: null });
  const shownTo = async (phone: string) =>
    (await app.ledger()).filter(({ to }) => to === phone).map(({ text, buttons }) => ({ text, buttons }));

  it('posts the message to each phone as one contact would get it, and counts nothing', async () => {
    const { createContact } = await app.data<{ createContact: { id: string } }>(
      `mutation ($input: CreateContactInput!) { createContact(input: $input) { id } }`,
      { input: { businessId: app.businessId, kind: 'LEAD', name: 'Meera Iyer', phone: phoneOf(72_001) } },
    );
    const id = await offer();
    const before = await stats(app, id);
    expect(await tested(id, [phoneOf(72_010), '098200 72011'], createContact.id)).toEqual([
      ok(phoneOf(72_010)),
      ok('098200 72011'),
    ]);
    const [shown] = await shownTo(phoneOf(72_010));
    expect(shown?.text).toMatch(/^Hi Meera, our weekend sale/);
    expect(await shownTo(phoneOf(72_011))).toHaveLength(1);
    expect(await shownTo(phoneOf(72_001))).toEqual([]);

    const link = shown?.buttons[0]?.url ?? '';
    expect(link).toMatch(/\/r\/[\w-]{32}$/);
    const visit = await fetch(link, {
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 (Android 14)' },
    });
    expect([visit.status, visit.headers.get('location')]).toEqual([302, 'https://shop.example.com/sale']);
    expect(await app.database.query<unknown[]>(`SELECT FROM clicks WHERE campaign_id = $1`, [id])).toEqual(
      [],
    );
    expect(await stats(app, id)).toEqual(before);
  });

  it('also tests an active campaign, and shows a made-up name without a contact', async () => {
    const id = await offer({ customRecipients: [{ name: 'Rajesh', phone: phoneOf(72_002) }] });
    await sendCampaign(app, id);
    expect(await tested(id, [phoneOf(72_020)])).toEqual([ok(phoneOf(72_020))]);
    expect((await shownTo(phoneOf(72_020)))[0]?.text).toMatch(/^Hi Asha,/);
  });

  it('says of an opted-out phone and of one that WhatsApp refuses why nothing went there', async () => {
    await app.data(
      `mutation ($id: ID!, $phones: [String!]!) { optOut(businessId: $id, phones: $phones, reason: "asked") { changed } }`,
      { id: app.businessId, phones: [phoneOf(72_030)] },
    );
    await app.behave({ perNumber: { [phoneOf(72_031)]: { respond: { http: 400, code: 131026 } } } });
    const id = await offer();
    expect(await tested(id, [phoneOf(72_030), phoneOf(72_031), phoneOf(72_032)])).toEqual([
      { phone: phoneOf(72_030), accepted: false, errorCode: null, errorMessage: 'The phone has opted out' },
      {
        phone: phoneOf(72_031),
        accepted: false,
        errorCode: 131026,
        errorMessage: expect.stringMatching(/\w{10}/) as unknown,
      },
      ok(phoneOf(72_032)),
    ]);
    expect(await shownTo(phoneOf(72_030))).toEqual([]);
  });

  it('says why a person cannot be sent the message', async () => {
    const { createContact } = await app.data<{ createContact: { id: string } }>(
      `mutation ($input: CreateContactInput!) { createContact(input: $input) { id } }`,
      { input: { businessId: app.businessId, kind: 'LEAD', phone: phoneOf(72_003) } },
    );
    expect(await tested(await offer(), [phoneOf(72_040)], createContact.id)).toMatchObject([
      { accepted: false, errorCode: null, errorMessage: 'The value for {{1}} is empty for this person' },
    ]);
  });

  it('is refused for phones that are none, too many or given twice, and for others’ contacts', async () => {
    const campaignId = await offer();
    const other = await createTenant(app);
    const eleven = Array.from({ length: 11 }, (_, i) => phoneOf(72_100 + i));
    for (const [input, field] of [
      [{ phones: [] }, 'input.phones'],
      [{ phones: eleven }, 'input.phones'],
      [{ phones: [phoneOf(72_100), 'home'] }, 'input.phones.1'],
      [{ phones: [phoneOf(72_100), '098200 72100'] }, 'input.phones.1'],
      // one WhatsApp number: Mexico with and without the 1
      [{ phones: ['+525512345678', '+5215512345678'] }, 'input.phones.1'],
    ] as const)
      expect(await refusal(app, send, { input: { campaignId, ...input } })).toMatchObject({
        code: 'BAD_USER_INPUT',
        field,
      });
    const operator = await app.token({ role: 'OPERATOR' as never });
    const foreign = { campaignId, phones: [phoneOf(72_100)], asContactId: other.contactId };
    expect(await refusal(app, send, { input: foreign }, operator)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says what the message of an incomplete draft needs; a name and an audience are not needed', async () => {
    const draft = {
      campaignName: '',
      audienceType: 'SEGMENT',
      customRecipients: undefined,
      incomplete: true,
    };
    const input = {
      campaignId: await offer({ ...draft, templateParameters: null }),
      phones: [phoneOf(72_050)],
    };
    expect(await refusal(app, send, { input })).toEqual({
      code: 'CONFLICT',
      field: 'templateParameters',
      message:
        'The campaign is not complete yet. It still needs templateParameters: 1 value for this template, not 0',
    });
    expect(await tested(await offer(draft), [phoneOf(72_051)])).toEqual([ok(phoneOf(72_051))]);
  });

  it('is a CONFLICT for a template that was paused since', async () => {
    const campaignId = await offer();
    await app.steer('PUT', 'templates', { name: 'weekend_sale', status: 'PAUSED', webhook: false });
    expect(await refusal(app, send, { input: { campaignId, phones: [phoneOf(72_100)] } })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/PAUSED/) as unknown,
    });
  });
});
