import { App } from '../support/app';
import { refusal } from './ask';

const fields = `name timezone defaultCountry frequencyCap { messages days } unreachableAfter blockedCountries attributionDays`;
const update = `mutation ($id: ID!, $input: UpdateBusinessInput!) { updateBusiness(id: $id, input: $input) { ${fields} } }`;

describe('the settings of a business', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
  });
  afterAll(() => app?.close());

  const set = async (input: Record<string, unknown>) =>
    (await app.data<{ updateBusiness: object }>(update, { id: app.businessId, input })).updateBusiness;
  const atFirst = {
    name: 'Test Traders',
    timezone: 'Asia/Kolkata',
    defaultCountry: 'IN',
    frequencyCap: null,
    unreachableAfter: null,
    blockedCountries: [],
    attributionDays: 7,
  };

  it('change by what is given; null switches a rule off', async () => {
    expect(await set({})).toEqual(atFirst);
    const rules = {
      frequencyCap: { messages: 3, days: 7 },
      unreachableAfter: 5,
      blockedCountries: ['us', 'DE', 'US '],
      attributionDays: 30,
    };
    const stored = { ...rules, blockedCountries: ['DE', 'US'] };
    expect(await set(rules)).toEqual({ ...atFirst, ...stored });
    const renamed = { name: 'Others', timezone: 'UTC', defaultCountry: 'br' };
    expect(await set(renamed)).toEqual({ ...renamed, ...stored, defaultCountry: 'BR' });
    const { businesses } = await app.data<{ businesses: object[] }>(`{ businesses { ${fields} } }`);
    expect(businesses).toEqual([{ ...renamed, ...stored, defaultCountry: 'BR' }]);
    const off = {
      frequencyCap: null,
      unreachableAfter: null,
      blockedCountries: null,
      attributionDays: null,
    };
    expect(
      await set({ ...off, name: 'Test Traders', timezone: 'Asia/Kolkata', defaultCountry: 'IN' }),
    ).toEqual(atFirst);
  });

  it('of two changes at once both hold', async () => {
    await Promise.all([set({ unreachableAfter: 9 }), set({ attributionDays: 9 }), set({ name: 'Nine' })]);
    expect(await set({})).toMatchObject({ unreachableAfter: 9, attributionDays: 9, name: 'Nine' });
    await set({ unreachableAfter: null, attributionDays: null, name: 'Test Traders' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['name', { name: ' ' }],
    ['name', { name: null }],
    ['name', { name: 'x'.repeat(201) }],
    ['timezone', { timezone: 'Mars/Olympus' }],
    ['timezone', { timezone: null }],
    ['defaultCountry', { defaultCountry: 'XQ' }],
    ['defaultCountry', { defaultCountry: null }],
    ['frequencyCap.messages', { frequencyCap: { messages: 0, days: 1 } }],
    ['frequencyCap.messages', { frequencyCap: { messages: 1001, days: 1 } }],
    ['frequencyCap.days', { frequencyCap: { messages: 1, days: 366 } }],
    ['frequencyCap.days', { frequencyCap: { messages: 1 } }],
    ['unreachableAfter', { unreachableAfter: 0 }],
    ['unreachableAfter', { unreachableAfter: 101 }],
    ['blockedCountries.1', { blockedCountries: ['US', 'Germany'] }],
    ['attributionDays', { attributionDays: 91 }],
    ['attributionDays', { attributionDays: 1.5 }],
  ])('are refused because of %s: %j', async (field, wrong) => {
    expect(
      await refusal(app, update, { id: app.businessId, input: { unreachableAfter: 50, ...wrong } }),
    ).toMatchObject({ code: 'BAD_USER_INPUT', field: `input.${field}` });
    expect(await set({})).toEqual(atFirst);
  });

  it('a new country applies to phones that are entered from then on', async () => {
    const create = `mutation ($input: CreateContactInput!) { createContact(input: $input) { id phoneE164 } }`;
    const add = async (phone: string) =>
      (
        await app.data<{ createContact: { id: string; phoneE164: string | null } }>(create, {
          input: { businessId: app.businessId, kind: 'LEAD', phone },
        })
      ).createContact;
    const change = `mutation ($id: ID!, $input: UpdateContactInput!) { updateContact(id: $id, input: $input) { phoneE164 } }`;
    const indian = await add('98765 43210');
    const unread = await add('21 99876-5432');
    expect([indian.phoneE164, unread.phoneE164]).toEqual(['+919876543210', null]);
    await set({ defaultCountry: 'BR' });
    const same = { updateContact: { phoneE164: '+919876543210' } };
    expect(await app.data(change, { id: indian.id, input: { name: 'Asha' } })).toEqual(same);
    const again = { id: unread.id, input: { phone: '21 99876-5432' } };
    expect(await app.data(change, again)).toEqual({ updateContact: { phoneE164: '+5521998765432' } });
    await set({ defaultCountry: 'IN' });
  });
});
